#include "proto/network/descriptors.h"

#include <sys/resource.h>

void descriptors_raise(void)
{
	struct rlimit limit;
	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		rlim_t wanted = limit.rlim_max < DESCRIPTORS_MAX ? limit.rlim_max : DESCRIPTORS_MAX;
		limit.rlim_cur = limit.rlim_cur < wanted ? wanted : limit.rlim_cur;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}
