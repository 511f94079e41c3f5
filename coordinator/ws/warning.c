#include "coordinator/ws/warning.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "coordinator/ws/ws_private.h"

static struct ws *log_owner; /* the library's log is one for the whole program */

void ws_warn(struct ws *ws, enum ws_warning kind, const char *sentence)
{
	int64_t now_us = (int64_t)lws_now_usecs();
	int64_t said_us = ws->warnings.of[kind].said_us;

	if (said_us != 0 && now_us - said_us < (int64_t)WARNING_SPAN_S * LWS_US_PER_SEC) {
		ws->warnings.of[kind].unsaid++;
		return;
	}
	uint64_t unsaid = ws->warnings.of[kind].unsaid;
	int length = (int)strcspn(sentence, "\n");
	char line[WARNING_SIZE];
	snprintf(line, sizeof(line), unsaid > 0 ? "%.*s (and %" PRIu64 " times before)" : "%.*s",
		length > 200 ? 200 : length, sentence, unsaid);
	ws->warnings.of[kind].said_us = now_us;
	ws->warnings.of[kind].unsaid = 0;
	ws->port.warn(ws->user, line);
}

static void on_library(int level, const char *line)
{
	(void)level;
	if (log_owner) {
		char sentence[WARNING_SIZE];

		snprintf(sentence, sizeof(sentence), "libwebsockets: %s", line);
		ws_warn(log_owner, WS_WARN_LIBRARY, sentence);
	}
}

void warning_listen(struct ws *ws)
{
	log_owner = ws;
	lws_set_log_level(ws ? LLL_ERR : 0, on_library);
}
