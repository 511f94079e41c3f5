/* What a confined process can no longer do, on earlier threads too, and what it still can. */
#define _DEFAULT_SOURCE /* syscall */
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "endpoint/media/common/pipeline.h"
#include "endpoint/media/receive/decoder.h"
#include "endpoint/sandbox.h"

enum { SKIPPED = 77 };

static long raw(long number, long a, long b, long c, long d)
{
	return syscall(number, a, b, c, d, 0L, 0L);
}

/* 0, or the line of the first call that was not refused. */
static int refused_calls(void)
{
	const struct {
		long result;
		int line;
	} calls[] = {
		{execl("/bin/false", "false", (char *)NULL), __LINE__},
		{ptrace(PTRACE_TRACEME, 0, NULL, NULL), __LINE__},
		{raw(SYS_unshare, CLONE_NEWUSER, 0, 0, 0), __LINE__},
		{raw(SYS_setns, 0, 0, 0, 0), __LINE__},
		{raw(SYS_mount, 0, 0, 0, 0), __LINE__},
		{raw(SYS_chroot, (long)"/", 0, 0, 0), __LINE__},
		{raw(SYS_process_vm_writev, getppid(), 0, 0, 0), __LINE__},
		{raw(SYS_bpf, 0, 0, 0, 0), __LINE__},
		{raw(SYS_setuid, 65534, 0, 0, 0), __LINE__},
		{raw(SYS_keyctl, 0, 0, 0, 0), __LINE__},
		{raw(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0), __LINE__},
	};
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		if (calls[i].result != -1) {
			return calls[i].line;
		}
	}
	return errno == EPERM ? 0 : __LINE__; /* the last one's */
}

static atomic_bool confined;

static void *wait_and_try(void *line)
{
	while (!atomic_load(&confined)) {
		usleep(1000);
	}
	*(int *)line = refused_calls();
	return NULL;
}

/* In a child process: the filter cannot be removed. */
static void in_child(int (*act)(void))
{
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		_exit(act());
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == SKIPPED) {
		skip();
	}
	assert_int_equal(WEXITSTATUS(status), 0);
}

static int confine_and_try(void)
{
	pthread_t earlier;
	int line = -1;
	if (pthread_create(&earlier, NULL, wait_and_try, &line) != 0) {
		return __LINE__;
	}
	int r = ep_sandbox();
	if (r == -ENOSYS || r == -EINVAL) {
		return SKIPPED;
	}
	atomic_store(&confined, true);
	pthread_join(earlier, NULL);
	return r != 0 ? __LINE__ : line != 0 ? line : refused_calls();
}

static void no_thread_starts_a_program_or_gains_a_right(void **state)
{
	(void)state;
	in_child(confine_and_try);
}

static int decode_confined(void)
{
	ep_pipeline_init();
	if (ep_sandbox() != 0) {
		return SKIPPED;
	}
	char launch[2048];
	snprintf(launch, sizeof(launch),
		"videotestsrc num-buffers=5 ! video/x-raw,width=64,height=48 ! "
		"x264enc tune=zerolatency ! rtph264pay pt=96 ! %s ! %s ! appsink name=out",
		ep_decoder_picture_caps, ep_decoder_picture);
	GstElement *pipeline = ep_pipeline_parse(launch, NULL);
	if (!pipeline) {
		return __LINE__;
	}
	gst_element_set_state(pipeline, GST_STATE_PLAYING);
	GstSample *sample =
		gst_app_sink_try_pull_sample(ep_pipeline_sink(pipeline, "out"), 20 * GST_SECOND);
	int line = sample ? 0 : __LINE__;
	g_clear_pointer(&sample, gst_sample_unref);
	ep_pipeline_destroy(pipeline);
	return line;
}

static void decoders_work(void **state)
{
	(void)state;
	in_child(decode_confined);
}

static int open_confined(void)
{
	if (ep_sandbox() != 0) {
		return SKIPPED;
	}
	return open("/dev/null", O_RDWR) < 0 || socket(AF_INET, SOCK_DGRAM, 0) < 0 ? __LINE__ : 0;
}

static void files_and_sockets_are_opened(void **state)
{
	(void)state;
	in_child(open_confined);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_thread_starts_a_program_or_gains_a_right),
		cmocka_unit_test(files_and_sockets_are_opened),
		cmocka_unit_test(decoders_work),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
