/* What the relay asks of addresses, to be answered from there: sites without answers get nothing.
 */
#ifndef DIEMCAU_TESTS_FUZZ_ANSWERS_H
#define DIEMCAU_TESTS_FUZZ_ANSWERS_H

#include <string.h>

#include "coordinator/relay/socket_address.h"
#include "proto/media/rtcp.h"
#include "proto/media/rtp.h"
#include "proto/media/srtp_receiver.h"
#include "proto/media/ssrc.h"

enum { ANSWERS_MAX = 8, ANSWERS_DATAGRAM = 2048 };

struct reply {
	struct rly_address from;
	uint16_t number; /* of the site */
	uint64_t token;
};

struct reply_cache {
	size_t n; /* the first ANSWERS_MAX are kept */
	struct reply due[ANSWERS_MAX];
};

/* Takes what the relay sends to one address. True: it is a challenge, kept to be answered. */
static inline bool answers_note(struct reply_cache *answers, struct media_receiver *group,
	const struct rly_address *to, const void *data, size_t size, int64_t now_us)
{
	_Alignas(8) uint8_t copy[ANSWERS_DATAGRAM];
	struct rtcp_message message;
	if (size > sizeof(copy)) {
		return false;
	}
	memcpy(copy, data, size);
	if (!rtp_is_rtcp(copy, size) || media_receiver_rtcp(group, copy, &size, now_us) != 0) {
		return false;
	}
	struct rtcp_reader reader = {copy, size, 0};
	while (rtcp_next(&reader, &message) == 0) {
		if (message.kind == RTCP_PATH_CHALLENGE) {
			if (answers->n < ANSWERS_MAX) {
				answers->due[answers->n++] = (struct reply){*to,
					media_stream_site(media_stream_of(message.media)),
					message.token};
			}
			return true;
		}
	}
	return false;
}

/* Writes one; the compound is to be protected by the site's sender. Returns its size. */
static inline size_t answers_write(const struct reply *answer, uint8_t *data, size_t capacity)
{
	struct rtcp_writer writer = {data, capacity, 0};
	rtcp_put_path_response(&writer, media_feedback_ssrc(answer->number, MEDIA_SLOT_NONE),
		MEDIA_RELAY_STREAM, answer->token);
	return writer.size;
}

#endif
