# make run starts the demonstration, make test examines everything. Both need Python 3.11 or later, with venv
# and pip, and nothing else: whatever is missing is installed into .venv.

PYTHON ?= python3
BIN := .venv/bin
# pip writes nothing but what went wrong; scripts and people wait for the same sentence.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
# One path entry instead of a list of packages: a package added later is found without installing again.
EDITABLE := --config-settings editable_mode=compat --editable

.PHONY: run test bundle format screenshots clean
.DELETE_ON_ERROR:

run: .venv/installed
	@exec $(BIN)/zhenggai demo $(ARGS)

test: .venv/installed-test
	@exec $(BIN)/python -m tests

bundle: .venv/created
	@exec $(BIN)/python deploy/bundle/build.py

format: .venv/installed-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

screenshots: .venv/installed-test
	@$(BIN)/python -m tests.journeys.screenshots $(or $(ARGS),build/screenshots)

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/installed: setup.cfg pyproject.toml | .venv/created
	@echo "Installing zhenggai into .venv ..." >&2
	@$(PIP) $(EDITABLE) .
	@touch $@

# The test extra holds everything that the product itself needs, so both stamps are set.
.venv/installed-test: setup.cfg pyproject.toml | .venv/created
	@echo "Installing zhenggai and what its tests need into .venv ..." >&2
	@$(PIP) $(EDITABLE) '.[test]'
	@touch .venv/installed $@

.venv/created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "zhenggai needs Python 3.11 or later; name it with: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "Python's venv is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@touch $@
