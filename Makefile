# Go and make are all that these need; `node` also wants Node 20 or newer.
GO ?= go
# One toolchain and no settings of the machine's: the same bytes everywhere.
WASM_BUILD = GOTOOLCHAIN=go1.26.8 GOFLAGS= GOEXPERIMENT= GOWASM= GOOS=wasip1 GOARCH=wasm $(GO) build -trimpath -buildvcs=false -ldflags='-s -w -buildid=' -buildmode=c-shared
BUILD = bin/wasm

.PHONY: run glance test race bench soak mutants generate node e2e shots report browser units verify cross sdk

# A shift on the cashier's screen: sales that go wrong, with a simulated Flexiti.
run:
	$(GO) run ./cmd/tillwise till --demo

# Kits to test with cashiers whether the cards are understood: tui/glance/README.md.
# Another SEED gives other cards.
SEED ?= 1
glance:
	$(GO) run ./cmd/tillwise glance make --lang en --seed $(SEED) --out bin/glance/en
	$(GO) run ./cmd/tillwise glance make --lang fr --seed $(SEED) --out bin/glance/fr

test:
	$(GO) vet ./...
	$(GO) test ./...

# The plugin has no goroutine: its tests would cost four minutes here, and find nothing.
# Neither has the building of modules, which -short leaves out.
race:
	$(GO) test -race -short $$($(GO) list ./... | grep -v /plugin)

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

# What every generated event must show: no panic, no trap, memory flat. And what
# every end of a till must leave: all that was acknowledged.
soak:
	TILLWISE_SOAK=full $(GO) test -run TestSoak -v -timeout 2h ./plugin ./host ./host/replay ./host/importer ./host/nolies ./host/serve ./cmd/tillwise/crash

# Each guard of the rules that is taken away must be missed by a test.
mutants:
	TILLWISE_SOAK=full $(GO) test -run TestSoakMutants -v -timeout 1h ./plugin

# The vectors in an engine that is not Go's: V8, with nothing to import.
node:
	node wasm/vectors.mjs

# A shift on the built program, in terminals of many kinds; needs tmux. The demo's
# sessions mostly wait; beside what measures keystrokes there are few.
e2e:
	$(GO) test -tags e2e -count=1 -parallel 4 -skip TestTheDemo ./tui/e2e
	$(GO) test -tags e2e -count=1 -parallel 12 -run TestTheDemo ./tui/e2e

# Pictures of the screen in xterm, in many palettes and sizes, for people to look
# at: bin/shots. It says what it needs.
shots:
	GO=$(GO) tui/e2e/shots.sh

# Replay's reports as other programs read them: the page in a browser without a
# word on its console, JUnit by the schema in JUNIT_XSD if there is one.
report:
	mkdir -p bin/report && TILLWISE_REPORT_DIR=$(CURDIR)/bin/report $(GO) test -count=1 ./host/replay -run 'TestJUnit|TestHTML'
	test -z "$(JUNIT_XSD)" || xmllint --noout --schema "$(JUNIT_XSD)" bin/report/replay.junit.xml
	chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --user-data-dir=bin/report/profile \
		--enable-logging=stderr --screenshot=bin/report/replay.png --window-size=1200,1800 file://$(CURDIR)/bin/report/replay.html 2>bin/report/console.log
	! grep CONSOLE bin/report/console.log
	test -s bin/report/replay.png

# A web page of another origin, in a browser, at a till's door; needs chromium.
browser:
	$(GO) test -tags browser -count=1 -timeout 5m -run TestPageOfAnotherOrigin ./host/serve

# The units, as systemd reads them; what they start need not be installed for that.
units:
	rm -rf bin/units && mkdir -p bin/units
	for unit in cmd/tillwise/systemd/*.service; do sed 's#=/usr/local/bin/tillwise #=/bin/true #' "$$unit" >"bin/units/$${unit##*/}"; done
	systemd-analyze verify bin/units/*.service

# The packages in other languages, each as far as its tools are here: wasm/sdk/README.md.
# `make sdk-python` builds and tests one, runs the conformance kit on it, and sees
# that the kit finds the mistakes which mistakes.json plants in it.
SDKS = js python java rust c
sdk: $(SDKS:%=sdk-if-%)

sdk-if-%:
	@missing=; for tool in $$(cat wasm/sdk/$*/tools); do command -v $$tool >/dev/null || missing="$$missing $$tool"; done; \
	if [ -n "$$missing" ]; then echo "skipped: make sdk-$* (not here:$$missing)"; else $(MAKE) sdk-$*; fi

sdk-%: bin/tillwise
	$(MAKE) -C wasm/sdk/$*
	$(GO) test -tags sdk -count=1 ./wasm/conformance -run 'Test(Kit|Planted)/^$*(-|$$)'

.PHONY: bin/tillwise
bin/tillwise:
	$(GO) build -o $@ ./cmd/tillwise

# All that is made from the rules and the words, after either has changed: the
# catalogue's version, the stories' cards and the reference, the module and its vectors, the week of
# records, and what the screen and the program print. In this order, for each
# is held to the one before. Read the difference before you commit it.
generate:
	$(GO) test ./plugin -run 'TestCatalogueVersion|TestFlows|TestReference' -update
	$(MAKE) $(BUILD)/tillwise.wasm
	cp $(BUILD)/tillwise.wasm wasm/tillwise.wasm
	$(GO) test ./wasm -run 'TestVectors|TestSafeCards' -update
	$(GO) test ./host/replay -run TestCorpus -update
	$(GO) test ./tui -run 'TestGolden|TestPicture' -update
	$(GO) test ./cmd/tillwise -run 'TestScripts|TestReadmes' -update

verify: $(BUILD)/tillwise.wasm
	cmp $(BUILD)/tillwise.wasm wasm/tillwise.wasm

.PHONY: $(BUILD)/tillwise.wasm
$(BUILD)/tillwise.wasm:
	mkdir -p $(BUILD)
	$(WASM_BUILD) -o $(BUILD)/raw.wasm ./wasm/guest
	$(GO) run ./wasm/seal $(BUILD)/raw.wasm $@

cross:
	GOOS=windows GOARCH=amd64 $(GO) vet ./...
	GOOS=linux GOARCH=arm64 $(GO) vet ./...
	GOOS=linux GOARCH=386 $(GO) vet ./...
