"""Few descriptors, and strangers who want them all: quiet, and room for those who belong here."""
import pathlib
import resource
import select
import socket
import subprocess
import time

import house

FEW = 256  # the limit; strangers come with more
STRANGERS = 400


def limited(coordinator, hard, soft=None):
    """As start(), under a limit of descriptors that the program cannot raise any further."""
    binary, arguments = house.BIN / "diemcau-coordinator", [
        "run", coordinator.folder, "--plan", coordinator.plan, "--listen",
        f"{coordinator.host}:{coordinator.port}", *coordinator.options]
    coordinator.process = subprocess.Popen(
        ["prlimit", f"--nofile={soft or hard}:{hard}", binary, *map(str, arguments)],
        stdout=subprocess.PIPE, stderr=coordinator.log.open("a"), text=True)
    assert coordinator.process.stdout.readline() == f"port {coordinator.port}\n"
    return coordinator


def ticks(process):
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def crowd(port, size):
    """So many connections that say nothing, some already hung up upon."""
    lines = []
    for _ in range(size):
        line = socket.socket()
        line.setblocking(False)
        line.connect_ex(("127.0.0.1", port))
        lines.append(line)
    return lines


async def test_silent_connections_cost_nothing_and_keep_nobody_out(make):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
    there = limited(make(), FEW)
    operator = await there.peer()
    lines = crowd(there.port, STRANGERS)
    time.sleep(0.5)
    before, log = ticks(there.process), there.log.stat().st_size
    time.sleep(2)
    assert ticks(there.process) - before < 100  # of 200: it was 198
    assert there.log.stat().st_size - log < 1000  # it was megabytes
    end = time.monotonic() + house.PATIENCE
    while True:  # who waited longest without a word makes room
        try:
            session = there.login()
            break
        except OSError:
            assert time.monotonic() < end, "no room"
    site = await there.peer("site", "ca-mau")
    assert session and site.first["type"] == "welcome"
    assert (await operator.command("meeting.assemble"))["type"] == "accepted"
    open_ = house.descriptors(there.process)
    assert open_ < FEW - 16  # for files: the record must go on
    for line in lines:
        line.close()
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_no_descriptor_at_all(make):
    """A limit that leaves nothing for connections: it rests, says so once, and is there again later."""
    there = limited(make(), FEW)
    used = house.descriptors(there.process)
    subprocess.run(["prlimit", "--pid", str(there.process.pid), f"--nofile={used}:{FEW}"], check=True)
    waiting = crowd(there.port, 5)
    time.sleep(0.5)
    before = ticks(there.process)
    time.sleep(2)
    assert ticks(there.process) - before < 40
    assert there.log.read_text().count("no descriptor is left for a new connection") == 1
    subprocess.run(["prlimit", "--pid", str(there.process.pid), f"--nofile={FEW}:{FEW}"], check=True)
    assert there.http("/healthz")[0] == 200
    for line in waiting:
        line.close()


def test_the_limit_is_raised(make, tmp_path):
    there = limited(make(), hard=5000, soft=100)
    limits = pathlib.Path(f"/proc/{there.process.pid}/limits").read_text()
    assert "Max open files            5000 " in limits
    relay = subprocess.Popen(
        ["prlimit", "--nofile=100:5000", house.BIN / "diemcau-relay", "--join",
         there.folder / "join/relay.json", "--listen", "127.0.0.1:0"], stderr=subprocess.PIPE)
    select.select([relay.stderr], [], [], house.PATIENCE)
    assert "Max open files            5000 " in pathlib.Path(f"/proc/{relay.pid}/limits").read_text()
    relay.kill()
    relay.wait()


def test_whoever_is_let_in_without_a_word_is_let_go(make):
    """Half a TLS handshake: five seconds, and the descriptor is free again."""
    there = limited(make(), FEW)
    assert there.login()
    before = house.descriptors(there.process)
    lines = []
    for _ in range(50):
        line = socket.create_connection(("127.0.0.1", there.port), timeout=house.PATIENCE)
        line.sendall(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")
        lines.append(line)
    assert there.login()
    for line in lines:
        assert line.recv(100) == b""
        line.close()
    assert house.descriptors(there.process) <= before + 2
