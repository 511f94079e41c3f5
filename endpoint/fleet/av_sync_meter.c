#include "endpoint/fleet/av_sync_meter.h"

/* True if a whole picture or sound has arrived since the latest measurement. */
static bool is_receiving(const struct slot_receiver *slot, int64_t now_us)
{
	return slot->joined && slot->source != 0 && slot->whole_us != 0 &&
	       now_us - slot->whole_us < AV_SYNC_METER_US;
}

static void follow_source(
	struct av_sync_meter *sync_meter, const struct slot_receiver *slot, int64_t now_us)
{
	uint32_t site = is_receiving(slot, now_us) ? slot->source : 0;
	if (site != sync_meter->sources[slot->number].site) {
		sync_meter->sources[slot->number].site = site;
		sync_meter->sources[slot->number].since_us = now_us;
		sync_meter->sources[slot->number].shift_us = 0;
	}
}

static bool is_settled(const struct av_sync_meter *sync_meter, uint16_t slot, int64_t now_us)
{
	return sync_meter->sources[slot].site != 0 &&
	       now_us - sync_meter->sources[slot].since_us >= AV_SYNC_METER_SETTLED_US;
}

static void compare(struct av_sync_meter *sync_meter, const struct slot_receiver *picture,
	const struct slot_receiver *voice)
{
	if (voice->source == picture->source && voice->shift_us != 0 && picture->shift_us != 0) {
		int64_t apart_us = picture->shift_us - voice->shift_us;
		apart_us = apart_us < 0 ? -apart_us : apart_us;
		distribution_add(sync_meter->lip_sync, (apart_us + 500) / 1000);
	}
}

static void follow(struct av_sync_meter *sync_meter, const struct slot_receiver *picture)
{
	int64_t *first_us = &sync_meter->sources[picture->number].shift_us;
	if (*first_us == 0) {
		*first_us = picture->shift_us;
	} else if (picture->shift_us != 0) {
		int64_t moved_us = picture->shift_us - *first_us;
		moved_us = moved_us < 0 ? -moved_us : moved_us;
		distribution_add(sync_meter->moved, (moved_us + 500) / 1000);
	}
}

static void sample(struct av_sync_meter *sync_meter, const struct slot_receiver *slots,
	const struct slot_receiver *picture, int64_t now_us)
{
	if (picture->delay_us != 0) {
		distribution_add(sync_meter->delay, picture->delay_us / 1000);
	}
	if (picture->number == MEDIA_SLOT_PROGRAM) {
		follow(sync_meter, picture);
	}
	for (uint16_t i = 0; i < MEDIA_SLOT_VOICES; i++) {
		if (is_settled(sync_meter, MEDIA_SLOT_VOICE + i, now_us)) {
			compare(sync_meter, picture, &slots[MEDIA_SLOT_VOICE + i]);
		}
	}
}

void av_sync_meter_tick(
	struct av_sync_meter *sync_meter, const struct slot_receiver *slots, int64_t now_us)
{
	if (now_us < sync_meter->due_us) {
		return;
	}
	sync_meter->due_us = now_us + AV_SYNC_METER_US;
	for (int i = 0; i < MEDIA_SLOTS; i++) {
		follow_source(sync_meter, &slots[i], now_us);
	}
	for (uint16_t i = 0; i < MEDIA_SLOT_VOICE; i++) {
		if (is_settled(sync_meter, i, now_us)) {
			sample(sync_meter, slots, &slots[i], now_us);
		}
	}
}
