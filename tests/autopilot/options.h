/* The command line of diemcau-autopilot. */
#ifndef DIEMCAU_AUTOPILOT_OPTIONS_H
#define DIEMCAU_AUTOPILOT_OPTIONS_H

#include <stddef.h>

struct pilot_options {
	const char *url;
	const char *authority; /* PEM file */
	const char *account;
	const char *password; /* from the environment: a command line is seen by everybody */
	size_t sites;
	const char *result;
	double seconds; /* 0: no limit */
};

/* Ends the program after a usage message where the command line is wrong. */
void pilot_options_parse(int argc, char **argv, struct pilot_options *ret_options);

#endif
