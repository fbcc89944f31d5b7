# Two commands need only Python >= 3.11 and make beforehand: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install -qq --disable-pip-version-check --require-hashes --no-deps

.DEFAULT_GOAL := help
.PHONY: help run test coverage check lint types shape lint-infra docs lock bench-matching clean

help:
	@echo "make run    the product on http://127.0.0.1:8080 (PORT and HOST change that)"
	@echo "make test   every test"
	@echo "make check  lint, types, shape, infrastructure files"
	@echo "make docs   write the generated documents again"

$(VENV)/bin/python:
	@echo "Making $(VENV) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Roteiro needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	@$(PYTHON) -m venv $(VENV)

# What the product needs, and the product itself as the command `roteiro`.
$(VENV)/.product: requirements.txt requirements/build.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what Roteiro needs (locked, about 20 s) ..."
	@$(PIP) -r requirements.txt -r requirements/build.txt
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# What checks and tests need besides.
$(VENV)/.tools: requirements/dev.txt $(VENV)/.product
	@echo "Installing the tools of checks and tests (locked, about 30 s) ..."
	@$(PIP) -r requirements/dev.txt
	@touch $@

run: $(VENV)/.product
	@$(BIN)/roteiro run

# Where `check` is asked for too, it has run the shape tests already.
test: $(VENV)/.tools
	@$(BIN)/python -m pytest -n 2 --dist worksteal -q $(if $(filter check shape,$(MAKECMDGOALS)),--ignore=tests/shape)

coverage: $(VENV)/.tools
	@$(BIN)/python -m pytest -n 2 --dist worksteal --cov --cov-report=term:skip-covered -q

# Two at a time: each of them keeps one core busy.
check: $(VENV)/.tools
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target types shape lint lint-infra

lint: $(VENV)/.tools
	@echo "Style ..."
	@PYTHONPATH=. $(BIN)/python infra/write_docs.py --check
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .

types: $(VENV)/.tools
	@echo "Types ..."
	@$(BIN)/mypy

shape: $(VENV)/.tools
	@echo "Shape ..."
	@$(BIN)/python -m pytest -q -p no:randomly tests/shape

lint-infra: $(VENV)/.tools
	@$(BIN)/python infra/lint.py

docs: $(VENV)/.tools
	@PYTHONPATH=. $(BIN)/python infra/write_docs.py

$(VENV)/.bench: requirements/bench.txt $(VENV)/.product
	@echo "Installing the peers of the benchmark (locked) ..."
	@$(PIP) -r requirements/bench.txt
	@touch $@

# The public English sets are found in the folder that ROTEIRO_BENCH_DATA names.
bench-matching: $(VENV)/.bench
	@$(BIN)/python benchmarks/matching.py

lock: $(VENV)/.tools
	@$(BIN)/python infra/lock.py

clean:
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .coverage*
