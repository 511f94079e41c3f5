"""A site whose media are made here, packet by packet: what a hostile program could send with a real join
file, what somebody records on its line, and what its hall decrypts. SRTP as RFC 3711 and RFC 7714 have it."""
import asyncio
import base64
import contextlib
import secrets
import socket
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from house import report, until

CAMERA, VOICE, NO_SLOT = 0, 3, 0x1FF
SLOTS = 0xFE00  # stream id of the first slot (docs/media.md)
RECEIVER_REPORT, APPLICATION, PAYLOAD_FEEDBACK = 201, 204, 206
RELAY = 0xFFFF  # who sends the relay's own RTCP
# One aggregation packet (RFC 6184 5.7.1) of a parameter set and a slice: a decoder may begin at it.
KEYFRAME = b"\x78" + struct.pack("!H", 5) + b"\x67\x42\x00\x1e\x00" + struct.pack("!H", 20) + b"\x65" + bytes(19)
WORDS = b"\xfc" + b"words once said"  # what a voice packet carries: to be known again


def derive(key, salt, label, size):
    """RFC 3711 4.3.1, with a key derivation rate of 0."""
    block = bytearray(salt + bytes(4))
    block[7] ^= label
    return Cipher(algorithms.AES(key), modes.CTR(bytes(block))).encryptor().update(bytes(size))


class Srtp:
    """One key, for both ways; it keeps no book of what it has seen."""

    def __init__(self, text=None):
        self.text = text or base64.b64encode(secrets.token_bytes(28)).decode()
        raw = base64.b64decode(self.text)
        key, salt = raw[:16], raw[16:]
        self.rtp, self.rtp_salt = AESGCM(derive(key, salt, 0, 16)), derive(key, salt, 2, 12)
        self.rtcp, self.rtcp_salt = AESGCM(derive(key, salt, 3, 16)), derive(key, salt, 5, 12)
        self.index = 0

    def nonce(self, header):
        plain = bytes(2) + header[8:12] + bytes(4) + header[2:4]  # the rollover counter is 0
        return bytes(a ^ b for a, b in zip(plain, self.rtp_salt))

    def seal(self, header, payload):
        return header + self.rtp.encrypt(self.nonce(header), payload, header)

    def open(self, packet):
        """(header, payload); None: not under this key."""
        size = 12 + 4 * (packet[0] & 15)
        if packet[0] & 16:
            size += 4 + 4 * struct.unpack_from("!H", packet, size + 2)[0]
        header = packet[:size]
        with contextlib.suppress(InvalidTag):
            return header, self.rtp.decrypt(self.nonce(header), packet[size:], header)

    def seal_rtcp(self, packet, index=None):
        self.index = self.index + 1 if index is None else index
        trailer = struct.pack("!I", 1 << 31 | self.index)
        plain = bytes(2) + packet[4:8] + bytes(2) + struct.pack("!I", self.index)
        nonce = bytes(a ^ b for a, b in zip(plain, self.rtcp_salt))
        return packet[:8] + self.rtcp.encrypt(nonce, packet[8:], packet[:8] + trailer) + trailer


    def open_rtcp(self, packet):
        """The compound; None: not under this key."""
        trailer = packet[-4:]
        plain = bytes(2) + packet[4:8] + bytes(2) + struct.pack("!I", struct.unpack("!I", trailer)[0] & 0x7FFFFFFF)
        nonce = bytes(a ^ b for a, b in zip(plain, self.rtcp_salt))
        with contextlib.suppress(InvalidTag):
            return packet[:8] + self.rtcp.decrypt(nonce, packet[8:-4], packet[:8] + trailer)


def rtcp_parts(compound):
    """(subtype or count, type, bytes) of each packet of a compound."""
    while len(compound) >= 4:
        size = 4 * struct.unpack_from("!H", compound, 2)[0] + 4
        yield compound[0] & 31, compound[1], compound[:size]
        compound = compound[size:]


def rtp(stream, sequence, timestamp, payload_type, epoch=0, sources=()):
    return struct.pack("!BBHII", 0x80 | len(sources), 0x80 | payload_type, sequence & 0xFFFF,
                       timestamp & 0xFFFFFFFF, epoch << 16 | stream) + \
        b"".join(struct.pack("!I", source) for source in sources)


def is_rtcp(packet):
    return 192 <= packet[1] <= 223


class SrtpSite:
    """A site on both lines. `record` holds every datagram it has sent, `keyframes` counts the relay's requests
    for one of its camera. `answers`: whether it answers the relay's path challenges, as sites do."""

    def __init__(self, coordinator, site):
        self.coordinator, self.site = coordinator, site
        self.desired = self.peer = self.udp = self.reader = None
        self.sequence, self.record = 100, []
        self.pending = []  # came while something was sent
        self.answers, self.challenges, self.keyframes = True, 0, 0

    async def come(self):
        """Joins, and makes a key for the relay as soon as it is told of one."""
        self.desired = None
        self.peer = await self.coordinator.peer("site", self.site)
        self.number = self.peer.first["number"]
        self.reader = asyncio.create_task(self.read())
        await self.until(lambda: self.desired and "relay" in self.desired)
        await self.make_key()
        return self

    async def read(self):
        with contextlib.suppress(Exception):
            while True:
                self.desired = await self.peer.until("site_desired", 3600)

    async def until(self, true, seconds=20):
        await until(self.site, true, seconds, every=0.02)

    async def make_key(self):
        self.srtp = Srtp()
        if self.udp:
            self.udp.close()
        self.udp = socket.socket(type=socket.SOCK_DGRAM)
        self.udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        self.udp.bind(("127.0.0.1", 0))
        self.udp.setblocking(False)
        host, port = self.relay["addresses"][0].rsplit(":", 1)
        self.to = host, int(port)
        await self.tell_key(self.srtp.text)

    async def tell_key(self, text):
        key = {"relay": self.relay["instance"], "key": text}
        await self.peer.send(report(version=self.desired["version"], key=key))

    @property
    def relay(self):
        return self.desired["relay"]

    def group(self):
        return Srtp(self.relay["group_key"])

    def send(self, datagram):
        self.record.append(datagram)
        with contextlib.suppress(OSError):
            self.udp.sendto(datagram, self.to)

    def feedback(self, slot=NO_SLOT):
        return slot << 16 | self.number << 3 | 7

    def empty_report(self, slot=NO_SLOT):
        return struct.pack("!BBHI", 0x80, RECEIVER_REPORT, 1, self.feedback(slot))

    def keepalive(self):
        self.send(self.srtp.seal_rtcp(self.empty_report()))

    def want_keyframe(self, slot=0):
        self.send(self.srtp.seal_rtcp(self.empty_report(slot) + struct.pack(
            "!BBHII", 0x81, PAYLOAD_FEEDBACK, 2, self.feedback(slot), SLOTS + slot)))

    def take_rtcp(self, packet):
        """What the relay says to this site; its challenges are answered to where they came from."""
        for subtype, kind, part in rtcp_parts(self.group().open_rtcp(packet) or b""):
            if kind == APPLICATION and subtype == 0 and part[8:12] == b"path":
                self.challenges += 1
                if self.answers:
                    self.send(self.srtp.seal_rtcp(self.empty_report() + struct.pack(
                        "!BBHI4sI", 0x81, APPLICATION, 5, self.feedback(), b"path", RELAY) + part[16:24]))
            self.keyframes += kind == PAYLOAD_FEEDBACK and subtype == 1 and \
                struct.unpack_from("!I", part, 8)[0] == self.number << 3 | CAMERA

    def send_media(self):
        """One packet of picture and one of sound."""
        self.sequence += 1
        for source, kind, payload in ((CAMERA, 96, KEYFRAME), (VOICE, 97, WORDS)):
            header = rtp(self.number << 3 | source, self.sequence, self.sequence * 960, kind)
            self.send(self.srtp.seal(header, payload))

    async def stream(self, seconds, *others):
        """Sends media, and keepalives for itself and those who only listen."""
        for i in range(int(seconds * 50)):
            if i % 25 == 0:
                for site in (self, *others):
                    site.keepalive()
            self.send_media()
            for site in (self, *others):
                site.pending += site.datagrams()
            await asyncio.sleep(0.02)

    def datagrams(self):
        """What has come since the last call."""
        came = []
        with contextlib.suppress(BlockingIOError):
            while True:
                came.append(self.udp.recv(3000))
                if is_rtcp(came[-1]):
                    self.take_rtcp(came[-1])
        return came

    def all(self):
        """What has come since the last call, also while something was sent."""
        came, self.pending = self.pending + self.datagrams(), []
        return came

    def heard(self, *keys):
        """{site number: packets} of what came and opens under one of these keys (the group key)."""
        keys, found = keys or (self.group(),), {}
        for packet in self.all():
            opened = None if is_rtcp(packet) else next(filter(None, (key.open(packet) for key in keys)), None)
            if opened and opened[0][0] & 15:
                source, = struct.unpack_from("!I", opened[0], 12)
                found[source] = found.get(source, 0) + 1
        return found

    def end(self):
        if self.reader:
            self.reader.cancel()
        if self.udp:
            self.udp.close()
