/*
 * One simulated site: a link, its media, and the person in charge of it.
 *
 * It follows the desired state as a real site does, reports the reached state, sends a thumbnail
 * every two seconds, and acknowledges `next` and votes (site_vote.h) after a human reaction time.
 * All other actions come from the script (script_actions.h).
 */
#ifndef DIEMCAU_ENDPOINT_FLEET_FLEET_SITE_H
#define DIEMCAU_ENDPOINT_FLEET_FLEET_SITE_H

#include "bounds.h"
#include "endpoint/fleet/distribution.h"
#include "endpoint/fleet/site_media.h"
#include "proto/client/join_file.h"
#include "proto/client/ws_client.h"
#include "proto/media/line_meter.h"

enum {
	FLEET_SITE_REPORT_US = 1000000,
	FLEET_SITE_REPORT_SOON_US = 150000, /* after a change */
	FLEET_SITE_THUMBNAIL_US = THUMBNAIL_SPAN_MS * 1000,
	FLEET_SITE_REACTION_MIN_US =
		400000, /* before acknowledging `next`, and what the centre asks */
	FLEET_SITE_REACTION_MAX_US = 1600000,
};

/* Shared by all sites; owned by main.c. */
struct fleet {
	struct ws_client_hub *hub;
	int epoll;
	struct fleet_media_stats media;
	struct distribution switches; /* floor_switch_ms */
	uint64_t reconnections, commands_refused, acknowledged, voted;
	/* Called for each link that was up and went down; may be NULL. */
	void (*lost)(const char *site, const struct ws_client_notice *notice);
};

/* A take whose first picture at this site is measured. */
struct switch_watch {
	uint64_t take; /* the latest known */
	bool pending, done;
	uint32_t site;
	struct stamp taken;
};

/* The line test as this site takes part in it. */
struct fleet_line {
	uint64_t test; /* the one that is measured, or was the last; 0: none yet */
	int64_t begun_us;
	bool reported; /* sent, for this test */
	bool confirmed;
	struct line_reading up, down; /* at the begin */
	int64_t lost; /* packets of slots, since the start */
};

struct fleet_site {
	struct fleet *fleet;
	struct ws_client *link;
	char id[SITE_ID_SIZE];
	struct site_media media;

	bool has_desired;
	struct wire_site_desired desired;
	uint64_t reached; /* version */
	bool changed; /* report soon */
	int64_t report_us, thumbnail_us;

	bool ever_up;
	uint64_t next_command;
	int64_t acknowledge_us; /* 0: nothing to acknowledge */
	char acknowledged[TURN_ID_SIZE];
	int64_t ready_us; /* when to answer the ready check; 0: nothing to answer */
	bool ready_answered; /* the one that is open */
	uint64_t bell; /* the last that was heard; 0: none */
	int64_t vote_us; /* 0: nothing to cast */
	/* What was cast last, and how many ballots the site had been told of then. */
	char voted[VOTE_ID_SIZE];
	uint32_t ballots;
	struct switch_watch watch;
	struct fleet_line line;

	/* Set by the script. */
	bool muted, silent, ignores_next, ignores_vote;
	bool has_request;
	char request[TURN_ID_SIZE]; /* the turn of its raised hand */
};

/* Opens its link. 0 or a negative errno; then fleet_site_finish is not needed. */
int fleet_site_init(struct fleet_site *site, struct fleet *fleet, const struct join *join);
void fleet_site_finish(struct fleet_site *site);

/* wall_us: Unix time minus now_us. */
void fleet_site_tick(struct fleet_site *site, int64_t now_us, int64_t wall_us);

/* Sends a command as this site, with the next command id. */
void fleet_site_command(struct fleet_site *site, const struct command *body);

/* Applies the desired state and the script's flags to media and acknowledgement. */
void fleet_site_apply_desired(struct fleet_site *site, int64_t now_us);

bool fleet_site_is_online(const struct fleet_site *site);

#endif
