#include "proto/link/trust.h"

#include <limits.h>
#include <string.h>

#include <openssl/pem.h>

bool link_trust_check(const char *pem)
{
	size_t size = strlen(pem);
	BIO *bytes = size <= INT_MAX ? BIO_new_mem_buf(pem, (int)size) : NULL;
	X509 *certificate = bytes ? PEM_read_bio_X509(bytes, NULL, NULL, NULL) : NULL;
	bool good = certificate != NULL;
	X509_free(certificate);
	BIO_free(bytes);
	return good;
}
