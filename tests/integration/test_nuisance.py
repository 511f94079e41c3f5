"""Slow requests, floods, oversized frames and abuse of every route: sites are served as before."""
import asyncio
import pathlib
import statistics
import subprocess
import sys
import time

import pytest

import house
import nuisance

SECONDS = 1.5
MUCH = 20  # times the usual; the machine of a test is busy with other things


async def took(operator, seconds):
    """Seconds from a command to its answer, again and again, as a median."""
    spans, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.monotonic()
        await operator.must("message.send", text="x")
        spans.append(time.monotonic() - begun)
        await asyncio.sleep(0.03)
    return statistics.median(spans)


@pytest.fixture
def plain(make):
    coordinator = make(options=("--speed", "60", "--plain-http-loopback")).start()
    yield coordinator
    assert coordinator.stop() == 0
    assert "<3>" not in coordinator.log.read_text()


@pytest.mark.parametrize("kind", nuisance.KINDS)
async def test_everybody_is_served_as_usual_beside(plain, kind):
    operator = await plain.peer()
    busy = await plain.peer()
    await operator.must("meeting.assemble")
    watching = asyncio.create_task(operator.closed(timeout=30))
    usual = await took(busy, SECONDS / 2)
    other = subprocess.Popen(
        [sys.executable, pathlib.Path(nuisance.__file__), kind, str(plain.port)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        await asyncio.sleep(0.5)
        beside = await took(busy, SECONDS)
        newcomer = await plain.peer("site", "ha-giang")
        health = plain.http("/healthz")[0]
    finally:
        deeds = int(other.communicate("")[0])
    ratio = beside / usual
    print(f"{kind}: {ratio:.1f} times the usual beside {deeds} deeds")
    assert deeds > 100
    assert ratio < MUCH
    assert not watching.done(), "the operator was dropped"
    watching.cancel()
    assert newcomer.first["type"] == "welcome" and health == 200
