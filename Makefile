# Every command of the house. `make` alone lists them.
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2
.DEFAULT_GOAL := help
.PHONY: help run test test-all test-bluesky check format bench bench-text models docs messages lock clean

help:  ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: .venv/run.stamp  ## start Entourage (PORT=8000, HOST=127.0.0.1); Ctrl-C stops it
	@$(BIN)/entourage up

test: .venv/dev.stamp  ## all tests but the slow ones, under ten minutes
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup -m "not slow"

test-all: .venv/dev.stamp  ## all tests
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup

test-bluesky: .venv/dev.stamp  ## try all of Bluesky on its real network, on this machine (from npm, once 600 MB outside)
	@if $(BIN)/python -m tools.bluesky; \
	then ENTOURAGE_REAL_BLUESKY=1 $(BIN)/pytest -q --durations=3 tests/networks/bluesky/real; \
	else [ $$? = 3 ] && echo "Skipped: Bluesky was not tried."; fi

check: .venv/dev.stamp  ## style, types, walls between the rooms, translations and docs up to date
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.messages --check
	$(BIN)/python -m tools.specs --check

format: .venv/dev.stamp  ## put the code into shape
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: .venv/dev.stamp  ## measure what the README claims, each beside its floor
	$(BIN)/python -m bench

bench-text: .venv/dev.stamp  ## measure how well and how fast messages are read, beside its rivals
	$(BIN)/python -m bench.text

models: .venv/dev.stamp  ## make the models that ship from ../shared/data (about fifteen minutes)
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tools.models

docs: .venv/dev.stamp  ## write docs/specs.md anew from tests/spec, and the guides' pictures from the journeys
	$(BIN)/python -m tools.specs
	ENTOURAGE_PICTURES=1 $(BIN)/pytest $(addprefix tests/journeys/test_,monday.py reading.py meaning.py connections.py \
	  inbox.py approval.py today.py service.py crisis.py)

messages: .venv/dev.stamp  ## gather the texts to translate, compile the French ones
	$(BIN)/python -m tools.messages

lock: .venv/dev.stamp  ## choose newer versions of what we depend on, and pin them
	$(BIN)/python -m tools.lock

clean:  ## remove the virtual environment and all that is built; your data stay
	rm -rf .venv build dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis .pytest_cache

# --- the virtual environment: made once, filled again only when the pinned versions change ---

.venv/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python must be 3.11 or later. Got $$($(PYTHON) --version). Name another: PYTHON=python3.12 make run"; exit 3; }
	@$(PYTHON) -m venv .venv || \
	  { rm -rf .venv; echo "Python's venv must be there. On Debian and Ubuntu: apt-get install python3-venv"; exit 3; }
	@touch $@

.venv/run.stamp: .venv/python.stamp requirements/run.txt pyproject.toml
	@echo "Installing what Entourage needs (once; a minute or two)"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements/dev.txt
	@echo "Installing what its developers need (once)"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@
