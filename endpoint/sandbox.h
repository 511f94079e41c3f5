/*
 * An endpoint decodes what others encoded, with large libraries. Whoever takes one of them over by
 * a crafted picture should not get far: from ep_sandbox on, this process and its threads can start
 * no program, watch or write into no other process, load nothing into the kernel, enter no
 * namespace, mount nothing and gain no right (seccomp(2), no_new_privs).
 *
 * What it may still do is what an endpoint has to: open files, devices and sockets. The unit of
 * deploy/units bounds these further.
 */
#ifndef DIEMCAU_ENDPOINT_SANDBOX_H
#define DIEMCAU_ENDPOINT_SANDBOX_H

/*
 * After GStreamer is initialised (it may have to run its plugin scanner), before anything is
 * received. Refused calls fail with EPERM, clone3 with ENOSYS (which libc takes for an old kernel).
 * 0; -ENOSYS or another fault where the kernel cannot: then nothing is confined.
 */
int ep_sandbox(void);

#endif
