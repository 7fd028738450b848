"""Check what stands around the lessons: the wheel, Binder, a class's pull, and that what is named is there."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PAGES = ["Makefile", "README.md", "CHANGELOG.md", ".ci/run", *(str(path.relative_to(ROOT)) for path in WORKFLOWS)]
FOLDERS = r"(?<![\w./])(?:lessons|notebooks|tests|binder|\.site|\.ci|\.github)"
OURS = shutil.ignore_patterns("__pycache__", ".*")


def run(*words, **options):
    """Run a program; return what it prints."""
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout + done.stderr


# What is named is there


@pytest.mark.parametrize("page", PAGES)
def test_named_files_and_targets_are_there(page):
    text = (ROOT / page).read_text(encoding="utf-8").replace("\\", "/")
    for path in re.findall(rf"{FOLDERS}/[\w.*/-]*\w", text):
        assert list(ROOT.glob(path.replace("NN-name", "*"))), path
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, flags=re.M))
    assert set(re.findall(r"(?:`|^ +|run: |echo \"|required )make ([a-z]+)", text, flags=re.M)) <= targets


def test_help_tells_every_target():
    phony = set(re.search(r"^\.PHONY: (.*)", MAKEFILE, flags=re.M)[1].split())
    assert phony == set(re.findall(r"^([a-z]+):", MAKEFILE, flags=re.M))
    assert phony == {"help", *re.findall(r'"make ([a-z]+) ', MAKEFILE)}


def test_readme_tells_every_file_of_the_module():
    row = re.search(r"^\| `lessons/` \|.*", README, flags=re.M)[0]
    there = {path.name for path in (ROOT / "lessons").glob("*.*")}
    assert set(re.findall(r"`(\w+\.\w+)`", row)) == there - {"__init__.py"}
    lines = {path.stem: len(path.read_text("utf-8").splitlines()) for path in (ROOT / "lessons").glob("*.py")}
    tables = lines.pop("exercises") + lines.pop("words")
    assert f"{sum(lines.values())} lines of Python and {tables} lines of tables" in row


def test_windows_is_tried_as_the_readme_says():
    said = re.findall(r"^    (python -m venv .*|\.venv\\Scripts\\.*)$", README, flags=re.M)
    tried = re.findall(r"run: (python -m venv .*|\.venv\\.*)", (ROOT / ".github/workflows/test.yml").read_text("utf-8"))
    assert tried == [line for line in said if "jupyter lab" not in line]  # which waits for its reader


# What is installed


def test_wheel_holds_the_whole_module(tmp_path):
    shutil.copytree(ROOT / "lessons", tmp_path / "lessons", ignore=OURS)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, tmp_path)
    build = "from setuptools.build_meta import build_wheel; build_wheel('.')"
    run(sys.executable, "-c", build, cwd=tmp_path)
    [wheel] = tmp_path.glob("*.whl")
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("lessons/")}
    assert packed == {str(path.relative_to(tmp_path).as_posix()) for path in tmp_path.glob("lessons/*.*")}


def test_version_is_the_newest_in_the_changelog():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    newest = re.search(r"^## (\S+),", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.M)[1]
    assert newest == version


@pytest.mark.skipif(sys.platform == "win32", reason="repo2docker asks for a user id, which Windows does not have")
def test_binder_installs_what_the_lessons_need_on_python_3_13():
    said = run(sys.executable, "-m", "repo2docker", "--no-build", "--debug", ROOT)
    assert "conda environment for python=3.13\n" in said
    assert re.search(r'^RUN .*pip install .*-r "binder/requirements.txt"$', said, flags=re.M)
    assert (ROOT / "binder/requirements.txt").read_text() == "-r ../requirements.txt\n"


# A class


@pytest.mark.skipif(not shutil.which("git"), reason="a class's pull needs git")
def test_pull_keeps_work_and_brings_module_and_lesson_of_the_same_day(tmp_path):
    lesson = "notebooks/02-sigmoid.ipynb"
    teacher, student = tmp_path / "teacher", tmp_path / "student"
    me = {f"GIT_{who}_{what}": "me@here" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    env = os.environ | me | {"GIT_CONFIG_GLOBAL": os.devnull, "PYTHONPATH": str(student)}

    def change(folder, old, new):
        text = (folder / lesson).read_text(encoding="utf-8")
        assert text.count(json.dumps(old)[1:-1]) >= 1
        text = text.replace(json.dumps(old)[1:-1], json.dumps(new)[1:-1], 1)
        (folder / lesson).write_text(text, encoding="utf-8", newline="\n")

    def commit():
        for words in (["add", "."], ["commit", "-qm", "lessons"]):
            run("git", *words, cwd=teacher, env=env)

    def pull():
        module = "from nbgitpuller.pull import main; main()"
        run(sys.executable, "-c", module, teacher.as_uri(), "term", student, env=env)

    for name in ("notebooks", "lessons"):
        shutil.copytree(ROOT / name, teacher / name, ignore=OURS)
    run("git", "init", "-q", "-b", "term", cwd=teacher, env=env)
    commit()
    pull()
    change(student, "    return ...", "    return 'my own answer'")
    change(teacher, "## What you learned", "## What you have learned")
    with (teacher / "lessons" / "data.py").open("a", encoding="utf-8") as file:
        file.write("\n\ndef tomorrow():\n    return 'news'\n")
    commit()
    pull()
    text = (student / lesson).read_text(encoding="utf-8")
    assert json.loads(text) and "my own answer" in text and "What you have learned" in text
    ask = "from lessons import data; print(data.tomorrow())"
    assert run(sys.executable, "-c", ask, cwd=student / "notebooks", env=env) == "news\n"
