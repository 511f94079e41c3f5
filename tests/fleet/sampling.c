#include "tests/fleet/sampling.h"

/* Something whole came since the latest look. */
static bool flows(const struct slot_receiver *slot, int64_t now_us)
{
	return slot->joined && slot->source != 0 && slot->whole_us != 0 &&
	       now_us - slot->whole_us < SAMPLING_US;
}

static void note_source(struct sampling *sampling, const struct slot_receiver *slot, int64_t now_us)
{
	uint32_t site = flows(slot, now_us) ? slot->source : 0;
	if (site != sampling->sources[slot->number].site) {
		sampling->sources[slot->number].site = site;
		sampling->sources[slot->number].since_us = now_us;
		sampling->sources[slot->number].shift_us = 0;
	}
}

static bool is_settled(const struct sampling *sampling, uint16_t slot, int64_t now_us)
{
	return sampling->sources[slot].site != 0 &&
	       now_us - sampling->sources[slot].since_us >= SAMPLING_SETTLED_US;
}

static void compare(struct sampling *sampling, const struct slot_receiver *picture,
	const struct slot_receiver *voice)
{
	if (voice->source == picture->source && voice->shift_us != 0 && picture->shift_us != 0) {
		int64_t apart_us = picture->shift_us - voice->shift_us;
		apart_us = apart_us < 0 ? -apart_us : apart_us;
		samples_add(sampling->lip_sync, (apart_us + 500) / 1000);
	}
}

static void follow(struct sampling *sampling, const struct slot_receiver *picture)
{
	int64_t *first_us = &sampling->sources[picture->number].shift_us;
	if (*first_us == 0) {
		*first_us = picture->shift_us;
	} else if (picture->shift_us != 0) {
		int64_t moved_us = picture->shift_us - *first_us;
		moved_us = moved_us < 0 ? -moved_us : moved_us;
		samples_add(sampling->moved, (moved_us + 500) / 1000);
	}
}

static void sample(struct sampling *sampling, const struct slot_receiver *slots,
	const struct slot_receiver *picture, int64_t now_us)
{
	if (picture->delay_us != 0) {
		samples_add(sampling->delay, picture->delay_us / 1000);
	}
	if (picture->number == MEDIA_SLOT_PROGRAM) {
		follow(sampling, picture);
	}
	for (uint16_t i = 0; i < MEDIA_SLOT_VOICES; i++) {
		if (is_settled(sampling, MEDIA_SLOT_VOICE + i, now_us)) {
			compare(sampling, picture, &slots[MEDIA_SLOT_VOICE + i]);
		}
	}
}

void sampling_tick(struct sampling *sampling, const struct slot_receiver *slots, int64_t now_us)
{
	if (now_us < sampling->due_us) {
		return;
	}
	sampling->due_us = now_us + SAMPLING_US;
	for (int i = 0; i < SAMPLING_SLOTS; i++) {
		note_source(sampling, &slots[i], now_us);
	}
	for (uint16_t i = 0; i < MEDIA_SLOT_VOICE; i++) {
		if (is_settled(sampling, i, now_us)) {
			sample(sampling, slots, &slots[i], now_us);
		}
	}
}
