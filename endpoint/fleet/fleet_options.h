/* The command line of diemcau-fleet. */
#ifndef DIEMCAU_ENDPOINT_FLEET_FLEET_OPTIONS_H
#define DIEMCAU_ENDPOINT_FLEET_FLEET_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

struct fleet_options {
	const char *join_dir;
	const char *only; /* comma-separated site ids, or NULL */
	const char *except; /* likewise */
	const char *script;
	const char *summary;
	double seconds; /* 0: until told to end */
	unsigned int permille;
	bool has_first_sequence;
	uint16_t first_sequence; /* of every stream sent */
	bool live;
	bool record_nonces;
	long drift_ppm; /* sites of even numbers run so much fast, of odd ones slow */
	long late_ms; /* all pictures */
};

/* Ends the program after a usage message where the command line is wrong. */
void fleet_options_parse(int argc, char **argv, struct fleet_options *ret_options);

/* Is this site to be simulated? */
bool fleet_options_take(const struct fleet_options *options, const char *site);

#endif
