/* Two mailboxes of one message each: see mailbox.h. The thread that swaps a pointer out owns it. */
#include "coordinator/relay/mailbox.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "coordinator/relay/relay.h"

struct rly_mailbox {
	_Atomic(struct rly_desired *) state;
	_Atomic(struct wire_relay_report *) report;
	atomic_bool stopped;
	int desired_fd;
	int report_fd;
};

int rly_mailbox_create(struct rly_mailbox **ret_mailbox)
{
	struct rly_mailbox *mailbox = calloc(1, sizeof(*mailbox));
	if (!mailbox) {
		return -ENOMEM;
	}
	mailbox->desired_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	mailbox->report_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (mailbox->desired_fd < 0 || mailbox->report_fd < 0) {
		int r = -errno;
		rly_mailbox_destroy(mailbox);
		return r;
	}
	*ret_mailbox = mailbox;
	return 0;
}

void rly_mailbox_destroy(struct rly_mailbox *mailbox)
{
	if (!mailbox) {
		return;
	}
	rly_desired_destroy(atomic_load(&mailbox->state));
	rly_mailbox_report_destroy(atomic_load(&mailbox->report));
	if (mailbox->desired_fd >= 0) {
		close(mailbox->desired_fd);
	}
	if (mailbox->report_fd >= 0) {
		close(mailbox->report_fd);
	}
	free(mailbox);
}

/* EAGAIN on a full counter is harmless: the descriptor is readable already. */
static void signal_event(int fd)
{
	uint64_t one = 1;
	ssize_t written = write(fd, &one, sizeof(one));
	(void)written;
}

static void drain_event(int fd)
{
	uint64_t count;
	ssize_t got = read(fd, &count, sizeof(count));
	(void)got;
}

void rly_desired_destroy(struct rly_desired *state)
{
	if (state) {
		free(state->sites);
		free(state);
	}
}

int rly_mailbox_post_desired(struct rly_mailbox *mailbox, const struct wire_relay_desired *desired)
{
	struct rly_desired *state = calloc(1, sizeof(*state));
	if (!state) {
		return -ENOMEM;
	}
	state->desired = *desired;
	state->sites = calloc(desired->n_sites + 1, sizeof(*state->sites));
	if (!state->sites) {
		free(state);
		return -ENOMEM;
	}
	if (desired->n_sites > 0) {
		memcpy(state->sites, desired->sites, desired->n_sites * sizeof(*state->sites));
	}
	state->desired.sites = state->sites;
	rly_desired_destroy(atomic_exchange(&mailbox->state, state));
	signal_event(mailbox->desired_fd);
	return 0;
}

struct rly_desired *rly_mailbox_take_desired(struct rly_mailbox *mailbox)
{
	/* Read for every batch of datagrams: a system call is made only when a message waits. */
	if (!atomic_load_explicit(&mailbox->state, memory_order_relaxed)) {
		return NULL;
	}
	drain_event(mailbox->desired_fd);
	return atomic_exchange(&mailbox->state, NULL);
}

void rly_mailbox_report_destroy(struct wire_relay_report *report)
{
	if (report) {
		rly_report_finish(report);
		free(report);
	}
}

int rly_mailbox_post_report(struct rly_mailbox *mailbox, const struct wire_relay_report *report)
{
	struct wire_relay_report *copy = malloc(sizeof(*copy));
	if (!copy) {
		struct wire_relay_report lost = *report;
		rly_report_finish(&lost);
		return -ENOMEM;
	}
	*copy = *report;
	rly_mailbox_report_destroy(atomic_exchange(&mailbox->report, copy));
	signal_event(mailbox->report_fd);
	return 0;
}

struct wire_relay_report *rly_mailbox_take_report(struct rly_mailbox *mailbox)
{
	drain_event(mailbox->report_fd);
	return atomic_exchange(&mailbox->report, NULL);
}

void rly_mailbox_stop(struct rly_mailbox *mailbox)
{
	atomic_store(&mailbox->stopped, true);
	signal_event(mailbox->desired_fd);
}

bool rly_mailbox_is_stopped(const struct rly_mailbox *mailbox)
{
	return atomic_load(&mailbox->stopped);
}

int rly_mailbox_desired_fd(const struct rly_mailbox *mailbox)
{
	return mailbox->desired_fd;
}

int rly_mailbox_report_fd(const struct rly_mailbox *mailbox)
{
	return mailbox->report_fd;
}
