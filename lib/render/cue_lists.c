#include "render/cue_lists.h"

#include <string.h>

static const struct cue_lists lists[] = {
	{ "en",
	  " a an the my your his her its our their this that these those no "
	  "every each some any ",
	  " of in on at by for with from to into onto over under about after "
	  "before between through during without against among across behind "
	  "beyond near since until upon within toward towards like as than "
	  "per ",
	  " and or but nor so yet because although though while when where "
	  "which who whose whom that if unless whether why how ", "", 1 },
	{ "de",
	  " der die das den dem des ein eine einen einem einer eines mein dein "
	  "sein ihr unser euer kein keine diese dieser dieses jede jeder ",
	  " in im an am auf aus bei beim mit nach seit von vom zu zum zur "
	  "durch "
	  "für gegen ohne um unter über vor zwischen hinter neben wegen ",
	  " und oder aber denn sondern weil dass wenn als ob obwohl während "
	  "damit bevor nachdem wie ", "", 0 },
	{ "fr",
	  " le la les un une des du au aux mon ma mes ton ta tes son sa ses "
	  "notre nos votre vos leur leurs ce cet cette ces chaque ",
	  " de à en dans par pour sur avec sans sous vers chez entre depuis "
	  "pendant contre après avant ",
	  " et ou mais donc car ni or que qui quand si comme lorsque puisque "
	  "dont où ", "", 1 },
	{ "es",
	  " el la los las un una unos unas mi tu su sus mis nuestro nuestra "
	  "este esta estos estas ese esa cada al del ",
	  " de a en por para con sin sobre entre hasta desde hacia contra "
	  "según durante tras ",
	  " y e o u pero sino porque que cuando si aunque como donde mientras "
	  "pues ", "", 1 },
	{ "it",
	  " il lo la i gli le un uno una mio mia tuo suo sua questo questa "
	  "ogni del della dei delle al alla nel nella dal dalla sul sulla ",
	  " di a da in con su per tra fra senza verso durante contro dopo ",
	  " e ed o ma che perché quando se come dove mentre anche quindi ", "",
	  1 },
	{ "pt",
	  " o a os as um uma uns umas meu minha seu sua este esta esse essa "
	  "cada do da dos das no na nos nas ao ",
	  " de em por para com sem sobre entre até desde contra durante após ",
	  " e ou mas porque que quando se embora como onde enquanto ", "", 1 },
	{ "nl",
	  " de het een mijn jouw zijn haar ons onze hun dit dat deze die geen "
	  "elke elk ieder iedere ",
	  " van in op aan bij voor met uit naar tot over onder door tegen na "
	  "sinds tijdens zonder tussen achter langs om te per ",
	  " en of maar want dus omdat hoewel terwijl als toen wanneer waar die "
	  "dat zodat voordat nadat ", "", 1 },
	{ "sv",
	  " en ett den det de min mitt mina din ditt sin sitt sina vår vårt "
	  "denna detta dessa ingen inget varje ",
	  " i på av för med till från om under över efter före mellan genom "
	  "utan mot hos vid sedan ur åt ",
	  " och eller men utan för att som när om medan eftersom fast där då "
	  "så ", "", 1 },
	{ "da",
	  " en et den det de min mit mine din dit sin sit vores denne dette "
	  "disse ingen hver hvert ",
	  " i på af for med til fra om under over efter før mellem gennem uden "
	  "mod hos ved siden ad ",
	  " og eller men at som der når hvis mens fordi hvor da så ", "", 1 },
	{ "nb",
	  " en ei et den det de min mitt mine din ditt sin sitt vår denne "
	  "dette disse ingen hver hvert ",
	  " i på av for med til fra om under over etter før mellom gjennom "
	  "uten mot hos ved siden ",
	  " og eller men at som når hvis mens fordi hvor da så ", "", 1 },
	{ "pl",
	  " ten ta to te ci mój moja moje twój twoja swój swoja nasz nasza "
	  "każdy każda każde żaden żadna ",
	  " w we z ze na do od po o u za przez przy dla nad pod bez między "
	  "przed ku wśród obok podczas według ",
	  " i a oraz lub albo czy ale lecz że żeby bo gdyż ponieważ gdy kiedy "
	  "jeśli który która które gdzie jak aby więc ", " się ", 1 },
	{ "cs",
	  " ten ta to ti ty můj moje tvůj svůj svá náš naše každý každá žádný "
	  "žádná ",
	  " v ve z ze na do od po o u za přes při pro nad pod bez mezi před k "
	  "ke s se ",
	  " a i nebo ale že aby protože když jestli který která které kde jak "
	  "ani tak ", "", 1 },
	{ "ru",
	  " этот эта это эти тот та те мой моя моё твой свой своя свои наш "
	  "наша каждый каждая каждое не ни ",
	  " в во на с со к ко по о об от из у за для до при про без над под "
	  "перед между через около после среди ради из-за из-под ",
	  " и а но или либо что чтобы если когда где как который которая "
	  "которое которые потому поэтому хотя пока чем ",
	  " же ли бы ль ", 1 },
	{ "uk",
	  " цей ця це ці той та те ті мій моя моє твій свій своя свої наш "
	  "наша кожен кожна кожне не ні ",
	  " в у на з із зі до від за для по при про без над під перед між "
	  "через біля після серед о об ",
	  " і й та а але або чи що щоб якщо коли де як який яка яке які тому "
	  "бо хоча поки ніж ", " же ж би б ", 1 },
	{ "tr",
	  " bir bu şu o her hiç en çok daha ",
	  " ",
	  " ve veya ya yahut ama fakat ancak çünkü eğer hem ne ki ",
	  " ile için gibi kadar göre sonra önce doğru karşı beri rağmen de da "
	  "ki mi mı mu mü bile diye olarak ", 1 },
	{ "hi",
	  " यह वह ये वे इस उस इन उन एक हर कोई मेरा मेरी हमारा अपना अपनी अपने ",
	  " ",
	  " और या लेकिन मगर परंतु किंतु कि जो जब तब तो क्योंकि ताकि अगर जैसे जहाँ ",
	  " का की के को से में पर ने तक है हैं था थी थे हूँ ही भी ", 0 },
	{ "ar",
	  " هذا هذه ذلك تلك كل لا لم لن قد ما ",
	  " في من إلى على عن مع بين حتى منذ بعد قبل تحت فوق عند خلال دون حول "
	  "أمام خلف عبر ",
	  " أو ثم لكن أن إن أنّ التي الذي الذين لأن إذا عندما بينما حيث كما ",
	  "", 0 },
};

const struct cue_lists *
cue_lists_for(const char *language)
{
	size_t i, n;

	language = language ? language : "";
	n = strcspn(language, "-_");
	if (n == 2 && !strncmp(language, "no", 2))
		language = "nb";
	for (i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		if (strlen(lists[i].language) == n &&
		    !strncmp(lists[i].language, language, n))
			return &lists[i];
	return NULL;
}

int
cue_listed(const char *list, const char *s, size_t n)
{
	char word[64];
	unsigned char c, d;
	size_t i;

	if (!n || n + 3 > sizeof(word))
		return 0;
	word[0] = ' ';
	memcpy(word + 1, s, n);
	word[n + 1] = ' ';
	word[n + 2] = '\0';
	for (i = 1; i <= n; i++) {
		c = (unsigned char)word[i];
		d = (unsigned char)word[i + 1];
		if (c >= 'A' && c <= 'Z') {
			word[i] = (char)(c + 32);
		} else if (c == 0xD0 && d >= 0x90 && d <= 0x9F) {
			word[i + 1] = (char)(d + 0x20);
		} else if (c == 0xD0 && d >= 0xA0 && d <= 0xAF) {
			word[i] = (char)0xD1;
			word[i + 1] = (char)(d - 0x20);
		}
	}
	return strstr(list, word) != NULL;
}
