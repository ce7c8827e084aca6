# Two commands on a fresh machine: make demo, make test. Needs Python 3.11 or newer, pip and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test soak lint check lock audit advisories migration clean

demo: $(READY)
	@$(BIN)/mashang demo $(DEMO)

# three on two cores, since tests of whole processes wait much; in the order of the files: by number of tests, the long
# ones with few of them would all come last, on one core
test: $(READY)
	@$(BIN)/python -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder $(TESTS)

soak: $(READY)
	@MASHANG_SOAK=20 $(BIN)/python -m pytest -q --timeout 3600 $(TESTS)

lint: check
	@$(BIN)/python -m pytest -q tests/structure

# what `make test` does not look at itself
check: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy .
	@PYTHONPATH=. $(BIN)/lint-imports --no-cache

# The environment is made again only when the pinned requirements have changed.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "需要 Python 3.11 或更新的版本；已有的话请用 make PYTHON=python3.11 …" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@if ! cmp -s requirements.lock $(VENV)/requirements.lock; then \
	  echo "正在安装依赖（只在第一次和依赖变化后）……"; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock \
	    && cp requirements.lock $(VENV)/requirements.lock; \
	fi
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

# Needs the network: asks what faults are known of what is pinned, from an environment of its own. What could not be
# looked up fails too.
audit: $(READY)
	@$(PYTHON) -m venv $(VENV)/audit
	@$(VENV)/audit/bin/pip install --quiet --disable-pip-version-check pip-audit
	@$(VENV)/audit/bin/pip-audit --strict --disable-pip --progress-spinner off -r requirements.lock

# make advisories FROM=a clone of the PyPA advisory database: what lint and tests hold the pinned versions against
advisories: $(READY)
	@$(BIN)/python -m tests.structure.advisories $(FROM)

# Needs uv; uv.lock itself is not committed: it records where the files came from.
lock:
	@uv lock
	@uv export --quiet --no-emit-project --all-extras --no-header --output-file requirements.lock

# make migration name=what_it_does, after a change in models/
migration: $(READY)
	@PYTHONPATH=. $(BIN)/tortoise -c clients.schema.FOR_MIGRATIONS makemigrations -n $(name)

clean:
	@rm -rf $(VENV) build dist *.egg-info
