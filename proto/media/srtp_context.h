/*
 * libsrtp, as proto/media uses it; private to this folder.
 *
 * A media_crypto is one key with two libsrtp sessions. RTP and RTCP are separate because streams of
 * RTP are removed with their epoch, and removing one must not reset an SRTCP index to zero.
 */
#ifndef DIEMCAU_PROTO_MEDIA_SRTP_CONTEXT_H
#define DIEMCAU_PROTO_MEDIA_SRTP_CONTEXT_H

#include <srtp2/srtp.h>
#include <stdint.h>

#include "proto/media/srtp_key.h"

enum media_direction { MEDIA_INBOUND = 1, MEDIA_OUTBOUND };

struct media_crypto {
	srtp_t rtp;
	srtp_t rtcp;
};

/* -ENOMEM or -EIO. The library itself is started once per process, from any thread. */
int media_crypto_init(
	struct media_crypto *crypto, const struct media_key *key, enum media_direction direction);

/* Takes one of all zero bytes. */
void media_crypto_finish(struct media_crypto *crypto);

/* Removes the RTP stream of one epoch, if it exists. */
void media_crypto_forget(struct media_crypto *crypto, uint32_t ssrc);

/* Removes the stream of one RTCP sender, if it exists. */
void media_crypto_forget_rtcp(struct media_crypto *crypto, uint32_t ssrc);

/* libsrtp's status as 0, a refusal of refusal.h, or a negative errno. */
int media_crypto_result(srtp_err_status_t status);

#endif
