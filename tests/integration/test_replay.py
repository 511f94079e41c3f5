"""A closed meeting is played: what people saw then is seen again, and nothing of it is changed."""
import asyncio
import copy
import hashlib
import json
import os
import pathlib
import subprocess

import pytest

import house
from house import free_port, open_meeting, relay_report, remote_turn

MOMENT = 0.4  # between two things, so that a moment lies between their events


class Replay:
    """`replay` of an installation, which is asked as if it were a coordinator."""

    def __init__(self, original, *words):
        self.played = copy.copy(original)
        self.played.port, self.played._session = free_port(), None
        self.command = [house.BIN / "diemcau-coordinator", "replay", original.folder, *map(str, words),
                        "--listen", f"127.0.0.1:{self.played.port}"]

    def __enter__(self):
        played = self.played
        played.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, stderr=played.log.open("a"), text=True)
        line = played.process.stdout.readline()
        assert line == f"port {played.port}\n", played.log.read_text()
        return played

    def __exit__(self, *_):
        assert self.played.stop() == 0


def refused(*words):
    done = subprocess.run([house.BIN / "diemcau-coordinator", "replay", *map(str, words)], capture_output=True, text=True,
                          timeout=60, check=False)
    assert done.returncode == 1 and "port" not in done.stdout, done
    return done.stderr


def content(folder):
    """Every file of a folder: what is in it, and when it was written."""
    return {str(path.relative_to(folder)): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
            for path in sorted(folder.rglob("*")) if path.is_file()}


async def seen(coordinator, moments):
    """What the board shows now, when no event is under way."""
    await asyncio.sleep(MOMENT)
    before = coordinator.get("/api/v1/meeting")
    await asyncio.sleep(MOMENT)
    assert coordinator.get("/api/v1/meeting")["seq"] == before["seq"], "a quiet moment"
    moments.append(before)


async def hold(coordinator):
    """A short meeting, from the first site to its end; what the board showed at five moments of it."""
    moments = []
    operator = await coordinator.peer()
    turn = remote_turn(operator)
    site = await coordinator.peer("site", turn["site"])
    relay = await coordinator.peer("relay")
    await relay.send(relay_report([(site.first["number"], "good")]))
    await operator.must("meeting.assemble")
    await seen(coordinator, moments)
    await open_meeting(operator, turn)
    await operator.must("floor.take", turn=turn["turn"])
    await seen(coordinator, moments)
    await operator.must("floor.extend", turn=turn["turn"], by=60_000)
    await operator.must("mic.lock_all", locked=True)
    await seen(coordinator, moments)
    await operator.must("mic.lock_all", locked=False)
    await operator.must("floor.release", turn=turn["turn"])
    await seen(coordinator, moments)
    await operator.must("meeting.close")
    await seen(coordinator, moments)
    for peer in (operator, site, relay):
        await peer.close()
    return moments


@pytest.fixture
def installation(make):
    return make()


async def jump(peer, at):
    """Steers a replay to a time; what it is welcomed with there."""
    await peer.send({"type": "steer", "how": "time", "at": at})
    welcome = await peer.until("welcome")
    told = await peer.until("replay")
    assert (told["at"], told["seq"]) == (welcome["at"], welcome["seq"])
    return welcome["snapshot"]


async def test_every_moment_is_seen_again_and_no_file_changes(installation):
    moments = await hold(installation.start())
    installation.stop()
    before = content(installation.folder / "meetings")
    with Replay(installation) as played:
        watcher = await played.peer()
        told = await watcher.until("replay")
        assert (told["rate"], told["speed"]) == (0, 1)
        # Forwards, then backwards, where all is folded again.
        for moment in [*moments, *reversed(moments)]:
            shown = await jump(watcher, moment["at"])
            assert {**shown, "at": 0} == {**moment, "at": 0}
            assert played.get("/api/v1/meeting") == moment
        assert (await jump(watcher, told["begins"]))["meeting"]["state"] == "assembling"
        assert moments[0]["at"] < told["marks"][0]["at"] < moments[1]["at"]  # the item that was started
        await watcher.close()
    assert content(installation.folder / "meetings") == before


async def test_it_goes_at_its_rate_and_stands(installation):
    moments = await hold(installation.start())
    installation.stop()
    with Replay(installation, "--speed", 4) as played:
        watcher = await played.peer()
        told = await watcher.until("replay")
        assert (told["rate"], told["speed"]) == (0, 4)

        async def time():
            await watcher.send({"type": "ping", "t": 1})
            return await watcher.until("pong")

        stands = await time()
        assert stands["rate"] == 0 and stands["at"] == told["begins"]
        await asyncio.sleep(MOMENT)
        assert (await time())["at"] == told["begins"]
        await jump(watcher, moments[1]["at"])
        await watcher.send({"type": "steer", "how": "go_on"})
        assert (await watcher.until("replay"))["rate"] == 4
        begun = await time()
        assert begun["rate"] == 4
        # What happened is told as events and updates, in their order, and the clock has gone four times as far.
        event = await watcher.until("event", name="floor.extended")
        await watcher.until("update")
        assert event["at"] > moments[1]["at"]
        here = asyncio.get_running_loop().time()
        one = await time()
        await asyncio.sleep(0.2)
        other = await time()
        gone = 1000 * (asyncio.get_running_loop().time() - here)
        assert 4 * 200 <= other["at"] - one["at"] <= 4 * gone + 8
        await watcher.send({"type": "steer", "how": "speed", "speed": 60})
        assert (await watcher.until("replay"))["rate"] == 60
        # At the closing it stops by itself; what people see is the closed meeting.
        end = await watcher.until("replay", rate=0)
        assert end["at"] == end["ends"]
        assert played.get("/api/v1/meeting")["meeting"]["state"] == "closed"
        await watcher.close()


async def test_events_are_gone_to_one_by_one_and_the_log_does_not_know_what_comes(installation):
    moments = await hold(installation.start())
    installation.stop()
    with Replay(installation) as played:
        watcher = await played.peer()
        await watcher.until("replay")
        await jump(watcher, moments[1]["at"])

        async def step(how):
            await watcher.send({"type": "steer", "how": how})
            return (await watcher.until("replay"))["seq"]

        def page():
            return [event["name"] for event in played.get("/api/v1/journal?from=1")["events"]]

        assert "floor.taken" in page() and "floor.extended" not in page()
        first = await step("next_event")
        assert page()[-1] == "floor.extended"
        assert await step("next_event") > first and page()[-1] == "mic.all_locked"
        assert await step("previous_event") == first and page()[-1] == "floor.extended"
        await watcher.close()


async def test_no_command_is_taken_from_anybody(installation):
    await hold(installation.start())
    installation.stop()
    before = content(installation.folder / "meetings")
    with Replay(installation) as played:
        operator = await played.peer()
        for name, args in (("meeting.reopen", {}), ("alarm.acknowledge", {"alarm": 1}), ("meeting.edit", {"name": "Khác"})):
            answer = await operator.command(name, **args)
            assert (answer["type"], answer["code"]) == ("refused", "replay"), answer
            assert "xem lại" in answer["text"]
        await operator.send({"type": "steer", "how": "time"})
        assert (await operator.until("refused"))["code"] == "invalid"
        for role, site in (("site", "ha-giang"), ("relay", None)):
            assert (await played.peer(role, site)).first["code"] == "replay"
        status, _, answer = played.http("/api/v1/uploads", "POST", {}, session=played.session)
        assert (status, json.loads(answer)["code"]) == (409, "replay"), answer
        await operator.close()
    assert content(installation.folder / "meetings") == before


async def test_a_meeting_that_is_held_is_not_steered(coordinator):
    operator = await coordinator.peer()
    await operator.send({"type": "steer", "how": "pause"})
    assert (await operator.until("refused"))["code"] == "wrong_state"
    await operator.send({"type": "ping", "t": 1})
    assert "rate" not in await operator.until("pong") and "rate" not in operator.first
    await operator.close()


async def test_a_viewer_sees_and_steers_without_what_is_not_for_it(installation):
    moments = await hold(installation.start())
    installation.stop()
    made = installation.command("account", "add", installation.folder, "khach", "--role", "viewer")
    password = made.stdout.split("password: ")[1].split()[0]
    with Replay(installation) as played:
        viewer = await played.peer(session=played.login("khach", password))
        await viewer.until("replay")
        shown = await jump(viewer, moments[2]["at"])
        assert "alarms" not in shown or shown["alarms"] == []
        assert shown["floor"] == moments[2]["floor"]
        await viewer.send({"type": "steer", "how": "go_on"})
        assert (await viewer.until("replay"))["rate"] == 1
        await viewer.until("event", name="floor.released")
        await viewer.until("update")
        await viewer.close()


async def test_an_archive_reaches_the_same_states_on_another_machine(installation, make, tmp_path):
    moments = await hold(installation.start())
    installation.stop()
    file = tmp_path / "meeting.zip"
    installation.command("meeting", "archive", installation.folder, "--to", file)
    elsewhere = make(plan="b", options=())
    elsewhere.command("meeting", "add", elsewhere.folder, file)
    id_ = next((elsewhere.folder / "meetings").iterdir()).name
    before, packed = content(elsewhere.folder / "meetings"), file.read_bytes()
    for words in ((id_,), ("--archive", file)):
        with Replay(elsewhere, *words) as played:
            watcher = await played.peer()
            await watcher.until("replay")
            for moment in reversed(moments):
                await jump(watcher, moment["at"])
                assert played.get("/api/v1/meeting") == moment
            await watcher.close()
    assert content(elsewhere.folder / "meetings") == before and file.read_bytes() == packed
    file.write_bytes(packed[:-100])
    assert "is no archive of a meeting" in refused(elsewhere.folder, "--archive", file)


async def test_one_that_is_served_is_played_beside_it_and_one_under_way_is_not(installation):
    installation.start()
    assert "only a closed meeting is played" in refused(installation.folder)
    moments = await hold(installation)
    with Replay(installation) as played:
        watcher = await played.peer()
        await watcher.until("replay")
        await jump(watcher, moments[1]["at"])
        assert played.get("/api/v1/meeting") == moments[1]
        assert installation.get("/api/v1/meeting")["meeting"]["state"] == "closed"
        await watcher.close()
    installation.stop()
    assert "there is no meeting 2001-01-01" in refused(installation.folder, "2001-01-01")


async def test_what_a_crash_has_left_is_played_and_left(installation):
    moments = await hold(installation.start())
    installation.kill()
    log = installation.journal.with_name("journal.sqlite-wal")
    assert log.stat().st_size > 0, "a log that was not folded"
    before = content(installation.folder / "meetings")
    with Replay(installation) as played:
        watcher = await played.peer()
        await watcher.until("replay")
        await jump(watcher, moments[-1]["at"])
        assert played.get("/api/v1/meeting") == moments[-1]
        await watcher.close()
    assert content(installation.folder / "meetings") == before


def copy_of(process):
    """The folder in /tmp in which a replay reads."""
    links = (os.readlink(link) for link in pathlib.Path(f"/proc/{process.pid}/fd").iterdir())
    return next(pathlib.Path(link) for link in links if link.startswith("/tmp/diemcau-replay-") and pathlib.Path(link).is_dir())


async def test_what_a_killed_replay_has_left_is_removed_by_the_next_and_nothing_else(installation):
    if os.getuid() != 0:
        pytest.skip("the program shows its descriptors to root alone")
    await hold(installation.start())
    installation.stop()
    with Replay(installation) as lives:
        killed = Replay(installation).__enter__()
        left, used = copy_of(killed.process), copy_of(lives.process)
        killed.kill()
        assert left.is_dir() and left != used
        with Replay(installation) as played:
            assert not left.exists() and used.is_dir() and copy_of(played.process).is_dir()
    assert not used.exists()
