/* The headers Range and If-Range: whatever they hold, what is sent lies within the file. */
#include "coordinator/ws/http_range.h"

#include <stdlib.h>
#include <string.h>

#include "coordinator/ws/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char range[HTTP_RANGE_SIZE] = "", if_range[HTTP_TAG_SIZE] = "";
	if (size < 2) {
		return 0;
	}
	uint64_t whole = 1 + ((uint64_t)data[0] << (data[1] % 40));
	size_t first = size - 2 < sizeof(range) ? size - 2 : sizeof(range) - 1;
	memcpy(range, data + 2, first);
	size_t rest = size - 2 - first;
	memcpy(if_range, data + 2 + first, rest < sizeof(if_range) ? rest : sizeof(if_range) - 1);
	struct http_range found = http_range_of(range, if_range, "\"tag\"", whole);
	bool beyond = found.kind == HTTP_RANGE_BEYOND;
	if (!beyond &&
		(found.size == 0 || found.first >= whole || found.size > whole - found.first)) {
		abort();
	}
	return 0;
}
