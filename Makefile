# Everything a person does here is one of these words. `make` alone lists them.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
SERVE ?= 1
ON_POSTGRESQL := tests/web tests/rules
ANSWERS := { [ -n "$$COBIJO_TEST_DATABASE_URL" ] || pg_isready -q -h 127.0.0.1 2>/dev/null; }
# What the API's description promises takes minutes to try: once, on the database that production uses, if there is one.
ONCE := tests/rules/test_api_fuzz.py

.DEFAULT_GOAL := help
.PHONY: help setup dev demo test test-postgresql check prove lock messages clean

help: ## list what can be made
	@sed -n 's/^\([a-z][a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

setup: $(VENV)/.run ## install what the product needs, nothing else

dev: $(VENV)/.dev ## install what the checks and tests need on top

demo: $(VENV)/.run ## build the invented country and serve it (SERVE=0: only build)
	@$(BIN)/cobijo demo --dir demo $(if $(filter 0 no,$(SERVE)),--no-serve,)

test: $(VENV)/.dev ## run every test that this machine can run; the site's once more on PostgreSQL
	@$(BIN)/python -m pytest -n 2 --dist loadscope -m "not prove" $$($(ANSWERS) && echo --ignore=$(ONCE))
	@$(MAKE) --no-print-directory test-postgresql

test-postgresql: $(VENV)/.dev
	@if $(ANSWERS); then \
	  $(BIN)/python -m tests.web.left_over && \
	  COBIJO_TEST_DATABASE=postgresql $(BIN)/python -m pytest -n 2 --dist loadscope -m "not prove" $(ON_POSTGRESQL); \
	elif [ "$$CI" = true ]; then \
	  echo "needs postgresql: start PostgreSQL, or set COBIJO_TEST_DATABASE_URL"; exit 1; \
	else \
	  echo "not run: the site's tests on PostgreSQL, because there is none; start it, or set COBIJO_TEST_DATABASE_URL"; \
	fi

check: $(VENV)/.dev ## style, types, import contracts, templates, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet src/cobijo/web
	$(BIN)/djlint --check --quiet src/cobijo/web
	$(BIN)/python tools/messages.py check
	$(BIN)/python -m cobijo.web makemigrations --check --dry-run

prove: $(VENV)/.dev ## the long proofs, before a release
	@$(BIN)/python -m pytest -m prove -rA

bench-%: $(VENV)/.dev ## a benchmark: make bench-picture, bench-estimation
	@$(BIN)/python -m benchmarks.$* $(BENCH)

lock: $(VENV)/.dev ## write the locked requirements anew
	@for name in run dev; do \
	  $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    requirements/$$name.in -o requirements/$$name.txt || exit 1; done

messages: $(VENV)/.dev ## collect sentences and compile the translations
	@$(BIN)/python tools/messages.py compile

clean: ## remove what was made
	rm -rf $(VENV) demo .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

$(BIN)/python:
	@python3 -c 'import sys; sys.exit(not ((3, 11) <= sys.version_info < (3, 14)))' || \
	  { echo "Cobijo needs Python 3.11, 3.12 or 3.13; this is $$(python3 --version)."; exit 2; }
	@python3 -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv module is missing: install it (Debian: apt install python3-venv), then try again."; exit 2; }
	@python3 -m venv $(VENV)

$(VENV)/.run: requirements/run.txt | $(BIN)/python
	@echo "Installing the locked packages (once)…"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(VENV)/.run
	@echo "Installing what the tests need (once)…"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@
