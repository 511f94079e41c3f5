"""No password, token, session or key is found anywhere but where it is meant to be.

The real values are looked for, as text, as the bytes they stand for and in hexadecimal: in every
file of the coordinator's folder (journal, archive, log …), in what every role is told, in every
answer over HTTP and in the command lines of all programs.
"""
import asyncio
import base64
import json
import pathlib
import subprocess

import pytest

import house
from test_service import shift_anchor

UPLINK = base64.b64encode(bytes(range(100, 128))).decode()
PASSWORD = "a very long password indeed"
PEOPLE = ("technician", "chair", "viewer")
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


def found(secrets, places):
    """(secret's name, place) wherever one stands; places are (name, bytes)."""
    return {(name, where) for where, content in places for name, text in secrets.items()
            if any(form in content for form in forms(text))}


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


def command_lines():
    """Of the programs that run from where we took ours, and what their processes are called."""
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if pathlib.Path(process / "exe").resolve().parent == house.BIN.resolve():
                yield f"cmdline of {process.name}", (process / "cmdline").read_bytes()
                yield f"environment of {process.name}", (process / "environ").read_bytes()
                yield f"name of {process.name}", (process / "comm").read_bytes()
        except OSError:
            continue


@pytest.fixture
def relay(coordinator, tmp_path):
    with (tmp_path / "relay.log").open("w") as log:
        process = subprocess.Popen(
            [house.BIN / "diemcau-relay", "--join", coordinator.folder / "join/relay.json",
             "--bind", "127.0.0.1:0"], stdout=log, stderr=log)
    yield tmp_path / "relay.log"
    process.terminate()
    process.wait(timeout=10)


class Conference:
    """A meeting in which every kind of secret has been used; everything anybody was told is kept."""

    def __init__(self, coordinator):
        self.coordinator, self.heard, self.peers = coordinator, [], {}
        for role in PEOPLE:
            coordinator.command("account", "add", coordinator.folder, role, "--role", role,
                                "--password-stdin", input=PASSWORD + "\n")

    async def hold(self):
        await self.enter()
        operator, site = self.peers["operator"], self.peers["site"]
        await operator.must("meeting.assemble")
        await self.exchange_keys(site)
        await operator.must("meeting.open")
        await operator.must("message.send", text="all is well", site="ha-noi")
        await site.must("message.send", text="so it is")

    async def enter(self):
        self.sessions = {"operator": self.coordinator.session}
        for role in PEOPLE:
            self.sessions[role] = await self.log_in(role)
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

    async def exchange_keys(self, site):
        """The site is told the group key and makes an uplink key of its own."""
        desired = {}
        while "relay" not in desired:
            desired = await site.until("site_desired", timeout=15)
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
        return {"password": coordinator.password, "second password": PASSWORD,
                **{f"session {role}": text for role, text in self.sessions.items()},
                "uplink key": UPLINK, "group key": self.group, **tokens, **keys}


def allowed(name, where):
    """The one place each secret is for."""
    kind, _, rest = name.partition(" ")
    if kind == "token":
        return where == f"join/{rest}.json"
    if kind == "private":
        return where == rest
    return name == "group key" and where in ("what site was told", "what another site was told")


async def put_aside(conference):
    """The meeting is closed and over: the next start puts it into the archive."""
    coordinator = conference.coordinator
    await conference.peers["operator"].must("meeting.close")
    assert coordinator.stop() == 0
    shift_anchor(coordinator, minutes=11)
    coordinator.start()
    assert coordinator.stop() == 0


def holds_secret(secrets, content):
    return any(form in content for text in secrets.values() for form in forms(text))


async def test_secrets_stay_where_they_belong(coordinator, relay):
    conference = Conference(coordinator)
    await conference.hold()
    secrets = conference.secrets()
    places = [(where, text) async for where, text in conference.listen()]
    places += [*conference.answers(), *command_lines(), ("log of the relay", relay.read_bytes())]
    assert sum(where.startswith("cmdline") for where, _ in places) >= 2
    places += files(coordinator.folder)  # while it runs, what it writes ahead too
    await put_aside(conference)
    places += files(coordinator.folder)
    assert any(where.startswith("archive/") for where, _ in places)
    spilt = {case for case in found(secrets, places) if not allowed(*case)}
    assert not spilt
    # The search itself finds what is there to be found.
    meant = {name for name, where in found(secrets, places)}
    assert {"token ha-noi", "token relay", "group key"} <= meant
    for path in coordinator.folder.rglob("*"):
        if path.is_file() and holds_secret(secrets, path.read_bytes()):
            assert path.stat().st_mode & 0o077 == 0, f"{path} can be read by others"
    print(f"{len(secrets)} secrets, {len(places)} places")
