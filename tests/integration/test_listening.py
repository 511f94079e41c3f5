"""What each program listens on, for every way to say it, with and without IPv6: as the kernel tells it,
and as another machine finds it (a second network namespace, at the other end of a cable).

With pytest -s the whole table is printed."""
import contextlib
import os
import pathlib
import re
import select
import signal
import socket
import subprocess
import time

import pytest

import house

HERE, THERE = "10.9.9.1", "fd99::1"  # the programs' machine; the other one has .2 and ::2
PORT = 18443
HOSTS = f"127.0.0.1 localhost\n::1 localhost\n{HERE} both.example\n{THERE} both.example\n"
SHIM = os.environ.get("DIEMCAU_NO_IPV6", "")


class Machine:
    """A network namespace, held by a process that sleeps in it."""

    def __init__(self, *before):
        self.process = subprocess.Popen([*before, "sleep", "600"])
        self.within = ["nsenter", "-t", str(self.process.pid), "-n",
                       *(["-U", "--preserve-credentials"] if "-rn" in before else [])]

    def run(self, words, **how):
        return subprocess.run([*self.within, *words], check=how.pop("check", True), capture_output=True,
                              text=True, timeout=60, **how)

    def start(self, words, **how):
        return subprocess.Popen([*self.within, *map(str, words)], text=True, **how)

    def reaches(self, address):
        """Does a connection to our port come about?"""
        code = (f"import socket; socket.create_connection(({address!r}, {PORT}), 2).close()")
        return self.run(["/usr/bin/python3", "-Sc", code], check=False).returncode == 0


def two_machines(ipv6):
    for before in (["unshare", "-n"], ["unshare", "-rn"]):
        if subprocess.run([*before, "ip", "link", "add", "x", "type", "bridge"], check=False,
                          capture_output=True).returncode == 0:
            break
    else:
        pytest.skip("no network namespaces here")
    one = Machine(*before)
    time.sleep(0.3)
    other = Machine(*one.within, "unshare", "-n")
    other.within = [*one.within[:2], str(other.process.pid), *one.within[3:]]
    time.sleep(0.3)
    if not ipv6:
        for machine in (one, other):
            machine.run(["sh", "-c", "for i in all default lo; do "
                         "echo 1 > /proc/sys/net/ipv6/conf/$i/disable_ipv6; done"])
    one.run(["sh", "-ec", f"ip link set lo up; ip link add card type veth peer name card netns "
             f"{other.process.pid}; ip link set card up; ip addr add {HERE}/24 dev card"])
    other.run(["sh", "-ec", "ip link set lo up; ip link set card up; ip addr add 10.9.9.2/24 dev card"])
    if ipv6:
        one.run(["ip", "addr", "add", f"{THERE}/64", "dev", "card", "nodad"])
        one.run(["ip", "addr", "add", "fe80::9/64", "dev", "card", "nodad"])
        other.run(["ip", "addr", "add", "fd99::2/64", "dev", "card", "nodad"])
    return one, other


@pytest.fixture(scope="module", params=["ipv6", "ipv6 switched off", "no ipv6 in the kernel"])
def world(request, tmp_path_factory):
    """(the programs' machine, another, what programs are started with, is there IPv6)"""
    shim = request.param.startswith("no")
    if shim and not SHIM:
        pytest.skip("a sanitizer does not bear the shim")
    one, other = two_machines(ipv6=request.param == "ipv6")
    hosts = tmp_path_factory.mktemp("world") / "hosts"
    hosts.write_text(HOSTS)
    one.hosts = ["unshare", "-m", "sh", "-ec", 'mount --bind "$0" /etc/hosts; exec "$@"', str(hosts)]
    yield one, other, house.preloaded(SHIM) if shim else {}, request.param
    for machine in (other, one):
        machine.process.kill()
        machine.process.wait()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return house.Coordinator(tmp_path_factory.mktemp("listening") / "c").folder


def listened(machine, protocol):
    """What is listened on, out of the kernel's table: ADDRESS without the port."""
    lines = machine.run(["ss", f"-l{protocol}nH"]).stdout.splitlines()
    return {line.split()[3].rpartition(":")[0] for line in lines}


class Program:
    """One that listens, or that has ended instead, and what it said."""

    def __init__(self, world, words, ready, notify=None):
        machine, _, more, _ = world
        words = ["env", *(f"{name}={value}" for name, value in more.items()), *words]
        self.process = machine.start([*machine.hosts, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                     env={**os.environ, **({"NOTIFY_SOCKET": str(notify)} if notify else {})})
        self.said, end = "", time.monotonic() + house.PATIENCE
        while not re.search(ready, self.said) and time.monotonic() < end:
            if select.select([self.process.stdout], [], [], 0.1)[0]:
                part = os.read(self.process.stdout.fileno(), 4096).decode()
                if not part:
                    self.process.wait()
                    break
                self.said += part
        self.listens = self.process.poll() is None

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()


@contextlib.contextmanager
def running(*how, **more):
    program = Program(*how, **more)
    try:
        yield program
    finally:
        program.end()


def coordinator(folder, *listen):
    return [house.BIN / "diemcau-coordinator", "run", folder, "--plan", house.PLANS / "a", *listen]


def row(world, program, said, kernel, reached):
    print(f"{world[3]:22} {program:12} {said:28} {', '.join(sorted(kernel)) or 'nothing':32} "
          f"{' '.join(f'{name}={state}' for name, state in reached.items())}")


# what is said -> (the kernel's table, whether from here by 127.0.0.1 and ::1, from there by IPv4 and IPv6)
YES, NO = True, False
BOTH = {"0.0.0.0", "[::]"}
FORMS = {
    f"127.0.0.1:{PORT}": ({"127.0.0.1"}, (YES, NO, NO, NO)),
    f"{HERE}:{PORT}": ({HERE}, (NO, NO, YES, NO)),
    f"0.0.0.0:{PORT}": ({"0.0.0.0"}, (YES, NO, YES, NO)),
    f"[::ffff:127.0.0.1]:{PORT}": ({"127.0.0.1"}, (YES, NO, NO, NO)),
    f"[::1]:{PORT}": ({"[::1]"}, (NO, YES, NO, NO)),
    f"[{THERE}]:{PORT}": ({f"[{THERE}]"}, (NO, NO, NO, YES)),
    f"[fe80::9%card]:{PORT}": ({"[fe80::9]%card"}, (NO, NO, NO, NO)),
    f"[::]:{PORT}": (BOTH, (YES, YES, YES, YES)),
    f":{PORT}": (BOTH, (YES, YES, YES, YES)),
    f"localhost:{PORT}": ({"127.0.0.1", "[::1]"}, (YES, YES, NO, NO)),
    f"both.example:{PORT}": ({HERE, f"[{THERE}]"}, (NO, NO, YES, YES)),
}


def expected(said, state):
    """(listens, the table, who reaches it) where there is no IPv6 too."""
    table, reached = FORMS[said]
    if state == "ipv6":
        return True, table, reached
    if state.startswith("no"):  # the program has none, the kernel has
        table = {address for address in table if ":" not in address}
        return bool(table), table, (reached[0], NO, reached[2], NO) if table else (NO,) * 4
    # an address of the family cannot be had, but all of them can: they are none
    table = {address for address in table if address == "[::]" or ":" not in address}
    return bool(table), table, (reached[0], NO, reached[2], NO) if table else (NO,) * 4


@pytest.mark.parametrize("said", FORMS)
def test_the_coordinator_listens_on_what_was_said(world, folder, tmp_path, said):
    here, there = world[0], world[1]
    notified = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    notified.bind(str(tmp_path / "notify"))
    listens, table, reached = expected(said, world[3])
    with running(world, coordinator(folder, "--listen", said), r"port \d+\n",
                 notify=tmp_path / "notify") as program:
        kernel = listened(here, "t")
        found = (here.reaches("127.0.0.1"), here.reaches("::1"), there.reaches(HERE), there.reaches(THERE))
        row(world, "coordinator", f"--listen {said}", kernel,
            dict(zip(("here4", "here6", "there4", "there6"), found)))
        assert program.listens == listens, program.said
        assert (kernel, found) == (table, reached), program.said
    ready = bool(select.select([notified], [], [], 0)[0]) and b"READY=1" in notified.recv(4096)
    notified.close()
    assert ready == listens and ("serving" in program.said) == listens
    if not listens:
        assert program.process.returncode == 1
        assert re.search(r"<3>\S+: this machine has no (IPv6|such address)", program.said)


def test_nothing_said_is_every_address(world, folder):
    with running(world, coordinator(folder), r"port \d+\n") as program:
        assert "port 8443\n" in program.said
        kernel = listened(world[0], "t")
        row(world, "coordinator", "", kernel, {})
        assert kernel == ({"0.0.0.0"} if world[3].startswith("no") else BOTH)


def test_any_free_port_is_one_port(world, folder):
    with running(world, coordinator(folder, "--listen", "localhost:0"), r"port \d+\n") as program:
        ports = {line.split()[3].rpartition(":")[2]
                 for line in world[0].run(["ss", "-ltnH"]).stdout.splitlines()}
        assert ports == {re.search(r"port (\d+)\n", program.said)[1]}


def test_a_port_that_is_taken(world, folder, tmp_path):
    """On one of the addresses is on all: nobody would know which of two programs answers."""
    taken = world[0].start(["/usr/bin/python3", "-Sc", "import socket, time; s = socket.socket(); "
                            f"s.bind(('127.0.0.1', {PORT})); s.listen(); print('ok', flush=True); "
                            "time.sleep(60)"], stdout=subprocess.PIPE)
    taken.stdout.readline()
    for said in (f"127.0.0.1:{PORT}", f"localhost:{PORT}", f":{PORT}"):
        with running(world, coordinator(folder, "--listen", said), r"port \d+\n") as program:
            assert not program.listens and program.process.returncode == 1
            assert "another program has this port" in program.said and "serving" not in program.said
    taken.kill()
    taken.wait()


@pytest.mark.parametrize("said", ["198.51.100.7:1", "no.such.name.invalid:1", "[2001:db8::99]:1",
                                  "[fe80::9]:1"])
def test_an_address_that_is_not_here(world, folder, said):
    with running(world, coordinator(folder, "--listen", said), r"port \d+\n") as program:
        assert not program.listens and program.process.returncode == 1
        assert program.said.count("\n") == 1 and program.said.startswith("<3>")


@pytest.mark.parametrize("said", ["0.0.0.0:1", "[::]:1", ":1", f"{HERE}:1", f"[::ffff:{HERE}]:1"])
def test_plain_http_is_for_loopback(world, folder, said):
    with running(world, coordinator(folder, "--listen", said, "--plain-http-loopback"),
                 r"port \d+\n") as program:
        assert not program.listens and program.process.returncode == 1


def test_plain_http_is_out_of_reach(world, folder):
    """A password in the clear could be given from another machine."""
    for said in (f"127.0.0.1:{PORT}", f"localhost:{PORT}", f"[::ffff:127.0.0.1]:{PORT}"):
        with running(world, coordinator(folder, "--listen", said, "--plain-http-loopback"),
                     r"port \d+\n") as program:
            assert program.listens, program.said
            assert world[0].reaches("127.0.0.1")
            assert not world[1].reaches(HERE) and not world[1].reaches(THERE)


RELAY_FORMS = {
    f"127.0.0.1:{PORT}": "127.0.0.1", f"{HERE}:{PORT}": HERE, f"0.0.0.0:{PORT}": "0.0.0.0",
    f"[::ffff:{HERE}]:{PORT}": HERE, f"[::1]:{PORT}": "[::1]", f"[{THERE}]:{PORT}": f"[{THERE}]",
    f"[fe80::9%card]:{PORT}": "[fe80::9]%card", f"[::]:{PORT}": "*",
}


@pytest.mark.parametrize("said", RELAY_FORMS)
def test_the_relay_is_bound_to_what_was_said(world, folder, said):
    table = RELAY_FORMS[said]
    six = table == "*" or ":" in table
    listens = world[3] == "ipv6" or not six or table == "*"
    table = "0.0.0.0" if table == "*" and world[2] else table
    with running(world, [house.BIN / "diemcau-relay", "--join", folder / "join/relay.json", "--listen", said],
                 "no coordinator") as program:
        kernel = listened(world[0], "u")
        row(world, "relay", f"--listen {said}", kernel, {})
        assert (program.listens, kernel) == (listens, {table} if listens else set()), program.said
    if not listens:
        assert program.process.returncode == 1 and "told UDP" not in program.said
        assert re.search(r"--listen \S+: this machine has no (IPv6|such address)", program.said)


def test_the_relay_says_who_has_its_port(world, folder):
    words = [house.BIN / "diemcau-relay", "--join", folder / "join/relay.json", "--listen", f"{HERE}:{PORT}"]
    with running(world, words, "no coordinator"), running(world, words, "no coordinator") as second:
        assert second.process.returncode == 1 and "another program has this port" in second.said


def test_the_site_page_is_on_loopback(world, folder):
    words = [house.BIN / "diemcau-endpoint", "--join", folder / "join/ca-mau.json", "--camera", "test",
             "--voice", "test", "--size", "360p15", "--program", "none", "--panel", PORT]
    with running(world, words, "http://") as program:
        kernel = listened(world[0], "t")
        row(world, "endpoint", f"--panel {PORT}", kernel, {})
        assert kernel == {"127.0.0.1"}, program.said
        assert world[0].reaches("127.0.0.1") and not world[1].reaches(HERE)
        with running(world, words, "http://") as second:
            assert second.process.returncode == 1 and "page cannot be served" in second.said


@pytest.mark.parametrize("host", ["[::1]", "localhost"])
async def test_every_program_finds_its_way(make, tmp_path, host):
    """Relay, a real endpoint, simulated sites, the autopilot and a board, by an IPv6 address and a name."""
    there = make(host=host).start()
    assert f"wss://{host}:{there.port}" in there.join("ca-mau")["addresses"][0]
    join, log = there.folder / "join", (tmp_path / "log").open("w")
    simulated = sorted({path.stem for path in join.iterdir()} - {"ca-mau", "relay"})[:2]
    programs = [subprocess.Popen([house.BIN / words[0], *map(str, words[1:])], stdout=log, stderr=log)
                for words in (
        ("diemcau-relay", "--join", join / "relay.json", "--listen", "[::1]:0" if host == "[::1]" else
         "127.0.0.1:0"),
        ("diemcau-endpoint", "--join", join / "ca-mau.json", "--camera", "test", "--voice", "test",
         "--size", "360p15", "--program", "none"),
        ("diemcau-fleet", "--join-dir", join, "--sites", ",".join(simulated)))]
    board = await there.peer(name=None)
    assert board.first["type"] == "welcome"
    (await there.open(origin=f"https://{host}:{there.port}")).close_timeout = 1
    end = time.monotonic() + 2 * house.PATIENCE
    while True:
        meeting = there.get("/api/v1/meeting")
        sites = {site["site"] for site in meeting["sites"] if site["link"] == "online"}
        if {"ca-mau", *simulated} <= sites and any(
                site["site"] == "ca-mau" and site["media"] == "good" for site in meeting["sites"]):
            break
        assert time.monotonic() < end, (sites, (tmp_path / "log").read_text())
        time.sleep(0.2)
    for program in programs:
        program.kill()
        program.wait()
    autopilot = subprocess.run(
        [house.BIN / "diemcau-autopilot", "--url", f"https://{host}:{there.port}", "--ca",
         there.folder / "ca.pem", "--account", "operator", "--sites", "0", "--for", "1"],
        capture_output=True, text=True, check=False,
        env={**os.environ, "DIEMCAU_PASSWORD": there.password})
    assert "cannot" not in autopilot.stderr and autopilot.stdout.startswith("{"), autopilot.stderr
