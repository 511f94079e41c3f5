/* The encoder appends behind the headroom, so nothing is copied between encoding and the socket. */
#include "coordinator/ws/payload.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static struct payload *adopt(struct msg_text *text, bool binary)
{
	struct payload *payload = calloc(1, sizeof(*payload));
	if (!payload) {
		return NULL;
	}
	*payload = (struct payload){
		.references = 1,
		.binary = binary,
		.size = text->len - PAYLOAD_HEADROOM,
		.bytes = (const uint8_t *)text->data + PAYLOAD_HEADROOM,
		.text = *text,
	};
	*text = (struct msg_text){0};
	return payload;
}

int payload_encode(const struct msg_type *type, const void *value, struct payload **ret_payload)
{
	struct msg_text text = {0};
	int status = msg_text_reserve(&text, PAYLOAD_HEADROOM);
	if (status == 0) {
		status = msg_append(type, value, &text);
	}
	struct payload *payload = status == 0 ? adopt(&text, false) : NULL;
	if (!payload) {
		msg_text_finish(&text);
		return status < 0 ? status : -ENOMEM;
	}
	*ret_payload = payload;
	return 0;
}

struct payload *payload_copy(const void *bytes, size_t size, bool binary)
{
	struct msg_text text = {0};
	if (msg_text_reserve(&text, PAYLOAD_HEADROOM + size) < 0) {
		return NULL;
	}
	if (size > 0) {
		memcpy(text.data + PAYLOAD_HEADROOM, bytes, size);
	}
	struct payload *payload = adopt(&text, binary);
	msg_text_finish(&text);
	return payload;
}

struct payload *payload_of_program(const uint8_t *bytes, size_t size)
{
	struct payload *payload = calloc(1, sizeof(*payload));
	if (payload) {
		*payload = (struct payload){.references = 1, .size = size, .bytes = bytes};
	}
	return payload;
}

struct payload *payload_hold(struct payload *payload)
{
	payload->references++;
	return payload;
}

void payload_drop(struct payload *payload)
{
	if (payload && --payload->references == 0) {
		msg_text_finish(&payload->text);
		free(payload);
	}
}
