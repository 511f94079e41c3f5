/* The relay as a websocket peer: see control.h. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/relay/control.h"
#include "coordinator/relay/relay.h"
#include "coordinator/relay/udp.h"
#include "proto/link/join.h"
#include "proto/link/link.h"

struct rly_control {
	struct rly_mail *mail;
	rly_control_tell *tell;
	struct link_hub *hub;
	struct link *link;
	char instance[INSTANCE_ID_SIZE];
	size_t n_advertised;
	char advertised[WIRE_RELAY_REPORT_ADDRESSES_MAX][MEDIA_ADDRESS_SIZE];
	uint64_t strangers_told;
	int64_t told_us;
	struct wire_relay_report *latest; /* sent again on each connection; owned */
};

static void send_latest(struct rly_control *control)
{
	if (!control->latest || !control->link || !link_is_up(control->link)) {
		return;
	}
	struct wire_message *message = calloc(1, sizeof *message);
	if (!message) {
		return;
	}
	message->type = WIRE_RELAY_REPORT;
	message->relay_report = *control->latest;
	message->relay_report.n_addresses = control->n_advertised;
	memcpy(message->relay_report.addresses, control->advertised, sizeof control->advertised);
	/* Down or full: the next report is the newer truth anyway. */
	link_send(control->link, message);
	free(message);
}

static void on_up(void *user, const struct wire_welcome *welcome)
{
	struct rly_control *control = user;
	(void)welcome;
	control->tell(RLY_CONTROL_UP, "");
	send_latest(control);
}

static void on_message(void *user, const struct wire_message *message)
{
	struct rly_control *control = user;
	if (message->type == WIRE_RELAY_DESIRED) {
		rly_mail_post_order(control->mail, &message->relay_desired);
		control->tell(RLY_CONTROL_ORDER, "");
	}
}

static void on_down(void *user, const struct link_notice *notice)
{
	struct rly_control *control = user;
	char sentence[LINK_TROUBLE_TEXT];
	link_notice_sentence(notice, LANGUAGE_EN, sentence);
	control->tell(RLY_CONTROL_DOWN, sentence);
}

static const struct link_events events = {
	.on_up = on_up,
	.on_message = on_message,
	.on_down = on_down,
};

static int open_link(struct rly_control *control, const struct join *join)
{
	struct link_hub_config hub = {.ca = join->ca[0] ? join->ca : NULL};
	int result = link_hub_create(&hub, &control->hub);
	if (result) {
		return result;
	}
	struct wire_hello *hello = calloc(1, sizeof *hello);
	if (!hello) {
		return -ENOMEM;
	}
	join_hello(join, "diemcau-relay " DIEMCAU_VERSION, hello);
	memcpy(control->instance, hello->instance, sizeof control->instance);
	const char *addresses[LINK_ADDRESS_MAX];
	struct link_config config = {
		.addresses = addresses,
		.n_addresses = join_addresses(join, addresses),
		.hello = hello,
		.events = &events,
		.user = control,
	};
	result = link_open(control->hub, &config, &control->link);
	free(hello);
	return result;
}

int rly_control_create(const struct rly_control_config *config, struct rly_control **ret_control)
{
	struct rly_control *control = calloc(1, sizeof *control);
	if (!control) {
		return -ENOMEM;
	}
	control->mail = config->mail;
	control->tell = config->tell;
	control->n_advertised = config->n_advertised;
	memcpy(control->advertised, config->advertised,
		config->n_advertised * sizeof control->advertised[0]);
	int result = open_link(control, config->join);
	if (result) {
		rly_control_destroy(control);
		return result;
	}
	*ret_control = control;
	return 0;
}

void rly_control_destroy(struct rly_control *control)
{
	if (control) {
		link_hub_destroy(control->hub);
		rly_mail_report_destroy(control->latest);
		free(control);
	}
}

const char *rly_control_instance(const struct rly_control *control)
{
	return control->instance;
}

int rly_control_link_fd(const struct rly_control *control)
{
	return link_hub_fd(control->hub);
}

/* However many they are, they cost the log a line a minute. */
static void tell_strangers(struct rly_control *control, const struct wire_relay_report *report)
{
	char many[32];
	uint64_t strangers = report->auth_failures;
	for (size_t i = 0; i < report->n_sites; i++) {
		strangers -= report->sites[i].auth_failures;
	}
	int64_t now_us = rly_clock_us();
	if (strangers < control->strangers_told + RLY_CONTROL_STRANGERS_MANY ||
		now_us - control->told_us < RLY_CONTROL_TOLD_US) {
		return;
	}
	snprintf(many, sizeof many, "%" PRIu64, strangers - control->strangers_told);
	control->tell(RLY_CONTROL_STRANGERS, many);
	control->strangers_told = strangers;
	control->told_us = now_us;
}

void rly_control_run(struct rly_control *control)
{
	link_hub_dispatch(control->hub);
	struct wire_relay_report *report = rly_mail_take_report(control->mail);
	if (report) {
		rly_mail_report_destroy(control->latest);
		control->latest = report;
		tell_strangers(control, report);
		send_latest(control);
	}
}
