/* One socket that takes what all receivers are sent, on a thread of its own. */
#define _GNU_SOURCE

#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "proto/media/rtp.h"
#include "proto/media/seq.h"
#include "proto/media/ssrc.h"
#include "tests/bench/fan/fan.h"

enum {
	BATCH = 256,
	LETTERS = 8192, /* a ring */
	BUFFER = 64 * 1024 * 1024,
	BUCKETS = 5000, /* of 10 us */
	BUCKET_NS = 10000
};

struct fan_sink {
	int fd;
	uint16_t port;
	pthread_t thread;
	atomic_bool stop;
	atomic_int_fast64_t newest; /* negative: none */
	atomic_uint_fast64_t count;
	_Atomic int64_t sent_ns[65536];
	atomic_bool awaited[65536]; /* no copy has come yet */
	atomic_uint_fast64_t forwarded;
	atomic_uint_fast64_t delays[BUCKETS];
	struct mmsghdr messages[BATCH];
	struct iovec vectors[BATCH];
	uint8_t data[BATCH][FAN_RTCP_SIZE];
	/* One thread writes, another reads. */
	atomic_uint_fast64_t letters_in, letters_out;
	size_t letter_sizes[LETTERS];
	uint8_t letters[LETTERS][FAN_RTCP_SIZE];
};

int64_t fan_clock_ns(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void note_newest(struct fan_sink *sink, uint16_t sequence)
{
	int64_t newest = atomic_load_explicit(&sink->newest, memory_order_relaxed);
	if (newest < 0 || seq_newer((uint16_t)newest, sequence)) {
		atomic_store(&sink->newest, sequence);
	}
}

static void note_delay(struct fan_sink *sink, uint16_t sequence, int64_t now_ns)
{
	int64_t sent_ns = atomic_load_explicit(&sink->sent_ns[sequence], memory_order_relaxed);
	if (sent_ns > 0) {
		int64_t bucket = (now_ns - sent_ns) / BUCKET_NS;
		bucket = bucket < 0 ? 0 : bucket >= BUCKETS ? BUCKETS - 1 : bucket;
		atomic_fetch_add_explicit(&sink->delays[bucket], 1, memory_order_relaxed);
	}
}

static void note_first(struct fan_sink *sink, uint16_t sequence)
{
	if (atomic_load_explicit(&sink->awaited[sequence], memory_order_relaxed)) {
		atomic_store(&sink->awaited[sequence], false);
		atomic_fetch_add_explicit(&sink->forwarded, 1, memory_order_relaxed);
	}
}

/* The relay's reports and challenges; what slots report is of no use here. */
static void note_letter(struct fan_sink *sink, const uint8_t *data, size_t size)
{
	uint32_t ssrc;
	uint64_t in = atomic_load_explicit(&sink->letters_in, memory_order_relaxed);
	if (media_peek_ssrc(data, size, &ssrc) || ssrc != MEDIA_RELAY_STREAM ||
		size > FAN_RTCP_SIZE || in - atomic_load(&sink->letters_out) == LETTERS) {
		return;
	}
	memcpy(sink->letters[in % LETTERS], data, size);
	sink->letter_sizes[in % LETTERS] = size;
	atomic_store(&sink->letters_in, in + 1);
}

size_t fan_sink_rtcp(struct fan_sink *sink, uint8_t letter[FAN_RTCP_SIZE])
{
	uint64_t out = atomic_load_explicit(&sink->letters_out, memory_order_relaxed);
	if (out == atomic_load(&sink->letters_in)) {
		return 0;
	}
	size_t size = sink->letter_sizes[out % LETTERS];
	memcpy(letter, sink->letters[out % LETTERS], size);
	atomic_store(&sink->letters_out, out + 1);
	return size;
}

static void *drain(void *user)
{
	struct fan_sink *sink = user;
	while (!atomic_load(&sink->stop)) {
		int n = recvmmsg(sink->fd, sink->messages, BATCH, MSG_WAITFORONE, NULL);
		int64_t now_ns = fan_clock_ns();
		for (int i = 0; i < n; i++) {
			if (rtp_is_rtcp(sink->data[i], FAN_RTCP_SIZE)) {
				note_letter(sink, sink->data[i], sink->messages[i].msg_len);
			} else {
				uint16_t sequence =
					(uint16_t)(sink->data[i][2] << 8 | sink->data[i][3]);
				note_newest(sink, sequence);
				note_delay(sink, sequence, now_ns);
				note_first(sink, sequence);
				atomic_fetch_add_explicit(&sink->count, 1, memory_order_relaxed);
			}
		}
	}
	return NULL;
}

struct fan_sink *fan_sink_start(uint16_t port)
{
	struct fan_sink *sink = calloc(1, sizeof *sink);
	struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(port)};
	socklen_t length = sizeof any;
	struct timeval wait = {0, 100000};
	int size = BUFFER;
	if (!sink) {
		abort();
	}
	sink->newest = -1;
	sink->fd = socket(AF_INET, SOCK_DGRAM, 0);
	setsockopt(sink->fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
	setsockopt(sink->fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
	if (bind(sink->fd, (struct sockaddr *)&any, sizeof any) ||
		getsockname(sink->fd, (struct sockaddr *)&any, &length)) {
		abort();
	}
	sink->port = ntohs(any.sin_port);
	for (int i = 0; i < BATCH; i++) {
		sink->vectors[i] = (struct iovec){sink->data[i], FAN_RTCP_SIZE};
		sink->messages[i].msg_hdr.msg_iov = &sink->vectors[i];
		sink->messages[i].msg_hdr.msg_iovlen = 1;
	}
	pthread_create(&sink->thread, NULL, drain, sink);
	return sink;
}

void fan_sink_stop(struct fan_sink *sink)
{
	atomic_store(&sink->stop, true);
	pthread_join(sink->thread, NULL);
	close(sink->fd);
	free(sink);
}

uint16_t fan_sink_port(const struct fan_sink *sink)
{
	return sink->port;
}

int fan_sink_fd(const struct fan_sink *sink)
{
	return sink->fd;
}

void fan_sink_note(struct fan_sink *sink, uint16_t sequence, int64_t sent_ns)
{
	atomic_store_explicit(&sink->sent_ns[sequence], sent_ns, memory_order_relaxed);
	atomic_store(&sink->awaited[sequence], true);
}

bool fan_sink_newest(const struct fan_sink *sink, uint16_t *ret_sequence)
{
	int64_t newest = atomic_load(&sink->newest);
	if (newest < 0) {
		return false;
	}
	*ret_sequence = (uint16_t)newest;
	return true;
}

uint64_t fan_sink_count(const struct fan_sink *sink)
{
	return atomic_load(&sink->count);
}

uint64_t fan_sink_forwarded(const struct fan_sink *sink)
{
	return atomic_load(&sink->forwarded);
}

double fan_sink_delay_ms(const struct fan_sink *sink, double fraction)
{
	uint64_t all = 0, below = 0;
	for (int i = 0; i < BUCKETS; i++) {
		all += atomic_load(&sink->delays[i]);
	}
	for (int i = 0; i < BUCKETS; i++) {
		below += atomic_load(&sink->delays[i]);
		if (all > 0 && (double)below >= fraction * (double)all) {
			return (i + 1) * (double)BUCKET_NS / 1e6;
		}
	}
	return 0;
}
