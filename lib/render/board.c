#include "render/board.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "media/picture.h"
#include "render/board_part.h"
#include "render/cues.h"
#include "text/pace.h"

/* The way from the page's folder to the project's, both absolute. */
static char *
relative(const char *from, const char *to)
{
	struct strbuf b = STRBUF_INIT;
	size_t i, common = 0;

	for (i = 0; from[i] && from[i] == to[i]; i++)
		if (from[i] == '/')
			common = i + 1;
	if ((!from[i] || from[i] == '/') && (!to[i] || to[i] == '/'))
		common = i + (from[i] == '/' || to[i] == '/');
	if (common <= strlen(from))
		for (i = common; from[i]; i++)
			if (i == common || from[i - 1] == '/')
				strbuf_addstr(&b, "../");
	if (common <= strlen(to) && to[common]) {
		board_url(&b, to + common);
		strbuf_addch(&b, '/');
	}
	return strbuf_detach(&b, NULL);
}

static int
set_media_prefix(struct board *b, const char *out_dir, struct err *e)
{
	char *dir = xrealpath(out_dir);

	if (!dir)
		return err_errno(e, "%s: cannot open", out_dir);
	b->media = relative(dir, b->project->root);
	free(dir);
	return 0;
}

/* Words as people count them: runs without spaces; in scripts without spaces
 * each such run is one, which the figures beside it make up for. */
static size_t
count_words(const char *s)
{
	size_t n = 0;

	for (;;) {
		s += strspn(s, " \t\r\n");
		if (!*s)
			return n;
		n++;
		s += strcspn(s, " \t\r\n");
	}
}

static size_t
count_characters(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += ((unsigned char)*s & 0xC0) != 0x80;
	return n;
}

/* Characters a second that a reader follows: what is aimed at, and the most
 * (Netflix, Timed Text Style Guides, by language). */
static void
set_reading_speed(struct board_scene *s, const char *language)
{
	static const struct {
		const char tag[3];
		double target, limit;
	} row[] = { { "en", 17, 20 }, { "zh", 7, 9 }, { "ja", 5, 9 },
		{ "ko", 10, 12 } };
	size_t i;

	s->target = 15;
	s->limit = 17;
	for (i = 0; i < sizeof(row) / sizeof(*row); i++) {
		if (strncmp(language, row[i].tag, 2))
			continue;
		s->target = row[i].target;
		s->limit = row[i].limit;
	}
}

/* A scene whose voice is not made yet gets the time it will likely take. */
static void
estimate(struct board *b)
{
	const struct project *p = b->project;
	struct pace pace;
	size_t i;

	for (i = 0; i < b->film.nr; i++) {
		struct film_scene *fs = &b->film.scene[i];

		if (fs->audio || fs->seconds > 0 || !*fs->spoken)
			continue;
		pace = pace_for(fs->language,
		    project_setting(p, "ttsProvider", NULL), 1);
		fs->seconds = pace_seconds(&pace, fs->spoken,
		    strlen(fs->spoken)) + b->preset->gap_ms / 1000.0;
	}
}

static void
add_fault(struct board *b, const char *what, const struct err *e)
{
	struct board_problem *q = board_add_problem(b, BOARD_WARNING,
	    BOARD_NONE);

	q->what = xstrdup(what);
	q->why = xstrdup(e->msg);
}

/* Scene i of the film, if it is a card. */
static void
place_card(struct board *b, size_t i)
{
	const struct film_scene *fs = &b->film.scene[i];
	struct board_card *c = &b->card[fs->card == FILM_END];

	if (fs->card == FILM_SCENE)
		return;
	c->card = fs->card;
	c->from = timeline_seconds(&b->time, timeline_scene_begin(&b->time,
	    i));
	c->to = timeline_seconds(&b->time, i + 1 < b->time.nr ?
	    timeline_scene_begin(&b->time, i + 1) : b->time.frames);
	if (fs->image)
		board_load_file(b, fs->image, fs->image_sha256, &c->picture);
}

/* The film and its times; a film that cannot be laid out is a problem on the
 * page, and the scenes are shown without times. */
static void
read_film(struct board *b)
{
	struct err e = ERR_INIT;

	if (!b->video->nr)
		return;
	if (film_read(&b->film, &b->source, b->project, b->video, b->survey,
	    &e) < 0) {
		add_fault(b, "Film", &e);
		return;
	}
	estimate(b);
	if (timeline_make(&b->time, &b->film, &e) < 0) {
		add_fault(b, "Film", &e);
		return;
	}
	b->has_time = 1;
	if (film_draw_cards(&b->film, b->source, NULL, 0, &e) < 0)
		add_fault(b, "Card", &e);
	place_card(b, 0);
	if (b->film.nr > 1)
		place_card(b, b->film.nr - 1);
}

static void
read_cue(struct board *b, struct board_scene *s)
{
	struct cue_list list = CUE_LIST_INIT;
	struct cue_place place;
	struct cue_rules rules;
	struct err e = ERR_INIT;

	cue_rules_for(b->video->language, b->time.width, b->time.height,
	    &rules);
	cue_place_of(&b->time, s->film, &place);
	if (cues_scene(&b->film.scene[s->film], &place, &rules, s->film,
	    &list, &e) == 0 && list.nr)
		s->cue = xstrdup(list.cue[0].text);
	cue_list_release(&list);
}

static struct window
fraction(struct window w, int width, int height)
{
	w.x /= width;
	w.w /= width;
	w.y /= height;
	w.h /= height;
	return w;
}

/* Times, motion and the first cue, for a scene that is in the film. */
static void
place(struct board *b, struct board_scene *s)
{
	const struct timeline_scene *t = &b->time.scene[s->film];
	const struct film_scene *fs = &b->film.scene[s->film];
	struct motion m;

	s->from = timeline_seconds(&b->time,
	    timeline_scene_begin(&b->time, s->film));
	s->to = timeline_seconds(&b->time, s->film + 1 < b->time.nr ?
	    timeline_scene_begin(&b->time, s->film + 1) : b->time.frames);
	if (fs->image && fs->image_w > 0) {
		motion_choose(&m, fs, &b->time, t->voice_frames, fs->image_w,
		    fs->image_h);
		s->a = fraction(m.from, fs->image_w, fs->image_h);
		s->b = fraction(m.to, fs->image_w, fs->image_h);
		s->has_motion = 1;
	}
	read_cue(b, s);
}

/* Motion of a picture that is shown though it is not what the film will have:
 * as it would be with it. */
static void
read_older_motion(struct board *b, struct board_scene *s)
{
	struct film_scene fs = b->film.scene[s->film];
	struct strbuf bytes = STRBUF_INIT;
	struct err e = ERR_INIT;
	struct motion m;

	if (!s->shown.picture.len || fs.clip.moving ||
	    file_read(s->image->media, PICTURE_BYTES_MAX, &bytes, &e) < 0)
		return;
	if (picture_size("", bytes.buf, bytes.len, &fs.image_w, &fs.image_h,
	    &e) == 0) {
		motion_choose(&m, &fs, &b->time,
		    b->time.scene[s->film].voice_frames, fs.image_w,
		    fs.image_h);
		s->a = fraction(m.from, fs.image_w, fs.image_h);
		s->b = fraction(m.to, fs.image_w, fs.image_h);
		s->has_motion = 1;
	}
	strbuf_release(&bytes);
}

static void
read_scene(struct board *b, size_t i)
{
	struct board_scene *s = &b->scene[i];
	const char *spoken;
	size_t k;

	s->s = &b->project->scene[i];
	s->audio = survey_used(b->survey, ASSET_AUDIO, i);
	s->image = survey_used(b->survey, ASSET_IMAGE, i);
	s->film = BOARD_NONE;
	strbuf_init(&s->shown.picture);
	strbuf_init(&s->thumb);
	for (k = 0; k < b->video->nr && s->film == BOARD_NONE; k++)
		if (b->video->scene[k] == i)
			s->film = k + b->film.before;
	spoken = s->s->say ? s->s->say : s->s->text;
	s->words = count_words(spoken);
	s->seconds = s->audio->rec.seconds;
	set_reading_speed(s, b->video->language);
	if (s->seconds > 0)
		s->per_second = (double)count_characters(s->s->text) /
		    s->seconds;
	if (b->has_time && s->film != BOARD_NONE)
		place(b, s);
	board_read_media(b, s);
	if (b->has_time && s->film != BOARD_NONE && !s->has_motion)
		read_older_motion(b, s);
}

int
board_read(struct board *b, const struct project *p, const struct survey *s,
    const char *out_dir, struct err *e)
{
	struct err ignored = ERR_INIT;
	char *cache;
	size_t i;

	memset(b, 0, sizeof(*b));
	strbuf_init(&b->poster);
	strbuf_init(&b->captions);
	strbuf_init(&b->card[0].picture);
	strbuf_init(&b->card[1].picture);
	b->project = p;
	b->survey = s;
	b->video = &p->video[0];
	b->preset = preset_find(b->video->preset, e);
	if (!b->preset || set_media_prefix(b, out_dir, e) < 0)
		return -1;
	b->films = xcalloc(p->video_nr, sizeof(*b->films));
	for (i = 0; i < p->video_nr; i++)
		if (state_video(p, &p->video[i], s, &b->films[i], e) < 0)
			return -1;
	cache = project_path(p, "build/board");
	file_mkdirs(cache, &ignored); /* only a cache */
	free(cache);
	read_film(b);
	b->nr = p->nr;
	b->scene = xcalloc(p->nr + 1, sizeof(*b->scene));
	for (i = 0; i < p->nr; i++)
		read_scene(b, i);
	board_cost_spent(&b->spent, p);
	board_read_film_media(b);
	board_find_problems(b);
	return 0;
}

static void
release_scene(struct board_scene *s)
{
	size_t k;

	strbuf_release(&s->shown.picture);
	strbuf_release(&s->thumb);
	for (k = 0; k < s->take_nr; k++)
		strbuf_release(&s->take[k].picture);
	free(s->take);
	free(s->wave);
	free(s->cue);
}

void
board_release(struct board *b)
{
	size_t i;

	for (i = 0; b->scene && i < b->nr; i++)
		release_scene(&b->scene[i]);
	for (i = 0; i < b->problem_nr; i++) {
		free(b->problem[i].what);
		free(b->problem[i].why);
		free(b->problem[i].meanwhile);
		free(b->problem[i].command);
	}
	for (i = 0; b->films && i < b->project->video_nr; i++)
		asset_state_release(&b->films[i]);
	free(b->scene);
	free(b->problem);
	free(b->films);
	free(b->media);
	strbuf_release(&b->poster);
	strbuf_release(&b->captions);
	strbuf_release(&b->card[0].picture);
	strbuf_release(&b->card[1].picture);
	if (b->has_time)
		timeline_release(&b->time);
	film_source_free(b->source);
	memset(b, 0, sizeof(*b));
}
