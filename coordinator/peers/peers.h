/*
 * All parts of this room, created and destroyed together.
 *
 *	dispatch.c        incoming: passes bytes and times to one of the parts below
 *	admission.c       authenticates peers, makes them active or standby, closes them
 *	join_rate.c       limits how often a site or relay may join
 *	link_state.c      reports links and spares to the meeting
 *	credentials.c     ends media keys with the join file they belong to
 *	delivery.c        outgoing: committed events and periodic messages
 *	publish.c         events and views, to the peers that may see them
 *	replaying.c       steers a meeting that is played, and tells how it goes
 *	desired_states.c  the desired states of sites and the relay
 *	told_registrations.c  what each site is told of its own registration
 *	viewers.c         broadcasts to viewers, after all others
 *	presence.c        who is on and who directs
 *	login_alerts.c    alerts about password guessing
 *	certificate_alert.c  what is the matter with the certificates
 *	connection_log.c  log lines about connections
 *
 * All on the loop's thread.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_PEERS_H
#define DIEMCAU_COORDINATOR_PEERS_PEERS_H

#include "coordinator/peers/admission.h"
#include "coordinator/people/people.h"

/* All of it outlives the peers. */
struct peers_config {
	struct ws *ws;
	struct engine *engine;
	struct identity_registry *registry;
	struct sessions *sessions;
	struct media_keys *media_keys;
	struct telemetry *telemetry;
	struct people *people; /* NULL: commands that bring people are refused */
	const char *boot; /* this run, as welcomes carry it */
	uint64_t seed; /* random */
};

struct peers {
	struct ws *ws; /* borrowed, like the next three */
	struct engine *engine;
	struct telemetry *telemetry;
	struct people *people;
	struct clients clients;
	struct viewers viewers;
	struct connection_log connection_log;
	struct login_alerts login_alerts;
	struct presence presence;
	struct certificate_alert certificate_alert;
	struct view_derived *derived; /* the meeting as derived last */
	struct publisher *publisher;
	struct desired_states *desired_states;
	struct admission admission;
	struct msg_arena arena; /* of the message being received */
	struct instant second; /* the last second that was handled */
	struct instant reviewed;
};

/* 0 or -ENOMEM. No peer is admitted before peers_open. */
int peers_create(const struct peers_config *config, struct peers **ret_peers);
/* Once all connections are closed. NULL is allowed. */
void peers_destroy(struct peers *peers);

void peers_open(struct peers *peers);
/* From now on no peer is admitted, and no closed link is reported as lost. */
void peers_close(struct peers *peers);

#endif
