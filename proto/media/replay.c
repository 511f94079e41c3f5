/* Replay protection of one stream: see replay.h. */
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

static struct media_replay_page *find_mutable(struct media_replay *replay, uint32_t page)
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

/* True if the stream's position is certain. Until then any packet might be a stray. */
static bool is_settled(const struct media_replay *replay)
{
	return replay->n_current >= MEDIA_REPLAY_RUN;
}

static bool is_active(const struct media_replay *replay, int64_t now_us)
{
	const struct media_replay_page *current = find(replay, replay->current);
	return is_settled(replay) && current &&
	       now_us - current->received_us < MEDIA_REPLAY_SILENT_US;
}

static int check_open(const struct media_replay *replay, const struct media_replay_config *config,
	uint32_t page, int64_t now_us)
{
	int64_t paid_us = now_us + (MEDIA_REPLAY_BURST - 1) * config->open_us;
	if (page > replay->current && page - replay->current > config->step &&
		is_active(replay, now_us)) {
		return MEDIA_AHEAD;
	}
	return replay->opening_us > paid_us ? MEDIA_AHEAD : 0;
}

int media_replay_check(const struct media_replay *replay, const struct media_replay_config *config,
	uint32_t page, uint32_t position, int64_t now_us)
{
	const struct media_replay_page *found = find(replay, page);
	if (!replay->started) {
		return 0;
	}
	if (page < replay->floor) {
		return MEDIA_STALE;
	}
	if (!found) {
		return check_open(replay, config, page, now_us);
	}
	if (found->seen[position / 8] >> position % 8 & 1) {
		return MEDIA_REPLAYED;
	}
	bool jumps = page == replay->current && position > found->tip + config->leap;
	return jumps && is_active(replay, now_us) ? MEDIA_AHEAD : 0;
}

static void close_page(struct media_replay *replay, struct media_replay_page *page,
	struct media_replay_dropped *dropped)
{
	dropped->pages[dropped->n++] = page->page;
	free(page->seen);
	*page = replay->pages[--replay->n_pages];
}

static void raise_floor(
	struct media_replay *replay, uint32_t floor, struct media_replay_dropped *dropped)
{
	if (floor <= replay->floor) {
		return;
	}
	replay->floor = floor;
	for (size_t i = replay->n_pages; i-- > 0;) {
		if (replay->pages[i].page < floor) {
			close_page(replay, &replay->pages[i], dropped);
		}
	}
}

static bool is_dropped_first(const struct media_replay *replay, const struct media_replay_page *a,
	const struct media_replay_page *b)
{
	bool behind = a->page < replay->current;
	if (behind != (b->page < replay->current)) {
		return behind;
	}
	return a->received_us < b->received_us;
}

/*
 * Pages behind the current one are dropped first. A page dropped ahead of it was never the
 * stream's.
 */
static void make_room(struct media_replay *replay, struct media_replay_dropped *dropped)
{
	struct media_replay_page *victim = NULL;
	for (size_t i = 0; i < replay->n_pages; i++) {
		struct media_replay_page *page = &replay->pages[i];
		if (page->page != replay->current &&
			(!victim || is_dropped_first(replay, page, victim))) {
			victim = page;
		}
	}
	if (victim->page < replay->current) {
		raise_floor(replay, victim->page + 1, dropped);
	} else {
		close_page(replay, victim, dropped);
	}
}

static int open_page(struct media_replay *replay, const struct media_replay_config *config,
	uint32_t page, int64_t now_us, struct media_replay_dropped *dropped)
{
	uint8_t *seen = calloc(1, config->positions / 8);
	if (!seen) {
		return -ENOMEM;
	}
	if (replay->n_pages == MEDIA_REPLAY_PAGES) {
		make_room(replay, dropped);
	}
	replay->pages[replay->n_pages++] = (struct media_replay_page){
		.page = page, .opened_us = now_us, .received_us = now_us, .seen = seen};
	if (!replay->started || (!is_settled(replay) && page > replay->current)) {
		replay->current = page;
		replay->n_current = 0;
	}
	if (replay->started) {
		int64_t from_us = replay->opening_us > now_us ? replay->opening_us : now_us;
		replay->opening_us = from_us + config->open_us;
	}
	replay->started = true;
	return 0;
}

/* Follows the stream to another page; a few stray packets do not move it. */
static void follow(struct media_replay *replay, uint32_t page)
{
	if (page == replay->current) {
		replay->n_current += replay->n_current < MEDIA_REPLAY_RUN;
		replay->n_candidate = 0;
		return;
	}
	replay->n_candidate = page == replay->candidate ? replay->n_candidate + 1 : 1;
	replay->candidate = page;
	if (replay->n_candidate >= MEDIA_REPLAY_RUN) {
		replay->current = page;
		replay->n_current = MEDIA_REPLAY_RUN;
		replay->n_candidate = 0;
	}
}

int media_replay_note(struct media_replay *replay, const struct media_replay_config *config,
	uint32_t page, uint32_t position, int64_t now_us, struct media_replay_dropped *ret_dropped)
{
	ret_dropped->n = 0;
	if (!find(replay, page)) {
		int r = open_page(replay, config, page, now_us, ret_dropped);
		if (r != 0) {
			return r;
		}
	}
	struct media_replay_page *of = find_mutable(replay, page);
	of->seen[position / 8] |= (uint8_t)(1U << position % 8);
	of->tip = position > of->tip ? position : of->tip;
	of->received_us = now_us;
	bool known = is_settled(replay);
	follow(replay, page);
	if (!known && is_settled(replay) && replay->current > 0) {
		/* One page back stays open: the first packet may have overtaken a wrap. */
		raise_floor(replay, replay->current - 1, ret_dropped);
	}
	const struct media_replay_page *current = find(replay, replay->current);
	if (config->lifetime_us > 0 && is_settled(replay) && current &&
		now_us - current->opened_us >= config->lifetime_us) {
		raise_floor(replay, replay->current, ret_dropped);
	}
	return 0;
}
