#!/bin/sh
# Makes the web fonts from Debian's fonts-hosny-amiri and fonts-noto-core with
# fonttools and python3-brotli. Run from anywhere; writes beside itself.
#
# Kept: the letters, marks and digits of Arabic, Persian, Urdu, Kurdish and Uyghur,
# Qur'anic marks, bidi controls, quotes; every OpenType feature the kept glyphs use
# (--layout-features='*'), so joining, ligatures and mark placement are untouched.
# The ranges are those of unicode-range in ../css/fonts.css.
set -eu
cd "$(dirname "$0")"

amiri=${AMIRI_DIR:-/usr/share/fonts/opentype/fonts-hosny-amiri}
noto=${NOTO_DIR:-/usr/share/fonts/truetype/noto}

command -v pyftsubset >/dev/null || { echo "make.sh: pyftsubset is missing: apt-get install fonttools python3-brotli" >&2; exit 1; }
for file in "$amiri/Amiri-Regular.ttf" "$noto/NotoSansArabic-Regular.ttf"; do
	[ -r "$file" ] || { echo "make.sh: $file is missing: apt-get install fonts-hosny-amiri fonts-noto-core" >&2; exit 1; }
done

arabic=U+060C,U+061B,U+061C,U+061F,U+0621-063A,U+0640-0655,U+0660-066D,U+0670-0671,U+0679,U+067E,U+0686,U+0688,U+0691,U+0695,U+0698,U+06A4,U+06A9,U+06AD,U+06AF,U+06B5,U+06BA,U+06BE,U+06C0-06C3,U+06C6-06C8,U+06CB-06CC,U+06CE,U+06D0,U+06D2-06D5,U+06D6-06ED,U+06F0-06F9
controls=U+200C-200F,U+202A-202E,U+2066-2069,U+25CC
punctuation=U+0020-0040,U+005B-005F,U+00A0,U+00AB,U+00BB,U+2010-2015,U+2018-201E,U+2022,U+2026,U+2039-203A

subset() { # source, ranges, target
	pyftsubset "$1" --unicodes="$2" --layout-features='*' --flavor=woff2 \
		--no-hinting --desubroutinize --name-IDs='0,1,2,3,4,5,6,13,14' --output-file="$3"
	printf '%s\t%s bytes\n' "$3" "$(wc -c <"$3")"
}

subset "$amiri/Amiri-Regular.ttf" "$arabic,$controls,$punctuation" amiri-400.woff2
subset "$noto/NotoSansArabic-Regular.ttf" "$arabic,$controls" noto-sans-arabic-400.woff2
subset "$noto/NotoSansArabic-Bold.ttf" "$arabic,$controls" noto-sans-arabic-700.woff2
