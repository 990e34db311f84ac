# The project's face. Each target brings what it needs on a machine that has Python 3.11 or later and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
PYTEST_ARGS ?= --numprocesses auto --dist loadgroup
export PYTHONPATH := tests

.DEFAULT_GOAL := help
.PHONY: help test check format lock generate bench chaos cluster demo clean

help:  ## Say what each target does
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# One virtual environment, rebuilt when a lock file or the package's own metadata changes.
$(READY): locks/development.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("okta-event-hooks needs Python 3.11 or later; " + sys.executable + " is " + sys.version.split()[0] + ". Name another with: make PYTHON=python3.12 ...")'
	@$(PYTHON) -m venv $(VENV) || { echo 'Python cannot make a virtual environment; on Debian or Ubuntu: apt-get install python3-venv'; exit 2; }
	@echo 'installing the dependencies of locks/development.txt into $(VENV), which takes a minute'
	$(BIN)/python -m pip install --quiet --require-hashes --requirement locks/development.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

test: $(READY)  ## Run every test: units, contracts, and a real Kubernetes with pods
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: $(READY)  ## Format, lint, types, import contracts, generated files up to date
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m okta_hooks.api.crd --check crds

generate: $(READY)  ## Write what is made from the code: the CRDs
	$(BIN)/python -m okta_hooks.api.crd crds

format: $(READY)  ## Put every file into the project's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY)  ## Measure, and print lines of the form: BENCH name value unit
	$(BIN)/python -m benchmarks

chaos: $(READY)  ## Let everything go wrong for ten minutes (SEED=7 repeats a run, MINUTES=2 is another length)
	@$(BIN)/python -m chaos $(if $(SEED),--seed $(SEED)) --minutes $(or $(MINUTES),10)

demo: $(READY)  ## Show the whole life of an event hook on a real Kubernetes (KEEP=1 keeps it)
	@$(BIN)/python -m demo

cluster: $(READY)  ## Start a whole Kubernetes on this machine and give a shell in it
	$(BIN)/python -m localcluster

lock: $(READY)  ## Pin the newest dependencies that pyproject.toml allows, with their hashes
	$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-header --all-extras --group development pyproject.toml --output-file locks/development.txt
	$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-header --extra operator --extra simulator --constraint locks/development.txt pyproject.toml --output-file locks/image.txt

clean:  ## Remove what these targets made in this folder (caches outside it stay)
	rm -rf $(VENV) build dist logs .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
