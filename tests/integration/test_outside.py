"""Programs that are not ours: GStreamer's srtpdec, given a slot's key, shows the program; the client that
docs/protocol.md describes takes part in a meeting."""
import asyncio
import json
import os
import re
import signal
import subprocess
import time

import pytest

import house

SITES = ("trung-tam", "ha-giang")


@pytest.fixture
def media(coordinator):
    """A relay, and two simulated sites."""
    join = coordinator.folder / "join"
    log = (coordinator.folder / "media.log").open("w")
    port = house.free_port()
    running = [subprocess.Popen(words, stdout=log, stderr=log) for words in (
        [house.BIN / "diemcau-relay", "--join", join / "relay.json", "--listen", f"127.0.0.1:{port}"],
        [house.BIN / "diemcau-fleet", "--join-dir", join, "--sites", ",".join(SITES)])]
    yield
    for process in running:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=house.PATIENCE)


async def test_gstreamer_receives_one_epoch(coordinator, media):
    operator = await coordinator.peer()
    await house.go_live(operator)
    port = house.free_port()
    tap = subprocess.Popen(
        [house.BIN / "diemcau-rtp-tap", "--join", coordinator.folder / "join" / "cao-bang.json",
         "--slot", "program", "--to", f"127.0.0.1:{port}"],
        stdout=subprocess.PIPE, text=True)
    try:
        os.set_blocking(tap.stdout.fileno(), False)
        end, line = time.monotonic() + 2 * house.PATIENCE, ""
        while not line and time.monotonic() < end:
            line = tap.stdout.readline()
            time.sleep(0.1)
        assert line.startswith("gst-launch-1.0 "), "the tap got nothing of the slot"
        # Thirty decoded pictures end it.
        words = line.strip().replace("videoconvert ! autovideosink", "fakesink num-buffers=30")
        subprocess.run(words, shell=True, check=True, timeout=3 * house.PATIENCE, stdout=subprocess.DEVNULL)
    finally:
        tap.kill()
        tap.wait()
        await operator.close()


def client_of_the_page():
    """What the example in docs/protocol.md defines."""
    page = (house.ROOT / "docs/protocol.md").read_text()
    found = {}
    exec(re.search("<!-- example: client -->\n```python\n(.*?)\n```", page, re.S)[1], found)
    return found


async def is_same(client, coordinator):
    """Until its meeting is the one that the coordinator tells over HTTP."""
    page = client_of_the_page()

    def same():
        told = page["Meeting"](coordinator.get("/api/v1/meeting"))
        for apart in (told.rest, client.meeting.rest):
            apart.pop("seq", None), apart.pop("at", None)
        return [list(kind.items()) for kind in told.views.values()] == \
            [list(kind.items()) for kind in client.meeting.views.values()] and told.rest == client.meeting.rest
    await house.until("the views of the page's client", same)


async def must(client, name, **args):
    answer = await asyncio.wait_for(client.command(name, **args), house.PATIENCE)
    assert answer["type"] == "accepted", answer


async def test_the_client_of_the_protocol_page(coordinator):
    """By the page's own example: in, the meeting followed, commands, a restart of the coordinator, a site by its file."""
    page = client_of_the_page()
    join = coordinator.join("ha-giang")
    operator = page["Client"](join["addresses"], (coordinator.folder / "ca.pem").read_text())
    site = page["Client"](join["addresses"], join["ca"])
    staying = [asyncio.create_task(one) for one in (
        operator.stay(role="operator", session=operator.log_in("operator", coordinator.password)),
        site.stay(role="site", site=join["site"], token=join["token"]))]
    await house.until("both are in", lambda: operator.meeting and site.desired)
    await must(operator, "meeting.assemble")
    await must(site, "site.sign", site="ha-giang", step="registered", done=True)
    first, *_, last = operator.meeting.views["items"]
    await must(operator, "item.move", item=last, before=first)
    await must(operator, "item.move", item=last)
    await must(operator, "item.move", item=first)
    await must(operator, "meeting.open")
    item = next(one for one in operator.meeting.views["items"].values() if one["lists"])
    await must(operator, "item.start", item=item["item"])
    await must(site, "turn.request", site="ha-giang", topic="xin phát biểu")
    refused = await operator.command("item.start", item=item["item"])
    assert (refused["type"], refused["code"]) == ("refused", "already")
    await is_same(operator, coordinator)

    coordinator.kill()
    asked = asyncio.create_task(operator.command("item.extend", item=item["item"], by=60000))
    await asyncio.sleep(0.5)
    coordinator.start()
    assert (await asyncio.wait_for(asked, house.PATIENCE))["type"] == "accepted"
    await house.until("the site is back", lambda: coordinator.site("ha-giang")["link"] == "online")
    await is_same(operator, coordinator)
    assert site.desired["hand"]
    # A connection that is dying; then a command that nobody waits for any more.
    operator.socket.fail_connection(1011)
    await must(operator, "message.send", text="một lần")
    messages = [one["text"] for one in operator.meeting.rest["messages"]]
    coordinator.kill()
    dropped = asyncio.create_task(operator.command("message.send", text="thôi"))
    await asyncio.sleep(0.1)
    dropped.cancel()
    coordinator.start()
    await must(operator, "message.send", text="sau")
    assert [one["text"] for one in operator.meeting.rest["messages"]] == [*messages, "sau"]
    assert messages[-1] == "một lần" and messages.count("một lần") == 1
    for one in staying:
        one.cancel()
    _, left = await asyncio.wait(staying, timeout=house.PATIENCE)
    assert not left


async def test_the_role_of_the_account_counts(coordinator):
    coordinator.command("account", "add", coordinator.folder, "chair", "--role", "chair", "--password-stdin",
                        input="a long password\n")
    session = await coordinator.log_in_when_known("chair", "a long password")
    chair = await coordinator.peer("operator", session=session)
    assert chair.first["role"] == "chair"
    assert (await chair.command("meeting.assemble"))["code"] == "forbidden"
    await chair.close()
