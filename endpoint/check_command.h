/*
 * `diemcau-endpoint check`: tries everything a site needs and says in a sentence each what is
 * wrong, in the language of the configuration.
 */
#ifndef DIEMCAU_ENDPOINT_CHECK_COMMAND_H
#define DIEMCAU_ENDPOINT_CHECK_COMMAND_H

#include <stdbool.h>

#include "endpoint/endpoint.h"

/* Takes up to some ten seconds. Prints to standard output. True when nothing failed. */
bool check_run(const struct endpoint_config *config);

#endif
