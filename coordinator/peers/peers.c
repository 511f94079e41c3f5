#include "coordinator/peers/peers.h"

#include <errno.h>
#include <stdlib.h>

static void connect_admission(struct peers *peers, const struct peers_config *config)
{
	struct admission *admission = &peers->admission;
	admission->ws = config->ws;
	admission->engine = config->engine;
	admission->registry = config->registry;
	admission->sessions = config->sessions;
	admission->clients = &peers->clients;
	admission->viewers = &peers->viewers;
	admission->connection_log = &peers->connection_log;
	admission->login_alerts = &peers->login_alerts;
	admission->presence = &peers->presence;
	admission->certificate_alert = &peers->certificate_alert;
	admission->publisher = peers->publisher;
	admission->desired_states = peers->desired_states;
	admission->telemetry = config->telemetry;
	admission->links = (struct link_states){config->engine, config->telemetry->damping};
	admission->credentials = (struct credentials){.engine = config->engine,
		.registry = config->registry,
		.media_keys = config->media_keys};
}

/* 0 or -ENOMEM. */
static int create_parts(struct peers *peers, const struct peers_config *config)
{
	peers->derived = view_derived_create();
	peers->publisher = publisher_create(&(struct publisher_config){
		.engine = config->engine,
		.derived = peers->derived,
		.boot = config->boot,
		.clients = &peers->clients,
		.viewers = &peers->viewers,
	});
	peers->desired_states = desired_states_create(&(struct desired_states_config){
		.engine = config->engine,
		.media_keys = config->media_keys,
		.derived = peers->derived,
		.clients = &peers->clients,
		.relay = &peers->admission.standbys[0],
	});
	bool made = peers->derived && peers->publisher && peers->desired_states;
	return made ? connection_log_init(&peers->connection_log, config->engine, config->seed)
		    : -ENOMEM;
}

int peers_create(const struct peers_config *config, struct peers **ret_peers)
{
	struct peers *peers = calloc(1, sizeof(*peers));
	if (!peers) {
		return -ENOMEM;
	}
	peers->ws = config->ws;
	peers->engine = config->engine;
	peers->telemetry = config->telemetry;
	peers->people = config->people;
	peers->login_alerts.engine = config->engine;
	peers->login_alerts.registry = config->registry;
	peers->presence.engine = config->engine;
	peers->presence.clients = &peers->clients;
	if (create_parts(peers, config) != 0) {
		peers_destroy(peers);
		return -ENOMEM;
	}
	connect_admission(peers, config);
	*ret_peers = peers;
	return 0;
}

void peers_destroy(struct peers *peers)
{
	if (!peers) {
		return;
	}
	desired_states_destroy(peers->desired_states);
	publisher_destroy(peers->publisher);
	view_derived_destroy(peers->derived);
	viewers_finish(&peers->viewers);
	connection_log_finish(&peers->connection_log);
	msg_arena_finish(&peers->arena);
	free(peers);
}

void peers_open(struct peers *peers)
{
	publish_begin(peers->publisher);
	peers->admission.open = true;
}

void peers_close(struct peers *peers)
{
	peers->admission.open = false;
}
