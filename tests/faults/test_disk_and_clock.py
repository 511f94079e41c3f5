"""A disk that turns read-only or stalls for ten seconds; a clock that is stepped; a reboot in mid-speech.

Full disks and failing fsync: tests/integration/test_disk.py.
"""
import asyncio
import contextlib
import os
import sqlite3
import subprocess
import time

import pytest

import rig
from rig import house, report_figures

WORLD = os.environ.get("DIEMCAU_WORLD", str(rig.LIB / "world.so"))
STALL_SECONDS = 10
HOUR_MS = 3600 * 1000


@pytest.fixture
def begin(tmp_path):
    """Begins a coordinator in a world that a test can make worse by files in its folder."""
    begun = []

    def build(shim=WORLD, folder=tmp_path / "coordinator", **how):
        env = {**house.preloaded(shim), "READONLY_DISK": str(tmp_path / "readonly"),
               "STEPPED_CLOCK": str(tmp_path / "step"), "STALLED_SYNC": str(tmp_path / "stalled"),
               "FAILING_SYNC": str(tmp_path / "failing")}
        begun.append(house.Coordinator(folder, env=env, **how).start())
        return begun[-1]

    yield build
    for coordinator in begun:
        coordinator.kill()


def run(test):
    asyncio.run(asyncio.wait_for(test, 60))


def test_a_disk_that_turns_read_only(begin, tmp_path):
    async def hold():
        coordinator = begin()
        operator, turn, _, _ = await house.speak(coordinator)
        (tmp_path / "readonly").touch()
        begun = time.monotonic()
        await operator.send({"type": "command", "id": "c1", "name": "message.send",
                             "args": {"text": "perhaps"}})
        assert await operator.closed() == "storage"
        assert not any(m["type"] == "accepted" and m["id"] == "c1" for m in operator.seen)
        status = coordinator.process.wait(timeout=10)
        ended = time.monotonic() - begun
        assert status == 1 and "<3>" in coordinator.log.read_text()
        (tmp_path / "readonly").unlink()
        coordinator.start()
        again = await coordinator.peer(name=operator.instance)
        assert again.first["snapshot"]["floor"]["turn"] == turn
        assert (await again.command("message.send", id_="c1", text="perhaps"))["type"] == "accepted"
        report_figures(exit_status=status, ended_after_s=round(ended, 2))
    run(hold())


def test_a_folder_that_cannot_be_written_is_refused_in_words(tmp_path):
    coordinator = house.Coordinator(tmp_path / "c")
    mounted = subprocess.run(["mount", "-o", "bind", coordinator.folder, coordinator.folder],
                             capture_output=True, check=False).returncode == 0
    if not mounted:
        pytest.skip("may not mount")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", coordinator.folder], check=True)
        refused = coordinator.command("run", coordinator.folder, "--plan", coordinator.plan,
                                      "--listen", "127.0.0.1:0", check=False)
    finally:
        subprocess.run(["umount", coordinator.folder], check=True)
    assert refused.returncode == 1 and "ead-only" in refused.stderr, refused.stderr


def test_a_disk_that_stalls_for_ten_seconds(begin, tmp_path):
    """Answers come late; nobody is dropped; pings, time and pages go on."""
    async def hold():
        coordinator = begin(shim=os.environ.get("DIEMCAU_FAILING_SYNC",
                                                str(rig.LIB / "failing_sync.so")))
        operator, turn, site, relay = await house.speak(coordinator)
        (tmp_path / "stalled").touch()
        begun, slowest = time.monotonic(), 0
        await operator.send({"type": "command", "id": "c1", "name": "floor.release",
                             "args": {"turn": turn}})
        while time.monotonic() - begun < STALL_SECONDS:
            for peer in (operator, site, relay):
                asked = time.monotonic()
                await peer.send({"type": "ping", "t": 1})
                await peer.until("pong", timeout=8)
                slowest = max(slowest, time.monotonic() - asked)
            assert coordinator.http("/healthz")[0] == 200
            await asyncio.sleep(0.4)
        assert not any(m["type"] == "accepted" and m["id"] == "c1" for m in operator.seen)
        told = [m for m in site.seen if m["type"] == "site_desired"]
        assert told[-1]["tally"] == "on_air", "nobody hears of what is not on disk"
        (tmp_path / "stalled").unlink()
        ended = time.monotonic()
        await operator.until("accepted", id="c1")
        await site.until("site_desired", tally="off")
        report_figures(stalled_s=STALL_SECONDS, slowest_pong_ms=round(slowest * 1000),
                       answer_after_ms=round((time.monotonic() - ended) * 1000))
    run(hold())


def spoken(events):
    """(by the timeline, by the wall clock) from take to release, in milliseconds."""
    taken = next((at, wall) for _, at, wall, name, _ in events if name == "floor.taken")
    released = next((at, wall) for _, at, wall, name, _ in events if name == "floor.released")
    return released[0] - taken[0], released[1] - taken[1]


@pytest.mark.parametrize("hours", [1, -1])
def test_a_clock_stepped_by_an_hour(begin, tmp_path, hours):
    async def hold():
        coordinator = begin(options=("--speed", "1"))
        before = now_ms()
        operator, turn, _, _ = await house.speak(coordinator)
        begun = now_ms()
        await asyncio.sleep(1)
        (tmp_path / "step").write_text(str(hours * 3600))
        await asyncio.sleep(2)
        ended = now_ms()
        await operator.must("floor.release", turn=turn)
        really = {"least": ended - begun, "most": now_ms() - before}
        events = house.events(coordinator)
        by_timeline, by_wall = spoken(events)
        assert is_between(by_timeline, really) and is_between(by_wall - hours * HOUR_MS, really)
        assert [e[1] for e in events] == sorted(e[1] for e in events), "one order"
        minutes = coordinator.get("/api/v1/minutes")
        speech = minutes["speeches"][0]
        started, until = speech["stretches"][0]["started"], minutes["until"]
        assert speech["spoken"] == until["at"] - started["at"]
        assert abs(speech["spoken"] - by_timeline) < 1000, "minutes are in whole seconds"
        assert abs(until["wall"] - started["wall"] - by_wall) < 1000, "the minutes show both clocks"
        report_figures(hours=hours, speech_by_timeline_ms=by_timeline, speech_by_wall_ms=by_wall,
                       really_ms=really)
    run(hold())


def now_ms():
    return round(time.monotonic() * 1000)


def is_between(span, really):
    """Somewhere within what the command before and the one behind it took, to a hundredth."""
    return really["least"] * 0.99 <= span <= really["most"] * 1.01


def set_other_boot(coordinator):
    with contextlib.closing(sqlite3.connect(coordinator.journal,
                                            isolation_level=None)) as journal:
        journal.execute("UPDATE meta SET value = '00000000-0000-0000-0000-000000000000' "
                        "WHERE key = 'boot_id'")


def test_a_reboot_in_the_middle_of_a_speech(begin):
    """The timeline's anchor is of another boot: time goes on by the wall clock, and it is marked."""
    async def hold():
        coordinator = begin(options=("--speed", "1"))
        before = now_ms()
        operator, turn, _, _ = await house.speak(coordinator)
        begun = now_ms()
        timer = (await coordinator.peer()).first["snapshot"]["floor"]["timer"]
        coordinator.kill()
        set_other_boot(coordinator)
        await asyncio.sleep(2)
        coordinator.start()
        ended = now_ms()
        again = await coordinator.peer()
        elapsed = again.first["at"] - timer["since"]
        really = {"least": ended - begun, "most": now_ms() - before}
        assert again.first["snapshot"]["floor"]["turn"] == turn
        assert is_between(elapsed, really)
        await again.must("floor.release", turn=turn)
        resumed = [d for _, _, _, name, d in house.events(coordinator) if name == "clock.resumed"]
        assert [d["source"] for d in resumed] == ["wall_clock"]
        minutes = coordinator.http("/api/v1/minutes", session=coordinator.session,
                                   Accept="application/json")[2].decode()
        assert "wall_clock" in minutes
        report_figures(elapsed_ms=elapsed, really_ms=really)
    run(hold())
