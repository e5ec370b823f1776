/*
 * XMP packets (ISO 16684-1): where a file says how it was made.
 */
#ifndef MEDIA_XMP_H
#define MEDIA_XMP_H

#include "base/strbuf.h"
#include "media/picture.h"

#define XMP_TEXT_MAX 4096 /* bytes of one text as escaped; rest cut */

/*
 * Append a packet with what of m is not NULL: source_type as
 * Iptc4xmpExt:DigitalSourceType (IPTC's newscodes/digitalsourcetype),
 * title and description as dc:, software as xmp:CreatorTool. It goes into
 * PNG as iTXt, into JPEG as APP1, into MP4 as a uuid box.
 */
void xmp_packet(const struct picture_meta *m, struct strbuf *out);

#endif
