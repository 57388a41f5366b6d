# A fresh machine needs Python 3.11 or newer and make. `make demo` and `make test` do the rest.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
SERVE := 1
PORT := 8000

.DEFAULT_GOAL := help
.PHONY: help setup demo up test lint clean

help: ## Show what can be made
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /\1\t/' | while IFS="$$(printf '\t')" read -r name text; do printf '  make %-6s %s\n' "$$name" "$$text"; done

setup: $(READY) ## Make the virtual environment with all libraries, at the versions of constraints.txt

# The build backend is installed first and found on the PATH, so that its version is pinned too.
$(READY): pyproject.toml constraints.txt
	@python=; for candidate in $(PYTHON) python3.13 python3.12 python3.11 python3 python; do \
	    if "$$candidate" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	        python=$$candidate; break; \
	    fi; \
	done; \
	if [ -z "$$python" ]; then \
	    echo 'make: Python 3.11 or newer with its venv module is needed, and none was found.' >&2; \
	    echo 'Install it (Debian, Ubuntu: apt-get install python3 python3-venv) or name it: make PYTHON=/path/to/python3' >&2; \
	    exit 1; \
	fi; \
	if ! $(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    echo "Making $(VENV) with $$("$$python" --version)"; "$$python" -m venv --clear $(VENV); \
	fi
	$(INSTALL) uv-build
	PATH="$$PWD/$(BIN):$$PATH" $(INSTALL) --no-build-isolation --editable '.[dev]'
	@touch $(READY)

demo: export CANCU_STORE = sqlite:///data/demo.db
demo: setup ## Ingest the examples, answer which documents implement Chỉ thị 33/CT-TTg, serve the pages (not with SERVE=0)
	@$(BIN)/cancu ingest examples/documents
	@echo; echo '$$ cancu implementers "33/CT-TTg 2021"'
	@$(BIN)/cancu implementers "33/CT-TTg 2021"
	@cat examples/next.txt
ifneq ($(SERVE),0)
	@echo
	@$(BIN)/cancu serve --port $(PORT)
endif

up: ## Build and start the app in containers; docker-compose.yml says how to have Neo4j with it
	docker compose up --build --detach --wait

test: setup ## Run all tests
	$(BIN)/pytest --numprocesses auto --maxprocesses 4

lint: setup ## Check style, types and the directions of imports
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

clean: ## Remove the virtual environment, caches and the demo's store
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis data/demo.db*
