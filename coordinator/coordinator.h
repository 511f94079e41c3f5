/*
 * What the running coordinator holds, and the parts that share it:
 *
 *	peers/dispatch.c     bytes and times from the websocket server, to one of the parts below
 *	peers/admission.c      who comes in, with which right, on which seat; who has gone
 *	peers/join_rate.c  how often a site or relay may come and go
 *	peers/link_state.c what the meeting is told of that: links, spares
 *	peers/credentials.c media keys, which end with the join file they came by
 *	telemetry/telemetry.c   what sites and relay measure: facts for the meeting, figures for
 *people peers/login_alerts.c  who guesses at passwords, shown to people peers/publish.c   events,
 *views and desired states, out to everybody peers/viewers.c  of these, those to whom what comes for
 *all is told last api/session_store.c   sessions of people, to disk and from there api/ what HTTP
 *answers engine.c            orders, the journal, the two folds
 *
 * All on the loop's thread. Only server.c makes one and takes it apart.
 */
#ifndef DIEMCAU_COORDINATOR_COORDINATOR_H
#define DIEMCAU_COORDINATOR_COORDINATOR_H

#include <stdatomic.h>

#include "coordinator/api/login_queue.h"
#include "coordinator/api/fair_queue.h"
#include "coordinator/peers/join_rate.h"
#include "coordinator/peers/viewers.h"
#include "coordinator/peers/clients.h"
#include "coordinator/telemetry/flap_damping.h"
#include "coordinator/engine/clock.h"
#include "coordinator/identity/device.h"
#include "coordinator/identity/server_names.h"
#include "coordinator/identity/identity.h"
#include "coordinator/identity/sessions.h"
#include "coordinator/host/notify.h"
#include "coordinator/peers/login_alerts.h"
#include "coordinator/api/session_store.h"
#include "coordinator/engine/engine.h"
#include "coordinator/view/media_keys.h"
#include "coordinator/host/worker.h"
#include "coordinator/peers/standby.h"
#include "coordinator/ws/ws.h"

struct publisher;
struct telemetry;

enum health { HEALTH_STARTING, HEALTH_SERVING, HEALTH_STOPPING, HEALTH_BROKEN };

struct coordinator {
	char boot[INSTANCE_ID_SIZE]; /* this run */
	char journal[1024]; /* its file, for readers on the worker */
	enum health health;
	bool open_metrics; /* run --open-metrics */
	char mark[24]; /* of the installation, for its cookie's name */
	struct server_names hosts; /* what requests may call us */
	struct clock clock;
	struct engine *engine;
	_Atomic(struct ws *) ws; /* read by other threads to wake it */
	struct worker *worker; /* for logins, and for keeping sessions */
	struct worker *reader; /* of the record: minutes of a long day take seconds */
	struct identity_registry *registry;
	struct sessions *sessions;
	struct device_key device_key; /* of known browsers */
	struct login_queue login_queue;
	bool logging_in; /* the worker looks at a password */
	struct login_alerts login_alerts;
	uint64_t logins_failed;
	struct fair_queue readings; /* of the record */
	bool is_reading;
	uint64_t logins_slowed; /* refused unread: too soon after failures */
	uint64_t logins_put_off; /* refused unread: others' turn came first */
	struct session_store session_store;
	struct clients clients;
	struct viewers viewers;
	struct standby standbys[SITES_MAX + 1]; /* by site number; 0 is the relay's */
	struct join_rate join_rate[SITES_MAX + 1]; /* the same */
	struct login_backoff *strangers; /* turned away at the gate: what is logged of them */
	uint64_t turned_away;
	struct flap_damping flap_damping[SITES_MAX + 1]; /* the same */
	struct media_keys *media_keys;
	size_t sites_marked; /* how many there were when their credentials were looked at */
	struct publisher *publisher;
	struct telemetry *telemetry;
	struct notify notify;
	struct msg_arena arena; /* of the message being received */
	struct instant second; /* the last beat of a second */
	struct instant reviewed;
	bool desired_stale; /* something desired states are made of has changed beside the meeting
			     */
};

/* Last event told: what every refusal, pong and welcome carries. */
int64_t coordinator_seq(const struct coordinator *coordinator);

#endif
