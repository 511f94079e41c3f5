/* Commands to the centre, and the requests of the page that become such. Pure. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "endpoint/session_private.h"

enum { MINUTE_MS = 60000 };
enum { MUTE_WAIT = 8 }; /* measurements: some two seconds */
/* Measurements, some twenty seconds: to be read, and gone before it could be taken for news. */
enum { ANSWER_WAIT = 80 };

static struct ep_pending *find_pending(struct ep_session *session, const char *id)
{
	for (size_t i = 0; i < session->n_pending; i++) {
		if (strcmp(session->pending[i].command.id, id) == 0) {
			return &session->pending[i];
		}
	}
	return NULL;
}

bool session_is_awaiting(const struct ep_session *session, enum command_name name)
{
	for (size_t i = 0; i < session->n_pending; i++) {
		if (session->pending[i].command.body.name == name) {
			return true;
		}
	}
	return false;
}

static void drop(struct ep_session *session, struct ep_pending *pending)
{
	size_t index = (size_t)(pending - session->pending);
	session->n_pending--;
	memmove(pending, pending + 1, (session->n_pending - index) * sizeof(*pending));
}

/* A new command, stored until it is answered. NULL if EP_PENDING_MAX are pending. */
static struct command *begin_command(
	struct ep_session *session, enum command_name name, struct ep_actions *actions)
{
	if (session->n_pending == EP_PENDING_MAX) {
		return NULL;
	}
	struct wire_command *command = &session->pending[session->n_pending++].command;
	memset(command, 0, sizeof(*command));
	snprintf(command->id, sizeof(command->id), "%.12s-%" PRIu64, session->instance,
		++session->commands);
	command->body.name = name;
	session_add_action(actions, EP_ACTION_COMMAND)->command = command;
	return &command->body;
}

int session_send_mute(struct ep_session *session, struct ep_actions *actions)
{
	struct command *command = begin_command(session, CMD_SITE_MUTE, actions);
	if (!command) {
		return REFUSAL_LIMIT;
	}
	TEXT_COPY(command->site_mute.site, session->site);
	command->site_mute.muted = session->muted;
	return 0;
}

/* If the answer was lost, the command is repeated with the same id. */
void session_resend(const struct ep_session *session, struct ep_actions *actions)
{
	for (size_t i = 0; i < session->n_pending; i++) {
		session_add_action(actions, EP_ACTION_COMMAND)->command =
			&session->pending[i].command;
	}
}

static enum panel_action signed_action(const struct cmd_site_sign *sign)
{
	if (sign->step == READINESS_STEP_REGISTERED) {
		return sign->done ? PANEL_ACTION_SIGN_REGISTERED : PANEL_ACTION_UNSIGN_REGISTERED;
	}
	return sign->done ? PANEL_ACTION_SIGN_SEATED : PANEL_ACTION_UNSIGN_SEATED;
}

static enum panel_action panel_action_of(const struct command *command)
{
	switch ((int)command->name) {
	case CMD_TURN_REQUEST:
		return PANEL_ACTION_RAISE_HAND;
	case CMD_TURN_WITHDRAW:
		return PANEL_ACTION_LOWER_HAND;
	case CMD_FLOOR_RELEASE:
		return PANEL_ACTION_FINISH_TURN;
	case CMD_TURN_ACKNOWLEDGE:
		return PANEL_ACTION_ACKNOWLEDGE;
	case CMD_READY_ANSWER:
		return PANEL_ACTION_ANSWER_READY;
	case CMD_LINE_TEST_CONFIRM:
		return command->line_test_confirm.heard ? PANEL_ACTION_CONFIRM_SOUND
							: PANEL_ACTION_DENY_SOUND;
	case CMD_SITE_MUTE:
		return command->site_mute.muted ? PANEL_ACTION_MUTE : PANEL_ACTION_UNMUTE;
	case CMD_CONTENT_SHOW:
		return command->content_show.shown ? PANEL_ACTION_SHOW_CONTENT
						   : PANEL_ACTION_HIDE_CONTENT;
	case CMD_SITE_SIGN:
		return signed_action(&command->site_sign);
	case CMD_SITE_CHECK:
		return command->site_check.done ? PANEL_ACTION_TICK : PANEL_ACTION_UNTICK;
	case CMD_SITE_POST:
		return command->site_post.present ? PANEL_ACTION_TAKE_POST
						  : PANEL_ACTION_LEAVE_POST;
	case CMD_SITE_REGISTER:
		return PANEL_ACTION_REGISTER;
	case CMD_SITE_ATTEND:
		return PANEL_ACTION_ATTEND;
	case CMD_VOTE_CAST:
	case CMD_VOTE_CORRECT:
		return PANEL_ACTION_CAST_VOTE;
	case CMD_VOTE_REPORT:
		return PANEL_ACTION_REPORT_VOTE;
	case CMD_OPINION_GIVE:
		return PANEL_ACTION_GIVE_OPINION;
	case CMD_MESSAGE_READ:
		return PANEL_ACTION_READ_MESSAGE;
	default:
		return PANEL_ACTION_SEND_MESSAGE;
	}
}

static void show_answer(struct ep_session *session, enum panel_action action, enum refusal refusal)
{
	session->answered = action;
	session->refusal = refusal;
	session->answer_wait = ANSWER_WAIT;
}

void session_forget_answer(struct ep_session *session)
{
	session->answered = PANEL_ACTION_UNSET;
	session->refusal = REFUSAL_UNSET;
	session->answer_wait = 0;
}

/* The program says some things by itself. */
static bool was_pressed(const struct command *command)
{
	return command->name != CMD_LINE_TEST_REPORT && command->name != CMD_HANDOUT_MARK;
}

static void answer(struct ep_session *session, struct ep_pending *pending, enum refusal refusal)
{
	if (was_pressed(&pending->command.body)) {
		show_answer(session, panel_action_of(&pending->command.body), refusal);
	}
	drop(session, pending);
}

void ep_session_line_report(struct ep_session *session, const struct line_figures *figures,
	int64_t clock_off_ms, struct ep_actions *ret_actions)
{
	ret_actions->n = 0;
	struct command *command = begin_command(session, CMD_LINE_TEST_REPORT, ret_actions);
	if (!command) {
		return; /* a page has filled the list: the test ends without this site */
	}
	struct cmd_line_test_report *report = &command->line_test_report;
	TEXT_COPY(report->site, session->site);
	report->figures = *figures;
	report->figures.has_clock_offset = true;
	report->figures.clock_offset.ms = clock_off_ms;
	report->figures.has_round_trip = ep_session_round_trip_ms(session) >= 0;
	report->figures.round_trip.ms =
		report->figures.has_round_trip ? ep_session_round_trip_ms(session) : 0;
}

void ep_session_receipt(struct ep_session *session, const char *handout, enum receipt receipt,
	struct ep_actions *ret_actions)
{
	ret_actions->n = 0;
	struct command *command = begin_command(session, CMD_HANDOUT_MARK, ret_actions);
	if (!command) {
		return; /* the centre goes on asking for it */
	}
	TEXT_COPY(command->handout_mark.handout, handout);
	TEXT_COPY(command->handout_mark.site, session->site);
	command->handout_mark.receipt = receipt;
}

void ep_session_accepted(struct ep_session *session, const struct wire_accepted *accepted)
{
	struct ep_pending *pending = find_pending(session, accepted->id);
	if (!pending) {
		return;
	}
	if (pending->command.body.name == CMD_TURN_REQUEST && accepted->has_turn) {
		TEXT_COPY(session->raised, accepted->turn);
	}
	if (pending->command.body.name == CMD_TURN_WITHDRAW) {
		session->raised[0] = '\0';
	}
	answer(session, pending, REFUSAL_UNSET);
}

void ep_session_refused(struct ep_session *session, const struct wire_refused *refused)
{
	struct ep_pending *pending = refused->has_id ? find_pending(session, refused->id) : NULL;
	if (pending) {
		if (pending->command.body.name == CMD_SITE_MUTE) {
			session->mute_wait = MUTE_WAIT;
		}
		answer(session, pending, refused->code);
	}
}

/* ---- requests of the page ---- */

static int request_mute(struct ep_session *session, bool muted, struct ep_actions *actions)
{
	if (session->muted == muted) {
		return REFUSAL_ALREADY;
	}
	session->muted = muted;
	session->mute_chosen = true;
	session_update_voice(session, actions);
	return session_is_awaiting(session, CMD_SITE_MUTE) ? 0
							   : session_send_mute(session, actions);
}

static int request_raise_hand(
	struct ep_session *session, const struct panel_request *request, struct ep_actions *actions)
{
	if (session->desired.hand || session_is_awaiting(session, CMD_TURN_REQUEST)) {
		return REFUSAL_ALREADY;
	}
	struct command *command = begin_command(session, CMD_TURN_REQUEST, actions);
	if (!command) {
		return REFUSAL_LIMIT;
	}
	TEXT_COPY(command->turn_request.site, session->site);
	command->turn_request.has_topic = request->has_text;
	TEXT_COPY(command->turn_request.topic, request->text);
	command->turn_request.has_unit = request->has_unit;
	TEXT_COPY(command->turn_request.unit, request->unit);
	command->turn_request.has_speaker = request->has_speaker;
	TEXT_COPY(command->turn_request.speaker, request->speaker);
	command->turn_request.has_class = request->has_reply && request->reply;
	command->turn_request.class =
		command->turn_request.has_class ? TURN_CLASS_REPLY : TURN_CLASS_UNSET;
	command->turn_request.has_allowance = request->has_minutes;
	command->turn_request.allowance.ms = (int64_t)request->minutes * MINUTE_MS;
	return 0;
}

static int request_lower_hand(struct ep_session *session, struct ep_actions *actions)
{
	const char *turn = session->raised[0] ? session->raised : session->desired.turn;
	if (!session->desired.hand || turn[0] == '\0' ||
		session_is_awaiting(session, CMD_TURN_WITHDRAW)) {
		return REFUSAL_WRONG_STATE;
	}
	struct command *command = begin_command(session, CMD_TURN_WITHDRAW, actions);
	if (!command) {
		return REFUSAL_LIMIT;
	}
	TEXT_COPY(command->turn_withdraw.turn, turn);
	return 0;
}

/* The speaker has finished before anybody at the centre has seen it. */
static int request_finish_turn(struct ep_session *session, struct ep_actions *actions)
{
	const struct wire_site_desired *desired = &session->desired;
	if (desired->tally != TALLY_ON_AIR || !desired->has_turn) {
		return REFUSAL_WRONG_STATE;
	}
	if (session_is_awaiting(session, CMD_FLOOR_RELEASE)) {
		return REFUSAL_ALREADY;
	}
	struct command *command = begin_command(session, CMD_FLOOR_RELEASE, actions);
	if (!command) {
		return REFUSAL_LIMIT;
	}
	TEXT_COPY(command->floor_release.turn, desired->turn);
	return 0;
}

static int request_acknowledge(struct ep_session *session, struct ep_actions *actions)
{
	const struct wire_site_desired *desired = &session->desired;
	if (desired->tally != TALLY_NEXT || !desired->has_turn) {
		return REFUSAL_WRONG_STATE;
	}
	if (desired->acknowledged || session_is_awaiting(session, CMD_TURN_ACKNOWLEDGE)) {
		return REFUSAL_ALREADY;
	}
	struct command *command = begin_command(session, CMD_TURN_ACKNOWLEDGE, actions);
	if (!command) {
		return REFUSAL_LIMIT;
	}
	TEXT_COPY(command->turn_acknowledge.turn, desired->turn);
	return 0;
}

static int request_message(
	struct ep_session *session, const struct panel_request *request, struct ep_actions *actions)
{
	if (!request->has_text) {
		return REFUSAL_INVALID;
	}
	struct command *command = begin_command(session, CMD_MESSAGE_SEND, actions);
	if (!command) {
		return REFUSAL_LIMIT;
	}
	TEXT_COPY(command->message_send.text, request->text);
	command->message_send.has_site = true;
	TEXT_COPY(command->message_send.site, session->site);
	return 0;
}

/* Read by a person: the program behind the page reads nothing by itself. */
static int request_read(
	struct ep_session *session, const struct panel_request *request, struct ep_actions *actions)
{
	if (!request->has_message) {
		return REFUSAL_INVALID;
	}
	if (session_is_awaiting(session, CMD_MESSAGE_READ)) {
		return REFUSAL_ALREADY;
	}
	struct command *command = begin_command(session, CMD_MESSAGE_READ, actions);
	if (!command) {
		return REFUSAL_LIMIT;
	}
	command->message_read.message = request->message;
	return 0;
}

/* Shown while on air alone; taken off at any time. */
static int request_content(struct ep_session *session, bool shown, struct ep_actions *actions)
{
	const struct wire_site_desired *desired = &session->desired;
	if (!desired->has_content_shown || (shown && desired->tally != TALLY_ON_AIR)) {
		return REFUSAL_WRONG_STATE;
	}
	if (desired->content_shown == shown || session_is_awaiting(session, CMD_CONTENT_SHOW)) {
		return REFUSAL_ALREADY;
	}
	struct command *command = begin_command(session, CMD_CONTENT_SHOW, actions);
	if (!command) {
		return REFUSAL_LIMIT;
	}
	TEXT_COPY(command->content_show.site, session->site);
	command->content_show.shown = shown;
	return 0;
}

static int request_answer_ready(struct ep_session *session, struct ep_actions *actions)
{
	const struct wire_site_desired *desired = &session->desired;
	if (!desired->has_ready) {
		return REFUSAL_WRONG_STATE;
	}
	if (desired->ready.answered || session_is_awaiting(session, CMD_READY_ANSWER)) {
		return REFUSAL_ALREADY;
	}
	struct command *command = begin_command(session, CMD_READY_ANSWER, actions);
	if (!command) {
		return REFUSAL_LIMIT;
	}
	TEXT_COPY(command->ready_answer.site, session->site);
	return 0;
}

static int request_confirm_sound(struct ep_session *session, bool heard, struct ep_actions *actions)
{
	const struct wire_site_desired *desired = &session->desired;
	if (!desired->has_line_test) {
		return REFUSAL_WRONG_STATE;
	}
	if (desired->line_test.confirmed || session_is_awaiting(session, CMD_LINE_TEST_CONFIRM)) {
		return REFUSAL_ALREADY;
	}
	struct command *command = begin_command(session, CMD_LINE_TEST_CONFIRM, actions);
	if (!command) {
		return REFUSAL_LIMIT;
	}
	TEXT_COPY(command->line_test_confirm.site, session->site);
	command->line_test_confirm.heard = heard;
	return 0;
}

static bool is_awaiting_sign(const struct ep_session *session, enum readiness_step step)
{
	for (size_t i = 0; i < session->n_pending; i++) {
		const struct command *command = &session->pending[i].command.body;
		if (command->name == CMD_SITE_SIGN && command->site_sign.step == step) {
			return true;
		}
	}
	return false;
}

static int request_sign(
	struct ep_session *session, enum readiness_step step, bool done, struct ep_actions *actions)
{
	const struct wire_site_desired *desired = &session->desired;
	bool is_done = step == READINESS_STEP_REGISTERED ? desired->registered : desired->seated;
	if (is_done == done || is_awaiting_sign(session, step)) {
		return REFUSAL_ALREADY;
	}
	struct command *command = begin_command(session, CMD_SITE_SIGN, actions);
	if (!command) {
		return REFUSAL_LIMIT;
	}
	TEXT_COPY(command->site_sign.site, session->site);
	command->site_sign.step = step;
	command->site_sign.done = done;
	return 0;
}

/* ---- who will be there, and who has come ---- */

void ep_session_registration(
	struct ep_session *session, const struct told_registration *registration)
{
	session->has_registration = true;
	session->registration = *registration;
}

static int request_register(
	struct ep_session *session, const struct panel_request *request, struct ep_actions *actions)
{
	if (!session->has_registration || !session->registration.may_register) {
		return REFUSAL_WRONG_STATE;
	}
	if (session_is_awaiting(session, CMD_SITE_REGISTER)) {
		return REFUSAL_ALREADY;
	}
	struct command *command = begin_command(session, CMD_SITE_REGISTER, actions);
	if (!command) {
		return REFUSAL_LIMIT;
	}
	struct cmd_site_register *args = &command->site_register;
	TEXT_COPY(args->site, session->site);
	args->has_venue = request->has_venue;
	TEXT_COPY(args->venue, request->venue);
	args->has_chair = request->has_chair;
	TEXT_COPY(args->chair, request->chair);
	args->n_delegates = request->n_delegates;
	ARRAY_COPY(args->delegates, request->delegates);
	args->has_people = request->has_people;
	args->people = request->people;
	return 0;
}

static int request_attend(
	struct ep_session *session, const struct panel_request *request, struct ep_actions *actions)
{
	if (!session->has_registration || !session->registration.may_attend) {
		return REFUSAL_WRONG_STATE;
	}
	if (request->has_text && strlen(request->text) >= NOTE_SIZE) {
		return REFUSAL_INVALID;
	}
	if (session_is_awaiting(session, CMD_SITE_ATTEND)) {
		return REFUSAL_ALREADY;
	}
	struct command *command = begin_command(session, CMD_SITE_ATTEND, actions);
	if (!command) {
		return REFUSAL_LIMIT;
	}
	struct cmd_site_attend *args = &command->site_attend;
	TEXT_COPY(args->site, session->site);
	args->n_delegates = request->n_presence;
	ARRAY_COPY(args->delegates, request->presence);
	args->has_reason = request->has_text;
	TEXT_COPY(args->reason, request->has_text ? request->text : "");
	args->has_people = request->has_people;
	args->people = request->people;
	return 0;
}

static bool is_awaiting_check(const struct ep_session *session, const char *check)
{
	for (size_t i = 0; i < session->n_pending; i++) {
		const struct command *command = &session->pending[i].command.body;
		if (command->name == CMD_SITE_CHECK &&
			strcmp(command->site_check.check, check) == 0) {
			return true;
		}
	}
	return false;
}

static int request_check(
	struct ep_session *session, const struct panel_request *request, struct ep_actions *actions)
{
	if (!request->has_check || (request->has_text && strlen(request->text) >= NOTE_SIZE)) {
		return REFUSAL_INVALID;
	}
	if (is_awaiting_check(session, request->check)) {
		return REFUSAL_ALREADY;
	}
	struct command *command = begin_command(session, CMD_SITE_CHECK, actions);
	if (!command) {
		return REFUSAL_LIMIT;
	}
	TEXT_COPY(command->site_check.site, session->site);
	TEXT_COPY(command->site_check.check, request->check);
	command->site_check.done = request->action == PANEL_ACTION_TICK;
	command->site_check.has_note = request->has_text;
	TEXT_COPY(command->site_check.note, request->has_text ? request->text : "");
	return 0;
}

static int request_post(struct ep_session *session, bool present, struct ep_actions *actions)
{
	const struct wire_site_desired *desired = &session->desired;
	if (!desired->has_posted) {
		return REFUSAL_WRONG_STATE;
	}
	if (desired->posted == present || session_is_awaiting(session, CMD_SITE_POST)) {
		return REFUSAL_ALREADY;
	}
	struct command *command = begin_command(session, CMD_SITE_POST, actions);
	if (!command) {
		return REFUSAL_LIMIT;
	}
	TEXT_COPY(command->site_post.site, session->site);
	command->site_post.present = present;
	return 0;
}

/* A site that has counted already counts again. */
static int request_count(
	struct ep_session *session, const struct panel_request *request, struct ep_actions *actions)
{
	const struct vote_brief *vote = &session->desired.vote;
	bool again = vote->has_count;
	struct command *command =
		begin_command(session, again ? CMD_VOTE_CORRECT : CMD_VOTE_CAST, actions);
	if (!command) {
		return REFUSAL_LIMIT;
	}
	if (again) {
		TEXT_COPY(command->vote_correct.vote, vote->vote);
		TEXT_COPY(command->vote_correct.site, session->site);
		command->vote_correct.has_count = true;
		command->vote_correct.count = request->count;
		return 0;
	}
	TEXT_COPY(command->vote_cast.vote, vote->vote);
	TEXT_COPY(command->vote_cast.site, session->site);
	command->vote_cast.has_count = true;
	command->vote_cast.count = request->count;
	return 0;
}

static int request_ballot(
	struct ep_session *session, const struct panel_request *request, struct ep_actions *actions)
{
	struct command *command = begin_command(session, CMD_VOTE_CAST, actions);
	if (!command) {
		return REFUSAL_LIMIT;
	}
	TEXT_COPY(command->vote_cast.vote, session->desired.vote.vote);
	TEXT_COPY(command->vote_cast.site, session->site);
	command->vote_cast.has_voter = command->vote_cast.has_choice = true;
	TEXT_COPY(command->vote_cast.voter, request->voter);
	command->vote_cast.choice = request->choice;
	return 0;
}

static int request_vote(
	struct ep_session *session, const struct panel_request *request, struct ep_actions *actions)
{
	bool by_name = session->desired.vote.method == VOTE_METHOD_BY_NAME;
	if (!session->desired.has_vote) {
		return REFUSAL_WRONG_STATE;
	}
	if (by_name ? !request->has_voter || !request->has_choice : !request->has_count) {
		return REFUSAL_INVALID;
	}
	if (session_is_awaiting(session, CMD_VOTE_CAST) ||
		session_is_awaiting(session, CMD_VOTE_CORRECT)) {
		return REFUSAL_ALREADY;
	}
	return by_name ? request_ballot(session, request, actions)
		       : request_count(session, request, actions);
}

static int request_opinion(
	struct ep_session *session, const struct panel_request *request, struct ep_actions *actions)
{
	const struct opinion_brief *opinions = &session->desired.opinions;
	if (!session->desired.has_opinions || !opinions->has_item) {
		return REFUSAL_WRONG_STATE;
	}
	if (!request->has_opinion) {
		return REFUSAL_INVALID;
	}
	if (session_is_awaiting(session, CMD_OPINION_GIVE)) {
		return REFUSAL_ALREADY;
	}
	struct command *command = begin_command(session, CMD_OPINION_GIVE, actions);
	if (!command) {
		return REFUSAL_LIMIT;
	}
	TEXT_COPY(command->opinion_give.item, opinions->item);
	TEXT_COPY(command->opinion_give.site, session->site);
	TEXT_COPY(command->opinion_give.text, request->opinion);
	command->opinion_give.has_unit = request->has_unit;
	TEXT_COPY(command->opinion_give.unit, request->unit);
	return 0;
}

static int request_report(
	struct ep_session *session, const struct panel_request *request, struct ep_actions *actions)
{
	if (!session->desired.has_vote) {
		return REFUSAL_WRONG_STATE;
	}
	if (!request->has_text) {
		return REFUSAL_INVALID;
	}
	struct command *command = begin_command(session, CMD_VOTE_REPORT, actions);
	if (!command) {
		return REFUSAL_LIMIT;
	}
	TEXT_COPY(command->vote_report.vote, session->desired.vote.vote);
	command->vote_report.has_site = true;
	TEXT_COPY(command->vote_report.site, session->site);
	TEXT_COPY(command->vote_report.text, request->text);
	return 0;
}

static int take_request(struct ep_session *session, const struct panel_request *request,
	struct ep_actions *ret_actions)
{
	switch (request->action) {
	case PANEL_ACTION_MUTE:
		return request_mute(session, true, ret_actions);
	case PANEL_ACTION_UNMUTE:
		return request_mute(session, false, ret_actions);
	case PANEL_ACTION_RAISE_HAND:
		return request_raise_hand(session, request, ret_actions);
	case PANEL_ACTION_LOWER_HAND:
		return request_lower_hand(session, ret_actions);
	case PANEL_ACTION_FINISH_TURN:
		return request_finish_turn(session, ret_actions);
	case PANEL_ACTION_ACKNOWLEDGE:
		return request_acknowledge(session, ret_actions);
	case PANEL_ACTION_ANSWER_READY:
		return request_answer_ready(session, ret_actions);
	case PANEL_ACTION_CONFIRM_SOUND:
	case PANEL_ACTION_DENY_SOUND:
		return request_confirm_sound(
			session, request->action == PANEL_ACTION_CONFIRM_SOUND, ret_actions);
	case PANEL_ACTION_SEND_MESSAGE:
		return request_message(session, request, ret_actions);
	case PANEL_ACTION_READ_MESSAGE:
		return request_read(session, request, ret_actions);
	case PANEL_ACTION_SHOW_CONTENT:
	case PANEL_ACTION_HIDE_CONTENT:
		return request_content(
			session, request->action == PANEL_ACTION_SHOW_CONTENT, ret_actions);
	case PANEL_ACTION_SIGN_REGISTERED:
	case PANEL_ACTION_UNSIGN_REGISTERED:
		return request_sign(session, READINESS_STEP_REGISTERED,
			request->action == PANEL_ACTION_SIGN_REGISTERED, ret_actions);
	case PANEL_ACTION_SIGN_SEATED:
	case PANEL_ACTION_UNSIGN_SEATED:
		return request_sign(session, READINESS_STEP_SEATED,
			request->action == PANEL_ACTION_SIGN_SEATED, ret_actions);
	case PANEL_ACTION_TICK:
	case PANEL_ACTION_UNTICK:
		return request_check(session, request, ret_actions);
	case PANEL_ACTION_TAKE_POST:
	case PANEL_ACTION_LEAVE_POST:
		return request_post(
			session, request->action == PANEL_ACTION_TAKE_POST, ret_actions);
	case PANEL_ACTION_REGISTER:
		return request_register(session, request, ret_actions);
	case PANEL_ACTION_ATTEND:
		return request_attend(session, request, ret_actions);
	case PANEL_ACTION_CAST_VOTE:
		return request_vote(session, request, ret_actions);
	case PANEL_ACTION_REPORT_VOTE:
		return request_report(session, request, ret_actions);
	case PANEL_ACTION_GIVE_OPINION:
		return request_opinion(session, request, ret_actions);
	case PANEL_ACTION_UNSET:
		break;
	}
	return REFUSAL_INVALID;
}

int ep_session_request(struct ep_session *session, const struct panel_request *request,
	struct ep_actions *ret_actions)
{
	ret_actions->n = 0;
	int r = take_request(session, request, ret_actions);
	session_forget_answer(session);
	if (r != 0) {
		show_answer(session, request->action, (enum refusal)r);
	}
	return r;
}
