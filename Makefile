# Each command does first what it needs. The environment is .venv/, everything else made is in var/.
.PHONY: help setup run test test-databases bench check fmt lock dev-packages

BIN := .venv/bin
RUN_PACKAGES := .venv/.packages-run
DEV_PACKAGES := .venv/.packages-dev

help:
	@echo "make setup   install what the portal needs"
	@echo "make run     run the portal with a sample district (PORT=8000)"
	@echo "make test    check everything: make check, then the tests"
	@echo "make bench   measure the portal at a million purchases beside its peers (half an hour)"
	@echo "make check   style, types, layers, templates, migrations, deployment settings"
	@echo "make fmt     put code and templates in the project's style"
	@echo "make lock    pin the packages again after a change in pyproject.toml (needs uv)"

setup: $(RUN_PACKAGES)
	@scripts/system-packages run

dev-packages: setup $(DEV_PACKAGES)

run: setup
	@$(BIN)/python manage.py serve

test: dev-packages
	@scripts/system-packages test
	@scripts/html-checker
	@$(MAKE) --no-print-directory --jobs 2 --output-sync check test-databases
	$(BIN)/python manage.py collectstatic --no-input --verbosity 0
	$(BIN)/python -m socialeconomy.database $(BIN)/pytest -n 2 --dist worksteal

test-databases:
	@$(BIN)/python -m socialeconomy.database $(BIN)/python -m tests.databases

bench: setup
	$(BIN)/python manage.py collectstatic --no-input --verbosity 0
	$(BIN)/python -m socialeconomy.database $(BIN)/python manage.py benchmark

check: dev-packages
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --check
	$(BIN)/python manage.py makemigrations --check --dry-run
	ENVIRONMENT=production SECRET_KEY=$$(head -c 48 /dev/urandom | base64) ALLOWED_HOSTS=localhost \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

fmt: dev-packages
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/djlint templates --reformat --quiet || true

lock:
	uv pip compile pyproject.toml $(LOCK_OPTIONS) -o requirements.txt
	uv pip compile pyproject.toml --group dev -c requirements.txt $(LOCK_OPTIONS) -o requirements-dev.txt

LOCK_OPTIONS := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

$(RUN_PACKAGES): requirements.txt
	@scripts/environment
	@echo "Installing packages into .venv ..."
	@$(BIN)/python -m pip install --quiet --require-hashes -r $<
	@touch $@

$(DEV_PACKAGES): requirements-dev.txt $(RUN_PACKAGES)
	@$(BIN)/python -m pip install --quiet --require-hashes -r $<
	@touch $@
