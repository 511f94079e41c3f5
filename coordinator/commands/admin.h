/* The commands before a meeting: init, check. */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_ADMIN_H
#define DIEMCAU_COORDINATOR_COMMANDS_ADMIN_H

#include <stdbool.h>
#include <stddef.h>

#include "identity_msg.h"

enum { ADMIN_LIST_MAX = 16 };

struct admin_init {
	const char *dir;
	const char *plan;
	const char *operator_name;
	const char *addresses[IDENTITY_ADDRESSES_MAX]; /* join_address.h */
	size_t n_addresses;
	const char *names[ADMIN_LIST_MAX];
	size_t n_names;
	bool only_here; /* no address was named: that of this machine */
};

/* All return an exit status, after printing the fault to stderr. */
int admin_init(const struct admin_init *init);
int admin_check(const char *plan);

#endif
