/* The command line of diemcau-fleet. */
#ifndef DIEMCAU_ENDPOINT_FLEET_FLEET_OPTIONS_H
#define DIEMCAU_ENDPOINT_FLEET_FLEET_OPTIONS_H

#include <stdbool.h>

struct fleet_options {
	const char *join_dir;
	const char *only; /* comma-separated site ids, or NULL */
	const char *except; /* likewise */
	const char *script;
	const char *summary;
	double seconds; /* 0: until stopped */
	long permille;
	long first_sequence; /* of every stream sent; negative: at random */
	bool live;
	bool record_nonces;
	long drift_ppm; /* clocks of sites with even numbers run fast by this, of odd ones slow */
	long late_ms; /* of all pictures */
};

/* Static. Ends the program where there is nothing to do (proto/system/cli.h). */
const struct fleet_options *fleet_options_read(int argc, char **argv);

/* True if this site is to be simulated. */
bool fleet_options_take(const struct fleet_options *options, const char *site);

#endif
