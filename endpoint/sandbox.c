#include "endpoint/sandbox.h"

#include <errno.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdint.h>

/* Names, not numbers: a name that this kernel's headers do not know is skipped. */
static const char *const refused[] = {
	/* programs */
	"execve", "execveat", "uselib", "personality",
	/* other processes */
	"ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "kcmp", "pidfd_getfd",
	/* the kernel */
	"init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "bpf",
	"perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter", "io_uring_register",
	"lookup_dcookie", "syslog", "ioperm", "iopl",
	/* namespaces and mounts */
	"unshare", "setns", "chroot", "pivot_root", "mount", "umount", "umount2", "open_tree",
	"move_mount", "fsopen", "fsmount", "fsconfig", "fspick", "mount_setattr", "quotactl",
	"open_by_handle_at",
	/* the machine */
	"reboot", "swapon", "swapoff", "settimeofday", "clock_settime", "clock_adjtime", "adjtimex",
	"sethostname", "setdomainname", "acct", "nfsservctl", "vhangup",
	/* keys and rights */
	"add_key", "request_key", "keyctl", "setuid", "setgid", "setreuid", "setregid", "setresuid",
	"setresgid", "setfsuid", "setfsgid", "setgroups", "capset"};

static int refuse(scmp_filter_ctx filter)
{
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		int call = seccomp_syscall_resolve_name(refused[i]);
		int r = call == __NR_SCMP_ERROR
				? 0
				: seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0);
		if (r != 0) {
			return r;
		}
	}
	return 0;
}

/*
 * Threads are created by clone, too: only the flags that open a namespace are refused. clone3 hides
 * its flags behind a pointer, which a filter cannot follow.
 */
static int refuse_namespaces(scmp_filter_ctx filter)
{
	static const uint64_t flags[] = {CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC,
		CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET};
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		int r = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
			SCMP_A0(SCMP_CMP_MASKED_EQ, flags[i], flags[i]));
		if (r != 0) {
			return r;
		}
	}
	return seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
}

int ep_sandbox(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	if (!filter) {
		return -ENOMEM;
	}
	int r = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1); /* threads that already run */
	r = r == 0 ? refuse(filter) : r;
	r = r == 0 ? refuse_namespaces(filter) : r;
	r = r == 0 ? seccomp_load(filter) : r;
	seccomp_release(filter);
	return r;
}
