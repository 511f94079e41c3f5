/* What is the matter with the certificates, as a sentence that says what to do. */
#ifndef DIEMCAU_COORDINATOR_INSTALLATION_CERTIFICATE_TEXT_H
#define DIEMCAU_COORDINATOR_INSTALLATION_CERTIFICATE_TEXT_H

#include <stddef.h>

#include "coordinator/identity/certificate_validity.h"

/* "" where nothing is. */
void certificate_text(
	const struct certificate_verdict *verdict, const char *dir, char *out, size_t size);

#endif
