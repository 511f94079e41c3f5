#include "coordinator/identity/server_names.h"

#include <errno.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/identity/atomic_file.h"
#include "coordinator/identity/certificate_file.h"

static void add_name(struct server_names *hosts, const ASN1_IA5STRING *name)
{
	size_t length = (size_t)ASN1_STRING_length(name);
	if (hosts->count < CA_NAMES_MAX && length <= CA_NAME_MAX) {
		memcpy(hosts->text[hosts->count], ASN1_STRING_get0_data(name), length);
		hosts->text[hosts->count++][length] = '\0';
	}
}

int server_names_read(const char *dir, struct server_names *ret)
{
	X509 *certificate = certificate_file_read(dir, "server.pem");
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

int ca_fingerprint(const char *dir, char digest[SECRET_DIGEST_SIZE])
{
	char path[ATOMIC_FILE_PATH_MAX], *text = NULL;
	int r = atomic_file_path(path, dir, "ca.pem");
	if (r == 0) {
		size_t size;
		r = atomic_file_read(path, &text, &size);
	}
	if (r == 0) {
		secret_digest(text, digest);
	}
	free(text);
	return r;
}
