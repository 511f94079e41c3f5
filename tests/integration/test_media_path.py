"""Who is sent the meeting's media, and what one site may do to all others with its own: real coordinator, real
relay, and sites whose packets are made here."""
import asyncio
import contextlib
import socket
import struct
import subprocess
import time

import pytest

import house
from srtp_site import CAMERA, KEYFRAME, SrtpSite, is_rtcp, rtp

LISTENER, INSIDER = "ca-mau", "ha-noi"
HEADERS = 28  # of IPv4 and UDP


@pytest.fixture
def relay(coordinator):
    port = house.free_port()
    with (coordinator.folder / "relay.log").open("a") as log:
        process = subprocess.Popen([house.BIN / "diemcau-relay", "--join", coordinator.folder / "join/relay.json",
                                    "--listen", f"127.0.0.1:{port}"], stderr=log)
    yield port
    process.kill()
    process.wait()


def stranger(address="127.0.0.9"):
    one = socket.socket(type=socket.SOCK_DGRAM)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    one.bind((address, 0))
    one.setblocking(False)
    return one


def came(one):
    """(datagrams, bytes on the wire) since the last call."""
    number = size = 0
    while True:
        try:
            size += len(one.recv(3000)) + HEADERS
            number += 1
        except BlockingIOError:
            return number, size


async def on_air(coordinator, *names):
    """One speaks and is seen and heard by others: (turn, speaker, *halls)."""
    operator = await coordinator.peer()
    turn = house.remote_turn(operator)
    speaker = await SrtpSite(coordinator, turn["site"]).come()
    halls = [await SrtpSite(coordinator, name).come() for name in names]
    await speaker.stream(1, *halls)
    await house.go_live(operator, turn)
    await operator.must("floor.take", turn=turn["turn"])
    for _ in range(house.PATIENCE):
        await speaker.stream(0.5, *halls)
        if all([hall.heard().get(speaker.number) for hall in halls]):
            return turn, speaker, *halls
    raise AssertionError("not all hear the speaker")


async def test_nobody_is_sent_what_he_did_not_say_he_receives(coordinator, relay):
    """A site proves its key once with another's address, and asks for all of the program again."""
    _, speaker, insider = await on_air(coordinator, INSIDER)
    insider.answers = False
    victim = stranger()
    sent = 0
    for _ in range(4):
        datagram = insider.srtp.seal_rtcp(insider.empty_report())
        victim.sendto(datagram, insider.to)
        sent += len(datagram) + HEADERS
        await speaker.stream(1)
    number, size = came(victim)
    assert number > 0 and size <= 3 * sent
    victim.close()


async def test_a_copy_that_comes_first_steals_nothing(coordinator, relay):
    """Each packet of a site comes as a copy from elsewhere before it comes itself. Then the site really moves."""
    _, speaker, hall = await on_air(coordinator, LISTENER)
    thief, moved = stranger("127.0.0.7"), stranger("127.0.0.8")
    hall.heard()
    plain, stolen = hall.send, 0

    def copied(datagram):
        nonlocal stolen
        thief.sendto(datagram, hall.to)
        stolen += len(datagram) + HEADERS
        plain(datagram)

    hall.send = copied
    for _ in range(100):
        hall.keepalive()
        await speaker.stream(0.02)
        hall.pending += hall.datagrams()
    assert hall.heard()[speaker.number] >= 180
    number, size = came(thief)
    assert number > 0 and size <= 3 * stolen
    hall.send = plain
    await speaker.stream(1.1, hall)
    hall.heard()
    hall.udp.close()
    hall.udp = moved
    hall.keepalive()
    await speaker.stream(0.5, hall)
    assert hall.heard()[speaker.number] >= 30
    thief.close()


async def test_a_stranger_who_writes_all_numbers_raises_no_alarm(coordinator, relay):
    _, speaker, _ = await on_air(coordinator, LISTENER)
    await speaker.stream(1)
    before = coordinator.get("/api/v1/meeting")
    numbers = [site["number"] for site in before["sites"]]
    one, refused = stranger(), coordinator.metric("diemcau_relay_auth_failures_total")
    for i in range(100):
        for number in numbers:
            one.sendto(rtp(number << 3, i, i, 96) + bytes(30), ("127.0.0.1", relay))
        await speaker.stream(0.04)
    await speaker.stream(1.5)
    after = coordinator.get("/api/v1/meeting")
    assert not [alarm for alarm in after["alarms"] if alarm["kind"] == "media_auth_failures"]
    assert after["seq"] - before["seq"] < 5
    assert coordinator.metric("diemcau_relay_auth_failures_total") - refused == 100 * len(numbers)
    one.close()


async def test_a_stranger_behind_the_same_address_keeps_no_site_out(coordinator, relay):
    """He sends in its name, as loud as a voice or a picture is; the site has another port, as after its translator of
    addresses was restarted, and says so once a second."""
    _, speaker, hall = await on_air(coordinator, LISTENER)
    one, moved, end = stranger("127.0.0.1"), stranger("127.0.0.1"), time.monotonic() + 6
    hall.heard()
    hall.udp.close()
    hall.udp, said, back = moved, 0, False
    while not back and time.monotonic() < end:
        for i in range(100):
            one.sendto(rtp(hall.number << 3, i, i, 96) + bytes(30), hall.to)
        if time.monotonic() % 1 > 0.5 and time.monotonic() - said > 0.9:  # late in a second of the relay's clock
            hall.keepalive()
            said = time.monotonic()
        speaker.send_media()
        await asyncio.sleep(0.02)
        back = bool(hall.heard().get(speaker.number))
    assert back
    one.close()


async def test_one_listener_costs_the_speaker_a_key_frame_every_two_seconds(coordinator, relay):
    """By asking for it, and by a new address with each packet."""
    _, speaker, hall = await on_air(coordinator, LISTENER)
    other = stranger("127.0.0.1")
    await speaker.stream(4, hall)
    speaker.keyframes, seconds = 0, 6
    for i in range(seconds * 25):
        hall.udp, other = other, hall.udp
        hall.want_keyframe()
        if i % 25 == 0:
            speaker.keepalive()
        await speaker.stream(0.04, hall)
    assert 1 <= speaker.keyframes <= 3 + seconds / 2 + 1
    other.close()


LARGE = KEYFRAME + struct.pack("!H", 1098) + b"\x65" + bytes(1097)


async def flood(speaker, hall, seconds, packets_per_second):
    """A camera of 1150 bytes a packet, each a key frame; returns the bits a second that the hall was sent."""
    heard = bits = 0
    begun = time.monotonic()
    for i in range(seconds * 50):
        for _ in range(packets_per_second // 50):
            speaker.sequence += 1
            header = rtp(speaker.number << 3 | CAMERA, speaker.sequence, i * 1800, 96)
            speaker.send(speaker.srtp.seal(header, LARGE))
        if i % 25 == 0:
            speaker.keepalive()
            hall.keepalive()
        speaker.datagrams()
        for packet in hall.datagrams():
            heard += not is_rtcp(packet)
            bits += len(packet) * 8
        await asyncio.sleep(0.02)
    assert heard
    return bits / (time.monotonic() - begun)


async def test_a_site_that_sends_too_much_is_cut_down_and_then_off(coordinator, relay):
    """What a hall is sent, what the board says, and that it is good again when the site behaves."""
    turn, speaker, hall = await on_air(coordinator, LISTENER)
    assert await flood(speaker, hall, 4, 3000) < 10e6  # of 28
    site = coordinator.site(turn["site"])
    assert site["media"] == "degraded" and "rate_exceeded" in site["signs"]
    for _ in range(20):
        if coordinator.site(turn["site"])["media"] == "silent":
            break
        with contextlib.suppress(AssertionError):
            await flood(speaker, hall, 1, 3000)
    assert coordinator.site(turn["site"])["media"] == "silent"
    for _ in range(20):
        await speaker.stream(1, hall)
        if coordinator.site(turn["site"])["media"] == "good":
            break
    assert coordinator.site(turn["site"])["media"] == "good"
    await speaker.stream(1, hall)
    assert "rate_exceeded" not in coordinator.site(turn["site"])["signs"]
