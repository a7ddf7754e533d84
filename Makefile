# Everything a person runs. `make site` and `make test` need Python 3.11 or newer, and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help site serve check test lint types lock clean

help: ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Variorum needs Python 3.11 or newer; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "No environment could be made; on Debian: apt-get install python3-venv" >&2; exit 2; }
	@echo "Installing the locked packages into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

site: $(READY) ## check the corpus and build the site
	@$(BIN)/variorum build

serve: $(READY) ## build, serve on this machine, build again on change
	@$(BIN)/variorum serve

check: $(READY) ## check the corpus and nothing else
	@$(BIN)/variorum check

test: $(READY) ## lint, types, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

lock: ## write requirements.lock anew from pyproject.toml (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --group dev pyproject.toml -o requirements.lock

clean: ## remove the environment, the caches and the site
	rm -rf $(VENV) .cache site build .mypy_cache .ruff_cache .pytest_cache
