#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "media/card/cues.h"

/* Stems, each with a space before it and after it. One matches where a word
 * begins with it; with "$" the whole word must be it. A stem in Han or kana
 * matches anywhere. */
struct cue {
	const char *family, *stems;
};

static const struct cue text_cues[] = {
	{ "sea", " sea$ seas$ ocean river salt$ salty ship$ ships$ sail wave$"
	  " waves$ whale fish island coast harbo boat beach tide lake$ meer$"
	  " meere ozean fluss schiff insel küste wal$ wale$ mer$ océan fleuve"
	  " bateau île côte baleine mar$ océano río barco isla costa ballena"
	  " oceano fiume nave$ isola 海 洋 河 船 島 岛 " },
	{ "ridges", " mountain hill$ hills$ climb journey cloud peak$ peaks$"
	  " valley snow forest tree$ trees$ horizon landscape travel night$"
	  " sleep$ dream berg$ berge$ gipfel wolke reise wald$ wälder nacht$"
	  " schlaf montagne nuage voyage forêt nuit$ sommeil montaña nube$"
	  " nubes$ viaje bosque noche montagna nuvol viaggio notte$ bosco"
	  " montanha nuvem viagem floresta noite 山 云 雲 森 夜 旅 " },
	{ "nebula", " star$ stars$ starlight universe cosmos galax nebula atom$"
	  " atoms$ infinit stern$ sterne$ weltall étoile univers$ estrella"
	  " universo stella$ stelle$ estrela 星 宇宙 " },
	{ "orbits", " year$ years$ planet orbit time$ clock moon$ sun$ earth$"
	  " gravity satellite century jahr$ jahre$ zeit$ erde$ mond$ sonne$"
	  " planète année temps$ terre$ lune$ soleil año años tiempo tierra"
	  " luna$ sol$ anno$ tempo$ terra$ ano$ anos$ 年 月球 地球 太陽 太阳"
	  " 惑星 行星 " },
	{ "contours", " map$ maps$ land$ lands$ route layer path$ terrain"
	  " explor survey geograph border karte land$ schicht weg$ wege$ carte$"
	  " couche chemin$ mapa tierras ruta$ capa$ mappa strato percorso"
	  " camino caminho 地図 地图 路 " },
	{ "city", " city$ cities$ street market$ markets$ house$ houses$"
	  " building town$ towns$ urban home$ homes$ rent$ traffic stadt städte"
	  " straße haus$ häuser ville$ rue$ maison ciudad calle casa$ casas$"
	  " città strada cidade rua$ 城 街 都市 " },
	{ "crowd", " people$ team school we$ together community friend teacher"
	  " student worker citizen crowd child$ children$ menschen schule$"
	  " freund gens$ équipe école ami$ amis$ gente equipo escuela amigo"
	  " persone squadra scuola pessoas escola 人们 人々 学校 " },
	{ "signal", " data$ pulse sound price signal frequency network computer"
	  " algorithm heart$ music$ voice$ daten preis signal ton$ netz"
	  " données prix$ son$ datos precio sonido dati$ prezzo suono dados$"
	  " preço som$ 数据 音 データ " },
	{ "papercut", " grow plant$ plants$ habit health garden seed$ seeds$"
	  " root$ roots$ leaf$ leaves$ flower morning hope$ light$ door$ food"
	  " wachs pflanz gewohnheit gesund garten samen wurzel blume hoffnung"
	  " grandi plante habitude santé jardin graine racine fleur espoir crec"
	  " planta$ hábito salud semilla raíz flor$ esperanza cresc piant"
	  " abitudin salute giardino seme$ fiore speranza saúde 花 草 希望 " },
	{ "halftone", " news$ risk climate crisis war$ wars$ election report"
	  " politic pollution nachricht risiko klima krise krieg wahl$ risque"
	  " climat crise guerre noticia riesgo clima$ guerra notizi rischio"
	  " notícia risco 新闻 ニュース 気候 " },
	{ "stained", " church art$ arts$ history$ faith$ cathedral king$ queen$"
	  " ancient medieval tradition kirche kunst geschichte$ glaube église"
	  " histoire$ foi$ iglesia historia$ arte$ fe$ chiesa storia$ igreja"
	  " 教会 歴史 历史 艺术 " },
	{ "swiss", " idea$ ideas$ design shape rule$ rules$ principle order$"
	  " simple$ plan$ plans$ idee$ ideen$ form$ regel idée forme règle"
	  " diseño regla forma$ disegno regola ideia 想法 設計 设计 " },
	{ "ribbons", " thought memory memories music flow mind$ feel$ feeling"
	  " imagin gedanke erinnerung musik fluss$ pensée mémoire musique"
	  " pensamiento memoria música pensiero musica pensamento memória"
	  " 思 記憶 记忆 音乐 音楽 " },
	{ NULL, NULL }
};

/* Words of a style. A family's own name is looked for before. */
static const struct cue style_cues[] = {
	{ "papercut", " paper cutout collage layered" },
	{ "halftone", " ink$ print$ newspaper risograph comic engraving" },
	{ "swiss", " minimal flat$ geometric bauhaus poster abstract" },
	{ "ridges", " photo photograph landscape watercolor watercolour nature"
	  " realistic cinematic" },
	{ "stained", " glass mosaic gothic" },
	{ "city", " isometric urban 3d$" },
	{ "contours", " map$ topographic blueprint" },
	{ "signal", " neon cyber retro synthwave data$" },
	{ "nebula", " space cosmic" },
	{ "orbits", " diagram infographic" },
	{ "ribbons", " silk smooth gradient fluid" },
	{ "crowd", " cartoon illustration character" },
	{ "sea", " marine nautical" },
	{ NULL, NULL }
};

const char cue_night[] = " night$ nights$ sleep dream midnight moon moonlight"
	" dark$ darkness nacht$ nachts$ schlaf dunkel nuit$ noche notte$ noite"
	" ночь 夜 ";
const char cue_dawn[] = " dawn morning sunrise wake$ wakes$ morgen$ aube$"
	" matin$ mañana amanecer mattin$ mattina alba$ manhã 朝 早晨 ";
const char cue_dusk[] = " dusk evening sunset autumn abend soir$ atardecer"
	" sera$ tramonto entardecer 夕 ";
const char cue_plant[] = " grow plant habit health garden seed root leaf"
	" leaves flower food wachs pflanz gewohnheit gesund garten wurzel"
	" grandi plante habitude santé jardin racine crec planta hábito salud"
	" raíz cresc piant abitudin salute saúde 花 草 ";

/* Lower case, everything that is no letter or digit a space, a space at both
 * ends; broken bytes are spaces. */
static char *
fold(const char *text)
{
	struct strbuf b = STRBUF_INIT;
	size_t n = strlen(text), used, len;
	uint32_t c;
	char out[4];

	strbuf_addch(&b, ' ');
	for (; n; text += used, n -= used) {
		used = utf8_decode(text, n, &c);
		if (!used || !g_unichar_isalnum(c)) {
			used = used ? used : 1;
			strbuf_addch(&b, ' ');
			continue;
		}
		len = utf8_encode(g_unichar_tolower(c), out);
		strbuf_add(&b, out, len);
	}
	strbuf_addch(&b, ' ');
	return strbuf_detach(&b, NULL);
}

/* Matches of one stem (n bytes) in folded text; *first gets the earliest. */
static int
count_stem(const char *text, const char *stem, size_t n, size_t *first)
{
	int whole = n > 1 && stem[n - 1] == '$', nr = 0;
	int ideograph = (unsigned char)stem[0] >= 0xe3;
	const char *p;

	n -= (size_t)whole;
	for (p = text + 1; *p; p++) {
		if (strncmp(p, stem, n) ||
		    (!ideograph && (p[-1] != ' ' || (whole && p[n] != ' '))))
			continue;
		if ((size_t)(p - text) < *first)
			*first = (size_t)(p - text);
		nr++;
	}
	return nr;
}

static int
count_stems(const char *text, const char *stems, size_t *first)
{
	const char *p = stems, *end;
	int nr = 0;

	for (;;) {
		while (*p == ' ')
			p++;
		if (!*p)
			return nr;
		end = p + strcspn(p, " ");
		nr += count_stem(text, p, (size_t)(end - p), first);
		p = end;
	}
}

int
cue_match(const char *text, const char *stems)
{
	char *f = fold(text ? text : "");
	size_t first = (size_t)-1;
	int nr = count_stems(f, stems, &first);

	free(f);
	return nr > 0;
}

const char *
cue_family(const char *text, enum cue_kind kind, int (*have)(const char *))
{
	const struct cue *c = kind == CUE_STYLE ? style_cues : text_cues;
	const char *best = NULL;
	char *f = fold(text ? text : "");
	size_t first, best_first = 0;
	int nr, most = 0;

	for (; c->family; c++) {
		if (!have(c->family))
			continue;
		first = (size_t)-1;
		nr = count_stems(f, c->stems, &first);
		if (kind == CUE_STYLE)
			nr += 4 * count_stem(f, c->family, strlen(c->family),
			    &first);
		if (nr > most || (nr && nr == most && first < best_first)) {
			best = c->family;
			most = nr;
			best_first = first;
		}
	}
	free(f);
	return best;
}
