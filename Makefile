# Tokstret. `make` lists the targets; `make run` and `make test` install what is missing by themselves.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

UV := $(shell command -v uv 2>/dev/null | grep -v pyenv || echo .tools/bin/uv)
PY := .venv/bin/python
ENGINE_PY := .venv-engine/bin/python
RUN_READY := .venv/.ready-run
DEV_READY := .venv/.ready-dev
ENGINE_READY := .venv-engine/.ready

.PHONY: help
help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

.PHONY: run
run: $(RUN_READY) $(ENGINE_READY) ## Start the whole product; ends with its addresses
	@exec $(PY) -m bot.run

.PHONY: test
test: $(DEV_READY) $(ENGINE_READY) .tools/.system ## Run all tests (installs the browser and Redis they need)
	$(PY) -m bot.training
	$(PY) -m pytest -n 2 --dist loadfile

.PHONY: check
check: $(DEV_READY) ## Lint, types, imports, structure, translations
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	$(PY) -m content.importer --check
	$(PY) -m content.catalogues check
	$(PY) -m pytest -q tests/library

.PHONY: format
format: $(DEV_READY) ## Put the code into its one format
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

.PHONY: train
train: $(RUN_READY) $(ENGINE_READY) ## Train the engine's model if its inputs changed
	$(PY) -m bot.training

.PHONY: evaluate
evaluate: $(DEV_READY) ## Measure understanding on the held-out questions
	$(PY) -m tests.nlu.evaluate

.PHONY: bench
bench: $(DEV_READY) $(ENGINE_READY) ## Measure speed and memory over the public API
	$(PY) -m tests.bench

.PHONY: bench-stock
bench-stock: $(DEV_READY) $(ENGINE_READY) ## The same work with Rasa's defaults, in the same run, and the ratio
	$(PY) -m tests.bench --stock

.PHONY: migrate
migrate: $(RUN_READY) ## Bring both databases to their newest shape
	$(PY) -m content.migrating

.PHONY: import
import: $(RUN_READY) ## Import the library's files into the store (never over newer staff work)
	$(PY) -m content.importer

.PHONY: import-register
import-register: $(RUN_READY) ## A register of agencies: ARGS="PH 'name of the register' file.csv [--tell]"
	@$(PY) -m content.register_command $(ARGS)

.PHONY: export
export: $(RUN_READY) ## Export what is published into content/library
	$(PY) -m content.exporter

.PHONY: backup
backup: $(RUN_READY) ## Back up all stores and the secret key into one file (TO=folder), also while it runs
	@$(PY) -m content.backup make $(if $(TO),--to "$(TO)")

.PHONY: restore
restore: $(RUN_READY) ## Restore a backup: FROM=file (FORCE=1: also while it runs)
	@$(PY) -m content.backup restore "$(FROM)" $(if $(FORCE),--force)

.PHONY: words
words: $(DEV_READY) ## Find the interface's message ids and update every catalogue
	$(PY) -m content.catalogues update

.PHONY: pins
pins: $(UV) ## Compile the pinned requirements anew from pyproject.toml
	$(UV) pip compile pyproject.toml --group engine --python-version 3.10 $(COMPILE) -o requirements/engine.txt
	$(UV) pip compile pyproject.toml --group app --python-version 3.12 $(COMPILE) -o requirements/app.txt
	$(UV) pip compile pyproject.toml --group app --group dev --python-version 3.12 -c requirements/app.txt $(COMPILE) -o requirements/dev.txt

COMPILE := --generate-hashes --no-emit-index-url --quiet

.PHONY: clean
clean: ## Remove environments, models and caches; keep var/, where the data is
	rm -rf .venv .venv-engine .tools models .mypy_cache .ruff_cache .pytest_cache var/training

# --- what the targets above install -----------------------------------------------------------

.tools/bin/uv:
	@echo "Installing uv into .tools …"
	@python3 -m pip install --quiet --disable-pip-version-check --root-user-action ignore --target .tools uv

$(RUN_READY): requirements/app.txt | $(UV)
	@echo "Installing the app's libraries (Python 3.12) …"
	@test -x $(PY) || $(UV) venv --quiet --python 3.12 .venv
	@$(UV) pip install --quiet --compile-bytecode --python $(PY) --require-hashes -r requirements/app.txt
	@touch $@

$(DEV_READY): requirements/dev.txt | $(UV)
	@echo "Installing the libraries for development (Python 3.12) …"
	@test -x $(PY) || $(UV) venv --quiet --python 3.12 .venv
	@$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements/dev.txt
	@touch $@ $(RUN_READY)

$(ENGINE_READY): requirements/engine.txt | $(UV)
	@echo "Installing the engine's libraries (Rasa, Python 3.10); this takes a minute or two …"
	@test -x $(ENGINE_PY) || $(UV) venv --quiet --python 3.10 .venv-engine
	@$(UV) pip install --quiet --compile-bytecode --python $(ENGINE_PY) --require-hashes -r requirements/engine.txt
	@touch $@

# The tests use a real browser, Redis and PostgreSQL. On Debian, as root, they are installed here.
.tools/.system:
	@mkdir -p .tools
	@for need in chromium:chromium redis-server:redis-server pg_config:postgresql; do \
	  command -v $${need%%:*} >/dev/null || missing="$${missing:-} $${need##*:}"; done; \
	if [ -n "$${missing:-}" ]; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing$$missing …"; apt-get -qq update; DEBIAN_FRONTEND=noninteractive apt-get -qq install -y $$missing >/dev/null; \
	  else echo "The tests need$$missing; please install them."; exit 1; fi; fi
	@touch $@
