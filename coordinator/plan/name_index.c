/* Names in order. */
#include "coordinator/plan/name_index.h"

#include <stdlib.h>
#include <string.h>

void name_index_init(struct name_index *index, size_t capacity)
{
	*index = (struct name_index){.keys = calloc(capacity + 1, sizeof(*index->keys))};
}

void name_index_finish(struct name_index *index)
{
	free(index->keys);
	*index = (struct name_index){0};
}

void name_index_add(struct name_index *index, const char *text, size_t at)
{
	if (index->keys && text[0] != '\0') {
		index->keys[index->n++] = (struct name_index_key){text, at};
	}
}

static int compare(const void *a, const void *b)
{
	const struct name_index_key *left = a;
	const struct name_index_key *right = b;
	int order = strcmp(left->text, right->text);
	return order != 0 ? order : (left->at > right->at) - (left->at < right->at);
}

static int compare_text(const void *a, const void *b)
{
	return strcmp(
		((const struct name_index_key *)a)->text, ((const struct name_index_key *)b)->text);
}

void name_index_sort(struct name_index *index)
{
	if (index->n > 0) {
		qsort(index->keys, index->n, sizeof(*index->keys), compare);
	}
}

bool name_index_has(const struct name_index *index, const char *text)
{
	struct name_index_key key = {.text = text};
	return index->n > 0 &&
	       bsearch(&key, index->keys, index->n, sizeof(*index->keys), compare_text);
}

bool name_index_repeats(const struct name_index *index, size_t i)
{
	return i > 0 && strcmp(index->keys[i].text, index->keys[i - 1].text) == 0;
}
