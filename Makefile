# Each command below makes .venv and fills it first, unless that has been done.
PYTHON ?= python3
BIN := .venv/bin

help:
	@echo "make lab       open the lessons in JupyterLab"
	@echo "make test      run all tests and all lessons"
	@echo "make refresh   run the lessons again and store them (LESSONS=notebooks/02-sigmoid.ipynb for one)"
	@echo "make clean     remove .venv and all caches"

lab: .venv/lessons
	$(BIN)/jupyter lab notebooks/01-activation-functions.ipynb

test: .venv/tests
	$(BIN)/python -m pytest

refresh: .venv/tests
	$(BIN)/python tests/refresh.py $(LESSONS)

clean:
	rm -rf .venv .pytest_cache .hypothesis *.egg-info
	find . \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} +

# The two stamps below are newer than what they were installed from.
.venv/lessons: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "The lessons need Python 3.11 or newer: make PYTHON=python3.13, for one"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/tests: .venv/lessons tests/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@

.PHONY: help lab test refresh clean
