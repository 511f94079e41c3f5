#include "coordinator/peers/certificate_alert.h"

#include <string.h>

#include "wire_msg.h"

static bool is_trouble(enum certificate_state state)
{
	return state != CERTIFICATE_STATE_UNSET && state != CERTIFICATE_STATE_VALID;
}

void certificate_alert_set(
	struct certificate_alert *alert, const struct certificate_verdict *verdict)
{
	bool silent = !is_trouble(alert->verdict.state) && !is_trouble(verdict->state);
	alert->changed =
		alert->changed || (!silent && (alert->verdict.state != verdict->state ||
						      alert->verdict.days != verdict->days));
	alert->verdict = *verdict;
}

static struct shared_buf *encode(const struct certificate_verdict *verdict)
{
	struct shared_buf *payload = NULL;
	struct wire_message message;
	memset(&message, 0, sizeof(message));
	message.type = WIRE_CERTIFICATE;
	message.certificate.state = verdict->state;
	message.certificate.bound = verdict->bound;
	message.certificate.days = (uint32_t)verdict->days;
	shared_buf_encode(&msg_wire_message, &message, &payload);
	return payload;
}

struct shared_buf *certificate_alert_fresh(struct certificate_alert *alert)
{
	if (!alert->changed) {
		return NULL;
	}
	alert->changed = false;
	return encode(&alert->verdict);
}

struct shared_buf *certificate_alert_now(const struct certificate_alert *alert)
{
	return is_trouble(alert->verdict.state) ? encode(&alert->verdict) : NULL;
}
