# Two commands on a fresh machine: `make demo` and `make test`. Each sets up what it needs.
PYTHON ?= python3
BIN := .venv/bin
T ?= tests

.PHONY: demo test check fix golden docs world browser bench lock setup clean

setup: .venv/.done

.venv/.done: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("footprint needs Python 3.11 or newer: make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: setup ## the whole job on the built-in web of invented people
	$(BIN)/footprint demo --workspace .demo --out reports
	@echo 'The command footprint is at $(BIN)/footprint; `. $(BIN)/activate` puts it on your path.'

test: setup
	$(BIN)/python -m pytest -n auto $(T)

check: setup ## everything CI runs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/sizes.py
	$(BIN)/coverage erase
	$(BIN)/python -m pytest -n auto --cov --cov-report= tests
	$(BIN)/coverage report --fail-under=95 --skip-covered
	$(BIN)/coverage report --fail-under=100 --include='src/footprint/model/*,src/footprint/filters/*,src/footprint/attribution/*,src/footprint/audit/*,src/footprint/gate.py'

fix: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

golden: setup ## rewrite the golden files; read the diff
	$(BIN)/python scripts/golden.py

docs: setup ## rewrite the generated parts of the documentation
	$(BIN)/python scripts/docs.py

world: setup ## real servers that others wrote, on loopback
	$(BIN)/python -m pytest -m world -p no:cacheprovider tests/world

browser: setup ## every view in a real Chromium: axe, keyboard, zoom, print, hostile content
	bash tests/browser/browser.sh up
	PYTHONPATH=tests/browser/run/.site $(BIN)/python -m pytest -m browser -p no:cacheprovider tests/browser

bench: setup
	$(BIN)/python -m benchmarks

lock: ## resolve the dependencies again; needs uv
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --group dev --group build pyproject.toml -o requirements.lock

clean:
	rm -rf .venv .demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
