/* What has been received of one stream: see replay.h. */
#include "proto/media/replay.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "proto/media/refusal.h"

void media_replay_finish(struct media_replay *replay)
{
	while (replay->n_pages > 0) {
		free(replay->pages[--replay->n_pages].seen);
	}
}

static const struct media_replay_page *find(const struct media_replay *replay, uint32_t page)
{
	for (size_t i = 0; i < replay->n_pages; i++) {
		if (replay->pages[i].page == page) {
			return &replay->pages[i];
		}
	}
	return NULL;
}

static struct media_replay_page *held(struct media_replay *replay, uint32_t page)
{
	const struct media_replay_page *found = find(replay, page);
	return found ? &replay->pages[found - replay->pages] : NULL;
}

bool media_replay_tip(const struct media_replay *replay, uint32_t page, uint32_t *ret_tip)
{
	const struct media_replay_page *found = find(replay, page);
	*ret_tip = found ? found->tip : 0;
	return found;
}

/* It is known where the stream is. Before that, any packet might be the odd one. */
static bool settled(const struct media_replay *replay)
{
	return replay->n_current >= MEDIA_REPLAY_RUN;
}

static bool alive(const struct media_replay *replay, int64_t now_us)
{
	const struct media_replay_page *current = find(replay, replay->current);
	return settled(replay) && current && now_us - current->heard_us < MEDIA_REPLAY_QUIET_US;
}

static int may_open(const struct media_replay *replay, const struct media_replay_config *form,
	uint32_t page, int64_t now_us)
{
	int64_t paid_us = now_us + (MEDIA_REPLAY_BURST - 1) * form->open_us;
	if (page > replay->current && page - replay->current > form->step &&
		alive(replay, now_us)) {
		return MEDIA_AHEAD;
	}
	return replay->opening_us > paid_us ? MEDIA_AHEAD : 0;
}

int media_replay_check(const struct media_replay *replay, const struct media_replay_config *form,
	uint32_t page, uint32_t place, int64_t now_us)
{
	const struct media_replay_page *found = find(replay, page);
	if (!replay->begun) {
		return 0;
	}
	if (page < replay->floor) {
		return MEDIA_STALE;
	}
	if (!found) {
		return may_open(replay, form, page, now_us);
	}
	if (found->seen[place / 8] >> place % 8 & 1) {
		return MEDIA_REPLAYED;
	}
	bool leaps = page == replay->current && place > found->tip + form->leap;
	return leaps && alive(replay, now_us) ? MEDIA_AHEAD : 0;
}

static void give_up(struct media_replay *replay, struct media_replay_page *page,
	struct media_replay_dropped *gone)
{
	gone->pages[gone->n++] = page->page;
	free(page->seen);
	*page = replay->pages[--replay->n_pages];
}

static void raise_floor(
	struct media_replay *replay, uint32_t floor, struct media_replay_dropped *gone)
{
	if (floor <= replay->floor) {
		return;
	}
	replay->floor = floor;
	for (size_t i = replay->n_pages; i-- > 0;) {
		if (replay->pages[i].page < floor) {
			give_up(replay, &replay->pages[i], gone);
		}
	}
}

static bool goes_before(const struct media_replay *replay, const struct media_replay_page *a,
	const struct media_replay_page *b)
{
	bool behind = a->page < replay->current;
	if (behind != (b->page < replay->current)) {
		return behind;
	}
	return a->heard_us < b->heard_us;
}

/* What is behind goes first. What was given up ahead of the current page was never the stream's. */
static void make_room(struct media_replay *replay, struct media_replay_dropped *gone)
{
	struct media_replay_page *victim = NULL;
	for (size_t i = 0; i < replay->n_pages; i++) {
		struct media_replay_page *page = &replay->pages[i];
		if (page->page != replay->current &&
			(!victim || goes_before(replay, page, victim))) {
			victim = page;
		}
	}
	if (victim->page < replay->current) {
		raise_floor(replay, victim->page + 1, gone);
	} else {
		give_up(replay, victim, gone);
	}
}

static int open_page(struct media_replay *replay, const struct media_replay_config *form,
	uint32_t page, int64_t now_us, struct media_replay_dropped *gone)
{
	uint8_t *seen = calloc(1, form->places / 8);
	if (!seen) {
		return -ENOMEM;
	}
	if (replay->n_pages == MEDIA_REPLAY_PAGES) {
		make_room(replay, gone);
	}
	replay->pages[replay->n_pages++] = (struct media_replay_page){
		.page = page, .opened_us = now_us, .heard_us = now_us, .seen = seen};
	if (!replay->begun || (!settled(replay) && page > replay->current)) {
		replay->current = page;
		replay->n_current = 0;
	}
	if (replay->begun) {
		int64_t from_us = replay->opening_us > now_us ? replay->opening_us : now_us;
		replay->opening_us = from_us + form->open_us;
	}
	replay->begun = true;
	return 0;
}

/* Where is the stream? A few strays of another page do not move it. */
static void follow(struct media_replay *replay, uint32_t page)
{
	if (page == replay->current) {
		replay->n_current += replay->n_current < MEDIA_REPLAY_RUN;
		replay->n_rival = 0;
		return;
	}
	replay->n_rival = page == replay->rival ? replay->n_rival + 1 : 1;
	replay->rival = page;
	if (replay->n_rival >= MEDIA_REPLAY_RUN) {
		replay->current = page;
		replay->n_current = MEDIA_REPLAY_RUN;
		replay->n_rival = 0;
	}
}

int media_replay_note(struct media_replay *replay, const struct media_replay_config *form,
	uint32_t page, uint32_t place, int64_t now_us, struct media_replay_dropped *ret_gone)
{
	ret_gone->n = 0;
	if (!find(replay, page)) {
		int r = open_page(replay, form, page, now_us, ret_gone);
		if (r != 0) {
			return r;
		}
	}
	struct media_replay_page *of = held(replay, page);
	of->seen[place / 8] |= (uint8_t)(1U << place % 8);
	of->tip = place > of->tip ? place : of->tip;
	of->heard_us = now_us;
	bool known = settled(replay);
	follow(replay, page);
	if (!known && settled(replay) && replay->current > 0) {
		/* One page back stays open: the very first packet may have overtaken a wrap. */
		raise_floor(replay, replay->current - 1, ret_gone);
	}
	const struct media_replay_page *current = find(replay, replay->current);
	if (form->kept_us > 0 && settled(replay) && current &&
		now_us - current->opened_us >= form->kept_us) {
		raise_floor(replay, replay->current, ret_gone);
	}
	return 0;
}
