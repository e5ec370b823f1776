#!/bin/sh
# Installed below another root, the programs work and nothing is left behind
# by uninstall.
. "$(dirname "$0")/lib.sh"

[ -x "$top/bin/studio" ] || skip_all "studio is not built"
plan 10
dest=$scratch/dest
install_to() { make -s -C "$top" "$1" DEVELOPER=1 DESTDIR="$dest" PREFIX=/usr; }

ok "make install" install_to install
ok "studio is in bin" test -x "$dest/usr/bin/studio"
is "$(ls "$dest/usr/bin")" studio "and is alone there"
ok "the filters are in libexec" test -x "$dest/usr/libexec/studio/tts"
ok "the completion is there" \
	test -s "$dest/usr/share/bash-completion/completions/studio"
ok "the prices are there" test -s "$dest/usr/share/studio/prices.yaml"
ok "man pages are there" test -s "$dest/usr/share/man/man1/studio.1"
PATH=$dest/usr/bin:/usr/bin:/bin
mk=$(studio --mk 2>&1)
case $mk in *"$dest"/usr/share/studio/studio.mk) mk=right ;; esac
is "$mk" right "studio --mk names the installed studio.mk"
ok "make uninstall" install_to uninstall
is "$(find "$dest" -type f)" "" "leaves no file"
