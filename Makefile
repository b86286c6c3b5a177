# Go and make are all that these need; `node` also wants Node 20 or newer.
GO ?= go
# One toolchain and no settings of the machine's: the same bytes everywhere.
WASM_BUILD = GOTOOLCHAIN=go1.26.8 GOFLAGS= GOEXPERIMENT= GOWASM= GOOS=wasip1 GOARCH=wasm $(GO) build -trimpath -buildvcs=false -ldflags='-s -w -buildid=' -buildmode=c-shared
BUILD = bin/wasm

.PHONY: run test race bench soak node e2e picture verify wasm cross

# The cashier's screen, walking through an answer of every kind.
run:
	$(GO) run ./cmd/tillwise till --demo

test:
	$(GO) vet ./...
	$(GO) test ./...

race:
	$(GO) test -race ./...

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

# What every generated event must show: no panic, no trap, memory flat.
soak:
	TILLWISE_SOAK=full $(GO) test -run TestSoak -v -timeout 2h ./host

# The vectors in an engine that is not Go's: V8, with nothing to import.
node:
	node wasm/vectors.mjs

# A shift on the built program, in terminals of many kinds; needs tmux.
e2e:
	$(GO) test -tags e2e -count=1 ./tui/e2e

# The card of the README, drawn from the screen's own rendering.
picture:
	$(GO) test ./tui -run TestPicture -update

# The committed module from its sources. The toolchain is the one of go.mod.
wasm: $(BUILD)/tillwise.wasm
	cp $(BUILD)/tillwise.wasm wasm/tillwise.wasm
	$(GO) test ./wasm -run TestVectors -update

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
