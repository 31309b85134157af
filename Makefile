# Everything a newcomer needs: `make demo` shows it, `make test` proves it. Both install what they need into .venv.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
# Pip's own newer-version notice is noise here; the versions are those of constraints.txt.
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

# What PostgreSQL is tried by; left out is what asks no database, or makes homes on files in processes of its own.
ON_BOTH := tests/ledger tests/accounts tests/alert tests/steps tests/project tests/console tests/guarantees \
  --ignore tests/accounts/test_provider.py --ignore tests/project/test_arrows.py --ignore tests/project/test_words.py

.PHONY: help install demo serve test test-postgresql crash check docs benchmarks messages format clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

.make/run: pyproject.toml constraints.txt build_messages.py $(wildcard src/vigie/locale/*/LC_MESSAGES/*.po)
	@echo "Installing what vigie needs into .venv (once) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11) and "vigie needs Python 3.11 or later")'
	@$(BIN)/pip install -q -c constraints.txt -e .
	@mkdir -p .make && touch $@

.make/test: .make/run
	@echo "Installing what the tests need (once) …"
	@$(BIN)/pip install -q -c constraints.txt -e '.[test]'
	@touch $@

.make/dev: .make/run
	@echo "Installing what developers need (once) …"
	@$(BIN)/pip install -q -c constraints.txt -e '.[dev]'
	@touch $@ .make/test

.make/docs: .make/run
	@$(BIN)/pip install -q -c constraints.txt -e '.[docs]'
	@touch $@

install: .make/run  ## installs vigie and what it needs into .venv

demo: .make/run  ## plays March 2024 in an exercise home, then serves the console on http://localhost:8000
	@$(BIN)/vigie demo --home demo-home

serve: .make/run  ## serves the home named by VIGIE_HOME (else ./vigie-home)
	@$(BIN)/vigie serve

test: .make/test  ## all tests, a real browser among them
	@# In their order: files of few and long tests would otherwise come last, and one core wait for the other.
	@tools/chromium.sh
	@tools/golang.sh
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder

test-postgresql: .make/test  ## the record's and the doors' tests again, on a PostgreSQL of their own
	@# The last ones kill that server: nothing else may be using it.
	@tools/postgresql.sh sh -c '$(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder $(ON_BOTH) && $(BIN)/python -m pytest -q tests/cli/test_database.py'

crash: .make/test  ## kills, failing discs and power cuts, thousands of them: what was lost, what is corrupt (minutes)
	@nice $(BIN)/python -m pytest -q tests/crash -m crash

check: .make/dev  ## what every commit must pass: format, lint, types, arrows, tests
	@$(BIN)/ruff format --check -q .
	@$(BIN)/ruff check -q .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(MAKE) --no-print-directory test

format: .make/dev  ## formats the code
	@$(BIN)/ruff format -q . && $(BIN)/ruff check -q --fix .

messages: .make/dev  ## gathers the sentences to translate and compiles them
	@$(BIN)/python tools/messages.py

docs: .make/docs  ## the documentation as pages, under docs/_build
	@$(BIN)/python -m sphinx -q -W -b html docs docs/_build

benchmarks: .make/dev  ## every promise with its measure: ours, the peer, the floor, the ratio
	@for script in benchmarks/*.py; do $(BIN)/python $$script; done

clean:  ## removes what make made; homes stay
	@rm -rf .venv .make docs/_build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
