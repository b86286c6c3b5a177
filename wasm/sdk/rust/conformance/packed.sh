#!/bin/sh
# Tries a packed crate as its user would: an empty project elsewhere, with the first
# program of the README exactly as it is printed there. Give the .crate.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
tar -xzf "$1" -C "$folder"
crate=$(basename "$1" .crate)
mkdir -p "$folder/pos/src"
cat > "$folder/pos/Cargo.toml" <<END
[package]
name = "pos"
version = "0.0.0"
edition = "2024"

[dependencies]
tillwise = { path = "../$crate" }
END
awk '/^```rust$/ { on = 1; next } /^```$/ { if (on) exit } on' "$folder/$crate/README.md" > "$folder/pos/src/main.rs"
cp "$folder/$crate/Cargo.lock" "$folder/pos/"
said=$(cd "$folder/pos" && cargo run --quiet --release)
echo "$said"
case "$said" in
"CHECK FIRST: "*) ;;
*) echo "the first card of the README's program is another than it was to be" >&2; exit 1 ;;
esac
