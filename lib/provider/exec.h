/*
 * exec:COMMAND, any program as a provider.
 *
 * "sh -c COMMAND" gets the data on stdin (the text to speak, the prompt, the
 * source) and the rest in STUDIO_* variables; its stdout is the reply: a sound
 * file, a picture file, a script in Markdown. It exits 0 when done, 69 when it
 * refuses, 75 when it should be tried later, 77 for key or quota, 78 for
 * configuration; anything else is a failure. The first line of its stderr is
 * part of the error. Keys in the environment are not passed on.
 *
 *	all     STUDIO_STAGE (script, speech, image), STUDIO_LANGUAGE,
 *	        STUDIO_OPTION_NAME for each of the settings' options of the
 *	        stage, its name in upper case and what is not A-Z or 0-9 as "_"
 *	speech  STUDIO_VOICE, STUDIO_SPEED
 *	image   STUDIO_WIDTH, STUDIO_HEIGHT (of the picture), STUDIO_STYLE,
 *	        STUDIO_TONE, STUDIO_LOOK, STUDIO_TAKE, STUDIO_CHARACTERS (those
 *	        that the scene names, "NAME: description" a line),
 *	        STUDIO_REFERENCES (files with pictures of them, one a line)
 *	script  STUDIO_SECONDS, STUDIO_WORDS, STUDIO_TONE, STUDIO_CATEGORY,
 *	        STUDIO_PLATFORM, STUDIO_BRIEF; stdin is the source, or the brief
 */
#ifndef PROVIDER_EXEC_H
#define PROVIDER_EXEC_H

#include "provider/provider.h"

#define EXEC_SOUND_BYTES (512u << 20)
#define EXEC_PICTURE_BYTES (256u << 20)
#define EXEC_SCRIPT_BYTES (4u << 20)

extern const struct speech_provider exec_speech;
extern const struct image_provider exec_image;
extern const struct script_provider exec_script;

#endif
