#!/bin/sh
# translate.sh WASM DIR NUMBER: translates a module to C in DIR, in NUMBER files.
#
# Nothing is touched where the C there is of this module already, so that nothing
# is compiled anew. WABT is the folder of wasm2c's package.
set -eu
wasm=$1 dir=$2 number=$3
hash=$(sha256sum "$wasm" | cut -d' ' -f1)
if [ "$(cat "$dir/sha256" 2>/dev/null || true)" = "$hash" ]; then
	exit 0
fi
rm -rf "$dir"
mkdir -p "$dir"
"$WABT/bin/wasm2c" "$wasm" -n tillwise --num-outputs="$number" -o "$dir/module.c"
echo "$hash" >"$dir/sha256"
