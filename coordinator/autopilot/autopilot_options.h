/* The command line of diemcau-autopilot. */
#ifndef DIEMCAU_COORDINATOR_AUTOPILOT_AUTOPILOT_OPTIONS_H
#define DIEMCAU_COORDINATOR_AUTOPILOT_AUTOPILOT_OPTIONS_H

struct autopilot_options {
	const char *url;
	const char *authority; /* PEM file */
	const char *account;
	const char *password; /* from the environment: command lines are visible to every user */
	long sites; /* 0: all of the plan */
	const char *result;
	double seconds; /* 0: no limit */
};

/* Static. Ends the program where there is nothing to do (proto/system/cli.h). */
const struct autopilot_options *autopilot_options_read(int argc, char **argv);

#endif
