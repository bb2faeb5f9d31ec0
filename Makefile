# Everything from a clean checkout with only python3 (3.11 or later), its venv module and make.

PORT ?= 8000
NOW ?= 2025-04-15T10:00:00+08:00
NOTICE ?= seeds/liaocheng-daily-2025-03.txt
PYTHON ?= python3
PIP_WHEEL := $(wildcard vendor/pip-*.whl)
BIN := .venv/bin
# Of pip only errors: its warnings are about the machine and say nothing to a newcomer.
PIP_ERRORS_ONLY := -qq --disable-pip-version-check --root-user-action ignore
# Compiled modules are kept even where the machine says otherwise: workers and the hundred processes
# that tests start would each compile everything again.
export PYTHONDONTWRITEBYTECODE :=
# The checks and the tests run as in development; `check --deploy` sets its own environment.
DEVELOPMENT := DEBUG=true

.PHONY: demo demo-reset check test lint unit bench handbook lock clean

demo: .venv/run.stamp
	@mkdir -p -m 700 var/demo
	@DEBUG=true SIMULATED_NOW=$(NOW) DATABASE_URL=sqlite:///var/demo/site.sqlite3 \
	  MEDIA_ROOT=var/demo/sealed SPOOL_ROOT=var/demo/spool DEMO_LOGINS=var/demo/logins.json \
	  $(BIN)/python manage.py demo --port $(PORT) --notice $(NOTICE)

demo-reset:
	rm -rf var/demo

lint: .venv/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(DEVELOPMENT) $(BIN)/mypy inspection intake tests
	$(BIN)/djade --check --target-version 5.2 $$(find templates -name '*.html')
	$(BIN)/lint-imports
	$(DEVELOPMENT) DATABASE_URL=sqlite:///:memory: $(BIN)/python manage.py makemigrations --check --dry-run

unit: .venv/test.stamp
	$(BIN)/pytest -n auto --ignore tests/browser

# The types take one core and minutes; the tests use what the other one has.
check:
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=line lint unit

test: check
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder tests/browser
	$(BIN)/pytest -n auto --on-postgres --ignore tests/browser

bench: .venv/test.stamp
	$(BIN)/python -m tests.benchmarks

handbook: .venv/test.stamp
	DEBUG=true DJANGO_SETTINGS_MODULE=intake.settings $(BIN)/python -m tests.browser.handbook.taking_pictures

# The environment is made without ensurepip, which some systems leave out; pip comes from vendor/.
.venv/pip.stamp: $(PIP_WHEEL)
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv --without-pip .venv
	$(BIN)/python $(PIP_WHEEL)/pip install $(PIP_ERRORS_ONLY) --no-index $(PIP_WHEEL)
	touch $@

.venv/run.stamp: .venv/pip.stamp requirements.lock
	$(BIN)/python -m pip install $(PIP_ERRORS_ONLY) --require-hashes -r requirements.lock
	touch $@

.venv/test.stamp: .venv/run.stamp requirements-test.lock
	$(BIN)/python -m pip install $(PIP_ERRORS_ONLY) --require-hashes -r requirements-test.lock
	touch $@

# For maintainers: needs uv. Without index addresses, so that each machine uses its own.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements.in -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements.lock requirements-test.in -o requirements-test.lock
