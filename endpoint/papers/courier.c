#include "endpoint/papers/courier.h"

#include <errno.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bounds.h"
#include "endpoint/papers/centre_http.h"
#include "endpoint/papers/paper_upload.h"
#include "http_msg.h"
#include "text_copy.h"

enum { PATH_ROOM = 256 };

#define KEPT "to-centre"

struct handed {
	struct own_handout own;
	uint64_t here; /* bytes */
	bool opened;
	enum receipt told; /* to the centre, since it said last what it knows */
};

/* A file for the centre; size 0: none. */
struct bringing {
	struct kept_paper paper;
	uint64_t sent;
	enum refusal refusal; /* the centre has not taken it, and it is kept no longer */
};

struct courier {
	struct centre_http *http;
	char folder[HANDED_FILE_PATH_SIZE], kept[KEPT_PAPER_PATH_SIZE];
	GThread *thread;
	GMutex lock; /* of all that follows */
	GCond woken;
	bool works, stops, hurries;
	bool knows; /* the centre has said what it has */
	struct handed handed[PANEL_PAPERS_HANDOUTS_MAX];
	size_t n_handed;
	struct own_document owed[PANEL_PAPERS_OWED_MAX];
	struct bringing bringings[PANEL_PAPERS_OWED_MAX]; /* of the document at the same place */
	size_t n_owed;
	struct handed *coming; /* the one that is fetched now */
	struct bringing *going;
	uint64_t from; /* where what comes now began */
};

/* ---- what the centre has ---- */

static struct handed *find_handed(struct courier *courier, const char *handout)
{
	for (size_t i = 0; i < courier->n_handed; i++) {
		if (strcmp(courier->handed[i].own.handout, handout) == 0) {
			return &courier->handed[i];
		}
	}
	return NULL;
}

static int find_owed(const struct courier *courier, const char *document)
{
	for (size_t i = 0; i < courier->n_owed; i++) {
		if (strcmp(courier->owed[i].document, document) == 0) {
			return (int)i;
		}
	}
	return -1;
}

static void take_handouts(struct courier *courier, const struct site_papers *papers)
{
	static struct handed next[PANEL_PAPERS_HANDOUTS_MAX]; /* of the one thread */
	const char *digests[PANEL_PAPERS_HANDOUTS_MAX];
	memset(next, 0, sizeof(next));
	for (size_t i = 0; i < papers->n_handouts; i++) {
		const struct own_handout *own = &papers->handouts[i];
		const struct handed *before = find_handed(courier, own->handout);
		next[i].own = *own;
		next[i].here = handed_file_size(courier->folder, own->file.digest, own->file.size);
		next[i].opened = own->receipt == RECEIPT_OPENED || (before && before->opened);
		digests[i] = own->file.digest;
	}
	memcpy(courier->handed, next, sizeof(next));
	courier->n_handed = papers->n_handouts;
	handed_files_keep(courier->folder, digests, papers->n_handouts);
}

static void take_owed(struct courier *courier, const struct site_papers *papers)
{
	static struct bringing next[PANEL_PAPERS_OWED_MAX]; /* of the one thread */
	size_t n = papers->n_documents < PANEL_PAPERS_OWED_MAX ? papers->n_documents
							       : PANEL_PAPERS_OWED_MAX;
	memset(next, 0, sizeof(next));
	for (size_t i = 0; i < n; i++) {
		int at = find_owed(courier, papers->documents[i].document);
		next[i] = at >= 0 ? courier->bringings[at] : next[i];
	}
	memcpy(courier->bringings, next, sizeof(next));
	memcpy(courier->owed, papers->documents, n * sizeof(*courier->owed));
	courier->n_owed = n;
}

/* What an earlier run of this program had not yet brought. */
static void take_kept(struct courier *courier)
{
	struct kept_paper list[PANEL_PAPERS_OWED_MAX];
	size_t n = kept_papers_list(courier->kept, list, PANEL_PAPERS_OWED_MAX);
	for (size_t i = 0; i < n; i++) {
		int at = find_owed(courier, list[i].document);
		if (at >= 0) {
			courier->bringings[at] = (struct bringing){.paper = list[i]};
		}
	}
}

/* 0, or why the centre could not be asked. */
static int look(struct courier *courier)
{
	struct msg_text answer = {0};
	struct msg_arena arena = {0};
	struct site_papers papers;
	int r = centre_http_get(courier->http, "/api/v1/papers", &answer);
	if (r == CENTRE_HTTP_OK) {
		r = msg_decode(&msg_site_papers, answer.data, answer.len, &arena, &papers, NULL);
		r = r > 0 ? -EBADMSG : r;
	} else {
		r = r < 0 ? r : -EBADMSG;
	}
	if (r == 0) {
		g_mutex_lock(&courier->lock);
		take_handouts(courier, &papers);
		take_owed(courier, &papers);
		if (!courier->knows) {
			take_kept(courier);
		}
		courier->knows = true;
		g_mutex_unlock(&courier->lock);
	}
	msg_arena_finish(&arena);
	msg_text_finish(&answer);
	return r;
}

/* ---- what is handed out ---- */

static void count_here(void *user, uint64_t bytes)
{
	struct courier *courier = user;
	g_mutex_lock(&courier->lock);
	courier->coming->here = courier->from + bytes;
	g_mutex_unlock(&courier->lock);
}

static int fetch_rest(struct courier *courier, const struct meeting_file *file)
{
	const struct centre_http_progress progress = {.on_bytes = count_here, .user = courier};
	char path[PATH_ROOM];
	FILE *to;
	int r = handed_file_open(courier->folder, file->digest, &to, &courier->from);
	if (r != 0) {
		return r;
	}
	snprintf(path, sizeof(path), "/api/v1/files?digest=%s", file->digest);
	if (courier->from < file->size) {
		r = centre_http_fetch(courier->http, path, courier->from, to, &progress);
		r = r == CENTRE_HTTP_OK || r == CENTRE_HTTP_PARTIAL ? 0 : r < 0 ? r : -EBADMSG;
	}
	if (fclose(to) != 0) {
		r = -EIO;
	}
	return r == 0 ? handed_file_finish(courier->folder, file->digest) : r;
}

/* The first failure ends the round: the next begins with what the centre has then. */
static int fetch_all(struct courier *courier)
{
	int r = 0;
	for (size_t i = 0; i < courier->n_handed && r == 0; i++) {
		struct handed *handed = &courier->handed[i];
		if (handed_file_is_here(courier->folder, handed->own.file.digest)) {
			continue;
		}
		courier->coming = handed;
		r = g_mkdir_with_parents(courier->folder, 0700) == 0
			    ? fetch_rest(courier, &handed->own.file)
			    : -errno;
		g_mutex_lock(&courier->lock);
		handed->here = r == 0 ? handed->own.file.size : handed->here;
		g_mutex_unlock(&courier->lock);
	}
	return r;
}

/* ---- what is owed ---- */

static void count_sent(void *user, uint64_t sent)
{
	struct courier *courier = user;
	g_mutex_lock(&courier->lock);
	courier->going->sent = sent;
	g_mutex_unlock(&courier->lock);
}

/* People may have given another file meanwhile. */
static bool is_same(const struct bringing *bringing, const struct kept_paper *paper)
{
	return strcmp(bringing->paper.name, paper->name) == 0 &&
	       bringing->paper.size == paper->size &&
	       (!bringing->paper.has_upload || strcmp(bringing->paper.upload, paper->upload) == 0);
}

static int note_upload(void *user, const struct kept_paper *paper)
{
	struct courier *courier = user;
	g_mutex_lock(&courier->lock);
	int r = is_same(courier->going, paper) ? kept_paper_note(courier->kept, paper) : -ESTALE;
	g_mutex_unlock(&courier->lock);
	return r;
}

static int bring(struct courier *courier, struct kept_paper *paper)
{
	const struct paper_upload upload = {.http = courier->http,
		.paper = paper,
		.on_number = note_upload,
		.on_sent = count_sent,
		.user = courier};
	FILE *file;
	int r = kept_paper_open(courier->kept, paper->document, &file);
	if (r == 0) {
		r = paper_upload_bring(&upload, file);
		fclose(file);
	}
	return r;
}

/* Another file that was given meanwhile stays. */
static void settle(
	struct courier *courier, struct bringing *bringing, const struct kept_paper *brought, int r)
{
	g_mutex_lock(&courier->lock);
	bool same = is_same(bringing, brought);
	if (same && r >= 0) {
		kept_paper_drop(courier->kept, brought->document);
		bringing->refusal = r > 0 ? (enum refusal)r : REFUSAL_UNSET;
		bringing->paper.size = r > 0 ? brought->size : 0;
		bringing->sent = 0;
	} else if (same) {
		bringing->paper = *brought;
	}
	courier->hurries |= same && r == 0; /* the centre's list says what has come */
	g_mutex_unlock(&courier->lock);
}

static int bring_all(struct courier *courier)
{
	int r = 0;
	for (size_t i = 0; i < courier->n_owed && r >= 0; i++) {
		struct bringing *bringing = &courier->bringings[i];
		g_mutex_lock(&courier->lock);
		struct kept_paper paper = bringing->paper;
		bool waits = paper.size > 0 && bringing->refusal == REFUSAL_UNSET;
		g_mutex_unlock(&courier->lock);
		if (waits) {
			courier->going = bringing;
			r = bring(courier, &paper);
			settle(courier, bringing, &paper, r);
		}
	}
	return r < 0 ? r : 0;
}

/* ---- the thread ---- */

/* False: it stops. */
static bool wait_until(struct courier *courier, int64_t due_us)
{
	g_mutex_lock(&courier->lock);
	bool due = false;
	while (!courier->stops && !(courier->works && (courier->hurries || due))) {
		if (!courier->works) {
			g_cond_wait(&courier->woken, &courier->lock);
		} else {
			due = !g_cond_wait_until(&courier->woken, &courier->lock, due_us);
		}
	}
	courier->hurries = false;
	bool stops = courier->stops;
	g_mutex_unlock(&courier->lock);
	return !stops;
}

static gpointer work(gpointer user)
{
	struct courier *courier = user;
	int64_t due_us = g_get_monotonic_time();
	while (wait_until(courier, due_us)) {
		int r = look(courier);
		r = r == 0 ? bring_all(courier) : r;
		r = r == 0 ? fetch_all(courier) : r;
		due_us =
			g_get_monotonic_time() +
			(r == 0 ? PAPERS_LOOK_SPAN_MS : COURIER_AGAIN_MS) * G_TIME_SPAN_MILLISECOND;
	}
	return NULL;
}

int courier_create(const struct join *join, const char *folder, struct courier **ret_courier)
{
	struct courier *courier = calloc(1, sizeof(*courier));
	if (!courier) {
		return -ENOMEM;
	}
	bool fits = TEXT_COPY(courier->folder, folder);
	int length = snprintf(courier->kept, sizeof(courier->kept), "%s/" KEPT, folder);
	fits = fits && length > 0 && (size_t)length < sizeof(courier->kept);
	int r = fits ? centre_http_create(join, &courier->http) : -ENAMETOOLONG;
	if (r != 0) {
		free(courier);
		return r;
	}
	g_mutex_init(&courier->lock);
	g_cond_init(&courier->woken);
	courier->thread = g_thread_new("courier", work, courier);
	*ret_courier = courier;
	return 0;
}

void courier_destroy(struct courier *courier)
{
	if (!courier) {
		return;
	}
	centre_http_cancel(courier->http);
	g_mutex_lock(&courier->lock);
	courier->stops = true;
	g_cond_signal(&courier->woken);
	g_mutex_unlock(&courier->lock);
	g_thread_join(courier->thread);
	centre_http_destroy(courier->http);
	g_mutex_clear(&courier->lock);
	g_cond_clear(&courier->woken);
	free(courier);
}

void courier_let(struct courier *courier, bool works)
{
	g_mutex_lock(&courier->lock);
	if (works != courier->works) {
		courier->works = courier->hurries = works;
		g_cond_signal(&courier->woken);
	}
	g_mutex_unlock(&courier->lock);
}

/* ---- for the program ---- */

static void show_handed(const struct handed *handed, struct panel_handout *ret_shown)
{
	*ret_shown = (struct panel_handout){
		.file = handed->own.file, .here = handed->here, .opened = handed->opened};
	TEXT_COPY(ret_shown->handout, handed->own.handout);
	TEXT_COPY(ret_shown->title, handed->own.title);
}

static void show_owed(const struct own_document *owed, const struct bringing *bringing,
	struct panel_owed *ret_shown)
{
	*ret_shown = (struct panel_owed){.has_due = owed->has_due,
		.has_file = owed->has_file,
		.file = owed->file,
		.has_wall = owed->has_wall,
		.wall = owed->wall,
		.has_bringing = bringing->paper.size > 0};
	TEXT_COPY(ret_shown->document, owed->document);
	TEXT_COPY(ret_shown->title, owed->title);
	TEXT_COPY(ret_shown->due, owed->due);
	if (ret_shown->has_bringing) {
		TEXT_COPY(ret_shown->bringing.name, bringing->paper.name);
		ret_shown->bringing.size = bringing->paper.size;
		ret_shown->bringing.sent = bringing->sent;
		ret_shown->bringing.has_refusal = bringing->refusal != REFUSAL_UNSET;
		ret_shown->bringing.refusal = bringing->refusal;
	}
}

bool courier_show(
	struct courier *courier, struct courier_shelf *shelf, struct panel_papers *ret_papers)
{
	g_mutex_lock(&courier->lock);
	bool knows = courier->knows;
	for (size_t i = 0; i < courier->n_handed; i++) {
		show_handed(&courier->handed[i], &shelf->handouts[i]);
	}
	for (size_t i = 0; i < courier->n_owed; i++) {
		show_owed(&courier->owed[i], &courier->bringings[i], &shelf->owed[i]);
	}
	*ret_papers = (struct panel_papers){.handouts = shelf->handouts,
		.n_handouts = courier->n_handed,
		.owed = shelf->owed,
		.n_owed = courier->n_owed};
	g_mutex_unlock(&courier->lock);
	return knows;
}

static enum receipt reached(const struct handed *handed)
{
	if (handed->here < handed->own.file.size) {
		return RECEIPT_OFFERED;
	}
	return handed->opened ? RECEIPT_OPENED : RECEIPT_FETCHED;
}

bool courier_receipt(
	struct courier *courier, char handout[HANDOUT_ID_SIZE], enum receipt *ret_receipt)
{
	bool found = false;
	g_mutex_lock(&courier->lock);
	for (size_t i = 0; i < courier->n_handed && !found; i++) {
		struct handed *handed = &courier->handed[i];
		enum receipt now = reached(handed);
		found = now > handed->own.receipt && now > handed->told;
		if (found) {
			handed->told = now;
			text_copy(handout, HANDOUT_ID_SIZE, handed->own.handout);
			*ret_receipt = now;
		}
	}
	g_mutex_unlock(&courier->lock);
	return found;
}

int courier_open(struct courier *courier, const char *digest, char path[HANDED_FILE_PATH_SIZE],
	char name[DISPLAY_NAME_SIZE])
{
	int r = -ENOENT;
	g_mutex_lock(&courier->lock);
	for (size_t i = 0; i < courier->n_handed; i++) {
		struct handed *handed = &courier->handed[i];
		if (strcmp(handed->own.file.digest, digest) == 0 &&
			handed_file_is_here(courier->folder, digest)) {
			handed->opened = true;
			text_copy(name, DISPLAY_NAME_SIZE, handed->own.file.name);
			r = handed_file_path(courier->folder, digest, path);
		}
	}
	g_mutex_unlock(&courier->lock);
	return r;
}

/* ---- from the page ---- */

int courier_begin(
	struct courier *courier, const struct kept_paper *paper, struct courier_coming *ret_coming)
{
	g_mutex_lock(&courier->lock);
	bool owed = find_owed(courier, paper->document) >= 0;
	g_mutex_unlock(&courier->lock);
	if (!owed) {
		return REFUSAL_NOT_FOUND;
	}
	if (paper->size > PAPER_SIZE_MAX) {
		return REFUSAL_TOO_LARGE;
	}
	ret_coming->paper = *paper;
	ret_coming->paper.has_upload = false; /* the centre's to give */
	int r = kept_paper_begin(courier->kept, &ret_coming->file, ret_coming->path);
	return r == 0 ? 0 : REFUSAL_STORAGE;
}

void courier_give_up(struct courier_coming *coming)
{
	if (coming->file) {
		fclose(coming->file);
		coming->file = NULL;
		unlink(coming->path);
	}
}

int courier_keep(struct courier *courier, struct courier_coming *coming)
{
	bool whole = fflush(coming->file) == 0 && fsync(fileno(coming->file)) == 0;
	if (!whole) {
		courier_give_up(coming);
		return REFUSAL_STORAGE;
	}
	fclose(coming->file);
	coming->file = NULL;
	g_mutex_lock(&courier->lock);
	int at = find_owed(courier, coming->paper.document);
	int r = at < 0 ? REFUSAL_NOT_FOUND : 0;
	if (r == 0 && kept_paper_finish(courier->kept, &coming->paper, coming->path) != 0) {
		r = REFUSAL_STORAGE;
	}
	if (r == 0) {
		courier->bringings[at] = (struct bringing){.paper = coming->paper};
		courier->hurries = true;
		g_cond_signal(&courier->woken);
	} else {
		unlink(coming->path);
	}
	g_mutex_unlock(&courier->lock);
	return r;
}
