/*
 * Private: from id to index, for tables whose elements begin with `char id[]`. Open addressing over
 * indices; the number of slots is a power of two and at least twice the capacity of the table.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_IDS_H
#define DIEMCAU_COORDINATOR_MEETING_IDS_H

#include <stddef.h>
#include <stdint.h>

struct id_table {
	const void *elements;
	size_t stride; /* sizeof(one) element */
	size_t n_slots;
};

/* Index of the element with this id, or MTG_NONE. Slots hold index + 1, 0 where empty. */
int mtg_ids_find(const struct id_table *table, const int16_t *slots, const char *id);
/* Enter the element at index, which must not be there yet. */
void mtg_ids_enter(const struct id_table *table, int16_t *slots, int index);
/*
 * Both are called while the element is still at its old index: it is removed; it moves to an index
 * removed before.
 */
void mtg_ids_remove(const struct id_table *table, int16_t *slots, int index);
void mtg_ids_move(const struct id_table *table, int16_t *slots, int from, int to);

#endif
