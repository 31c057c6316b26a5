# dudao: 一条命令完成准备和运行。第二次运行只做需要重做的部分。
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
CORE := quantities documents scheme scoring claims assessment parameters
PYTEST_WORKERS ?= auto
# Each worker begins with a row of neighbours, which share what was built for them; who is done takes from the others.
WORKERS := -n $(PYTEST_WORKERS) --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help demo assets test test-postgres check bench bundle sbom manual clean

help: ## 列出这些命令
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

demo: $(VENV)/.ready-base assets ## 准备环境，演示评分，建立演示平台；在终端里接着启动（DUDAO_DEMO_SERVE=0 不启动）
	@$(BIN)/dudao demo

assets: $(VENV)/.ready-base # 页面的样式、图表、图标和行政区划；没有 npm 时说明怎么补，不中断
	@sh scripts/prepare-assets $(BIN)/python

test: $(VENV)/.ready-test assets ## 准备环境，运行全部测试，报告核心部分的分支覆盖率
	@$(BIN)/pytest -q $(WORKERS) $(foreach part,$(CORE),--cov=dudao.$(part)) --cov-branch --cov-report=term:skip-covered

# The platform's tests once more on the PostgreSQL of DATABASE_URL: all that meet it. What asks for no database or
# brings its own comes out the same, and is tested once, by make test; so are pages in a browser.
test-postgres: $(VENV)/.ready-test assets
	@DATABASE_URL="$(DATABASE_URL)" $(BIN)/pytest -q $(WORKERS) -m database tests/web --ignore=tests/web/browser

check: $(VENV)/.ready-test ## 代码规范、类型、分层、文档、密钥和依赖
	@echo "[1/7] 代码规范" && $(BIN)/ruff check .
	@echo "[2/7] 代码格式" && $(BIN)/ruff format --check .
	@echo "[3/7] 类型" && $(BIN)/mypy
	@echo "[4/7] 分层" && $(BIN)/lint-imports
	@echo "[5/7] 文档" && $(BIN)/pytest -q tests/docs
	@echo "[6/7] 密钥没有写进代码" && $(BIN)/python tools/secret_scan.py
	@echo "[7/7] 依赖的许可证和已知弱点" && $(BIN)/python tools/dependency_audit.py

bench: $(VENV)/.ready-test ## 测量速度和内存
	@for script in bench/*.py bench/*/run.py; do \
		[ -f "$$script" ] || continue; \
		echo "== $$script"; $(BIN)/python "$$script" || exit 1; \
	done

bundle: $(VENV)/.ready-test assets ## 做一份离线安装包（dist/dudao-offline.tar.gz）；为别的机器做：BUNDLE="--python 3.12 --platform manylinux2014_aarch64"
	@sh scripts/bundle $(BIN)/python $(BUNDLE)

sbom: $(VENV)/.ready-test ## 写出部件清单（dist/dudao.cdx.json，CycloneDX）
	@$(BIN)/python tools/sbom.py

manual: $(VENV)/.ready-base ## 把文档写成一本用户手册（dist/督导用户手册.docx，有 LibreOffice 时还有 pdf）
	@$(BIN)/python tools/manual.py

clean: ## 删除环境、缓存和演示
	rm -rf $(VENV) node_modules var/demo src/dudao/web/static/vendor src/dudao/web/people/data .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage

$(VENV)/.ready-base: pyproject.toml scripts/prepare
	@sh scripts/prepare base

$(VENV)/.ready-test: pyproject.toml scripts/prepare
	@sh scripts/prepare test
