"""Faults as real endpoints show and play them: read from the file a hall's program was recorded to."""
import time

import pytest

from rig import Operator, report_figures, wait
from test_seen_and_heard import ENOUGH, FRAME_MS, VENUE, Site

BACK_SECONDS, FALLBACK_SECONDS = 3, 2
OLD_SECONDS = 0.8  # a recorded picture is older than its moment by at most so much
BAD_PATH_HEARD = 0.85  # of the sound, with 20 % lost in bursts, to the 10 ms
LATE_MS, LATE_SETTLED_S = 150, 8  # pictures come later than sound; until the halls have followed
APART_MOST_MS = 40 + FRAME_MS / 2  # what is seen is known to half a frame


@pytest.fixture
def sites(hold, tmp_path):
    """A conference of three real sites with a bad network between: venue, speaker, listener."""
    conference = hold(plan="a", speed=1, netem=True)
    conference.start_relay()
    turn = next(t for t in conference.meeting()["turns"] if t["site"] != VENUE)
    listener = next(s["site"] for s in reversed(conference.meeting()["sites"]))
    opened = [Site(conference.coordinator, tmp_path, name)
              for name in (VENUE, turn["site"], listener)]
    yield (conference, turn, *opened)
    for site in opened:
        if site.process.poll() is None:
            site.process.kill()
            site.process.wait()


def since(begin):
    """The span from then to now, less what may already show what comes after."""
    return begin, (time.time() - OLD_SECONDS) * 1000


def moments(seconds):
    begin = time.time() * 1000
    time.sleep(seconds)
    return since(begin)


def begin_speech(conference, turn, sites):
    operator = Operator(conference)
    item = next(i for i in conference.meeting()["items"] if turn["list"] in i["lists"])
    operator("meeting.assemble")
    wait("media of all is good", lambda: all(
        conference.site(site.name)["media"] == "good" for site in sites), 40, 0.3)
    operator("meeting.open")
    operator("item.start", item=item["item"])
    operator("turn.cue", turn=turn["turn"])
    time.sleep(1)
    operator("floor.take", turn=turn["turn"])
    time.sleep(2)


def come_late(conference, name):
    conference.netem.tell(f"site {conference.number(name)} late {LATE_MS}")
    time.sleep(LATE_SETTLED_S)
    span = moments(5)
    conference.netem.tell(f"site {conference.number(name)} clear")
    return span


def kill_coordinator(conference):
    begin = time.time() * 1000
    conference.coordinator.kill()
    time.sleep(2)
    conference.coordinator.start()
    time.sleep(3)
    return since(begin)


def kill_relay(conference):
    conference.kill_relay()
    conference.start_relay()
    time.sleep(BACK_SECONDS + OLD_SECONDS)
    return moments(4)


def spoil_path(conference, name):
    place = conference.number(name)
    conference.netem.tell(f"site {place} loss 20 burst 4 delay 20 jitter 5")
    wait("the board says so", lambda: "reception_poor" in conference.site(name).get("signs", []), 10)
    time.sleep(3)
    span = moments(10)
    conference.netem.tell(f"site {place} clear")
    wait("good again", lambda: "reception_poor" not in conference.site(name).get("signs", []), 25)
    time.sleep(2)
    return span


def cut_speaker(conference, name):
    conference.netem.tell(f"site {conference.number(name)} cut")
    time.sleep(FALLBACK_SECONDS + OLD_SECONDS)
    return moments(3)


def test_what_a_hall_sees_and_hears(sites):
    conference, turn, venue, speaker, listener = sites
    begin_speech(conference, turn, (venue, speaker, listener))
    plain = moments(5)
    late = come_late(conference, speaker.name)
    killed = [kill_coordinator(conference) for _ in range(3)]
    back = kill_relay(conference)
    bad = spoil_path(conference, listener.name)
    fallen = cut_speaker(conference, speaker.name)
    for site in (venue, speaker, listener):
        assert site.stop() == 0
    listener.read()
    def share(span):
        return listener.share_seen(span, "whole", speaker), listener.share_heard(span, [speaker])
    # A machine that is elsewhere for a tenth of a second is heard, too: but not each time.
    shares = {"coordinator_dead": sorted(map(share, killed), key=min)[1], "relay_new": share(back), "bad_path": share(bad)}
    apart = {name: listener.lip_sync_ms(span, speaker) for name, span in (("plain", plain), ("late", late))}
    report_figures(**{f"{name}_{what}": round(share, 3) for name, pair in shares.items()
                      for what, share in zip(("seen", "heard"), pair)},
                   venue_seen=round(listener.share_seen(fallen, "whole", venue), 3),
                   apart_ms=round(apart["plain"]), apart_late_ms=round(apart["late"]))
    assert max(map(abs, apart.values())) < APART_MOST_MS, apart
    assert min(shares["coordinator_dead"]) > 0.98, "nothing is seen or heard of it"
    assert min(shares["relay_new"]) > ENOUGH
    assert shares["bad_path"][0] > ENOUGH and shares["bad_path"][1] > BAD_PATH_HEARD
    assert listener.share_seen(fallen, "whole", venue) > ENOUGH
