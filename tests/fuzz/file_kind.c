/* The ends of a file that somebody brought: whatever they hold, nothing is read beyond them. */
#include "coordinator/papers/file_kind.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t head_size = size < FILE_KIND_HEAD ? size : (size_t)FILE_KIND_HEAD;
	uint8_t *head = malloc(head_size + 1), *tail = malloc(size + 1);
	if (head && tail) {
		memcpy(head, data, head_size);
		memcpy(tail, data, size);
		enum file_type type = file_kind_by_ends(head, head_size, tail, size);
		if ((int)type >= (int)FILE_TYPE_END || !file_kind_media_type(type)) {
			abort();
		}
	}
	free(head);
	free(tail);
	return 0;
}
