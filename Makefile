# Two commands do everything on a fresh machine: `make run` and `make test`.

.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

BROWSER := crates/web/browser
DIST := $(BROWSER)/dist/.vite/manifest.json
ASSET_SOURCES := $(shell find $(BROWSER) -type f -not -path '*/node_modules/*' -not -path '*/dist/*' 2>/dev/null) \
                 $(shell find crates/web/src -name '*.rs' 2>/dev/null)

.PHONY: help run test test-dynamodb-local build functions assets lint bench prove screenshots browser-tests clean

help: ## Show what can be made
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

run: assets ## Build, start with the demonstration festival, and print where to look
	cargo run --package dance-engine -- serve --demo --data data/demo

test: assets ## All tests; installs or starts what they need
	cargo test --workspace
	TEST_STORE=dynamodb cargo test --package engine --lib
	tests/browser/run

test-dynamodb-local: ## The same on Amazon's own DynamoDB Local, whose licence asks for an account there
	tests/emulator/amazon/run

build: assets ## The program, ready to be copied: target/release/dance-engine
	cargo build --release --package dance-engine

functions: assets ## The program for AWS Lambda and for Vercel: target/release/dance-engine-on-…
	cargo build --release --package on-lambda --package on-vercel

assets: $(DIST) ## What browsers load: styles, scripts, fonts

$(DIST): $(ASSET_SOURCES)
	cd $(BROWSER) && npm ci --no-audit --no-fund && npm run build
	touch $(DIST)

lint: assets ## Form and lints of all code
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cd $(BROWSER) && npx tsc --noEmit

bench: build ## Print the figures, as ratios against a baseline of the same run
	cargo run --release --package benches -- "$${CARGO_TARGET_DIR:-target}/release/dance-engine"

prove: assets ## The long versions of the tests
	PROVE=1 cargo test --profile prove --workspace

screenshots: assets ## Pictures of every page, on phone and desktop, light and dark
	tests/browser/run screenshots

clean: ## Remove what was made
	cargo clean
	rm -rf $(BROWSER)/dist $(BROWSER)/node_modules tests/browser/node_modules tests/browser/screenshots
