#include "media/mp4.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

#define SOURCE_TYPES "http://cv.iptc.org/newscodes/digitalsourcetype/"

static void
escape(struct strbuf *out, const char *s)
{
	for (; *s; s++) {
		switch (*s) {
		case '&':
			strbuf_addstr(out, "&amp;");
			break;
		case '<':
			strbuf_addstr(out, "&lt;");
			break;
		case '>':
			strbuf_addstr(out, "&gt;");
			break;
		case '"':
			strbuf_addstr(out, "&quot;");
			break;
		default:
			/* Other control characters are not XML. */
			if ((unsigned char)*s >= ' ' || *s == '\t' ||
			    *s == '\n')
				strbuf_addch(out, *s);
		}
	}
}

void
mp4_xmp(struct strbuf *out, const char *source_type, const char *title,
    const char *tool)
{
	strbuf_addstr(out, "<?xpacket begin=\"\xef\xbb\xbf\" "
	    "id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
	    "<rdf:RDF xmlns:rdf="
	    "\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
	    "<rdf:Description rdf:about=\"\"\n"
	    " xmlns:Iptc4xmpExt="
	    "\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\"\n"
	    " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
	    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
	    "<Iptc4xmpExt:DigitalSourceType>" SOURCE_TYPES);
	escape(out, source_type);
	strbuf_addstr(out, "</Iptc4xmpExt:DigitalSourceType>\n");
	if (tool) {
		strbuf_addstr(out, "<xmp:CreatorTool>");
		escape(out, tool);
		strbuf_addstr(out, "</xmp:CreatorTool>\n");
	}
	if (title) {
		strbuf_addstr(out, "<dc:title><rdf:Alt>"
		    "<rdf:li xml:lang=\"x-default\">");
		escape(out, title);
		strbuf_addstr(out, "</rdf:li></rdf:Alt></dc:title>\n");
	}
	strbuf_addstr(out, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
	    "<?xpacket end=\"w\"?>");
}

int
mp4_append_xmp(const char *path, const void *xmp, size_t len, struct err *e)
{
	static const uint8_t id[16] = {
		0xbe, 0x7a, 0xcf, 0xcb, 0x97, 0xa9, 0x42, 0xe8,
		0x9c, 0x71, 0x99, 0x94, 0x91, 0xe3, 0xaf, 0xac
	};
	uint32_t size = (uint32_t)(len + 24);
	uint8_t head[24] = {
		size >> 24, size >> 16 & 255, size >> 8 & 255, size & 255,
		'u', 'u', 'i', 'd'
	};
	int fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC), ret = 0;

	if (fd < 0)
		return err_errno(e, "%s: cannot open", path);
	memcpy(head + 8, id, sizeof(id));
	if (file_write_all(fd, head, sizeof(head)) < 0 ||
	    file_write_all(fd, xmp, len) < 0)
		ret = err_errno(e, "%s: cannot write", path);
	if (close(fd) < 0 && ret == 0)
		ret = err_errno(e, "%s: cannot write", path);
	return ret;
}
