/*
 * What the running coordinator holds, and the parts that share it:
 *
 *	peers/front.c     bytes and times from the websocket server, to one of the parts below
 *	peers/gate.c      who comes in, with which right, on which seat; who has gone
 *	peers/arrivals.c  how often a site or relay may come and go
 *	peers/attendance.c what the meeting is told of that: links, spares
 *	peers/credentials.c media keys, which end with the join file they came by
 *	peers/reports.c   what sites and relay measure: facts for the meeting, figures for people
 *	peers/guessing.c  who guesses at passwords, shown to people
 *	peers/publish.c   events, views and desired states, out to everybody
 *	peers/audience.c  of these, those to whom what comes for all is told last
 *	peers/keeping.c   sessions of people, to disk and from there
 *	api/              what HTTP answers
 *	turn.c            orders, the journal, the two folds
 *
 * All on the loop's thread. Only run.c makes one and takes it apart.
 */
#ifndef DIEMCAU_COORDINATOR_H
#define DIEMCAU_COORDINATOR_H

#include <stdatomic.h>

#include "coordinator/api/admission.h"
#include "coordinator/api/fair_queue.h"
#include "coordinator/peers/arrivals.h"
#include "coordinator/peers/audience.h"
#include "coordinator/peers/clients.h"
#include "coordinator/peers/damping.h"
#include "coordinator/clock.h"
#include "coordinator/identity/device.h"
#include "coordinator/identity/hosts.h"
#include "coordinator/identity/identity.h"
#include "coordinator/identity/sessions.h"
#include "coordinator/host/notify.h"
#include "coordinator/peers/guessing.h"
#include "coordinator/peers/keeping.h"
#include "coordinator/turn.h"
#include "coordinator/view/secrets.h"
#include "coordinator/host/worker.h"
#include "coordinator/ws/seat.h"
#include "coordinator/ws/ws.h"

struct publisher;
struct figures;

enum health { HEALTH_STARTING, HEALTH_SERVING, HEALTH_STOPPING, HEALTH_BROKEN };

struct coordinator {
	char boot[INSTANCE_ID_SIZE]; /* this run */
	char journal[1024]; /* its file, for readers on the worker */
	enum health health;
	bool open_metrics; /* run --open-metrics */
	char mark[24]; /* of the installation, for its cookie's name */
	struct identity_hosts hosts; /* what requests may call us */
	struct clock clock;
	struct turn *turn;
	_Atomic(struct ws *) ws; /* read by other threads to wake it */
	struct worker *worker; /* for logins, and for keeping sessions */
	struct worker *reader; /* of the record: minutes of a long day take seconds */
	struct identity_book *book;
	struct sessions *sessions;
	struct device_key device_key; /* of known browsers */
	struct admission admission;
	bool logging_in; /* the worker looks at a password */
	struct guessing guessing;
	uint64_t logins_failed;
	struct fair_queue readings; /* of the record */
	bool is_reading;
	uint64_t logins_slowed; /* refused unread: too soon after failures */
	uint64_t logins_put_off; /* refused unread: others' turn came first */
	struct keeping keeping;
	struct clients clients;
	struct audience audience;
	struct seat seats[SITES_MAX + 1]; /* by site number; 0 is the relay's */
	struct arrivals arrivals[SITES_MAX + 1]; /* the same */
	struct throttle *strangers; /* turned away at the gate: what is logged of them */
	uint64_t turned_away;
	struct damping damping[SITES_MAX + 1]; /* the same */
	struct secrets *secrets;
	size_t sites_marked; /* how many there were when their credentials were looked at */
	struct publisher *publisher;
	struct figures *figures;
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
