"""What one peer may add: a hostile one beside people who direct the meeting, and what is left to them."""
import asyncio
import time

import websockets

import house
from house import report, speak

SIGNS = ["voice_silent", "picture_black", "picture_frozen", "source_missing", "talking_while_locked",
         "open_microphone", "media_auth_failures", "clock_off"]
# As include/bounds.h has them.
BURST, PER_SITE_KEPT = 20, 8


def seq(coordinator):
    return coordinator.get("/api/v1/meeting")["seq"]


def drained(peer):
    """What this one is sent is read all the time, and forgotten."""
    async def read():
        try:
            while True:
                await peer.socket.recv()
        except websockets.ConnectionClosed:
            pass
    return asyncio.create_task(read())


async def test_hands_raised_and_lowered_without_end(coordinator):
    operator, *_ = await speak(coordinator)
    others = len(coordinator.get("/api/v1/meeting")["turns"])
    site = await coordinator.peer("site", "ca-mau")
    answers = []
    end = time.monotonic() + 3
    while time.monotonic() < end:
        answer = await site.command("turn.request", site="ca-mau", topic="x" * 1000)
        answers.append(answer)
        if answer["type"] == "accepted":
            await site.must("turn.withdraw", turn=answer["turn"])
        await asyncio.sleep(0.02)
    taken = [answer["turn"] for answer in answers if answer["type"] == "accepted"]
    assert BURST <= len(taken) <= BURST + 2 and len(set(taken)) == len(taken)
    refused = [answer for answer in answers if answer["type"] == "refused"]
    assert refused and {answer["code"] for answer in refused} == {"too_soon"}
    assert all(answer["text"] for answer in refused)
    turns = coordinator.get("/api/v1/meeting")["turns"]
    assert len(turns) == others + PER_SITE_KEPT  # and no snapshot carries the rest
    # Everybody else is as free as before, and the last one can be put back.
    other = await coordinator.peer("site", "ha-noi")
    await other.must("turn.request", site="ha-noi")
    await operator.must("turn.restore", turn=taken[-1])
    assert (await operator.command("turn.restore", turn=taken[0]))["code"] == "not_found"
    # A board that was there all the time knows the same turns: the whole order names them.
    order = next(m for m in reversed(operator.seen) if m["type"] == "update" and "turn_order" in m)
    assert taken[-1] in order["turn_order"] and taken[0] not in order["turn_order"]
    coordinator.kill()
    coordinator.start()
    assert len(coordinator.get("/api/v1/meeting")["turns"]) == others + PER_SITE_KEPT + 1


async def test_signs_that_come_and_go_in_each_report(coordinator):
    await speak(coordinator)
    site = await coordinator.peer("site", "ca-mau")
    await asyncio.sleep(0.5)
    reading, before = drained(site), seq(coordinator)
    for i in range(100):
        await site.send(report(signs=SIGNS if i % 2 else []))
        await asyncio.sleep(0.022)
    await asyncio.sleep(0.5)
    assert seq(coordinator) - before <= 3 * 2 * 18 + 10  # an alarm each at most, twice eight signs
    # What is the matter is still shown while it comes and goes.
    view = next(s for s in coordinator.get("/api/v1/meeting")["sites"] if s["site"] == "ca-mau")
    assert len(view["signs"]) >= 6
    before = seq(coordinator)
    for i in range(60):
        await site.send(report(signs=SIGNS if i % 2 else []))
        await asyncio.sleep(0.022)
    assert seq(coordinator) - before <= 5
    reading.cancel()


async def test_a_site_that_comes_and_goes(coordinator):
    await speak(coordinator)
    before = seq(coordinator)
    name = house.instance()
    for _ in range(40):
        site = await coordinator.peer("site", "ca-mau", name)
        site.cut()
    assert seq(coordinator) - before <= 2 * 12 + 6
    # In the end it is let in, and shown as it is.
    end = time.monotonic() + house.PATIENCE
    while (site := await coordinator.peer("site", "ca-mau", name)).first["type"] != "welcome":
        assert time.monotonic() < end, site.first
        await asyncio.sleep(0.5)
    reading = drained(site)
    while time.monotonic() < end:
        sites = coordinator.get("/api/v1/meeting")["sites"]
        if next(s for s in sites if s["site"] == "ca-mau")["link"] == "online":
            break
        await asyncio.sleep(0.5)
    else:
        raise AssertionError("it is on, and is shown as lost")
    reading.cancel()


async def test_thumbnails_are_one_in_two_seconds_and_small(coordinator):
    operator = await coordinator.peer()
    site = await coordinator.peer("site", "ca-mau")
    for _ in range(60):
        await site.send(b"\x01" + house.thumbnail(size=20000))
        await asyncio.sleep(0.021)
    await operator.must("message.send", text="x")
    assert 1 <= len(operator.frames) <= 3
    for picture in (house.thumbnail(65500, 65500), b"\xff\xd8\xff" + bytes(60)):
        await asyncio.sleep(2.1)
        had = len(operator.frames)
        await site.send(b"\x01" + picture)
        assert (await site.until("refused"))["code"] == "bad_message"
        await operator.must("message.send", text="x")
        assert len(operator.frames) == had
    await asyncio.sleep(2.1)
    await site.send(b"\x01" + house.thumbnail(640, 360))
    assert len(await operator.frame()) == 203


async def test_a_roll_call_by_script_is_not_limited(coordinator):
    operator = await coordinator.peer()
    sites = [site["site"] for site in operator.first["snapshot"]["sites"]]
    steps = ["registered", "documents_in", "line_tested", "checklist", "roll_called", "seated"]
    for done in (True, False):
        for step in steps:
            for site in sites:
                await operator.must("site.sign", site=site, step=step, done=done)


async def test_every_command_has_its_answer(coordinator):
    """Sent without waiting: what is refused for haste says which one it was."""
    operator = await coordinator.peer()
    text = ('{"type":"command","id":"%d","name":"turn.cue","args":{"turn":"nobody"}}', 900)
    codes = {}

    async def read():
        try:
            while len(codes) < text[1]:
                message = await operator.receive()
                if message["type"] == "refused":
                    codes[int(message["id"])] = message["code"]
        except websockets.ConnectionClosed:
            pass
    reading = asyncio.create_task(read())
    try:
        for i in range(text[1]):
            await operator.send(text[0] % i)
    except websockets.ConnectionClosed:
        pass
    await reading
    assert list(codes) == list(range(len(codes)))
    assert set(codes.values()) == {"not_found", "rate_limited"}
    peer = await coordinator.peer()
    await peer.send('{"type":"command","id":"odd","name":"no.such","args":{}}')
    assert (await peer.until("refused", id="odd"))["code"] == "bad_message"


async def test_figures_no_line_can_have_are_not_shown(coordinator):
    operator = await coordinator.peer()
    site = await coordinator.peer("site", "ca-mau")
    for span in (-5, 2 ** 53 - 1):
        await site.send(report(round_trip=span))
        figures = (await operator.until("telemetry"))["sites"][0]
        assert "round_trip" not in figures
    await site.send(report(round_trip=250))
    assert (await operator.until("telemetry"))["sites"][0]["round_trip"] == 250
    for field, value in (("level_dbfs", 1), ("level_dbfs", "NaN"), ("version", -1), ("cpu_percent", 1.5)):
        await site.send(report(**{field: value}))
        refused = await site.until("refused")
        assert (refused["code"], refused["field"]) == ("bad_message", f"/{field}")


async def test_messages_of_one_site(coordinator):
    operator = await coordinator.peer()
    site = await coordinator.peer("site", "ca-mau")
    answers = [await site.command("message.send", text=f"{i}") for i in range(BURST + 5)]
    assert [a["type"] for a in answers] == ["accepted"] * BURST + ["refused"] * 5
    assert answers[-1]["code"] == "too_soon"
    await operator.must("message.send", text="x")
