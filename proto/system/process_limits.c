#include "proto/system/process_limits.h"

#include <unistd.h>

#define MIB ((rlim_t)1024 * 1024)

enum { SECOND_MS = 1000 };

void process_limit(int resource, rlim_t most)
{
	setrlimit(resource, &(struct rlimit){most, most});
}

void process_limits(int64_t span_ms, uint64_t memory_mib)
{
	alarm((unsigned)(span_ms / SECOND_MS)); /* its default action ends the process */
	process_limit(RLIMIT_CPU, (rlim_t)(span_ms / SECOND_MS));
	process_limit(RLIMIT_CORE, 0);
#ifdef __SANITIZE_ADDRESS__ /* whose shadow takes all the room there is */
	(void)memory_mib;
#else
	process_limit(RLIMIT_AS, memory_mib * MIB);
#endif
}
