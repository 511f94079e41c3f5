"""Those who mean ill: nuisance.py KIND PORT, over plain HTTP on loopback, until input is closed.

A process of its own with low priority: what is measured beside it is the coordinator, not the
machine that the nuisance would run on in life. Prints at the end how often it did what it does.
"""
import os
import random
import resource
import selectors
import socket
import sys
import time

UPGRADE = ("GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\n"
           "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
           "Sec-WebSocket-Protocol: diemcau.v1\r\n"
           "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
ROUTES = ("/", "/healthz", "/metrics", "/api/v1/session", "/api/v1/meeting", "/api/v1/journal",
          "/api/v1/minutes", "/api/v1/minutes.json", "/api/v1/nothing", "/ws")
METHODS = ("GET", "HEAD", "POST", "DELETE", "PUT", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW")
PATHS = ("?" + "a=b&" * 2000, "?from=-1", "?from=" + "9" * 40, "?lang=%00", "?format=%zz", "/" * 900,
         "/../../etc/passwd", "%2e%2e%2f" * 100, "?" + "%" * 500, "#x", ";x=1", "\\..\\..")
HEADERS = ((), (("Cookie", "diemcau-1=" + "A" * 3000),), (("Cookie", ";" * 3000),),
           (("Authorization", "Bearer " + "A" * 3000),), (("Authorization", "Basic Og=="),),
           (("Content-Length", "99999999999999999999"),), (("Content-Length", "-1"),),
           (("Transfer-Encoding", "chunked"),), (("Host", "evil.example"),),
           (("Host", "[::1"),), (("Upgrade", "h2c"), ("Connection", "Upgrade")),
           (("Expect", "100-continue"),), (("Range", "bytes=0-,0-,0-"),),
           (("X-" + "Y" * 200, "Z" * 6000),), tuple((f"X-{i}", "y") for i in range(200)))
BODIES = (b"", b"{", b"\0" * 5000, b'{"account":"operator","password":"' + b"x" * 15000 + b'"}',
          b"[" * 10000, b"x" * 200_000)


class Nuisance:
    """Sockets that do something whenever they can; each kind below says what."""

    many, pace = 300, 0.0

    def __init__(self, port):
        self.port, self.done, self.watched = port, 0, selectors.DefaultSelector()

    def come(self):
        one = socket.socket()
        one.setblocking(False)
        one.connect_ex(("127.0.0.1", self.port))
        self.watched.register(one, selectors.EVENT_WRITE, self.words(random.Random(self.done)))

    def go(self, key):
        self.watched.unregister(key.fileobj)
        key.fileobj.close()

    def act(self, key, events):
        try:
            if events & selectors.EVENT_READ and not key.fileobj.recv(65536):
                self.go(key)
                return
            if events & selectors.EVENT_WRITE:
                word = next(key.data, None)
                if word is None:
                    self.watched.modify(key.fileobj, selectors.EVENT_READ, key.data)
                    return
                key.fileobj.send(word)
                self.done += 1
        except OSError:
            self.go(key)

    def turn(self):
        for _ in range(min(50, self.many - len(self.watched.get_map()))):
            self.come()
        for key, events in self.watched.select(0.02):
            self.act(key, events)
        time.sleep(self.pace)


class SlowLoris(Nuisance):
    """Requests whose headers never end, a letter at a time."""

    many, pace = 600, 0.2

    def words(self, _):
        yield f"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nX-Slow: ".encode()
        while True:
            yield b"a"


class SlowBody(SlowLoris):
    """Logins whose body never ends."""

    def words(self, _):
        yield (f"POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
               "Content-Type: application/json\r\nContent-Length: 9000\r\n\r\n").encode()
        while True:
            yield b"{"


class Horde(SlowLoris):
    """More half requests than there is room for; whoever is shown out comes again."""

    many, pace = 3000, 0.05


class Flood(Nuisance):
    """Websockets that send small messages as fast as they can."""

    many = 50

    def words(self, _):
        yield UPGRADE.format(port=self.port).encode()
        frame = b"\x81\x92" + bytes(4) + b'{"type":"ping","t"'
        while True:
            yield frame * 100


class Oversized(Nuisance):
    """Websockets with frames that are, or claim to be, far too long."""

    many = 50

    def words(self, chance):
        yield UPGRADE.format(port=self.port).encode()
        size = chance.choice((20_000, 1 << 20, 1 << 31, (1 << 63) - 1))
        first = chance.choice((b"\x81", b"\x82", b"\x01", b"\x89"))
        yield first + b"\xff" + size.to_bytes(8, "big") + bytes(4)
        for _ in range(min(size, 4 << 20) // 16384):
            yield b"x" * 16384


class Abuse(Nuisance):
    """Every route with wrong methods, paths, headers and bodies."""

    many = 40

    def words(self, chance):
        headers = dict(chance.choice(HEADERS))
        body = chance.choice(BODIES)
        lines = [f"{name}: {value}" for name, value in {
            "Host": f"127.0.0.1:{self.port}", "Content-Type": "application/json",
            "Content-Length": str(len(body)), "Connection": "close", **headers}.items()]
        path = chance.choice(ROUTES) + chance.choice(PATHS)
        request = f"{chance.choice(METHODS)} {path} HTTP/1.{chance.choice('019')}"
        yield "\r\n".join([request, *lines, "", ""]).encode() + body


class Guesses(Nuisance):
    """Logins with wrong passwords."""

    many = 20

    def words(self, chance):
        body = b'{"account":"operator","password":"%d"}' % chance.randrange(1 << 30)
        yield (f"POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
               "Content-Type: application/json\r\nConnection: close\r\n"
               f"Content-Length: {len(body)}\r\n\r\n").encode() + body


KINDS = {kind.__name__: kind
         for kind in (SlowLoris, SlowBody, Horde, Flood, Oversized, Abuse, Guesses)}

if __name__ == "__main__":
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_NOFILE, (4000, max(
        4000, resource.getrlimit(resource.RLIMIT_NOFILE)[1])))
    nuisance = KINDS[sys.argv[1]](int(sys.argv[2]))
    os.set_blocking(0, False)
    while sys.stdin.buffer.raw.read(1) is None:
        nuisance.turn()
    print(nuisance.done)
