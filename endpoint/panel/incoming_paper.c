#include "endpoint/panel/incoming_paper.h"

#include <errno.h>
#include <string.h>

#include "proto/codec/codec.h"

static void end(struct incoming_paper *paper, int refusal)
{
	paper->over = true;
	paper->begun = false;
	paper->answer.has_refusal = refusal != 0;
	paper->answer.refusal = (enum refusal)refusal;
}

static int take_ask(struct incoming_paper *paper, const struct panel_events *events, void *user,
	const struct incoming_part *part)
{
	if (part->is_binary || part->size > sizeof(paper->ask) - paper->asked) {
		return -EBADMSG;
	}
	memcpy(paper->ask + paper->asked, part->bytes, part->size);
	paper->asked += part->size;
	if (!part->is_last) {
		return 0;
	}
	if (msg_decode(&msg_kept_paper, paper->ask, paper->asked, NULL, &paper->bring.paper,
		    NULL) != 0) {
		return -EBADMSG;
	}
	int refusal = events->on_bring(user, &paper->bring);
	if (refusal != 0) {
		end(paper, refusal);
	}
	paper->begun = refusal == 0;
	return 0;
}

static int take_bytes(struct incoming_paper *paper, const struct panel_events *events, void *user,
	const struct incoming_part *part)
{
	if (!part->is_binary || part->size > paper->bring.paper.size - paper->got) {
		return -EBADMSG;
	}
	if (fwrite(part->bytes, 1, part->size, paper->bring.file) != part->size) {
		events->on_given_up(user, &paper->bring);
		end(paper, REFUSAL_STORAGE);
		return 0;
	}
	paper->got += part->size;
	if (paper->got == paper->bring.paper.size) {
		end(paper, events->on_brought(user, &paper->bring));
	}
	return 0;
}

int incoming_paper_take(struct incoming_paper *paper, const struct panel_events *events, void *user,
	const struct incoming_part *part)
{
	if (paper->over) {
		return 0; /* what the page had sent before it heard the answer */
	}
	return paper->begun ? take_bytes(paper, events, user, part)
			    : take_ask(paper, events, user, part);
}

void incoming_paper_lost(
	struct incoming_paper *paper, const struct panel_events *events, void *user)
{
	if (paper->begun) {
		events->on_given_up(user, &paper->bring);
		paper->begun = false;
	}
}
