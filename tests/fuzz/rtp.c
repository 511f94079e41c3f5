/* RTP and RTCP headers from any bytes: nothing is read past them; what is parsed can be built. */
#include "proto/media/rtp.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "proto/media/rtcp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An assert that release builds keep. */
static void must(bool holds)
{
	if (!holds) {
		abort();
	}
}

static void fuzz_rtp(const uint8_t *data, size_t size)
{
	struct rtp_packet packet;
	if (rtp_parse(data, size, &packet)) {
		return;
	}
	must(packet.payload >= data && packet.payload + packet.payload_size <= data + size);
	rtp_starts_keyframe(&packet);
	uint8_t again[RTP_FIXED_SIZE + 4 * RTP_CSRC_MAX + RTP_NTP64_SIZE];
	size_t again_size = 0;
	struct rtp_packet back;
	must(rtp_build(&packet.header, again, sizeof again, &again_size) == 0);
	must(rtp_parse(again, again_size, &back) == 0);
	must(back.header.sequence == packet.header.sequence &&
		back.header.timestamp == packet.header.timestamp &&
		back.header.ssrc == packet.header.ssrc &&
		back.header.n_csrc == packet.header.n_csrc &&
		back.header.has_ntp == packet.header.has_ntp);
}

static void fuzz_rtcp(const uint8_t *data, size_t size)
{
	struct rtcp_reader reader = {data, size, 0};
	struct rtcp_message message;
	while (rtcp_next(&reader, &message) == 0) {
		uint16_t sequences[RTCP_NACK_MAX];
		size_t n = rtcp_nack_list(&message, sequences, RTCP_NACK_MAX);
		uint8_t again[RTCP_NACK_MAX * 4 + 12];
		struct rtcp_writer writer = {again, sizeof again, 0};
		must(reader.at <= size && message.n_blocks <= RTCP_BLOCKS_MAX);
		must(rtcp_put_nack(&writer, 1, 2, sequences, n) == 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint32_t ssrc;
	media_peek_ssrc(data, size, &ssrc);
	fuzz_rtp(data, size);
	fuzz_rtcp(data, size);
	return 0;
}
