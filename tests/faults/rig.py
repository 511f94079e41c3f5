"""A conference whose every part can be killed, cut and looked at."""
import contextlib
import itertools
import json
import mmap
import os
import pathlib
import struct
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "integration"))
import house  # noqa: E402

LIB = house.BIN.parent / "lib"
NONCES = os.environ.get("DIEMCAU_NONCES", str(LIB / "nonces.so"))
LONG = os.environ.get("DIEMCAU_FAULTS") == "long"
SITES_BACK_SECONDS = 8
FRESH_MS = 450  # LIVE_FRESH_US: a line of a fleet counts what came in so long before it
GLANCE_MS = 1000  # nobody calls a picture gone sooner; a machine may be elsewhere for so long
CLEAN = ("bad_sum", "unstamped", "wrong_source", "out_of_order", "frames_missing",
         "unclean_switches", "own_voice")


def now_ms():
    """The clock of the lines of a fleet."""
    return time.clock_gettime(time.CLOCK_MONOTONIC) * 1000


def wait(what, ready, seconds=20, every=0.05):
    """Waits for what `ready` gives to be true; that, and after how many seconds."""
    begun = time.monotonic()
    while not (found := ready()):
        assert time.monotonic() < begun + seconds, f"{what}: not within {seconds} s"
        time.sleep(every)
    return found, time.monotonic() - begun


class Fleet:
    """Simulated sites: `do` leads them, `lines` says what they received (endpoint/fleet/live_control.h)."""

    def __init__(self, folder, join, *options, before=(), env=None):
        self.file = folder / "fleet.json"
        folder.mkdir(exist_ok=True)
        self.errors = folder / "fleet.log"
        self.lines = []
        self.process = subprocess.Popen(
            [*before, house.BIN / "diemcau-fleet", "--join-dir", join, "--summary", self.file, "--live",
             *map(str, options)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            stderr=self.errors.open("a"), env={**os.environ, **(env or {})})
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(json.loads(line))

    def do(self, action, site=None, **more):
        step = {"after": 0, "action": action, **({"site": site} if site else {}), **more}
        self.process.stdin.write(json.dumps(step) + "\n")
        self.process.stdin.flush()

    @property
    def now(self):
        return self.lines[-1] if self.lines else {"online": 0, "program": {}, "voice": {}}

    def shows(self, number, count):
        """Do so many sites see this one as the program, and none another?"""
        return self.now["program"] == {str(number): count}

    def since(self, ms, until=None):
        return [line for line in list(self.lines) if ms <= line["ms"] <= (until or 1e18)]

    def first(self, since, true):
        """Milliseconds from `since` to the first line of which it is true; None."""
        return next((line["ms"] - since for line in self.since(since) if true(line)), None)

    def first_anew(self, since, true):
        """The same, of the lines that count nothing from before."""
        found = self.first(since + FRESH_MS, true)
        return None if found is None else FRESH_MS + found

    def summary(self):
        """Ends it; what it found."""
        self.process.terminate()
        assert self.process.wait(20) == 0
        return json.loads(self.file.read_text())

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


class NetemProxy:
    """A bad network between sites and relay (tests/tools/netem_proxy), told what to do to whom."""

    def __init__(self, relay_port, seed=1):
        self.port = house.free_port()
        self.process = subprocess.Popen(
            [house.BIN / "diemcau-netem-proxy", f"127.0.0.1:{self.port}", f"127.0.0.1:{relay_port}",
             str(seed)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline() == "ready\n"

    def tell(self, words):
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        if words.startswith("stats"):
            assert self.process.stdout.readline() == "ok\n"
        else:
            assert answer == "ok", answer
        return answer

    def stats(self, site):
        """((up passed, up lost), (down passed, down lost))"""
        words = self.tell(f"stats {site}").split()
        return (int(words[3]), int(words[4])), (int(words[6]), int(words[7]))

    def end(self):
        self.process.kill()
        self.process.wait()


class Conference:
    """Coordinator, relay, perhaps a netem proxy before it, fleets, autopilot."""

    def __init__(self, folder, plan="e", speed=60, netem=False, first_sequence=None, nonces=False,
                 host="127.0.0.1", **how):
        self.folder, self.speed, self.host = folder, speed, host
        self.first, self.nonces = first_sequence, nonces
        self.coordinator = house.Coordinator(
            folder / "coordinator", plan=plan, options=("--speed", str(speed)), host=host, **how)
        self.join = self.coordinator.folder / "join"
        self.relay_port = house.free_port()
        self.netem = NetemProxy(self.relay_port) if netem else None
        self.fleets, self.relay, self.pilot = [], None, None
        self.coordinator.start()

    @property
    def env(self):
        return {**house.preloaded(NONCES), "NONCES": str(self.folder / "nonces")} if self.nonces else {}

    # ---- parts ----

    def start_relay(self):
        words = [house.BIN / "diemcau-relay", "--join", self.join / "relay.json", "--listen",
                 f"{self.host}:{self.relay_port}"]
        if self.netem:
            words += ["--advertise", f"127.0.0.1:{self.netem.port}"]
        if self.first is not None:
            words += ["--first-sequence", str(self.first)]
        self.relay = subprocess.Popen(words, stderr=(self.folder / "relay.log").open("a"),
                                      env={**os.environ, **self.env})

    def kill_relay(self):
        self.relay.kill()
        self.relay.wait()

    def start_fleet(self, *options, label="fleet", **how):
        if self.first is not None and "--first-sequence" not in options:
            options = ("--first-sequence", self.first, *options)
        self.fleets.append(Fleet(self.folder / label, self.join, *options, env=self.env, **how))
        return self.fleets[-1]

    def begin(self, *options):
        """Relay and all sites (or those of the options), with good media."""
        self.start_relay()
        fleet = self.start_fleet(*options)
        wait("every site is online", lambda: fleet.now["online"] > 0 and all(
            site["media"] == "good" for site in self.meeting()["sites"]
            if site["link"] != "absent") and self.online() == fleet.now["online"], 40, 0.2)
        return fleet

    def start_autopilot(self, sites=None):
        words = [house.BIN / "diemcau-autopilot", "--url", f"https://{self.host}:{self.coordinator.port}",
                 "--ca", self.coordinator.folder / "ca.pem", "--account", "operator",
                 "--result", self.folder / "autopilot.json"]
        self.pilot = subprocess.Popen(
            [*words, *(["--sites", str(sites)] if sites else [])],
            stderr=(self.folder / "autopilot.log").open("a"),
            env={**os.environ, "DIEMCAU_PASSWORD": self.coordinator.password})

    def result(self, seconds):
        """The autopilot's word when the meeting is closed."""
        self.pilot.wait(seconds)
        return json.loads((self.folder / "autopilot.json").read_text())

    def end(self):
        for process in (self.pilot, self.relay, self.coordinator.process):
            if process and process.poll() is None:
                process.kill()
                process.wait()
        for part in (*self.fleets, self.netem):
            if part:
                part.end()

    # ---- what can be seen ----

    def meeting(self):
        return self.coordinator.get("/api/v1/meeting")

    def online(self):
        return sum(site["link"] == "online" for site in self.meeting()["sites"])

    def site(self, name):
        return next(site for site in self.meeting()["sites"] if site["site"] == name)

    def number(self, name):
        return self.coordinator.join(name)["number"]

    def turn(self, name):
        return next(turn for turn in self.meeting()["turns"] if turn["turn"] == name)

    def events(self):
        """The whole journal, from the file: (seq, at, wall, name, data)."""
        return house.events(self.coordinator)

    def used(self):
        """What was encrypted under which nonce: {pid: [(us, key, ssrc, index, rtcp)]}."""
        return {int(path.suffix[1:]): read_nonces(path) for path in self.folder.glob("nonces.*")}


def read_nonces(path):
    form = struct.Struct("=qQIIII")
    found = []
    with path.open("rb") as file, contextlib.closing(
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)) as content:
        for at in range(0, len(content), form.size):
            record = form.unpack_from(content, at)
            if record[0] == 0:
                break
            found.append(record[:5])
    return found


def nonce_reuse(used):
    """Nonces found twice over all processes, and how many there are."""
    nonces = [record[1:] for records in used.values() for record in records]
    return len(nonces) - len(set(nonces)), len(nonces)


def must_be_clean(summary, but=None):
    """No finding; of those named in `but`, so many at most."""
    findings, but = summary["findings"], but or {}
    assert {name: findings[name] for name in CLEAN if findings[name] > but.get(name, 0)} == {}, findings


def must_be_seen(lines, number, count, heard=False):
    """So many see this one (and hear him) and nobody else, and never do without for a glance.

    That no packet is missing is for must_be_clean and `unrecovered`."""
    who = str(number)
    fields = ("program", "voice") if heard else ("program",)
    for line in lines:
        assert all(line[field].keys() <= {who} for field in fields), line
    seen = [line["ms"] for line in lines if all(line[field] == {who: count} for field in fields)]
    at = [lines[0]["ms"], *seen, lines[-1]["ms"]] if lines else []
    assert all(later - sooner < GLANCE_MS for sooner, later in itertools.pairwise(at)), lines


class Operator:
    """An operator who gives one command at a time, by a connection of his own for each."""

    def __init__(self, conference):
        self.coordinator = conference.coordinator

    def __call__(self, name, **args):
        answer = self.ask(name, **args)
        assert answer["type"] == "accepted", answer
        return answer

    def ask(self, name, **args):
        import asyncio

        async def once():
            peer = await self.coordinator.peer()
            answer = await peer.command(name, **args)
            await peer.close()
            return answer
        return asyncio.run(once())


def report_figures(**figures):
    """One line of what was measured, for docs/faults.md."""
    path = os.environ.get("DIEMCAU_FIGURES")
    line = json.dumps({"test": os.environ.get("PYTEST_CURRENT_TEST", "").split(" ")[0], **figures})
    print(line)
    if path:
        with open(path, "a", encoding="utf-8") as file:
            file.write(line + "\n")


def speak(conference, fleet, operator, site=None, others=None):
    """Opens the meeting and gives somebody (the first remote site that is to speak) the floor.
    His turn and number, once all others see him."""
    meeting = conference.meeting()
    turn = next(t for t in meeting["turns"] if t["site"] == site or (
        not site and conference.number(t["site"]) != 1))
    item = next(i for i in meeting["items"] if turn["list"] in i["lists"])
    operator("meeting.assemble")
    operator("meeting.open")
    operator("item.start", item=item["item"])
    operator("turn.cue", turn=turn["turn"])
    operator("floor.take", turn=turn["turn"])
    number = conference.number(turn["site"])
    wait("all see the speaker", lambda: fleet.shows(number, others or fleet.now["online"] - 1))
    return turn, number


class Net:
    """A network namespace with a cable to this machine that can be pulled."""

    count = 0

    def __init__(self):
        Net.count += 1
        self.name = f"diemcau-{os.getpid()}-{Net.count}"
        self.cable = f"dc{os.getpid() % 100000}-{Net.count}"
        self.base = f"10.{199 + Net.count % 50}.{os.getpid() % 250}"
        self.host = f"{self.base}.1"
        self.ip("netns", "add", self.name)
        self.ip("link", "add", self.cable, "type", "veth", "peer", "name", "eth0", "netns", self.name)
        self.ip("addr", "add", f"{self.host}/24", "dev", self.cable)
        self.ip("link", "set", self.cable, "up")
        self.inside("addr", "add", f"{self.base}.2/24", "dev", "eth0")
        self.inside("link", "set", "lo", "up")
        self.inside("link", "set", "eth0", "up")
        self.inside("route", "add", "default", "via", self.host)

    @staticmethod
    def ip(*words):
        subprocess.run(["ip", *words], check=True, capture_output=True)

    def inside(self, *words):
        self.ip("-n", self.name, *words)

    @property
    def before(self):
        """What a program is started with to be in there."""
        return ("ip", "netns", "exec", self.name)

    def inside_command(self, *words):
        subprocess.run([*self.before, *words], check=True, capture_output=True)

    def cut(self):
        """From now on every packet is lost, both ways, and nobody is told."""
        hole = ("root", "blackhole")
        subprocess.run(["tc", "qdisc", "add", "dev", self.cable, *hole], check=True)
        self.inside_command("tc", "qdisc", "add", "dev", "eth0", *hole)

    def mend(self, address=2):
        """The cable is whole again; those inside perhaps have another address."""
        if address != 2:
            self.inside("addr", "flush", "dev", "eth0")
            self.inside("addr", "add", f"{self.base}.{address}/24", "dev", "eth0")
            self.inside("route", "replace", "default", "via", self.host)
        subprocess.run(["tc", "qdisc", "del", "dev", self.cable, "root"], check=True)
        self.inside_command("tc", "qdisc", "del", "dev", "eth0", "root")

    def end(self):
        for words in (("link", "del", self.cable), ("netns", "del", self.name)):
            subprocess.run(["ip", *words], capture_output=True, check=False)
