# shellcheck shell=bash
# bash completion for studio                              -*- shell-script -*-

_studio_scenes() {
	local dir=. i
	for ((i = 1; i < COMP_CWORD; i++)); do
		[[ ${COMP_WORDS[i]} == -C ]] && dir=${COMP_WORDS[i + 1]}
	done
	(cd "$dir/scenes" 2>/dev/null || exit
	for i in */; do
		[[ -d $i ]] && echo "${i%/}"
	done)
}

# Branches and tags, where the project is.
_studio_branches() {
	local dir=. i
	for ((i = 1; i < COMP_CWORD; i++)); do
		[[ ${COMP_WORDS[i]} == -C ]] && dir=${COMP_WORDS[i + 1]}
	done
	git -C "$dir" for-each-ref --format='%(refname:short)' refs/heads \
		refs/tags 2>/dev/null
}

# Every provider of a stage, with those that your settings name.
_studio_providers() {
	"${COMP_WORDS[0]}" providers --offline 2>/dev/null |
		awk -v want="$1" '/^[^ ]/ && index($0, want) { print $1 }'
}

_studio() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
	local programs="gen-script split-scenes tts image render-clip
		render-video storyboard"
	local verbs="new add show plan cost log restore diff refresh status
		check doctor gc adopt store trust config make providers help"
	local cmd="" i

	COMPREPLY=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		-C) ((i++)) ;;
		-*) ;;
		*) cmd=${COMP_WORDS[i]}; break ;;
		esac
	done

	case $prev in
	-C | --from)
		mapfile -t COMPREPLY < <(compgen -d -- "$cur")
		return
		;;
	--brief | --source | --file | --check | --picture | --words | -o)
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		return
		;;
	--platform | --preset)
		mapfile -t COMPREPLY < <(compgen -W "youtube shorts tiktok
			reels linkedin square podcast" -- "$cur")
		return
		;;
	--by)
		mapfile -t COMPREPLY < <(compgen -W "provider scene day stage" \
			-- "$cur")
		return
		;;
	--provider)
		local names=
		case $cmd in
		tts) names=$(_studio_providers speech) ;;
		image) names=$(_studio_providers picture) ;;
		gen-script) names=$(_studio_providers script) ;;
		esac
		names="$names exec:"
		mapfile -t COMPREPLY < <(compgen -W "$names" -- "$cur")
		return
		;;
	esac

	if [[ -z $cmd ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$programs $verbs -C" \
			-- "$cur")
		return
	fi

	local words=
	case $cmd in
	new) words="--title --brief --source --language --platform
		--target-length --tone --from" ;;
	add) words="--at --after --prompt --picture --notes" ;;
	adopt) words="--audio --image" ;;
	check) words="--read-data --store --json" ;;
	doctor) words="--fix --json" ;;
	gc) words="--force --paid --older-than --verbose --json" ;;
	store) words="export import --json" ;;
	trust) words="--add" ;;
	config) words="--user --unset" ;;
	show | status | plan | log | diff) words="--json" ;;
	cost) words="--json --by" ;;
	providers) words="--offline --json" ;;
	gen-script) words="--provider --target-length --again --quiet" ;;
	tts) words="--provider --voice --speed --again --file --check --retry
		--regen --network --stored --quiet" ;;
	image) words="--provider --size --style --tone --look --cover --again
		--file --check --retry --regen --network --stored --quiet" ;;
	render-video) words="--preset --scenes --images --preview
		--again --versions --quiet -o" ;;
	split-scenes) words="--write-script --quiet" ;;
	make) words="script scenes audio images parts video storyboard
		preview clean plan -n -j -k MAX_COST=" ;;
	esac
	if [[ $cur == -* || $cmd == make || $prev == store ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
		return
	fi
	case $cmd in
	providers)
		mapfile -t COMPREPLY < <(compgen -W "$(_studio_providers "")" \
			-- "$cur")
		;;
	diff)
		mapfile -t COMPREPLY < <(compgen -W "$(_studio_branches)" \
			-- "$cur")
		;;
	tts | image | adopt | show | plan | log | restore)
		mapfile -t COMPREPLY < <(compgen -W "$(_studio_scenes |
			sort -u)" -- "$cur")
		;;
	*)
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		;;
	esac
}

complete -F _studio studio
