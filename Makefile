# Each target installs what it needs into .venv first, once: a report requirements.lock, development
# tests/requirements.lock.
.DEFAULT_GOAL := help
.PHONY: help report batch verify lab test check fuzz bench docs lock tools clean quarter

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
TOOLS := $(VENV)/.tools
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check --no-input install --compile
# uv is three times as fast; where it finds no packages, pip may: it knows the machine's settings.
INSTALL = $(BIN)/uv --quiet --quiet pip install --python $(BIN)/python --compile-bytecode \
	--require-hashes --requirement $(1) 2>/dev/null || $(PIP) --require-hashes --requirement $(1)

# What is given goes through the environment, so that quotation marks arrive as written.
export Q UNIT YEAR SCENARIO WORKERS P
RUN = $(if $(UNIT),--unit "$$UNIT") $(if $(YEAR),--year "$$YEAR") \
	$(if $(SCENARIO),--scenario "$$SCENARIO") --params "$$P"
MANY = $(if $(UNIT),--units "$$UNIT") $(if $(YEAR),--years "$$YEAR") $(if $(Q),--quarters "$$Q") \
	$(if $(SCENARIO),--scenarios "$$SCENARIO") $(if $(WORKERS),--workers "$$WORKERS") \
	--params "$$P"

help: ## Show this list
	@echo "Usage: make TARGET [Q=IV] [UNIT=name] [YEAR=2025] [SCENARIO=name] [P=\"key=value ...\"]"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

report: quarter $(STAMP) ## Make the report of a quarter, HTML and PDF: make report Q=IV
	@$(BIN)/pp39 report --quarter "$$Q" $(RUN)

batch: $(STAMP) ## Make many reports: make batch YEAR=2025
	@$(BIN)/pp39 batch $(MANY)

verify: quarter $(STAMP) ## Prove that a report is what its inputs give: make verify Q=IV
	@$(BIN)/pp39 verify --quarter "$$Q" $(RUN)

lab: $(TOOLS) ## Open the notebooks in JupyterLab; LAB="--no-browser --port 9999" is passed on
	@$(if $(strip $(Q)$(UNIT)$(YEAR)$(SCENARIO)$(P)),echo "In JupyterLab the first cell of a notebook says which report is meant; write it there.")
	@PP39_ROOT='$(CURDIR)' JUPYTER_CONFIG_PATH='$(CURDIR)/notebooks/.jupyter' $(BIN)/jupyter lab \
		$(if $(filter 0,$(shell id -u)),--allow-root) $(LAB) notebooks

tools: $(TOOLS) ## Install the tools of development, JupyterLab and Dask

test: $(TOOLS) ## Run all tests
	@$(BIN)/python -m pytest -q -n auto --dist worksteal

check: $(TOOLS) ## Check style, types and layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fuzz: $(TOOLS) ## Damage inputs at random until interrupted; prints the seed of each fault
	@PYTHONPATH=tests $(BIN)/python -m fuzz $(FUZZ)

bench: $(TOOLS) ## Measure speed and memory against plain Papermill; half an hour on an idle machine
	@$(BIN)/python -m tests.benchmarks $(BENCH)

docs: $(STAMP) ## Draw pages of the report of TW IV into build/docs (needs pdftoppm)
	@$(BIN)/pp39 report --quarter IV
	@mkdir -p build/docs
	@for page in 1 8 15 30; do pdftoppm -png -r 80 -f $$page -l $$page \
		reports/bspji-ambon/2025/IV/dasar/laporan.pdf build/docs/halaman; done
	@ls build/docs/*.png

lock: $(TOOLS) ## Pin all packages anew in requirements.lock and tests/requirements.lock
	@$(COMPILE) --upgrade --extra install pyproject.toml --output-file requirements.lock
	@$(COMPILE) --upgrade --extra install --extra cluster --extra lab --extra dev pyproject.toml \
		--constraints requirements.lock --output-file tests/requirements.lock
COMPILE = $(BIN)/uv --quiet pip compile --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command 'make lock' --no-emit-index-url

clean: ## Remove everything that was made, but not .venv
	@rm -rf reports build dist data/processed/.stage
	@find data/processed -mindepth 1 -maxdepth 1 ! -name .gitkeep -exec rm -rf {} +
	@rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find pp39 tests notebooks -name __pycache__ -prune -exec rm -rf {} +

quarter:
	@test -n "$$Q" || { echo "Which quarter? Say for instance: make $(firstword $(MAKECMDGOALS)) Q=IV" >&2; exit 2; }

$(STAMP): requirements.lock pyproject.toml
	@command -v '$(PYTHON)' >/dev/null || { echo "pp39 needs Python 3.11 or newer, and there is no $(PYTHON)." >&2; exit 2; }
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "pp39 needs Python 3.11 or newer, and $(PYTHON) is $$('$(PYTHON)' -V 2>&1); say PYTHON=python3.12, for instance." >&2; exit 2; }
	@test -x $(BIN)/python || { echo "[1/3] Making $(VENV)"; '$(PYTHON)' -m venv $(VENV); }
	@echo "[2/3] Installing $$(grep -c '^[a-z0-9].*==' requirements.lock) pinned packages; this takes half a minute, once"
	@awk '/^[a-z0-9]/ { uv = /^uv==/ } uv' requirements.lock >$(VENV)/uv.txt
	@$(PIP) --require-hashes --requirement $(VENV)/uv.txt || true
	@$(call INSTALL,requirements.lock)
	@echo "[3/3] Installing pp39"
	@$(PIP) --no-build-isolation --no-deps --editable .
	@$(BIN)/python -m compileall -q pp39
	@touch $(STAMP)

$(TOOLS): $(STAMP) tests/requirements.lock
	@echo "Installing the tools of development, once"
	@$(call INSTALL,tests/requirements.lock)
	@touch $(TOOLS)
