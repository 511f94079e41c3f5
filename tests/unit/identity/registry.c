/* An installation from init to rotation, on a real folder; certificates checked by OpenSSL. */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "coordinator/identity/atomic_file.h"
#include "coordinator/identity/ca.h"
#include "coordinator/identity/identity.h"
#include "proto/client/join_file.h"

static char folder[64];
static char password[GENERATED_PASSWORD_SIZE];
static const struct stamp now = {1790000000000};

static const char *const addresses[] = {"wss://trungtam.example.vn:8443", "wss://[2001:db8::7]:1"};
static const struct identity_site sites[] = {{"trung-tam", 1}, {"ha-giang", 2}};

static struct identity_setup setup_of(const char *dir)
{
	return (struct identity_setup){.dir = dir,
		.addresses = addresses,
		.n_addresses = 2,
		.sites = sites,
		.n_sites = 2,
		.operator_name = "truc"};
}

static char *path_of(const char *name)
{
	static char path[ATOMIC_FILE_PATH_MAX];
	assert_int_equal(atomic_file_path(path, folder, name), 0);
	return path;
}

static int install(void **state)
{
	(void)state;
	char parent[] = "/tmp/identity-XXXXXX";
	assert_non_null(mkdtemp(parent));
	snprintf(folder, sizeof(folder), "%s/id", parent);
	struct identity_setup setup = setup_of(folder);
	assert_int_equal(identity_init(&setup, now, password), 0);
	return 0;
}

static int uninstall(void **state)
{
	(void)state;
	char command[ATOMIC_FILE_PATH_MAX + 16];
	*strrchr(folder, '/') = '\0';
	snprintf(command, sizeof(command), "rm -r %s", folder);
	return system(command);
}

static void secrets_are_for_the_owner_alone(void **state)
{
	(void)state;
	static const char *const files[] = {"ca.key", "server.key", "ca.pem", "server.pem",
		"identity.json", "join/ha-giang.json", "join/relay.json"};
	struct stat facts;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		assert_int_equal(stat(path_of(files[i]), &facts), 0);
		assert_int_equal(facts.st_mode & 0777, 0600);
	}
	assert_int_equal(stat(folder, &facts), 0);
	assert_int_equal(facts.st_mode & 0777, 0700);
}

static void init_never_overwrites(void **state)
{
	(void)state;
	struct identity_setup setup = setup_of(folder);
	char other[GENERATED_PASSWORD_SIZE];
	assert_int_equal(identity_init(&setup, now, other), -EEXIST);
}

/* A second init finds the place as the first has found it. */
static void init_is_whole_or_nothing(void **state)
{
	(void)state;
	static const struct identity_site twice[] = {{"a", 1}, {"b", 2}, {"a", 3}};
	char parent[] = "/tmp/identity-XXXXXX", dir[64], path[96];
	char other[GENERATED_PASSWORD_SIZE];
	assert_non_null(mkdtemp(parent));
	snprintf(dir, sizeof(dir), "%s/new", parent);
	struct identity_setup setup = setup_of(dir);
	setup.sites = twice;
	setup.n_sites = 3;
	assert_int_equal(identity_init(&setup, now, other), IDENTITY_EXISTS);
	assert_int_not_equal(access(dir, F_OK), 0);
	assert_int_equal(mkdir(dir, 0755), 0);
	assert_int_equal(identity_init(&setup, now, other), IDENTITY_EXISTS);
	assert_int_equal(rmdir(dir), 0); /* it is there still, and empty */

	/* One that was killed while it moved things out. */
	assert_int_equal(mkdir(dir, 0700), 0);
	snprintf(path, sizeof(path), "%s/.init", dir);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/ca.key", dir);
	assert_int_equal(atomic_file_replace(path, "half", 4), 0);
	setup.n_sites = 2;
	assert_int_equal(identity_init(&setup, now, other), 0);
	snprintf(path, sizeof(path), "%s/.init", dir);
	assert_int_not_equal(access(path, F_OK), 0);
	snprintf(path, sizeof(path), "rm -r %s", parent);
	assert_int_equal(system(path), 0);
}

static X509 *read_certificate(const char *name)
{
	FILE *file = fopen(path_of(name), "rb");
	assert_non_null(file);
	X509 *certificate = PEM_read_X509(file, NULL, NULL, NULL);
	fclose(file);
	assert_non_null(certificate);
	return certificate;
}

static void server_certificate_is_signed_and_named(void **state)
{
	(void)state;
	X509 *ca = read_certificate("ca.pem");
	X509 *server = read_certificate("server.pem");
	assert_int_equal(X509_verify(server, X509_get0_pubkey(ca)), 1);
	assert_int_equal(X509_check_host(server, "trungtam.example.vn", 0, 0, NULL), 1);
	assert_int_equal(X509_check_host(server, "example.vn", 0, 0, NULL), 0);
	assert_int_equal(X509_check_ip_asc(server, "2001:db8::7", 0), 1);
	assert_int_equal(X509_check_ip_asc(server, "127.0.0.1", 0), 1);
	assert_int_equal(X509_check_ca(ca), 1);
	assert_int_equal(X509_check_ca(server), 0);
	assert_int_equal(X509_check_purpose(server, X509_PURPOSE_SSL_SERVER, 0), 1);
	assert_int_equal(X509_check_purpose(server, X509_PURPOSE_SSL_CLIENT, 0), 0);
	X509_free(ca);
	X509_free(server);
}

/* A certificate for `name` signed by the authority's own key, as a thief of it would make one. */
static X509 *forge(X509 *ca, const char *name)
{
	FILE *file = fopen(path_of("ca.key"), "rb");
	EVP_PKEY *key = PEM_read_PrivateKey(file, NULL, NULL, NULL);
	fclose(file);
	X509 *forged = X509_new();
	X509_EXTENSION *names = X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name, name);
	X509_set_version(forged, 2);
	X509_set_pubkey(forged, key);
	X509_set_issuer_name(forged, X509_get_subject_name(ca));
	X509_gmtime_adj(X509_getm_notBefore(forged), -3600);
	X509_gmtime_adj(X509_getm_notAfter(forged), 3600);
	assert_int_equal(X509_add_ext(forged, names, -1), 1);
	assert_true(X509_sign(forged, key, EVP_sha256()) > 0);
	X509_EXTENSION_free(names);
	EVP_PKEY_free(key);
	return forged;
}

/* X509_V_OK, or why a client that trusts this authority would refuse. */
static int verify(X509 *ca, X509 *certificate, unsigned long more)
{
	X509_STORE *store = X509_STORE_new();
	X509_STORE_CTX *context = X509_STORE_CTX_new();
	X509_STORE_add_cert(store, ca);
	X509_STORE_CTX_init(context, store, certificate, NULL);
	X509_STORE_CTX_set_purpose(context, X509_PURPOSE_SSL_SERVER);
	X509_VERIFY_PARAM_set_flags(
		X509_STORE_CTX_get0_param(context), X509_V_FLAG_NO_CHECK_TIME | more);
	X509_verify_cert(context);
	int verdict = X509_STORE_CTX_get_error(context);
	X509_STORE_CTX_free(context);
	X509_STORE_free(store);
	return verdict;
}

static void the_authority_vouches_for_its_own_names_alone(void **state)
{
	(void)state;
	static const char *const strange[] = {"DNS:bank.example", "IP:8.8.8.8", "IP:2001:db8::8",
		"DNS:trungtam.example.vn.evil.example", "IP:127.0.0.2"};
	X509 *ca = read_certificate("ca.pem");
	X509 *server = read_certificate("server.pem");
	assert_int_equal(verify(ca, server, X509_V_FLAG_X509_STRICT), X509_V_OK);
	for (size_t i = 0; i < sizeof(strange) / sizeof(strange[0]); i++) {
		X509 *forged = forge(ca, strange[i]);
		assert_int_equal(verify(ca, forged, 0), X509_V_ERR_PERMITTED_VIOLATION);
		X509_free(forged);
	}
	int critical = 0;
	NAME_CONSTRAINTS_free(X509_get_ext_d2i(ca, NID_name_constraints, &critical, NULL));
	assert_int_equal(critical, 1);
	assert_int_equal(X509_get_pathlen(ca), 0);
	assert_int_equal(X509_get_extended_key_usage(ca), XKU_SSL_SERVER);
	assert_int_equal(X509_get_key_usage(server), KU_DIGITAL_SIGNATURE);
	X509_free(ca);
	X509_free(server);
}

static void a_name_it_may_not_vouch_for_is_not_signed(void **state)
{
	(void)state;
	struct ca_names names = {0};
	assert_true(ca_name_add(&names, "bank.example"));
	X509 *before = read_certificate("server.pem");
	assert_int_equal(ca_issue(folder, &names, now), -EPERM);
	X509 *after = read_certificate("server.pem");
	assert_int_equal(X509_cmp(before, after), 0);
	X509_free(before);
	X509_free(after);
	names = (struct ca_names){0};
	assert_true(ca_name_add(&names, "trungtam.example.vn"));
	assert_int_equal(ca_issue(folder, &names, now), 0);
}

static void init_overwrites_nothing_where_the_key_is_kept_elsewhere(void **state)
{
	(void)state;
	char key[ATOMIC_FILE_PATH_MAX], away[ATOMIC_FILE_PATH_MAX], other[GENERATED_PASSWORD_SIZE];
	struct identity_setup setup = setup_of(folder);
	snprintf(key, sizeof(key), "%s", path_of("ca.key"));
	snprintf(away, sizeof(away), "%s", path_of("away"));
	assert_int_equal(rename(key, away), 0);
	assert_int_equal(identity_init(&setup, now, other), -EEXIST);
	assert_int_not_equal(access(key, F_OK), 0);
	struct ca_names names = {0};
	assert_true(ca_name_add(&names, "localhost"));
	assert_int_equal(ca_issue(folder, &names, now), -ENOENT);
	assert_int_equal(rename(away, key), 0);
}

static void bad_names_are_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {"", "a,DNS:b", "-a", "a-", "a b", "a\n", "*", "a..",
		"1.2.3.4.", "[::1]", "a/b", "a:1", "192.0.2.300", "7"};
	struct ca_names names = {0};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_false(ca_name_add(&names, bad[i]));
	}
	assert_true(ca_name_add(&names, "*.example.vn"));
	assert_true(ca_name_add(&names, "10.0.0.7"));
	assert_true(ca_name_add(&names, "10.0.0.7"));
	assert_int_equal(names.count, 2);
}

static void join_file_tells_all_that_is_needed(void **state)
{
	(void)state;
	struct join *join = calloc(1, sizeof(*join));
	char fault[JOIN_FILE_FAULT_SIZE];
	assert_non_null(join);
	assert_int_equal(join_file_load(path_of("join/ha-giang.json"), join, fault), 0);
	assert_int_equal(join->role, ROLE_SITE);
	assert_string_equal(join->site, "ha-giang");
	assert_int_equal(join->number, 2);
	assert_int_equal(join->n_addresses, 2);
	assert_string_equal(join->addresses[0], addresses[0]);
	assert_non_null(strstr(join->ca, "BEGIN CERTIFICATE"));
	assert_int_equal(join_file_load(path_of("join/relay.json"), join, fault), 0);
	assert_int_equal(join->role, ROLE_RELAY);
	assert_int_equal(join_file_load(path_of("join/none.json"), join, fault), -ENOENT);
	assert_int_equal(join_file_load(path_of("ca.pem"), join, fault), -EBADMSG);
	assert_non_null(strstr(fault, "ca.pem"));
	free(join);
}

static void token_of(const char *site, char token[TOKEN_SIZE])
{
	char name[64];
	struct join *join = calloc(1, sizeof(*join));
	assert_non_null(join);
	snprintf(name, sizeof(name), "join/%s.json", site);
	assert_int_equal(join_file_load(path_of(name), join, NULL), 0);
	memcpy(token, join->token, TOKEN_SIZE);
	free(join);
}

static void token_belongs_to_one_site_and_role(void **state)
{
	(void)state;
	char token[TOKEN_SIZE];
	struct identity_registry *registry = NULL;
	struct credential held;
	token_of("ha-giang", token);
	assert_int_equal(identity_load(folder, &registry), 0);
	assert_true(identity_verify_token(registry, ROLE_SITE, "ha-giang", token, &held));
	assert_int_equal(held.number, 2);
	assert_false(identity_verify_token(registry, ROLE_SITE, "trung-tam", token, &held));
	assert_false(identity_verify_token(registry, ROLE_RELAY, "ha-giang", token, &held));
	assert_false(identity_verify_token(registry, ROLE_SITE, "nowhere", token, &held));
	token[5] = token[5] == 'A' ? 'B' : 'A';
	assert_false(identity_verify_token(registry, ROLE_SITE, "ha-giang", token, &held));
	identity_destroy(registry);
}

static void rotation_and_revocation_reach_a_running_reader(void **state)
{
	(void)state;
	char token[TOKEN_SIZE], fresh[TOKEN_SIZE];
	struct identity_registry *reader = NULL, *editor = NULL;
	struct credential held, anew;
	bool changed = true;
	token_of("ha-giang", token);
	assert_int_equal(identity_load(folder, &reader), 0);
	assert_true(identity_verify_token(reader, ROLE_SITE, "ha-giang", token, &held));
	assert_int_equal(identity_refresh(reader, &changed), 0);
	assert_false(changed);

	assert_int_equal(identity_edit(folder, &editor), 0);
	assert_int_equal(identity_token_rotate(editor, "nowhere", now), IDENTITY_UNKNOWN);
	assert_int_equal(identity_token_rotate(editor, "ha-giang", now), 0);
	token_of("ha-giang", fresh);
	assert_string_not_equal(token, fresh);
	assert_int_equal(identity_refresh(reader, &changed), 0);
	assert_true(changed);
	assert_false(identity_holds(reader, &held));
	assert_false(identity_verify_token(reader, ROLE_SITE, "ha-giang", token, &anew));
	assert_true(identity_verify_token(reader, ROLE_SITE, "ha-giang", fresh, &anew));
	assert_true(identity_holds(reader, &anew));
	char marks[3][CREDENTIAL_MARK_SIZE];
	identity_mark(&held, marks[0]);
	identity_mark(&anew, marks[1]);
	assert_string_not_equal(marks[0], marks[1]);

	assert_int_equal(identity_token_revoke(editor, "ha-giang"), 0);
	assert_int_equal(identity_refresh(reader, &changed), 0);
	const struct credential *stands = identity_credential(reader, 0);
	for (size_t i = 1; strcmp(stands->site, "ha-giang") != 0; i++) {
		stands = identity_credential(reader, i);
	}
	identity_mark(stands, marks[2]);
	assert_string_not_equal(marks[1], marks[2]);
	assert_null(identity_credential(reader, 1000));
	assert_false(identity_holds(reader, &anew));
	assert_false(identity_verify_token(reader, ROLE_SITE, "ha-giang", fresh, &held));
	assert_int_not_equal(access(path_of("join/ha-giang.json"), F_OK), 0);
	assert_int_equal(identity_token_rotate(editor, "ha-giang", now), 0);
	identity_destroy(editor);
	identity_destroy(reader);
}

static void sites_can_be_added_later(void **state)
{
	(void)state;
	struct identity_registry *registry = NULL;
	assert_int_equal(identity_edit(folder, &registry), 0);
	size_t entered = 0;
	static const char *const plan[] = {"trung-tam", "ca-mau", "bac-lieu"};
	static const char *const bad[] = {"soc-trang", "../x"};
	assert_int_equal(identity_site_add(registry, "ca-mau", now), 0);
	assert_int_equal(identity_site_number(registry, "ca-mau"), 3);
	assert_int_equal(identity_site_add(registry, "ca-mau", now), IDENTITY_EXISTS);
	assert_int_equal(identity_site_add(registry, "trung-tam", now), IDENTITY_EXISTS);
	assert_int_equal(identity_site_add(registry, "relay", now), IDENTITY_BAD_NAME);
	assert_int_equal(identity_site_add(registry, "../x", now), IDENTITY_BAD_NAME);

	/* A number is given once: not to another, also when its site has gone. */
	assert_int_equal(identity_token_revoke(registry, "ca-mau"), 0);
	assert_int_equal(identity_sites_enter(registry, plan, 3, &entered), 0);
	assert_int_equal(entered, 1);
	assert_int_equal(identity_site_number(registry, "bac-lieu"), 4);
	assert_int_not_equal(access(path_of("join/bac-lieu.json"), F_OK), 0);
	assert_int_equal(identity_sites_enter(registry, bad, 2, &entered), IDENTITY_BAD_NAME);
	assert_int_equal(entered, 0);
	assert_int_equal(identity_site_number(registry, "soc-trang"), 0);
	assert_int_equal(identity_site_add(registry, "bac-lieu", now), 0);
	assert_int_equal(identity_site_number(registry, "bac-lieu"), 4);
	assert_int_equal(identity_site_add(registry, "ca-mau", now), 0);
	assert_int_equal(identity_site_number(registry, "ca-mau"), 3);
	identity_destroy(registry);
	char token[TOKEN_SIZE];
	token_of("ca-mau", token);
}

static void people_come_and_go(void **state)
{
	(void)state;
	struct identity_registry *registry = NULL;
	struct account found;
	assert_int_equal(identity_edit(folder, &registry), 0);
	assert_int_equal(identity_account_find(registry, "truc", &found), 0);
	assert_true(password_matches(found.password, password));
	assert_false(password_matches(found.password, "something else"));
	assert_int_equal(identity_account_remove(registry, "truc"), IDENTITY_LAST_OPERATOR);

	assert_int_equal(
		identity_account_add(registry, "lan", ROLE_CHAIR, "mot hai ba bon", now), 0);
	assert_int_equal(identity_account_add(registry, "lan", ROLE_CHAIR, "mot hai ba bon", now),
		IDENTITY_EXISTS);
	assert_int_equal(identity_account_add(registry, "x", ROLE_SITE, "mot hai ba bon", now),
		IDENTITY_BAD_ROLE);
	assert_int_equal(identity_account_add(registry, "Lan!", ROLE_CHAIR, "mot hai ba bon", now),
		IDENTITY_BAD_NAME);
	assert_int_equal(identity_account_add(registry, "y", ROLE_CHAIR, "short", now),
		IDENTITY_WEAK_PASSWORD);
	assert_int_equal(identity_account_passwd(registry, "lan", "nam sau bay tam", now), 0);
	identity_destroy(registry);

	assert_int_equal(identity_load(folder, &registry), 0);
	assert_int_equal(identity_account_count(registry), 2);
	assert_int_equal(identity_account_find(registry, "lan", &found), 0);
	assert_true(password_matches(found.password, "nam sau bay tam"));
	assert_int_equal(identity_account_find(registry, "nobody", &found), IDENTITY_UNKNOWN);
	assert_false(password_matches(found.password, ""));
	assert_memory_equal(found.password, "$argon2id$", 10);
	assert_int_equal(identity_account_remove(registry, "lan"), 0);
	assert_int_equal(identity_account_remove(registry, "lan"), IDENTITY_UNKNOWN);
	identity_destroy(registry);
}

static void no_secret_is_in_the_book(void **state)
{
	(void)state;
	char token[TOKEN_SIZE];
	char *json = NULL;
	size_t size = 0;
	token_of("ha-giang", token);
	assert_int_equal(atomic_file_read(path_of("identity.json"), &json, &size), 0);
	assert_null(strstr(json, token));
	assert_null(strstr(json, password));
	free(json);
}

static void damaged_book_is_no_book(void **state)
{
	(void)state;
	struct identity_registry *registry = NULL;
	assert_int_equal(atomic_file_replace(path_of("identity.json"), "{}", 2), 0);
	assert_int_equal(identity_load(folder, &registry), -EBADMSG);
	assert_null(registry);
	unlink(path_of("identity.json"));
	assert_int_equal(identity_load(folder, &registry), -ENOENT);
}

static void replacing_fails_whole(void **state)
{
	(void)state;
	char *bytes = NULL;
	size_t size = 0;
	assert_int_equal(atomic_file_replace("/nonexistent/x", "a", 1), -ENOENT);
	assert_int_equal(mkdir(path_of("taken"), 0700), 0);
	assert_int_equal(atomic_file_replace(path_of("taken"), "a", 1), -EISDIR);
	assert_int_not_equal(access(path_of("taken.new"), F_OK), 0);
	assert_int_equal(atomic_file_read(path_of("taken"), &bytes, &size), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(secrets_are_for_the_owner_alone),
		cmocka_unit_test(init_never_overwrites),
		cmocka_unit_test(init_is_whole_or_nothing),
		cmocka_unit_test(server_certificate_is_signed_and_named),
		cmocka_unit_test(the_authority_vouches_for_its_own_names_alone),
		cmocka_unit_test(a_name_it_may_not_vouch_for_is_not_signed),
		cmocka_unit_test(init_overwrites_nothing_where_the_key_is_kept_elsewhere),
		cmocka_unit_test(bad_names_are_refused),
		cmocka_unit_test(join_file_tells_all_that_is_needed),
		cmocka_unit_test(token_belongs_to_one_site_and_role),
		cmocka_unit_test(rotation_and_revocation_reach_a_running_reader),
		cmocka_unit_test(sites_can_be_added_later),
		cmocka_unit_test(people_come_and_go),
		cmocka_unit_test(no_secret_is_in_the_book),
		cmocka_unit_test(replacing_fails_whole),
		cmocka_unit_test(damaged_book_is_no_book),
	};
	return cmocka_run_group_tests(tests, install, uninstall);
}
