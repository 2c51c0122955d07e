# trienkhai: hai lệnh làm tất cả — make run, make test. "make help" liệt kê mọi mục tiêu.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV ?= .venv
BIN := $(VENV)/bin
OUT ?= out
SAMPLES ?= corpus/samples

.PHONY: help run test lint type check-layers score bench clean corpus goldens schemas doctor

help: ## Liệt kê các mục tiêu
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  %-14s %s\n", $$1, $$2}'

$(VENV)/.ready-run: requirements.lock pyproject.toml .ci/setup
	@bash .ci/setup $(VENV) requirements.lock
	@touch $@

$(VENV)/.ready-test: requirements-test.lock pyproject.toml .ci/setup
	@bash .ci/setup $(VENV) requirements-test.lock
	@touch $@ $(VENV)/.ready-run

run: $(VENV)/.ready-run ## Cài đặt rồi chạy việc chính trên bộ mẫu: sổ nhiệm vụ, đồ thị, rà soát (ra thư mục out/)
	@$(BIN)/trienkhai run $(SAMPLES) --out $(OUT)

test: $(VENV)/.ready-test ## Cài đặt rồi chạy mọi kiểm thử: kiểu, lint, tầng, đơn vị, điểm sàn
	@$(MAKE) --no-print-directory lint type check-layers
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal $(PYTEST)

lint: $(VENV)/.ready-test ## Kiểm tra phong cách (ruff)
	@$(BIN)/ruff check .

type: $(VENV)/.ready-test ## Kiểm tra kiểu (mypy --strict)
	@$(BIN)/mypy

check-layers: $(VENV)/.ready-test ## Giữ chiều phụ thuộc schemas <- extractors <- pipeline
	@$(BIN)/lint-imports --no-cache >/dev/null && echo "layers kept" || $(BIN)/lint-imports --no-cache

score: $(VENV)/.ready-test ## Chấm điểm trên corpus/gold (và ../shared/gold nếu có), so với điểm sàn
	@$(BIN)/python -m pipeline.scoring $(ARGS)

bench: $(VENV)/.ready-test ## Đo tốc độ và bộ nhớ, theo tỉ lệ trong cùng một lần chạy
	@$(BIN)/python tests/bench/bench.py $(ARGS)

corpus: $(VENV)/.ready-test ## Dựng lại bộ mẫu và gold từ nguồn trong corpus/build
	@$(BIN)/python corpus/build/build.py

schemas: $(VENV)/.ready-run ## Ghi lại JSON Schema đã công bố trong schemas/json
	@$(BIN)/python -m pipeline.publish

doctor: $(VENV)/.ready-run ## Cho biết máy có gì: tesseract, LibreOffice, …
	@$(BIN)/trienkhai doctor

clean: ## Xóa môi trường ảo, kết quả và bộ nhớ đệm
	@rm -rf $(VENV) $(OUT) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
