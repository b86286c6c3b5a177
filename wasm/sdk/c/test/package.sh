#!/bin/sh
# Installs the library elsewhere, takes the first card out of the README exactly as
# printed, and runs its commands there: with the shared library, and with the static one.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
elsewhere=$(mktemp -d)
trap 'rm -rf "$elsewhere"' EXIT
make -s -C "$here" install PREFIX="$elsewhere/usr" >/dev/null

# block NAME: the README's code block after the line <!-- NAME -->.
block() {
	awk -v mark="<!-- $1 -->" '$0 == mark { on = 1; next } on && /^```/ { if (open) exit; open = 1; next } on && open' "$here/README.md"
}
cd "$elsewhere"
block first.c >first.c
block shared >shared.sh
block static >static.sh
block prints >want
for part in first.c shared.sh static.sh want; do
	[ -s "$part" ] || { echo "README.md: the block $part is missing" >&2; exit 1; }
done
export PKG_CONFIG_PATH="$elsewhere/usr/lib/pkgconfig"
for way in shared static; do
	rm -f first
	if [ "$way" = shared ]; then
		export LD_LIBRARY_PATH="$elsewhere/usr/lib"
	else
		unset LD_LIBRARY_PATH
	fi
	sh -eu "./$way.sh" >got
	cmp -s got want || { echo "$way: the first card is" >&2; cat got >&2; echo "and the README prints" >&2; cat want >&2; exit 1; }
	echo "the README's first card, $way: as printed"
done
