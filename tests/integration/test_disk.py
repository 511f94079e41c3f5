"""Disks that fail, fill and stall under the journal: nothing acknowledged is lost, nobody dropped."""
import asyncio
import contextlib
import os
import resource
import sqlite3
import subprocess
import time

import pytest

import house

SHIM = os.environ.get("DIEMCAU_FAILING_SYNC", str(house.BIN.parent / "lib/failing_sync.so"))


@pytest.fixture
def faulty(make, tmp_path):
    """A coordinator whose disk fails while `failing` exists and stalls while `stalled` does."""
    if not os.path.exists(SHIM):
        pytest.skip("not built with the shim")
    coordinator = make(env={**house.preloaded(SHIM), "FAILING_SYNC": str(tmp_path / "failing"),
                            "STALLED_SYNC": str(tmp_path / "stalled")})
    return coordinator.start()


async def test_a_failed_commit_ends_the_process_and_loses_nothing(faulty, tmp_path):
    operator = await faulty.peer()
    await operator.must("meeting.assemble")
    await operator.must("message.send", text="kept")
    (tmp_path / "failing").touch()
    await operator.send({"type": "command", "id": "c1", "name": "message.send",
                         "args": {"text": "perhaps"}})
    assert await operator.closed() == "storage"
    assert not any(m["type"] == "accepted" and m["id"] == "c1" for m in operator.seen)
    assert faulty.process.wait(timeout=10) == 1
    (tmp_path / "failing").unlink()
    faulty.start()
    again = await faulty.peer(name=operator.instance)
    answer = await again.command("message.send", id_="c1", text="perhaps")
    assert answer["type"] == "accepted"
    texts = [m["text"] for m in (await faulty.peer()).first["snapshot"]["messages"]]
    assert texts == ["kept", "perhaps"]


async def test_a_stalled_disk_delays_answers_and_drops_nobody(faulty, tmp_path):
    operator = await faulty.peer()
    site = await faulty.peer("site", "ha-noi")
    await operator.must("meeting.assemble")
    (tmp_path / "stalled").touch()
    for i in range(3):
        await operator.send({"type": "command", "id": f"c{i}", "name": "message.send",
                             "args": {"text": str(i)}})
    begun = time.monotonic()
    while time.monotonic() - begun < 6:  # longer than a silent peer is borne with
        await operator.send({"type": "ping", "t": 1})
        await operator.until("pong", timeout=5)
        assert faulty.http("/healthz")[0] == 200
        await asyncio.sleep(0.5)
    assert not any(m["type"] == "accepted" and m["id"] == "c0" for m in operator.seen)
    (tmp_path / "stalled").unlink()
    for i in range(3):
        await operator.until("accepted", id=f"c{i}")
    await site.must("site.mute", site="ha-noi", muted=True)


async def test_a_promotion_is_for_the_spare_it_meant(faulty, tmp_path):
    """It is on its way to the disk when the holder goes, the spare takes over and a third waits."""
    operator = await faulty.peer()
    one = await faulty.peer("site", "ha-noi")
    two = await faulty.peer("site", "ha-noi")
    await operator.until("event", name="site.spared")
    await two.until("site_desired")
    (tmp_path / "stalled").touch()
    await operator.send({"type": "command", "id": "c1", "name": "site.promote",
                         "args": {"site": "ha-noi"}})
    await operator.send({"type": "ping", "t": 1})
    await operator.until("pong")
    one.cut()
    await two.until("site_desired")
    three = await faulty.peer("site", "ha-noi")
    assert three.first["spare"] is True
    (tmp_path / "stalled").unlink()
    await operator.until("accepted", id="c1")
    await two.must("site.mute", site="ha-noi", muted=True)
    refused = await three.command("site.mute", site="ha-noi", muted=False)
    assert refused["code"] == "spare"


def die_over_a_plan(coordinator, room=40 * 1024):
    """Its process dies over a disk without room while it takes its plan in; how much was kept."""
    died = subprocess.run(
        [house.BIN / "diemcau-coordinator", "run", coordinator.folder, "--plan", coordinator.plan,
         "--listen", "127.0.0.1:0"], capture_output=True, timeout=20, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)))
    assert died.returncode != 0
    assert not (coordinator.folder / "current").exists()
    made = coordinator.folder / "meetings/.new/journal.sqlite"
    if not made.exists():
        return 0
    with contextlib.closing(sqlite3.connect(made)) as journal:
        return journal.execute("SELECT count(*) FROM event").fetchone()[0]


def test_a_plan_that_was_taken_in_by_half_is_no_meeting(make):
    """Then there is room. How many events are committed at once, perhaps none before it dies, is the
    machine's to say: it is tried until there is a half."""
    whole = make().start().get("/api/v1/meeting")
    coordinator = next(one for one in (make() for _ in range(20)) if die_over_a_plan(one) > 0)
    meeting = coordinator.start().get("/api/v1/meeting")
    for part in ("sites", "items", "turns"):
        assert len(meeting[part]) == len(whole[part]), part
    assert [path.name for path in (coordinator.folder / "meetings").iterdir()] == ["2022-07-15"]


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", folder],
                      capture_output=True, check=False).returncode:
        pytest.skip("may not mount")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


async def answered(coordinator, operator, id_):
    """Is this command accepted, or does the disk take no more?"""
    while True:
        with contextlib.suppress(asyncio.TimeoutError):
            await operator.until("accepted", timeout=0.2, id=id_)
            return True
        if coordinator.metric("diemcau_journal_stalled") == 1:
            return False


async def test_a_full_disk_refuses_clearly_and_goes_on_when_there_is_room(small_disk):
    coordinator = house.Coordinator(small_disk / "coordinator").start()
    try:
        operator = await coordinator.peer()
        await operator.must("meeting.assemble")
        filler = small_disk / "filler"
        subprocess.run(["dd", "if=/dev/zero", f"of={filler}", "bs=4k"], capture_output=True,
                       check=False)
        accepted = []
        while coordinator.metric("diemcau_journal_stalled") == 0:
            id_ = f"c{len(accepted)}"
            await operator.send({"type": "command", "id": id_, "name": "message.send",
                                 "args": {"text": "x" * 400 + id_}})
            if await answered(coordinator, operator, id_):
                accepted.append(id_)
        refused = await operator.command("message.send", text="full")
        assert (refused["type"], refused["code"]) == ("refused", "storage")
        filler.unlink()
        await operator.until("accepted", id=f"c{len(accepted)}")
        await operator.must("message.send", text="room again")
        coordinator.kill()
        coordinator.start()
        sent = [e for e in coordinator.get("/api/v1/journal?from=80")["events"]
                if e["name"] == "message.sent"]
        assert len(sent) == len(accepted) + 2
    finally:
        coordinator.kill()
