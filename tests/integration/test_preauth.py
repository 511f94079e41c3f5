"""Connections without a hello keep nobody out: newcomers are admitted among thousands that say nothing."""
import asyncio
import itertools
import pathlib
import statistics
import subprocess
import sys
import time

import pytest

HERE = pathlib.Path(__file__).parent
ROUNDS = 12  # of a site that joins and an operator who logs in
CROWDS = {  # what it is called with, and how many come
    "10 000 without hello": ((HERE / "crowd.py", "{port}", "10000"), 10000),
    "a horde of half requests": ((HERE / "nuisance.py", "Horde", "{port}"), 2000),
}


NEWCOMERS = itertools.count()


async def spans(coordinator, rounds):
    """Seconds that a site takes to join, and an operator to log in; nobody is ever turned away.
    Each is another site, and logs in from another address: no two come in a loop."""
    sites = sorted(path.stem for path in (coordinator.folder / "join").glob("*.json")
                   if path.stem != "relay")
    joins, logins = [], []
    for _ in range(rounds):
        newcomer = next(NEWCOMERS)
        begun = time.monotonic()
        site = await coordinator.peer("site", sites[newcomer % len(sites)])
        joins.append(time.monotonic() - begun)
        assert site.first["type"] == "welcome"
        begun = time.monotonic()
        session = await asyncio.to_thread(coordinator.login, source=f"127.0.3.{newcomer % 250 + 1}")
        logins.append(time.monotonic() - begun)
        assert session
        await asyncio.to_thread(coordinator.http, "/api/v1/session", "DELETE", session=session)
        await site.close()
    return joins, logins


async def until_crowded(coordinator):
    """Some have had to make room: there was none left."""
    end = time.monotonic() + 20
    while coordinator.metric("diemcau_guests_shown_out_total") == 0:
        assert time.monotonic() < end, "the crowd is too small"
        await asyncio.sleep(0.1)


@pytest.mark.parametrize("who", CROWDS)
async def test_newcomers_are_let_in_as_usual_beside(make, who):
    coordinator = make(options=("--speed", "60", "--plain-http-loopback")).start()
    before = await spans(coordinator, ROUNDS)
    words, enough = CROWDS[who]
    words = [str(word).format(port=coordinator.port) for word in words]
    others = subprocess.Popen([sys.executable, *words], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True)
    try:
        begun = time.monotonic()
        await until_crowded(coordinator)
        beside = ([], [])
        while time.monotonic() - begun < 11 or coordinator.guests_so_far() < enough:
            for all_, some in zip(beside, await spans(coordinator, 4)):
                all_ += some
        waiting = coordinator.metric("diemcau_guests")
    finally:
        deeds = int(others.communicate("")[0])
    after = await spans(coordinator, ROUNDS)
    shown_out = coordinator.metric("diemcau_guests_shown_out_total")
    print(f"{deeds} deeds, {waiting:.0f} waiting, {shown_out:.0f} shown out")
    for what, alone, among in zip(("join", "login"), (a + b for a, b in zip(before, after)), beside):
        usual, median = statistics.median(alone), statistics.median(among)
        print(f"{what}: {1000 * usual:.1f} ms alone, {1000 * median:.1f} ms beside (worst "
              f"{1000 * max(among):.0f}), {median / usual:.1f} times")
        assert median < 3 * usual + 0.05  # this machine also carries the crowd
        assert max(among) < 5
    assert deeds > 10000 and waiting > 1000
    assert coordinator.stop() == 0
    assert "<3>" not in coordinator.log.read_text()
