#include "media/xmp.h"

#include <string.h>

#include "base/utf8.h"

#define SOURCE_TYPE "http://cv.iptc.org/newscodes/digitalsourcetype/"

/* Text for an element or an attribute; what XML 1.0 cannot hold is left out. */
static void
add_escaped(struct strbuf *out, const char *s)
{
	size_t left = strlen(s), start = out->len, k;
	uint32_t c;

	for (; left && out->len - start < XMP_TEXT_MAX; s += k, left -= k) {
		k = utf8_decode(s, left, &c);
		if (!k) {
			k = 1;
			continue;
		}
		if (c == '&')
			strbuf_addstr(out, "&amp;");
		else if (c == '<')
			strbuf_addstr(out, "&lt;");
		else if (c == '>')
			strbuf_addstr(out, "&gt;");
		else if (c == '"')
			strbuf_addstr(out, "&quot;");
		else if (c >= 0x20 ? c != 0xfffe && c != 0xffff
				   : c == '\t' || c == '\n')
			strbuf_add(out, s, k);
	}
}

static void
add_attribute(struct strbuf *out, const char *name, const char *base,
	const char *value)
{
	if (!value)
		return;
	strbuf_addf(out, "\n   %s=\"%s", name, base);
	add_escaped(out, value);
	strbuf_addch(out, '"');
}

static void
add_text(struct strbuf *out, const char *name, const char *value)
{
	if (!value)
		return;
	strbuf_addf(out, "   <%s><rdf:Alt><rdf:li xml:lang=\"x-default\">",
	    name);
	add_escaped(out, value);
	strbuf_addf(out, "</rdf:li></rdf:Alt></%s>\n", name);
}

void
xmp_packet(const struct picture_meta *m, struct strbuf *out)
{
	strbuf_addstr(out,
	    "<?xpacket begin=\"\xef\xbb\xbf\" "
	    "id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
	    " <rdf:RDF xmlns:rdf="
	    "\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
	    "  <rdf:Description rdf:about=\"\"\n"
	    "   xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
	    "   xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
	    "   xmlns:Iptc4xmpExt="
	    "\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\"");
	add_attribute(out, "Iptc4xmpExt:DigitalSourceType", SOURCE_TYPE,
	    m->source_type);
	add_attribute(out, "xmp:CreatorTool", "", m->software);
	strbuf_addstr(out, ">\n");
	add_text(out, "dc:title", m->title);
	add_text(out, "dc:description", m->description);
	strbuf_addstr(out, "  </rdf:Description>\n </rdf:RDF>\n"
	    "</x:xmpmeta>\n<?xpacket end=\"r\"?>");
}
