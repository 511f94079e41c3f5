/*
 * Records which packet was sealed under which nonce, over the life of the program: one (key, SSRC,
 * index) never seals two different packets (RFC 3711 section 9.1, RFC 7714 section 8). A
 * retransmission repeats the bytes, and the same packet reaches many receivers: neither is reuse.
 *
 * It observes ciphertext only, so it does not depend on the sender's own account. In one epoch the
 * rollover counter is 0, so the index is the sequence number for RTP; for SRTCP it is in the
 * packet.
 */
#ifndef DIEMCAU_ENDPOINT_FLEET_NONCE_AUDIT_H
#define DIEMCAU_ENDPOINT_FLEET_NONCE_AUDIT_H

#include <stddef.h>
#include <stdint.h>

#include "proto/media/srtp_key.h"
#include "script_msg.h"

enum {
	NONCE_AUDIT_MAX = 8 * 1024 * 1024 /* records stored; later ones are counted as unrecorded */
};

struct nonce_audit;

/* 0 or -ENOMEM. */
int nonce_audit_create(struct nonce_audit **ret_nonces);
void nonce_audit_destroy(struct nonce_audit *nonces); /* takes NULL */

/* A datagram sealed under exactly this key. With nonces NULL nothing is recorded. */
void nonce_audit_sent(struct nonce_audit *nonces, const struct media_key *key,
	const uint8_t *datagram, size_t size);

/* A received datagram: under whichever of these keys opens it; ignored if none does. */
void nonce_audit_received(struct nonce_audit *nonces, const struct media_key *keys, size_t n_keys,
	const uint8_t *datagram, size_t size);

struct nonce_findings nonce_audit_findings(const struct nonce_audit *nonces);

#endif
