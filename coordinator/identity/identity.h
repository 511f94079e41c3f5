/*
 * Who may join: the accounts of people and the token digests of sites and relays.
 *
 * The identity folder is made once by identity_init (`diemcau-coordinator init`):
 *	ca.pem ca.key server.pem server.key	ca.h
 *	identity.json				accounts (Argon2id), token digests (BLAKE2b)
 *	join/SITE.json, join/relay.json		one join file each: holds the token, hand it out
 *	sessions.json				who has logged in (session_file.h)
 *	displays_seen.json			when screens were last connected (seen_file.h)
 *	device.key				what known browsers are proven by (device_cookie.h)
 *
 * The registry is identity.json in memory. The running coordinator loads it and polls with
 * identity_refresh for changes made by a command line; changing functions write the file at once
 * and take the lock that identity_edit holds. Tokens and passwords are stored nowhere else.
 */
#ifndef DIEMCAU_COORDINATOR_IDENTITY_IDENTITY_H
#define DIEMCAU_COORDINATOR_IDENTITY_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bounds.h"
#include "coordinator/identity/secret.h"
#include "domain_msg.h"
#include "identity_msg.h"
#include "units.h"

struct identity_registry;

/* The relay's name in place of a site's id; no site may have it. */
#define IDENTITY_RELAY SITE_ID_OF_RELAY

/* Positive results. */
enum identity_refusal {
	IDENTITY_UNKNOWN = 1, /* no such account or site */
	IDENTITY_EXISTS, /* the account or site exists already */
	IDENTITY_BAD_NAME, /* not of the form the schema asks */
	IDENTITY_BAD_ROLE, /* people are operator, technician, chair or viewer */
	IDENTITY_WEAK_PASSWORD, /* under PASSWORD_MIN or over PASSWORD_MAX bytes, or no plain text
				 */
	IDENTITY_LAST_OPERATOR, /* at least one operator must remain */
	IDENTITY_FULL, /* IDENTITY_ACCOUNTS_MAX or IDENTITY_CREDENTIALS_MAX */
	IDENTITY_OPEN_FOLDER, /* the folder is another user's, or others write there and have */
	IDENTITY_BAD_DISPLAY_NAME, /* not 1 to SCREEN_NAME_CHARS characters of plain text */
	IDENTITY_BAD_ADDRESS, /* no websocket URL, or too many of them */
	IDENTITY_REFUSAL_COUNT
};

struct identity_site {
	const char *id;
	uint32_t number; /* in media; 0 for the relay */
};

struct identity_setup {
	/* created if its parent exists, or closed to others; holds no identity yet */
	const char *dir;
	/* "wss://host:port": what join files carry; their hosts are put into the certificate. */
	const char *const *addresses;
	size_t n_addresses;
	/*
	 * Further names of the server's certificate, besides localhost and the loopback addresses.
	 */
	const char *const *names;
	size_t n_names;
	const struct identity_site *sites;
	size_t n_sites;
	const char *operator_name; /* the first account */
};

/*
 * Create everything, with join files for all sites and the relay, or nothing: it is built in a
 * folder `.init` within and moved out last, identity.json at the end. What an init that was killed
 * has left is removed first. The operator's password is in
 * `password` and nowhere else: print it once and wipe it. 0; -EEXIST where an identity exists;
 * another negative errno; a refusal.
 */
int identity_init(const struct identity_setup *setup, struct stamp now,
	char password[GENERATED_PASSWORD_SIZE]);

/*
 * Read the registry of a folder. identity_edit waits for the lock that keeps other command lines
 * out until identity_destroy. 0; -EBADMSG for a file that is damaged; another negative errno.
 */
int identity_load(const char *dir, struct identity_registry **ret_registry);
int identity_edit(const char *dir, struct identity_registry **ret_registry);
void identity_destroy(struct identity_registry *registry);

/* Has the file changed since it was read? */
bool identity_is_stale(const struct identity_registry *registry);

/*
 * Read the file again if it has changed since; *ret_changed says so. On a fault the registry stays
 * as it was. After a change the caller asks identity_holds for each peer.
 */
int identity_refresh(struct identity_registry *registry, bool *ret_changed);

/* The first address of join files, "wss://host:port"; "" where there is none. */
const char *identity_address(const struct identity_registry *registry);

/* ---- people ---- */

/* These hash a password (tens of milliseconds) and write the file. 0, a refusal or an errno. */
int identity_account_add(struct identity_registry *registry, const char *name, enum role role,
	const char *password, struct stamp now);
int identity_account_passwd(struct identity_registry *registry, const char *name,
	const char *password, struct stamp now);
int identity_account_remove(struct identity_registry *registry, const char *name);

/*
 * The account, copied: a worker then asks password_matches(account.password, ...). For an unknown
 * name (IDENTITY_UNKNOWN) the copy holds a hash that nothing matches but that takes as long.
 */
int identity_account_find(
	const struct identity_registry *registry, const char *name, struct account *ret_account);
/* Whether the account still has this role and has not changed since then. */
bool identity_account_holds(const struct identity_registry *registry, const char *name,
	enum role role, struct stamp changed);
size_t identity_account_count(const struct identity_registry *registry);
/* Number `index`, borrowed until the registry changes; NULL past the last. */
const struct account *identity_account(const struct identity_registry *registry, size_t index);

/* ---- sites and relays ---- */

/*
 * A site's number in media belongs to the installation: it is given once, to the lowest that is
 * above all others, and stays when its join file is revoked; nobody else gets it.
 */

/* The number of this site; 0: it has none. */
uint32_t identity_site_number(const struct identity_registry *registry, const char *site);
/*
 * Give a number to each of these that has none, without a join file: the sites of a plan.
 * *ret_entered is how many had none. 0; IDENTITY_BAD_NAME or IDENTITY_FULL, then none has got one;
 * a negative errno.
 */
int identity_sites_enter(struct identity_registry *registry, const char *const *sites, size_t n,
	size_t *ret_entered);
/*
 * A join file for a site that has none: for a newcomer with the next number. Writes the join file
 * and the registry. IDENTITY_EXISTS: it has one that is valid.
 */
int identity_site_add(struct identity_registry *registry, const char *site, struct stamp now);
/* A new join file for one that has, or had, one; the old one is invalid. */
int identity_token_rotate(struct identity_registry *registry, const char *site, struct stamp now);
/* Its join file is invalid from now on, and removed. */
int identity_token_revoke(struct identity_registry *registry, const char *site);

/*
 * Does this token belong to this site (or relay)? Takes the same time for a wrong token and an
 * unknown site. On success *ret_credential is for identity_holds later.
 */
bool identity_verify_token(const struct identity_registry *registry, enum role role,
	const char *site, const char *token, struct credential *ret_credential);

/* Number `index`, borrowed until the registry changes; NULL past the last. */
const struct credential *identity_credential(
	const struct identity_registry *registry, size_t index);

/* A mark that changes when the credential is rotated or revoked. */
void identity_mark(const struct credential *credential, char mark[CREDENTIAL_MARK_SIZE]);

/* Whether a credential that was valid still is (not rotated, not revoked). */
bool identity_holds(const struct identity_registry *registry, const struct credential *credential);

/* ---- display links ---- */

struct display_order {
	const char *name; /* unlike that of all others */
	enum display_view view;
	const char *account; /* who makes it; NULL: the command line */
	struct stamp now;
};

/*
 * A link with a new token, which is in `token` and nowhere else. Writes the registry. 0; a refusal
 * (IDENTITY_EXISTS, IDENTITY_BAD_DISPLAY_NAME, IDENTITY_FULL); a negative errno.
 */
int identity_display_add(struct identity_registry *registry, const struct display_order *order,
	char token[SECRET_TEXT_SIZE]);
/* The link of this id is invalid from now on. 0, IDENTITY_UNKNOWN or a negative errno. */
int identity_display_remove(struct identity_registry *registry, const char *id);

void identity_display_id(const struct display *display, char id[DISPLAY_ID_SIZE]);

/* The link of a token, borrowed until the registry changes; NULL: none. */
const struct display *identity_display_of(
	const struct identity_registry *registry, const char *token);
/* Whether the link of this digest is still there. */
bool identity_display_holds(const struct identity_registry *registry, const char *digest);
/* Number `index`, borrowed until the registry changes; NULL past the last. */
const struct display *identity_display(const struct identity_registry *registry, size_t index);

/* What a screen of this view may see: `lectern` the message to the speaker, `display` not. */
enum role identity_display_role(enum display_view view);

/* "unknown", "exists" ...: a stable machine word. */
const char *identity_refusal_name(int refusal);

#endif
