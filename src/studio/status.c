/*
 * studio status: the project at a glance, in 80 columns; --json for programs.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/options.h"
#include "base/utf8.h"
#include "record/json.h"
#include "record/preset.h"
#include "studio/git_setup.h"
#include "studio/studio.h"

#define STRIP 78      /* columns */
#define STRIP_MOST 39 /* scenes; more would be all numbers */
#define WORDS_A_SECOND 2.5 /* of speech; only until there is a voice */

static int colour; /* stdout is a terminal and NO_COLOR is not set */

static const char *
paint(const char *code)
{
	return colour ? code : "";
}

static const char *
state_colour(enum state s)
{
	switch (s) {
	case STATE_FAILED:
		return "\033[31m";
	case STATE_MISSING:
	case STATE_POINTER:
		return "\033[35m";
	case STATE_STALE:
	case STATE_ABSENT:
		return "\033[33m";
	case STATE_MODIFIED:
		return "\033[36m";
	default:
		return "\033[2m";
	}
}

/* The worst of a scene's used assets; a better state has a lower rank. */
static enum state
scene_state(const struct plan *p, size_t i)
{
	static const int rank[] = { 0, 2, 3, 4, 1, 5, 6 };
	enum state a = survey_used(&p->survey, ASSET_AUDIO, i)->state;
	enum state b = survey_used(&p->survey, ASSET_IMAGE, i)->state;

	return rank[a] > rank[b] ? a : b;
}

static void
print_clock(double seconds)
{
	long s = (long)(seconds + 0.5);

	printf("%ld:%02ld", s / 60, s % 60);
}

/* Thai, Lao, Burmese, Khmer; kana, bopomofo and ideographs: no spaces. */
static int
is_unspaced(uint32_t c)
{
	return (c >= 0x0e00 && c < 0x0f00) || (c >= 0x1000 && c < 0x10a0) ||
	    (c >= 0x1780 && c < 0x1800) || (c >= 0x3040 && c < 0x3130) ||
	    (c >= 0x3400 && c < 0xa000) || (c >= 0x20000 && c < 0x40000);
}

/* What stands between spaces; two characters of a script without them. Not
 * text/word.h, whose rules bring Pango into a program that starts with every
 * build. */
static size_t
count_words(const char *s)
{
	size_t words = 0, unspaced = 0, len = strlen(s), n;
	uint32_t c;
	int in = 0;

	for (; len > 0; s += n, len -= n) {
		n = utf8_decode(s, len, &c);
		if (!n) {
			n = 1;
			c = ' ';
		}
		if (is_unspaced(c)) {
			unspaced++;
			in = 0;
		} else if (c == ' ' || (c >= '\t' && c <= '\r') ||
		    (c >= 0x3000 && c < 0x3040) || c >= 0xff00) {
			in = 0;
		} else {
			words += !in;
			in = 1;
		}
	}
	return words + (unspaced + 1) / 2;
}

/* As made, as asked for, or about as long as its words take. */
static double
scene_seconds(const struct plan *p, size_t i)
{
	const struct scene *s = &p->project.scene[i];
	double d = survey_used(&p->survey, ASSET_AUDIO, i)->rec.seconds;

	if (d <= 0)
		d = s->duration;
	if (d <= 0 && !scene_is_silent(s))
		d = (double)count_words(s->say ? s->say : s->text) /
		    WORDS_A_SECOND;
	return d > 0 ? d : 4;
}

static void
print_head(const struct plan *p)
{
	const struct project *pr = &p->project;
	const struct preset *preset = preset_find(pr->platform, NULL);
	const char *size = "";
	double planned = 0, real = 0;
	char title[200];
	size_t i, words = 0;

	for (i = 0; i < pr->nr; i++) {
		words += count_words(pr->scene[i].text);
		planned += scene_seconds(p, i) + 0.4;
	}
	for (i = 0; !p->phase1 && i < pr->video_nr && real <= 0; i++)
		real = p->film[i].film.rec.seconds;
	utf8_printable(title, sizeof(title), pr->title, strlen(pr->title));
	printf("%s%s%s   %s", paint("\033[1m"), title, paint("\033[0m"),
	    pr->platform);
	if (pr->video_nr)
		size = video_setting(pr, &pr->video[0], "size", "");
	if (*size)
		printf(" %s", size);
	else if (preset)
		printf(" %dx%d", preset->width, preset->height);
	printf(" %s   ", pr->language);
	if (real > 0) {
		print_clock(real);
	} else {
		printf("about ");
		print_clock(planned);
	}
	if (pr->target_length && *pr->target_length)
		printf(" of %s", pr->target_length);
	printf("   %zu scene%s   %zu words\n", pr->nr, pr->nr == 1 ? "" : "s",
	    words);
}

static void
print_strip(const struct plan *p)
{
	static const char fill[] = { '-', '~', '~', '?', '!', '?', 'x' };
	double total = 0;
	size_t i, k, n, left = STRIP, rest = 0, width;
	char number[24];
	enum state s;

	n = p->project.nr;
	if (n < 2 || n > STRIP_MOST)
		return;
	for (i = 0; i < n; i++) {
		total += scene_seconds(p, i);
		rest += i < 9 ? 1 : 2;
	}
	for (i = 0; i < n; i++) {
		width = (size_t)(STRIP * scene_seconds(p, i) / total + 0.5);
		snprintf(number, sizeof(number), "%zu", i + 1);
		rest -= strlen(number); /* what the numbers behind it take */
		if (width < strlen(number))
			width = strlen(number);
		if (width > left - rest || i + 1 == n)
			width = left - rest;
		left -= width;
		s = scene_state(p, i);
		printf("%s%.*s", paint(state_colour(s)), (int)width, number);
		for (k = strlen(number); k < width; k++)
			putchar(fill[s]);
		printf("%s", paint("\033[0m"));
	}
	puts("\n");
}

/* One row and, where there is something to do, a second. */
static int
print_row(const struct asset_state *a)
{
	char subject[64], reason[ERR_MAX], safe[200], cure[160];
	const char *label = state_name(a->state);

	asset_subject(a, subject, sizeof(subject));
	asset_reason(a, reason, sizeof(reason));
	utf8_printable(safe, sizeof(safe), reason, strlen(reason));
	asset_cure(a, cure, sizeof(cure));
	if (!*cure && state_needs_making(a))
		snprintf(cure, sizeof(cure), "make");
	printf("%s%-11s%s%-11s%s\n", paint(state_colour(a->state)), label,
	    paint("\033[0m"), subject, safe);
	if (*cure)
		printf("%22s%s%s%s\n", "", paint("\033[1m"), cure,
		    paint("\033[0m"));
	return a->state != STATE_MODIFIED;
}

static void
print_rows(const struct plan *p, size_t *attention)
{
	static const enum state order[] = { STATE_FAILED, STATE_MISSING,
		STATE_POINTER, STATE_STALE, STATE_ABSENT, STATE_MODIFIED };
	const struct asset_state *a;
	size_t i, k, absent = 0;

	for (k = 0; k < sizeof(order) / sizeof(*order); k++) {
		for (i = 0; i < p->survey.nr; i++) {
			a = &p->survey.a[i];
			if (a->state != order[k])
				continue;
			if (a->state == STATE_ABSENT && a->scene) {
				absent++;
				continue;
			}
			*attention += (size_t)print_row(a);
		}
		if (order[k] == STATE_ABSENT && absent) {
			printf("%-11s%zu voices and pictures of scenes: make\n",
			    "never made", absent);
			*attention += absent;
		}
	}
}

static void
print_films(const struct plan *p, size_t *attention)
{
	const struct film_plan *f;
	enum state s;
	size_t i;

	for (i = 0; !p->phase1 && i < p->project.video_nr; i++) {
		f = &p->film[i];
		if (!f->needed)
			continue;
		(*attention)++;
		s = film_state(f);
		printf("%s%-11s%s%-11s%s\n", paint(state_colour(s)),
		    state_name(s), paint("\033[0m"), p->project.video[i].name,
		    f->obstacle ? "held back by what needs you above"
		    : f->waits ? "waits for its voices and pictures"
		    : s == STATE_ABSENT ? "make"
		    : s == STATE_MISSING ? "it is not in the folder: make"
		    : "what it is made from changed: make");
	}
}

static void
print_text(const struct plan *p)
{
	struct strbuf versions = STRBUF_INIT;
	size_t attention = 0, fresh = 0, i;

	print_head(p);
	print_strip(p);
	print_rows(p, &attention);
	print_films(p, &attention);
	for (i = 0; i < p->survey.nr; i++)
		fresh += (size_t)state_is_usable(&p->survey.a[i]);
	for (i = 0; !p->phase1 && i < p->project.video_nr; i++)
		fresh += !p->film[i].needed;
	if (!p->project.nr)
		puts("\nNo scenes yet. Write brief.md, then: make");
	else if (!attention)
		puts("\nThe film is finished and fresh.");
	else
		printf("\n%zu of %zu assets are fresh. studio plan says what "
		    "make would do.\n", fresh,
		    p->survey.nr + p->project.video_nr);
	plan_versions(p, &versions);
	if (git_setup_missing(p->project.root, &versions))
		strbuf_addch(&versions, '\n');
	fputs(versions.buf, stdout);
	strbuf_release(&versions);
}

static void
print_json(const struct plan *p)
{
	struct node *doc = node_new(NODE_MAP), *list = node_new(NODE_LIST), *n;
	struct strbuf b = STRBUF_INIT;
	char text[ERR_MAX];
	const struct asset_state *a;
	size_t i;

	for (i = 0; i < p->survey.nr; i++) {
		a = &p->survey.a[i];
		n = node_new(NODE_MAP);
		node_set_str(n, "asset", asset_what_name(a->what));
		if (a->scene)
			node_set_whole(n, "scene", (long long)a->scene->index);
		node_set_whole(n, "take", a->take);
		node_set_str(n, "state", state_name(a->state));
		asset_reason(a, text, sizeof(text));
		node_set_str(n, "reason", text);
		node_push(list, n);
	}
	for (i = 0; !p->phase1 && i < p->project.video_nr; i++) {
		n = node_new(NODE_MAP);
		node_set_str(n, "asset", "video");
		node_set_str(n, "video", p->project.video[i].name);
		node_set_str(n, "state", state_name(
		    film_state(&p->film[i])));
		node_push(list, n);
	}
	node_set_str(doc, "title", p->project.title);
	node_set_whole(doc, "scenes", (long long)p->project.nr);
	node_set(doc, "assets", list);
	node_set(doc, "versions", plan_versions_tree(p));
	json_print(doc, &b);
	fwrite(b.buf, 1, b.len, stdout);
	strbuf_release(&b);
	node_free(doc);
}

int
cmd_status(int argc, char **argv)
{
	struct usage u = { .name = "studio status",
		.purpose = "Show what is fresh and what needs a decision." };
	const char *plain = getenv("NO_COLOR");

	colour = isatty(STDOUT_FILENO) && !(plain && *plain);
	return plan_command(argc, argv, u, print_text, print_json);
}
