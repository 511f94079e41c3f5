/*
 * Loaded before libsrtp: writes down every (key, SSRC, index) that something is encrypted under,
 * into a file NONCES.<pid> that outlives kill -9 (it is mapped). The key stands there as a digest.
 */
#define _GNU_SOURCE /* RTLD_NEXT */

#include <arpa/inet.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <srtp2/srtp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "fnv1a.h"

enum { RECORDS_MAX = 4 * 1024 * 1024, SESSIONS_MAX = 1024, KEY_BYTES = 28, RTCP = 1 };

/* Native byte order; time 0 is the end of the file. */
struct record {
	int64_t us; /* CLOCK_MONOTONIC */
	uint64_t key;
	uint32_t ssrc;
	uint32_t index; /* RTP: the sequence number (an epoch has no rollover); SRTCP: its index */
	uint32_t rtcp;
	uint32_t reserved;
};

struct session {
	srtp_t session;
	uint64_t key;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct session sessions[SESSIONS_MAX];
static struct record *records;
static size_t n_records;

static void *next(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

static void open_file(void)
{
	char path[512];
	const char *prefix = getenv("NONCES");
	snprintf(path, sizeof path, "%s.%d", prefix ? prefix : "/dev/null", (int)getpid());
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	size_t size = RECORDS_MAX * sizeof(struct record);
	if (fd < 0 || ftruncate(fd, (off_t)size) < 0) {
		abort();
	}
	records = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	if (records == MAP_FAILED) {
		abort();
	}
}

static uint64_t digest(const unsigned char *key)
{
	return fnv1a64(FNV1A64_BASIS, key, KEY_BYTES);
}

static uint64_t key_of(srtp_t session)
{
	for (int i = 0; i < SESSIONS_MAX; i++) {
		if (sessions[i].session == session) {
			return sessions[i].key;
		}
	}
	abort();
}

static void note(srtp_t session, uint32_t ssrc, uint32_t index, uint32_t rtcp)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	pthread_mutex_lock(&lock);
	if (!records) {
		open_file();
	}
	if (n_records == RECORDS_MAX) {
		abort();
	}
	records[n_records++] = (struct record){
		.us = (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000,
		.key = key_of(session),
		.ssrc = ssrc,
		.index = index,
		.rtcp = rtcp,
	};
	pthread_mutex_unlock(&lock);
}

static uint32_t get32(const unsigned char *at)
{
	uint32_t word;
	memcpy(&word, at, sizeof word);
	return ntohl(word);
}

srtp_err_status_t srtp_create(srtp_t *session, const srtp_policy_t *policy)
{
	srtp_err_status_t (*real)(srtp_t *, const srtp_policy_t *);
	*(void **)&real = next("srtp_create");
	srtp_err_status_t status = real(session, policy);
	pthread_mutex_lock(&lock);
	for (int i = 0; status == srtp_err_status_ok && i < SESSIONS_MAX; i++) {
		if (!sessions[i].session) {
			sessions[i] = (struct session){*session, digest(policy->key)};
			break;
		}
	}
	pthread_mutex_unlock(&lock);
	return status;
}

srtp_err_status_t srtp_dealloc(srtp_t session)
{
	srtp_err_status_t (*real)(srtp_t);
	*(void **)&real = next("srtp_dealloc");
	pthread_mutex_lock(&lock);
	for (int i = 0; i < SESSIONS_MAX; i++) {
		if (sessions[i].session == session) {
			sessions[i].session = NULL;
		}
	}
	pthread_mutex_unlock(&lock);
	return real(session);
}

srtp_err_status_t srtp_protect(srtp_t session, void *packet, int *size)
{
	srtp_err_status_t (*real)(srtp_t, void *, int *);
	*(void **)&real = next("srtp_protect");
	srtp_err_status_t status = real(session, packet, size);
	const unsigned char *bytes = packet;
	if (status == srtp_err_status_ok) {
		note(session, get32(bytes + 8), get32(bytes) & 0xffff, 0);
	}
	return status;
}

srtp_err_status_t srtp_protect_rtcp(srtp_t session, void *packet, int *size)
{
	srtp_err_status_t (*real)(srtp_t, void *, int *);
	*(void **)&real = next("srtp_protect_rtcp");
	srtp_err_status_t status = real(session, packet, size);
	const unsigned char *bytes = packet;
	if (status == srtp_err_status_ok) {
		note(session, get32(bytes + 4), get32(bytes + *size - 4) & 0x7fffffff, RTCP);
	}
	return status;
}
