#define _GNU_SOURCE /* pipe2 */
#include "coordinator/sheets/sheets_apart.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bounds.h"
#include "coordinator/sheets/sheets_parcel.h"
#include "proto/system/process_limits.h"

/* ---- in the child ---- */

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define MACHINE AUDIT_ARCH_RISCV64
#else
#error "the numbers of this machine's system calls are not known here"
#endif

#define ALLOW(call)                                                                                \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_##call, 0, 1),                                    \
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define LOAD(member) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))

/* By prctl, which the unit of deploy/units allows where it does not allow seccomp. */
int sheets_confine(void)
{
	struct sock_filter rules[] = {
		LOAD(arch),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		LOAD(nr),
		ALLOW(read),
		ALLOW(write),
		ALLOW(mmap),
		ALLOW(munmap),
		ALLOW(mremap),
		ALLOW(madvise),
		ALLOW(mprotect),
		ALLOW(brk),
		ALLOW(futex),
		ALLOW(getrandom),
		ALLOW(clock_gettime),
		ALLOW(rt_sigreturn),
		ALLOW(exit_group),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
	};
	const struct sock_fprog program = {sizeof(rules) / sizeof(rules[0]), rules};
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
		prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) < 0) {
		return -errno;
	}
	return 0;
}

static bool write_all(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t written = write(fd, bytes, n);
		if (written < 0 && errno != EINTR) {
			return false;
		}
		bytes += written > 0 ? written : 0;
		n -= written > 0 ? (size_t)written : 0;
	}
	return true;
}

/* What it found: the result first, then the sheets. Nothing is tidied: the process ends. */
static void be_reader(const char *bytes, size_t size, int answer)
{
	struct sheets *sheets = NULL;
	struct sheets_parcel parcel = {0};
	process_limits(OFFICE_READER_SPAN_MS, OFFICE_READER_MIB_MAX);
	int r = sheets_confine();
	r = r == 0 ? sheets_read(bytes, size, &sheets) : r;
	r = r == 0 ? sheets_pack(sheets, &parcel) : r;
	bool told = write_all(answer, (const char *)&r, sizeof(r)) &&
		    write_all(answer, parcel.bytes, parcel.n);
	_exit(told ? EXIT_SUCCESS : EXIT_FAILURE);
}

/* ---- its answer ---- */

/* All that comes. -EFBIG: more than an honest reader has to say. */
static int collect(int fd, struct sheets_parcel *parcel)
{
	enum { PIECE = 64 * 1024 };
	for (;;) {
		int r = sheets_parcel_reserve(parcel, PIECE);
		if (r != 0) {
			return r;
		}
		ssize_t n = read(fd, parcel->bytes + parcel->n, PIECE);
		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n <= 0) {
			return n == 0 ? 0 : -errno;
		}
		parcel->n += (size_t)n;
		if (parcel->n > SHEETS_PARCEL_BYTES_MAX) {
			return -EFBIG;
		}
	}
}

static int await(pid_t child)
{
	int status = 0;
	while (waitpid(child, &status, 0) < 0) {
		if (errno != EINTR) {
			return -errno;
		}
	}
	return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS ? 0 : SHEETS_BROKEN;
}

static int understand(const struct sheets_parcel *parcel, struct sheets **ret_sheets)
{
	int found;
	if (parcel->n < sizeof(found)) {
		return SHEETS_BROKEN;
	}
	memcpy(&found, parcel->bytes, sizeof(found));
	if (found != 0) {
		bool known = found == -ENOMEM || found == -EPERM || found == -EINVAL ||
			     (found > 0 && found <= SHEETS_TOO_LARGE);
		return known ? found : SHEETS_BROKEN;
	}
	struct sheets_parcel rest = {
		.bytes = parcel->bytes + sizeof(found), .n = parcel->n - sizeof(found)};
	return sheets_unpack(&rest, ret_sheets);
}

static int hear(pid_t child, int fd, struct sheets **ret_sheets)
{
	struct sheets_parcel parcel = {0};
	int r = collect(fd, &parcel);
	close(fd); /* one that still writes ends by it */
	int ended = await(child);
	r = r == -EFBIG ? SHEETS_BROKEN : r;
	r = r == 0 ? ended : r;
	r = r == 0 ? understand(&parcel, ret_sheets) : r;
	sheets_parcel_finish(&parcel);
	return r;
}

int sheets_read_apart(const char *bytes, size_t size, struct sheets **ret_sheets)
{
	int answer[2];
	if (pipe2(answer, O_CLOEXEC) < 0) {
		return -errno;
	}
	pid_t child = fork();
	if (child == 0) {
		be_reader(bytes, size, answer[1]);
	}
	int r = child < 0 ? -errno : 0;
	close(answer[1]);
	if (r != 0) {
		close(answer[0]);
		return r;
	}
	return hear(child, answer[0], ret_sheets);
}
