#include "coordinator/identity/certificate_file.h"

#include <openssl/pem.h>
#include <stdlib.h>

#include "coordinator/identity/atomic_file.h"

X509 *certificate_file_read(const char *dir, const char *name)
{
	char *bytes = NULL;
	size_t size = 0;
	char path[ATOMIC_FILE_PATH_MAX];
	if (atomic_file_path(path, dir, name) < 0 || atomic_file_read(path, &bytes, &size) < 0) {
		return NULL;
	}
	BIO *pem = BIO_new_mem_buf(bytes, (int)size);
	X509 *certificate = pem ? PEM_read_bio_X509(pem, NULL, NULL, NULL) : NULL;
	BIO_free(pem);
	free(bytes);
	return certificate;
}
