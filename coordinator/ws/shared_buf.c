/* Reference counted messages: see shared_buf.h. */
#include "coordinator/ws/shared_buf.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static struct shared_buf *adopt(struct msg_text *text, bool binary)
{
	struct shared_buf *payload = calloc(1, sizeof(*payload));
	if (!payload) {
		return NULL;
	}
	*payload = (struct shared_buf){
		.references = 1,
		.binary = binary,
		.size = text->len,
		.bytes = (const uint8_t *)text->data,
		.text = *text,
	};
	*text = (struct msg_text){0};
	return payload;
}

/* Makes a buffer of the text, or passes on why there is none. */
static int finish(struct msg_text *text, int r, struct shared_buf **ret_payload)
{
	struct shared_buf *payload = r == 0 ? adopt(text, false) : NULL;
	if (!payload) {
		msg_text_finish(text);
		return r < 0 ? r : -ENOMEM;
	}
	*ret_payload = payload;
	return 0;
}

int shared_buf_encode(
	const struct msg_type *type, const void *value, struct shared_buf **ret_payload)
{
	struct msg_text text = {0};
	int r = msg_append(type, value, &text);
	return finish(&text, r, ret_payload);
}

int shared_buf_encode_around(const struct msg_type *type, const void *value,
	const struct msg_written *written, size_t n_written, struct shared_buf **ret_payload)
{
	struct msg_text text = {0};
	int r = msg_append_around(type, value, written, n_written, &text);
	return finish(&text, r, ret_payload);
}

struct shared_buf *shared_buf_copy(const void *bytes, size_t size, bool binary)
{
	struct msg_text text = {0};
	if (msg_text_reserve(&text, size) < 0) {
		return NULL;
	}
	if (size > 0) {
		memcpy(text.data, bytes, size);
	}
	struct shared_buf *payload = adopt(&text, binary);
	msg_text_finish(&text);
	return payload;
}

struct shared_buf *shared_buf_static(const uint8_t *bytes, size_t size)
{
	struct shared_buf *payload = calloc(1, sizeof(*payload));
	if (payload) {
		*payload = (struct shared_buf){.references = 1, .size = size, .bytes = bytes};
	}
	return payload;
}

struct shared_buf *shared_buf_ref(struct shared_buf *payload)
{
	payload->references++;
	return payload;
}

void shared_buf_unref(struct shared_buf *payload)
{
	if (payload && --payload->references == 0) {
		msg_text_finish(&payload->text);
		free(payload);
	}
}
