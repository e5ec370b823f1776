#!/bin/sh
# What a script can hold of the style; the rules are in CONTRIBUTING.md.
. "$(dirname "$0")/lib.sh"
plan 8

ok "the source keeps to the style" "$top/scripts/check-style"
[ -s "$out" ] && sed 's/^/# /' "$out" >&2

mkdir -p scripts lib/base src tests
cp "$top/scripts/check-style" scripts/
one() {
	printf "$1" >lib/base/a.c
	fails "$2" scripts/check-style
}
one '\tstrcpy(a, b);\n' "a banned function is found"
one '\tint a; // no\n' "a // comment is found"
one '\tint a; \n' "a space at the end is found"
one 'int abcdef = 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11 + 12 + 13 + 14 + 15 + 16;\n' \
	"a wide line is found"
one "{\n$(yes 'x;' | head -n 81)\n}\n" "a long function is found"
printf '#ifndef WRONG_H\n#define WRONG_H\n#endif\n' >lib/base/a.h
one 'int a;\n' "a wrong guard is found"
rm lib/base/a.h
printf '\tputs("// a text, strcpy(");\n' >lib/base/a.c
ok "texts are not code" scripts/check-style
