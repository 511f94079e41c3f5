/* The command line of diemcau-autopilot. */
#ifndef DIEMCAU_COORDINATOR_AUTOPILOT_AUTOPILOT_OPTIONS_H
#define DIEMCAU_COORDINATOR_AUTOPILOT_AUTOPILOT_OPTIONS_H

#include <stddef.h>

struct autopilot_options {
	const char *url;
	const char *authority; /* PEM file */
	const char *account;
	const char *password; /* from the environment: a command line is seen by everybody */
	size_t sites;
	const char *result;
	double seconds; /* 0: no limit */
};

/* Ends the program after a usage message where the command line is wrong. */
void autopilot_options_parse(int argc, char **argv, struct autopilot_options *ret_options);

#endif
