/*
 * Words that call for a picture: stems in English and a few more languages.
 */
#ifndef MEDIA_CARD_CUES_H
#define MEDIA_CARD_CUES_H

enum cue_kind { CUE_TEXT, CUE_STYLE };

/* What the words of text ask for: the name of a family ("sea"), or NULL. The
 * family with the most matches wins, then the one named first. CUE_STYLE
 * matches words about the manner (ink, paper) instead of the subject. The
 * families that have(name) is 0 for are left out. */
const char *cue_family(const char *text, enum cue_kind kind,
	int (*have)(const char *name));

/* Is one of these stems (as in cues.c) in text? */
int cue_match(const char *text, const char *stems);

extern const char cue_night[], cue_dawn[], cue_dusk[], cue_plant[];

#endif
