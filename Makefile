# make run · make test · make check · make faults · make lint · make fmt · make bench · make bench-quick · make gallery · make shots

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin
TYPESCRIPT := 5.9.3
TSC := $(BIN)/node .venv/js/node_modules/typescript/bin/tsc

.PHONY: run test check faults lint fmt bench bench-quick lock gallery shots sbom audit

run: .venv/.run
	@$(BIN)/brilliance-board demo --host $(HOST) --port $(PORT)

# Tests start Python some hundred times, and each would compile all of our modules again where this says so.
test check faults gallery: export PYTHONDONTWRITEBYTECODE =

# What the tests need of Debian comes while Python's packages come, and while the code is checked: these wait for downloads.
test: .venv/bin/pip
	@$(MAKE) --no-print-directory -j 3 lint .tests-tools .tests-read
	$(BIN)/pytest -n 4 --dist worksteal

.PHONY: .tests-tools .tests-read
.tests-tools:
	@tests/install

# Once, or each process of pytest would translate the assertions of all tests.
.tests-read: .venv/.dev
	@$(BIN)/pytest --collect-only >/dev/null

# For daily work, in a minute and a half: format, lint, types, and the tests that need no browser and no server of their own.
check: .venv/.dev lint
	$(BIN)/pytest -n 3 --dist worksteal --quick

# All faults for as long as they last in life, and the pages walked at random, some 75 minutes; docs/reliability.md tells what came out.
faults: .venv/.dev
	@tests/install faults
	$(BIN)/pytest tests/faults tests/engines tests/law tests/browser/test_morning.py tests/browser/test_pseudo_pages.py \
	  tests/browser/test_foreign_changes.py tests/browser/test_four_days.py tests/test_four_days.py tests/test_changes.py \
	  tests/test_bad_inputs.py -k "not test_storage" \
	  --long --figures docs/reliability.md

lint: .venv/.dev .venv/.js
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/biome check --error-on-warnings
	$(TSC) -p jsconfig.json

fmt: .venv/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/biome check --write

bench: .venv/.dev
	$(BIN)/python -m tests.bench --write docs/performance.md

bench-quick: .venv/.dev
	$(BIN)/python -m tests.bench --quick

# The gallery as it looks now becomes what tests/browser/test_gallery.py compares with. Look at the pictures before you commit them.
gallery: .venv/.dev
	@tests/install
	$(BIN)/pytest tests/browser/test_gallery.py --accept
	-@git status --short tests/browser/gallery

# All pages in all states and sizes on one sheet, and a morning in two rooms step by step, to be looked at: make shots TO=directory,
# with MORNING=yes the morning alone. With README=yes the pictures of the README,
# too, from the demo board, and its moving one.
shots: .venv/.dev
	@tests/install
	$(BIN)/python -m tests.browser.shots $(if $(TO),--to $(TO)) $(if $(README),--readme) $(if $(MORNING),--morning)
	$(if $(README),$(BIN)/python -m tests.browser.moving)

lock:
	uv pip compile pyproject.toml --generate-hashes --universal --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --extra dev --generate-hashes --universal --no-header -q -o requirements-dev.lock
	echo uv | uv pip compile - --generate-hashes --universal --no-header --no-annotate -q -o tests/uv.txt

# Stamps: a virtual environment is made once and brought up to date when its lock changes. uv does in a third of the time what pip
# does; pip is there where uv finds no way to the packages, as it reads no pip.conf.
.venv/.run: requirements.lock pyproject.toml | .venv/bin/pip
	@echo "Installing what the board needs (once, about half a minute) …"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/.dev: requirements-dev.lock tests/uv.txt pyproject.toml | .venv/bin/pip
	@echo "Installing what the tests need (once, about half a minute) …"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r tests/uv.txt && \
	  $(BIN)/uv pip install -q --python $(BIN)/python --link-mode copy --require-hashes -r requirements-dev.lock || \
	  $(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@ .venv/.run

# The type check of the browser code; node and npm come with the virtual environment. The pages themselves need none of it.
.venv/.js: Makefile | .venv/.dev
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm install --silent --no-audit --no-fund --no-package-lock --ignore-scripts \
	  --prefix .venv/js typescript@$(TYPESCRIPT)
	@touch $@

# Debian and Ubuntu leave venv out of python3; as root we can put that right, otherwise we say how.
.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "The board needs Python 3.11 or newer; this is $$($(PYTHON) --version). Try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null; } || \
	  { echo "Python's venv module is missing. Please run: sudo apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv

# What the lock file holds, for those who must know (CycloneDX); and whether any of it is known to be unsafe. Both ask the internet.
sbom: .tools
	@.tools/bin/cyclonedx-py requirements requirements.lock --of JSON -o sbom.json && echo "sbom.json"

audit: .tools
	@.tools/bin/pip-audit --require-hashes --disable-pip -r requirements.lock

.tools:
	@$(PYTHON) -m venv .tools && .tools/bin/pip install -q --disable-pip-version-check cyclonedx-bom pip-audit
