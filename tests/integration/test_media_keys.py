"""Who holds a media key, for how long, and what it is good for: real coordinator, real relay, and sites whose
packets are made here."""
import asyncio
import subprocess

import pytest

import house
from srtp_site import Srtp, SrtpSite

LISTENER = "ca-mau"


class Relay:
    def __init__(self, coordinator):
        self.words = [house.BIN / "diemcau-relay", "--join", coordinator.folder / "join/relay.json",
                      "--listen", f"127.0.0.1:{house.free_port()}"]
        self.log = (coordinator.folder / "relay.log").open("a")
        self.process = None

    def start(self):
        self.process = subprocess.Popen(self.words, stderr=self.log)

    def kill(self):
        if self.process:
            self.process.kill()
            self.process.wait()


@pytest.fixture
def relay(coordinator):
    one = Relay(coordinator)
    one.start()
    yield one
    one.kill()


async def on_air(coordinator):
    """One speaks and is seen and heard by another: (operator, turn, speaker, hall)."""
    operator = await coordinator.peer()
    turn = house.remote_turn(operator)
    speaker = await SrtpSite(coordinator, turn["site"]).come()
    hall = await SrtpSite(coordinator, LISTENER).come()
    await speaker.stream(1, hall)
    await house.go_live(operator, turn)
    await operator.must("floor.take", turn=turn["turn"])
    for _ in range(house.PATIENCE):
        await speaker.stream(0.5, hall)
        if hall.heard().get(speaker.number):
            return operator, turn, speaker, hall
    raise AssertionError("nobody hears the speaker")


def end(*sites):
    for site in sites:
        site.end()


async def taken(coordinator, site):
    """The relay takes what it sends."""
    for _ in range(2 * house.PATIENCE):
        await site.stream(0.5)
        if coordinator.site(site.site)["media"] in ("good", "degraded"):
            return
    raise AssertionError(f"nothing of {site.site} is taken")


async def renewed(site, before):
    """The site has been told of another instance of the relay, and has a key for it."""
    await site.until(lambda: site.relay["instance"] != before)
    await site.make_key()
    await asyncio.sleep(0.5)
    site.keepalive()


async def test_what_was_recorded_is_nothing_to_the_next_relay(coordinator, relay):
    _, _, speaker, hall = await on_air(coordinator)
    await speaker.stream(1, hall)
    record, first = list(speaker.record), hall.relay["instance"]
    speaker.peer.cut()
    relay.kill()
    relay.start()
    await renewed(hall, first)
    hall.all()
    for packet in record:
        hall.udp.sendto(packet, hall.to)
        await asyncio.sleep(0.005)
        if len(hall.record) % 50 == 0:
            hall.keepalive()
    assert len(record) > 150
    assert hall.heard() == {}
    await house.until("he is silent", lambda: coordinator.site(speaker.site)["media"] == "silent")

    # Back, he first tells the key he had: it is passed over; what he sends under one for this relay is taken.
    old = speaker.srtp
    await speaker.come()
    await speaker.tell_key(old.text)
    await house.until("the key he had is passed over",
                lambda: coordinator.metric("diemcau_media_keys_refused_total") == 1)
    await taken(coordinator, speaker)
    end(speaker, hall)


NOTICED = 3  # seconds: the files are looked at every two


async def test_a_revoked_site_is_heard_and_hears_no_more(coordinator, relay):
    operator, turn, speaker, hall = await on_air(coordinator)
    group = hall.group()
    coordinator.command("site", "remove", coordinator.folder, speaker.site)
    await speaker.stream(NOTICED, hall)
    for site in (speaker, hall):
        site.all()
    await speaker.stream(2, hall)
    assert hall.heard(group, hall.group()) == {}
    assert hall.relay["group_key"] != group.text
    assert speaker.all() == [], "not a packet for it"
    assert coordinator.site(speaker.site)["media"] == "silent"
    names = [name for _, _, _, name, _ in house.events(coordinator)]
    assert "floor.interrupted" in names

    # It has the old group key, and listens on somebody else's line: nothing opens any more.
    await operator.command("floor.release", turn=turn["turn"])
    added = await operator.must("turn.add", list=turn["list"], site=hall.site, unit="u", topic="t",
                                allowance=300000, origin="operator")
    await hall.stream(1)
    await operator.must("floor.take", turn=added["turn"])
    other = await SrtpSite(coordinator, "ha-noi").come()
    await hall.stream(1, other)
    other.all()
    await hall.stream(1, other)
    wire = other.all()
    assert len(wire) > 50 and not any(Srtp(group.text).open(packet) for packet in wire)
    end(speaker, hall, other)


@pytest.mark.parametrize("word", ["remove", "reissue"])
async def test_revoked_while_the_coordinator_is_down(coordinator, relay, word):
    """Relay and site do not hear of it until there is a coordinator; then they part."""
    _, _, speaker, hall = await on_air(coordinator)
    before = hall.relay["group_key"]
    coordinator.kill()
    coordinator.command("site", word, coordinator.folder, speaker.site)
    await speaker.stream(1, hall)
    assert hall.heard().get(speaker.number), "media go on without control"
    coordinator.start()
    await hall.come()
    await hall.until(lambda: hall.relay["group_key"] != before)
    await speaker.stream(0.5, hall)
    for site in (speaker, hall):
        site.all()
    await speaker.stream(1, hall)
    assert hall.heard(Srtp(before), hall.group()) == {}
    assert speaker.all() == []
    if word == "reissue":
        await speaker.come()  # with its new join file
        await taken(coordinator, speaker)
    end(speaker, hall)


async def test_a_relay_whose_join_file_was_revoked_is_let_go(coordinator, relay):
    _, _, speaker, hall = await on_air(coordinator)
    mark, first = hall.desired["relay_credential"], hall.relay["instance"]
    coordinator.command("site", "reissue", coordinator.folder, "relay")
    await hall.until(lambda: "relay" not in hall.desired)
    assert hall.desired["relay_credential"] != mark
    relay.kill()
    relay.start()
    await hall.until(lambda: "relay" in hall.desired)
    assert hall.relay["instance"] != first
    end(speaker, hall)


async def test_a_receiver_led_astray_is_given_another_group_key(coordinator, relay):
    """Once for all that ask within a quarter of a minute; the speaker is heard throughout."""
    _, _, speaker, hall = await on_air(coordinator)
    first = hall.relay["group_key"]
    spent = house.report(version=hall.desired["version"], group_key_spent=True)
    for _ in range(3):
        await hall.peer.send(spent)
        await hall.until(lambda: hall.relay["group_key"] != first)
    second = hall.relay["group_key"]
    keys = Srtp(first), Srtp(second)
    hall.all()
    for _ in range(5):
        await speaker.stream(1, hall)
        await hall.peer.send(spent)
        assert hall.heard(*keys)[speaker.number] >= 80
    assert hall.relay["group_key"] == second
    await speaker.stream(0.2, hall)
    hall.all()
    await speaker.stream(0.5, hall)
    assert hall.heard(keys[1]).get(speaker.number, 0) >= 40, "in use by now"
    end(speaker, hall)
