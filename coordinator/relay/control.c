/* The relay as a websocket peer: see control.h. */
#include "coordinator/relay/control.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/relay/relay.h"
#include "coordinator/relay/udp.h"
#include "proto/client/join_file.h"
#include "proto/client/ws_client.h"
#include "proto/system/language.h"

struct rly_control {
	struct rly_mailbox *mailbox;
	rly_control_log *log;
	struct ws_client_hub *hub;
	struct ws_client *link;
	char instance[INSTANCE_ID_SIZE];
	size_t n_advertised;
	char advertised[WIRE_RELAY_REPORT_ADDRESSES_MAX][MEDIA_ADDRESS_SIZE];
	uint64_t unknown_logged;
	int64_t logged_us;
	struct wire_relay_report *latest; /* sent again on each connection; owned */
};

static void send_latest(struct rly_control *control)
{
	if (!control->latest || !control->link || !ws_client_is_up(control->link)) {
		return;
	}
	struct wire_message *message = calloc(1, sizeof(*message));
	if (!message) {
		return;
	}
	message->type = WIRE_RELAY_REPORT;
	message->relay_report = *control->latest;
	message->relay_report.n_addresses = control->n_advertised;
	memcpy(message->relay_report.addresses, control->advertised, sizeof(control->advertised));
	/* If the connection is down or full, the next report supersedes this one. */
	ws_client_send(control->link, message);
	free(message);
}

static void on_up(void *user, const struct wire_welcome *welcome)
{
	struct rly_control *control = user;
	(void)welcome;
	control->log(RLY_CONTROL_UP, "");
	send_latest(control);
}

static void on_message(void *user, const struct wire_message *message)
{
	struct rly_control *control = user;
	if (message->type == WIRE_RELAY_DESIRED) {
		rly_mailbox_post_desired(control->mailbox, &message->relay_desired);
		control->log(RLY_CONTROL_DESIRED, "");
	}
}

static void on_down(void *user, const struct ws_client_notice *notice)
{
	struct rly_control *control = user;
	char sentence[CONNECT_ERROR_TEXT];
	ws_client_notice_sentence(notice, language_now(), sentence);
	control->log(RLY_CONTROL_DOWN, sentence);
}

static const struct ws_client_events events = {
	.on_up = on_up,
	.on_message = on_message,
	.on_down = on_down,
};

static int open_link(struct rly_control *control, const struct join *join)
{
	struct ws_client_hub_config hub = {.ca = join->ca[0] ? join->ca : NULL};
	int r = ws_client_hub_create(&hub, &control->hub);
	if (r < 0) {
		return r;
	}
	struct wire_hello *hello = calloc(1, sizeof(*hello));
	if (!hello) {
		return -ENOMEM;
	}
	join_file_hello(join, "diemcau-relay " DIEMCAU_VERSION, hello);
	memcpy(control->instance, hello->instance, sizeof(control->instance));
	const char *addresses[WS_CLIENT_ADDRESS_MAX];
	struct ws_client_config config = {
		.addresses = addresses,
		.n_addresses = join_file_addresses(join, addresses),
		.hello = hello,
		.events = &events,
		.user = control,
	};
	r = ws_client_open(control->hub, &config, &control->link);
	free(hello);
	return r;
}

int rly_control_create(const struct rly_control_config *config, struct rly_control **ret_control)
{
	struct rly_control *control = calloc(1, sizeof(*control));
	if (!control) {
		return -ENOMEM;
	}
	control->mailbox = config->mailbox;
	control->log = config->log;
	control->n_advertised = config->n_advertised;
	memcpy(control->advertised, config->advertised,
		config->n_advertised * sizeof(control->advertised[0]));
	int r = open_link(control, config->join);
	if (r < 0) {
		rly_control_destroy(control);
		return r;
	}
	*ret_control = control;
	return 0;
}

void rly_control_destroy(struct rly_control *control)
{
	if (control) {
		ws_client_hub_destroy(control->hub);
		rly_mailbox_report_destroy(control->latest);
		free(control);
	}
}

const char *rly_control_instance(const struct rly_control *control)
{
	return control->instance;
}

int rly_control_link_fd(const struct rly_control *control)
{
	return ws_client_hub_fd(control->hub);
}

/* A flood of any size costs the log one line a minute. */
static void log_unknown_senders(struct rly_control *control, const struct wire_relay_report *report)
{
	uint64_t unknown_senders = report->auth_failures;
	for (size_t i = 0; i < report->n_sites; i++) {
		unknown_senders -= report->sites[i].auth_failures;
	}
	int64_t now_us = rly_clock_us();
	if (unknown_senders < control->unknown_logged + RLY_CONTROL_UNKNOWN_MIN ||
		now_us - control->logged_us < RLY_CONTROL_LOG_INTERVAL_US) {
		return;
	}
	char count[32];
	snprintf(count, sizeof(count), "%" PRIu64, unknown_senders - control->unknown_logged);
	control->log(RLY_CONTROL_UNKNOWN_SENDERS, count);
	control->unknown_logged = unknown_senders;
	control->logged_us = now_us;
}

void rly_control_run(struct rly_control *control)
{
	ws_client_hub_dispatch(control->hub);
	struct wire_relay_report *report = rly_mailbox_take_report(control->mailbox);
	if (report) {
		rly_mailbox_report_destroy(control->latest);
		control->latest = report;
		log_unknown_senders(control, report);
		send_latest(control);
	}
}
