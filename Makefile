# Every target makes what it needs: its own .venv and the pinned dependencies (docs/decisions/0007).
# `make` alone lists the targets.

VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

# The first of these that is new enough; `make up PYTHON=/path/to/python3` names another.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$python; break; }; done)

# Names, versions and hashes only; wheels only, for what builds a package would not be pinned.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	--require-hashes --only-binary :all:
# The project itself, as a link to this folder. Built by the pinned builder; nothing is fetched.
LINK := $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	--no-index --no-deps --no-build-isolation --editable .

# An environment holds absolute paths: one that was copied here would run another folder's code.
ifneq ($(shell cat $(VENV)/made-for 2>/dev/null),$(CURDIR))
$(shell rm -f $(VENV)/made-for)
endif

.DEFAULT_GOAL := help
.PHONY: help up test check prove documents lock

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

up: $(VENV)/ready-up ## start everything on this machine; ARGS="--data DIR --demo --cases 350"
	@$(BIN)/rj up $(ARGS)

# The tests' PostgreSQL keeps a lock in this folder, or else in one that all users share.
test check prove: export XDG_RUNTIME_DIR = $(CURDIR)/$(VENV)/run

# One process for each core, each with servers of its own; the tests of a file share what they start.
AT_ONCE := --numprocesses logical --maxprocesses 4 --dist loadfile

test: $(VENV)/ready-test ## run the fast tests; ARGS="-k withdrawal"
	@$(BIN)/python -m pytest -m "not prove" $(AT_ONCE) $(ARGS)

check: $(VENV)/ready-test ## lint, formatting, types, and the table of arrows
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -q tests/test_architecture.py tests/test_shape.py

documents: $(VENV)/ready-up ## fill in docs/data-protection from the code
	@$(BIN)/rj rights documents --delivered --again --to docs/data-protection

prove: $(VENV)/ready-test ## the full numbers: kill rounds and benchmarks; takes long
	@$(BIN)/python -m pytest -m prove --timeout 3600 $(ARGS)
	@$(BIN)/python -m benchmarks --large

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --only-binary :all:

lock: $(VENV)/ready-test ## pin anew what pyproject.toml asks for; ARGS="--upgrade"
	$(LOCK) $(ARGS) pyproject.toml --group dev --output-file requirements-dev.txt
	$(LOCK) pyproject.toml --constraints requirements-dev.txt --upgrade --output-file requirements.txt
	$(LOCK) --group build --constraints requirements-dev.txt --upgrade \
		--output-file requirements-build.txt

$(VENV)/made-for:
	@test -n "$(PYTHON)" || { echo "This needs Python 3.11 or newer, and there is none on the path." \
		"Name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "This needs Python 3.11 or newer; $(PYTHON) is older or not a Python." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make a virtual environment: its venv or ensurepip is missing" \
		"(on Debian and Ubuntu: apt install python3-venv)." >&2; exit 1; }
	@echo "Making $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv --clear $(VENV)
	@echo "$(CURDIR)" > $@

$(VENV)/ready-up: $(VENV)/made-for requirements.txt requirements-build.txt pyproject.toml
	@echo "Installing what the service needs"
	@$(INSTALL) -r requirements.txt -r requirements-build.txt
	@$(LINK)
	@touch $@

$(VENV)/ready-test: $(VENV)/ready-up requirements-dev.txt
	@echo "Installing what the tests need"
	@$(INSTALL) -r requirements-dev.txt
	@mkdir -p $(VENV)/run/python_PostgresServer && chmod 700 $(VENV)/run
	@touch $@
