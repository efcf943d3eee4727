# Every task of the project. Needs make and Python 3.11 or later; each target installs what it needs by itself.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := .venv/bin
DEV := .venv/dev
SAM_BIN := .venv-sam/bin
SCAN_BIN := .venv-scan/bin
MINISTACK := .venv-ministack/bin/ministack
DATA ?= ../shared/data
# SAM's own Python first, then pyenv's 3.13 if it is installed: Lambda's byte-code is compiled with 3.13.
SAM = PATH="$(CURDIR)/$(SAM_BIN):$(shell pyenv prefix 3.13 2>/dev/null)/bin:$$PATH"
export SAM_CLI_TELEMETRY := 0
# Files are UTF-8, whatever the locale of this machine.
export PYTHONUTF8 := 1

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(BIN)/tweetal ## start the whole system on this machine
	@$(BIN)/python -m local

# The whole suite runs on all cores. A selection runs in one process, which starts sooner than several.
PARALLEL := --numprocesses auto --dist worksteal
test: $(DEV) ## run the tests; run a part with ARGS="tests/cli -k rule"
	@$(BIN)/python -m pytest -m "not slow" $(or $(ARGS),$(PARALLEL)) $(COV)

coverage: ## run the same tests, print what they cover and fail below the bar; takes two thirds more processor
	@$(MAKE) test COV=--cov

test-slow: $(DEV) ## run the tests that make test leaves out (marked slow)
	@$(BIN)/python -m pytest -m slow $(or $(ARGS),$(PARALLEL))

check: $(DEV) ## check style, types and the direction of imports
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

validate: $(SAM_BIN)/sam ## check infra/template.yaml
	@$(SAM) sam validate --lint --region eu-west-1 --template infra/template.yaml

# First the template that CloudFormation gets and the policies of the roles, then the code.
scan: $(DEV) $(SCAN_BIN)/checkov ## look for security problems in the template, the policies and the code
	@rm -rf build/scan
	@$(BIN)/python -m infra.translate build/scan/template.json
	@$(BIN)/python -m tests.infra.permissions.export build/scan/policies
	@cp infra/policies/networks.json infra/policies/operator.json build/scan/policies
	@$(BIN)/cfn-lint --regions eu-west-1 --template build/scan/template.json
	@$(SCAN_BIN)/checkov --config-file infra/checkov.yaml --file build/scan/template.json
	@$(SCAN_BIN)/python -W ignore $(SCAN_BIN)/parliament --directory build/scan/policies --include_policy_extension json --minimum_severity INFO
	@$(SCAN_BIN)/bandit --quiet --recursive functions shared cli infra local bench

ARCH ?= arm64
build: export ARCH := $(ARCH)
build: $(SAM_BIN)/sam ## pack the functions for AWS, and start each with only what is packed, and list that: make build ARCH=x86_64
	@$(SAM) sam build --template infra/template.yaml --parameter-overrides Architecture=$(ARCH)
	@$(SAM) $(MAKE) --directory infra verify sbom

STAGE ?= trial
deploy: $(SAM_BIN)/sam $(BIN)/tweetal ## look whether a stage of samconfig.toml can be deployed, build it and deploy it: make deploy STAGE=production
	@$(SAM) $(BIN)/tweetal deploy $(STAGE) --dry-run
	@$(MAKE) build
	@$(SAM) $(BIN)/tweetal deploy $(STAGE)

engines: $(DEV) $(MINISTACK) ## run the tests of the table on a second DynamoDB too, with many threads at once
	@$(BIN)/python -m pytest -q tests/shared/aws

# A real sam deploy, into an emulator on this machine: docs/cloud-test.md.
cloud-test: $(DEV) $(SAM_BIN)/sam $(MINISTACK) ## deploy into MiniStack, play a journey against that, update it and remove it
	@$(SAM) $(BIN)/python -m tests.cloud

walk: $(DEV) $(SAM_BIN)/sam $(MINISTACK) ## follow docs/deploy.md in MiniStack, command by command; needs the AWS CLI
	@$(SAM) $(BIN)/python -m tests.cloud.walk

invoke: $(BIN)/tweetal ## run one function on one event: make invoke FUNCTION=submit EVENT=events/…
	@$(BIN)/python -m local.invoke $(FUNCTION) $(EVENT)

golden: $(DEV) ## rewrite the golden mails and the help of tweetal after an intended change of text
	@$(BIN)/python -m pytest -q tests/shared/mails --golden-update
	@$(BIN)/python -m pytest -q tests/cli/test_help.py --help-update

permissions: $(DEV) ## rewrite docs/permissions.md after an intended change of rights
	@$(BIN)/python -m pytest -q tests/infra/permissions --permissions-update

schemas: $(BIN)/tweetal ## rewrite the schemas of what people and networks send, after a change of a model
	@$(BIN)/python -m infra.schemas

openapi: $(BIN)/tweetal ## rewrite docs/openapi.yaml after a change of a route or a field
	@$(BIN)/python -m local.openapi >docs/openapi.yaml

# More than ten thousand, because some routes have fewer different requests than their share.
FUZZ ?= 11000
fuzz: $(DEV) ## send random requests to every route in docs/openapi.yaml: make fuzz FUZZ=11000
	@$(BIN)/python -m pytest -q tests/hostile/test_openapi.py --fuzz $(FUZZ)

gallery: $(DEV) ## take a picture of every mail and page in build/gallery, and renew docs/gallery; needs Chromium
	@$(BIN)/python -m local.gallery

forms: $(DEV) ## play posts of forty makers of forms, and a folder of recorded ones: make forms FOLDER=…
	@$(BIN)/python -m tests.forms $(FOLDER)

N ?= 20
SEED ?= 1
seasons: $(DEV) ## play whole seasons and check the rules every evening: make seasons N=200 SEED=1 READ=--no-read
	@$(BIN)/python -m tests.seasons $(N) --seed $(SEED) $(READ)

FAULTS ?= 2400
faults: $(DEV) ## inject failures of AWS, one and two at a time: make faults FAULTS=0 (0 is all) SEED=7
	@$(BIN)/python -m tests.faults --number $(FAULTS) --seed $(SEED) $(if $(ONLY),--only "$(ONLY)")

restore-drill: $(DEV) ## play a season, lose its table in many ways and restore it: make restore-drill PEOPLE=60
	@$(BIN)/python -m tests.drill $(or $(PEOPLE),12)

# It packs the functions for this machine alone. QUICK=1 runs everything a little with what is packed, and judges nothing.
bench: $(DEV) ## measure time, memory and money against bench/bars.toml, and write docs/performance.md: make bench ONLY="pages mails"
	@$(if $(QUICK),[ -d build/here ] ||) $(SAM) $(MAKE) --directory infra verify
	@$(SAM) $(BIN)/python -m bench $(if $(QUICK),--quick) $(ONLY)

bench-schools: $(DEV) ## measure how well schools are told apart
	@$(BIN)/python -m bench.schools $(DATA)

strangers: $(DEV) ## play what strangers can do, and fail where it costs too much: make strangers ONLY="flood teams"
	@$(BIN)/python -m bench.strangers $(ONLY)

# Keeps the locked versions; make lock UPGRADE=--upgrade takes the newest. Each file is constrained by the ones before
# it, so that a package has one version wherever it is installed together with them.
COMPILE = $(SAM_BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url \
	--no-emit-find-links $(UPGRADE)
lock: $(SAM_BIN)/sam ## rewrite requirements/*.txt from pyproject.toml
	@$(COMPILE) pyproject.toml --output-file requirements/lambda.txt
	@$(COMPILE) pyproject.toml --extra run --constraint requirements/lambda.txt --output-file requirements/run.txt
	@$(COMPILE) pyproject.toml --extra dev --constraint requirements/run.txt --output-file requirements/dev.txt
	@$(COMPILE) --group sam --output-file requirements/sam.txt
	@$(COMPILE) --group runtime --output-file requirements/runtime.txt
	@$(COMPILE) --group ministack --output-file requirements/ministack.txt
	@$(COMPILE) --group scan --output-file requirements/scan.txt
	@$(COMPILE) --group typical --constraint requirements/lambda.txt --output-file bench/peers/typical.txt

clean: ## remove everything that these targets made
	@rm -rf .venv .venv-sam .venv-ministack .venv-scan .aws-sam build .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache tests/tools/node_modules
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Installs requirements in an environment, and makes it first if needed: $(call environment,folder,requirements).
# Pip's output goes to a file, of which the end is shown if pip fails.
define environment
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo 'Tweetal needs Python 3.11 or later, as python3 or with: make PYTHON=…'; exit 1; }
@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	echo 'This Python cannot make environments. On Debian and Ubuntu: apt install python3-venv'; exit 1; }
@echo 'Installing $(2) in $(1) (once, less than a minute)'
@[ -x $(1)/bin/pip ] || $(PYTHON) -m venv $(1)
@$(1)/bin/python -m pip install --disable-pip-version-check --no-input --no-deps --require-hashes -r $(2) >$(1)/install.log 2>&1 || { \
	tail -20 $(1)/install.log; exit 1; }
endef

# What runs on this machine: the local stack, and the command line, which runs straight from the source code.
$(BIN)/tweetal: requirements/run.txt
	$(call environment,.venv,$<)
	@echo '$(CURDIR)' >"$$($(BIN)/python -c 'import site; print(site.getsitepackages()[0])')/tweetal.pth"
	@printf '#!%s\nfrom cli.main import main\n\nmain()\n' '$(CURDIR)/$(BIN)/python' >$@
	@chmod +x $@

# What tests and checks need besides, in the same environment.
$(DEV): requirements/dev.txt $(BIN)/tweetal
	$(call environment,.venv,$<)
	@touch $@

$(SAM_BIN)/sam: requirements/sam.txt
	$(call environment,.venv-sam,$<)
	@touch $@

$(SCAN_BIN)/checkov: requirements/scan.txt
	$(call environment,.venv-scan,$<)
	@touch $@

# Its Lambda runs in its own Python, so it gets Lambda's version if that is installed.
$(MINISTACK): PYTHON := $(shell $(SAM) sh -c 'python3.13 -c "" && command -v python3.13' 2>/dev/null || echo $(PYTHON))
$(MINISTACK): requirements/ministack.txt
	$(call environment,.venv-ministack,$<)
	@touch $@

.PHONY: help run test coverage test-slow check validate scan build deploy engines cloud-test walk invoke golden permissions schemas openapi fuzz forms gallery seasons faults restore-drill bench bench-schools strangers lock clean
