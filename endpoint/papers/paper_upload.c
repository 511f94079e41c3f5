#include "endpoint/papers/paper_upload.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "http_msg.h"
#include "text_copy.h"
#include "wire_msg.h"

enum { PATH_ROOM = 256 };

/* One piece on its way. */
struct sending {
	const struct paper_upload *upload;
	uint64_t from;
};

static void count_sent(void *user, uint64_t bytes)
{
	const struct sending *sending = user;
	sending->upload->on_sent(sending->upload->user, sending->from + bytes);
}

/* A status of the centre: 0 and the state; a negative errno to try again later; a refusal. */
static int read_state(int status, const struct msg_text *answer, struct upload_state *ret_state)
{
	struct msg_arena arena = {0};
	struct wire_message *message = calloc(1, sizeof(*message));
	int r = -EBADMSG;
	if (status == CENTRE_HTTP_OK || status == CENTRE_HTTP_CREATED) {
		r = msg_decode(&msg_upload_state, answer->data, answer->len, NULL, ret_state, NULL);
		r = r > 0 ? -EBADMSG : r;
	} else if (status >= CENTRE_HTTP_SERVER_FAULT || status == CENTRE_HTTP_TOO_MANY ||
		   status == CENTRE_HTTP_CONFLICT) {
		r = -EAGAIN;
	} else if (message && answer->data &&
		   msg_decode(&msg_wire_message, answer->data, answer->len, &arena, message,
			   NULL) == 0 &&
		   message->type == WIRE_REFUSED) {
		r = (int)message->refused.code;
	}
	free(message);
	msg_arena_finish(&arena);
	return r;
}

static int announce(const struct paper_upload *upload, struct upload_state *state)
{
	struct kept_paper *paper = upload->paper;
	struct msg_text answer = {0};
	struct upload_ask ask = {.size = paper->size, .has_document = true};
	cleanup(msg_free) char *json = NULL;
	size_t size;
	TEXT_COPY(ask.name, paper->name);
	TEXT_COPY(ask.document, paper->document);
	int r = msg_encode(&msg_upload_ask, &ask, &json, &size);
	r = r == 0 ? centre_http_post(upload->http, "/api/v1/uploads", json, &answer) : r;
	r = r > 0 ? read_state(r, &answer, state) : r;
	if (r == 0) {
		paper->has_upload = true;
		TEXT_COPY(paper->upload, state->upload);
	}
	msg_text_finish(&answer);
	return r;
}

/* Where the centre is with an upload that was announced before; if it has forgotten it, anew. */
static int take_up(const struct paper_upload *upload, struct upload_state *state)
{
	struct msg_text answer = {0};
	char path[PATH_ROOM];
	snprintf(path, sizeof(path), "/api/v1/uploads?upload=%s", upload->paper->upload);
	int status = centre_http_get(upload->http, path, &answer);
	int r = status > 0 ? read_state(status, &answer, state) : status;
	msg_text_finish(&answer);
	return status == CENTRE_HTTP_NOT_FOUND ? announce(upload, state) : r;
}

static int send_piece(const struct paper_upload *upload, FILE *file, struct upload_state *state)
{
	struct sending sending = {.upload = upload, .from = state->offset};
	const struct centre_http_progress progress = {.on_bytes = count_sent, .user = &sending};
	uint64_t left = state->size - state->offset;
	struct centre_http_body body = {.type = "application/octet-stream",
		.file = file,
		.size = left < state->piece ? left : state->piece};
	struct msg_text answer = {0};
	char path[PATH_ROOM];
	snprintf(path, sizeof(path), "/api/v1/uploads?upload=%s&offset=%" PRIu64, state->upload,
		state->offset);
	int r = fseeko(file, (off_t)state->offset, SEEK_SET) == 0 ? 0 : -errno;
	r = r == 0 ? centre_http_patch(upload->http, path, &body, &progress, &answer) : r;
	r = r > 0 ? read_state(r, &answer, state) : r;
	msg_text_finish(&answer);
	return r;
}

int paper_upload_bring(const struct paper_upload *upload, FILE *file)
{
	struct upload_state state = {0};
	int r = upload->paper->has_upload ? take_up(upload, &state) : announce(upload, &state);
	r = r == 0 ? upload->on_number(upload->user, upload->paper) : r;
	while (r == 0 && !state.has_file) {
		uint64_t before = state.offset;
		r = send_piece(upload, file, &state);
		r = r == 0 && !state.has_file && state.offset <= before ? -EAGAIN : r;
	}
	return r;
}
