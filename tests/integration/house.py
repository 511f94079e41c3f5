"""The real programs on loopback, in folders of their own, and a client to talk to them."""
import asyncio
import contextlib
import http.client
import json
import os
import pathlib
import random
import re
import secrets
import signal
import socket
import sqlite3
import ssl
import struct
import subprocess
import threading
import time

import pytest
import websockets

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("DIEMCAU_BIN", ROOT / "build/dev/bin"))
PLANS = ROOT / "deploy/plans"
# The programs speak English here, whatever the locale of who runs the tests; --language says otherwise.
os.environ.pop("LC_ALL", None)
os.environ["LC_MESSAGES"] = "C"


def preloaded(shim):
    """Variables that load a library before all others, for a program's surroundings. By its name: of a path
    the loader would read no further than to a space."""
    folder, name = os.path.split(shim)
    return {"LD_PRELOAD": name, "LD_LIBRARY_PATH": folder}


PATIENCE = 20  # seconds for what a busy machine does in milliseconds; a span that is promised is asserted
RESERVED = []


def free_port():
    """Free for TCP and UDP, and below those that Linux hands out by itself: nobody else gets it before
    it is taken, nor while whoever has it is dead, whatever runs beside. Ports go in pairs: the even one is
    used, and whoever holds the odd one, for as long as the test lives, has reserved it; tests in Node do
    so too (tests/browser/house.mjs)."""
    while True:
        port = random.randrange(20000, 32000, 2)
        held = socket.socket()
        with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp, \
                contextlib.suppress(OSError):
            held.bind(("127.0.0.1", port + 1))
            held.listen()
            tcp.bind(("127.0.0.1", port))
            udp.bind(("127.0.0.1", port))
            RESERVED.append(held)
            return port
        held.close()


def descriptors(process):
    """How many a program has open. It shows them to root alone: others' tests of it are skipped."""
    folder = pathlib.Path(f"/proc/{process.pid}/fd")
    if not os.access(folder, os.R_OK):
        pytest.skip("the programs show their descriptors to root alone")
    return len(list(folder.iterdir()))


def instance():
    return secrets.token_hex(16)


class Coordinator:
    """One coordinator: its folder, its process, and what can be asked of it."""

    def __init__(self, folder, plan="a", options=("--speed", "60"), init_options=(), env=None,
                 host="127.0.0.1"):
        self.folder, self.plan, self.options = pathlib.Path(folder), PLANS / plan, list(options)
        self.host, self.port, self.env, self.process = host, free_port(), env, None
        made = self.command("init", self.folder, "--plan", self.plan,
                            "--address", f"{host}:{self.port}", *init_options)
        self.password = re.search("^password: (.*)$", made.stdout, re.M)[1]
        self.trust = ssl.create_default_context(cafile=self.folder / "ca.pem")
        self.log = self.folder / "log"
        self._session = self._cookie = None

    @staticmethod
    def command(*words, check=True, **how):
        return subprocess.run([BIN / "diemcau-coordinator", *map(str, words)], check=check,
                              capture_output=True, text=True, **{"timeout": 60, **how})

    def start(self, *more, through=()):
        """`through`: a command that runs it, and becomes it (prlimit)."""
        self._session = None
        self.process = subprocess.Popen(
            [*through, BIN / "diemcau-coordinator", "run", self.folder,
             *(["--plan", self.plan] if self.plan else []),
             "--listen", f"{self.host}:{self.port}", *self.options, *more],
            stdout=subprocess.PIPE, stderr=self.log.open("a"), text=True,
            env={**os.environ, **(self.env or {})})
        line = self.process.stdout.readline()
        assert line == f"port {self.port}\n", self.log.read_text()
        return self

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=10) if self.process else None

    @property
    def plain(self):
        return "--plain-http-loopback" in self.options

    @property
    def journal(self):
        """The file of the current meeting's journal."""
        return self.folder / "meetings" / (self.folder / "current").read_text().strip() / "journal.sqlite"

    # ---- HTTP ----

    def http(self, path, method="GET", body=None, session=None, source=None, **headers):
        """(status, headers, bytes) of one request, from `source` if there is one."""
        how = {"timeout": 20, "source_address": (source, 0) if source else None}
        host = self.host.strip("[]")
        link = http.client.HTTPConnection(host, self.port, **how) if self.plain else \
            http.client.HTTPSConnection(host, self.port, context=self.trust, **how)
        if session:
            headers["Authorization"] = f"Bearer {session}"
        if body is not None and not isinstance(body, (bytes, str)):
            body, headers = json.dumps(body), {"Content-Type": "application/json", **headers}
        link.request(method, path, body=body,
                     headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = link.getresponse()
        content = answer.read()
        link.close()
        return answer.status, answer.headers, content

    def login(self, account="operator", password=None, source=None):
        status, _, content = self.http("/api/v1/session", "POST", {
            "account": account, "password": password or self.password}, source=source)
        return json.loads(content)["session"] if status == 200 else None

    async def log_in_when_known(self, account, password):
        """A session of an account that was made while this ran: it is noticed within seconds."""
        for _ in range(PATIENCE):
            await asyncio.sleep(1)
            if session := self.login(account, password):
                return session
        raise AssertionError(account)

    def cookie(self, session):
        """The header by which a browser says it: the name is another one for each installation."""
        if not self._cookie:
            set_cookie = self.http("/api/v1/session", "DELETE", session=self.login())[1]["Set-Cookie"]
            self._cookie = set_cookie.split("=")[0]
        return {"Cookie": f"other=1; {self._cookie}={session}"}

    @property
    def session(self):
        if not self._session:
            self._session = self.login()
        return self._session

    def get(self, path):
        status, _, content = self.http(path, session=self.session)
        assert status == 200, content
        return json.loads(content)

    def site(self, name):
        """The site as the operator sees it now."""
        return next(site for site in self.get("/api/v1/meeting")["sites"] if site["site"] == name)

    def metric(self, name):
        text = self.http("/metrics", session=self.session)[2].decode()
        return float(re.search(rf"^{re.escape(name)} (.*)$", text, re.M)[1])

    def guests_so_far(self):
        """Of those who never said who they are: who wait, and who have been shown out."""
        return self.metric("diemcau_guests") + self.metric("diemcau_guests_shown_out_total")

    # ---- peers ----

    def join(self, site):
        return json.loads((self.folder / "join" / f"{site}.json").read_text())

    async def open(self, **how):
        """Whatever has come and was not looked at waits in memory: with a bound, a peer that the test leaves
        alone for a while would stop reading, and would be taken for dead."""
        how = {"subprotocols": ["diemcau.v1"], "compression": None, "max_size": None, "max_queue": None,
               "ping_interval": None, "close_timeout": 1, **how}
        if not self.plain:
            how["ssl"] = self.trust
        return await websockets.connect(
            f"{'ws' if self.plain else 'wss'}://{self.host}:{self.port}/ws", **how)

    async def peer(self, role="operator", site=None, name=None, **hello):
        """A peer that has been welcomed (or said bye): see Peer.first."""
        peer = Peer(await self.open(), name or instance())
        hello = {"type": "hello", "versions": [1], "role": role, "instance": peer.instance, **hello}
        if role in ("site", "relay"):
            join = self.join(site or "relay")
            hello = {"token": join["token"], **({"site": site} if site else {}), **hello}
        elif role not in ("display", "lectern"):
            hello = {"session": self.session, **hello}
        await peer.send(hello)
        peer.first = await peer.receive()
        return peer


class Peer:
    """One websocket, with the messages it has received."""

    def __init__(self, socket_, name):
        self.socket, self.instance, self.first = socket_, name, None
        self.seen, self.frames = [], []

    async def send(self, message):
        await self.socket.send(message if isinstance(message, (str, bytes)) else json.dumps(message))

    async def receive(self, timeout=PATIENCE):
        while True:
            message = await asyncio.wait_for(self.socket.recv(), timeout)
            if isinstance(message, bytes):
                self.frames.append(message)
                continue
            self.seen.append(json.loads(message))
            return self.seen[-1]

    async def frame(self, timeout=PATIENCE):
        """The next binary frame."""
        had, end = len(self.frames), time.monotonic() + timeout
        while len(self.frames) == had:
            try:
                await self.receive(0.1)
            except asyncio.TimeoutError:
                assert time.monotonic() < end, "no frame"
        return self.frames[-1]

    async def until(self, type_, timeout=PATIENCE, **fields):
        """The next message of this type with these fields."""
        end = time.monotonic() + timeout
        while True:
            message = await self.receive(max(0.01, end - time.monotonic()))
            if message["type"] == type_ and all(message.get(k) == v for k, v in fields.items()):
                return message

    async def command(self, name, /, id_=None, expect=None, **args):
        """Gives a command; its answer, accepted or refused."""
        id_ = id_ or secrets.token_hex(6)
        await self.send({"type": "command", "id": id_, "name": name, "args": args,
                         **({} if expect is None else {"expect": expect})})
        while True:
            message = await self.receive()
            if message["type"] in ("accepted", "refused") and message.get("id") == id_:
                return message

    async def must(self, name, /, **args):
        answer = await self.command(name, **args)
        assert answer["type"] == "accepted", answer
        return answer

    async def closed(self, timeout=PATIENCE):
        """Reads to the end; the code of the farewell, if there was one."""
        code = None
        try:
            while True:
                message = await self.receive(timeout)
                code = message["code"] if message["type"] == "bye" else code
        except websockets.ConnectionClosed:
            return code

    async def close(self):
        await self.socket.close()

    def cut(self):
        """The connection is gone at once, as after a crash."""
        self.socket.transport.abort()


class SlowReader(threading.Thread):
    """A watcher on a bad line: reads some bytes a second, in order, and answers pings when it gets
    to them. Over plain HTTP; what it is told in `bye` is in `farewell`."""

    def __init__(self, coordinator, bytes_per_second):
        super().__init__(daemon=True)
        self.pace, self.farewell, self.left = bytes_per_second, None, b""
        self.line = socket.socket()
        self.line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.line.settimeout(10)
        self.line.connect(("127.0.0.1", coordinator.port))
        self.line.sendall((f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{coordinator.port}\r\n"
                           "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: diemcau.v1\r\n"
                           "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n").encode())
        while b"\r\n\r\n" not in self.left:
            self.left += self.line.recv(1)
        self.left = b""
        self.send(1, json.dumps({"type": "hello", "versions": [1], "role": "viewer",
                                 "instance": instance(), "session": coordinator.session}).encode())

    def send(self, opcode, content):
        """One frame of a client (RFC 6455 5.2), masked with zeroes."""
        size = struct.pack("!B", 128 | len(content)) if len(content) < 126 else \
            struct.pack("!BH", 128 | 126, len(content))
        self.line.sendall(bytes([128 | opcode]) + size + bytes(4) + content)

    def frames(self):
        """The whole frames received so far, as (opcode, content)."""
        while len(self.left) >= 2:
            size, start = self.left[1] & 127, 2
            if size > 125:
                width = 2 if size == 126 else 8
                size, start = int.from_bytes(self.left[2:2 + width], "big"), 2 + width
            if len(self.left) < start + size:
                return
            yield self.left[0] & 15, self.left[start:start + size]
            self.left = self.left[start + size:]

    def run(self):
        while content := self.line.recv(max(1, self.pace // 50)):
            self.left += content
            for opcode, text in self.frames():
                if opcode == 9:
                    self.send(10, text)
                elif text.startswith(b'{"type":"bye"'):
                    self.farewell = json.loads(text)["code"]
            time.sleep(0.02)


def report(**fields):
    return {"type": "site_report", "version": 0, "level_dbfs": -30, "playing": True, "slots": [],
            **fields}


def thumbnail(width=192, height=108, size=200):
    """A JPEG by its structure: one segment after the other, and nothing to see in it."""
    frame = bytes([8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0])
    head = b"\xff\xd8\xff\xe0\x00\x04JF\xff\xc0\x00\x0b" + frame
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
    return head + scan + bytes(size - len(head) - len(scan) - 2) + b"\xff\xd9"


def relay_report(sites=(), **fields):
    return {"type": "relay_report", "version": 0, "addresses": ["127.0.0.1:5004"],
            "group_key": "B" * 38 + "==", "slots": [], "packets_sent": 0, "packets_received": 0,
            "auth_failures": 0, "sites": [
                {"number": number, "media": media, "bits_per_second": 1000, "loss_permille": 0,
                 "auth_failures": 0, "packets": 1} for number, media in sites], **fields}


async def until(what, true, seconds=PATIENCE, every=0.05):
    """Waits for a condition; `what` says in the failure what did not come about."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"{what}: not within {seconds} s"
        await asyncio.sleep(every)


async def go_live(operator, turn=None):
    """Assembles and opens the meeting, starts the item of the turn, else the first with a list."""
    await operator.must("meeting.assemble")
    return await open_meeting(operator, turn)


async def open_meeting(operator, turn=None):
    """The same for a meeting that is assembling."""
    await operator.must("meeting.open")
    item = next(item for item in operator.first["snapshot"]["items"]
                if (turn["list"] in item["lists"] if turn else item["lists"]))
    await operator.must("item.start", item=item["item"])
    return item


def remote_turn(operator):
    """The first turn of the plan that is not the main venue's."""
    return next(t for t in operator.first["snapshot"]["turns"] if t["site"] != "trung-tam")


async def speak(coordinator):
    """A meeting with a turn on air: (operator, turn, site's peer, relay's peer)."""
    operator = await coordinator.peer()
    turn = remote_turn(operator)
    site = await coordinator.peer("site", turn["site"])
    relay = await coordinator.peer("relay")
    await relay.send(relay_report([(site.first["number"], "good")]))
    await go_live(operator, turn)
    await operator.must("floor.take", turn=turn["turn"])
    return operator, turn["turn"], site, relay


def events(coordinator):
    """The whole journal, from the file: (seq, at, wall, name, data)."""
    with contextlib.closing(sqlite3.connect(coordinator.journal)) as journal:
        return [(seq, at, wall, name, json.loads(data)) for seq, at, wall, name, data in
                journal.execute("SELECT seq, at, wall, name, data FROM event ORDER BY seq")]
