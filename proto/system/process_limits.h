/* No more time and room than its work needs, for a process that reads what strangers wrote. */
#ifndef DIEMCAU_PROTO_SYSTEM_PROCESS_LIMITS_H
#define DIEMCAU_PROTO_SYSTEM_PROCESS_LIMITS_H

#include <stdint.h>
#include <sys/resource.h>

/* Of one resource (RLIMIT_FSIZE …), which cannot be raised again. */
void process_limit(int resource, rlim_t most);

/*
 * It ends by SIGALRM after so many milliseconds, of its own time too; memory is of addresses;
 * a crash leaves no core.
 */
void process_limits(int64_t span_ms, uint64_t memory_mib);

#endif
