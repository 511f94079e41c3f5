#include "proto/client/join_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proto/codec/codec.h"
#include "proto/system/file.h"
#include "proto/system/language.h"
#include "proto/system/memory.h"
#include "proto/system/say_errno.h"
#include "proto/words/text_fill.h"
#include "text_copy.h"

enum { INSTANCE_BYTES = 16, SHOWN_PATH_SIZE = 200 };

static int explain(char *fault, const char *path, enum text_id text, const char *detail, int result)
{
	char shown[SHOWN_PATH_SIZE];
	if (fault) {
		text_copy(shown, sizeof(shown), path);
		text_fill(fault, JOIN_FILE_FAULT_SIZE, text, language_now(),
			(const struct text_value[]){{.name = "file", .text = shown},
				{.name = "detail", .text = detail}, {0}});
	}
	return result;
}

static int decode(const char *path, const char *bytes, size_t size, struct join *join, char *fault)
{
	struct msg_error error;
	int r = msg_decode(&msg_join, bytes, size, NULL, join, &error);
	if (r < 0) {
		return explain(fault, path, TEXT_JOIN_FILE_DAMAGED, strerror(-r), r);
	}
	if (r > 0) {
		char what[MSG_PATH_SIZE + MSG_TEXT_SIZE];
		snprintf(what, sizeof(what), "%s %s", error.path, error.text);
		return explain(fault, path, TEXT_JOIN_FILE_DAMAGED, what, -EBADMSG);
	}
	if (join->role != ROLE_SITE && join->role != ROLE_RELAY) {
		return explain(fault, path, TEXT_JOIN_FILE_OTHER_ROLE, "", -EBADMSG);
	}
	if (join->n_addresses == 0) {
		return explain(fault, path, TEXT_JOIN_FILE_NO_ADDRESS, "", -EBADMSG);
	}
	return 0;
}

int join_file_load(const char *path, struct join *ret_join, char fault[JOIN_FILE_FAULT_SIZE])
{
	struct join *join = malloc(sizeof(*join));
	size_t size = 0;
	char *bytes = NULL;
	int r = join ? file_read(path, JOIN_FILE_MAX, &bytes, &size) : -ENOMEM;
	if (r < 0 && fault) {
		file_sentence(fault, JOIN_FILE_FAULT_SIZE, path, -r);
	}
	if (r == 0) {
		r = decode(path, bytes, size, join, fault);
	}
	if (r == 0) {
		*ret_join = *join;
	}
	if (bytes) {
		memory_wipe(bytes, size);
	}
	if (join) {
		memory_wipe(join, sizeof(*join));
	}
	free(bytes);
	free(join);
	return r;
}

int join_instance_make(char instance[INSTANCE_ID_SIZE])
{
	FILE *random = fopen("/dev/urandom", "rb");
	if (!random) {
		return -errno;
	}
	unsigned char bytes[INSTANCE_BYTES];
	size_t got = fread(bytes, 1, sizeof(bytes), random);
	fclose(random);
	if (got != sizeof(bytes)) {
		return -EIO;
	}
	for (size_t i = 0; i < sizeof(bytes); i++) {
		snprintf(instance + 2 * i, 3, "%02x", bytes[i]);
	}
	return 0;
}

void join_file_hello(const struct join *join, const char *agent, struct wire_hello *ret_hello)
{
	*ret_hello = (struct wire_hello){.role = join->role,
		.has_site = true,
		.has_token = true,
		.has_agent = agent != NULL};
	memcpy(ret_hello->site, join->site, sizeof(ret_hello->site));
	memcpy(ret_hello->token, join->token, sizeof(ret_hello->token));
	if (agent) {
		TEXT_COPY(ret_hello->agent, agent);
	}
	if (join_instance_make(ret_hello->instance) < 0) {
		abort(); /* without randomness this program is not secure */
	}
}

size_t join_file_addresses(const struct join *join, const char *addresses[WS_CLIENT_ADDRESS_MAX])
{
	size_t count = join->n_addresses < WS_CLIENT_ADDRESS_MAX ? join->n_addresses
								 : WS_CLIENT_ADDRESS_MAX;
	for (size_t i = 0; i < count; i++) {
		addresses[i] = join->addresses[i];
	}
	return count;
}
