/*
 * What the files of the session machine share: session.c (desired state), session_commands.c
 * (commands and the page's requests), session_status.c (what is reported and shown, and the time).
 */
#ifndef DIEMCAU_ENDPOINT_SESSION_PRIVATE_H
#define DIEMCAU_ENDPOINT_SESSION_PRIVATE_H

#include "endpoint/session.h"
#include "text_copy.h"

/* One more action at the end of the list, to be filled in. */
struct ep_action *session_add_action(struct ep_actions *actions, enum ep_action_kind kind);

/* A command of that name waits for its answer. */
bool session_awaits(const struct ep_session *session, enum command_name name);

/* Send again whatever waits for an answer, under the same ids. */
void session_resend(const struct ep_session *session, struct ep_actions *actions);

/* Command that tells the centre how the local switch stands. 0 or REFUSAL_LIMIT. */
int session_send_mute(struct ep_session *session, struct ep_actions *actions);

/* Open or close the voice as desired state and local switch want it. */
void session_update_voice(const struct ep_session *session, struct ep_actions *actions);

/* The server's time was server_ms between sent_ms and now_ms of the local clock. */
void session_add_time_sample(
	struct ep_session *session, int64_t server_ms, int64_t sent_ms, int64_t now_ms);

#endif
