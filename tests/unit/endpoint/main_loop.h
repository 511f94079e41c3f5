/* The GLib main loop, for tests of what lives in it. */
#ifndef DIEMCAU_TESTS_UNIT_ENDPOINT_MAIN_LOOP_H
#define DIEMCAU_TESTS_UNIT_ENDPOINT_MAIN_LOOP_H

/* Runs the default main loop for this many milliseconds. */
void run_for(unsigned ms);

#endif
