# The newcomer's way in: every target sets up what it needs. `make help` lists them.

PYTHON_HERE := .venv/bin/python
PYTEST := $(PYTHON_HERE) -m pytest -p tests.plugins.nothing_skipped

# As many test processes as there are cores; `make test WORKERS=0 ARGS="-x tests/store"` narrows it.
WORKERS ?= auto
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-postgresql test-slow chaos lint format types imports check audit pictures score bench bundle lock upgrade hooks clean clean-all

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile

setup: ## Make .venv with the locked packages, and see to the system's libraries
	@python=$$(sh scripts/find-python) && "$$python" -E -s -B -m scripts.setup $(SETUP)

demo: setup ## Take the sample mail the whole way: cases, letters, one approved and sent
	@$(PYTHON_HERE) scripts/demo.py

test: setup ## Run the quick tests on every core (under five minutes)
	@$(PYTEST) -n $(WORKERS) --dist loadfile -m "not slow" $(ARGS)

# The rooms whose tests open an office or a database.
WITH_RECORDS := tests/store tests/casework tests/jobs tests/cli tests/web tests/reports tests/postroom

test-postgresql: setup ## Run the quick tests with every office's record on PostgreSQL
	@$(PYTEST) -n $(WORKERS) --dist loadfile -m "not slow" --database postgresql $(ARGS) $(WITH_RECORDS)

test-slow: setup ## Run the slow tests: kills, floods, both databases in full
	@$(PYTEST) -n $(WORKERS) --dist worksteal -m slow $(ARGS)

# Minutes after which `make chaos` is broken off; what it found until then stands.
MINUTES ?= 90

# CORRESPONDENCE_CHAOS_KILLS and CORRESPONDENCE_CHAOS_MESSAGES make the longest of them shorter.
chaos: setup ## Kill, stop, restart, cut off and fill up what runs: nothing is lost or doubled
	@CORRESPONDENCE_CHAOS=whole timeout --foreground $(MINUTES)m $(PYTEST) -n $(WORKERS) --dist load \
		-m slow $(ARGS) tests/jobs/test_struck.py tests/jobs/test_killed_often.py \
		tests/jobs/test_killed.py tests/jobs/test_distributed.py tests/jobs/test_server_restarted.py \
		tests/jobs/test_clock.py tests/jobs/test_not_started.py tests/jobs/test_upgraded.py \
		tests/jobs/test_full_disk.py tests/jobs/test_backup_under_load.py \
		tests/casework/operating/test_after_restore.py tests/web/test_damaged_documents.py \
		tests/store/test_document_bucket.py tests/cli/test_documents_in_a_bucket.py

lint: setup ## Check style and formatting
	@$(PYTHON_HERE) -m ruff check
	@$(PYTHON_HERE) -m ruff format --check

format: setup ## Mend style and formatting where that can be done safely
	@$(PYTHON_HERE) -m ruff check --fix
	@$(PYTHON_HERE) -m ruff format

types: setup ## Check the types
	@$(PYTHON_HERE) -m mypy

imports: setup ## Check that imports run one way through the house
	@.venv/bin/lint-imports

check: lint types imports test ## Everything a change must pass before it is offered

audit: setup ## Ask whether faults are known in what is locked (says so where nobody can be asked)
	@$(PYTHON_HERE) -m scripts.audit

pictures: setup ## Make the pictures of docs/pages.md anew
	@$(PYTHON_HERE) -m tests.web.pictures $(ARGS)

score: setup ## Read the labelled messages, each author held back, and print every figure
	@$(PYTHON_HERE) -m benchmarks.score_reading $(ARGS)

bench: setup ## Measure the benchmarks' ratios
	@$(PYTHON_HERE) -m benchmarks

bundle: setup ## One archive in dist that installs where no package index is reached
	@$(PYTHON_HERE) -m scripts.bundle

LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header

lock: setup ## Write the lock files anew from pyproject.toml (UPGRADE=--upgrade takes newer releases)
	@$(LOCK) $(UPGRADE) pyproject.toml --all-extras --group dev -o requirements-dev.lock
	@$(LOCK) pyproject.toml --all-extras -c requirements-dev.lock -o requirements.lock
	@$(LOCK) $(UPGRADE) scripts/bootstrap.in -c requirements-dev.lock -o scripts/bootstrap.lock

hooks: setup ## Have git run the checks before each commit
	@.venv/bin/pre-commit install

clean: ## Remove caches, builds and the demonstration's office; .venv stays
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist demo
	@find . -path ./.venv -prune -o -name __pycache__ -type d -exec rm -rf {} +

clean-all: clean ## Remove .venv as well
	@rm -rf .venv .cache
