/*
 * studio check --read-data: bytes that changed though nobody wrote them, and
 * how to have the right ones again.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "store/git_media.h"
#include "store/ledger.h"
#include "store/object.h"
#include "store/stock.h"
#include "studio/check.h"

const char *
check_path(const struct plan *p, const char *path)
{
	size_t n = strlen(p->project.root);

	return !strncmp(path, p->project.root, n) && path[n] == '/'
	    ? path + n + 1 : path;
}

static void
add_reply(struct check *c, const char *digest, const char *who)
{
	if (digest && stock_is_digest(digest))
		strvec_pushf(&c->replies, "%s %s", digest, who);
}

/* What leads back to the bytes that the record says. */
static void
cure(const struct check *c, const struct asset_state *a, struct finding *f,
    int rotten)
{
	const char *rel = check_path(c->plan, a->media);
	const char *program = a->what == ASSET_AUDIO ? "tts" : "image";
	struct strbuf word = STRBUF_INIT;
	size_t n = a->scene ? a->scene->index : 0;

	strbuf_add_shell(&word, rel);
	if (a->video || (!a->paid && strstr(rel, ".local."))) {
		finding_cure(f, "rm %s, and make makes it again", word.buf);
	} else if (a->paid && a->rec.request && a->want &&
	    !strcmp(a->rec.request, a->want->digest) &&
	    state_is_stored(&c->plan->project, a) &&
	    object_verify(a->want->digest, NULL) >= 0) {
		finding_cure(f, "restore it from the store: rm %s, then "
		    "make", word.buf);
	} else if (git_media_has(a->media, a->rec.sha256)) {
		finding_cure(f, "restore it from git: git checkout HEAD -- "
		    "%s", word.buf);
	} else if (rotten && a->scene) {
		finding_cure(f, "put it back from a copy; or pay again: rm "
		    "%s, then studio %s %zu --regen", word.buf, program, n);
	} else {
		finding_cure(f, "put the recorded bytes back");
	}
	strbuf_release(&word);
	if (!rotten && a->scene) {
		char *way = f->cure;

		f->cure = xasprintf("studio adopt %zu keeps yours; or %s", n,
		    way);
		free(way);
	}
}

/* The scene's own file that changed is news for make, and no fault. */
static int
is_own_news(const struct asset_state *a)
{
	return a->state == STATE_STALE && scene_file(a->scene, a->what);
}

void
check_media(struct check *c, const struct asset_state *a)
{
	char known[SHA256_HEX], sum[SHA256_HEX];
	struct err e = ERR_INIT;
	struct finding *f;
	const char *rel;
	int rotten, ret;

	if (a->paid)
		add_reply(c, a->rec.request, a->rec.path);
	if (!a->media || !a->rec.sha256 || !file_exists(a->media) ||
	    a->state == STATE_POINTER || is_own_news(a))
		return;
	/* a script is written on by its user, which is no fault */
	if (a->what == ASSET_SCRIPT && a->state == STATE_MODIFIED)
		return;
	c->files++;
	rel = check_path(c->plan, a->media);
	ret = stat_cache_sha256(c->plan->survey.cache, a->media, known, NULL,
	    &e);
	if (ret == 0 && c->read_data)
		ret = sha256_file(a->media, sum, NULL, &e);
	else if (ret == 0)
		memcpy(sum, known, sizeof(sum));
	if (ret < 0 && a->state == STATE_FAILED)
		return; /* for that, and told so */
	if (ret < 0) {
		f = finding_add(&c->found, "unreadable", rel, EX_DATA);
		finding_why(f, "%s", e.msg);
		return;
	}
	if (!strcmp(sum, a->rec.sha256))
		return;
	rotten = !strcmp(known, a->rec.sha256);
	f = finding_add(&c->found, rotten ? "rotten" : "modified", rel,
	    EX_DATA);
	finding_why(f, rotten ? "its bytes changed on the disk, though nobody "
	    "wrote it: it is not what %s says" : "is not what %s says",
	    check_path(c->plan, a->rec.path));
	cure(c, a, f, rotten);
}

static int
is_surveyed(const struct plan *p, size_t scene, const char *path)
{
	static const enum asset_what both[] = { ASSET_AUDIO, ASSET_IMAGE };
	const struct asset_state *a;
	size_t k, i, nr;

	for (k = 0; k < 2; k++) {
		a = survey_takes(&p->survey, both[k], scene, &nr);
		for (i = 0; i < nr; i++)
			if (a[i].rec.path && !strcmp(a[i].rec.path, path))
				return 1;
	}
	return 0;
}

static void
check_stray(struct check *c, const char *path, enum record_kind kind)
{
	struct asset_state a = { .what = kind == RECORD_AUDIO ? ASSET_AUDIO
	    : ASSET_IMAGE, .state = STATE_FRESH };
	struct err e = ERR_INIT;
	struct finding *f;

	if (asset_load(&a.rec, kind, path, &e) < 0) {
		f = finding_add(&c->found, "broken", check_path(c->plan,
		    path), EX_DATA);
		finding_why(f, "%s", e.msg);
		return;
	}
	a.media = a.rec.url && a.rec.sha256 &&
	    strcmp(node_str(a.rec.doc, "provider", ""), "file") != 0
	    ? asset_media_path(&a.rec, &e) : NULL;
	c->records++;
	if (a.media && file_exists(a.media)) {
		check_media(c, &a);
	} else if (a.media) {
		f = finding_add(&c->found, "missing", check_path(c->plan,
		    path), EX_DONE);
		finding_why(f, "%s is not in the folder; no film uses this "
		    "take", a.rec.url);
	}
	free(a.media);
	a.media = NULL;
	asset_state_release(&a);
}

void
check_strays(struct check *c)
{
	const struct project *p = &c->plan->project;
	struct strvec names = STRVEC_INIT;
	char *dir, *path;
	size_t i, k;

	for (i = 0; i < p->nr; i++) {
		dir = project_path(p, "scenes/%s", p->scene[i].dir);
		list_folder(dir, &names);
		for (k = 0; k < names.nr; k++) {
			if (strcmp(path_extension(names.v[k]), "json") != 0)
				continue;
			path = xasprintf("%s/%s", dir, names.v[k]);
			if (!is_surveyed(c->plan, i, path))
				check_stray(c, path, strncmp(names.v[k],
				    "audio", 5) ? RECORD_IMAGE : RECORD_AUDIO);
			free(path);
		}
		strvec_release(&names);
		free(dir);
	}
}

static void
verify(struct check *c, const char *digest, const char *who)
{
	struct err e = ERR_INIT;
	struct finding *f;
	int ret = object_verify(digest, &e);
	char *path;

	c->objects += ret != 0;
	if (ret >= 0)
		return;
	path = object_path(digest, "");
	f = finding_add(&c->found, "rotten", path, EX_DATA);
	finding_why(f, "the store's reply to %s is not what it was",
	    *who == '~' ? "a request of another project" : who);
	finding_cure(f, "studio doctor --fix puts it aside");
	free(path);
}

void
check_replies(struct check *c, int all)
{
	struct err e = ERR_INIT;
	struct ledger l;
	struct stock s;
	struct finding *f;
	char last[SHA256_HEX] = "", *who;
	size_t i;

	if (ledger_read(&c->plan->project, &l, &e) < 0) {
		f = finding_add(&c->found, "broken", "ledger", EX_DATA);
		finding_why(f, "%s", e.msg);
	} else {
		for (i = 0; i < l.nr; i++) {
			who = xasprintf("the ledger's %s", l.entry[i].what);
			add_reply(c, l.entry[i].request, who);
			free(who);
		}
		ledger_release(&l);
	}
	if (all && stock_read(&s, &e) < 0)
		die_err(&e);
	for (i = 0; all && i < s.nr; i++)
		if (s.item[i].shelf == STOCK_OBJECTS)
			add_reply(c, s.item[i].digest, "~"); /* last */
	if (all)
		stock_release(&s);
	strvec_sort(&c->replies);
	for (i = 0; i < c->replies.nr; i++) {
		who = c->replies.v[i];
		if (!strncmp(who, last, 64))
			continue;
		memcpy(last, who, 64);
		last[64] = '\0';
		verify(c, last, check_path(c->plan, who + 65));
	}
}
