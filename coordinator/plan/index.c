/* Names in order. */
#include "coordinator/plan/index.h"

#include <stdlib.h>
#include <string.h>

void index_init(struct index *index, size_t capacity)
{
	*index = (struct index){.keys = calloc(capacity + 1, sizeof(*index->keys))};
}

void index_finish(struct index *index)
{
	free(index->keys);
	*index = (struct index){0};
}

void index_add(struct index *index, const char *text, size_t at)
{
	if (index->keys && text[0] != '\0') {
		index->keys[index->n++] = (struct index_key){text, at};
	}
}

static int compare(const void *a, const void *b)
{
	const struct index_key *left = a;
	const struct index_key *right = b;
	int order = strcmp(left->text, right->text);
	return order != 0 ? order : (left->at > right->at) - (left->at < right->at);
}

static int compare_text(const void *a, const void *b)
{
	return strcmp(((const struct index_key *)a)->text, ((const struct index_key *)b)->text);
}

void index_sort(struct index *index)
{
	if (index->n > 0) {
		qsort(index->keys, index->n, sizeof(*index->keys), compare);
	}
}

bool index_has(const struct index *index, const char *text)
{
	struct index_key key = {.text = text};
	return index->n > 0 &&
	       bsearch(&key, index->keys, index->n, sizeof(*index->keys), compare_text);
}

bool index_repeats(const struct index *index, size_t i)
{
	return i > 0 && strcmp(index->keys[i].text, index->keys[i - 1].text) == 0;
}
