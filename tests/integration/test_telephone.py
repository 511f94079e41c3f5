"""A speaker by telephone: real endpoints, relay and coordinator. What a third site recorded says whom it heard and saw."""
import asyncio
import json
import signal
import statistics
import subprocess
import time

import pytest

import house

VENUE, CUT, LINE, OTHER = "tinh", "binh-tan", "tra-on", "long-ho"
TALK = 4
ENOUGH = 0.9
CLOCK = 1 << 24  # the stamp's clock wraps there


class Endpoint:
    def __init__(self, coordinator, folder, name):
        self.number = coordinator.join(name)["number"]
        self.file, self.log = folder / f"{name}.mkv", (folder / f"{name}.log").open("w")
        self.process = subprocess.Popen(
            [house.BIN / "diemcau-endpoint", "--join", coordinator.folder / "join" / f"{name}.json", "--camera", "test",
             "--voice", "test", "--size", "360p15", "--program", f"file:{self.file}", "--panel", "off"],
            stdout=self.log, stderr=self.log)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=15)

    def read(self):
        """Sound and pictures by the wall clock in ms, from the stamps of the pictures."""
        out = subprocess.run([house.BIN / "diemcau-av-check", self.file], check=True, capture_output=True,
                             text=True, timeout=120).stdout
        lines = [json.loads(line) for line in out.splitlines()]
        now = int(time.time() * 1000)
        base = now - now % CLOCK
        middle = statistics.median(base + stamp[2] - line["ms"] for line in lines
                                   for stamp in line.get("pictures", {}).values())
        offset = middle - CLOCK if middle > now else middle
        self.sound = [(line["ms"] + offset, line["voices"] or []) for line in lines if "voices" in line]
        self.pictures = [(line["ms"] + offset, line["pictures"].get("whole")) for line in lines if "pictures" in line]

    def share_heard(self, span, numbers):
        heard = [voices for ms, voices in self.sound if span[0] < ms < span[1]]
        return sum(voices == numbers for voices in heard) / max(1, len(heard))

    def share_seen(self, span, number):
        seen = [stamp and stamp[0] for ms, stamp in self.pictures if span[0] < ms < span[1]]
        return sum(one == number for one in seen) / max(1, len(seen))


@pytest.fixture
def endpoints(make, tmp_path):
    coordinator = make(plan="b", options=("--speed", "1")).start()
    log = (tmp_path / "relay.log").open("w")
    relay = subprocess.Popen([house.BIN / "diemcau-relay", "--join", coordinator.folder / "join/relay.json",
                              "--listen", "127.0.0.1:0"], stdout=log, stderr=log)
    opened = {name: Endpoint(coordinator, tmp_path, name) for name in (VENUE, CUT, LINE, OTHER)}
    yield coordinator, opened
    for endpoint in opened.values():
        if endpoint.process.poll() is None:
            endpoint.process.kill()
            endpoint.process.wait()
    relay.terminate()
    relay.wait()


def are_good(coordinator, names):
    return all(site["media"] == "good" for site in coordinator.get("/api/v1/meeting")["sites"] if site["site"] in names)


async def test_who_is_cut_off_is_heard_by_telephone(endpoints):
    coordinator, sites = endpoints
    operator = await coordinator.peer()
    await operator.must("meeting.assemble")
    await operator.must("meeting.open")
    await house.until("their media are good", lambda: are_good(coordinator, sites), 3 * house.PATIENCE)
    await operator.must("item.start", item="06")
    turn = next(one for one in operator.first["snapshot"]["turns"] if one["site"] == CUT)
    await operator.must("floor.take", turn=turn["turn"])
    await asyncio.sleep(TALK)
    sites[CUT].process.kill()  # in the middle of the speech
    await house.until("it is interrupted", lambda: next(
        one for one in coordinator.get("/api/v1/meeting")["turns"] if one["turn"] == turn["turn"])["state"] == "interrupted")
    await operator.must("turn.telephone", turn=turn["turn"], at=LINE, note="máy lẻ 101")
    await operator.must("floor.resume", turn=turn["turn"])
    begun = time.time() * 1000
    await asyncio.sleep(TALK)
    ended = time.time() * 1000
    await operator.must("floor.release", turn=turn["turn"])
    await asyncio.sleep(2)
    assert sites[OTHER].stop() == sites[LINE].stop() == sites[VENUE].stop() == 0
    spoken = (begun + 1500, ended - 200)
    for name in (OTHER, VENUE):
        sites[name].read()
        assert sites[name].share_heard(spoken, [sites[LINE].number]) > ENOUGH, name
        assert sites[name].share_seen(spoken, None) > ENOUGH, name  # the slate has no stamp
    speech = next(one for one in coordinator.get("/api/v1/minutes")["speeches"] if one["turn"] == turn["turn"])
    assert speech["telephone"] and speech["site"] == CUT
    assert [stretch.get("telephone", False) for stretch in speech["stretches"]] == [False, True]
