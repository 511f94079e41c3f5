/* Index of ids: FNV-1a, linear probing, no removal. */
#include "coordinator/meeting/ids.h"

#include <string.h>

#include "coordinator/meeting/meeting.h"

static const char *id_at(const struct id_table *table, int index)
{
	return (const char *)table->elements + (size_t)index * table->stride;
}

static size_t slot_of(const struct id_table *table, const char *id)
{
	uint32_t hash = 2166136261u;

	for (; *id; id++) {
		hash = (hash ^ (unsigned char)*id) * 16777619u;
	}
	return hash & (table->n_slots - 1);
}

int mtg_ids_find(const struct id_table *table, const int16_t *slots, const char *id)
{
	size_t slot = slot_of(table, id);

	while (slots[slot] != 0) {
		if (strcmp(id_at(table, slots[slot] - 1), id) == 0) {
			return slots[slot] - 1;
		}
		slot = (slot + 1) & (table->n_slots - 1);
	}
	return MTG_NONE;
}

void mtg_ids_enter(const struct id_table *table, int16_t *slots, int index)
{
	size_t slot = slot_of(table, id_at(table, index));

	while (slots[slot] != 0) {
		slot = (slot + 1) & (table->n_slots - 1);
	}
	slots[slot] = (int16_t)(index + 1);
}
