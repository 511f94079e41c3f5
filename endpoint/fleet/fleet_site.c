/* One simulated site: follows the desired state, reports, acknowledges. */
#include "endpoint/fleet/fleet_site.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "endpoint/fleet/clip.h"
#include "endpoint/fleet/film_stand_in.h"
#include "endpoint/fleet/fleet_line.h"
#include "endpoint/fleet/site_vote.h"

enum {
	LEVEL_SPEAKING = -19,
	LEVEL_ROOM = -52,
	LEVEL_NOTHING = -100,
	FRESH_TAKE_MS = 3000, /* a take reported later than this is history, not a switch to
			       * measure */
	SWITCH_MAX_MS = 10000,
	SWITCH_BEFORE_MS = 100, /* the two clocks agree to some milliseconds */
};

static int64_t between(int64_t least, int64_t most)
{
	return least + rand() % (most - least + 1);
}

/* ---- commands ---- */

void fleet_site_command(struct fleet_site *site, const struct command *body)
{
	static struct wire_message message;
	message = (struct wire_message){.type = WIRE_COMMAND, .command = {.body = *body}};
	snprintf(message.command.id, sizeof(message.command.id), "%llu",
		(unsigned long long)++site->next_command);
	ws_client_send(site->link, &message);
}

static void acknowledge(struct fleet_site *site)
{
	struct command command = {.name = CMD_TURN_ACKNOWLEDGE};
	memcpy(command.turn_acknowledge.turn, site->desired.turn,
		sizeof(command.turn_acknowledge.turn));
	memcpy(site->acknowledged, site->desired.turn, sizeof(site->acknowledged));
	fleet_site_command(site, &command);
	site->fleet->acknowledged++;
}

static void answer_ready(struct fleet_site *site)
{
	struct command command = {.name = CMD_READY_ANSWER};
	memcpy(command.ready_answer.site, site->id, sizeof(command.ready_answer.site));
	site->ready_answered = true;
	fleet_site_command(site, &command);
}

/* ---- from the coordinator ---- */

static uint32_t program_site(const struct fleet_site *site)
{
	const struct wire_site_scene *scene = &site->desired.scene;
	for (size_t i = 0; i < scene->n_panes; i++) {
		enum slot slot = scene->panes[i].slot;
		bool program = slot == SLOT_PROGRAM || slot == SLOT_PROGRAM_SMALL;
		if (program && scene->panes[i].has_site) {
			return scene->panes[i].site;
		}
	}
	return 0;
}

/* Measures the picture of a take, if it changes for this site. */
static void watch_floor(struct fleet_site *site)
{
	const struct wire_floor_brief *floor = &site->desired.floor;
	struct switch_watch *watch = &site->watch;
	if (!site->desired.has_floor) {
		return;
	}
	if (floor->take != watch->take) {
		*watch = (struct switch_watch){
			.take = floor->take, .site = floor->site, .taken = floor->taken};
	}
	struct now now;
	bool fresh = ws_client_server_now(site->link, &now, NULL) &&
		     now.wall.ms - floor->taken.ms < FRESH_TAKE_MS;
	bool receives = site->media.slots[MEDIA_SLOT_PROGRAM].joined;
	watch->pending = !watch->done && fresh && receives && program_site(site) == floor->site;
}

static void follow_tally(struct fleet_site *site, int64_t now_us)
{
	const struct wire_site_desired *desired = &site->desired;
	bool next = desired->tally == TALLY_NEXT && desired->has_turn &&
		    !(desired->has_acknowledged && desired->acknowledged) &&
		    strcmp(desired->turn, site->acknowledged) != 0;
	if (!next || site->ignores_next) {
		site->acknowledge_us = 0;
	} else if (site->acknowledge_us == 0) {
		site->acknowledge_us =
			now_us + between(FLEET_SITE_REACTION_MIN_US, FLEET_SITE_REACTION_MAX_US);
	}
}

static void follow_ready(struct fleet_site *site, int64_t now_us)
{
	const struct wire_site_desired *desired = &site->desired;
	site->ready_answered = site->ready_answered && desired->has_ready;
	bool asked = desired->has_ready && !desired->ready.answered && !site->ready_answered;
	if (!asked || site->ignores_next) {
		site->ready_us = 0;
	} else if (site->ready_us == 0) {
		site->ready_us =
			now_us + between(FLEET_SITE_REACTION_MIN_US, FLEET_SITE_REACTION_MAX_US);
	}
}

/* What was cast is told back in a later desired state. */
static void follow_vote(struct fleet_site *site, int64_t now_us)
{
	const struct vote_brief *vote = &site->desired.vote;
	bool told = strcmp(site->voted, vote->vote) != 0 || site->ballots != vote->ballots;
	if (site->ignores_vote || !site_vote_is_due(&site->desired) || !told) {
		site->vote_us = 0;
	} else if (site->vote_us == 0) {
		site->vote_us =
			now_us + between(FLEET_SITE_REACTION_MIN_US, FLEET_SITE_REACTION_MAX_US);
	}
}

static void vote(struct fleet_site *site)
{
	struct command command;
	site_vote_cast(&site->desired, site->id, &command);
	memcpy(site->voted, site->desired.vote.vote, sizeof(site->voted));
	site->ballots = site->desired.vote.ballots;
	fleet_site_command(site, &command);
	site->fleet->voted++;
}

/* As an endpoint: what rang long ago is heard no more. */
static void hear_bell(struct fleet_site *site)
{
	const struct bell_brief *bell = &site->desired.bell;
	struct now server;
	struct span round_trip;

	if (site->desired.has_bell && ws_client_server_now(site->link, &server, &round_trip) &&
		span_between(bell->at, server.at).ms < BELL_FRESH_SPAN_MS) {
		site->bell = bell->bell;
	}
}

void fleet_site_apply_desired(struct fleet_site *site, int64_t now_us)
{
	struct wire_site_desired wanted = site->desired;
	wanted.muted = site->muted || site->silent;
	site_media_apply(&site->media, &wanted, now_us);
	follow_tally(site, now_us);
	follow_ready(site, now_us);
	follow_vote(site, now_us);
	hear_bell(site);
	watch_floor(site);
	site->changed = true;
}

static void on_up(void *user, const struct wire_welcome *welcome)
{
	struct fleet_site *site = user;
	if (welcome->spare) {
		site_media_leave(&site->media); /* another process uses this site's name now */
	}
	site->fleet->reconnections += site->ever_up;
	site->ever_up = true;
	site->changed = true;
	site->acknowledged[0] = '\0'; /* the command may have been lost with the connection */
	site->ready_answered = site->line.reported = site->line.confirmed = false; /* likewise */
	site->voted[0] = '\0';
}

static void on_message(void *user, const struct wire_message *message)
{
	struct fleet_site *site = user;
	if (message->type == WIRE_SITE_DESIRED) {
		site->desired = message->site_desired;
		site->has_desired = true;
		site->reached = 0;
		fleet_site_apply_desired(site, ws_client_clock_us());
	} else if (message->type == WIRE_ACCEPTED && message->accepted.has_turn) {
		site->has_request = true;
		memcpy(site->request, message->accepted.turn, sizeof(site->request));
	} else if (message->type == WIRE_REFUSED) {
		site->fleet->commands_refused++;
	}
}

static void on_down(void *user, const struct ws_client_notice *notice)
{
	const struct fleet_site *site = user;
	if (site->fleet->lost && notice->was_up) {
		site->fleet->lost(site->id, notice);
	}
}

static const struct ws_client_events events = {
	.on_up = on_up, .on_message = on_message, .on_down = on_down};

/* ---- to the coordinator ---- */

static void fill_slot(
	struct fleet_site *site, struct slot_receiver *slot, struct wire_slot_stats *stats)
{
	site->line.lost += (int64_t)slot->lost;
	*stats = (struct wire_slot_stats){.slot = media_slot_of_number(slot->number),
		.packets = slot->packets,
		.lost = slot->lost,
		.unrecovered = slot->unrecovered,
		.has_site = slot->source != 0,
		.site = slot->source};
	slot->packets = 0;
	slot->lost = 0;
	slot->unrecovered = 0;
}

static int32_t level_of(const struct fleet_site *site)
{
	if (site->muted || site->silent) {
		return LEVEL_NOTHING;
	}
	return site->media.senders[MEDIA_VOICE].on ? LEVEL_SPEAKING : LEVEL_ROOM;
}

static void send_report(struct fleet_site *site, int64_t now_us)
{
	static struct wire_message message;
	struct wire_site_report *site_report = &message.site_report;
	message = (struct wire_message){.type = WIRE_SITE_REPORT};
	site_report->version = site->reached;
	site_report->level_dbfs = level_of(site);
	site_report->playing = site_media_is_playing(&site->media, now_us);
	for (int i = 0; i < MEDIA_SLOTS; i++) {
		if (site->media.slots[i].joined) {
			fill_slot(site, &site->media.slots[i],
				&site_report->slots[site_report->n_slots++]);
		}
	}
	if (site->media.has_relay) {
		site_report->has_key = true;
		memcpy(site_report->key.relay, site->media.relay.instance,
			sizeof(site_report->key.relay));
		media_key_to_text(&site->media.uplink_key, site_report->key.key);
	}
	site_report->has_bell = site->bell > 0;
	site_report->bell = site->bell;
	struct now server;
	site_report->has_round_trip =
		ws_client_server_now(site->link, &server, &site_report->round_trip);
	site_report->has_film = site->desired.has_film && site_report->has_round_trip;
	if (site_report->has_film) {
		site_report->film = film_stand_in_report(&site->desired.film, server.at);
	}
	ws_client_send(site->link, &message);
}

static void send_thumbnail(struct fleet_site *site)
{
	size_t size = 0;
	const uint8_t *jpeg =
		clip_item(&clip_thumbnails, site->media.number % clip_thumbnails.count, &size);
	uint8_t frame[FRAME_MAX];
	frame[0] = WIRE_THUMBNAIL_BYTE;
	if (size < sizeof(frame)) {
		memcpy(frame + 1, jpeg, size);
		ws_client_send_frame(site->link, frame, size + 1);
	}
}

static void measure_switch(struct fleet_site *site, int64_t now_us)
{
	const struct slot_receiver *program = &site->media.slots[MEDIA_SLOT_PROGRAM];
	struct switch_watch *watch = &site->watch;
	struct now now;
	if (!watch->pending || !ws_client_server_now(site->link, &now, NULL)) {
		return;
	}
	int64_t waited_ms = now.wall.ms - watch->taken.ms;
	bool came = program->switched_to == watch->site;
	int64_t ago_ms = (now_us - program->switched_us) / 1000;
	/* on the slot long before the take: the picture did not change for this receiver */
	if (came && ago_ms <= waited_ms + SWITCH_BEFORE_MS) {
		distribution_add(&site->fleet->switches, waited_ms - ago_ms);
	}
	if (came || waited_ms > SWITCH_MAX_MS) {
		watch->pending = false;
		watch->done = true;
	}
}

static void converge(struct fleet_site *site)
{
	if (site->has_desired && site->reached != site->desired.version &&
		site_media_is_converged(&site->media)) {
		site->reached = site->desired.version;
		site->changed = true;
	}
}

static void send_due(struct fleet_site *site, int64_t now_us)
{
	bool due = now_us >= site->report_us;
	bool soon = site->changed &&
		    now_us >= site->report_us - FLEET_SITE_REPORT_US + FLEET_SITE_REPORT_SOON_US;
	if (due || soon) {
		site->report_us = now_us + FLEET_SITE_REPORT_US;
		site->changed = false;
		send_report(site, now_us);
	}
	if (now_us >= site->thumbnail_us) {
		site->thumbnail_us = now_us + FLEET_SITE_THUMBNAIL_US;
		send_thumbnail(site);
	}
}

static void watch_line(struct fleet_site *site, int64_t now_us, int64_t wall_us)
{
	static struct command command;
	if (fleet_line_watch(site, level_of(site), now_us, wall_us, &command)) {
		fleet_site_command(site, &command);
	}
}

void fleet_site_tick(struct fleet_site *site, int64_t now_us, int64_t wall_us)
{
	site_media_tick(&site->media, now_us, wall_us);
	converge(site);
	measure_switch(site, now_us);
	if (ws_client_is_up(site->link)) {
		send_due(site, now_us);
		watch_line(site, now_us, wall_us);
		if (site->acknowledge_us != 0 && now_us >= site->acknowledge_us) {
			site->acknowledge_us = 0;
			acknowledge(site);
		}
		if (site->ready_us != 0 && now_us >= site->ready_us) {
			site->ready_us = 0;
			answer_ready(site);
		}
		if (site->vote_us != 0 && now_us >= site->vote_us) {
			site->vote_us = 0;
			vote(site);
		}
	}
}

/* ---- start and end ---- */

int fleet_site_init(struct fleet_site *site, struct fleet *fleet, const struct join *join)
{
	*site = (struct fleet_site){.fleet = fleet};
	memcpy(site->id, join->site, sizeof(site->id));
	site_media_init(&site->media, (uint16_t)join->number, fleet->epoll, &fleet->media);
	struct wire_hello hello;
	join_file_hello(join, "diemcau-fleet " DIEMCAU_VERSION, &hello);
	const char *addresses[WS_CLIENT_ADDRESS_MAX];
	struct ws_client_config config = {.addresses = addresses,
		.n_addresses = join_file_addresses(join, addresses),
		.hello = &hello,
		.events = &events,
		.user = site};
	/* spreads the reports of a thousand sites over time */
	int64_t now_us = ws_client_clock_us();
	site->report_us = now_us + between(0, FLEET_SITE_REPORT_US);
	site->thumbnail_us = now_us + between(0, FLEET_SITE_THUMBNAIL_US);
	site->media.keepalive_us = now_us + between(0, SITE_MEDIA_KEEPALIVE_US);
	int r = ws_client_open(fleet->hub, &config, &site->link);
	if (r < 0) {
		site_media_finish(&site->media);
	}
	return r;
}

void fleet_site_finish(struct fleet_site *site)
{
	ws_client_close(site->link);
	site_media_finish(&site->media);
}

bool fleet_site_is_online(const struct fleet_site *site)
{
	return ws_client_is_up(site->link);
}
