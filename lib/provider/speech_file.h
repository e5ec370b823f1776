/*
 * A sound file as a provider sent it, made a result: what it is, where speech
 * lies in it, what levels it.
 */
#ifndef PROVIDER_SPEECH_FILE_H
#define PROVIDER_SPEECH_FILE_H

#include "base/error.h"
#include "base/strbuf.h"
#include "provider/provider.h"

#define SPEECH_FILE_SECONDS_MAX (3.0 * 3600)

/*
 * Read the sound file in bytes (taken over, empty afterwards) into r, which
 * speech_result_init made: sound as decoded; bytes, mended where it is a WAV
 * whose lengths lie (media/wav.h), and extension by what it is, whatever it was
 * called; trim_start, trim_end and gain as measured; timing "estimated";
 * source_type as of a trained model. voice and version are the caller's.
 *
 * name ("openai:tts-1") begins each message. EX_DATA: no bytes, no sound file
 * (what it is instead is quoted), one that sound_decode refuses (0 Hz, no
 * number as a sample, ...), longer than SPEECH_FILE_SECONDS_MAX, or silent. r
 * is empty then.
 */
int speech_file_read(const char *name, struct strbuf *bytes,
	struct speech_result *r, struct err *e);

#endif
