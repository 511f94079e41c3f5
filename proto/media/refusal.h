/*
 * What proto/media refuses. Zero is success, a negative errno is a fault of this machine (no
 * memory, the crypto library failing), and these positive values are what the world may send us:
 * the caller counts them and goes on.
 */
#ifndef DIEMCAU_PROTO_MEDIA_REFUSAL_H
#define DIEMCAU_PROTO_MEDIA_REFUSAL_H

enum media_refusal {
	MEDIA_MALFORMED = 1, /* not a packet of the kind asked for */
	MEDIA_NO_ROOM = 2, /* the buffer handed in is too small for the result */
	MEDIA_UNAUTHENTIC = 3, /* wrong key, or changed on the way */
	MEDIA_REPLAYED = 4, /* authentic, and already seen (or sent) under this index */
	MEDIA_STALE = 5, /* of an epoch that has been given up, or behind the replay window */
	MEDIA_EXHAUSTED = 6, /* every epoch of the key has been used: a new key is needed */
	MEDIA_FULL = 7, /* more streams than MEDIA_STREAMS_MAX under one key */
	MEDIA_END = 8, /* nothing more to read */
	MEDIA_AHEAD = 9, /* of an epoch or number that a living stream cannot have come to */
	MEDIA_DISPLACED = 10 /* MEDIA_STALE or MEDIA_AHEAD, and yet sealed with the key */
};

#endif
