"""What tests/bare/contain runs leaves no process, mount or folder, however the shell that called it ends.

    contained.py ROOT
"""
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

ROOT = sys.argv[1]
SKIPPED = 77
PATIENCE = 30  # seconds
# Something that clings: a mount, files, processes in sessions of their own that no signal but KILL ends.
CLINGING = """#!/bin/bash
set -e
mkdir "$1/mounted" && mount -t tmpfs none "$1/mounted"
touch "$1"/file-{1..200}
setsid bash -c 'trap "" INT TERM HUP; exec -a "$0" sleep 600.25' "$1" &
echo "$1" >"$2.made" && mv "$2.made" "$2"
[ -n "$3" ] || sleep 600.5
exit 7
"""
CALLER = '. tests/bare/contain; set -eu; contain "$@"'


def wait_for(what, told):
    end = time.monotonic() + PATIENCE
    while not what():
        if time.monotonic() > end:
            raise AssertionError(told)
        time.sleep(0.02)


def processes(word):
    """Those with the word in their command line, but not this one."""
    found = []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if word.encode() in line and folder.name != str(os.getpid()):
            found.append((folder.name, line.replace(b"\0", b" ").decode(errors="replace")[:120]))
    return found


def check(end, folder):
    """With a signal, or None for an end by itself."""
    ready, program = folder / "ready", folder / "clinging"
    program.write_text(CLINGING)
    program.chmod(0o755)
    words = ["bash", "-c", CALLER, "bash", folder, program, ready, "" if end else "by itself"]
    caller = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.DEVNULL)
    wait_for(ready.exists, "it never began")
    made = pathlib.Path(ready.read_text().strip())
    if end:
        caller.send_signal(end)
    code = caller.wait(PATIENCE)
    assert code == {None: 7, signal.SIGKILL: -signal.SIGKILL}.get(end, 128 + (end or 0)), code
    if end != signal.SIGKILL:  # all is gone when it returns
        assert not made.exists(), f"{end}: {made} is left"
    wait_for(lambda: not made.exists(), f"{end}: {made} is left")
    wait_for(lambda: not processes(str(folder)), f"{end}: left {processes(str(folder))}")
    assert str(folder) not in pathlib.Path("/proc/mounts").read_text()
    ready.unlink()


def main():
    namespaces = ["unshare", "--mount", "--pid", "--fork", "--mount-proc", "true"]
    if subprocess.run(namespaces, check=False, stderr=subprocess.DEVNULL).returncode != 0:
        print("no namespaces may be made here")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="diemcau-contained-") as folder:
        for end in (None, signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL):
            check(end, pathlib.Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
