/*
 * Desired states of each site and of the relay, complete and numbered. One is sent where it differs
 * from the last one sent; intermediate ones are skipped.
 *
 * They are made of the meeting and of the media keys. `derived` is the derived view of the meeting:
 * desired_states_send uses it as it is, the other two update it first.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_DESIRED_STATES_H
#define DIEMCAU_COORDINATOR_PEERS_DESIRED_STATES_H

#include "coordinator/engine/engine.h"
#include "coordinator/peers/clients.h"
#include "coordinator/peers/standby.h"
#include "coordinator/view/media_keys.h"
#include "coordinator/view/view.h"

struct desired_states;

/* All of it outlives the desired states. */
struct desired_states_config {
	struct engine *engine;
	struct media_keys *media_keys;
	struct view_derived *derived;
	struct clients *clients;
	const struct standby *relay;
};

/* NULL without memory. */
struct desired_states *desired_states_create(const struct desired_states_config *config);
/* NULL is allowed. */
void desired_states_destroy(struct desired_states *desired_states);

/* To the relay and to every site whose desired state has changed or could not be sent. */
void desired_states_send(struct desired_states *desired_states);
/* The same if media keys have changed: once a round, however many sites reported keys. */
void desired_states_follow_keys(struct desired_states *desired_states);
/* To one that has joined or taken over, whatever was sent before. */
void desired_states_send_to(struct desired_states *desired_states, struct client *client);

/* The latest version sent to the active instance of a site; spares do not count. 0: none. */
uint64_t desired_states_version(const struct desired_states *desired_states, uint32_t number);

#endif
