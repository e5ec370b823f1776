#!/bin/sh
# cppcheck and clang-tidy; what they look at is in .clang-tidy and below.
. "$(dirname "$0")/lib.sh"
plan 2

cd "$top" || exit 1
jobs=${JOBS:-$(nproc)}
flags="$(make -s flags) -Wno-unused-value"

run cppcheck -q -j"$jobs" --std=c11 --enable=warning,portability,performance \
	--inline-suppr --suppress=missingIncludeSystem -D_GNU_SOURCE -Ilib \
	-Isrc lib src
is "$(head -n 30 "$err")" "" "cppcheck"

# shellcheck disable=SC2016
find lib src -name '*.c' 2>/dev/null | sort |
	xargs -P "$jobs" -n 4 sh -c 'clang-tidy --quiet "$@" -- '"$flags" tidy \
	>"$out" 2>"$err"
is "$(grep -E '(error|warning): ' "$out" | sort -u | head -n 30)" "" \
	"clang-tidy"
