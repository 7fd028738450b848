"""Ask repo2docker, without Docker, what Binder would build."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.skipif(sys.platform == "win32", reason="repo2docker asks for a user id, which Windows does not have")
def test_binder_installs_what_the_lessons_need_on_python_3_13():
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", str(ROOT)]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    said = result.stdout + result.stderr
    assert "conda environment for python=3.13\n" in said
    assert re.search(r'^RUN .*pip install .*-r "binder/requirements.txt"$', said, flags=re.M)


def test_binder_and_the_reader_install_the_same():
    assert (ROOT / "binder/requirements.txt").read_text() == "-r ../requirements.txt\n"
    assert (ROOT / "binder/runtime.txt").read_text() == "python-3.13\n"
