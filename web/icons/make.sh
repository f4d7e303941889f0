#!/bin/sh
# Renders the app icons from mark.svg and maskable.svg with Chromium. The pictures are
# committed: they change only when the drawing does. Run from anywhere.
set -eu
cd "$(dirname "$0")"

chromium=${CHROMIUM:-chromium}
command -v "$chromium" >/dev/null || { echo "make.sh: $chromium is missing: apt-get install chromium, or set CHROMIUM" >&2; exit 1; }
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

render() { # drawing, size in pixels, target
	printf '<!doctype html><style>html,body{margin:0;background:transparent}img{display:block;width:%spx;height:%spx}</style><img src="file://%s/%s">' \
		"$2" "$2" "$PWD" "$1" >"$tmp/page.html"
	"$chromium" --headless=new --no-sandbox --disable-gpu --no-first-run --hide-scrollbars \
		--disable-background-networking --disable-component-update --disable-sync \
		--user-data-dir="$tmp/profile" --allow-file-access-from-files \
		--default-background-color=00000000 --force-device-scale-factor=1 \
		--window-size="$2,$2" --screenshot="$PWD/$3" "file://$tmp/page.html" 2>/dev/null
	printf '%s\t%s bytes\n' "$3" "$(wc -c <"$3")"
}

render mark.svg 192 icon-192.png
render mark.svg 512 icon-512.png
render maskable.svg 512 maskable-512.png
render mark.svg 32 favicon-32.png
