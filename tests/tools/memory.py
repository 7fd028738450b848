"""See that a lesson's kernel does not grow when its heaviest cell is run again and again: make memory

usage: python tests/tools/memory.py [notebook ...]. Prints megabytes after each lesson and after 50 more runs of
the cell that took longest, and exits with 1 if a kernel grew by more than 10 %.
"""

import os
import sys
import time
from pathlib import Path

import nbformat
import psutil
from nbclient import NotebookClient
from refresh import NOTEBOOKS

RUNS, MOST = 50, 1.10


def megabytes(client):
    """Return the memory that a notebook's kernel holds now."""
    return psutil.Process(client.km.provisioner.pid).memory_info().rss / 2**20


def watch(path):
    """Run a lesson and its heaviest cell; return the cell's id and the kernel's megabytes before and after."""
    nb = nbformat.read(path, as_version=4)
    here = {"metadata": {"path": path.parent}}
    quiet = ["--log-level=ERROR"]  # some kernels warn at the start that they talk over TCP, as all do
    client = NotebookClient(nb, timeout=600, kernel_name="python3", extra_arguments=quiet, resources=here)
    with client.setup_kernel():
        seconds = [run(client, cell, i) for i, cell in enumerate(nb.cells)]
        before, heaviest = megabytes(client), seconds.index(max(seconds))
        for _ in range(RUNS):
            run(client, nb.cells[heaviest], heaviest)
        return nb.cells[heaviest].id, before, megabytes(client)


def run(client, cell, i):
    """Run a cell and return the seconds it took."""
    began = time.perf_counter()
    client.execute_cell(cell, i)
    return time.perf_counter() - began


def main(names):
    """Watch the named notebooks, or all."""
    os.environ["PYTHONWARNINGS"] = "error::RuntimeWarning"  # the kernels inherit it
    grown = False
    print(f"{'lesson':32}{'after it':>10}{f'{RUNS} runs on':>12}  of the cell")
    for path in map(Path, names) if names else sorted(NOTEBOOKS.glob("*.ipynb")):
        cell, before, after = watch(path)
        grown |= after > MOST * before
        print(f"{path.name:32}{before:7.0f} MB{after:9.0f} MB  {cell} ({after / before - 1:+.0%})", flush=True)
    sys.exit(grown)


if __name__ == "__main__":
    main(sys.argv[1:])
