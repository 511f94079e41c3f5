/*
 * `diemcau-endpoint check`: tests everything a site needs and states each fault in a sentence, in
 * the language of the configuration.
 */
#ifndef DIEMCAU_ENDPOINT_CHECK_COMMAND_H
#define DIEMCAU_ENDPOINT_CHECK_COMMAND_H

#include <stdbool.h>

#include "endpoint/endpoint.h"

/* Takes about ten seconds. Prints to standard output. True if nothing failed. */
bool check_run(const struct endpoint_config *config);

#endif
