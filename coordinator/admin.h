/* The commands that prepare a coordinator's directory and change who may join. */
#ifndef DIEMCAU_COORDINATOR_ADMIN_H
#define DIEMCAU_COORDINATOR_ADMIN_H

#include <stdbool.h>
#include <stddef.h>

#include "domain_msg.h"

enum { ADMIN_LIST_MAX = 16 };

struct admin_init {
	const char *dir;
	const char *plan;
	const char *operator_name;
	const char *addresses[ADMIN_LIST_MAX]; /* wss://HOST:PORT, or HOST:PORT for that */
	size_t n_addresses;
	const char *names[ADMIN_LIST_MAX];
	size_t n_names;
};

/* All return an exit status, after printing the fault to stderr. */
int admin_init(const struct admin_init *init);
int admin_check(const char *plan);
/* A new password is made and printed once, unless it is read from the first line of stdin. */
int admin_account_add(const char *dir, const char *name, enum role role, bool from_stdin);
int admin_account_passwd(const char *dir, const char *name, bool from_stdin);
int admin_account_remove(const char *dir, const char *name);
int admin_token_rotate(const char *dir, const char *site);
int admin_token_revoke(const char *dir, const char *site);

#endif
