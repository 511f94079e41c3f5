"""Every packet sites send and receive, over wraps and new relays: no nonce seals two of them."""
import time

import rig
from rig import Operator, must_be_clean, now_ms, report_figures, wait

RELAYS = 3 if not rig.LONG else 20
WRAPPING_SECONDS = 5  # some 250 sounds and as many packets of pictures, from 65400 on


def test_no_nonce_seals_two_packets(hold):
    conference = hold(speed=1, first_sequence=65400)
    fleet = conference.begin("--record-nonces")
    sites, operator = fleet.now["online"], Operator(conference)
    _, number = rig.speak(conference, fleet, operator)
    for _ in range(RELAYS - 1):
        time.sleep(WRAPPING_SECONDS)
        conference.kill_relay()
        killed = now_ms()
        conference.start_relay()
        wait("media is back", lambda: fleet.first_anew(
            killed, lambda line: line["program"] == {str(number): sites - 1}))
    time.sleep(WRAPPING_SECONDS)
    fleet.do("replay")  # the same bytes again are no reuse
    time.sleep(1)
    summary = fleet.summary()
    must_be_clean(summary)
    nonces = summary["nonces"]
    assert nonces["records"] > RELAYS * WRAPPING_SECONDS * 2 * 50, "uplink and slot of one voice alone"
    assert nonces["wrapped"] > RELAYS * 2 * 50, "voice and slot have gone into their second epoch each time"
    assert nonces["reused"] == 0 and nonces["unrecorded"] == 0
    report_figures(relays=RELAYS, nonces=nonces["records"], wrapped=nonces["wrapped"],
                   nonces_twice=nonces["reused"])
