/*
 * What has been received of one stream under one key, so that nothing is taken twice, and so that
 * whoever else holds the key cannot make a receiver give up the stream with a few packets.
 *
 * A packet has a place: a page (the epoch of RTP; of SRTCP the high bits of its index) and an
 * offset in it. Every place of the pages held is remembered, so a leap far ahead costs what it left
 * behind nothing. Pages are given up for ever only behind the current one, the page that the stream
 * was last seen to go on in (MEDIA_REPLAY_RUN packets in a row); while that is alive, no page is
 * opened far ahead of it. Private to proto/media. Times in microseconds of any monotonic clock.
 */
#ifndef DIEMCAU_PROTO_MEDIA_REPLAY_H
#define DIEMCAU_PROTO_MEDIA_REPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum media_replay_limits {
	MEDIA_REPLAY_PAGES = 8, /* held at a time; the one unheard for longest makes room */
	MEDIA_REPLAY_RUN = 8, /* packets in a row in another page: the stream goes on there */
	MEDIA_REPLAY_BURST = 4, /* pages opened at once, then one in every open_us */
	MEDIA_REPLAY_QUIET_US = 1000000 /* a current page unheard for so long binds nobody */
};

/* How places are numbered. */
struct media_replay_config {
	uint32_t places; /* in a page; a multiple of 8 */
	uint32_t step; /* pages that a stream may go ahead at once while it is alive */
	uint32_t leap; /* places within its page, likewise */
	int64_t open_us;
	int64_t kept_us; /* pages behind the current one; 0: until there is no room */
};

struct media_replay_page {
	uint32_t page;
	uint32_t tip; /* the highest place seen */
	int64_t opened_us;
	int64_t heard_us;
	uint8_t *seen; /* a bit for each place; owned */
};

/* Zeroed is one of which nothing has been received. */
struct media_replay {
	bool begun;
	uint32_t floor; /* no page below it is taken any more */
	uint32_t current;
	uint32_t n_current; /* packets of it, up to MEDIA_REPLAY_RUN */
	uint32_t rival; /* another page that packets come of now */
	uint32_t n_rival; /* in a row */
	int64_t opening_us; /* when all openings so far are paid for */
	size_t n_pages;
	struct media_replay_page pages[MEDIA_REPLAY_PAGES];
};

/* Pages given up by media_replay_note, of which the crypto library may forget its part. */
struct media_replay_dropped {
	size_t n;
	uint32_t pages[MEDIA_REPLAY_PAGES];
};

void media_replay_finish(struct media_replay *replay);

/* May a packet of this place be genuine and new? 0, or MEDIA_REPLAYED, MEDIA_STALE, MEDIA_AHEAD. */
int media_replay_check(const struct media_replay *replay, const struct media_replay_config *form,
	uint32_t page, uint32_t place, int64_t now_us);

/* A packet that was so checked has proved genuine. 0 or -ENOMEM, and then it is not taken. */
int media_replay_note(struct media_replay *replay, const struct media_replay_config *form,
	uint32_t page, uint32_t place, int64_t now_us, struct media_replay_dropped *ret_gone);

/* The highest place seen in a page held; false: the page is not held. */
bool media_replay_tip(const struct media_replay *replay, uint32_t page, uint32_t *ret_tip);

#endif
