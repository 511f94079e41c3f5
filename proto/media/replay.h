/*
 * Replay protection of one stream under one key: no packet is accepted twice, and another holder of
 * the key cannot make a receiver give up the stream with a few packets.
 *
 * A packet has a position: a page (the epoch of RTP; the high bits of the index of SRTCP) and an
 * offset in it. Every position of the stored pages is remembered, so a jump far ahead does not
 * invalidate the positions behind it. Only pages behind the current one are closed for good; the
 * current page is the one in which the stream was last seen to continue (MEDIA_REPLAY_RUN packets
 * in a row). While the current page is active, no page is opened far ahead of it. Private to
 * proto/media. Times in microseconds of any monotonic clock.
 */
#ifndef DIEMCAU_PROTO_MEDIA_REPLAY_H
#define DIEMCAU_PROTO_MEDIA_REPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum media_replay_limits {
	MEDIA_REPLAY_PAGES = 8, /* stored at a time; the one idle for longest is replaced */
	MEDIA_REPLAY_RUN = 8, /* packets in a row in another page: the stream continues there */
	MEDIA_REPLAY_BURST = 4, /* pages opened at once, then one per open_us */
	MEDIA_REPLAY_SILENT_US = 1000000 /* after this silence the current page sets no limit */
};

/* How positions are numbered. */
struct media_replay_config {
	uint32_t positions; /* per page; a multiple of 8 */
	uint32_t step; /* pages that an active stream may advance at once */
	uint32_t leap; /* positions within its page, likewise */
	int64_t open_us;
	int64_t lifetime_us; /* lifetime of pages behind the current one; 0: until their room is
			      * needed */
};

struct media_replay_page {
	uint32_t page;
	uint32_t tip; /* the highest position seen */
	int64_t opened_us;
	int64_t received_us;
	uint8_t *seen; /* a bit per position; owned */
};

/* All bytes zero: nothing has been received. */
struct media_replay {
	bool started;
	uint32_t floor; /* pages below it are closed */
	uint32_t current;
	uint32_t n_current; /* packets in it, up to MEDIA_REPLAY_RUN */
	uint32_t candidate; /* another page that recent packets belong to */
	uint32_t n_candidate; /* in a row */
	int64_t opening_us; /* when the token bucket of page openings is full again */
	size_t n_pages;
	struct media_replay_page pages[MEDIA_REPLAY_PAGES];
};

/* Pages closed by media_replay_note, whose state in the crypto library may be freed. */
struct media_replay_dropped {
	size_t n;
	uint32_t pages[MEDIA_REPLAY_PAGES];
};

void media_replay_finish(struct media_replay *replay);

/*
 * Checks whether a packet at this position may be genuine and new. 0, or MEDIA_REPLAYED,
 * MEDIA_STALE, MEDIA_AHEAD.
 */
int media_replay_check(const struct media_replay *replay, const struct media_replay_config *config,
	uint32_t page, uint32_t position, int64_t now_us);

/* Records a checked packet that has proved authentic. 0, or -ENOMEM: the packet must be refused. */
int media_replay_note(struct media_replay *replay, const struct media_replay_config *config,
	uint32_t page, uint32_t position, int64_t now_us, struct media_replay_dropped *ret_dropped);

/* The highest position seen in a page; false: the page is not stored. */
bool media_replay_tip(const struct media_replay *replay, uint32_t page, uint32_t *ret_tip);

#endif
