# The two commands a newcomer needs: make run, make test. `make help` has all.

ADDR     ?= localhost:8080
DATA     ?= data
BROTLI   ?= 11
VERSION  ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
TESTARGS ?=

export CGO_ENABLED = 0

GO     := go
WASM   := GOOS=js GOARCH=wasm $(GO)
NODE   := $(shell $(GO) env GOROOT)/lib/wasm/go_js_wasm_exec
UNIT   := $(shell $(GO) list ./... | grep -v -e /server/e2e -e /web/story)
APT    := $(if $(filter 0,$(shell id -u)),,sudo )apt-get

.PHONY: help run build test test-unit test-wasm test-e2e story sim crash load mutate fuzz bench lint fonts icons clean

help: ## what there is to make
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: build ## start on $(ADDR) with a demo project; prints a link that signs in
	bin/hashiya serve --addr $(ADDR) --data $(DATA) --demo

build: bin/hashiya ## bin/hashiya, with the front end in it

GOFILES := $(shell find app wasm server web -name '*.go' -not -name '*_test.go') go.mod go.sum
WEBFILES := $(shell find web -type f -not -path 'web/dist/*' -not -path 'web/story/*' -not -name '*.go')

bin/app.wasm: $(filter app/% wasm/% web/slim/% go.%,$(GOFILES))
	$(GO) run ./web/slim -o $@ ./wasm

bin/web.stamp: bin/app.wasm $(WEBFILES) $(filter-out web/slim/%,$(filter web/%,$(GOFILES)))
	$(GO) run ./web/pack -wasm bin/app.wasm -quality $(BROTLI)
	@touch $@

bin/hashiya: bin/web.stamp $(GOFILES)
	$(GO) build -trimpath -ldflags="-s -w -X main.version=$(VERSION)" -o $@ ./server

test: lint build test-unit test-wasm test-e2e ## everything that has to hold before a change lands

lint: ## vet, staticcheck, formatting, and what may depend on what
	@test -z "$$(gofmt -l app wasm server web)" || { echo "not formatted (run gofmt -w):"; gofmt -l app wasm server web; exit 1; }
	$(GO) vet ./...
	$(WASM) vet ./app/... ./wasm/...
	$(GO) tool staticcheck ./...
	$(GO) test ./app/internal/layering

test-unit: | need-chromium ## unit, property, crash and fault tests
	$(GO) test $(TESTARGS) $(UNIT)

test-wasm: | need-node ## the same tests of app/ under js/wasm
	$(WASM) test -exec $(NODE) $(TESTARGS) $$($(WASM) list ./app/...)

test-e2e: build | need-chromium need-axe ## the real program in real Chromium
	$(GO) test -count=1 -timeout 15m $(TESTARGS) ./server/e2e/...
	$(GO) test -count=1 -timeout 15m $(TESTARGS) ./web/story

story: ## every screen in every state, from fixtures, to look at on $(ADDR)
	$(GO) run ./web/story -addr $(ADDR)

# SEED=17 repeats one seed; with TESTARGS=-whole it prints all that happens in it.
SEEDS ?= 1000
sim: ## simulate $(SEEDS) runs of devices, networks, disks and a server that go wrong
	$(GO) test -count=1 -timeout 0 -v -run '^TestNothingIsLost' ./server/simulation $(if $(SEED),-seeds 1 -seed $(SEED),-seeds $(SEEDS)) $(TESTARGS)

KILLS ?= 200
crash: build | need-chromium ## kill -9 the server $(KILLS) times and Chromium a tenth as often, in mid-work
	$(GO) test -count=1 -timeout 0 -v -run '^TestKillingTheServer' ./server -kills $(KILLS)
	$(GO) test -count=1 -timeout 0 -v -run '^TestKillingTheBrowser|^TestTwoTabsThatRace' ./server/e2e -kills $$(( ($(KILLS) + 9) / 10 ))

LOAD ?=
load: build ## put a server under the load of 500 annotators, and write docs/load.md; LOAD="--live 500 …" has less
	$(GO) run ./server/load $(if $(LOAD),$(LOAD),--out docs/load.md)

mutate: | need-chromium ## take guards out of a copy of the source, and name the test that notices
	$(GO) run ./server/mutation

.PHONY: need-chromium need-node need-axe
# Fetched, not committed: only the tests of what screen readers get use it. Where
# it can't be had, they say so and are skipped.
AXE := 4.14.1
need-axe:
	@test -s bin/axe/node_modules/axe-core/axe.min.js || npm install --prefix bin/axe --no-save --no-audit --no-fund --loglevel=error axe-core@$(AXE) || \
	echo "axe-core $(AXE) could not be fetched with npm: the tests that use it will be skipped."

need-chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || test -n "$$CHROMIUM" || \
	{ $(APT) update && $(APT) install -y chromium; } || \
	{ echo "The tests need Chromium and it could not be installed. Install the package chromium, or set CHROMIUM to a browser's path."; exit 1; }

need-node:
	@command -v node >/dev/null || { $(APT) update && $(APT) install -y nodejs; } || \
	{ echo "The js/wasm tests need Node.js 18 or later and it could not be installed. Install the package nodejs."; exit 1; }

clean: ## remove what was built
	rm -rf bin $(filter-out web/dist/.gitkeep,$(wildcard web/dist/*))

fonts: ## make the font subsets again (needs apt)
	web/fonts/make.sh

icons: ## draw the icons again (needs Chromium)
	web/icons/make.sh

FUZZTIME ?= 30s
fuzz: ## fuzz every parser for $(FUZZTIME) each
	@for pkg in $$(grep -rl --include='*_test.go' '^func Fuzz' app server | xargs -n1 dirname | sort -u); do \
	for f in $$(grep -rhoE --include='*_test.go' '^func Fuzz[A-Za-z0-9]+' $$pkg | cut -d' ' -f2); do \
	echo "== $$pkg $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) ./$$pkg || exit 1; done; done

bench: build | need-chromium ## measure, and write docs/bench.md
	HASHIYA_BENCH_OUT=$(CURDIR)/docs/bench.md $(GO) test -count=1 -timeout 20m -run '^TestBench$$' -v ./server/e2e
