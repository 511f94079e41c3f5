/*
 * An endpoint decodes untrusted media with large libraries. An attacker who takes one over with a
 * crafted picture should not get far: after ep_sandbox this process and its threads can start no
 * program, trace or modify no other process, load nothing into the kernel, enter no namespace,
 * mount nothing and gain no privilege (seccomp(2), no_new_privs).
 *
 * Still allowed is what an endpoint needs: files, devices and sockets. The unit of deploy/units
 * restricts these further.
 */
#ifndef DIEMCAU_ENDPOINT_SANDBOX_H
#define DIEMCAU_ENDPOINT_SANDBOX_H

/*
 * Call after GStreamer is initialised (it may run its plugin scanner), before anything is received.
 * Refused calls fail with EPERM, clone3 with ENOSYS (which libc takes for an old kernel). 0;
 * -ENOSYS or another errno if the kernel cannot: then nothing is confined.
 */
int ep_sandbox(void);

#endif
