#include "coordinator/identity/hosts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "coordinator/identity/store.h"

static X509 *read_certificate(const char *dir)
{
	char path[STORE_PATH_MAX];
	char *bytes = NULL;
	size_t size = 0;
	if (store_path(path, dir, "server.pem") < 0 || store_read(path, &bytes, &size) < 0) {
		return NULL;
	}
	BIO *pem = BIO_new_mem_buf(bytes, (int)size);
	X509 *certificate = pem ? PEM_read_bio_X509(pem, NULL, NULL, NULL) : NULL;
	BIO_free(pem);
	free(bytes);
	return certificate;
}

static void add_name(struct identity_hosts *hosts, const ASN1_IA5STRING *name)
{
	size_t length = (size_t)ASN1_STRING_length(name);
	if (hosts->count < AUTHORITY_NAMES_MAX && length <= AUTHORITY_NAME_MAX) {
		memcpy(hosts->text[hosts->count], ASN1_STRING_get0_data(name), length);
		hosts->text[hosts->count++][length] = '\0';
	}
}

int identity_hosts_read(const char *dir, struct identity_hosts *ret)
{
	X509 *certificate = read_certificate(dir);
	if (!certificate) {
		return -EIO;
	}
	memset(ret, 0, sizeof(*ret));
	GENERAL_NAMES *names = X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
	for (int i = 0; names && i < sk_GENERAL_NAME_num(names); i++) {
		const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, i);
		if (name->type == GEN_DNS) {
			add_name(ret, name->d.dNSName);
		}
	}
	GENERAL_NAMES_free(names);
	X509_free(certificate);
	return 0;
}

int identity_fingerprint(const char *dir, char digest[SECRET_DIGEST_SIZE])
{
	char path[STORE_PATH_MAX], *text = NULL;
	size_t size;
	int status = store_path(path, dir, "ca.pem");
	if (status == 0) {
		status = store_read(path, &text, &size);
	}
	if (status == 0) {
		secret_digest(text, digest);
	}
	free(text);
	return status;
}
