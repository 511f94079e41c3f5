/* GSO batches: see fanout.h. */
#include "coordinator/relay/fanout.h"

size_t rly_gso_batch_length(const struct iovec *packets, size_t n)
{
	size_t length = 0;
	size_t bytes = 0;
	while (length < n && length < RLY_GSO_PACKETS) {
		size_t size = packets[length].iov_len;
		if (size > packets[0].iov_len || bytes + size > RLY_GSO_BYTES) {
			break;
		}
		bytes += size;
		length++;
		if (size < packets[0].iov_len) {
			break;
		}
	}
	return length;
}
