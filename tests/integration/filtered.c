/*
 * filtered ALLOWED FAMILIES PROGRAM [ARGUMENT]...: run a program as a unit of systemd would, as far
 * as system calls go: killed at one whose name is not in the file ALLOWED (one a line); sockets of
 * the families FAMILIES alone ("1,2,10"); no memory that can be written and run (as
 * MemoryDenyWriteExecute does it); no new rights.
 */
#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { FAMILIES_END = 46, NAME_SIZE = 64, FIRST_WORD = 3 };

static int allow_file(scmp_filter_ctx filter, const char *path)
{
	char name[NAME_SIZE];
	FILE *file = fopen(path, "re");
	if (!file) {
		return -errno;
	}
	while (fscanf(file, "%63s", name) == 1) {
		int call = seccomp_syscall_resolve_name(name);
		/* What is refused below for some arguments may not be allowed for all. */
		if (call != __NR_SCMP_ERROR && call != SCMP_SYS(socket) && call != SCMP_SYS(mmap) &&
			call != SCMP_SYS(mprotect)) {
			seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
		}
	}
	fclose(file);
	return 0;
}

static int allow_families(scmp_filter_ctx filter, const char *families)
{
	int r = 0;
	for (int family = 0; family < FAMILIES_END && r == 0; family++) {
		char word[8], list[128];
		snprintf(word, sizeof(word), ",%d,", family);
		snprintf(list, sizeof(list), ",%s,", families);
		r = seccomp_rule_add(filter,
			strstr(list, word) ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(EAFNOSUPPORT),
			SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)family));
	}
	return r;
}

/* Allowed without W, and with W without X; the loader sets nothing executable by mprotect. */
static int deny_write_execute(scmp_filter_ctx filter)
{
	int r = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
		SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_WRITE, 0));
	if (r == 0) {
		r = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
			SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_WRITE | PROT_EXEC, PROT_WRITE));
	}
	if (r == 0) {
		r = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(mmap), 1,
			SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_WRITE | PROT_EXEC,
				PROT_WRITE | PROT_EXEC));
	}
	if (r == 0) {
		r = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
			SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	}
	return r != 0 ? r
		      : seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(mprotect), 1,
				SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC));
}

int main(int argc, char **argv)
{
	if (argc <= FIRST_WORD) {
		return EXIT_FAILURE;
	}
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int r = filter ? allow_file(filter, argv[1]) : -ENOMEM;
	r = r == 0 ? allow_families(filter, argv[2]) : r;
	r = r == 0 ? deny_write_execute(filter) : r;
	r = r == 0 ? -prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) : r;
	r = r == 0 ? seccomp_load(filter) : r;
	if (r == 0) {
		execv(argv[FIRST_WORD], argv + FIRST_WORD);
		r = -errno;
	}
	fprintf(stderr, "filtered: %s\n", strerror(-r));
	return EXIT_FAILURE;
}
