# `make run` opens the desk, `make test` tests it; both make a fresh machine ready first.
# `make help` names the rest.

SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help run test check bench sync-soak pictures translations lock clean ready-to-run ready-to-test

# Without compiled files the desk opens a second later, so a machine's wish not to write them is overruled.
export PYTHONDONTWRITEBYTECODE :=

bin := .venv/bin
python := $(bin)/python
SET_UP_BY := requirements.lock pyproject.toml installer/setup.sh installer/packages-run.txt
CATALOGUES := $(wildcard resources/translations/*/LC_MESSAGES/civicdesk.po)
LOCALES := var/locale
TURKISH := $(LOCALES)/tr_TR.UTF-8/LC_CTYPE

help:
	@echo "make run           open the desk (ARGS=--demo: the demo centre; CAMERA=1: a camera can be the reader);"
	@echo "                   without a display: rehearse a desk day"
	@echo "make test          check, then all tests, then once more in a Turkish locale"
	@echo "make check         style, types, layers, lock file"
	@echo "make bench         measure the desk against its limits"
	@echo "make sync-soak     let anything happen to desks and hubs for hours (SYNC_EXAMPLES=1000 SYNC_STEPS=60)"
	@echo "make pictures      take the manual's pictures from the real screens"
	@echo "make translations  bring the Turkish catalogue up to date with the code"
	@echo "make lock          choose newer versions of the locked packages"
	@echo "make clean         back to a fresh clone"

# --- Set-up: nothing is done twice -------------------------------------------

ready-to-run: .venv/ready-to-run $(if $(CAMERA),.venv/ready-for-camera) $(CATALOGUES:.po=.mo)
ready-to-test: .venv/ready-to-test $(CATALOGUES:.po=.mo) $(TURKISH)

.venv/ready-to-run: $(SET_UP_BY)
	@installer/setup.sh run

.venv/ready-for-camera: $(SET_UP_BY) requirements-camera.lock installer/packages-camera.txt | .venv/ready-to-run
	@CAMERA=1 installer/setup.sh run

.venv/ready-to-test: $(SET_UP_BY) requirements-camera.lock installer/packages-test.txt installer/packages-camera.txt
	@installer/setup.sh test

%.mo: %.po | .venv/ready-to-run
	@$(python) -m babel.messages.frontend -q compile -i $< -o $@

$(TURKISH): | .venv/ready-to-test
	@mkdir -p $(LOCALES)
	@localedef -i tr_TR -f UTF-8 $(LOCALES)/tr_TR.UTF-8

# --- What one does every day -------------------------------------------------

run: ready-to-run
ifeq ($(DISPLAY)$(WAYLAND_DISPLAY),)
	@echo "No display here: rehearsing a desk day into var/rehearsal instead."
	@QT_QPA_PLATFORM=offscreen $(python) -m civicdesk rehearse --out var/rehearsal
else
	@$(python) -m civicdesk open $(ARGS)
endif

# Every part runs whatever the one before it said; the count of the last one closes the output.
# The whole suite runs in a Turkish locale, where letters and numbers go wrong first; what reads and writes words and
# numbers once more in the plain one. What is marked slow, or drives the program from outside, runs once.
PYTEST := QT_QPA_PLATFORM=offscreen $(python) -m pytest -n 2 --dist worksteal -q $(ARGS)
PLAIN := tests/desk tests/models tests/printing tests/messages $(wildcard tests/test_*.py)
test: ready-to-test
	@failed=0; \
	$(MAKE) --no-print-directory check || failed=1; \
	echo "== what reads and writes words, in a plain locale"; \
	LC_ALL=C.UTF-8 $(PYTEST) -m "not outside and not slow" $(PLAIN) || failed=1; \
	echo "== all tests, in a Turkish locale"; \
	LOCPATH=$(CURDIR)/$(LOCALES) LC_ALL=tr_TR.UTF-8 $(PYTEST) || failed=1; \
	exit $$failed

# All of it is said at once, not one complaint a run.
LOCKS := requirements.lock requirements-camera.lock
SAYS_WHERE := grep -nE '://|^ *(-i|-f|--index|--extra|--find)' $(LOCKS)
check: ready-to-run
	@failed=0; \
	echo "== style"; $(bin)/ruff check || failed=1; $(bin)/ruff format --check || failed=1; \
	echo "== types"; $(bin)/mypy || failed=1; \
	echo "== layers"; $(bin)/lint-imports || failed=1; \
	! $(SAYS_WHERE) || { echo "a lock file must not say where packages come from"; failed=1; }; \
	exit $$failed

bench: ready-to-run
	@QT_QPA_PLATFORM=offscreen $(python) -m tests.bench $(ARGS)

sync-soak: ready-to-test
	@$(python) -m tests.sync.soak

pictures: ready-to-run
	@QT_QPA_PLATFORM=offscreen $(python) -m civicdesk pictures --out docs/manual/pictures $(ARGS)

# --- Now and then -------------------------------------------------------------

# Sentences are sorted and carry no line numbers, so that a change shows only what changed.
translations: ready-to-run
	@mkdir -p var
	$(bin)/pybabel -q extract --no-location --sort-output --project=CivicDesk --output=var/civicdesk.pot civicdesk
	for po in $(CATALOGUES); do \
	  $(bin)/pybabel -q update -i var/civicdesk.pot -o $$po -l $$(basename $$(dirname $$(dirname $$po))) \
	    --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap || exit 1; \
	done
	$(MAKE) --no-print-directory ready-to-run

lock: .venv/ready-to-run
	@tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT && \
	$(python) -m venv "$$tools" && "$$tools/bin/pip" install -q uv && \
	"$$tools/bin/uv" pip compile --quiet --upgrade --python-version 3.11 --universal --generate-hashes \
	  --no-header pyproject.toml --group dev -o requirements.lock && \
	grep -o 'PySide6-Addons==[0-9.]*' pyproject.toml | "$$tools/bin/uv" pip compile --quiet --no-deps --universal \
	  --python-version 3.11 --generate-hashes --no-header --no-annotate - -o requirements-camera.lock

# The desk's own data lies in the user's folders and stays.
clean:
	rm -rf .venv var/locale var/rehearsal var/civicdesk.pot build dist
	rm -rf .hypothesis .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find civicdesk tests -name __pycache__ -prune -exec rm -rf {} +
	rm -f $(CATALOGUES:.po=.mo)
