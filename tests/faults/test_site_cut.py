"""Sites whose packets stop: on air, the main venue, all of them. No socket is closed."""
import time

import rig
from rig import LONG, Operator, must_be_clean, must_be_seen, now_ms, report_figures, wait

FALLBACK_MS, BACK_MS = 2000, 5000
ALL_CUT_SECONDS = 20 if LONG else 9
VENUE = 1


def check_interrupted(conference, turn):
    """Interrupted, its clock stopped; the time it has left."""
    view, _ = wait("interrupted", lambda: next(
        (t for t in [conference.turn(turn["turn"])] if t["state"] == "interrupted"), None))
    time.sleep(1)
    later = conference.turn(turn["turn"])
    assert (later["state"], later["spoken"]) == ("interrupted", view["spoken"]), "its clock stands"
    assert "turn" not in conference.meeting()["floor"]
    return view["allowance"] - view["spoken"]


def check_resumed(conference, turn, left):
    floor = conference.meeting()["floor"]
    assert floor["turn"] == turn["turn"]
    timer = floor["timer"]
    assert timer["allowance"] - timer["spoken"] == left and "since" in timer


def kinds(conference, site=None):
    return {alarm["kind"] for alarm in conference.meeting()["alarms"]
            if alarm["kind"] != "document_late"  # the days of the plan are long over
            and (site is None or alarm.get("site") == site)}


def test_media_of_the_site_on_air_is_cut(hold):
    """By a proxy that drops its packets: control goes on."""
    conference = hold(speed=1, netem=True)
    fleet, operator = conference.begin(), Operator(conference)
    sites = fleet.now["online"]
    turn, number = rig.speak(conference, fleet, operator)
    time.sleep(1)
    conference.netem.tell(f"site {number} cut")
    cut = now_ms()
    others = {str(VENUE): sites - 2}  # all but the venue itself and the one cut off
    wait("program falls to the venue", lambda: fleet.first(cut, lambda l: l["program"] == others))
    fell = fleet.first(cut, lambda line: line["program"] == others)
    assert fell < FALLBACK_MS
    left = check_interrupted(conference, turn)
    assert conference.site(turn["site"])["link"] == "online"
    assert "media_silent" in kinds(conference, turn["site"])
    conference.netem.tell(f"site {number} move")
    conference.netem.tell(f"site {number} clear")
    wait("media is good", lambda: conference.site(turn["site"])["media"] == "good")
    operator("floor.resume", turn=turn["turn"])
    wait("all see it again", lambda: fleet.shows(number, sites - 1))
    wait("and it sees the venue", lambda: fleet.now["return"] == 1)
    check_resumed(conference, turn, left)
    wait("its alarm clears", lambda: not kinds(conference, turn["site"]))
    summary = fleet.summary()
    must_be_clean(summary)
    report_figures(fallback_ms=round(fell), left_ms=left)


def test_the_site_on_air_is_cut_off_altogether(hold, net):
    """A cable that loses every packet; it comes back under another address."""
    cable = net()
    conference = hold(speed=1, host=cable.host)
    turns = [t for t in conference.meeting()["turns"] if conference.number(t["site"]) != VENUE]
    name = turns[0]["site"]
    number, operator = conference.number(name), Operator(conference)
    fleet = conference.begin("--except", name)
    remote = conference.start_fleet("--sites", name, label="remote", before=cable.before)
    wait("it is there", lambda: conference.site(name)["media"] == "good")
    turn, _ = rig.speak(conference, fleet, operator, name, fleet.now["online"])
    time.sleep(1)
    cable.cut()
    cut = now_ms()
    others = {str(VENUE): fleet.now["online"] - 1}
    wait("program falls to the venue", lambda: fleet.first(cut, lambda l: l["program"] == others))
    fell = fleet.first(cut, lambda line: line["program"] == others)
    assert fell < FALLBACK_MS
    left = check_interrupted(conference, turn)
    wait("its link is lost", lambda: conference.site(name)["link"] == "lost", 8)
    lost = (now_ms() - cut) / 1000
    time.sleep(4)
    cable.mend(address=77)
    mended = now_ms()
    wait("it is back", lambda: conference.site(name)["link"] == "online" and
         conference.site(name)["media"] == "good")
    took = now_ms() - mended
    operator("floor.resume", turn=turn["turn"])
    wait("all see it again", lambda: fleet.shows(number, fleet.now["online"]))
    wait("and it sees the venue", lambda: remote.now["return"] == 1)
    check_resumed(conference, turn, left)
    for one in (fleet, remote):
        must_be_clean(one.summary())
    report_figures(fallback_ms=round(fell), back_ms=round(took), link_found_lost_s=round(lost, 1))


def test_the_main_venue_is_cut(hold):
    """While a province speaks it goes on; when nobody does, the slate is held."""
    conference = hold(speed=1, netem=True)
    fleet, operator = conference.begin(), Operator(conference)
    sites = fleet.now["online"]
    turn, number = rig.speak(conference, fleet, operator)
    cut = now_ms()
    conference.netem.tell(f"site {VENUE} cut")
    wait("the alarm", lambda: "main_venue_lost" in kinds(conference), 8)
    alarm = now_ms() - cut
    time.sleep(2)
    assert conference.meeting()["floor"]["turn"] == turn["turn"]
    must_be_seen(fleet.since(cut + 1000), number, sites - 2, heard=True)
    operator("floor.release", turn=turn["turn"])
    released = now_ms()
    wait("the holding slate", lambda: not fleet.now["program"], 8)
    assert conference.meeting()["scene"] == {"layout": "slate", "panes": [], "overridden": False}
    conference.netem.tell(f"site {VENUE} clear")
    mended = now_ms()
    wait("the venue is the program again", lambda: fleet.shows(VENUE, sites - 1))
    back = now_ms() - mended
    wait("the alarm clears", lambda: "main_venue_lost" not in kinds(conference))
    must_be_clean(fleet.summary())
    report_figures(alarm_ms=round(alarm), slate_ms=round(mended - released), back_ms=round(back))


def test_all_sites_are_cut_and_come_back_at_once(hold, net):
    """64 sites behind one cable."""
    cable = net()
    conference = hold(plan="a", speed=1, host=cable.host)
    conference.start_relay()
    fleet = conference.start_fleet(before=cable.before)
    wait("all are there", lambda: fleet.now["online"] == 64 and all(
        site["media"] == "good" for site in conference.meeting()["sites"]), 60, 0.5)
    turn, number = rig.speak(conference, fleet, Operator(conference))
    time.sleep(1)
    cable.cut()
    check_interrupted(conference, turn)
    wait("all are lost", lambda: all(
        site["link"] == "lost" and site["media"] == "silent" for site in conference.meeting()["sites"]))
    assert conference.meeting()["scene"]["layout"] == "slate"
    assert "main_venue_lost" in kinds(conference)
    time.sleep(ALL_CUT_SECONDS - 6)
    cable.mend()
    mended = now_ms()
    wait("all links are back", lambda: conference.online() == 64, 15, 0.1)
    links = now_ms() - mended
    # it flows; what was lost at the edges of the cut is remembered as `degraded` for five seconds
    wait("all media is back", lambda: all(
        site["media"] in ("good", "degraded") for site in conference.meeting()["sites"]), 10, 0.1)
    media = now_ms() - mended
    wait("they see the venue", lambda: fleet.shows(VENUE, 63))
    seen = now_ms() - mended
    assert links < BACK_MS and media < BACK_MS and seen < BACK_MS, (links, media, seen)
    wait("all media is good", lambda: all(
        site["media"] == "good" for site in conference.meeting()["sites"]), 10, 0.1)
    good = now_ms() - mended
    wait("no alarm is left but the interruption", lambda: not kinds(conference))
    assert conference.turn(turn["turn"])["state"] == "interrupted"
    must_be_clean(fleet.summary())
    report_figures(links_back_ms=round(links), media_back_ms=round(media), seen_ms=round(seen),
                   good_ms=round(good))
