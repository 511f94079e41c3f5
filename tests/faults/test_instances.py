"""Two instances of one join file; one that comes late, after every stream has wrapped."""
import time

import rig
from rig import Operator, must_be_clean, must_be_seen, nonce_reuse, now_ms, report_figures, wait
from test_relay_killed import wrapped


def links_of(conference, site):
    return [data for _, _, _, name, data in conference.events()
            if name in ("site.linked", "site.spared", "site.promoted") and data["site"] == site]


def test_a_second_instance_waits_and_is_promoted_once(hold):
    conference = hold(speed=1)
    fleet, operator = conference.begin(), Operator(conference)
    sites = fleet.now["online"]
    turn, number = rig.speak(conference, fleet, operator)
    name, begun = turn["site"], now_ms()
    second = conference.start_fleet("--sites", name, label="second")
    wait("the spare is shown", lambda: conference.site(name).get("spare"))
    wait("and alarmed", lambda: any(a["kind"] == "spare_waiting" for a in conference.meeting()["alarms"]))
    before = len(links_of(conference, name))
    time.sleep(6)  # longer than any back-off and any liveness span
    assert len(links_of(conference, name)) == before, "no duel"
    must_be_seen(fleet.since(begun), number, sites - 1)  # never displaced
    assert not second.now["program"] and second.now["packets"] == 0, "a spare receives nothing"
    operator("site.promote", site=name)
    promoted = now_ms()
    wait("the other one is on air", lambda: second.now["return"] == 1 and
         fleet.shows(number, sites - 1) and fleet.now["voice"].get(str(number)) == sites - 1)
    time.sleep(4)
    gap = 100 * sum(line["program"] != {str(number): sites - 1} for line in fleet.since(promoted))
    after = links_of(conference, name)[before:]
    assert [entry for entry in after if entry.get("link") == "lost"] == [], after
    assert not any(name == "floor.interrupted" for _, _, _, name, _ in conference.events())
    assert conference.meeting()["floor"]["turn"] == turn["turn"]
    assert conference.site(name).get("spare"), "the first one waits now"
    # the other instance counts its frames from 0: once for each receiver of picture and sound
    must_be_clean(fleet.summary(), but={"out_of_order": 2 * (sites - 1)})
    must_be_clean(second.summary())
    report_figures(gap_ms=gap, links_after_promotion=len(after))


def test_one_who_comes_late_decrypts_from_the_first_packet(hold, need_nonces):
    conference = hold(speed=1, first_sequence=65490, nonces=True)
    late = conference.meeting()["sites"][-1]["site"]
    fleet = conference.begin("--except", late)
    operator = Operator(conference)
    turn, number = rig.speak(conference, fleet, operator)
    wait("every stream wraps", lambda: wrapped(conference), 60, 0.5)
    begun = now_ms()
    one = conference.start_fleet("--sites", late, "--first-sequence", 0, label="late")
    wait("it sees and hears the speaker", lambda: one.shows(number, 1) and
         one.now["voice"].get(str(number)) == 1)
    took = one.first(begun, lambda line: line["program"] == {str(number): 1})
    time.sleep(2)
    summary = one.summary()
    must_be_clean(summary)
    assert summary["media"]["auth_failures"] == 0 and summary["media"]["unrecovered"] == 0
    assert nonce_reuse(conference.used())[0] == 0
    report_figures(shown_after_ms=round(took), packets=summary["media"]["packets_received"],
                   auth_failures=summary["media"]["auth_failures"])
