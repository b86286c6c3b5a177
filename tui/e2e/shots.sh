#!/usr/bin/env bash
# Pictures of the built program in xterm, in palettes, sizes and languages, for
# people to look at: bin/shots/*.png, and a sheet for each palette. `make shots`.
set -euo pipefail
cd "$(dirname "$0")/../.."

missing=
for tool in Xvfb xterm xdotool import montage tic curl; do
	command -v "$tool" >/dev/null || missing+=" $tool"
done
if [ -n "$missing" ]; then
	echo "make shots cannot draw: not found:$missing. On Debian: apt install xvfb xterm xdotool imagemagick ncurses-bin curl" >&2
	exit 1
fi

out=$PWD/bin/shots
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$work"' EXIT
rm -rf "$out"
mkdir -p "$out"
"${GO:-go}" build -o "$work/tillwise" ./cmd/tillwise

# Few systems have this one; xterm understands its colours whatever it is called.
export TERMINFO_DIRS=$work/terminfo:
tic -x -o "$work/terminfo" - <<'TERMINFO'
xterm-16color|xterm with 16 colours,
	colors#16, pairs#256,
	setab=\E[%?%p1%{8}%<%t%p1%{40}%+%e%p1%{92}%+%;%dm,
	setaf=\E[%?%p1%{8}%<%t%p1%{30}%+%e%p1%{82}%+%;%dm,
	use=xterm,
TERMINFO

Xvfb -displayfd 3 -screen 0 1920x1200x24 3>"$work/display" 2>"$work/xvfb.log" &
until [ -s "$work/display" ]; do sleep 0.05; done
DISPLAY=:$(cat "$work/display")
export DISPLAY

fail() {
	echo "make shots: $1" >&2
	exit 1
}

# post has the POS tell an exchange of a sale: sale, locale, exchange.
post() {
	local event='{"v":1,"sale_id":"'$1'","at":1795530727000,"utc_offset_min":-300,"locale":"'$2'","exchange":'$3',
		"display":{"lane":"04","sale":"10-447'$1'","amount":"1249.00"}}'
	for _ in $(seq 200); do
		curl -s --fail-with-body -o "$work/reply" -H "content-type: application/json" "http://127.0.0.1:$port/v1/events" -d "$event" && return
		sleep 0.05
	done
	fail "the till did not take the event of sale $1: $(cat "$work/reply" 2>/dev/null)"
}

# shoot waits until the window has changed since the last picture, and is still.
touch "$work/last.ppm"
shoot() {
	import -window "$window" "$work/a.ppm"
	for _ in $(seq 100); do
		sleep 0.05
		import -window "$window" "$work/b.ppm"
		if cmp -s "$work/a.ppm" "$work/b.ppm" && ! cmp -s "$work/b.ppm" "$work/last.ppm"; then
			cp "$work/b.ppm" "$work/last.ppm"
			convert "$work/b.ppm" "$out/$1.png"
			return
		fi
		mv "$work/b.ppm" "$work/a.ppm"
	done
	fail "the window did not change, or never stood still, for $1"
}

# till shows the cards, one after the other, in one window: palette, TERM, ground, letters, size, language.
till() {
	port=$((20000 + RANDOM % 20000))
	while curl -s -o /dev/null "http://127.0.0.1:$port/"; do port=$((port + 1)); done
	TERM= xterm -class tillwise -b 0 -fa 'DejaVu Sans Mono' -fs 10 -geometry "$5+0+0" -bg "$3" -fg "$4" -tn "$2" \
		-e env LANG=C.UTF-8 COLORTERM= ${NO_COLOR:+NO_COLOR=$NO_COLOR} "$work/tillwise" till --listen "127.0.0.1:$port" --state "$work/$port" 2>>"$work/xterm.log" &
	local xterm=$! name=$1.$5.${6%-*}
	window=$(xdotool search --sync --onlyvisible --class '^tillwise$' | head -1)
	post 1 "$6" '{"operation":"verify","status":409,"body":"{\"error\":\"secret_answer_mismatch\"}","request":{"format":"security_question"}}'
	shoot "$name.1-wrong"
	post 2 "$6" '{"operation":"transactions","status":200,"body":"{\"status\":\"approved\"}","request":{"transaction_type":"instore_payment","amount":"1249.00"}}'
	shoot "$name.2-done"
	post 3 "$6" '{"operation":"apply","status":409,"body":"{\"error\":\"application_declined\"}"}'
	shoot "$name.3-refused"
	post 4 "$6" '{"operation":"authorization","status":0,"failure":"pending","request":{"amount":"1249.00"}}'
	shoot "$name.4-waiting"
	post 5 "$6" '{"operation":"authorization","failure":"timeout","request":{"amount":"1249.00"}}'
	shoot "$name.5-lost"
	sleep 0.6 # a hand is slower than what the till takes for a scanner
	xdotool mousemove 9 9 key 8
	shoot "$name.6-list"
	kill "$xterm"
	wait "$xterm" || true
}

# palette takes all pictures of one, and makes its sheet: palette, TERM, ground, letters.
palette() {
	for size in 80x24 40x12 132x43; do
		for locale in en-CA fr-CA; do till "$@" "$size" "$locale"; done
	done
	montage -label '%t' "$out/$1".*.png -tile 6x -geometry '640x400>+6+6' "$out/sheet.$1.png"
	echo "$out/sheet.$1.png"
}

for term in xterm xterm-16color xterm-256color; do
	palette "$term.light" "$term" white black
	palette "$term.dark" "$term" black gray90
done
NO_COLOR=1 palette mono.dark xterm-256color black gray90
