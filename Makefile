# Thin: each target says which program does the work. Needs Python 3.11 or newer, as python3 or `make PYTHON=…`.
PYTHON ?= python3
PY := .venv/bin/python
# A sign that the terminal lacks becomes a question mark, not an error.
export PYTHONIOENCODING ?= :replace

.PHONY: run demo setup test check fix fuzz bench messages lock

run: setup    ## 启动: set up, then serve on http://127.0.0.1:8000 (another port: PORT=8001)
	@$(PY) manage.py serve

demo: setup   ## 演示: the same with the demonstration county, in a database of its own
	@$(PY) manage.py serve --demo

setup:        ## 安装: packages, front-end assets, static files
	@$(PYTHON) tools/setup.py

test:         ## 测试: every check and test that can run here
	@$(PYTHON) tools/setup.py --dev
	@$(PY) -m tools.test

check:        ## 检查: style, types, floors, Django's own checks
	@$(PYTHON) tools/setup.py --dev
	@$(PY) -m tools.check

fix:          ## 整理: mend what can be mended by itself
	@$(PYTHON) tools/setup.py --dev
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

fuzz:         ## 坏文件: ten thousand hostile workbooks and text tables through the import (or FUZZ=…)
	@$(PYTHON) tools/setup.py --dev
	@HENJI_FUZZ=$(or $(FUZZ),10000) $(PY) -m pytest tests/test_fuzz.py -q

bench:        ## 测速: medians and ratios, and JSON
	@$(PYTHON) tools/setup.py --bench
	@$(PY) -m bench

messages:     ## 词表: gather new words into the catalogues, to be translated there
	@$(PYTHON) tools/setup.py --dev
	@$(PY) -m tools.messages

lock:         ## 锁定: pin every package again (UP=1 takes newer versions)
	@$(PYTHON) tools/setup.py --dev
	@$(PY) -m tools.lock $(if $(UP),--upgrade)
