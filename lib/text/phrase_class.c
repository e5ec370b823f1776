#include "text/phrase_class.h"

#include <string.h>

#include "base/strbuf.h"
#include "media/segment.h"
#include "text/word.h"

#define CLASS_WORD 40 /* bytes; a longer word is in no table */

struct class_list {
	const char *language;
	unsigned classes;
	const char *words; /* folded, a space before and after each */
};

/* Compiled by hand. A word may stand in several lists. */
static const struct class_list lists[] = {
	{ "en", PHRASE_DET, " a an the my your his her its our their this that"
	    " these those each every no some any many most all both few more"
	    " several another such much " },
	{ "en", PHRASE_PREP, " about above across after against along among"
	    " around at before behind below beneath beside between beyond by"
	    " despite during for from in inside into like near of off on onto"
	    " over per since through throughout to toward towards under until"
	    " up upon via with within without down " },
	{ "en", PHRASE_OF, " of than " },
	{ "en", PHRASE_AWAY, " up down away out off back over on in apart"
	    " together ahead forward through again too well"
	    " other " },
	{ "en", PHRASE_CONJ, " and but or nor yet so then " },
	{ "en", PHRASE_SUB, " because although though when whenever while"
	    " as since if unless until till before after once where whether"
	    " whereas than that which who whom whose what why how " },
	{ "en", PHRASE_REL, " that which who whom whose where what how why " },
	{ "en", PHRASE_AUX, " am is are was were be been has have had do does"
	    " did can could may might must shall should will would cannot"
	    " it's that's there's he's she's they're we're you're i'm i've"
	    " ought " },
	{ "en", PHRASE_NEG, " not never no nothing nobody none neither nor"
	    " nowhere hardly scarcely barely rarely seldom cannot unlike"
	    " fails failed stopped " },
	{ "en", PHRASE_PRON, " it they he she them him this these those it's"
	    " he's she's they're itself themselves others her his its their"
	    " that such there there's one ones some " },
	{ "en", PHRASE_YOU, " i we you us me i'm i've we're you're " },
	{ "en", PHRASE_DEGREE, " nearly almost about very quite rather only"
	    " just too so as more most less least even still far over roughly"
	    " around another " },
	{ "en", PHRASE_LIMIT, " only unless except than if until without"
	    " but " },
	{ "en", PHRASE_UNSURE, " if unless whether until think thinks thought"
	    " believe believed believes doubt doubted doubts claim claimed"
	    " claims wish wished hope hoped imagine imagined suppose supposed"
	    " pretend pretended would might could seems seemed wrongly"
	    " falsely lest suppose " },
	{ "en", PHRASE_SAYS, " say says said show shows showed know knows knew"
	    " see sees saw find finds found mean means meant think thinks"
	    " thought believe believes believed tell tells told agree agrees"
	    " agreed notice noticed learn learned discover discovered so"
	    " prove proves proved explain explained remember " },
	{ "en", PHRASE_TIME, " year day century hour minute second month week"
	    " night morning evening summer winter spring autumn decade time"
	    " moment" " tide step " },
	{ "en", PHRASE_NUMBER, " one two three four five six seven eight nine"
	    " ten eleven twelve fifteen twenty thirty forty fifty sixty"
	    " seventy eighty ninety hundred thousand million billion half"
	    " dozen " },
	{ "de", PHRASE_DET, " der die das den dem des ein eine einen einem"
	    " einer eines kein keine keinen mein dein sein seine seinen"
	    " seinem seiner ihr ihre ihren ihrem ihrer unser unsere unseren"
	    " unserem dieser diese dieses diesen diesem jeder jede jedes jeden"
	    " jedem alle viele einige mehrere " },
	{ "de", PHRASE_PREP, " ab an am auf aus bei beim bis durch für gegen"
	    " hinter im in ins mit nach neben ohne seit trotz über um unter"
	    " von vom vor während wegen zu zum zur zwischen " },
	{ "de", PHRASE_OF, " des als eines " },
	{ "de", PHRASE_CONJ, " und aber oder denn doch sondern " },
	{ "de", PHRASE_SUB, " weil dass obwohl wenn als ob damit nachdem bevor"
	    " während indem sodass warum wie wo was welche welcher sobald" " "
	    },
	{ "de", PHRASE_AUX, " ist sind war waren wird werden wurde wurden hat"
	    " haben hatte hatten kann können konnte muss müssen soll sollen"
	    " darf will wollen bin bist gibt " },
	{ "de", PHRASE_NEG, " nicht nie niemals kein keine keinen keinem"
	    " keiner nichts niemand kaum weder " },
	{ "de", PHRASE_PRON, " er sie es ihm ihn ihnen dies sich man davon"
	    " dazu daraus " },
	{ "de", PHRASE_DEGREE, " fast sehr etwa rund nur noch so zu ganz mehr"
	    " beinahe knapp immer " },
	{ "de", PHRASE_LIMIT, " nur wenn ob ausser " },
	{ "de", PHRASE_UNSURE, " wenn ob glaubt glauben glaubte glaubten"
	    " denkt dachte würde könnte falls " },
	{ "de", PHRASE_NUMBER, " zwei drei vier fünf sechs sieben acht neun"
	    " zehn zwölf zwanzig hundert tausend millionen milliarden " },
	{ "es", PHRASE_DET, " el la los las un una unos unas mi tu su sus"
	    " nuestro nuestra este esta estos estas ese esa cada todo toda"
	    " todos todas muchos muchas " },
	{ "es", PHRASE_PREP, " a al ante bajo con contra de del desde durante"
	    " en entre hacia hasta para por según sin sobre tras " },
	{ "es", PHRASE_OF, " de del que " },
	{ "es", PHRASE_CONJ, " y e o u pero sino ni " },
	{ "es", PHRASE_SUB, " que porque aunque cuando mientras como si donde"
	    " cual quien pues " },
	{ "es", PHRASE_REL, " que cual quien donde " },
	{ "es", PHRASE_AUX, " es son era eran fue fueron está están ha han"
	    " había habían hay puede pueden debe deben será sido " },
	{ "es", PHRASE_NEG, " no nunca nada nadie ningún ninguna ninguno jamás"
	    " tampoco ni apenas " },
	{ "es", PHRASE_PRON, " él ella ellos ellas lo le les se esto eso ello"
	    " " },
	{ "es", PHRASE_DEGREE, " muy más menos casi tan poco unos cerca sólo"
	    " solo " },
	{ "es", PHRASE_LIMIT, " sólo solo si sino salvo " },
	{ "es", PHRASE_UNSURE, " si cree creen creía creían piensa podría"
	    " sería " },
	{ "es", PHRASE_NUMBER, " dos tres cuatro cinco seis siete ocho nueve"
	    " diez veinte cien ciento mil millones " },
	{ "fr", PHRASE_DET, " le la les l un une des mon ma mes ton ta tes son"
	    " sa ses notre nos votre vos leur leurs ce cet cette ces chaque"
	    " tous tout toute toutes plusieurs " },
	{ "fr", PHRASE_PREP, " à au aux avec avant après chez contre dans de"
	    " d depuis derrière dès devant du des en entre jusque malgré par"
	    " parmi pendant pour près sans selon sous sur vers " },
	{ "fr", PHRASE_OF, " de du des d " },
	{ "fr", PHRASE_CONJ, " et ou mais car ni or " },
	{ "fr", PHRASE_SUB, " que qui quand lorsque parce comme si où dont"
	    " puisque quoique " },
	{ "fr", PHRASE_REL, " que qui où dont " },
	{ "fr", PHRASE_AUX, " est sont était étaient fut furent a ont avait"
	    " avaient peut peuvent doit doivent sera c'est " },
	{ "fr", PHRASE_NEG, " ne n pas jamais rien personne aucun aucune ni"
	    " guère n'est n'a n'ont " },
	{ "fr", PHRASE_PRON, " il elle ils elles on se cela ceci y lui eux c'"
	    "est " },
	{ "fr", PHRASE_DEGREE, " très plus moins presque si trop environ peu"
	    " aussi assez " },
	{ "fr", PHRASE_LIMIT, " si sauf que " },
	{ "fr", PHRASE_UNSURE, " si croit croient croyait croyaient pense"
	    " pourrait serait " },
	{ "fr", PHRASE_NUMBER, " deux trois quatre cinq six sept huit neuf dix"
	    " vingt cent cents mille millions " },
	{ "ja", PHRASE_OF, " の " },
	{ "ja", PHRASE_PREP, " は が " },
	{ "zh", PHRASE_OF, " 的 " },
	{ "zh", PHRASE_PREP, " 在 从 把 被 向 对 到 用 以 " },
	{ "zh", PHRASE_CONJ, " 和 与 但 而 并 " },
	{ "zh", PHRASE_NEG, " 不 没 无 未 非 别 " },
	{ "hi", PHRASE_POST, " का की के में से को पर ने तक है हैं था थे थी हो"
	    " होता होती होते रहा रही रहे गया गई गए " },
	{ "hi", PHRASE_CONJ, " और या लेकिन पर मगर " },
	{ "hi", PHRASE_SUB, " कि क्योंकि जब जो अगर यदि ताकि " },
	{ "hi", PHRASE_NEG, " नहीं न मत कभी " },
	{ "hi", PHRASE_PRON, " यह वह ये वे इस उस " },
	{ "hi", PHRASE_DEGREE, " बहुत लगभग सबसे अधिक " },
	{ "ar", PHRASE_PREP, " في من إلى على عن مع بعد قبل تحت فوق بين منذ"
	    " حتى خلال حول عند نحو " },
	{ "ar", PHRASE_CONJ, " و أو لكن ثم بل " },
	{ "ar", PHRASE_SUB, " لأن أن إن أنّ عندما حين إذا الذي التي الذين"
	    " لكي كما " },
	{ "ar", PHRASE_REL, " الذي التي الذين " },
	{ "ar", PHRASE_NEG, " لا لم لن ليس ليست غير ما " },
	{ "ar", PHRASE_AUX, " كان كانت يكون تكون " },
	{ "ar", PHRASE_PRON, " هو هي هم هذا هذه ذلك تلك " },
	{ "ar", PHRASE_DEGREE, " كل أكثر أقل جدا " },
};

/* English: the base forms of common verbs, but not those that are mostly
 * met as nouns without an -s. */
static const char verbs[] = " add agree allow appear arrive ask avoid be beat"
    " become begin behave believe bend bind blow boil bounce brake break"
    " breathe bring build burn call carry catch cause change choose clean"
    " climb close collect come connect contain cook cool cost count cover"
    " create cross cut deliver depend describe dig die digest disappear"
    " discover dissolve drag draw drift drink drive drop earn eat end escape"
    " expand explain explore extend fall feed feel fill find fit flash float"
    " flow fly fold follow forget form freeze gather get give glow go grind"
    " grow happen hear heat help hide hit hold hunt improve include increase"
    " invent join jump keep kill know last lay lead learn leave lend let lie"
    " lift list live look lose love make mark matter mean measure meet melt"
    " miss mix move need notice offer open outlive paint pass pause pay play"
    " point pour prefer press produce protect prove publish pull push put"
    " raise reach read rebuild receive record reduce reflect remain remember"
    " repair replace require respect rest return reveal ring rise roll rub"
    " run save say see seem sell send serve set shake shape share shine show"
    " shrink sing sink sit sleep slow smell smile solve sound speak spend"
    " spin split spread stand start stay stiffen stop store stretch study"
    " surface surround swallow swell swim take talk taste teach tell thank"
    " think thrive throw tick tighten touch trap travel try tug turn"
    " understand use vanish visit wait wake walk want warm wash watch wear"
    " weigh win work wrap write drift spiral slide spill stick sweep store"
    " check print render export import support cache update"
	    " fix fry rust wipe fade deserve choke serve settle act"
	    " attack attract bake borrow damage defend destroy double drown"
	    " fight gain halt harm heal ignore inspire invade kick lack"
	    " launch lower manage marry own plant promise reward rule scare"
	    " shift shout squeeze survive teach test thin trace translate"
	    " warn weaken wonder ";

static const char pasts[] = " ate became began bent blew broke brought built"
    " came caught chose cut dug drew drank drove fell fed felt found flew"
    " forgot froze gave went grew heard hid held kept knew laid led learnt"
    " left lay lost made meant met paid ran rang read rose said saw sang"
    " sank sat slept sold sent shone shot shook shrank spoke spent spun"
    " spread stood stole stuck struck swam swept took taught told thought"
    " threw understood wore won wrote born bought fought let put set hit lit ";

static int
listed(const char *list, const char *w, size_t len)
{
	char key[CLASS_WORD + 3];

	if (!len || len > CLASS_WORD)
		return 0;
	key[0] = ' ';
	memcpy(key + 1, w, len);
	key[len + 1] = ' ';
	key[len + 2] = '\0';
	return strstr(list, key) != NULL;
}

static int
ends(const char *w, size_t n, const char *suffix)
{
	size_t k = strlen(suffix);

	return n > k + 1 && !memcmp(w + n - k, suffix, k);
}

/* Is w without its last cut bytes, with add put there, a verb's base? */
static int
is_base(const char *w, size_t n, size_t cut, const char *add)
{
	char b[CLASS_WORD + 4];
	size_t k = strlen(add);

	if (n <= cut || n > CLASS_WORD)
		return 0;
	memcpy(b, w, n - cut);
	memcpy(b + n - cut, add, k);
	return listed(verbs, b, n - cut + k);
}

static unsigned
english_verb(const char *w, size_t n)
{
	unsigned c = 0;

	if (listed(verbs, w, n))
		c |= PHRASE_VERB | PHRASE_BASE;
	if (listed(pasts, w, n))
		c |= PHRASE_VERB | PHRASE_PAST;
	if (c)
		return c;
	if (ends(w, n, "s") && (is_base(w, n, 1, "") ||
	    (ends(w, n, "es") && is_base(w, n, 2, "")) ||
	    (ends(w, n, "ies") && is_base(w, n, 3, "y"))))
		return PHRASE_VERB;
	if (n > 4 && ends(w, n, "ed") && !ends(w, n, "eed"))
		return PHRASE_VERB | PHRASE_PAST;
	return 0;
}

static void
fold(const char *w, size_t len, struct strbuf *b)
{
	size_t i;

	segment_fold(w, len, b);
	/* a typographic apostrophe is an apostrophe */
	for (i = 0; i + 2 < b->len; i++)
		if (!memcmp(b->buf + i, "\xe2\x80\x99", 3)) {
			b->buf[i] = '\'';
			memmove(b->buf + i + 1, b->buf + i + 3,
			    b->len - i - 2);
			strbuf_setlen(b, b->len - 2);
		}
}

unsigned
phrase_class(const char *w, size_t len, const char *language)
{
	struct strbuf b = STRBUF_INIT;
	unsigned c = 0;
	size_t i;

	if (!len || len > CLASS_WORD)
		return 0;
	fold(w, len, &b);
	for (i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (language_is(language, lists[i].language) &&
		    listed(lists[i].words, b.buf, b.len))
			c |= lists[i].classes;
	if (b.buf[0] >= '0' && b.buf[0] <= '9')
		c |= PHRASE_NUMBER;
	if (language_is(language, "en")) {
		if (ends(b.buf, b.len, "n't"))
			c |= PHRASE_AUX | PHRASE_NEG;
		if (!(c & ~(unsigned)(PHRASE_NEG | PHRASE_UNSURE |
		    PHRASE_SAYS | PHRASE_LIMIT)))
			c |= english_verb(b.buf, b.len);
	} else if (language_is(language, "fr") && b.len > 2 &&
	    !memcmp(b.buf, "n'", 2)) {
		c |= PHRASE_NEG;
	}
	strbuf_release(&b);
	return c;
}

int
phrase_verb_last(const char *language)
{
	static const char *const last[] = { "de", "nl", "hi", "ja", "ko",
		"tr", "bn", "ta", "te", "ur", NULL };
	size_t i;

	for (i = 0; last[i]; i++)
		if (language_is(language, last[i]))
			return 1;
	return 0;
}

int
phrase_knows_verbs(const char *language)
{
	return language_is(language, "en");
}
