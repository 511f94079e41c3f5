"""Real endpoints, relay and coordinator: what was shown and played, read from the files of the programs.

Every test picture carries its site, source and clock, every test voice is a tone of its site's own
(tests/tools/av_check). Before the opening the centre calls sites, then three provinces speak one after another; the
files then say who saw and heard whom.
"""
import asyncio
import json
import signal
import statistics
import subprocess
import time

import pytest

import house

VENUE = "trung-tam"
ENOUGH = 0.9  # of the pictures and of the sound of a span
SETTLE = 1.5  # seconds after a take until the picture must be there, at every site
TAKE_SECONDS = 5
TALK_SECONDS = 4
CLOCK = 1 << 24  # the stamp's clock wraps there
FRAME_MS = 1000 / 15


class Site:
    """A real endpoint that records its program."""

    def __init__(self, coordinator, folder, name):
        self.name, self.number = name, coordinator.join(name)["number"]
        self.file = folder / f"{name}.mkv"
        self.log = (folder / f"{name}.log").open("w")
        self.process = subprocess.Popen(
            [house.BIN / "diemcau-endpoint", "--join", coordinator.folder / "join" / f"{name}.json",
             "--camera", "test", "--content", "test", "--voice", "test", "--size", "360p15",
             "--program", f"file:{self.file}", "--panel", "off"],
            stdout=self.log, stderr=self.log)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=15)

    def read(self):
        """Pictures as (wall ms, {place: (site, source)}), sound as (wall ms, sites or None)."""
        out = subprocess.run([house.BIN / "diemcau-av-check", self.file], check=True,
                             capture_output=True, text=True, timeout=120).stdout
        lines = [json.loads(line) for line in out.splitlines()]
        self.lines, self.offset = lines, self._offset(lines)
        offset = self.offset
        self.pictures = [(line["ms"] + offset, {
            place: tuple(stamp[:2]) for place, stamp in line["pictures"].items()})
            for line in lines if "pictures" in line]
        self.sound = [(line["ms"] + offset, line["voices"]) for line in lines if "voices" in line]

    @staticmethod
    def _offset(lines):
        """From the file's time to the wall clock, by the stamps (which are some 0.5 s old)."""
        now = int(time.time() * 1000)
        base = now - now % CLOCK
        found = []
        for line in lines:
            for stamp in line.get("pictures", {}).values():
                found.append(base + stamp[2] - line["ms"])
        middle = statistics.median(found)
        return middle - CLOCK if middle > now else middle

    def share_seen(self, span, place, site, source=0):
        shown = [stamps.get(place) for ms, stamps in self.pictures if span[0] < ms < span[1]]
        return sum(stamp == (site.number, source) for stamp in shown) / max(1, len(shown))

    def share_heard(self, span, sites):
        numbers = [site.number for site in sites]
        heard = [voices for ms, voices in self.sound if span[0] < ms < span[1]]
        return sum((voices or []) == numbers for voices in heard) / max(1, len(heard))

    def lip_sync_ms(self, span, speaker):
        """How much later his sound was heard than the picture of its moment was shown.

        The tone dips at each full second of the clock that is stamped on the picture. The composer shows
        a picture at its own beat, up to a frame before it is due: half a frame is the best guess."""
        within = [line for line in self.lines if span[0] < line["ms"] + self.offset < span[1]]
        shown = {}
        for line in within:
            stamp = line.get("pictures", {}).get("whole")
            if stamp and stamp[0] == speaker.number:
                shown.setdefault(stamp[2], line["ms"])
        now = int(time.time() * 1000)
        clock = now - now % CLOCK + statistics.median(stamp - ms for stamp, ms in shown.items())
        late = [(line["ms"] + clock + 500) % 1000 - 500 for line in within if "dip" in line]
        assert len(late) >= (span[1] - span[0]) / 1000 - 2, "a dip a second"
        return statistics.median(late) - FRAME_MS / 2

    def ever_saw(self, site):
        return any(stamp[0] == site.number for _, stamps in self.pictures
                   for stamp in stamps.values())

    def ever_heard(self, site):
        return any(site.number in (voices or []) for _, voices in self.sound)


@pytest.fixture
def open_site(coordinator, tmp_path):
    opened = []

    def build(name):
        opened.append(Site(coordinator, tmp_path, name))
        return opened[-1]

    yield build
    for site in opened:
        if site.process.poll() is None:
            site.process.kill()
            site.process.wait()


async def until_media_good(coordinator, sites, seconds=2 * house.PATIENCE):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        views = {site["site"]: site for site in coordinator.get("/api/v1/meeting")["sites"]}
        if all(views[site.name]["media"] == "good" for site in sites):
            return
        await asyncio.sleep(0.3)
    raise AssertionError({site.name: views[site.name]["media"] for site in sites})


def now():
    return time.time() * 1000


async def speak(operator, turn, content=None):
    """Cue, take, speak, release; the span in which everybody must see and hear it."""
    await operator.must("turn.cue", turn=turn["turn"])
    await asyncio.sleep(1)
    if content:
        await operator.must("content.show", site=content.name, shown=True)
    await operator.must("floor.take", turn=turn["turn"])
    begin = now()
    await asyncio.sleep(SETTLE + TAKE_SECONDS)
    end = now()
    await operator.must("floor.release", turn=turn["turn"])
    return begin + SETTLE * 1000, end - 800  # stamps are older than what is shown


async def talk(technician, settle=SETTLE, **talkback):
    """A talkback as asked for; the span in which it must be heard."""
    await technician.must("talkback.open", **talkback)
    await asyncio.sleep(settle)
    begin = now()
    await asyncio.sleep(TALK_SECONDS)
    return begin, now() - 800


async def call_the_roll(technician, speakers):
    """Before the opening: silence, the venue to all, one site called aloud, one in private, silence."""
    await asyncio.sleep(SETTLE)
    spans = {"silence": (now(), now() + 1200)}
    await asyncio.sleep(2)
    spans["to all"] = await talk(technician)
    spans["aloud"] = await talk(technician, site=speakers[0].name)
    await technician.must("talkback.mark", site=speakers[0].name, answer="heard")
    spans["private"] = await talk(technician, site=speakers[1].name, private=True)
    await technician.must("talkback.close")
    await asyncio.sleep(SETTLE)
    spans["closed"] = (now(), now() + 1200)
    await asyncio.sleep(2)
    return spans


async def hold_three_turns(coordinator, open_site):
    operator = await coordinator.peer()
    snapshot = operator.first["snapshot"]
    turns = [turn for turn in snapshot["turns"] if turn["site"] != VENUE][:3]
    venue, *speakers = [open_site(name) for name in (VENUE, *(turn["site"] for turn in turns))]
    await operator.must("meeting.assemble")
    await until_media_good(coordinator, [venue, *speakers])
    talks = await call_the_roll(operator, speakers)
    await operator.must("meeting.open")
    item = next(item for item in snapshot["items"] if turns[0]["list"] in item["lists"])
    await operator.must("item.start", item=item["item"])
    await asyncio.sleep(2)
    spans = []
    for index, (turn, speaker) in enumerate(zip(turns, speakers)):
        spans.append(await speak(operator, turn, speaker if index == 2 else None))
    await operator.close()
    return venue, speakers, spans, talks


def check_talkback(venue, speakers, talks):
    """Who hears whom before the opening, and who sees whom."""
    called, alone, other = speakers
    heard = {
        "silence": {site: [] for site in (venue, *speakers)},
        "to all": {venue: [], called: [venue], alone: [venue], other: [venue]},
        "aloud": {venue: [called], called: [venue], alone: [venue, called], other: [venue, called]},
        "private": {venue: [alone], called: [], alone: [venue], other: []},
        "closed": {site: [] for site in (venue, *speakers)},
    }
    for talk_name, span in talks.items():
        for site, voices in heard[talk_name].items():
            voices = sorted(voices, key=lambda one: one.number)
            assert site.share_heard(span, voices) > ENOUGH, f"{talk_name}: {site.name} hears"
    for talk_name, one in (("aloud", called), ("private", alone)):
        assert venue.share_seen(talks[talk_name], "whole", one) > ENOUGH, f"{talk_name}: venue sees"
        assert one.share_seen(talks[talk_name], "whole", venue) > ENOUGH, f"{talk_name}: is answered"
        for site in speakers:
            if site is not one:
                assert all(site.share_seen(talks[talk_name], "whole", shown) == 0
                           for shown in (venue, *speakers)), f"{talk_name}: {site.name} has the slate"


def check_turn(venue, speakers, speaker, span):
    for site in (venue, *speakers):
        if site is speaker:
            assert site.share_seen(span, "whole", venue) > ENOUGH, "the speaker sees the main venue"
        else:
            assert site.share_seen(span, "whole", speaker) > ENOUGH, f"{site.name} sees"
            assert site.share_heard(span, [speaker]) > ENOUGH, f"{site.name} hears"


def check_content_turn(venue, speakers, speaker, span):
    for site in (venue, *speakers):
        if site is speaker:
            assert site.share_seen(span, "whole", venue) > ENOUGH
        else:
            assert site.share_seen(span, "raised", speaker, source=2) > ENOUGH, f"{site.name}: content above who speaks"
            assert site.share_seen(span, "small", speaker) > ENOUGH, f"{site.name}: the speaker small"
            assert site.share_heard(span, [speaker]) > ENOUGH, f"{site.name} hears"


def test_three_provinces_are_seen_and_heard_by_everyone_but_themselves(
        coordinator, relay, open_site):
    venue, speakers, spans, talks = asyncio.run(hold_three_turns(coordinator, open_site))
    for site in (venue, *speakers):
        assert site.stop() == 0
        site.read()
    check_talkback(venue, speakers, talks)
    for speaker, span in list(zip(speakers, spans))[:2]:
        check_turn(venue, speakers, speaker, span)
    check_content_turn(venue, speakers, speakers[2], spans[2])
    for site in (venue, *speakers):
        assert not site.ever_saw(site), f"{site.name} never sees itself"
        assert not site.ever_heard(site), f"{site.name} never hears itself"
        assert all(site.ever_heard(other) for other in (venue, *speakers) if other is not site)
    assert relay.poll() is None
