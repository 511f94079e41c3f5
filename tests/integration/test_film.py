"""A film played by a real player, seen and heard at real sites: what they recorded says so."""
import asyncio
import json
import os
import signal
import subprocess

import pytest

import film_reel
import house

FILM, SHORT = "phóng sự dân vận.mp4", "phim ngắn.mp4"  # the first is that of the plan
NUMBER, SHORT_NUMBER = 60, 58  # on their stamps
SECONDS, SHORT_SECONDS = 10, 4
ENOUGH = 0.9
PLAYER, VENUE, REMOTE = "may-phat", "huyen", "thi-tran"


class Endpoint:
    def __init__(self, coordinator, folder, name, *sources):
        self.file, self.log = folder / f"{name}.mkv", (folder / f"{name}.log").open("a")
        self.process = subprocess.Popen(
            [house.BIN / "diemcau-endpoint", "--join", coordinator.folder / "join" / f"{name}.json", *sources,
             "--size", "360p15", "--panel", "off"], stdout=self.log, stderr=self.log, env=os.environ)

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(timeout=15)


@pytest.fixture
def open_endpoint(make, tmp_path):
    opened = []

    def build(coordinator, name, *sources):
        if not sources:
            sources = ("--camera", "test", "--voice", "test", "--program", f"file:{tmp_path / name}.mkv")
        opened.append(Endpoint(coordinator, tmp_path, name, *sources))
        return opened[-1]

    yield build
    for endpoint in opened:
        if endpoint.process.poll() is None:
            endpoint.process.kill()
            endpoint.process.wait()


@pytest.fixture
def coordinator(make):
    return make(plan="c", options=("--speed", "1")).start()


@pytest.fixture
def films(tmp_path):
    """The folder of a player, which has the short film alone; that of the plan lies beside it."""
    folder = tmp_path / "films"
    folder.mkdir()
    film_reel.make(tmp_path / FILM, NUMBER, SECONDS)
    film_reel.make(folder / SHORT, SHORT_NUMBER, SHORT_SECONDS)
    return folder


def meeting(coordinator):
    return coordinator.get("/api/v1/meeting")


def item(coordinator, name):
    return next(one for one in meeting(coordinator)["items"] if one["item"] == name)


def playback(coordinator, name):
    return item(coordinator, name).get("playback", {})


def alarms(coordinator):
    return [alarm["kind"] for alarm in meeting(coordinator)["alarms"]]


def are_good(coordinator, *names):
    return all(site["media"] == "good" for site in meeting(coordinator)["sites"] if site["site"] in names)


def read(endpoint):
    """Pictures as (ms, stamp of the whole screen or None), sound as (ms, numbers)."""
    out = subprocess.run([house.BIN / "diemcau-av-check", endpoint.file], check=True, capture_output=True,
                         text=True, timeout=120).stdout
    lines = [json.loads(line) for line in out.splitlines()]
    return ([(line["ms"], line["pictures"].get("whole")) for line in lines if "pictures" in line],
            [(line["ms"], line["voices"] or []) for line in lines if "voices" in line])


def share(values, wanted):
    return sum(wanted(value) for value in values) / max(1, len(values))


def assert_shown_and_played(endpoint, number, clocks):
    """From the first picture of a film to its last: nothing else, each place in it, and its sound alone."""
    pictures, sound = read(endpoint)
    of_film = [(ms, one[2]) for ms, one in pictures if one and one[0] == number]
    seen = sorted({clock for _, clock in of_film})
    assert share(clocks, lambda clock: clock in seen) > ENOUGH, (endpoint.file.name, seen)
    begin, end = of_film[0][0], of_film[-1][0]
    within = [one for ms, one in pictures if begin <= ms <= end]
    assert share(within, lambda one: bool(one) and one[0] == number) > ENOUGH, endpoint.file.name
    heard = [voices for ms, voices in sound if begin + 500 < ms < end - 500]
    assert share(heard, lambda voices: voices == [number]) > ENOUGH, (endpoint.file.name, heard)
    return pictures, end


async def test_a_film_is_seen_and_heard_everywhere(coordinator, relay, films, open_endpoint, tmp_path):
    player = open_endpoint(coordinator, PLAYER, "--films", films, "--program", "none")
    hall, remote = open_endpoint(coordinator, VENUE), open_endpoint(coordinator, REMOTE)
    operator = await coordinator.peer()
    await operator.must("meeting.assemble")
    # what is missing is told before its time
    await house.until("the missing film is told", lambda: "film_missing" in alarms(coordinator))
    (tmp_path / FILM).rename(films / FILM)
    await house.until("the player has it ready", lambda: playback(coordinator, "06").get("state") == "ready")
    assert abs(playback(coordinator, "06")["length"] - SECONDS * 1000) < 200
    await house.until("it is told no more", lambda: "film_missing" not in alarms(coordinator))
    await operator.must("item.insert", item="ngan", kind="film", title="Phim ngắn", lists=[], film=SHORT, before="06")
    await operator.must("meeting.open")
    await house.until("their media are good", lambda: are_good(coordinator, PLAYER, VENUE, REMOTE), 2 * house.PATIENCE)
    await house.until("the short film is ready", lambda: playback(coordinator, "ngan").get("state") == "ready")
    await operator.must("item.start", item="ngan")  # the one key
    await house.until("it is on air", lambda: playback(coordinator, "ngan").get("on_air"))
    await house.until("its end finishes the item", lambda: item(coordinator, "ngan")["state"] == "done")
    await asyncio.sleep(1.5)
    # the player dies in the middle of the other one, and comes back: it goes on where the film is by then
    await operator.must("item.start", item="06")
    await house.until("it plays", lambda: playback(coordinator, "06").get("state") == "playing")
    await asyncio.sleep(1.5)
    player.stop(signal.SIGKILL)
    await house.until("the hall is shown", lambda: not playback(coordinator, "06").get("on_air"))
    await asyncio.sleep(1.5)
    open_endpoint(coordinator, PLAYER, "--films", films, "--program", "none")
    await house.until("it is on air again", lambda: playback(coordinator, "06").get("on_air"))
    await house.until("its end finishes the item", lambda: item(coordinator, "06")["state"] == "done", 2 * house.PATIENCE)
    await asyncio.sleep(1)
    assert hall.stop() == remote.stop() == 0
    assert relay.poll() is None
    whole = range(0, SHORT_SECONDS * 1000, 1000)
    for endpoint in (hall, remote):
        pictures, end = assert_shown_and_played(
            endpoint, SHORT_NUMBER, [clock for clock in film_clocks(SHORT_SECONDS) if 500 < clock < whole.stop - 500])
        after = [one for ms, one in pictures if end + 700 < ms < end + 1200]
        assert share(after, lambda one: bool(one) and one[0] == 1) > ENOUGH or endpoint is hall
        of_film = sorted({one[2] for _, one in pictures if one and one[0] == NUMBER})
        before = [clock for clock in of_film if clock < 3000]
        behind = [clock for clock in of_film if clock > 3500]
        assert before and behind and behind[-1] > (SECONDS - 0.5) * 1000, of_film
        assert max(b - a for a, b in zip(of_film, of_film[1:])) > 1000, "it went on where it would have been"


def film_clocks(seconds):
    return [frame * 1000 // film_reel.FPS for frame in range(seconds * film_reel.FPS)]
