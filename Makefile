# Each command below makes .venv and fills it first, unless that has been done.
PYTHON ?= python3
BIN := .venv/bin

help:
	@echo "make lab       open the lessons in JupyterLab"
	@echo "make test      run all tests and all lessons; also in a browser, where there are Chromium and npm"
	@echo "make lint      look over all code, that of the lessons too"
	@echo "make site      write the web edition, live without kernel or server, into site/ (needs npm)"
	@echo "make refresh   run the lessons again and store them (LESSONS=notebooks/02-sigmoid.ipynb for one)"
	@echo "make bench     measure sliders and training against other ways, and write tests/tools/benchmarks/results.md"
	@echo "make drill     plant faults in a lesson, and see that the tests notice"
	@echo "make mutants   change the module in small ways, and see that the tests notice (MODULES=network for one)"
	@echo "make machines  run experiments and lessons with the arithmetic of other processors (x86-64 only)"
	@echo "make memory    run cells again and again, and see that kernels do not grow"
	@echo "make audit     look for known weaknesses of the packages that the lessons need"
	@echo "make clean     remove .venv and all caches"

lab: .venv/lessons
	$(BIN)/jupyter lab notebooks/01-activation-functions.ipynb

test: .venv/tests
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

lint: .venv/tests
	$(BIN)/ruff check .

site: .venv/lessons
	$(BIN)/python .site/build.py

refresh: .venv/tests
	$(BIN)/python tests/tools/refresh.py $(LESSONS)

bench: .venv/bench/installed
	PYTHONPATH=tests .venv/bench/bin/python tests/tools/benchmarks/bench.py

drill: .venv/tests
	$(BIN)/python -m pytest tests/tools/drill.py -rP

mutants: .venv/tests
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'cosmic-ray>=8.4,<9'
	$(BIN)/python tests/tools/mutants.py $(MODULES)

# Two families that differ in the last digit, which a net that is thrown about makes large.
machines: .venv/tests
	for cpu in Haswell SkylakeX; do OPENBLAS_CORETYPE=$$cpu NPY_DISABLE_CPU_FEATURES=X86_V4 \
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile tests/test_experiments.py notebooks || exit 1; done

memory: .venv/tests
	$(BIN)/python tests/tools/memory.py $(LESSONS)

audit: .venv/lessons
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pip-audit>=2.7,<3'
	grep -v '^-e' requirements.txt | $(BIN)/python -m pip_audit --strict -r /dev/stdin

clean:
	rm -rf .venv site .pytest_cache .ruff_cache .hypothesis *.egg-info
	find . \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} +

# The stamps below are newer than what they were installed from.
.venv/lessons: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "The lessons need Python 3.11 or newer: make PYTHON=python3.13, for one"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/tests: .venv/lessons tests/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@

# A venv of its own, so that what is measured against never meets the lessons.
.venv/bench/installed: .venv/lessons tests/tools/benchmarks/requirements.txt
	$(PYTHON) -m venv .venv/bench
	.venv/bench/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -r tests/tools/benchmarks/requirements.txt
	@touch $@

.PHONY: help lab test lint site refresh bench drill mutants machines memory audit clean
