"""kill -9 of the coordinator in the middle of a speech: the meeting goes on as if nothing had been."""
import collections
import random
import statistics
import time

import rig
from rig import LONG, Operator, must_be_clean, must_be_seen, nonce_reuse, now_ms, report_figures, wait

KILLS = 50 if LONG else 5
COMMANDED = {"item.started", "item.finished", "floor.taken", "floor.released"}
CLOCKS_AGREE_MS = 250  # between the timeline and the wall clock, over a whole speech


def standing(meeting):
    """What may not change by a kill: item, turn on air, order of all lists."""
    item = next((item["item"] for item in meeting["items"] if item["state"] == "active"), None)
    return item, meeting["floor"].get("turn"), [turn["turn"] for turn in meeting["turns"]]


def went_on(conference, seen, folded):
    """Has the autopilot gone on between two looks?"""
    return any(seen["seq"] < seq <= folded["seq"] and name in COMMANDED
               for seq, _, _, name, _ in conference.events())


def look(conference, fleet):
    """The meeting and whose picture it is, where somebody speaks and all others see him."""
    meeting = conference.meeting()
    speaking = meeting["floor"].get("turn")
    if not speaking:
        return None
    site = next(turn["site"] for turn in meeting["turns"] if turn["turn"] == speaking)
    number = conference.number(site)
    return (meeting, number) if fleet.shows(number, conference.sites - 1) else None


def kill_once(conference, fleet, figures):
    """Kills in mid-speech, starts again at once, looks at once."""
    (seen, number), _ = wait("somebody speaks", lambda: look(conference, fleet), 60, 0.1)
    time.sleep(random.random())
    conference.coordinator.kill()
    killed = now_ms()
    time.sleep(random.random() * 0.5)
    conference.coordinator.start()
    ready = now_ms()
    folded = conference.meeting()
    if not went_on(conference, seen, folded):
        must_be_seen(fleet.since(killed, ready), number, conference.sites - 1)
        assert standing(folded) == standing(seen)
        figures["compared"] += 1
    wait("all sites back", lambda: fleet.now["online"] == conference.sites, 20)
    figures["down_ms"].append(ready - killed)
    figures["back_ms"].append(now_ms() - ready)


def check_journal(events, kills):
    """Each thing done once, none interrupted, all durations real."""
    by_name = {}
    for _, at, wall, name, data in events:
        by_name.setdefault(name, []).append((at, wall, data))
    for name, key in (("floor.taken", "turn"), ("floor.released", "turn"), ("item.started", "item"),
                      ("item.finished", "item"), ("turn.cued", "turn")):
        done = [data[key] for _, _, data in by_name[name]]
        assert len(done) == len(set(done)), f"{name} twice"
    assert "floor.interrupted" not in by_name and "alarm.raised" not in by_name
    assert len(by_name["clock.resumed"]) == kills
    taken = {data["turn"]: (at, wall) for at, wall, data in by_name["floor.taken"]}
    for at, wall, data in by_name["floor.released"]:
        since = taken[data["turn"]]
        assert abs((at - since[0]) - (wall - since[1])) < CLOCKS_AGREE_MS, "the timer ran on"


def test_killed_mid_speech_under_autopilot(hold):
    conference = hold(plan="a" if LONG else "e", speed=20 if LONG else 160)
    fleet = conference.begin()
    conference.sites = fleet.now["online"]
    conference.start_autopilot()
    figures = {"down_ms": [], "back_ms": [], "compared": 0}
    kills = 0
    while kills < KILLS or figures["compared"] <= KILLS // 2:  # in others the speech was over meanwhile
        kill_once(conference, fleet, figures)
        kills += 1
        assert conference.pilot.poll() is None, conference.result(1)
    result = conference.result(900 if LONG else 120)
    assert result["refusals"] == [] and not result.get("failure"), result
    meeting = conference.meeting()
    assert all(turn["state"] == "done" for turn in meeting["turns"])
    check_journal(conference.events(), kills)
    summary = fleet.summary()
    must_be_clean(summary)
    assert summary["media"]["unrecovered"] == 0
    assert summary["media"]["auth_failures"] == 0
    report_figures(kills=kills, in_mid_speech=figures["compared"], sites=conference.sites,
                   down_ms_median=round(statistics.median(figures["down_ms"])),
                   back_ms_median=round(statistics.median(figures["back_ms"])),
                   back_ms_max=round(max(figures["back_ms"])),
                   packets=summary["media"]["packets_received"],
                   packets_missing=summary["media"]["unrecovered"])


def epochs(conference, number):
    """Of the speaker's camera and voice and of the slots that carry them: of their newest packets."""
    newest, voices = {}, collections.Counter()
    for records in conference.used().values():
        for _, _, ssrc, _, rtcp in records:
            if not rtcp:
                newest[ssrc & 0xFFFF] = ssrc >> 16
                voices[ssrc & 0xFFFF] += 0xFE04 <= ssrc & 0xFFFF < 0xFE08
    voice = voices.most_common(1)[0][0]
    return [newest[stream] for stream in (number << 3 | 0, number << 3 | 3, 0xFE00, voice)]


def test_streams_wrap_while_it_is_dead(hold, need_nonces):
    conference = hold(speed=1, first_sequence=65200, nonces=True)
    fleet = conference.begin()
    operator, sites = Operator(conference), fleet.now["online"]
    turn, number = rig.speak(conference, fleet, operator)
    assert epochs(conference, number) == [0, 0, 0, 0]
    conference.coordinator.kill()
    killed = now_ms()
    wait("the streams wrap", lambda: epochs(conference, number) == [1, 1, 1, 1], 60, 1)
    conference.coordinator.start()
    wait("all sites back", lambda: fleet.now["online"] == sites)
    must_be_seen(fleet.since(killed + 500, now_ms()), number, sites - 1, heard=True)
    floor = conference.meeting()["floor"]
    assert floor["turn"] == turn["turn"] and floor["timer"]["since"]
    summary = fleet.summary()
    must_be_clean(summary)
    assert summary["media"]["unrecovered"] == 0 and summary["media"]["auth_failures"] == 0
    assert nonce_reuse(conference.used())[0] == 0
    report_figures(dead_s=round((now_ms() - killed) / 1000), streams_wrapped=4,
                   packets=summary["media"]["packets_received"],
                   packets_missing=summary["media"]["unrecovered"])
