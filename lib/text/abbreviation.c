#include "text/abbreviation.h"

#include <string.h>

#include "base/strbuf.h"
#include "media/segment.h"
#include "text/word.h"

#define ABBREVIATION_MAX 24 /* bytes */

/* Folded, without the last stop, between spaces. Compiled by hand. */
static const struct table {
	const char *language;
	const char *never, *number, *name, *end;
} tables[] = {
	{ "en",
	    " mr mrs ms dr prof st messrs mme rev hon gen col lt sgt capt cmdr"
	    " maj adm gov sen rep pres supt mt ft vs v e.g i.e cf viz approx"
	    " est c ca incl excl resp esp al ",
	    " no nos fig figs p pp vol vols ch art sec eq ref tab op ed cap ",
	    " inc ltd corp co jr sr bros u.s u.k u.n e.u d.c ph.d m.d b.a m.a"
	    " u.s.a jan feb mar apr jun jul aug sept sep oct nov dec ave blvd"
	    " rd dept univ assn gmbh ",
	    " etc a.m p.m b.c a.d b.c.e c.e " },
	{ "de",
	    " dr prof hr fr st z.b d.h u.a o.ä i.d.r v.a s.o s.u z.t u.u bzw"
	    " ca evtl ggf inkl exkl sog vgl gem dipl ing med phil jur hrsg"
	    " geb gest z b d h u a i dr.-ing allg bes urspr zzgl ",
	    " nr abb s bd kap art abs tel aufl jh ",
	    " jan feb apr jun jul aug sept okt nov dez str gmbh jhd ",
	    " usw etc uvm u.a.m u.v.m n.chr v.chr chr mio mrd " },
	{ "fr",
	    " m mm mme mmes mlle dr pr me st ste p.ex c.-à-d cf env ex av apr"
	    " boul ",
	    " n no fig p pp vol chap art éd t ",
	    " j.-c s.a janv févr avr juil sept oct nov déc ",
	    " etc " },
	{ "es",
	    " sr sra srta sres dr dra d dña prof ud uds p.ej gral lic ing"
	    " aprox av avda c ee ",
	    " n no núm fig p pág págs vol cap art ed ",
	    " ee.uu a.c d.c s.a ene feb mar abr jun jul ago sept oct nov dic ",
	    " etc " },
	{ "it",
	    " sig sigg sig.ra sig.na dott dott.ssa prof prof.ssa avv ing arch"
	    " on es ecc.mo s ss geom rag cfr ca p.es ",
	    " n no fig p pp pag vol cap art ed ",
	    " a.c d.c s.p.a s.r.l gen feb mar apr mag giu lug ago set ott nov"
	    " dic ",
	    " ecc etc " },
	{ "pt",
	    " sr sra srs dr dra d prof profa eng exmo exma p.ex aprox av r"
	    " gen st ",
	    " n no núm fig p pág págs vol cap art ed ",
	    " a.c d.c s.a ltda jan fev mar abr mai jun jul ago set out nov dez"
	    " e.u.a ",
	    " etc " },
	{ "nl",
	    " dhr mevr mw dr prof ir drs ing mr st bijv bv d.w.z o.a m.a.w"
	    " t.o.v i.p.v ca evt incl excl resp vgl ",
	    " nr fig blz p art afb ",
	    " n.v b.v jan feb mrt apr jun jul aug sept okt nov dec ",
	    " enz etc " },
	{ "ru",
	    " г-н г-жа д-р проф акад им ул пр пл т.е т.к т.н напр см ср ок"
	    " св тов гр доц инж ",
	    " рис стр табл гл п пп ст т с ",
	    " г гг в вв руб коп тыс млн млрд ",
	    " т.д т.п др пр н.э " },
	{ "hi", " डॉ श्री प्रो कु ", " सं ", " ", " " },
};

static const struct table *
table_of(const char *language)
{
	size_t i;

	for (i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		if (language_is(language, tables[i].language))
			return &tables[i];
	return &tables[0];
}

enum abbreviation
abbreviation_find(const char *w, size_t len, const char *language)
{
	const struct table *t = table_of(language);
	struct strbuf b = STRBUF_INIT;
	enum abbreviation kind = ABBREVIATION_NONE;

	if (!len || len > ABBREVIATION_MAX || memchr(w, ' ', len))
		return ABBREVIATION_NONE;
	strbuf_addch(&b, ' ');
	segment_fold(w, len, &b);
	strbuf_addch(&b, ' ');
	if (strstr(t->never, b.buf))
		kind = ABBREVIATION_NEVER;
	else if (strstr(t->number, b.buf))
		kind = ABBREVIATION_NUMBER;
	else if (strstr(t->name, b.buf))
		kind = ABBREVIATION_NAME;
	else if (strstr(t->end, b.buf))
		kind = ABBREVIATION_END;
	strbuf_release(&b);
	return kind;
}

int
abbreviation_ordinals(const char *language)
{
	static const char *const list[] = { "de", "da", "nb", "nn", "no", "fi",
		"is", "cs", "sk", "pl", "hu", "sl", "hr", "sr", "bs", "et",
		"lv", "tr" };
	size_t i;

	for (i = 0; i < sizeof(list) / sizeof(*list); i++)
		if (language_is(language, list[i]))
			return 1;
	return 0;
}
