/*
 * The session of a site: desired state, reached state and the requests of its people, without
 * sockets, clocks or media.
 *
 * Inputs come from the link, the media and the site page; each call fills a list of actions, which
 * the caller carries out in order. The desired state is a level: it is compared with the previous
 * one and only differences become actions. Nothing returns to a default by itself: without control
 * the last desired state stays, and the local mute and pending requests survive reconnects. A
 * site's mute is enforced here: session_update_voice opens the voice only if desired state and
 * local switch allow it. Times are milliseconds of any monotonic local clock.
 */
#ifndef DIEMCAU_ENDPOINT_SESSION_H
#define DIEMCAU_ENDPOINT_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "endpoint/media/endpoint_media.h"
#include "panel_msg.h"
#include "wire_msg.h"

enum {
	EP_ACTIONS_MAX = 40, /* at most 8 slots left, 8 joined, and 10 others */
	EP_PENDING_MAX = 8, /* commands waiting for an answer */
	EP_TIME_SAMPLES = 8,
};

enum ep_action_kind {
	EP_ACTION_UNSET,
	EP_ACTION_RELAY, /* use it; pass the key to ep_session_key */
	EP_ACTION_FORGET_RELAY, /* stop sending and receiving; the next relay gets a new key */
	EP_ACTION_JOIN,
	EP_ACTION_LEAVE,
	EP_ACTION_CAMERA,
	EP_ACTION_CONTENT,
	EP_ACTION_VOICE,
	EP_ACTION_SCENE,
	EP_ACTION_CAPTION, /* caption NULL: none */
	EP_ACTION_SLATE,
	EP_ACTION_FILM, /* film NULL: none */
	EP_ACTION_BELL, /* sound it, unless it rang long ago; then ep_session_sounded */
	EP_ACTION_COMMAND, /* send it; after a lost connection it is repeated automatically */
	EP_ACTION_REPORT, /* report now, before the next second */
};

/* Pointers are into the session, valid until its next input. */
struct ep_action {
	enum ep_action_kind kind;
	union {
		const struct wire_relay_access *relay;
		enum slot slot;
		enum uplink_level level;
		struct {
			bool open;
			bool ducked;
			bool locked;
		} voice;
		const struct wire_site_scene *scene;
		const struct wire_lower_third *caption;
		const struct wire_site_desired *slate;
		const struct wire_film_brief *film;
		const struct bell_brief *bell;
		const struct wire_command *command;
	};
};

struct ep_actions {
	struct ep_action list[EP_ACTIONS_MAX];
	size_t n;
};

/* A command without its answer. */
struct ep_pending {
	struct wire_command command;
};

struct ep_time_sample {
	int64_t round_trip_ms;
	int64_t offset_ms; /* the server's instant minus the local clock */
};

struct ep_session {
	char site[SITE_ID_SIZE];
	char instance[INSTANCE_ID_SIZE];
	bool up;
	bool spare;
	bool has_desired;
	struct wire_site_desired desired;
	bool has_registration;
	struct told_registration registration;
	uint64_t reached; /* version */
	bool muted; /* the local switch */
	bool mute_chosen; /* moved in this run: ours overrides the stored one of the centre */
	uint32_t mute_wait; /* measurements until a refused mute is sent again; 0: none */
	bool has_key;
	struct wire_uplink_key key;
	enum film_state film; /* as last reported */
	uint64_t sounded; /* the bell that was heard in the hall last; 0: none in this run */
	char raised[TURN_ID_SIZE]; /* the turn that our raised hand created, if the answer was
				    * seen */
	uint64_t commands; /* created so far */
	struct ep_pending pending[EP_PENDING_MAX];
	size_t n_pending;
	enum panel_action answered; /* the last request; UNSET: not yet, or no longer shown */
	enum refusal refusal; /* of that request; UNSET: the centre has accepted it */
	uint32_t answer_wait; /* measurements until it is no longer shown */
	struct ep_time_sample samples[EP_TIME_SAMPLES];
	size_t n_samples;
	size_t next_sample;
};

/* instance: of this run, the prefix of every command id. */
void ep_session_init(struct ep_session *session, const char *site, const char *instance);

/* The link is welcomed, or lost. */
void ep_session_welcome(struct ep_session *session, const struct wire_welcome *welcome,
	int64_t now_ms, struct ep_actions *ret_actions);
void ep_session_down(struct ep_session *session);
/* The site is not on the roster: its media ends, and begins with a new key if it comes back. */
void ep_session_shown_out(struct ep_session *session, struct ep_actions *ret_actions);

/* Messages of the centre. */
void ep_session_desired(struct ep_session *session, const struct wire_site_desired *desired,
	struct ep_actions *ret_actions);
void ep_session_registration(
	struct ep_session *session, const struct told_registration *registration);
void ep_session_accepted(struct ep_session *session, const struct wire_accepted *accepted);
void ep_session_refused(struct ep_session *session, const struct wire_refused *refused);
void ep_session_pong(
	struct ep_session *session, const struct wire_pong *pong, int64_t sent_ms, int64_t now_ms);

/* The media created this uplink key for that instance of the relay. */
void ep_session_key(struct ep_session *session, const char *relay, const char *key,
	struct ep_actions *ret_actions);
/* The measured media; decides whether the desired state is reached. */
void ep_session_measured(struct ep_session *session, const struct ep_media_state *state,
	struct ep_actions *ret_actions);

/* The bell of this number has sounded in the hall. */
void ep_session_sounded(struct ep_session *session, uint64_t bell);
/* What is left of a pause whose end is known; false: there is none. */
bool ep_session_countdown(const struct ep_session *session, int64_t now_ms, struct span *ret_left);

/*
 * A request of the site page. 0; or a refusal: ALREADY (nothing to do), WRONG_STATE (no `next` to
 * acknowledge, no hand to lower, no content to show, or not on air), LIMIT (EP_PENDING_MAX are
 * pending), INVALID (a message without text). While the link is down the request is stored, and
 * sent once it is up.
 */
int ep_session_request(struct ep_session *session, const struct panel_request *request,
	struct ep_actions *ret_actions);

/* What the line test has measured, for the centre; round trip and clock are added. */
void ep_session_line_report(struct ep_session *session, const struct line_figures *figures,
	int64_t clock_off_ms, struct ep_actions *ret_actions);

/* How far a file that is handed out has come here, for the centre. */
void ep_session_receipt(struct ep_session *session, const char *handout, enum receipt receipt,
	struct ep_actions *ret_actions);

/* Fills in the report for the centre, and the state for the page. */
void ep_session_report(const struct ep_session *session, const struct ep_media_state *state,
	struct wire_site_report *ret_report);
void ep_session_panel(const struct ep_session *session, const struct ep_media_state *state,
	int64_t now_ms, struct panel_state *ret_panel);

/* The server's instant at a local time, from the best sample. */
int64_t ep_session_server_ms(const struct ep_session *session, int64_t now_ms);
/* Round trip of the best sample, -1 before the first. */
int64_t ep_session_round_trip_ms(const struct ep_session *session);

#endif
