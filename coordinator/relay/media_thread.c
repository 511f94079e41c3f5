/* The media thread: see media_thread.h. */
#include "coordinator/relay/media_thread.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "coordinator/relay/relay.h"

struct rly_media_thread {
	pthread_t thread;
	struct rly_udp *udp;
	struct rly_mailbox *mailbox;
	struct rly_relay *relay;
	int64_t reported_us;
	int result;
};

static void handle_datagram(
	void *user, const struct rly_address *from, uint8_t *data, size_t size, int64_t now_us)
{
	rly_relay_datagram(user, from, data, size, now_us);
}

static void apply_desired(struct rly_media_thread *media)
{
	struct rly_desired *desired = rly_mailbox_take_desired(media->mailbox);
	if (desired) {
		/*
		 * A state that could not be applied in full is not the version reported: the
		 * coordinator repeats it.
		 */
		rly_relay_set_desired(media->relay, &desired->desired, rly_clock_us());
		rly_desired_destroy(desired);
	}
}

static void report(struct rly_media_thread *media)
{
	int64_t now_us = rly_clock_us();
	int64_t wait = rly_relay_has_changed(media->relay) ? RLY_REPORT_SOON_US : RLY_REPORT_US;
	struct wire_relay_report relay_report;
	if (now_us - media->reported_us >= wait &&
		rly_relay_report(media->relay, now_us, &relay_report) == 0) {
		rly_mailbox_post_report(media->mailbox, &relay_report);
		media->reported_us = now_us;
	}
}

static void *run(void *user)
{
	struct rly_media_thread *media = user;
	int other_fd = rly_mailbox_desired_fd(media->mailbox);
	while (!rly_mailbox_is_stopped(media->mailbox) && media->result == 0) {
		int64_t wait_us = rly_relay_wait_us(media->relay, rly_clock_us());
		media->result = rly_udp_receive(
			media->udp, other_fd, wait_us, handle_datagram, media->relay);
		apply_desired(media);
		rly_relay_tick(media->relay, rly_clock_us());
		report(media);
	}
	return NULL;
}

int rly_media_thread_start(struct rly_udp *udp, struct rly_mailbox *mailbox,
	const struct rly_media_thread_config *config, struct rly_media_thread **ret_media)
{
	struct rly_media_thread *media = calloc(1, sizeof(*media));
	if (!media) {
		return -ENOMEM;
	}
	media->udp = udp;
	media->mailbox = mailbox;
	struct rly_config relay = {
		.egress = rly_udp_egress(udp),
		.cname = "diemcau",
		.instance = config->instance,
		.wall_offset_us = rly_clock_wall_offset_us(),
		.first_sequence = config->first_sequence,
		.limits = config->limits,
	};
	int r = rly_relay_create(&relay, &media->relay);
	if (r == 0) {
		r = -pthread_create(&media->thread, NULL, run, media);
	}
	if (r < 0) {
		rly_relay_destroy(media->relay);
		free(media);
		return r;
	}
	*ret_media = media;
	return 0;
}

int rly_media_thread_stop(struct rly_media_thread *media)
{
	rly_mailbox_stop(media->mailbox);
	pthread_join(media->thread, NULL);
	int r = media->result;
	rly_relay_destroy(media->relay);
	free(media);
	return r;
}
