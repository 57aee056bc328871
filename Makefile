# Each target installs what it needs into .venv from requirements.lock first, once.
.DEFAULT_GOAL := help
.PHONY: help report batch verify lab test check fuzz bench docs lock clean quarter

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check --no-input install --compile

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

lab: $(STAMP) ## Open the notebooks in JupyterLab; LAB="--no-browser --port 9999" is passed on
	@$(if $(strip $(Q)$(UNIT)$(YEAR)$(SCENARIO)$(P)),echo "In JupyterLab the first cell of a notebook says which report is meant; write it there.")
	@PP39_ROOT='$(CURDIR)' JUPYTER_CONFIG_PATH='$(CURDIR)/notebooks/.jupyter' $(BIN)/jupyter lab \
		$(if $(filter 0,$(shell id -u)),--allow-root) $(LAB) notebooks

test: $(STAMP) ## Run all tests
	@$(BIN)/python -m pytest -q -n auto

check: $(STAMP) ## Check style, types and layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fuzz: $(STAMP) ## Damage inputs at random until interrupted; prints the seed of each fault
	@PYTHONPATH=tests $(BIN)/python -m fuzz $(FUZZ)

bench: $(STAMP) ## Measure speed and memory against plain Papermill; half an hour on an idle machine
	@$(BIN)/python -m tests.benchmarks $(BENCH)

docs: $(STAMP) ## Draw pages of the report of TW IV into build/docs (needs pdftoppm)
	@$(BIN)/pp39 report --quarter IV
	@mkdir -p build/docs
	@for page in 1 8 15 30; do pdftoppm -png -r 80 -f $$page -l $$page \
		reports/bspji-ambon/2025/IV/dasar/laporan.pdf build/docs/halaman; done
	@ls build/docs/*.png

lock: $(STAMP) ## Pin all packages anew in requirements.lock
	@$(BIN)/uv --quiet pip compile --universal --python-version 3.11 --generate-hashes --upgrade \
		--extra cluster --extra dev --custom-compile-command 'make lock' --no-emit-index-url \
		pyproject.toml --output-file requirements.lock

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
	@echo "[2/3] Installing $$(grep -c '^[a-z0-9].*==' requirements.lock) pinned packages; this takes a minute or two, once"
	@$(PIP) --require-hashes --requirement requirements.lock
	@echo "[3/3] Installing pp39"
	@$(PIP) --no-build-isolation --no-deps --editable .
	@$(BIN)/python -m compileall -q pp39
	@touch $(STAMP)
