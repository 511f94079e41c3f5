"""A break of plan B: every site counts down to the same moment, and the bell rings in every hall, once each time."""
import array
import asyncio
import math
import signal
import subprocess

import pytest

import house
from conference import Conference

SPEED, LENGTH, AHEAD = 60, 15_000, 5_000  # a quarter of an hour at this speed, and what the bell keeps ahead
HALL, WATCHED, LATE = "binh-tan", "tinh", "tra-on"
SITES = 9
GUARD = 5
BELL_HZ, OTHER_HZ, RATE, WINDOW = 880, 1320, 48_000, 2400
APART = 0.5  # seconds: a stroke that begins within a window is louder in the next one
LOUD = 0.06  # of full scale; the stroke of the bell has about three times that


@pytest.fixture
def held(make, tmp_path):
    conference = Conference(make(plan="b", options=("--speed", str(SPEED))).start(), tmp_path)
    yield conference
    conference.end()


def level(samples, hz):
    """Goertzel's algorithm, as endpoint/media/common/voice_tone.c."""
    coefficient, before, last = 2 * math.cos(2 * math.pi * hz / RATE), 0.0, 0.0
    for sample in samples:
        before, last = last, sample / 32768 + coefficient * last - before
    return 2 * math.sqrt(max(0.0, last * last + before * before - coefficient * last * before)) / len(samples)


def strokes(file):
    """When a stroke of the bell began in the sound of a recording, in seconds."""
    raw = file.with_suffix(".raw")
    subprocess.run(["gst-launch-1.0", "-q", "filesrc", f"location={file}", "!", "matroskademux", "!", "opusdec", "!",
                    "audioconvert", "!", "audioresample", "!", f"audio/x-raw,format=S16LE,rate={RATE},channels=1", "!",
                    "filesink", f"location={raw}"], check=True, timeout=120)
    sound = array.array("h", raw.read_bytes())
    found, before = [], 0.0
    for at in range(0, len(sound) - WINDOW, WINDOW):
        now = level(sound[at:at + WINDOW], BELL_HZ)
        begun = not found or at / RATE - found[-1] > APART
        if begun and now > LOUD and now > 2 * before and now > 3 * level(sound[at:at + WINDOW], OTHER_HZ):
            found.append(at / RATE)
        before = now
    return found


async def heard(peer, bell):
    """Until every site has said that this bell sounded there."""
    waiting = {site["site"] for site in peer.first["snapshot"]["sites"]} - {WATCHED, LATE}
    while waiting:
        told = await peer.until("telemetry")
        waiting -= {site["site"] for site in told["sites"] if site.get("bell") == bell}


async def test_a_break_is_counted_down_and_rung_for(held, tmp_path):
    coordinator, file = held.coordinator, tmp_path / "hall.mkv"
    held.begin("--except", ",".join((HALL, WATCHED, LATE)))
    hall = held.start("diemcau-endpoint", "--join", coordinator.folder / "join" / f"{HALL}.json", "--camera", "test",
                      "--voice", "test", "--size", "360p15", "--panel", "off", "--program", f"file:{file}")
    operator, site = await coordinator.peer(), await coordinator.peer("site", WATCHED)
    await operator.must("meeting.assemble")
    await operator.must("meeting.open")
    await operator.must("item.edit", item="07", clear=["fixed_end"])  # it ends by its length, wherever it begins
    await house.until("all are there", lambda: sum(
        one["link"] == "online" for one in held.meeting()["sites"]) == SITES - 1, 2 * house.PATIENCE)
    await operator.must("item.start", item="07")
    told = await site.until("site_desired", item="Nghỉ giải lao")
    begun = operator_at(coordinator, "item.started")
    assert told["scene"]["layout"] == "slate" and told["pause"]["kind"] == "break"
    assert (told["pause"]["ends"], told["pause"]["bell"]) == (begun + LENGTH, begun + LENGTH - AHEAD)
    messages = len(site.seen)
    await heard(operator, 1)
    await heard(operator, 2)
    rung = [(at, data) for _, at, _, name, data in house.events(coordinator) if name == "bell.rung"]
    assert [data for _, data in rung] == [
        {"bell": 1, "reason": "break_ending", "item": "07"}, {"bell": 2, "reason": "break_over", "item": "07"}]
    assert 0 <= rung[0][0] - (begun + LENGTH - AHEAD) < 500 and 0 <= rung[1][0] - (begun + LENGTH) < 500
    # it counted down without a message each second
    with pytest.raises(asyncio.TimeoutError):
        while True:
            await site.receive(0.5)
    assert len([one for one in site.seen[messages:] if one["type"] == "site_desired"]) < 8
    view = coordinator.get("/api/v1/meeting")["bell"]
    assert view["last"]["bell"] == 2 and view["item"] == "07" and "next" not in view
    # who comes long after a bell is told of it, and not asked to ring
    late = await coordinator.peer("site", LATE)
    old = await late.until("site_desired")
    assert old["bell"]["bell"] == 2
    refused = await operator.command("bell.hold", held=False)
    assert refused["code"] == "already"
    assert (await operator.command("bell.ring"))["code"] == "too_soon"  # not into the sound of the last
    await asyncio.sleep(GUARD)
    await operator.must("bell.ring")
    await heard(operator, 3)
    await asyncio.sleep(4)
    hall.send_signal(signal.SIGTERM)
    assert hall.wait(15) == 0
    found = strokes(file)
    assert len(found) == 9, found  # three bells of three strokes
    assert 4 < found[3] - found[0] < 6.5, found  # as long as the bell keeps ahead of the end
    minutes = str(coordinator.get("/api/v1/minutes"))
    assert "bell" not in minutes
    rest = next(item for item in coordinator.get("/api/v1/minutes")["items"] if item["item"] == "07")
    assert "started" in rest


def operator_at(coordinator, event):
    """The instant of the last event of this name."""
    return [at for _, at, _, name, _ in house.events(coordinator) if name == event][-1]
