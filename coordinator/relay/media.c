/* The media thread: see media.h. */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "coordinator/relay/media.h"
#include "coordinator/relay/relay.h"

struct rly_media {
	pthread_t thread;
	struct rly_udp *udp;
	struct rly_mail *mail;
	struct rly_relay *relay;
	int64_t reported_us;
	int result;
};

static void take(
	void *user, const struct rly_address *from, uint8_t *data, size_t size, int64_t now_us)
{
	rly_relay_datagram(user, from, data, size, now_us);
}

static void take_order(struct rly_media *media)
{
	struct rly_order *order = rly_mail_take_order(media->mail);
	if (order) {
		/* What could not be taken in is not in the version reported, and is said again. */
		rly_relay_set_desired(media->relay, &order->desired, rly_clock_us());
		rly_order_destroy(order);
	}
}

static void report(struct rly_media *media)
{
	int64_t now_us = rly_clock_us();
	int64_t wait = rly_relay_changed(media->relay) ? RLY_REPORT_SOON_US : RLY_REPORT_US;
	struct wire_relay_report letter;
	if (now_us - media->reported_us >= wait &&
		rly_relay_report(media->relay, now_us, &letter) == 0) {
		rly_mail_post_report(media->mail, &letter);
		media->reported_us = now_us;
	}
}

static void *run(void *user)
{
	struct rly_media *media = user;
	int other_fd = rly_mail_order_fd(media->mail);
	while (!rly_mail_stopped(media->mail) && media->result == 0) {
		int64_t wait_us = rly_relay_wait_us(media->relay, rly_clock_us());
		media->result = rly_udp_receive(media->udp, other_fd, wait_us, take, media->relay);
		take_order(media);
		rly_relay_tick(media->relay, rly_clock_us());
		report(media);
	}
	return NULL;
}

int rly_media_start(struct rly_udp *udp, struct rly_mail *mail,
	const struct rly_media_config *config, struct rly_media **ret_media)
{
	struct rly_media *media = calloc(1, sizeof *media);
	if (!media) {
		return -ENOMEM;
	}
	media->udp = udp;
	media->mail = mail;
	struct rly_config relay = {
		.outlet = rly_udp_outlet(udp),
		.cname = "diemcau",
		.instance = config->instance,
		.wall_offset_us = rly_clock_wall_offset_us(),
		.first_sequence = config->first_sequence,
		.ceilings = config->ceilings,
	};
	int result = rly_relay_create(&relay, &media->relay);
	if (result == 0) {
		result = -pthread_create(&media->thread, NULL, run, media);
	}
	if (result) {
		rly_relay_destroy(media->relay);
		free(media);
		return result;
	}
	*ret_media = media;
	return 0;
}

int rly_media_stop(struct rly_media *media)
{
	rly_mail_stop(media->mail);
	pthread_join(media->thread, NULL);
	int result = media->result;
	rly_relay_destroy(media->relay);
	free(media);
	return result;
}
