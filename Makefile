# The two commands of this project are `make demo` and `make test`; `make` alone lists the others.

PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 2

UV := .uv/bin/uv
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := manual
export MLFLOW_DISABLE_TELEMETRY := true
export MLFLOW_ALLOW_PICKLE_DESERIALIZATION := false

COMPILE := $(UV) pip compile pyproject.toml --universal --generate-hashes --no-annotate --no-header \
	--fork-strategy fewest --python-version 3.11 --quiet

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test test-long lint format lock upgrade docs doctor clean

help: ## list these commands
	@echo "make demo   a synthetic court from records to a portrait page, served on port $(PORT)"
	@echo "make test   every check and every test but the long ones"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' Makefile

setup: .venv/.installed ## make or refresh the environment in .venv

demo: setup ## synthetic court, load, train, score, serve; prints the address of a portrait
	@$(BIN)/portrait demo --port $(PORT)

test: setup lint ## lint, types, one-way imports, tests
	@$(BIN)/pytest --numprocesses $(WORKERS) --dist loadscope

test-long: setup ## the tests that take minutes
	@PORTRAIT_HYPOTHESIS_PROFILE=long $(BIN)/pytest -m long

lint: setup ## ruff, strict mypy, import contracts
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { echo "Not formatted as agreed: run 'make format'."; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: setup ## format the code and mend what ruff can mend
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

docs: setup ## regenerate the documents that are written from the code
	@$(BIN)/portrait docs

lock: $(UV) ## resolve pyproject.toml again, keeping what is locked
	@$(COMPILE) --extra train --extra peers --extra spark --extra postgres --group dev --output-file requirements/dev.lock
	@$(COMPILE) --group build --constraints requirements/dev.lock --output-file requirements/serve.lock
	@! grep -nE '[a-z]+://|^(-i|-f|--)|(^|[ @])/' requirements/*.lock || { echo "A lock names packages and hashes only."; exit 1; }

upgrade: $(UV) ## resolve pyproject.toml again, taking the newest versions it allows
	@rm -f requirements/dev.lock requirements/serve.lock
	@$(MAKE) --no-print-directory lock

doctor: ## look for Python, libgomp1 and Pango
	@$(PYTHON) scripts/doctor.py --tests

clean: ## remove the environment, caches and what runs left behind
	rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build *.egg-info var
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# uv is fetched by pip into .uv and called by its path; no virtual environment is needed for it.
$(UV): requirements/uv.txt
	@$(PYTHON) scripts/doctor.py --tests
	@echo "Fetching uv, pinned and hashed in requirements/uv.txt ..."
	@rm -rf .uv
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-warn-script-location --root-user-action=ignore \
		--no-deps --require-hashes --target .uv -r requirements/uv.txt
	@touch $@

.venv/.synced: $(UV) requirements/dev.lock
	@echo "Installing the locked libraries into .venv ..."
	@test -x $(BIN)/python || $(UV) venv --quiet --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" .venv
	@$(UV) pip sync --quiet --python .venv --require-hashes --compile-bytecode requirements/dev.lock
	@touch $@

.venv/.installed: .venv/.synced pyproject.toml
	@$(UV) pip install --quiet --python .venv --no-deps --no-build-isolation --editable .
	@touch $@
