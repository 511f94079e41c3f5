/* Two letter boxes: see mail.h. Who swaps a pointer out of a box owns it. */
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "coordinator/relay/mail.h"
#include "coordinator/relay/relay.h"

struct rly_mail {
	_Atomic(struct rly_order *) order;
	_Atomic(struct wire_relay_report *) report;
	atomic_bool stopped;
	int order_fd;
	int report_fd;
};

int rly_mail_create(struct rly_mail **ret_mail)
{
	struct rly_mail *mail = calloc(1, sizeof *mail);
	if (!mail) {
		return -ENOMEM;
	}
	mail->order_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	mail->report_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (mail->order_fd < 0 || mail->report_fd < 0) {
		int result = -errno;
		rly_mail_destroy(mail);
		return result;
	}
	*ret_mail = mail;
	return 0;
}

void rly_mail_destroy(struct rly_mail *mail)
{
	if (!mail) {
		return;
	}
	rly_order_destroy(atomic_load(&mail->order));
	rly_mail_report_destroy(atomic_load(&mail->report));
	if (mail->order_fd >= 0) {
		close(mail->order_fd);
	}
	if (mail->report_fd >= 0) {
		close(mail->report_fd);
	}
	free(mail);
}

/* A full counter means that it is readable already. */
static void ring_bell(int fd)
{
	uint64_t one = 1;
	ssize_t written = write(fd, &one, sizeof one);
	(void)written;
}

static void quiet_bell(int fd)
{
	uint64_t counted;
	ssize_t got = read(fd, &counted, sizeof counted);
	(void)got;
}

void rly_order_destroy(struct rly_order *order)
{
	if (order) {
		free(order->sites);
		free(order);
	}
}

int rly_mail_post_order(struct rly_mail *mail, const struct wire_relay_desired *desired)
{
	struct rly_order *order = calloc(1, sizeof *order);
	if (!order) {
		return -ENOMEM;
	}
	order->desired = *desired;
	order->sites = calloc(desired->n_sites + 1, sizeof *order->sites);
	if (!order->sites) {
		free(order);
		return -ENOMEM;
	}
	if (desired->n_sites > 0) {
		memcpy(order->sites, desired->sites, desired->n_sites * sizeof *order->sites);
	}
	order->desired.sites = order->sites;
	rly_order_destroy(atomic_exchange(&mail->order, order));
	ring_bell(mail->order_fd);
	return 0;
}

struct rly_order *rly_mail_take_order(struct rly_mail *mail)
{
	/* Looked at for every batch of datagrams: no system call unless there is something. */
	if (!atomic_load_explicit(&mail->order, memory_order_relaxed)) {
		return NULL;
	}
	quiet_bell(mail->order_fd);
	return atomic_exchange(&mail->order, NULL);
}

void rly_mail_report_destroy(struct wire_relay_report *report)
{
	if (report) {
		rly_report_finish(report);
		free(report);
	}
}

int rly_mail_post_report(struct rly_mail *mail, const struct wire_relay_report *report)
{
	struct wire_relay_report *letter = malloc(sizeof *letter);
	if (!letter) {
		struct wire_relay_report lost = *report;
		rly_report_finish(&lost);
		return -ENOMEM;
	}
	*letter = *report;
	rly_mail_report_destroy(atomic_exchange(&mail->report, letter));
	ring_bell(mail->report_fd);
	return 0;
}

struct wire_relay_report *rly_mail_take_report(struct rly_mail *mail)
{
	quiet_bell(mail->report_fd);
	return atomic_exchange(&mail->report, NULL);
}

void rly_mail_stop(struct rly_mail *mail)
{
	atomic_store(&mail->stopped, true);
	ring_bell(mail->order_fd);
}

bool rly_mail_stopped(const struct rly_mail *mail)
{
	return atomic_load(&mail->stopped);
}

int rly_mail_order_fd(const struct rly_mail *mail)
{
	return mail->order_fd;
}

int rly_mail_report_fd(const struct rly_mail *mail)
{
	return mail->report_fd;
}
