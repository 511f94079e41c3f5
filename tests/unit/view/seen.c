/* See seen.h. */
#include "tests/unit/view/seen.h"

#include <stdlib.h>
#include <string.h>

enum { KEYED_SITES = 40 };

/* 40 characters of base64 that name their owner. */
static void key_of(uint32_t number, char ret[MEDIA_KEY_SIZE])
{
	memset(ret, 'K', MEDIA_KEY_CHARS);
	ret[0] = (char)('A' + number % 26);
	ret[1] = (char)('A' + number / 26);
	memcpy(ret + MEDIA_KEY_CHARS - 2, "==", 3);
}

struct seen *seen_create(void)
{
	struct seen *seen = calloc(1, sizeof(*seen));
	struct wire_relay_report report;
	struct wire_uplink_key key = {.relay = SEEN_RELAY};

	assert_non_null(seen);
	seen->stage = stage_create();
	seen->derived = view_derived_create();
	seen->media_keys = calloc(1, sizeof(*seen->media_keys));
	assert_non_null(seen->derived);
	assert_non_null(seen->media_keys);
	memset(&report, 0, sizeof(report));
	key_of(25, report.group_key);
	strcpy(report.addresses[0], "192.0.2.1:5004");
	report.n_addresses = 1;
	assert_true(media_keys_learn_relay(seen->media_keys, SEEN_RELAY, &report));
	assert_false(media_keys_learn_relay(seen->media_keys, SEEN_RELAY, &report));
	for (uint32_t i = 1; i < KEYED_SITES; i++) {
		key_of(26 + i, key.key);
		assert_true(media_keys_learn_site(seen->media_keys, i, &key));
		assert_false(media_keys_learn_site(seen->media_keys, i, &key));
	}
	return seen;
}

void seen_destroy(struct seen *seen)
{
	static const struct media_keys nothing;

	media_keys_wipe(seen->media_keys);
	assert_memory_equal(seen->media_keys, &nothing, sizeof(nothing));
	free(seen->media_keys);
	view_derived_destroy(seen->derived);
	msg_arena_finish(&seen->arena);
	stage_destroy(seen->stage);
	free(seen);
}

static void look(struct seen *seen)
{
	view_derived_take(seen->derived, seen->stage->meeting, seen->stage->now);
}

void seen_site(struct seen *seen, const char *site, struct wire_site_desired *ret)
{
	look(seen);
	view_site_desired(seen->derived, mtg_site_by_id(seen->stage->meeting, site)->number,
		seen->media_keys, ret);
	ret->version = 1; /* the sender's to number */
	msg_free(seen_json(&msg_wire_site_desired, ret));
}

void seen_relay(struct seen *seen, struct wire_relay_desired *ret)
{
	look(seen);
	assert_int_equal(
		view_relay_desired(seen->derived, seen->media_keys, SEEN_RELAY, &seen->arena, ret),
		0);
	ret->version = 1;
	msg_free(seen_json(&msg_wire_relay_desired, ret));
}

void seen_snapshot(struct seen *seen, struct wire_snapshot *ret)
{
	look(seen);
	assert_int_equal(view_snapshot(seen->derived, &seen->arena, ret), 0);
}

char *seen_json(const struct msg_type *type, const void *value)
{
	char *json = NULL;
	size_t length;

	assert_int_equal(msg_encode(type, value, &json, &length), 0);
	return json;
}

void seen_complete(struct command *command)
{
	if (command->name == CMD_SITE_ADD) {
		strcpy(command->site_add.name, "Tên");
		strcpy(command->site_add.short_code, "T");
		strcpy(command->site_add.region, "Vùng");
	} else if (command->name == CMD_ITEM_INSERT) {
		strcpy(command->item_insert.title, "Mục");
	} else if (command->name == CMD_LIST_ADD) {
		strcpy(command->list_add.title, "Danh sách");
	} else if (command->name == CMD_TURN_ADD) {
		strcpy(command->turn_add.unit, "Đơn vị");
		strcpy(command->turn_add.topic, "Chủ đề");
	}
}

bool seen_receives(const struct wire_site_desired *desired, enum slot slot)
{
	for (size_t i = 0; i < desired->n_receive; i++) {
		if (desired->receive[i] == slot) {
			return true;
		}
	}
	return false;
}

uint32_t seen_fed(const struct wire_relay_desired *desired, enum slot slot)
{
	for (size_t i = 0; i < desired->n_slots; i++) {
		if (desired->slots[i].slot == slot) {
			return desired->slots[i].site;
		}
	}
	return 0;
}

const struct wire_relay_site *seen_relay_site(
	const struct wire_relay_desired *desired, uint32_t number)
{
	for (size_t i = 0; i < desired->n_sites; i++) {
		if (desired->sites[i].number == number) {
			return &desired->sites[i];
		}
	}
	return NULL;
}
