# Everything runs in .venv, which is made from requirements.lock when it is missing or the lock has changed.
# PIP_ARGS is for machines that need options of their own for pip.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
READY := $(VENV)/.ready
FORM := node_modules/.package-lock.json
MEASURING := tests/quality/node_modules/.package-lock.json
# A site with a form needs what the form is made of
PUBLISHED_FORM := $(if $(shell grep '^  form:' mkdocs.yml),$(FORM))

.PHONY: help ready site serve edit form measuring quality bench search-quality fuzz fuzz-reader reproducible faults check test lint bless lock update icons screenshot gallery screenshots clean

help: ## Say what there is to do
	@sed -n 's/^\([a-z-]*\):.*## /\1: /p' $(MAKEFILE_LIST)

$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv --clear $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: $(PIP_ARGS) -r requirements.lock
	@touch $@

$(FORM): package-lock.json
	@node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' || { echo "The form needs Node 18 or newer, with npm." >&2; exit 1; }
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(MEASURING): tests/quality/package-lock.json
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || { echo "Measuring needs Node 20 or newer, with npm." >&2; exit 1; }
	npm ci --prefix tests/quality --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

ready: $(READY) $(PUBLISHED_FORM) ## Install all that is needed into .venv

site: $(READY) $(PUBLISHED_FORM) ## Build the site into site/
	$(RUN) build_roles.py build

serve: $(READY) ## Show the site at 127.0.0.1:8000 while you write; pages follow as soon as a file is saved
	$(RUN) build_roles.py serve

edit: $(READY) $(FORM) ## Open the form in the browser, on a new branch of this repository (needs Node 18 or newer)
	$(RUN) build_roles.py edit

form: $(FORM) ## Install what the form is made of (needs Node 18 or newer)

measuring: $(MEASURING) ## Install what measures the built site (needs Node 20 or newer)

quality: site $(MEASURING) ## Measure the built site and write QUALITY.md (some twenty minutes; needs Chromium and Node 20 or newer)
	$(RUN) -m tests.quality

reproducible: $(READY) ## Build in many surroundings, see that all sites are the same, and write tests/records/reproducible.md
	$(RUN) -m tests.reproducible $(PYTHONS)

faults: $(READY) ## End builds at 200 random moments, fill disks, meddle with files, and write tests/records/faults.md
	$(RUN) -m tests.faults 200

fuzz: $(READY) ## Try 20,000 hostile cases and write FUZZ.md (some half an hour)
	$(RUN) -m tests.fuzz

fuzz-reader: $(READY) ## Feed the reader of YAML hostile bytes for ten minutes, and write tests/records/reader.md (installs atheris)
	$(RUN) -m pip install --quiet --only-binary :all: $(PIP_ARGS) atheris==3.0.0
	$(RUN) -m tests.fuzz.long_reader

check: $(READY) ## Check roles, translations and pages
	$(RUN) build_roles.py check
	$(RUN) build_roles.py format --check

test: lint ## Run every test (browser tests need Chromium; see CONTRIBUTING.md)
	$(RUN) -m pytest --numprocesses auto --dist worksteal

lint: $(READY) ## Check the code's form, types and imports
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

bless: $(READY) ## Accept what the tests' miniature renders today as expected
	$(RUN) -m tests.bless

bench: $(READY) ## Measure building and checking beside the stock pipeline, and write BENCHMARK.md (an hour; see --help of tests.bench)
	$(RUN) -m tests.bench $(BENCH_ARGS)

search-quality: site ## Measure how well and how cheaply the search finds what people type
	$(RUN) -m tests.search_quality

icons: $(READY) ## Draw the icons for home screens anew from overrides/assets/favicon.svg (needs Chromium)
	$(RUN) -m tests.icons

screenshot: site ## Make the screenshot of the README anew
	$(RUN) -m tests.screenshot

gallery: site ## Take a picture of every page type into screenshots/, to look through (needs Chromium)
	$(RUN) -m tests.gallery

screenshots: gallery $(FORM) ## Take the gallery and the pictures of the guide anew (needs Chromium and Node 18 or newer)
	$(RUN) -m tests.guide_screenshots

lock: $(READY) ## Pin the newest allowed packages with their hashes
	for folder in . tests/quality; do \
	  npm install --prefix $$folder --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund; \
	  node -e 'const { readFileSync, writeFileSync } = require("fs"); const path = process.argv[1]; const lock = JSON.parse(readFileSync(path)); Object.values(lock.packages).forEach((one) => delete one.funding); writeFileSync(path, JSON.stringify(lock, null, 2) + "\n")' $$folder/package-lock.json; \
	done
	$(RUN) -m pip install --quiet pip-tools==7.6.2
	$(VENV)/bin/pip-compile --quiet --upgrade --extra dev --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --allow-unsafe --output-file requirements.lock pyproject.toml
	$(RUN) -m tests.bill_of_materials

update: ## Pin the newest allowed packages, install them, and run every test with them
	$(MAKE) lock
	$(MAKE) form measuring test

clean: ## Remove what was made
	rm -rf $(VENV) .cache node_modules tests/quality/node_modules site screenshots docs/*/llms.txt docs/*/manifest.webmanifest $(foreach name,roles families moves paths compare my-skills skills tools levels a-z data translations changes not-found,docs/*/$(name))
