"""Change the module in small ways, one at a time, and see that a test fails each time: make mutants

usage: python tests/mutants.py [module ...]. Takes about an hour for all modules on two cores.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cosmic_ray.work_db import use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkResult

ROOT = Path(__file__).resolve().parents[1]
SLOW = "not again_and_again"
TESTS = {  # module: the test files that are to notice what is changed in it; the longest first, two run at a time
    "practice": ["practice"],
    "playground": ["playground"],
    "network": ["network"],
    "explore": ["explore"],
    "data": ["data"],
    "figures": ["figures", "curves"],
    "activations": ["activations"],
}
# Operators that floats do not have, that fail on any input, or that say the same twice.
LEFT_OUT = r"Bit(Or|And|Xor)|[LR]Shift|_(Is|IsNot)$|_Invert$|UAdd|USub_Not|_(Mod|FloorDiv|Pow)$|Delete_Not"
CONFIG = """
[cosmic-ray]
module-path = "lessons/{module}.py"
timeout = 120.0
excluded-modules = []
test-command = "{python} -m pytest -x -q -p no:nbval -p no:cacheprovider -o addopts= -k '{slow}' {tests}"
[cosmic-ray.distributor]
name = "local"
"""


def cosmic_ray(folder, *words):
    """Run one cosmic-ray command in a folder, at low priority."""
    command = ["nice", "-n", "19", sys.executable, "-m", "cosmic_ray.cli", *words]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def mutate(module):
    """Try every mutant of a module on a copy; return how many there were, and the lines changed in the survivors."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("lessons", "tests", "notebooks"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        for part in ("pyproject.toml", "README.md"):
            shutil.copy(ROOT / part, folder)
        tests = " ".join(f"tests/test_{test}.py" for test in TESTS[module])
        config = CONFIG.format(module=module, python=sys.executable, slow=SLOW, tests=tests)
        (folder / "config.toml").write_text(config)
        cosmic_ray(folder, "baseline", "config.toml")
        cosmic_ray(folder, "init", "config.toml", "mutants.sqlite")
        with use_db(folder / "mutants.sqlite") as db:
            for item in list(db.work_items):
                if re.search(LEFT_OUT, item.mutations[0].operator_name):
                    db.set_result(item.job_id, WorkResult(WorkerOutcome.SKIPPED))
        cosmic_ray(folder, "exec", "config.toml", "mutants.sqlite")
        with use_db(folder / "mutants.sqlite") as db:
            results = [result for _, result in db.results if result.worker_outcome != WorkerOutcome.SKIPPED]
    return len(results), [changes(r.diff) for r in results if r.test_outcome == TestOutcome.SURVIVED]


def changes(diff):
    """Return the lines that a diff takes away and puts in."""
    return "\n".join(line for line in diff.splitlines() if re.match(r"[-+](?![-+])|@@", line))


def main(modules):
    """Print the survivors and the share killed, of the named modules or all."""
    total = alive = 0
    with ThreadPoolExecutor(2) as pool:
        for module, (number, survivors) in zip(modules, pool.map(mutate, modules)):
            print(
                *survivors, f"{module}: {number - len(survivors)} of {number} mutants killed\n", sep="\n\n", flush=True
            )
            total, alive = total + number, alive + len(survivors)
    print(f"all: {total - alive} of {total} killed, {1 - alive / total:.1%}")


if __name__ == "__main__":
    main(sys.argv[1:] or list(TESTS))
