/* Private: a certificate of an identity folder. */
#ifndef DIEMCAU_COORDINATOR_IDENTITY_CERTIFICATE_FILE_H
#define DIEMCAU_COORDINATOR_IDENTITY_CERTIFICATE_FILE_H

#include <openssl/x509.h>

/* The first certificate of a PEM file in dir, the caller's. NULL: it cannot be read. */
X509 *certificate_file_read(const char *dir, const char *name);

#endif
