/*
 * Shared by the files of the session: session.c (desired state), session_commands.c (commands and
 * the page's requests), session_status.c (report, page state, time).
 */
#ifndef DIEMCAU_ENDPOINT_SESSION_PRIVATE_H
#define DIEMCAU_ENDPOINT_SESSION_PRIVATE_H

#include "endpoint/session.h"
#include "text_copy.h"

/* Appends an action to the list, for the caller to fill in. */
struct ep_action *session_add_action(struct ep_actions *actions, enum ep_action_kind kind);

/* True if a command of that name is waiting for its answer. */
bool session_is_awaiting(const struct ep_session *session, enum command_name name);

/* Sends all unanswered commands again, with the same ids. */
void session_resend(const struct ep_session *session, struct ep_actions *actions);

/* What became of the last request is no longer shown. */
void session_forget_answer(struct ep_session *session);

/* The command that reports the local switch to the centre. 0 or REFUSAL_LIMIT. */
int session_send_mute(struct ep_session *session, struct ep_actions *actions);

/* Opens or closes the voice by desired state and local switch: a site's mute is enforced here. */
void session_update_voice(const struct ep_session *session, struct ep_actions *actions);

/* The server's time was server_ms between sent_ms and now_ms of the local clock. */
void session_add_time_sample(
	struct ep_session *session, int64_t server_ms, int64_t sent_ms, int64_t now_ms);

#endif
