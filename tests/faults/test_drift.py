"""Clocks of all sites run wrong and all pictures come late: sound and picture stay together, delay
does not grow. (Twenty minutes of it in virtual time: tests/unit/relay/relay_drift.c.)"""
import statistics
import time

import rig
from rig import LONG, Operator, must_be_clean, now_ms, report_figures

PPM = 500  # five times what a bad quartz does; half of what the relay follows
LATE_MS = 150
SECONDS = 600 if LONG else 40
SETTLED_MS = 6000
APART_MOST_MS = 40
GROWTH_MOST_MS = 15  # of medians; a loaded machine is a little late itself
MOVED_MOST_MS = 8
UNFOLLOWED_MS = PPM * SECONDS / 1000  # what the time to play would move by if nobody followed


def delay(lines):
    return statistics.median(line["delay_ms"] for line in lines)


def test_clocks_run_wrong_and_pictures_come_late(hold):
    conference = hold(speed=1)
    fleet = conference.begin("--drift", PPM, "--late-video", LATE_MS)
    sites = fleet.now["online"]
    fast = next(turn["site"] for turn in conference.meeting()["turns"]
                if conference.number(turn["site"]) % 2 == 0)
    _, number = rig.speak(conference, fleet, Operator(conference), site=fast)
    begun = now_ms() + SETTLED_MS
    time.sleep(SECONDS + SETTLED_MS / 1000)
    lines = fleet.since(begun)
    assert all(line["program"] == {str(number): sites - 1} for line in lines)
    first, last = delay(lines[:100]), delay(lines[-100:])
    summary = fleet.summary()
    apart = summary["lip_sync_ms"]
    assert apart["count"] >= (sites - 1) * (SECONDS - 5)
    assert apart["max"] <= APART_MOST_MS, apart
    assert UNFOLLOWED_MS > 2 * MOVED_MOST_MS and summary["moved_ms"]["max"] <= MOVED_MOST_MS, summary
    assert first >= LATE_MS and abs(last - first) <= GROWTH_MOST_MS, (first, last)
    must_be_clean(summary)
    report_figures(seconds=SECONDS, ppm=PPM, late_ms=LATE_MS, apart_median_ms=apart["median"],
                   apart_max_ms=apart["max"], moved_ms=summary["moved_ms"]["max"], delay_first_ms=first, delay_last_ms=last)
