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
	admission->publisher = peers->publisher;
	admission->telemetry = config->telemetry;
	admission->links = (struct link_states){config->engine, config->telemetry->damping};
	admission->credentials = (struct credentials){.engine = config->engine,
		.registry = config->registry,
		.media_keys = config->media_keys};
}

static struct publisher *create_publisher(struct peers *peers, const struct peers_config *config)
{
	return publisher_create(&(struct publisher_config){
		.engine = config->engine,
		.media_keys = config->media_keys,
		.boot = config->boot,
		.clients = &peers->clients,
		.viewers = &peers->viewers,
		.relay = &peers->admission.standbys[0],
	});
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
	peers->login_alerts.engine = config->engine;
	peers->login_alerts.registry = config->registry;
	peers->publisher = create_publisher(peers, config);
	int status = connection_log_init(&peers->connection_log, config->engine, config->seed);
	if (status != 0 || !peers->publisher) {
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
	publisher_destroy(peers->publisher);
	viewers_finish(&peers->viewers);
	connection_log_finish(&peers->connection_log);
	msg_arena_finish(&peers->arena);
	free(peers);
}

void peers_open(struct peers *peers)
{
	peers->admission.open = true;
}

void peers_close(struct peers *peers)
{
	peers->admission.open = false;
}
