/* What a process uses: the time of all its threads, and its resident memory (from /proc). */
#ifndef DIEMCAU_TESTS_BENCH_USAGE_H
#define DIEMCAU_TESTS_BENCH_USAGE_H

#include <stdint.h>

struct usage {
	int64_t at_us; /* of the monotonic clock */
	int64_t cpu_ns;
	long memory_kb;
};

/* Ends the program when there is no such process. */
void usage_read(int process, struct usage *ret_usage);

#endif
