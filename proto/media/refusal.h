/*
 * Refusals of proto/media. Zero is success, a negative errno is a failure of this machine (no
 * memory, the crypto library), and these positive values are packets to reject: the caller counts
 * them and continues.
 */
#ifndef DIEMCAU_PROTO_MEDIA_REFUSAL_H
#define DIEMCAU_PROTO_MEDIA_REFUSAL_H

enum media_refusal {
	MEDIA_MALFORMED = 1, /* not a packet of the expected kind */
	MEDIA_NO_ROOM = 2, /* the caller's buffer is too small for the result */
	MEDIA_UNAUTHENTIC = 3, /* wrong key, or changed in transit */
	MEDIA_REPLAYED = 4, /* authentic, and already received (or sent) under this index */
	MEDIA_STALE = 5, /* of a closed epoch, or behind the replay window */
	MEDIA_EXHAUSTED = 6, /* every epoch of the key is used: a new key is needed */
	MEDIA_FULL = 7, /* more streams than MEDIA_STREAMS_MAX under one key */
	MEDIA_END = 8, /* no further packet */
	MEDIA_AHEAD = 9, /* of an epoch or number that an active stream cannot have reached */
	MEDIA_DISPLACED = 10 /* MEDIA_STALE or MEDIA_AHEAD, and yet sealed with the key */
};

#endif
