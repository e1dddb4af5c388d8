# 两条命令：make demo（安装并演示）、make test（安装并运行全部检查）。
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: demo test lint eval bench docs clean audit

demo: $(VENV)/installed
	$(BIN)/assistant demo

test: lint
	$(BIN)/python -m pytest

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# 依赖的公开漏洞：已审查的版本与 constraints.txt 一致，再向通告库查询（需要联网）。
audit: $(VENV)/installed-dev
	$(BIN)/python -m pytest -q tests/test_dependencies.py
	$(PIP) "pip-audit>=2.10"
	$(BIN)/pip-audit --strict --no-deps --disable-pip -r constraints.txt || \
	  (echo "有公开的漏洞，或者查不到通告库（见上）。已知的几项和处理办法见 docs/dependencies.md。"; exit 1)

eval: $(VENV)/installed-dev
	$(BIN)/assistant eval

bench: $(VENV)/installed-dev
	$(BIN)/python -m evals.bench

docs: $(VENV)/installed
	$(BIN)/assistant rules --markdown > docs/checks.md

$(VENV)/made:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || (echo "需要 Python 3.11 或更新的版本（可用 make PYTHON=python3.12 指定）"; exit 1)
	$(PYTHON) -m venv $(VENV)
	@echo made > $@

$(VENV)/installed: $(VENV)/made pyproject.toml constraints.txt
	$(PIP) -e .
	@echo installed > $@

$(VENV)/installed-dev: $(VENV)/installed
	$(PIP) -e ".[dev]"
	@echo installed > $@

clean:
	rm -rf $(VENV) build dist .assistant .pytest_cache .mypy_cache .ruff_cache .hypothesis
