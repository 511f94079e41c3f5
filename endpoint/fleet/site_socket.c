#include "endpoint/fleet/site_socket.h"

#include <stdlib.h>
#include <sys/socket.h>

bool site_socket_is_lost(const struct site_media *media)
{
	return media->cut || (media->permille > 0 && (unsigned int)rand() % 1000 < media->permille);
}

void site_socket_send(void *user, const uint8_t *datagram, size_t size)
{
	struct site_media *media = user;
	media->stats->totals.packets_sent++;
	nonce_audit_sent(media->stats->nonces, &media->sealing_key, datagram, size);
	if (media->fd >= 0 && !site_socket_is_lost(media)) {
		ssize_t sent = send(media->fd, datagram, size, 0);
		(void)sent; /* an absent relay refuses; media continues */
	}
}
