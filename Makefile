# 两条命令：make demo（安装并演示）、make test（安装并运行全部检查）。其余见 make help：“##”后面就是它所列的说明。
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
# 安装要几分钟：pip 一个包说一行英文，这里每二十个说一次；出错的照它的原话，退出码就是 pip 的。一行一行地读：awk 会攒够一块才读。
INSTALL = { $(BIN)/python -m pip install --disable-pip-version-check --progress-bar off -c constraints.txt
TOLD = 2>&1; echo "rc $$?"; } | { n=0; while read -r line; do case "$$line" in \
	Collecting*|Processing*) n=$$((n + 1)); [ $$((n % 20)) -ne 0 ] || echo "  已取得 $$n 个包……" ;; \
	"Installing collected"*) echo "  共 $$n 个包，正在安装（约一分钟）……" ;; \
	ERROR*|error*) echo "$$line" ;; "rc "*) exit "$${line\#rc }" ;; esac; done; }

.PHONY: help demo test hostile lint lexicon eval bench bundle wheelhouse site pictures vectors docs clean audit

help: ## 列出这些命令
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/installed ## 安装到 .venv，并在自带的资料上演示查、问、写
	$(BIN)/assistant demo

# 先编译：几百个测试各起一个进程，设了 PYTHONDONTWRITEBYTECODE 的机器上，不编译的每个进程多用三分之一的时间。
# 规范检查和坏文件的测试各占一个处理器，同时做；其余测试分给全部处理器，一个模块的尽量在一处做（共用准备）。
test: $(VENV)/installed-dev ## 规范、类型、依赖关系检查和全部测试（约十分钟）
	@$(BIN)/python -m compileall -q -j 0 assistant evals
	@$(MAKE) --no-print-directory -j2 lint hostile
	$(BIN)/python -m pytest -n auto --dist worksteal --ignore=tests/hostile

hostile: $(VENV)/installed-dev ## 只做坏文件的测试：量时间和内存，不与别的测试同时做
	$(BIN)/python -m pytest tests/hostile

lint: $(VENV)/installed-dev ## 规范、格式、类型、依赖关系（提交之前）
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lexicon: $(VENV)/installed ## 试一遍词典中全部例子和反例
	$(BIN)/assistant lexicon --check

# 依赖的公开漏洞：已审查的版本与 constraints.txt 一致，再向通告库查询（需要联网）。
audit: $(VENV)/installed-dev ## 依赖的公开漏洞（需要联网）
	$(BIN)/python -m pytest -q tests/test_dependencies.py
	$(PIP) "pip-audit>=2.10"
	$(BIN)/pip-audit --strict --no-deps --disable-pip -r constraints.txt || \
	  (echo "有公开的漏洞，或者查不到通告库（见上）。已知的几项和处理办法见 docs/dependencies.md。"; exit 1)

eval: $(VENV)/installed-dev ## 运行评测，与 evals/baseline.json 对照
	$(BIN)/assistant eval

bench: $(VENV)/installed-dev ## 测性能
	$(BIN)/python -m evals.bench

# 打包用的环境另建：里面只有程序和打包工具，带进去的就是默认安装。
dist/bundling/made: pyproject.toml constraints.txt
	$(PYTHON) -m venv dist/bundling
	dist/bundling/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt pyinstaller
	@echo made > $@

bundle: dist/bundling/made ## 打成一个文件夹：解开就能用，不需要 Python 和网络（dist/*-bundle.tar.gz）
	dist/bundling/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt .
	dist/bundling/bin/python bundle/build.py

wheelhouse: ## 给信息部门：本平台全部安装包放在 dist/wheelhouse，拿去离线安装
	$(PYTHON) -m pip wheel --quiet --disable-pip-version-check -c constraints.txt -w dist/wheelhouse .
	cp constraints.txt dist/wheelhouse/

site: $(VENV)/installed ## 把 docs/ 做成网页（dist/site），坏的链接当作错误
	$(PIP) mkdocs
	$(BIN)/mkdocs build --quiet --clean
	@echo 已写入 dist/site/index.html

pictures: $(VENV)/installed-dev ## 重拍手册里的图（需要 chromium 和 chromedriver）
	$(BIN)/python docs/pictures.py

vectors: $(VENV)/installed ## 重算随程序发行的资料的向量（corpus 改动以后）
	$(BIN)/python -m assistant.library.shipping

docs: $(VENV)/installed ## 由检查重写 docs/checks.md
	$(BIN)/assistant rules --markdown > docs/checks.md

$(VENV)/made:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || (echo "需要 Python 3.11 或更新的版本（可用 make PYTHON=python3.12 指定）"; exit 1)
	@echo "建立环境 $(VENV)……"
	@$(PYTHON) -m venv $(VENV)
	@echo made > $@

$(VENV)/installed: $(VENV)/made pyproject.toml constraints.txt
	@echo "安装程序和依赖（第一次约两分钟，下载约300 MB）……"
	@$(INSTALL) -e . $(TOLD)
	@echo installed > $@

$(VENV)/installed-dev: $(VENV)/installed
	@echo "安装测试所需（第一次约三分钟）……"
	@$(INSTALL) -e ".[dev]" $(TOLD)
	@echo installed > $@

clean: ## 删去 .venv 和各种缓存
	rm -rf $(VENV) build dist .assistant .pytest_cache .mypy_cache .ruff_cache .hypothesis
