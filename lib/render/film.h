/*
 * A film, described completely: what render-video and render-clip are given,
 * read from the project by the programs and from nothing else here.
 *
 * Units: seconds where a double, frames at fps, samples at 48 kHz. Paths are
 * absolute or relative to the current folder. Strings are borrowed.
 */
#ifndef RENDER_FILM_H
#define RENDER_FILM_H

#include <stddef.h>
#include <stdint.h>

#include "media/caption_look.h"
#include "provider/provider.h"
#include "record/preset.h"
#include "render/transition.h"

enum film_easing { EASING_SMOOTH, EASING_LINEAR, EASING_IN, EASING_OUT };
enum film_quality { QUALITY_DRAFT, QUALITY_STANDARD, QUALITY_HIGH };
enum film_sidecars { SIDECAR_SRT = 1, SIDECAR_VTT = 2, SIDECAR_ASS = 4 };

/* A sound effect, or anything else that is heard with a scene. */
struct film_sound {
	const char *path, *sha256;
	double at;    /* seconds after the scene's start */
	double level; /* dB: 0 is as loud at its loudest as a voice */
	int through;  /* 1: it goes on when the scene ends */
};

enum clip_fit { CLIP_AUTO, CLIP_LOOP, CLIP_SLOW, CLIP_HOLD };
enum clip_sound { CLIP_DROP, CLIP_DUCK, CLIP_KEEP };

/* A scene's picture that moves by itself. */
struct film_clip {
	int moving;          /* 0: it is a still, and all below says nothing */
	double seconds;      /* of the file */
	double from, to;     /* seconds of it that are shown, from < to */
	int fit;             /* to a longer scene, enum clip_fit */
	int sound;           /* enum clip_sound; CLIP_DROP without any */
	double sound_at;     /* s by which its sound starts after its picture */
	int loops;           /* made to be played on and on */
};

/* Not every scene of a film is one of the project's. */
enum film_card { FILM_SCENE, FILM_TITLE, FILM_END };

struct film_scene {
	int card;                 /* enum film_card */
	const char *title;        /* of a chapter that starts here, or NULL */
	const char *text;         /* shown in captions */
	const char *spoken;       /* what the words' offsets point into: say, or
				     text */
	const char *language;
	const char *audio;        /* path of the voice clip, NULL: none */
	const char *audio_sha256; /* of that file */
	double audio_start;       /* seconds into the file where it begins */
	double audio_seconds;     /* of the clip from there */
	double audio_gain;        /* factor that levels it; 0 means 1.0 */
	const struct word_time *word; /* times are in the file */
	size_t word_nr;
	const char *image;        /* path of the picture */
	const char *image_sha256;
	int image_w, image_h;     /* pixels, 0 when not known */
	struct film_clip clip;
	double keep[4];           /* left, top, right, bottom of what stays in
				     view, 0..1 of the picture; all 0: none */
	double focus_x, focus_y;  /* 0..1; negative: not given */
	const char *motion;       /* in out left right up down still, or NULL:
				     chosen from the text */
	int has_windows;          /* 1: motion goes from one to the other: */
	double window[2][4];      /* left, top, width, height, 0..1 of the
				     picture; height 0: as the frame's */
	int easing;               /* enum film_easing */
	int transition;           /* into this scene, enum film_transition */
	double transition_seconds; /* 0: as long as the film's */
	double seconds;           /* wanted length; 0: from the voice; of a
				     card: from the film's start or to its end,
				     with half of the transition */
	const struct film_sound *sound;
	size_t sound_nr;
};

struct film_music {
	const char *path;    /* NULL: no music */
	const char *sha256;
	double level;        /* LU below the voice; 0: 20 */
	double from;         /* seconds into the file; 0: found */
	double fade_in, fade_out; /* seconds; 0: as usual */
	int once;            /* 1: not looped where it is too short */
};

struct film_logo {
	const char *path;    /* NULL: no logo */
	const char *sha256;
	const char *corner;  /* top-left top-right bottom-left bottom-right */
	double size;         /* height, as a part of the frame's shorter side */
	double opacity;      /* 0..1 */
	int cards;           /* over title and end too */
};

struct film_bar {
	int on, top;
	double height;       /* as a part of the frame's */
	uint32_t color;      /* 0xRRGGBB */
};

struct film {
	const char *name;       /* of the video: "youtube" */
	const char *preset;     /* row of the preset table */
	int width, height, fps; /* 0: as the preset says */
	double transition_seconds; /* 0: as the preset says */
	int quality;            /* enum film_quality */
	int captions;           /* bits of enum film_captions */
	const char *caption_style; /* classic box karaoke big; NULL: preset's */
	const struct caption_look *look; /* the user's own style instead, or
					   NULL */
	int sidecars;           /* bits of enum film_sidecars */
	const char *title, *description, *language;
	const char *date; /* may be NULL */
	const char *source_type; /* IPTC code of the whole film */
	const char *tone;       /* palettes of plates and accents follow it */
	struct film_music music;
	struct film_logo logo;
	struct film_bar bar;
	struct film_scene *scene; /* a title card, the video's, an end card */
	size_t nr;
	size_t before;          /* 1 with a title card: scene i of the video is
				   scene i + before here */
};

#endif
