# Two commands do everything: `make run` serves the lab, `make test` runs every test.
# Both set themselves up on a fresh machine that has Python 3.11 or newer.

PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin

# Workers and servers share what Python has compiled, also where a machine says otherwise.
test: export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test check format bench models audit clean
.DELETE_ON_ERROR:

run: .venv/app.stamp
	$(BIN)/streamlit run app.py --server.port $(PORT) --server.headless true

test: .venv/tests.stamp
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder --durations 20 $(ARGS)

check: .venv/tests.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/tests.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/bench.stamp
	$(BIN)/python -m benchmarks.compare
	$(BIN)/python -m benchmarks.scale

models: .venv/app.stamp
	$(BIN)/python -m mnist_core.models.make

# Known weaknesses of the packages that the app needs, from the Python Packaging Advisory Database.
audit: .venv/app.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip-audit>=2.9,<3"
	$(BIN)/python -m pip_audit -r requirements.txt

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist mnist_lab.egg-info

.venv/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "MNIST Lab needs Python 3.11 or newer; $(PYTHON) is older. Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	touch $@

.venv/app.stamp: .venv/python.stamp requirements.txt requirements-core.txt requirements-lab.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/tests.stamp: .venv/app.stamp tests/requirements.txt requirements-cluster.txt tests/browser/install.sh
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	bash tests/browser/install.sh $(BIN)/python
	touch $@

.venv/bench.stamp: .venv/app.stamp benchmarks/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	touch $@
