/*
 * diemcau-rtp-tap: lets an outside program receive one slot. It joins with a site's file, receives
 * the site's media, and forwards the datagrams of one slot unchanged, still encrypted:
 *
 *	diemcau-rtp-tap --join FILE --slot program --to 127.0.0.1:7000
 *
 * For each epoch it prints one line to standard output, the gst-launch-1.0 pipeline that decrypts
 * and shows it (docs/media.md section 7). That line holds the group key: keep it off shared
 * screens.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "proto/client/join_file.h"
#include "proto/client/ws_client.h"
#include "proto/codec/codec.h"
#include "proto/media/rtcp.h"
#include "proto/media/rtp.h"
#include "proto/media/slot_number.h"
#include "proto/media/srtp_receiver.h"
#include "proto/media/srtp_sender.h"
#include "proto/media/ssrc.h"
#include "proto/system/cli.h"

enum { DATAGRAM_MAX = 2048, KEEPALIVE_MS = 1000 };

struct rtp_tap {
	enum slot slot;
	struct sockaddr_in to;
	struct sockaddr_in relay;
	int fd;
	struct ws_client *link;
	uint16_t number;
	char instance[INSTANCE_ID_SIZE]; /* of the relay that our key is for */
	struct media_key key;
	struct media_key group_key;
	struct media_sender *sender; /* NULL: no relay yet */
	struct media_receiver *receiver; /* for the relay's challenges */
	bool printed;
	uint32_t ssrc;
};

static bool parse_address(const char *text, struct sockaddr_in *ret_address)
{
	memset(ret_address, 0, sizeof(*ret_address));
	char host[64];
	unsigned port;
	if (sscanf(text, "%63[0-9.]:%u", host, &port) != 2 || port > 65535 ||
		inet_pton(AF_INET, host, &ret_address->sin_addr) != 1) {
		return false;
	}
	ret_address->sin_family = AF_INET;
	ret_address->sin_port = htons((uint16_t)port);
	return true;
}

static const char *join_path;
static enum slot slot;
static struct sockaddr_in to;

static int read_slot(const char *text)
{
	slot = (enum slot)msg_enum_value(&msg_slot, text);
	return slot == SLOT_UNSET ? -EINVAL : 0;
}

static int read_to(const char *text)
{
	return parse_address(text, &to) && to.sin_port != 0 ? 0 : -EINVAL;
}

static const struct cli_option known[] = {
	{.name = "join",
		.letter = 'j',
		.needed = true,
		.value = "FILE",
		.help = "the join file of a site",
		.text = &join_path},
	{.name = "slot",
		.needed = true,
		.value = "SLOT",
		.help = "program, program_small, return, content, voice0 ... voice3",
		.read = read_slot,
		.wants = "program, program_small, return, content, voice0 ... voice3"},
	{.name = "to",
		.needed = true,
		.value = "ADDR:PORT",
		.help = "where the slot's datagrams go",
		.read = read_to,
		.wants = "a numeric IPv4 address and a port (127.0.0.1:7000)"},
	{0},
};

static void read_command_line(int argc, char **argv, struct rtp_tap *ret_tap)
{
	static const struct cli_command commands[] = {
		{.help = "Pass one slot on to an outside receiver, still encrypted.",
			.options = known},
		{0},
	};
	static const struct cli line = {.program = "diemcau-rtp-tap", .commands = commands};
	cli_read(&line, argc, argv);
	ret_tap->slot = slot;
	ret_tap->to = to;
}

static void report(struct rtp_tap *tap, uint64_t version)
{
	struct wire_message *message = calloc(1, sizeof(*message));
	if (!message) {
		return;
	}
	message->type = WIRE_SITE_REPORT;
	message->site_report.version = version;
	message->site_report.level_dbfs = -120;
	message->site_report.playing = true;
	message->site_report.has_key = true;
	strcpy(message->site_report.key.relay, tap->instance);
	media_key_to_text(&tap->key, message->site_report.key.key);
	ws_client_send(tap->link, message);
	free(message);
}

/* A new relay gets a new key. */
static void use_relay(struct rtp_tap *tap, const struct wire_relay_access *relay)
{
	media_key_from_text(relay->group_key, &tap->group_key);
	if (tap->receiver && strcmp(tap->instance, relay->instance) == 0) {
		media_receiver_add_key(tap->receiver, &tap->group_key);
		return;
	}
	media_sender_destroy(tap->sender);
	tap->sender = NULL;
	media_receiver_destroy(tap->receiver);
	tap->receiver = NULL;
	if (media_receiver_create(&tap->group_key, &tap->receiver) < 0) {
		return;
	}
	for (size_t i = 0; i < relay->n_addresses; i++) {
		if (parse_address(relay->addresses[i], &tap->relay) &&
			media_key_make(&tap->key) == 0 &&
			media_sender_create(&tap->key, &tap->sender) == 0) {
			strcpy(tap->instance, relay->instance);
			return;
		}
	}
}

static void on_message(void *user, const struct wire_message *message)
{
	struct rtp_tap *tap = user;
	if (message->type == WIRE_SITE_DESIRED && message->site_desired.has_relay) {
		tap->number = (uint16_t)message->site_desired.number;
		use_relay(tap, &message->site_desired.relay);
		report(tap, message->site_desired.version);
	}
}

static void on_down(void *user, const struct ws_client_notice *notice)
{
	(void)user;
	fprintf(stderr, "diemcau-rtp-tap: %s\n", notice->text);
}

static void send_rtcp(struct rtp_tap *tap, struct rtcp_writer *writer, size_t capacity)
{
	if (media_sender_rtcp(tap->sender, writer->data, &writer->size, capacity) == 0) {
		sendto(tap->fd, writer->data, writer->size, 0, (struct sockaddr *)&tap->relay,
			sizeof(tap->relay));
	}
}

static void keep_alive(struct rtp_tap *tap)
{
	_Alignas(8) uint8_t data[64];
	struct rtcp_writer writer = {data, sizeof(data), 0};
	if (tap->sender && rtcp_put_keepalive(&writer, tap->number) == 0) {
		send_rtcp(tap, &writer, sizeof(data));
	}
}

/* The relay sends nothing else to a receiver that does not answer (docs/media.md section 4). */
static void answer_challenge(struct rtp_tap *tap, const struct rtcp_message *challenge)
{
	_Alignas(8) uint8_t data[128];
	struct rtcp_writer writer = {data, sizeof(data) - MEDIA_RTCP_OVERHEAD, 0};
	uint32_t own = media_feedback_ssrc(tap->number, MEDIA_SLOT_NONE);
	if (challenge->kind == RTCP_PATH_CHALLENGE && challenge->media == own && tap->sender &&
		rtcp_put_rr(&writer, own, NULL, 0) == 0 &&
		rtcp_put_path_response(&writer, own, MEDIA_RELAY_STREAM, challenge->token) == 0) {
		send_rtcp(tap, &writer, sizeof(data));
	}
}

static void handle_rtcp(struct rtp_tap *tap, uint8_t *data, size_t size)
{
	if (!tap->receiver ||
		media_receiver_rtcp(tap->receiver, data, &size, ws_client_clock_us()) != 0) {
		return;
	}
	struct rtcp_reader reader = {data, size, 0};
	struct rtcp_message message;
	while (rtcp_next(&reader, &message) == 0) {
		answer_challenge(tap, &message);
	}
}

static void print_pipeline(const struct rtp_tap *tap)
{
	bool voice = tap->slot >= SLOT_VOICE0;
	printf("gst-launch-1.0 udpsrc port=%u caps='application/x-srtp, media=(string)%s, "
	       "payload=(int)%d, clock-rate=(int)%d, encoding-name=(string)%s, ssrc=(uint)%u, "
	       "srtp-key=(buffer)",
		ntohs(tap->to.sin_port), voice ? "audio" : "video",
		voice ? MEDIA_PT_OPUS : MEDIA_PT_H264, voice ? MEDIA_RATE_AUDIO : MEDIA_RATE_VIDEO,
		voice ? "OPUS" : "H264", tap->ssrc);
	for (int i = 0; i < MEDIA_KEY_BYTES; i++) {
		printf("%02x", tap->group_key.bytes[i]);
	}
	printf(", srtp-cipher=(string)aes-128-gcm, srtp-auth=(string)null, "
	       "srtcp-cipher=(string)aes-128-gcm, srtcp-auth=(string)null' ! srtpdec ! "
	       "rtpjitterbuffer ! %s\n",
		voice ? "rtpopusdepay ! opusdec ! audioconvert ! autoaudiosink"
		      : "rtph264depay ! h264parse ! avdec_h264 ! videoconvert ! autovideosink");
	fflush(stdout);
}

static void pass_on(struct rtp_tap *tap)
{
	_Alignas(8) uint8_t data[DATAGRAM_MAX];
	ssize_t size;
	while ((size = recv(tap->fd, data, sizeof(data), MSG_DONTWAIT)) > 0) {
		uint16_t wanted = media_slot_stream(media_slot_number(tap->slot));
		if (rtp_is_rtcp(data, (size_t)size)) {
			handle_rtcp(tap, data, (size_t)size);
			continue;
		}
		uint32_t ssrc;
		if (media_peek_ssrc(data, (size_t)size, &ssrc) != 0 ||
			media_stream_of(ssrc) != wanted) {
			continue;
		}
		if (!tap->printed || ssrc != tap->ssrc) {
			tap->printed = true;
			tap->ssrc = ssrc;
			print_pipeline(tap);
		}
		sendto(tap->fd, data, (size_t)size, 0, (struct sockaddr *)&tap->to,
			sizeof(tap->to));
	}
}

static int64_t clock_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void run(struct rtp_tap *tap, struct ws_client_hub *hub)
{
	int64_t due_ms = 0;
	while (true) {
		struct pollfd fds[] = {{tap->fd, POLLIN, 0}, {ws_client_hub_fd(hub), POLLIN, 0}};
		poll(fds, 2, KEEPALIVE_MS / 4);
		ws_client_hub_dispatch(hub);
		pass_on(tap);
		if (clock_ms() >= due_ms) {
			keep_alive(tap);
			due_ms = clock_ms() + KEEPALIVE_MS;
		}
	}
}

static struct ws_client *open_link(
	struct rtp_tap *tap, struct ws_client_hub *hub, const struct join *join)
{
	static const struct ws_client_events events = {
		.on_message = on_message, .on_down = on_down};
	static struct wire_hello hello;
	const char *addresses[WS_CLIENT_ADDRESS_MAX];
	struct ws_client_config config = {.addresses = addresses,
		.n_addresses = join_file_addresses(join, addresses),
		.hello = &hello,
		.events = &events,
		.user = tap};
	join_file_hello(join, "diemcau-rtp-tap", &hello);
	struct ws_client *link = NULL;
	return ws_client_open(hub, &config, &link) == 0 ? link : NULL;
}

int main(int argc, char **argv)
{
	static struct join join;
	static struct rtp_tap tap;
	read_command_line(argc, argv, &tap);
	char fault[JOIN_FILE_FAULT_SIZE];
	if (join_file_load(join_path, &join, fault) < 0) {
		fprintf(stderr, "diemcau-rtp-tap: %s\n", fault);
		return 1;
	}
	tap.fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct ws_client_hub_config config = {.ca = join.ca[0] ? join.ca : NULL};
	struct ws_client_hub *hub = NULL;
	if (tap.fd < 0 || ws_client_hub_create(&config, &hub) < 0 ||
		!(tap.link = open_link(&tap, hub, &join))) {
		fputs("diemcau-rtp-tap: cannot start\n", stderr);
		return 1;
	}
	run(&tap, hub);
}
