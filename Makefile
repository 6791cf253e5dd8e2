# Minutier. `make` lists what there is to do.

.DEFAULT_GOAL := help
SHELL := /bin/bash
BIN := .venv/bin
LOCK := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --extra embedded

.PHONY: help setup setup-run demo run worker test check templates golden law-data bench lock clean

help: ## list these commands
	@grep -hE '^[a-z-]+:.*## ' Makefile | awk -F ':.*## ' '{ printf "  make %-9s %s\n", $$1, $$2 }'

demo: setup-run ## a case to an archived act over HTTP, into ./demo-out/
	@exec $(BIN)/python scripts/demo.py

run: setup-run ## everything in the foreground, on 127.0.0.1:$PORT (8000); Ctrl-C stops it
	@exec $(BIN)/minutier run

worker: setup-run ## another worker beside `make run`
	@exec $(BIN)/minutier worker

setup: ## install all that is missing, for development
	@scripts/setup.sh dev

setup-run:
	@scripts/setup.sh run

check: setup ## format, lint, types, import contracts, templates: what needs no run
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python scripts/build_templates.py --check
	$(BIN)/python -m scripts.cgv_rules --check

test: setup ## every test, with real servers that the tests start themselves
	$(BIN)/pytest --numprocesses $${PYTEST_WORKERS:-2} --dist loadgroup

templates: setup ## write the Word masters anew from templates/builder
	$(BIN)/python scripts/build_templates.py

golden: setup ## write the expected texts of acts anew; read the diff
	$(BIN)/pytest tests/golden --write-golden

law-data: setup ## courts and rules of audit from their tables, and what must hold of them
	$(BIN)/python -m scripts.law_data
	$(BIN)/python -m scripts.cgv_rules
	$(BIN)/pytest -q tests/unit/law/test_court_map.py

bench: setup ## Word, PDF/A and accepted acts per second, beside a peer
	$(BIN)/python -m bench.documents
	$(BIN)/python -m bench.accept
	$(BIN)/python -m bench.courts
	$(BIN)/python -m bench.law
	$(BIN)/python -m bench.cgv

lock: setup ## lock the newest versions that pyproject.toml allows
	$(BIN)/python -c 'import uv' 2>/dev/null || $(BIN)/pip install --quiet uv
	$(LOCK) --upgrade -o requirements.lock pyproject.toml
	$(LOCK) --upgrade --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml

clean: ## remove what can be made again, but no data
	rm -rf .venv .stamps .tools build ./*.egg-info demo-out
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
