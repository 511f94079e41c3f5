/*
 * Everything about X.509 in one place. The two certificates differ by data: struct profile. Keys
 * never leave their folder and are never printed.
 */
#include "coordinator/identity/ca.h"

#include <arpa/inet.h>
#include <errno.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cleanup.h"
#include "coordinator/identity/atomic_file.h"
#include "coordinator/identity/certificate_file.h"
#include "proto/network/host_name.h"

enum { SERIAL_BITS = 127, X509_VERSION_3_VALUE = 2, EXTENSIONS_MAX = 8, SAN_MAX = 16384 };

struct extension {
	int nid;
	const char *value;
};

struct profile {
	const char *common_name;
	int days;
	struct extension extensions[EXTENSIONS_MAX]; /* ended by nid 0 */
};

DEFINE_CLEANUP(EVP_PKEY *, EVP_PKEY_free)
DEFINE_CLEANUP(X509 *, X509_free)
DEFINE_CLEANUP(BIO *, BIO_free_all)
DEFINE_CLEANUP(BIGNUM *, BN_free)
DEFINE_CLEANUP(char *, free)

static bool is_address(const char *text)
{
	unsigned char parsed[sizeof(struct in6_addr)];
	return inet_pton(AF_INET, text, parsed) == 1 || inet_pton(AF_INET6, text, parsed) == 1;
}

static bool is_host_name(const char *text)
{
	if (strncmp(text, "*.", 2) == 0) {
		text += 2;
	}
	return host_is_name(text);
}

bool ca_name_add(struct ca_names *names, const char *text)
{
	for (size_t i = 0; i < names->count; i++) {
		if (strcmp(names->text[i], text) == 0) {
			return true;
		}
	}
	if (names->count == CA_NAMES_MAX || (!is_address(text) && !is_host_name(text))) {
		return false;
	}
	names->text[names->count++] = text;
	return true;
}

static int set_serial(X509 *certificate)
{
	BIGNUM *number cleanup(BN_free) = BN_new();
	bool done = number && BN_rand(number, SERIAL_BITS, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) &&
		    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
	return done ? 0 : -EIO;
}

static int set_validity(X509 *certificate, int days, struct stamp now)
{
	time_t start = (time_t)(now.ms / 1000);
	bool done = X509_time_adj(X509_getm_notBefore(certificate), -CA_CLOCK_SLACK_S, &start) &&
		    X509_time_adj_ex(X509_getm_notAfter(certificate), days, 0, &start);
	return done ? 0 : -EIO;
}

static int add_extension(X509 *certificate, X509 *issuer, const struct extension *extension)
{
	X509V3_CTX context;
	X509V3_set_ctx_nodb(&context);
	X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
	X509_EXTENSION *made =
		X509V3_EXT_conf_nid(NULL, &context, extension->nid, extension->value);
	bool done = made && X509_add_ext(certificate, made, -1);
	X509_EXTENSION_free(made);
	return done ? 0 : -EIO;
}

static int add_extensions(X509 *certificate, X509 *issuer, const struct extension *extensions)
{
	for (size_t i = 0; i < EXTENSIONS_MAX && extensions[i].nid != 0; i++) {
		int r = add_extension(certificate, issuer, &extensions[i]);
		if (r < 0) {
			return r;
		}
	}
	return 0;
}

static int set_subject(X509 *certificate, const char *common_name)
{
	X509_NAME *name = X509_get_subject_name(certificate);
	bool done = X509_NAME_add_entry_by_txt(name, "O", MBSTRING_UTF8,
			    (const unsigned char *)"diemcau", -1, -1, 0) &&
		    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
			    (const unsigned char *)common_name, -1, -1, 0);
	return done ? 0 : -EIO;
}

/* issuer NULL: self-signed. The result is the caller's. */
static X509 *certify(EVP_PKEY *key, X509 *issuer, EVP_PKEY *issuer_key,
	const struct profile *profile, struct stamp now)
{
	X509 *certificate cleanup(X509_free) = X509_new();
	if (!certificate || !X509_set_version(certificate, X509_VERSION_3_VALUE) ||
		!X509_set_pubkey(certificate, key) || set_serial(certificate) < 0 ||
		set_validity(certificate, profile->days, now) < 0 ||
		set_subject(certificate, profile->common_name) < 0) {
		return NULL;
	}
	X509 *parent = issuer ? issuer : certificate;
	if (issuer && ASN1_TIME_compare(
			      X509_get0_notAfter(certificate), X509_get0_notAfter(issuer)) > 0) {
		X509_set1_notAfter(certificate, X509_get0_notAfter(issuer));
	}
	if (!X509_set_issuer_name(certificate, X509_get_subject_name(parent)) ||
		add_extensions(certificate, parent, profile->extensions) < 0 ||
		!X509_sign(certificate, issuer ? issuer_key : key, EVP_sha256())) {
		return NULL;
	}
	X509 *made = certificate;
	certificate = NULL;
	return made;
}

static int save(const char *dir, const char *name, BIO *pem)
{
	char *bytes = NULL;
	long size = BIO_get_mem_data(pem, &bytes);
	char path[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(path, dir, name);
	return r < 0 ? r : atomic_file_replace(path, bytes, (size_t)size);
}

static int save_key(const char *dir, const char *name, EVP_PKEY *key)
{
	BIO *pem cleanup(BIO_free_all) = BIO_new(BIO_s_secmem());
	if (!pem || !PEM_write_bio_PKCS8PrivateKey(pem, key, NULL, NULL, 0, NULL, NULL)) {
		return -EIO;
	}
	return save(dir, name, pem);
}

static int save_chain(const char *dir, const char *name, X509 *leaf, X509 *issuer)
{
	BIO *pem cleanup(BIO_free_all) = BIO_new(BIO_s_mem());
	if (!pem || !PEM_write_bio_X509(pem, leaf) ||
		(issuer && !PEM_write_bio_X509(pem, issuer))) {
		return -EIO;
	}
	return save(dir, name, pem);
}

static int read_pem_at(const char *path, BIO **ret_pem)
{
	char *bytes cleanup(free) = NULL;
	size_t size = 0;
	int r = atomic_file_read(path, &bytes, &size);
	if (r < 0) {
		return r;
	}
	BIO *pem = BIO_new(BIO_s_mem());
	if (!pem || BIO_write(pem, bytes, (int)size) != (int)size) {
		BIO_free_all(pem);
		return -ENOMEM;
	}
	*ret_pem = pem;
	return 0;
}

static int read_pem(const char *dir, const char *name, BIO **ret_pem)
{
	char path[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(path, dir, name);
	return r < 0 ? r : read_pem_at(path, ret_pem);
}

static int load(const char *dir, const char *key_path, X509 **ret_certificate, EVP_PKEY **ret_key)
{
	BIO *certificate_pem cleanup(BIO_free_all) = NULL;
	BIO *key_pem cleanup(BIO_free_all) = NULL;
	int r = read_pem(dir, "ca.pem", &certificate_pem);
	if (r == 0) {
		r = read_pem_at(key_path, &key_pem);
	}
	if (r < 0) {
		return r;
	}
	X509 *certificate cleanup(X509_free) = PEM_read_bio_X509(certificate_pem, NULL, NULL, NULL);
	EVP_PKEY *key cleanup(EVP_PKEY_free) = PEM_read_bio_PrivateKey(key_pem, NULL, NULL, NULL);
	if (!certificate || !key) {
		return certificate ? -ENOKEY : -EIO;
	}
	*ret_certificate = certificate;
	*ret_key = key;
	certificate = NULL;
	key = NULL;
	return 0;
}

static bool stands(const char *dir, const char *name)
{
	char *bytes cleanup(free) = NULL;
	size_t size = 0;
	char path[ATOMIC_FILE_PATH_MAX];
	return atomic_file_path(path, dir, name) == 0 &&
	       atomic_file_read(path, &bytes, &size) != -ENOENT;
}

static void write_names(const struct ca_names *names, char text[SAN_MAX])
{
	size_t used = 0;
	for (size_t i = 0; i < names->count && used < SAN_MAX; i++) {
		used += (size_t)snprintf(text + used, SAN_MAX - used, "%s%s:%s", i ? "," : "",
			is_address(names->text[i]) ? "IP" : "DNS", names->text[i]);
	}
}

/* Only these names: a name includes its subdomains, an address only itself. */
static void write_constraints(const struct ca_names *names, char text[SAN_MAX])
{
	size_t used = (size_t)snprintf(text, SAN_MAX, "critical");
	for (size_t i = 0; i < names->count && used < SAN_MAX; i++) {
		const char *name = names->text[i];
		bool v6 = strchr(name, ':') != NULL;
		const char *kind = is_address(name) ? "IP" : "DNS";
		const char *whole = !is_address(name) ? ""
				    : v6              ? "/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
						      : "/255.255.255.255";
		name += strncmp(name, "*.", 2) == 0 ? 2 : 0;
		used += (size_t)snprintf(
			text + used, SAN_MAX - used, ",permitted;%s:%s%s", kind, name, whole);
	}
}

int ca_create(const char *dir, const struct ca_names *names, struct stamp now)
{
	char constraints[SAN_MAX];
	const struct profile profile = {.common_name = "diemcau authority",
		.days = CA_DAYS,
		.extensions = {
			{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
			{NID_key_usage, "critical,keyCertSign,cRLSign"},
			{NID_ext_key_usage, "serverAuth"},
			{NID_name_constraints, constraints},
			{NID_subject_key_identifier, "hash"},
		}};
	if (names->count == 0) {
		return -EINVAL;
	}
	if (stands(dir, "ca.key") || stands(dir, "ca.pem") || stands(dir, "identity.json")) {
		return -EEXIST;
	}
	write_constraints(names, constraints);
	EVP_PKEY *key cleanup(EVP_PKEY_free) = EVP_EC_gen("P-256");
	X509 *certificate cleanup(X509_free) = key ? certify(key, NULL, NULL, &profile, now) : NULL;
	if (!certificate) {
		return -EIO;
	}
	int r = save_key(dir, "ca.key", key);
	return r < 0 ? r : save_chain(dir, "ca.pem", certificate, NULL);
}

/* CAs made before there were constraints may sign any name. */
static bool may_vouch(X509 *issuer, X509 *certificate)
{
	NAME_CONSTRAINTS *constraints = X509_get_ext_d2i(issuer, NID_name_constraints, NULL, NULL);
	X509_check_purpose(certificate, -1, 0); /* reads the names that the next line compares */
	bool may = !constraints || NAME_CONSTRAINTS_check(certificate, constraints) == X509_V_OK;
	NAME_CONSTRAINTS_free(constraints);
	return may;
}

static int issue(
	const char *dir, X509 *issuer, EVP_PKEY *issuer_key, const char *names, struct stamp now)
{
	const struct profile profile = {.common_name = "diemcau coordinator",
		.days = CA_SERVER_DAYS,
		.extensions = {
			{NID_basic_constraints, "critical,CA:FALSE"},
			{NID_key_usage, "critical,digitalSignature"},
			{NID_ext_key_usage, "serverAuth"},
			{NID_subject_key_identifier, "hash"},
			{NID_authority_key_identifier, "keyid:always"},
			{NID_subject_alt_name, names},
		}};
	EVP_PKEY *key cleanup(EVP_PKEY_free) = EVP_EC_gen("P-256");
	X509 *certificate cleanup(X509_free) =
		key ? certify(key, issuer, issuer_key, &profile, now) : NULL;
	if (!certificate) {
		return -EIO;
	}
	if (!may_vouch(issuer, certificate)) {
		return -EPERM;
	}
	int r = save_key(dir, "server.key", key);
	return r < 0 ? r : save_chain(dir, "server.pem", certificate, issuer);
}

int ca_issue(const char *dir, const struct ca_names *names, struct stamp now)
{
	X509 *issuer cleanup(X509_free) = NULL;
	EVP_PKEY *issuer_key cleanup(EVP_PKEY_free) = NULL;
	if (names->count == 0) {
		return -EINVAL;
	}
	char key[ATOMIC_FILE_PATH_MAX], text[SAN_MAX];
	int r = atomic_file_path(key, dir, "ca.key");
	if (r == 0) {
		r = load(dir, key, &issuer, &issuer_key);
	}
	if (r < 0) {
		return r;
	}
	write_names(names, text);
	return issue(dir, issuer, issuer_key, text, now);
}

/* The names of a certificate as write_names writes them. */
static int copy_names(const X509 *certificate, char text[SAN_MAX])
{
	struct ca_names all = {0};
	char hosts[CA_NAMES_MAX][CA_NAME_MAX + 1];
	GENERAL_NAMES *names = X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
	for (int i = 0; names && i < sk_GENERAL_NAME_num(names) && i < CA_NAMES_MAX; i++) {
		const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, i);
		int kind;
		const ASN1_STRING *value = GENERAL_NAME_get0_value(name, &kind);
		size_t size = (size_t)ASN1_STRING_length(value);
		const unsigned char *bytes = ASN1_STRING_get0_data(value);
		bool read = false;
		if (kind == GEN_IPADD) {
			read = inet_ntop(size == sizeof(struct in_addr) ? AF_INET : AF_INET6, bytes,
				hosts[i], sizeof(hosts[i]));
		} else if (kind == GEN_DNS && size < sizeof(hosts[i])) {
			memcpy(hosts[i], bytes, size);
			hosts[i][size] = '\0';
			read = true;
		}
		if (read) {
			ca_name_add(&all, hosts[i]);
		}
	}
	GENERAL_NAMES_free(names);
	write_names(&all, text);
	return all.count > 0 ? 0 : -EIO;
}

int ca_renew(const char *dir, const char *key, struct stamp now)
{
	X509 *present cleanup(X509_free) = certificate_file_read(dir, "server.pem");
	X509 *issuer cleanup(X509_free) = NULL;
	EVP_PKEY *issuer_key cleanup(EVP_PKEY_free) = NULL;
	char text[SAN_MAX];
	int r = present ? copy_names(present, text) : -EIO;
	if (r == 0) {
		r = load(dir, key, &issuer, &issuer_key);
	}
	if (r < 0) {
		return r;
	}
	if (X509_check_private_key(issuer, issuer_key) != 1) {
		return -EKEYREJECTED;
	}
	return issue(dir, issuer, issuer_key, text, now);
}
