#!/bin/sh
# Pictures by providers over the network: what they are sent, field by field,
# and what becomes of the picture.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
. "$top/tests/wire.sh"

OPENAI_API_KEY=key-openai GEMINI_API_KEY=key-gemini PEXELS_API_KEY=key-pexels
export OPENAI_API_KEY GEMINI_API_KEY PEXELS_API_KEY OPENAI_BASE_URL \
	GEMINI_BASE_URL PEXELS_BASE_URL A1111_BASE_URL SDCPP_BASE_URL

# A new server with these rules, and a new store.
again() {
	unserve
	rm -rf "$XDG_DATA_HOME"
	rules "$@"
	OPENAI_BASE_URL=http://127.0.0.1:$port/v1
	PEXELS_BASE_URL=$OPENAI_BASE_URL
	GEMINI_BASE_URL=http://127.0.0.1:$port/v1beta
	A1111_BASE_URL=http://127.0.0.1:$port
	SDCPP_BASE_URL=$A1111_BASE_URL
}
first() { printf '%s\n' "$1"/scenes/0001*; }

# called TYPE PATTERN LINE AUTH: the first scene's request
called() {
	nr=$(asked "$2" "river mouth")
	is "$(line_of "$nr")" "$3" "$1: where"
	is "$(grep -i '^[a-z-]*: .*\(key-\|Basic\)' "$served/$nr.head" |
		tr -d '\r')" "$4" "$1: with its key, where it belongs"
	is "$(header "$nr" Content-Type)" application/json "$1: as JSON"
	golden "$1-image" "$nr"
	golden "$1-cover" "$(asked "$2" "title of a film")"
	is "$(began "$2")" 3 "$1: a call a scene, and one for the cover"
}
record() { jq -cr "$2" "$(first "$1")/image.json"; }

again openai gemini a1111 sdcpp pexels
for type in openai gemini a1111 sdcpp pexels; do
	model=$type:
	case $type in
	openai) model=openai:gpt-image-1 ;;
	gemini) model=gemini:painter ;;
	a1111) model=a1111:dream ;;
	esac
	film $type imageModel=$model
	is "$(studio -C $type plan --json | jq -c '[.total.calls,
		.total.pictures]')" "[3,3]" "$type: the plan is three pictures"
	ok "$type: make" make -C $type
	whole $type
	used="3 0 0 0 3" version=$type source=trainedAlgorithmicMedia
	case $type in
	openai)
		called $type '/v1/images/*' "POST /v1/images/generations" \
			"Authorization: Bearer key-openai"
		used="3 150 3000 0 3" version="openai gpt-image-1"
		is "$(record $type .revisedPrompt)" "a wide view" \
			"$type: the prompt as it was changed"
		;;
	gemini)
		called $type '/v1beta/*' \
			"POST /v1beta/models/painter:generateContent" \
			"x-goog-api-key: key-gemini"
		used="3 90 3870 0 3" version="gemini painter"
		;;
	a1111)
		called $type '/sdapi/*' "POST /sdapi/v1/txt2img" ""
		version="a1111 dream"
		is "$(record $type .seed)" 4242 "$type: the seed it used"
		;;
	sdcpp)
		called $type '/sdcpp/v1/img_gen' "POST /sdcpp/v1/img_gen" ""
		is "$(began 'GET /sdcpp/v1/jobs/job-1')" 3 \
			"$type: queued, at work, done"
		is "$(began 'GET /sdcpp/v1/jobs/*')" 5 "$type: a job a picture"
		;;
	pexels)
		source=digitalCapture
		grep -h '^GET /v1/search' "$served"/*.head | tr -d '\r' |
			sort >"$tmp/lines"
		is "$(grep river "$tmp/lines")" "GET /v1/search?query=A%20river%20\
mouth%20at%20dawn&orientation=landscape&size=medium&per_page=15&page=1 HTTP/1.1" \
			"$type: where"
		is "$(began 'GET /v1/search*')" 3 "$type: three searches"
		nr=$(grep -l '/v1/search' "$served"/*.head | head -n 1)
		is "$(tr -d '\r' <"$nr" | grep key-)" \
			"Authorization: key-pexels" "$type: with its key"
		is "$(grep -l '/photos/' "$served"/*.head |
			xargs grep -l key-)" "" \
			"$type: no key goes to the photographs"
		is "$(grep -h '/photos/' "$served"/*.head | sort -u |
			tr -d '\r')" "GET /photos/2014422.png?auto=compress&cs=\
tinysrgb&fit=crop&w=160&h=90 HTTP/1.1" "$type: in the size that is needed"
		is "$(record $type '[.credit, .creditUrl] | join(" ")')" \
			"Joey Farina http://127.0.0.1:$port/photo/2014422/" \
			"$type: the record names the photographer"
		like "$(jq -r .description $type/video/youtube.json)" \
			'Joey Farina.*photo/2014422' "$type: so does the film's"
		;;
	esac
	is "$(ledger $type image)" "$used" "$type: what it used"
	is "$(jq -r '[.version, .digitalSourceType] | join(" ")' \
		$type/scenes/*/image.json $type/cover.json | sort -u)" \
		"$version $source" "$type: the record says who"
	is "$(record $type '[.width, .height, .warnings]')" "[160,90,null]" \
		"$type: the size, and no warnings"
	no_more_calls $type
done

# Sizes, by platform and model.
again openai gemini a1111 sdcpp
film sized
# sizes PLATFORM: what each model is asked for
sizes() {
	sed -i "/^size:/d; s/^platform:.*/platform: $1/" sized/project.yaml
	for model in openai:gpt-image-1 openai:gpt-image-2 openai:other \
		gemini:painter a1111: sdcpp:; do
		studio -C sized config imageModel $model
		studio -C sized image 1 >/dev/null 2>&1
		nr=$(grep POST "$served/began" | tail -n 1 | cut -d ' ' -f 1)
		jq -r '.size // .generationConfig.imageConfig.aspectRatio //
			"\(.width)x\(.height)"' "$(request "$nr")"
	done | tr '\n' ' '
}
is "$(sizes youtube)" "1536x1024 2304x1296 1280x720 16:9 1280x720 1024x576 " \
	"sizes for youtube"
is "$(sizes shorts)" "1024x1536 1296x2304 720x1280 9:16 720x1280 576x1024 " \
	"for shorts"
is "$(sizes square)" "1024x1024 1344x1344 1040x1040 1:1 1048x1048 1024x1024 " \
	"and square"
nr=$(asked '/sdapi/*')
is "$(jq -c keys "$(request "$nr")")" '["batch_size","height",'"$(
	)"'"negative_prompt","prompt","seed","width"]' \
	"without a model the server's own is taken"

# Characters, in words for all and as a picture for those who look at one.
again openai gemini
film cast imageModel=gemini:painter
cp "$wire/picture.png" cast/media/ 2>/dev/null ||
	{ mkdir cast/media && cp "$wire/picture.png" cast/media/; }
cat >>cast/project.yaml <<-'EOF'
	characters:
	  River: {description: wide and green, picture: media/picture.png}
	  Harbour: an old stone quay
EOF
ok "characters" studio -C cast image
is "$(began)" 2 "a call a scene"
body=$(request "$(asked '*' "river mouth")")
like "$(jq -r '.contents[0].parts[0].text' "$body")" \
	'River: wide and green\.' "who is named is described"
unlike "$(jq -r '.contents[0].parts[0].text' "$body")" 'quay' "nobody else"
is "$(jq -c '.contents[0].parts | [length, (.[1] | keys),
	.[1].inlineData.mimeType]' "$body")" '[2,["inlineData"],"image/png"]' \
	"with the picture"
jq -r '.contents[0].parts[1].inlineData.data' "$body" | base64 -d >"$tmp/sent"
same_file "$tmp/sent" "$wire/picture.png" "byte by byte"
body=$(request "$(asked '*' "rain over")")
is "$(jq -c '.contents[0].parts | length' "$body")" 1 "who has none, without"
like "$(jq -r '.contents[0].parts[0].text' "$body")" \
	'Harbour: an old stone quay' "in words"
studio -C cast config imageModel openai:gpt-image-1
ok "a provider that looks at none" studio -C cast image 1
like "$(jq -r .prompt "$(request 3)")" 'River: wide and green\.' \
	"gets the words"

# Options, and takes.
film more imageModel=openai:gpt-image-1 \
	imageOptions='{quality: high, background: opaque, size: 1024x1024}'
before=$(began)
ok "options" studio -C more image 1
golden openai-image-options "$(began)"
ok "another take" studio -C more image --again 1
is "$(began)" $((before + 2)) "is another call"
ok "both are kept" test -s "$(first more)/image.2.png" -a \
	-s "$(first more)/image.png"
like "$(cat "$(first more)/scene.yaml")" '^  use: 2$' "the new one is used"
is "$(jq -cS . "$(request "$(began)")")" \
	"$(jq -cS . "$(request $((before + 1)))")" "asked for in the same words"
is "$(studio -C more plan --json | jq .total.calls)" 2 \
	"the other scene and the cover are left"
studio -C more config look "chalk on slate"
is "$(studio -C more plan --json | jq -c '[.total.calls, (.assets[] |
	select(.asset == "image") | [.scene, .take])]' | tr -d ' ')" \
	'[3,[1,2],[2,1]]' "another look: of the takes only the one in use"
ok "make" make -C more images
is "$(began)" $((before + 5)) "is paid for"
rm "$(first more)/image.png"
is "$(studio -C more plan --json | jq .total.calls)" 0 \
	"and what is lost of another is not bought again"
ok "it is used again" sed -i 's/use: 2/use: 1/' "$(first more)/scene.yaml"
is "$(studio -C more plan --json | jq .total.calls)" 1 "now it is wanted"
ok "make" make -C more images
ok "the other is used" sed -i 's/use: 1/use: 2/' "$(first more)/scene.yaml"
studio -C more config look "ink on paper"
is "$(studio -C more plan --json | jq -c '[.assets[] |
	select(.asset == "image" and .scene == 1) | .take]')" '[2]' \
	"what the store has is not put in place of one that is not used"
ok "it is used again" sed -i 's/use: 2/use: 1/' "$(first more)/scene.yaml"
is "$(studio -C more plan --json | jq -c '[.assets[] |
	select(.asset == "image" and .estimate.calls > 0) | .scene]')" "[2]" \
	"in the former look the store has it"
before=$(($(began) - 2))
studio -C more config imageOptions '{prompt: x}'
exits 78 "an option that is said elsewhere" studio -C more image 1
is "$(began)" $((before + 2)) "is refused before anything is sent"

# Options and seeds of local servers.
for type in a1111 sdcpp; do
	again $type
	film local-$type imageModel=$type: \
		imageOptions='{steps: 20, seed: 5, width: 512, height: 288}'
	ok "$type: options" studio -C local-$type image 1
	is "$(jq -c '[.steps, .seed, .width, .height]' \
		"$(request "$(asked 'POST *' "river mouth")")")" \
		'[20,5,512,288]' "$type: are sent"
	again $type
	studio -C local-$type config imageOptions '{}'
	studio -C local-$type image 1 >/dev/null 2>&1
	studio -C local-$type image --again 1 >/dev/null 2>&1
	is "$(all_of 'POST *' .seed | sort -u | wc -l)" 2 \
		"$type: a take has a seed of its own"
done

# A key of a server that asks for a password.
again a1111
umask 077
echo "user:secret" >"$HOME/key"
studio config --user providers.box "{type: a1111, baseUrl: \
http://127.0.0.1:$port, keyFile: $HOME/key}"
film locked imageModel=box:
ok "a user and a password" studio -C locked image 1
is "$(header 1 Authorization)" "Basic $(printf user:secret | base64)" "are sent"

# The address of a picture instead of the picture.
cat >"$wire/address.rules" <<'EOF'
on POST /v1/images/generations
	json {"created":1,"data":[{"url":"http://127.0.0.1:%PORT%/files/a.png"}]}
on GET /files/a.png
	header Content-Type: image/png
	file picture.png
EOF
again address
film address imageModel=openai:other
ok "the address of a picture" studio -C address image 1
is "$(cut -d ' ' -f 2,3 "$served/began" | tr '\n' ' ')" \
	"POST /v1/images/generations GET /files/a.png " "is gone to"
is "$(header 2 Authorization)" "" "without the key"
same_file "$(first address)/image.png" "$wire/picture.png" "and the file taken"
is "$(ledger address image)" "1 0 0 0 1" "it is one call"

done_testing
