"""Bad input at the real door: every example with its code and fate, and a crowd that says nothing."""
import asyncio
import pathlib
import statistics
import subprocess
import sys
import time

import websockets

import house

EXAMPLES = house.ROOT / "proto/examples"
OFFENCES_BEFORE_GOODBYE = 15  # the door ends it at 20 within 30 s
LARGE = ("too_large", "too_deep")
CROWD = 10000


def bad_messages():
    """(code the door answers, field, document) of each example of a message that is wrong."""
    for file in ("wire_message", "hostile_strings"):
        for line in (EXAMPLES / f"{file}.txt").read_bytes().split(b"\n"):
            parts = line.split(b"\t", 3)
            if parts[0] != b"wire_message" or parts[1].startswith(b"ok"):
                continue
            verdict = parts[1].decode().rstrip("+")
            try:
                document = parts[3].decode()
            except UnicodeDecodeError:
                continue  # no text frame may carry it
            yield "too_large" if verdict in LARGE else "bad_message", parts[2].decode(), document


async def test_each_bad_message_is_refused_by_code_and_field(coordinator):
    told = 0
    for number, (code, field, document) in enumerate(bad_messages()):
        if number % OFFENCES_BEFORE_GOODBYE == 0:
            operator = await coordinator.peer()
        await operator.send(document)
        refused = await operator.until("refused")
        assert (refused["code"], refused.get("field", "")) == (code, field), document
        assert refused["text"]
        if "id" in refused:  # of a command that could be read so far
            assert '"type":"command"' in document and f'"id":"{refused["id"]}"' in document
        told += 1
    assert told > 50
    print(f"{told} examples")


async def test_a_bad_first_message_ends_the_connection(coordinator):
    for code, _, document in bad_messages():
        stranger = house.Peer(await coordinator.open(), house.instance())
        await stranger.send(document)
        assert await stranger.closed() == code, document


async def test_text_that_is_no_text_ends_the_connection(coordinator):
    operator = await coordinator.peer()
    await operator.socket.send(b"\xff\xfe{}")  # binary: not a thumbnail of a site
    assert (await operator.until("refused"))["code"] == "forbidden"
    operator.socket.transport.write(b"\x81\x82\0\0\0\0\xc3\x28")  # a text frame, not UTF-8
    try:
        while True:
            await operator.receive()
    except websockets.ConnectionClosed as closed:
        assert closed.code in (1006, 1007)


async def took(operator, times):
    """Milliseconds from a command to its answer."""
    spans = []
    for number in range(times):
        begun = time.monotonic()
        await operator.must("message.send", text=f"{number}")
        spans.append(1000 * (time.monotonic() - begun))
        await asyncio.sleep(0.025)  # below the rate at which a peer may speak
    return statistics.median(spans), max(spans)


async def test_a_crowd_without_hello_harms_nobody(make):
    coordinator = make(options=("--speed", "60", "--plain-http-loopback")).start()
    operator = await coordinator.peer()
    alone = await took(operator, 60)
    crowd = subprocess.Popen(
        [sys.executable, pathlib.Path(__file__).with_name("crowd.py"), str(coordinator.port),
         str(CROWD)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        within = []
        while coordinator.guests_so_far() < CROWD:
            within.append(await took(operator, 20))
    finally:
        came = int(crowd.communicate("")[0])
    newcomer = await coordinator.peer("site", "ha-giang")  # as soon as the crowd has gone
    assert newcomer.first["type"] == "welcome"
    usual, worst = statistics.median(m for m, _ in within), max(w for _, w in within)
    print(f"alone {alone[0]:.1f} ms (worst {alone[1]:.1f}), among {came} comers {usual:.1f} ms "
          f"(worst {worst:.1f})")
    assert came >= CROWD
    assert usual < 3 * alone[0] + 50 and worst < 3000  # this machine also carries the crowd
