# What can be done here? `make` lists it. A line below is the whole command: it can be typed without make, too.
.PHONY: help install serve test fast check bench

help: ## list these commands
	@sed -n 's/^\([a-z]*\): .*##/make \1:/p' Makefile

install: ## install what serving and testing need into the Python in use
	pip install -r requirements.txt -r tests/requirements.txt

serve: ## serve the dashboard at http://localhost:8501
	streamlit run dashboard.py

test: ## all tests; browser journeys need what README.md names
	python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

fast: ## tests that need neither a browser nor a server, under a minute
	python -m pytest -q -n 2 -m "not browser and not server and not slow"

check: ## style, format and types
	ruff check . && ruff format --check . && mypy

bench: ## how fast it is, beside other ways of building it; takes an hour
	python -m tests.bench
