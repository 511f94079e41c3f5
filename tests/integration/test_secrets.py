"""No password, token, session or key is found anywhere but where it is meant to be.

The real values are looked for, as text, as the bytes they stand for and in hexadecimal: in every
file of the coordinator's folder (journals, plan, log …), in what every role is told, in every
answer over HTTP, in the command lines, environments, names and logs of all programs, and in the
names that the kernel would give to their core files. Each search is shown to find what is planted.
"""
import asyncio
import base64
import contextlib
import json
import os
import pathlib
import re
import shutil
import subprocess

import pytest

import house

UPLINK = base64.b64encode(bytes(range(100, 128))).decode()
PASSWORD = "a very long password indeed"
PEOPLE = ("technician", "chair", "viewer")
REAL, SIMULATED = "tuyen-quang", ("cao-bang", "bac-kan")  # sites of our own programs
INVENTED = base64.b64encode(bytes(range(28))).decode()  # the group key of a relay that is none
PAGE = "log of diemcau-endpoint"  # tells its technician where his page is
PAST = "meetings/2022-07-15"  # of plan A
PIECE = 10  # letters that give a secret away where only a part of it fits, or is told
ROUTES = ("/", "/metrics", "/healthz", "/api/v1/session", "/api/v1/meeting", "/api/v1/journal",
          "/api/v1/journal?from=80", "/api/v1/minutes", "/api/v1/minutes.json",
          "/api/v1/minutes?format=html", "/api/v1/nothing")


def forms(text):
    """What a secret may look like."""
    yield text.encode()
    yield text.encode().hex().encode()
    for decode in (base64.b64decode, base64.urlsafe_b64decode):
        try:
            raw = decode(text + "=" * (-len(text) % 4))
        except ValueError:
            continue
        if len(raw) >= 16:
            yield raw
            yield raw.hex().encode()


def stands_in(text, where, content):
    if where.startswith(("name of", "log")):
        return any(text[i:i + PIECE].encode() in content for i in range(len(text) - PIECE + 1))
    return any(form in content for form in forms(text))


def found(secrets, places):
    """(secret's name, place) wherever one stands; places are (name, bytes)."""
    return {(name, where) for where, content in places for name, text in secrets.items()
            if stands_in(text, where, content)}


def private_keys(folder):
    """The middle of each private key in the folder, by its file; no line breaks to hide behind."""
    for path in folder.rglob("*"):
        content = path.read_text(errors="ignore") if path.is_file() else ""
        if "PRIVATE KEY-----" in content:
            body = content.split("PRIVATE KEY-----")[1].split("-----END")[0].split()
            yield path.name, body[1] if len(body) > 1 else body[0]


def files(folder):
    return [(str(path.relative_to(folder)), path.read_bytes()) for path in folder.rglob("*")
            if path.is_file()]


def core_names(process):
    """What a core file may be called after: the name of each thread, the program and its folder."""
    for thread in (process / "task").iterdir():
        yield (thread / "comm").read_bytes()
    yield str((process / "exe").readlink()).encode()
    yield str((process / "cwd").readlink()).encode()


def programs(folder=house.BIN):
    """What can be seen of the programs that run from where we took ours, by their names."""
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            program = (process / "exe").readlink()
            if program.parent != folder.resolve():
                continue
            yield f"cmdline of {program.name}", (process / "cmdline").read_bytes()
            yield f"environment of {program.name}", (process / "environ").read_bytes()
            yield f"name of {program.name}", b"\n".join(core_names(process))
        except OSError:
            continue  # it has ended meanwhile


class Programs:
    """Ours beside the coordinator; their logs in a folder of their own."""

    def __init__(self, folder):
        self.folder, self.running = folder, []

    def start(self, program, *words):
        with (self.folder / f"{program}.log").open("w") as log:
            self.running.append(subprocess.Popen([house.BIN / program, *words],
                                                 stdout=log, stderr=log))

    def logs(self):
        return [(f"log of {path.stem}", path.read_bytes()) for path in self.folder.glob("*.log")]

    def end(self):
        for process in self.running:
            process.terminate()
        return [process.wait(timeout=2 * house.PATIENCE) for process in self.running]


@pytest.fixture
def sites(coordinator, tmp_path):
    """A real endpoint without windows, and simulated sites. The relay comes later."""
    join, ours = coordinator.folder / "join", Programs(tmp_path)
    ours.start("diemcau-endpoint", "--join", join / f"{REAL}.json", "--camera", "test", "--voice",
               "test", "--size", "360p15", "--program", "none")
    ours.start("diemcau-fleet", "--join-dir", join, "--sites", ",".join(SIMULATED),
               "--summary", tmp_path / "fleet.log")
    yield ours
    ours.end()


class Conference:
    """A meeting in which every kind of secret has been used; everything anybody was told is kept."""

    def __init__(self, coordinator, sites):
        self.coordinator, self.sites, self.peers, self.uplinks = coordinator, sites, {}, {}
        for role in PEOPLE:
            coordinator.command("account", "add", coordinator.folder, role, "--role", role,
                                "--password-stdin", input=PASSWORD + "\n")

    async def hold(self):
        await self.enter()
        operator, site = self.peers["operator"], self.peers["site"]
        await operator.must("meeting.assemble")
        await self.learn_uplink_keys()
        self.sites.start("diemcau-relay", "--join", self.coordinator.folder / "join/relay.json",
                         "--listen", "127.0.0.1:0")
        await self.exchange_keys(site)
        await operator.must("meeting.open")
        await operator.must("message.send", text="all is well", site="ha-noi")
        await site.must("message.send", text="so it is")

    async def enter(self):
        self.sessions = {"operator": self.coordinator.session}
        for role in PEOPLE:
            self.sessions[role] = await self.log_in(role)
        assert not self.coordinator.login("nobody", PASSWORD)  # what is typed wrongly is told nobody either
        for role, session in self.sessions.items():
            self.peers[role] = await self.coordinator.peer(role, session=session)
        self.peers["site"] = await self.coordinator.peer("site", "ha-noi")
        self.peers["another site"] = await self.coordinator.peer("site", "ha-giang")

    async def log_in(self, role):
        for _ in range(50):  # until the account is noticed
            session = self.coordinator.login(role, PASSWORD)
            if session:
                return session
            await asyncio.sleep(0.5)
        raise AssertionError(role)

    async def learn_uplink_keys(self):
        """As a relay: only that is told the keys which our own programs make."""
        numbers = {self.coordinator.join(site)["number"]: site for site in (REAL, *SIMULATED)}
        relay = await self.coordinator.peer("relay")
        await relay.send(house.relay_report(group_key=INVENTED))
        while len(self.uplinks) < len(numbers):
            desired = await relay.until("relay_desired", timeout=2 * house.PATIENCE)
            self.uplinks = {f"uplink key of {numbers[site['number']]}": site["key"]
                            for site in desired["sites"]
                            if site["number"] in numbers and "key" in site}
        await relay.close()

    async def exchange_keys(self, site):
        """The site is told the group key and makes an uplink key of its own."""
        desired = {}
        while "relay" not in desired or desired["relay"]["group_key"] == INVENTED:
            desired = await site.until("site_desired", timeout=2 * house.PATIENCE)
        self.group = desired["relay"]["group_key"]
        await site.send(house.report(version=desired["version"], key={
            "relay": desired["relay"]["instance"], "key": UPLINK}))

    async def listen(self):
        """All that has come so far."""
        for name, peer in self.peers.items():
            await peer.send({"type": "ping", "t": 9})
            await peer.until("pong", t=9)
            text = "\n".join(json.dumps(m) for m in [peer.first, *peer.seen]).encode()
            yield f"what {name} was told", text + b"".join(peer.frames)

    def answers(self):
        for role, session in self.sessions.items():
            for route in ROUTES:
                _, headers, content = self.coordinator.http(route, session=session)
                yield f"{route} for {role}", str(headers).encode() + content

    def secrets(self):
        """By name; the last word says where it lies, if anywhere."""
        coordinator = self.coordinator
        tokens = {f"token {path.stem}": json.loads(path.read_text())["token"]
                  for path in (coordinator.folder / "join").glob("*.json")}
        keys = {f"private {name}": text for name, text in private_keys(coordinator.folder)}
        assert len(tokens) == 65 and len(keys) >= 2, keys.keys()
        page = re.search(r"http://[^/]+/([0-9a-f]{32})/", dict(self.sites.logs())[PAGE].decode())[1]
        return {"password": coordinator.password, "second password": PASSWORD, "page": page,
                **{f"session {role}": text for role, text in self.sessions.items()},
                "uplink key": UPLINK, "group key": self.group, **self.uplinks, **tokens, **keys}


def allowed(name, where):
    """The one place each secret is for."""
    kind, _, rest = name.partition(" ")
    if kind == "token":
        return where == f"join/{rest}.json"
    if kind == "private":
        return where == rest
    if name == "page":
        return where == PAGE
    return name == "group key" and where in ("what site was told", "what another site was told")


async def next_meeting(conference):
    """The meeting, closed, is over, and the next one has begun beside it."""
    coordinator = conference.coordinator
    assert coordinator.stop() == 0
    coordinator.command("meeting", "new", coordinator.folder, "--plan", coordinator.plan)
    coordinator.start()
    assert coordinator.stop() == 0


async def everywhere(conference):
    """The places of a whole meeting, from its life to the next one."""
    folder = conference.coordinator.folder
    places = [(where, text) async for where, text in conference.listen()]
    places += [*conference.answers(), *programs(), *files(folder)]  # what it writes ahead too
    await conference.peers["operator"].must("meeting.close")
    places += [*conference.answers(), *conference.sites.logs()]
    await next_meeting(conference)
    conference.sites.end()
    return [*places, *files(folder), *conference.sites.logs()]


async def test_secrets_stay_where_they_belong(coordinator, sites):
    conference = Conference(coordinator, sites)
    await conference.hold()
    secrets = conference.secrets()
    places = await everywhere(conference)
    names = {where for where, _ in places}
    for program in ("coordinator", "relay", "endpoint", "fleet") if os.geteuid() == 0 else ():
        # They may not be looked into by anybody else, their own user included.
        for what in ("cmdline", "environment", "name"):
            assert f"{what} of diemcau-{program}" in names
    assert {"log", "log of diemcau-relay", PAGE, "log of fleet", f"{PAST}/journal.sqlite",
            f"{PAST}/plan/sites.csv", f"{PAST}-2/journal.sqlite"} <= names
    spilt = {case for case in found(secrets, places) if not allowed(*case)}
    assert not spilt
    # The search itself finds what is there to be found.
    meant = {name for name, where in found(secrets, places)}
    assert {"token ha-noi", "token relay", "group key", "page"} <= meant
    for path in coordinator.folder.rglob("*"):
        if path.is_file() and any(stands_in(text, "", path.read_bytes())
                                  for text in secrets.values()):
            assert path.stat().st_mode & 0o077 == 0, f"{path} can be read by others"
    print(f"{len(secrets)} secrets, {len(places)} places")


async def test_what_is_planted_in_a_meeting_is_found(coordinator, sites):
    conference = Conference(coordinator, sites)
    await conference.hold()
    operator = conference.peers["operator"]
    secrets = {name: text for name, text in conference.secrets().items() if "key of" in name}
    lists = operator.first["snapshot"]["lists"]
    for text in secrets.values():
        await operator.must("turn.add", list=lists[0]["list"], site="ha-noi", unit="-", topic=text,
                            allowance=60000, origin="operator")
    planted = found(secrets, await everywhere(conference))
    past = {where for _, where in planted if where == f"{PAST}/journal.sqlite"}
    for name in secrets:
        for role in ("operator", "technician", "chair", "viewer"):
            assert (name, f"what {role} was told") in planted
            for route in ("meeting", "journal?from=80", "minutes", "minutes.json",
                          "minutes?format=html"):
                assert (name, f"/api/v1/{route} for {role}") in planted, route
        assert past and all((name, where) in planted for where in past)
    assert not any(allowed(*case) for case in planted)


@contextlib.contextmanager
def planted_program(folder, *words, name="harmless", **environment):
    """A program of that name that waits to be told to end."""
    folder.mkdir(exist_ok=True)
    program = folder / name
    shutil.copy("/bin/sh", program)
    with subprocess.Popen([program, "-c", "echo; read line", *words], text=True,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        process.stdout.readline()
        yield list(programs(folder))
        process.communicate("\n")


def test_what_is_planted_in_a_process_is_found(tmp_path):
    secret = base64.b64encode(bytes(range(200, 228))).decode().replace("/", "_")
    raw = secret.encode().hex()
    with planted_program(tmp_path / "none") as places:
        assert len(places) == 3 and not found({"it": secret}, places)
    for what, how in (("cmdline", {"words": [secret]}), ("cmdline", {"words": [f"--key={raw}"]}),
                      ("environment", {"KEY": secret}), ("name", {"name": secret[:15]})):
        words = how.pop("words", [])
        with planted_program(tmp_path / what, *words, **how) as places:
            hits = {where.split()[0] for _, where in found({"it": secret}, places)}
            assert what in hits, what
            assert hits <= {what, "cmdline"}, hits  # a program's name begins its command line


def test_what_is_planted_in_a_file_is_found(tmp_path):
    secret = base64.b64encode(bytes(range(200, 228))).decode()
    (tmp_path / "meetings").mkdir()
    for number, form in enumerate(forms(secret)):
        (tmp_path / "meetings/planted.sqlite").write_bytes(b"SQLite\0" + form + b"\xff")
        assert found({"it": secret}, files(tmp_path)) == {("it", "meetings/planted.sqlite")}, number
    (tmp_path / "meetings/planted.sqlite").write_bytes(secret[1:].encode())
    assert not found({"it": secret}, files(tmp_path))
