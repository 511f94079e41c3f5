/* Loaded before libc: a kernel that has no IPv6 (EAFNOSUPPORT), which a namespace cannot be. */
#define _GNU_SOURCE /* RTLD_NEXT */

#include <dlfcn.h>
#include <errno.h>
#include <sys/socket.h>

int socket(int domain, int type, int protocol)
{
	int (*next)(int, int, int);
	if (domain == AF_INET6) {
		errno = EAFNOSUPPORT;
		return -1;
	}
	*(void **)&next = dlsym(RTLD_NEXT, "socket");
	return next(domain, type, protocol);
}
