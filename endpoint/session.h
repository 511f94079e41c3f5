/*
 * What a site is told to be, what it has reached, what its people ask for: a machine without
 * sockets, clocks or media.
 *
 * Inputs come from the link, the media and the site page; each call fills a list of actions, which
 * the caller carries out in order. The desired state is a level: it is compared with the one before
 * and only differences become actions. Nothing goes back to a default by itself: without control
 * the last desired state stays, and the local mute and what people asked for survive reconnects.
 * Times are milliseconds of any steady local clock.
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
	EP_ACTIONS_MAX = 40, /* everything at once is 8 slots left, 8 joined, and 9 of the rest */
	EP_PENDING_MAX = 8, /* commands that wait for an answer */
	EP_TIME_SAMPLES = 8,
};

enum ep_action_kind {
	EP_ACTION_UNSET,
	EP_ACTION_RELAY, /* use it; tell the key with ep_session_key */
	EP_ACTION_FORGET_RELAY, /* send nothing and take nothing; the next one gets a new key */
	EP_ACTION_JOIN,
	EP_ACTION_LEAVE,
	EP_ACTION_CAMERA,
	EP_ACTION_CONTENT,
	EP_ACTION_VOICE,
	EP_ACTION_SCENE,
	EP_ACTION_CAPTION, /* caption NULL: none */
	EP_ACTION_SLATE,
	EP_ACTION_COMMAND, /* send it; if the link is down it comes again by itself */
	EP_ACTION_REPORT, /* say what has been reached without waiting for the next second */
};

/* Pointers are into the session, good until its next input. */
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
	uint64_t reached; /* version */
	bool muted; /* the local switch */
	bool mute_chosen; /* moved in this run: ours counts, not the centre's memory of it */
	uint32_t mute_wait; /* measurements until a mute that was refused is told again; 0: none */
	bool has_key;
	struct wire_uplink_key key;
	char raised[TURN_ID_SIZE]; /* the turn our raised hand made, if we saw the answer */
	uint64_t commands; /* made so far */
	struct ep_pending pending[EP_PENDING_MAX];
	size_t n_pending;
	enum panel_action answered; /* the last request; UNSET: not yet */
	enum refusal refusal; /* of that one; UNSET: the centre has accepted it */
	struct ep_time_sample samples[EP_TIME_SAMPLES];
	size_t n_samples;
	size_t next_sample;
};

/* instance: of this run, begins every command id. */
void ep_session_init(struct ep_session *session, const char *site, const char *instance);

/* The link: welcomed, lost. */
void ep_session_welcome(struct ep_session *session, const struct wire_welcome *welcome,
	int64_t now_ms, struct ep_actions *ret_actions);
void ep_session_down(struct ep_session *session);

/* Messages of the centre. */
void ep_session_desired(struct ep_session *session, const struct wire_site_desired *desired,
	struct ep_actions *ret_actions);
void ep_session_accepted(struct ep_session *session, const struct wire_accepted *accepted);
void ep_session_refused(struct ep_session *session, const struct wire_refused *refused);
void ep_session_pong(
	struct ep_session *session, const struct wire_pong *pong, int64_t sent_ms, int64_t now_ms);

/* The media made this uplink key for that instance of the relay. */
void ep_session_key(struct ep_session *session, const char *relay, const char *key,
	struct ep_actions *ret_actions);
/* The media as they are; whether the desired state is reached is decided here. */
void ep_session_measured(struct ep_session *session, const struct ep_media_state *state,
	struct ep_actions *ret_actions);

/*
 * A request of the site page. 0; or a refusal: ALREADY (nothing to do), WRONG_STATE (no `next` to
 * acknowledge, no hand to lower), LIMIT (EP_PENDING_MAX wait), INVALID (a message without text).
 * While the link is down it is kept, and asked when there is one.
 */
int ep_session_request(struct ep_session *session, const struct panel_request *request,
	struct ep_actions *ret_actions);

/* Fill in what goes to the centre, and to the page. */
void ep_session_report(const struct ep_session *session, const struct ep_media_state *state,
	struct wire_site_report *ret_report);
void ep_session_panel(const struct ep_session *session, const struct ep_media_state *state,
	int64_t now_ms, struct panel_state *ret_panel);

/* The server's instant at a local time; the best sample counts. */
int64_t ep_session_server_ms(const struct ep_session *session, int64_t now_ms);
/* Round trip of the best sample, -1 before the first. */
int64_t ep_session_round_trip_ms(const struct ep_session *session);

#endif
