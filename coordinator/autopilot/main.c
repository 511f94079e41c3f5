/*
 * diemcau-autopilot: an operator's websocket client. One command at a time: the next is sent when
 * the previous one is answered and the views are as new as the answer. Exits with 0 only if the
 * meeting was closed with no refusal and no alarm.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/autopilot/autopilot.h"
#include "coordinator/autopilot/autopilot_options.h"
#include "proto/client/join_file.h"
#include "proto/client/login_request.h"
#include "proto/client/ws_client.h"
#include "proto/codec/codec.h"
#include "proto/system/file.h"
#include "proto/system/memory.h"
#include "proto/system/printable.h"
#include "script_msg.h"
#include "text_copy.h"

enum {
	BEAT_MS = 20,
	PACE_US = 23000, /* below the 50 messages a second a peer may send */
	ANSWER_US = 10000000, /* without an answer: sent again, with the same id */
	VIEWS_US = 1000000, /* a view newer than the answer may never come: the command changed
			     * nothing visible */
	REFUSALS_MAX = 256,
	AUTHORITY_MAX = 16384,
	CONNECT_US = 30000000,
};

enum stage { STAGE_IDLE, STAGE_ASKED, STAGE_ANSWERED };

struct autopilot_program {
	const struct autopilot_options *options;
	struct ws_client_hub *hub;
	struct ws_client *link;
	struct wire_session session;
	struct meeting_mirror mirror;
	struct autopilot autopilot;
	struct wire_message asked;
	enum stage stage;
	int64_t sent_us, answered_us, start_us;
	uint64_t answered_seq, next_id;
	struct refused_note refusals[REFUSALS_MAX];
	size_t n_refusals;
	bool over, ever_up;
	bool session_ended; /* the coordinator does not know it any more */
	char authority[AUTHORITY_MAX];
	char failure[300];
};

static void fail(struct autopilot_program *program, const char *why)
{
	TEXT_COPY(program->failure, why);
	program->over = true;
}

/* ---- the account ---- */

static int read_authority(struct autopilot_program *program)
{
	if (!program->options->authority) {
		return 0;
	}
	char *bytes = NULL;
	size_t size = 0;
	int r = file_read(program->options->authority, AUTHORITY_MAX - 1, &bytes, &size);
	if (r == 0) {
		memcpy(program->authority, bytes, size + 1);
		free(bytes);
	}
	return r < 0 ? r : size > 0 ? 0 : -EIO;
}

static const char *authority(const struct autopilot_program *program)
{
	return program->options->authority ? program->authority : NULL;
}

/* Fails for good if the account is refused; retries while the coordinator is unreachable. */
static int log_in(struct autopilot_program *program)
{
	struct wire_login login = {0};
	TEXT_COPY(login.account, program->options->account);
	TEXT_COPY(login.password, program->options->password);
	char fault[LOGIN_FAULT_SIZE];
	int r = login_request(
		program->options->url, authority(program), &login, &program->session, fault);
	if (r == -EACCES || (r < 0 && !program->ever_up)) {
		fail(program, fault);
	}
	return r;
}

/* ---- the link ---- */

static void on_hello(void *user, struct wire_hello *hello)
{
	struct autopilot_program *program = user;
	if (program->session_ended && log_in(program) == 0) {
		program->session_ended = false;
	}
	hello->has_session = true;
	memcpy(hello->session, program->session.session, sizeof(hello->session));
}

static void on_up(void *user, const struct wire_welcome *welcome)
{
	struct autopilot_program *program = user;
	program->ever_up = true;
	if (!welcome->has_snapshot ||
		meeting_mirror_take_snapshot(&program->mirror, &welcome->snapshot) < 0) {
		fail(program, "no snapshot in the welcome");
	}
	if (program->stage == STAGE_ASKED) {
		ws_client_send(program->link, &program->asked);
	}
}

/* The site acknowledged while the operator telephoned it. */
static bool was_overtaken(
	const struct autopilot_program *program, const struct wire_refused *refused)
{
	return refused->code == REFUSAL_ALREADY &&
	       program->asked.command.body.name == CMD_TURN_ACKNOWLEDGE;
}

static void record_refusal(struct autopilot_program *program, const struct wire_refused *refused)
{
	if (!was_overtaken(program, refused) && program->n_refusals < REFUSALS_MAX) {
		struct refused_note *note = &program->refusals[program->n_refusals++];
		*note = (struct refused_note){.code = refused->code};
		TEXT_COPY(note->name,
			msg_enum_name(&msg_command_name, (int)program->asked.command.body.name));
		TEXT_COPY(note->text, refused->text);
	}
}

static void answered(struct autopilot_program *program, const char *id, uint64_t seq)
{
	if (program->stage == STAGE_ASKED && strcmp(id, program->asked.command.id) == 0) {
		program->stage = STAGE_ANSWERED;
		program->answered_us = ws_client_clock_us();
		program->answered_seq = seq;
	}
}

static void on_message(void *user, const struct wire_message *message)
{
	struct autopilot_program *program = user;
	if (message->type == WIRE_UPDATE) {
		if (meeting_mirror_take_update(&program->mirror, &message->update) < 0) {
			fail(program, "out of memory");
		}
	} else if (message->type == WIRE_ACCEPTED) {
		answered(program, message->accepted.id, message->accepted.seq);
	} else if (message->type == WIRE_REFUSED) {
		record_refusal(program, &message->refused);
		answered(program, message->refused.has_id ? message->refused.id : "",
			message->refused.seq);
	}
}

static void on_down(void *user, const struct ws_client_notice *notice)
{
	struct autopilot_program *program = user;
	print_line(stderr, "diemcau-autopilot: link down: %s: %s",
		ws_client_reason_name(notice->reason), notice->text);
	if (notice->code != REFUSAL_UNAUTHORISED) {
		return;
	}
	if (program->ever_up) {
		program->session_ended = true;
	} else {
		fail(program, notice->text);
	}
}

static const struct ws_client_events events = {
	.on_hello = on_hello, .on_up = on_up, .on_message = on_message, .on_down = on_down};

/* ---- starting ---- */

static int open_link(struct autopilot_program *program)
{
	struct ws_client_hub_config hub = {.ca = authority(program)};
	struct wire_hello hello = {.role = program->session.role, .has_agent = true};
	const char *addresses[] = {program->options->url};
	struct ws_client_config config = {.addresses = addresses,
		.n_addresses = 1,
		.hello = &hello,
		.events = &events,
		.user = program};
	snprintf(hello.agent, sizeof(hello.agent), "diemcau-autopilot " DIEMCAU_VERSION);
	int r = join_instance_make(hello.instance);
	if (r == 0) {
		r = ws_client_hub_create(&hub, &program->hub);
	}
	return r < 0 ? r : ws_client_open(program->hub, &config, &program->link);
}

static int start(struct autopilot_program *program)
{
	int r = read_authority(program);
	if (r < 0) {
		fail(program, "the authority cannot be read");
		return r;
	}
	r = log_in(program);
	if (r == 0) {
		r = open_link(program);
		if (r < 0) {
			fail(program, strerror(-r));
		}
	}
	program->autopilot.sites_wanted = (size_t)program->options->sites;
	program->start_us = ws_client_clock_us();
	return r;
}

/* ---- running ---- */

static void send_command(struct autopilot_program *program, const struct command *command)
{
	program->asked = (struct wire_message){.type = WIRE_COMMAND, .command = {.body = *command}};
	snprintf(program->asked.command.id, sizeof(program->asked.command.id), "%llu",
		(unsigned long long)++program->next_id);
	program->stage = STAGE_ASKED;
	program->sent_us = ws_client_clock_us();
	ws_client_send(program->link, &program->asked);
}

static bool may_ask(struct autopilot_program *program, int64_t now_us)
{
	if (program->stage == STAGE_ASKED && now_us - program->sent_us > ANSWER_US) {
		program->sent_us = now_us;
		ws_client_send(program->link, &program->asked);
	}
	if (program->stage == STAGE_ANSWERED && now_us - program->sent_us > PACE_US &&
		(program->mirror.seq >= program->answered_seq ||
			now_us - program->answered_us > VIEWS_US)) {
		program->stage = STAGE_IDLE;
	}
	return program->stage == STAGE_IDLE;
}

static void step(struct autopilot_program *program)
{
	int64_t now_us = ws_client_clock_us();
	struct now now;
	if (!ws_client_is_up(program->link) || !may_ask(program, now_us) ||
		!ws_client_server_now(program->link, &now, NULL)) {
		return;
	}
	struct command command;
	switch (autopilot_next(&program->autopilot, &program->mirror, now.at, &command)) {
	case AUTOPILOT_WAIT:
		return;
	case AUTOPILOT_SEND:
		send_command(program, &command);
		return;
	case AUTOPILOT_DONE:
		program->over = true;
		return;
	case AUTOPILOT_FAILED:
		fail(program, program->autopilot.failure);
		return;
	}
}

static void check_limits(struct autopilot_program *program)
{
	int64_t elapsed_us = ws_client_clock_us() - program->start_us;
	if (!program->ever_up && elapsed_us > CONNECT_US) {
		fail(program, "the coordinator does not welcome us");
	}
	if (program->options->seconds > 0 &&
		(double)elapsed_us > program->options->seconds * 1000000) {
		fail(program, "the meeting was not closed in time");
	}
	if (program->n_refusals == REFUSALS_MAX) {
		fail(program, "everything is refused");
	}
}

static void run(struct autopilot_program *program)
{
	while (!program->over) {
		struct pollfd ready = {.fd = ws_client_hub_fd(program->hub), .events = POLLIN};
		poll(&ready, 1, BEAT_MS);
		ws_client_hub_dispatch(program->hub);
		if (!program->over) {
			step(program);
			check_limits(program);
		}
	}
}

/* ---- ending ---- */

static size_t count_alarms(const struct meeting_mirror *mirror, struct alarm_note *notes)
{
	size_t count = mirror->n_alarms < PILOT_RESULT_ALARMS_MAX ? mirror->n_alarms
								  : PILOT_RESULT_ALARMS_MAX;
	for (size_t i = 0; i < count; i++) {
		const struct wire_alarm_view *alarm = &mirror->alarms[i];
		notes[i] = (struct alarm_note){.kind = alarm->kind, .has_site = alarm->has_site};
		memcpy(notes[i].site, alarm->site, sizeof(notes[i].site));
	}
	return count;
}

static void count_done(const struct meeting_mirror *mirror, struct pilot_result *result)
{
	for (size_t i = 0; i < mirror->n_turns; i++) {
		result->turns_done += mirror->turns[i].state == TURN_STATE_DONE;
	}
	for (size_t i = 0; i < mirror->n_items; i++) {
		result->items_done += mirror->items[i].state == ITEM_STATE_DONE;
	}
}

static int write_result(struct autopilot_program *program, const struct pilot_result *result)
{
	char *json = NULL;
	size_t size = 0;
	int r = msg_encode(&msg_pilot_result, result, &json, &size);
	if (r < 0) {
		fprintf(stderr, "diemcau-autopilot: result: %s\n", strerror(-r));
		return r;
	}
	FILE *file = program->options->result ? fopen(program->options->result, "w") : stdout;
	if (!file || fprintf(file, "%s\n", json) < 0) {
		r = -EIO;
	}
	if (file && file != stdout) {
		fclose(file);
	}
	msg_free(json);
	return r;
}

static bool conclude(struct autopilot_program *program)
{
	static struct alarm_note alarms[PILOT_RESULT_ALARMS_MAX];
	struct pilot_result result = {
		.closed = program->mirror.meeting.state == MEETING_STATE_CLOSED,
		.sites_online = meeting_mirror_online(&program->mirror),
		.events = program->mirror.seq,
		.refusals = program->refusals,
		.n_refusals = program->n_refusals,
		.alarms = alarms,
		.n_alarms = count_alarms(&program->mirror, alarms),
		.has_failure = program->failure[0] != '\0'};
	TEXT_COPY(result.failure, program->failure);
	count_done(&program->mirror, &result);
	bool good = result.closed && result.n_refusals == 0 && result.n_alarms == 0 &&
		    !result.has_failure;
	return write_result(program, &result) == 0 && good;
}

int main(int argc, char **argv)
{
	static struct autopilot_program program;
	memory_guard();
	program.options = autopilot_options_read(argc, argv);
	if (start(&program) == 0) {
		run(&program);
	}
	bool good = conclude(&program);
	if (program.failure[0] != '\0') {
		print_line(stderr, "diemcau-autopilot: %s", program.failure);
	}
	ws_client_hub_destroy(program.hub);
	meeting_mirror_finish(&program.mirror);
	return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
