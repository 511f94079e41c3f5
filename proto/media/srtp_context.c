/* libsrtp: see srtp_context.h. */
#include "proto/media/srtp_context.h"

#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <string.h>

#include "proto/media/refusal.h"
#include "proto/media/srtp_sender.h"

static pthread_once_t library_once = PTHREAD_ONCE_INIT;
static srtp_err_status_t library_status;

/* Never shut down: srtp_shutdown would break another user of the library in the process. */
static void start_library(void)
{
	library_status = srtp_init();
}

static int create_session(
	srtp_t *ret_session, const struct media_key *key, enum media_direction direction)
{
	srtp_policy_t policy;
	memset(&policy, 0, sizeof(policy));
	srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtp);
	srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtcp);
	struct media_key copy = *key; /* the policy wants a pointer to non-const */
	policy.key = copy.bytes;
	policy.ssrc.type = direction == MEDIA_INBOUND ? ssrc_any_inbound : ssrc_any_outbound;
	policy.window_size = MEDIA_WINDOW;
	int r = media_crypto_result(srtp_create(ret_session, &policy));
	media_key_wipe(&copy);
	return r;
}

int media_start(void)
{
	pthread_once(&library_once, start_library);
	return library_status == srtp_err_status_ok ? 0 : -EIO;
}

int media_crypto_init(
	struct media_crypto *crypto, const struct media_key *key, enum media_direction direction)
{
	*crypto = (struct media_crypto){NULL, NULL};
	int r = media_start();
	if (r < 0) {
		return r;
	}
	r = create_session(&crypto->rtp, key, direction);
	if (r == 0) {
		r = create_session(&crypto->rtcp, key, direction);
	}
	if (r != 0) {
		media_crypto_finish(crypto);
		return r < 0 ? r : -EIO;
	}
	return 0;
}

void media_crypto_finish(struct media_crypto *crypto)
{
	if (crypto->rtp) {
		srtp_dealloc(crypto->rtp);
	}
	if (crypto->rtcp) {
		srtp_dealloc(crypto->rtcp);
	}
	*crypto = (struct media_crypto){NULL, NULL};
}

void media_crypto_forget(struct media_crypto *crypto, uint32_t ssrc)
{
	srtp_remove_stream(crypto->rtp, htonl(ssrc));
}

void media_crypto_forget_rtcp(struct media_crypto *crypto, uint32_t ssrc)
{
	srtp_remove_stream(crypto->rtcp, htonl(ssrc));
}

int media_crypto_result(srtp_err_status_t status)
{
	if (status == srtp_err_status_ok) {
		return 0;
	}
	/* cant_check: an SRTCP packet marked as unencrypted. */
	if (status == srtp_err_status_auth_fail || status == srtp_err_status_cipher_fail ||
		status == srtp_err_status_cant_check) {
		return MEDIA_UNAUTHENTIC;
	}
	if (status == srtp_err_status_replay_fail) {
		return MEDIA_REPLAYED;
	}
	if (status == srtp_err_status_replay_old) {
		return MEDIA_STALE;
	}
	if (status == srtp_err_status_bad_param || status == srtp_err_status_parse_err) {
		return MEDIA_MALFORMED;
	}
	if (status == srtp_err_status_key_expired) {
		return MEDIA_EXHAUSTED;
	}
	return status == srtp_err_status_alloc_fail ? -ENOMEM : -EIO;
}
