#include "tests/unit/endpoint/main_loop.h"

#include <glib.h>

static gboolean end_wait(gpointer loop)
{
	g_main_loop_quit(loop);
	return G_SOURCE_REMOVE;
}

void run_for(unsigned ms)
{
	GMainLoop *loop = g_main_loop_new(NULL, FALSE);
	g_timeout_add(ms, end_wait, loop);
	g_main_loop_run(loop);
	g_main_loop_unref(loop);
}
