"""Run lessons again and store them in their one normal form: python tests/tools/refresh.py [notebook ...]

All of them, if none is named, and then the README's picture as well.
"""

import base64
import copy
import itertools
import os
import runpy
import sys
import time
from pathlib import Path

import matplotlib
import nbformat
from nbclient import NotebookClient
from nbval.plugin import coalesce_streams

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS, START, PICTURE = ROOT / "notebooks", ROOT / ".site" / "start.py", ROOT / ".github" / "lesson.png"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
DRAWN_WITH = f"Matplotlib {matplotlib.__version__}"  # another one may put a pixel elsewhere
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"  # without a kernel it reads "model not found"
MEASURE = """
import resource, sys
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10))
"""


def normal_form(nb):
    """Return a copy of a notebook without anything that depends on who ran it, when or where."""
    nb = copy.deepcopy(nb)
    drawn = {"drawn_with": nb.metadata["drawn_with"]} if "drawn_with" in nb.metadata else {}
    nb.metadata = nbformat.from_dict(drawn | METADATA)
    nb.nbformat, nb.nbformat_minor = 4, 5
    count = itertools.count(1)
    for cell in nb.cells:
        cell.metadata = _normal_metadata(cell.metadata)
        if cell.cell_type == "code":
            if cell.execution_count:
                cell.execution_count = next(count)
            cell.outputs = [_normal_output(output, cell) for output in coalesce_streams(cell.outputs)]
    return nb


def _normal_metadata(metadata):
    """Return of a cell's metadata what is meant: its tags, and that it is folded."""
    kept = {"tags": metadata.tags} if metadata.get("tags") else {}
    folded = {"jupyter": {"source_hidden": True}} if metadata.get("jupyter", {}).get("source_hidden") else {}
    return nbformat.from_dict(kept | folded)


def _normal_output(output, cell):
    """Change one output into its normal form, and return it."""
    if output.output_type == "error":
        output.traceback = [f"{output.ename}: {output.evalue}"]  # the rest names files of this machine
    if output.output_type == "execute_result":
        output.execution_count = cell.execution_count
    if "data" in output:
        output.data.pop(WIDGET_VIEW, None)
        alts = {kind: {"alt": about["alt"]} for kind, about in output.metadata.items() if "alt" in about}
        output.metadata = nbformat.from_dict(alts)
    return output


def run(path):
    """Run the notebook at path in its folder; return it, the seconds it took and the kernel's peak in MB."""
    nb = nbformat.read(path, as_version=4)
    nb.cells.append(nbformat.v4.new_code_cell(MEASURE))
    os.environ["PYTHONWARNINGS"] = "error::RuntimeWarning"  # the kernel inherits it
    quiet = ["--log-level=ERROR"]  # some kernels warn at the start that they talk over TCP, as all do
    here = {"metadata": {"path": path.parent}}
    client = NotebookClient(nb, timeout=600, kernel_name="python3", extra_arguments=quiet, resources=here)
    began = time.perf_counter()
    client.execute()
    nb.metadata["drawn_with"] = DRAWN_WITH
    return nb, time.perf_counter() - began, float(nb.cells.pop().outputs[0].text)


def main(names):
    """Refresh the named notebooks, or all."""
    for path in map(Path, names) if names else sorted(NOTEBOOKS.glob("*.ipynb")):
        nb, seconds, megabytes = run(path)
        nbformat.write(normal_form(nb), path)
        print(f"{path.name:32}{seconds:5.1f} s{megabytes:6.0f} MB", flush=True)
    if not names:
        PICTURE.write_bytes(base64.b64decode(runpy.run_path(START)["figure"].picture))


if __name__ == "__main__":
    main(sys.argv[1:])
