"""kill -9 of the relay, and of relay and coordinator together: media back, all keys new, the turn kept."""
import pytest

import rig
from rig import LONG, Operator, must_be_clean, nonce_reuse, now_ms, report_figures, wait

BACK_MS = 3000
STILL_SENT_US = 1_000_000  # the venue's, before the take, were on for a moment only


def wrapped(conference):
    """Have all streams that are still sent gone into their second epoch?"""
    newest = {}
    for records in conference.used().values():
        for us, key, ssrc, _, rtcp in records:
            if not rtcp:
                newest[key, ssrc & 0xFFFF] = us, ssrc >> 16
    return all(epoch for us, epoch in newest.values() if us > now_ms() * 1000 - STILL_SENT_US)


def keys_of(used):
    return {record[1] for records in used.values() for record in records}


def keys_since(conference, us):
    return {record[1] for records in conference.used().values() for record in records if record[0] >= us}


def back(fleet, since, number, receivers):
    """Milliseconds until all are seen to see and hear the speaker by what came since then."""
    return fleet.first_anew(since, lambda line: line["program"] == {str(number): receivers} and
                            line["voice"].get(str(number)) == receivers and line["return"] == 1)


@pytest.mark.parametrize("both", [False, True], ids=["relay", "both"])
def test_media_is_back_with_new_keys(hold, need_nonces, both):
    conference = hold(plan="a" if LONG else "e", speed=1, first_sequence=65490, nonces=True)
    fleet = conference.begin()
    sites = fleet.now["online"]
    turn, number = rig.speak(conference, fleet, Operator(conference))
    wait("every stream wraps", lambda: wrapped(conference), 60, 0.5)
    old = keys_of(conference.used())
    since = conference.meeting()["floor"]["timer"]["since"]
    if both:
        conference.coordinator.kill()
    conference.kill_relay()
    killed = now_ms()
    if both:
        conference.coordinator.start()
    conference.start_relay()
    took, _ = wait("media is back", lambda: back(fleet, killed, number, sites - 1), 15)
    assert took < BACK_MS
    floor = conference.meeting()["floor"]
    assert floor["turn"] == turn["turn"] and floor["timer"]["since"] == since
    assert not any(name == "floor.interrupted" for _, _, _, name, _ in conference.events())
    wait("all send", lambda: len(keys_since(conference, (killed + took) * 1000)) == sites + 1)
    assert not keys_since(conference, (killed + took) * 1000) & old, "every key is another"
    summary = fleet.summary()
    must_be_clean(summary)
    twice, nonces = nonce_reuse(conference.used())
    assert twice == 0
    report_figures(media_back_ms=round(took), keys_before=len(old), keys_after=sites + 1,
                   nonces=nonces, nonces_twice=twice)
