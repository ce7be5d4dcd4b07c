# Two commands: `make run` serves the app, `make test` runs every test.
# Paths stay relative so that a checkout in a folder with a space works.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	if $$p -c 'import sys, venv, ensurepip; sys.exit(not ((3, 11) <= sys.version_info[:2] <= (3, 13)))' >/dev/null 2>&1; then echo $$p; exit; fi; done)
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PYTEST_ARGS ?=

export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help run setup test test-long check format bench lock translations clean

help: ## Show what can be asked for
	@grep -E '^[a-z-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

run: $(VENV)/.ready-run ## Serve the app with its content and a demo organisation
	@PORT=$(PORT) TRAINER_DEMO=$${TRAINER_DEMO:-1} exec $(BIN)/python -m trainer serve

setup: $(VENV)/.ready-run ## Prepare everything that `make run` needs, without starting

test: $(VENV)/.ready-dev ## Set up and run all tests and checks
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(PYTEST_ARGS)

test-long: $(VENV)/.ready-dev ## The long runs: races, fuzzing, large data
	@TRAINER_LONG_TESTS=1 $(BIN)/python -m pytest -n 2 $(PYTEST_ARGS)

check: $(VENV)/.ready-dev ## Only the static checks
	@$(BIN)/python -m pytest tests/contracts $(PYTEST_ARGS)

format: $(VENV)/.ready-dev ## Put code and templates into the house format
	@$(BIN)/ruff format trainer tests bench migrations wsgi.py
	@$(BIN)/ruff check --fix trainer tests bench migrations wsgi.py

bench: $(VENV)/.ready-dev ## Measure against the bare-Flask floor
	@$(BIN)/python -m bench

lock: ## Renew the lock files (needs uv on the PATH)
	printf 'hatchling>=1.27\neditables>=0.5\n' | uv pip compile -q --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --no-emit-index-url pyproject.toml - -o requirements/run.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url \
		--extra dev -c requirements/run.txt pyproject.toml -o requirements/dev.txt

translations: $(VENV)/.ready-dev ## Gather new words of the interface into the Irish catalogue
	@$(BIN)/pybabel -q extract -F trainer/web/translations/babel.cfg -k said -k lazy_gettext --add-location=file \
		--sort-by-file -o messages.pot trainer
	@$(BIN)/pybabel -q update -i messages.pot -d trainer/web/translations -l ga --ignore-obsolete \
		--no-fuzzy-matching --ignore-pot-creation-date --width=110
	@rm messages.pot

clean: ## Remove the environment and the demo database
	rm -rf $(VENV) instance

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Alongside needs Python 3.11, 3.12 or 3.13 with the venv module. Install one (on Debian: apt install python3-venv), or name it: make PYTHON=/path/to/python3.12 run"; exit 1; }
	@echo "Preparing a Python environment in $(VENV) (once; about half a minute)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.ready-run: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.ready-dev: requirements/dev.txt $(VENV)/.ready-run
	@echo "Installing the test tools (once)"
	@$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements/dev.txt
	@touch $@
