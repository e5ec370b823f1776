/*
 * A picture file as a provider sent it, believed only once it is decoded.
 */
#ifndef PROVIDER_IMAGE_FILE_H
#define PROVIDER_IMAGE_FILE_H

#include "provider/provider.h"

/*
 * Make bytes, which are taken over whatever comes of it, the picture of r,
 * which is initialised: sets picture, bytes, extension (by the first bytes,
 * not by what anyone says they are) and source_type. name, "openai:MODEL", is
 * for messages. EX_DATA for what is not a whole PNG, JPEG or WebP; where it is
 * text, an error page say, the message shows its beginning.
 */
int image_file_read(const char *name, struct strbuf *bytes,
	struct image_result *r, struct err *e);

#endif
