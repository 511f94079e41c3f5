/* Index of ids: FNV-1a, linear probing; removal leaves no gap. */
#include "coordinator/meeting/ids.h"

#include <string.h>

#include "coordinator/meeting/meeting.h"
#include "fnv1a.h"

static const char *id_at(const struct id_table *table, int index)
{
	return (const char *)table->elements + (size_t)index * table->stride;
}

static size_t slot_of(const struct id_table *table, const char *id)
{
	return fnv1a32(FNV1A32_BASIS, id, strlen(id)) & (table->n_slots - 1);
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

static size_t slot_holding(const struct id_table *table, const int16_t *slots, int index)
{
	size_t slot = slot_of(table, id_at(table, index));

	while (slots[slot] != index + 1) {
		slot = (slot + 1) & (table->n_slots - 1);
	}
	return slot;
}

/* Entries that were pushed past the slot that is free now move back to it. */
void mtg_ids_remove(const struct id_table *table, int16_t *slots, int index)
{
	size_t mask = table->n_slots - 1;
	size_t free = slot_holding(table, slots, index);

	for (size_t at = (free + 1) & mask; slots[at] != 0; at = (at + 1) & mask) {
		size_t home = slot_of(table, id_at(table, slots[at] - 1));

		if (((at - home) & mask) >= ((at - free) & mask)) {
			slots[free] = slots[at];
			free = at;
		}
	}
	slots[free] = 0;
}

void mtg_ids_move(const struct id_table *table, int16_t *slots, int from, int to)
{
	slots[slot_holding(table, slots, from)] = (int16_t)(to + 1);
}
