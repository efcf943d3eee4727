# Everything that one does with Tweetal. Needs Python 3.11 or later, and make; fetches the rest by itself.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := .venv/bin
SAM_BIN := .venv-sam/bin
SCAN_BIN := .venv-scan/bin
MINISTACK := .venv-ministack/bin/ministack
DATA ?= ../shared/data
# With SAM's own Python, and pyenv's 3.13 where there is one: Lambda's byte-code is made with that.
SAM = PATH="$(CURDIR)/$(SAM_BIN):$(shell pyenv prefix 3.13 2>/dev/null)/bin:$$PATH"
export SAM_CLI_TELEMETRY := 0

help: ## shows this
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(BIN)/tweetal ## starts the whole system on this machine
	@$(BIN)/python -m local

# On all cores; what ARGS chooses runs in one process, for it is sooner there than others have started.
test: $(BIN)/tweetal ## runs the tests, and prints what they cover: make test ARGS="-k reminder"
	@$(BIN)/python -m pytest --cov $(or $(ARGS),--numprocesses auto --dist worksteal)

check: $(BIN)/tweetal ## checks form, types and the arrows between the parts
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

validate: $(SAM_BIN)/sam ## checks infra/template.yaml
	@$(SAM) sam validate --lint --region eu-west-1 --template infra/template.yaml

# What CloudFormation gets, and the roles' policies; then the code that runs with them.
scan: $(BIN)/tweetal $(SCAN_BIN)/checkov ## looks for what is unsafe on AWS and in the code
	@rm -rf build/scan
	@$(BIN)/python -m infra.translate build/scan/template.json
	@$(BIN)/python -m tests.infra.permissions.export build/scan/policies
	@$(BIN)/cfn-lint --regions eu-west-1 --template build/scan/template.json
	@$(SCAN_BIN)/checkov --config-file infra/checkov.yaml --file build/scan/template.json
	@$(SCAN_BIN)/python -W ignore $(SCAN_BIN)/parliament --directory build/scan/policies --include_policy_extension json --minimum_severity INFO
	@$(SCAN_BIN)/bandit --quiet --recursive functions shared cli infra local bench

build: $(SAM_BIN)/sam ## packs the functions for AWS, and imports them with only what was packed
	@$(SAM) sam build --template infra/template.yaml
	@$(SAM) $(MAKE) --directory infra verify

engines: $(BIN)/tweetal $(MINISTACK) ## runs the tests of the table on a second DynamoDB too, many threads at once
	@$(BIN)/python -m pytest -q tests/shared/aws

invoke: $(BIN)/tweetal ## plays one event: make invoke FUNCTION=submit EVENT=events/…
	@$(BIN)/python -m local.invoke $(FUNCTION) $(EVENT)

golden: $(BIN)/tweetal ## writes the golden mails anew, after a text was changed on purpose
	@$(BIN)/python -m pytest -q tests/shared/mails --golden-update

permissions: $(BIN)/tweetal ## writes docs/permissions.md anew, after a right was given or taken on purpose
	@$(BIN)/python -m pytest -q tests/infra/permissions --permissions-update

openapi: $(BIN)/tweetal ## writes docs/openapi.yaml anew, after a route or a field was changed
	@$(BIN)/python -m local.openapi >docs/openapi.yaml

# More than ten thousand: some routes have fewer different requests than their share.
FUZZ ?= 11000
fuzz: $(BIN)/tweetal ## posts nonsense to every route of docs/openapi.yaml: make fuzz FUZZ=11000
	@$(BIN)/python -m pytest -q tests/hostile/test_openapi.py --fuzz $(FUZZ)

gallery: $(BIN)/tweetal ## photographs every mail and page for docs/gallery; needs Chromium
	@$(BIN)/python -m local.gallery

N ?= 20
SEED ?= 1
seasons: $(BIN)/tweetal ## plays whole seasons, and looks every evening: make seasons N=200 SEED=1
	@$(BIN)/python -m tests.seasons $(N) --seed $(SEED)

FAULTS ?= 2400
faults: $(BIN)/tweetal ## lets everything go wrong that can, one and two at a time: make faults FAULTS=0 (all there is) SEED=7
	@$(BIN)/python -m tests.faults --number $(FAULTS) --seed $(SEED) $(if $(ONLY),--only "$(ONLY)")

bench-schools: $(BIN)/tweetal ## how well schools are told apart
	@$(BIN)/python -m bench.schools $(DATA)

bench-check: $(BIN)/tweetal ## how long a check of 50,000 registrations takes, and how much memory
	@$(BIN)/python -m bench.check

bench-pages: $(BIN)/tweetal ## how soon a warm function has a page ready
	@$(BIN)/python -m bench.pages

SECONDS ?= 300
RATE ?= 50
burst: $(BIN)/tweetal ## posts RATE times a second for SECONDS to a local stack, and counts what came of it
	@$(BIN)/python -m bench.burst $(SECONDS) $(RATE)

bench-abuse: $(BIN)/tweetal ## what a bully with a thousand posts and a robot with ten thousand come to
	@$(BIN)/python -m bench.abuse

# Keeps the versions that are locked; make lock UPGRADE=--upgrade takes the newest.
COMPILE = $(SAM_BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url \
	--no-emit-find-links $(UPGRADE)
lock: $(SAM_BIN)/sam ## writes requirements/*.txt anew from pyproject.toml
	@$(COMPILE) pyproject.toml --output-file requirements/lambda.txt
	@$(COMPILE) pyproject.toml --extra dev --constraint requirements/lambda.txt --output-file requirements/dev.txt
	@$(COMPILE) --group sam --output-file requirements/sam.txt
	@$(COMPILE) --group ministack --output-file requirements/ministack.txt
	@$(COMPILE) --group scan --output-file requirements/scan.txt

clean: ## removes everything that was made here
	@rm -rf .venv .venv-sam .venv-ministack .venv-scan .aws-sam build .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache tests/tools/node_modules
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Makes an environment: $(call environment,its folder,its requirements). Pip's many lines go to a file, shown when it fails.
define environment
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo 'Tweetal needs Python 3.11 or later, as python3 or with: make PYTHON=…'; exit 1; }
@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	echo 'This Python cannot make environments. On Debian and Ubuntu: apt install python3-venv'; exit 1; }
@echo 'Installing $(2) in $(1) (about a minute, once)'
@[ -x $(1)/bin/pip ] || $(PYTHON) -m venv $(1)
@$(1)/bin/python -m pip install --disable-pip-version-check --no-input --no-deps --require-hashes -r $(2) >$(1)/install.log 2>&1 || { \
	tail -20 $(1)/install.log; exit 1; }
endef

# The command line starts from the code itself, so that there is nothing to build or to install again.
$(BIN)/tweetal: requirements/dev.txt
	$(call environment,.venv,$<)
	@echo '$(CURDIR)' >"$$($(BIN)/python -c 'import site; print(site.getsitepackages()[0])')/tweetal.pth"
	@printf '#!%s\nfrom cli.main import main\n\nmain()\n' '$(CURDIR)/$(BIN)/python' >$@
	@chmod +x $@

$(SAM_BIN)/sam: requirements/sam.txt
	$(call environment,.venv-sam,$<)
	@touch $@

$(SCAN_BIN)/checkov: requirements/scan.txt
	$(call environment,.venv-scan,$<)
	@touch $@

$(MINISTACK): requirements/ministack.txt
	$(call environment,.venv-ministack,$<)
	@touch $@

.PHONY: help run test check validate scan build engines invoke golden permissions gallery bench-schools bench-check bench-pages bench-abuse burst lock clean openapi fuzz seasons faults
