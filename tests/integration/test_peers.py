"""Coming in, living and going: hello, seats, silence, slowness, floods."""
import asyncio
import json
import socket
import time

import pytest
import websockets

import house
from house import report


async def test_a_site_is_welcomed_and_told_what_to_be(coordinator):
    site = await coordinator.peer("site", "ha-noi")
    assert site.first["type"] == "welcome" and site.first["site"] == "ha-noi"
    assert site.first["spare"] is False
    desired = await site.until("site_desired")
    assert desired["number"] == site.first["number"]
    operator = await coordinator.peer()
    view = next(s for s in operator.first["snapshot"]["sites"] if s["site"] == "ha-noi")
    assert view["link"] == "online"


@pytest.mark.parametrize("change, code", [
    ({"token": "A" * 43}, "unauthorised"), ({"site": "nowhere"}, "unauthorised"),
    ({"versions": [2]}, "unsupported_version"), ({"role": "system"}, "forbidden"),
    ({"instance": "x"}, "bad_message"), ({"more": 1}, "bad_message")])
async def test_a_bad_hello_is_turned_away(coordinator, change, code):
    peer = house.Peer(await coordinator.open(), house.instance())
    join = coordinator.join("ha-noi")
    await peer.send({"type": "hello", "versions": [1], "role": "site", "site": "ha-noi",
                     "token": join["token"], "instance": peer.instance, **change})
    assert await peer.closed() == code


async def test_people_need_a_session(coordinator):
    peer = await coordinator.peer("operator", session="A" * 43)
    assert peer.first["code"] == "unauthorised"
    cookie = coordinator.cookie(coordinator.session)
    peer = house.Peer(await coordinator.open(extra_headers=cookie), house.instance())
    await peer.send({"type": "hello", "versions": [1], "role": "viewer", "instance": peer.instance})
    assert (await peer.receive())["role"] == "operator"  # the account's, not the hello's


def upgrade(coordinator, path="/ws", leave_out=(), **headers):
    """The status of an upgrade with these headers; 0: hung up without a word."""
    whole = {"Host": f"127.0.0.1:{coordinator.port}", "Connection": "Upgrade",
             "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
             "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
             "Sec-WebSocket-Protocol": "diemcau.v1",
             **{name.replace("_", "-"): value for name, value in headers.items()}}
    lines = [f"{name}: {value}" for name, value in whole.items() if name not in leave_out]
    with socket.create_connection(("127.0.0.1", coordinator.port), timeout=house.PATIENCE) as raw:
        with coordinator.trust.wrap_socket(raw, server_hostname="127.0.0.1") as link:
            link.sendall("\r\n".join([f"GET {path} HTTP/1.1", *lines, "", ""]).encode())
            try:
                answer = link.recv(4096).split()
            except ConnectionError:
                answer = []
            return int(answer[1]) if answer else 0


def test_an_upgrade_of_our_own_is_let_in(coordinator):
    own = f"127.0.0.1:{coordinator.port}"
    for headers in ({}, {"Origin": f"https://{own}"}, {"Host": f"localhost:{coordinator.port}"}):
        assert upgrade(coordinator, **headers) == 101, headers


@pytest.mark.parametrize("how, status", [
    ({"Host": "evil.example"}, 421), ({"Host": "evil.example:8443"}, 421),
    ({"Host": "127.0.0.1.evil.example"}, 421), ({"Host": ""}, 421),
    ({"Origin": "https://evil.example"}, 403), ({"Origin": "null"}, 403),
    ({"Origin": "http://127.0.0.1"}, 403), ({"path": "/"}, 404), ({"path": "/api/v1/ws"}, 404)])
def test_a_foreign_upgrade_is_refused(coordinator, how, status):
    assert upgrade(coordinator, **how) == status
    assert coordinator.http("/healthz")[0] == 200


@pytest.mark.parametrize("how", [
    {"leave_out": ["Host"]}, {"leave_out": ["Sec-WebSocket-Protocol"]},
    {"leave_out": ["Sec-WebSocket-Key"]}, {"Sec_WebSocket_Protocol": "other"},
    {"Sec_WebSocket_Protocol": "http"}])
def test_an_upgrade_that_is_none_is_not_let_in(coordinator, how):
    assert upgrade(coordinator, **how) != 101
    assert coordinator.http("/healthz")[0] == 200


async def test_whoever_says_no_hello_is_shown_out(coordinator):
    before = time.monotonic()
    peer = house.Peer(await coordinator.open(), "")
    begun = time.monotonic()
    assert await peer.closed() == "too_late"
    ended = time.monotonic()
    assert ended - before > 4.7 and ended - begun < 8  # HELLO_SPAN_MS, to a beat; to the millisecond: unit.coordinator_peer


async def test_a_peer_that_stops_reading_is_found_within_five_seconds(coordinator):
    operator = await coordinator.peer()
    site = await coordinator.peer("site", "ha-noi")
    await operator.until("event", name="site.linked")
    await site.send({"type": "ping", "t": 1})
    begun = (await site.until("pong"))["at"]
    site.socket.transport.pause_reading()

    async def talk():  # it goes on sending: that alone is no sign of life
        while True:
            await site.send(report())
            await asyncio.sleep(0.5)
    talking = asyncio.create_task(talk())
    while True:
        event = await operator.until("event", name="site.linked")
        if event["data"]["link"] == "lost":
            break
    talking.cancel()
    assert event["at"] - begun < 5500
    assert event["data"]["reason"] == "silent"


async def test_the_same_instance_replaces_itself_silently(coordinator):
    operator = await coordinator.peer()
    one = await coordinator.peer("site", "ha-noi")
    await operator.until("event", name="site.linked")
    two = await coordinator.peer("site", "ha-noi", name=one.instance)
    assert two.first["spare"] is False
    assert await one.closed() == "replaced"
    await operator.must("meeting.assemble")
    links = [m for m in operator.seen if m.get("name") == "site.linked"]
    assert [m["data"]["link"] for m in links] == ["online"]


async def test_another_instance_waits_and_takes_over(coordinator):
    operator = await coordinator.peer()
    relay = await coordinator.peer("relay")
    await relay.send(house.relay_report())
    await relay.send({"type": "ping", "t": 1})
    await relay.until("pong", t=1)
    one = await coordinator.peer("site", "ha-noi")
    two = await coordinator.peer("site", "ha-noi")
    assert two.first["spare"] is True
    desired = await two.until("site_desired")
    assert desired["uplink"] == {"camera": "off", "content": "off", "voice": False}
    assert desired["receive"] == []
    assert "relay" not in desired, "it needs no key"
    assert (await one.until("site_desired"))["relay"]["addresses"]
    assert (await operator.until("event", name="site.spared"))["data"]["waiting"] is True
    third = await coordinator.peer("site", "ha-noi")
    assert third.first == {"type": "bye", "code": "spare", "text": third.first["text"]}
    refused = await two.command("site.mute", site="ha-noi", muted=True)
    assert refused["code"] == "spare"
    one.cut()
    desired = await two.until("site_desired")
    assert desired["uplink"]["camera"] == "preview" and "relay" in desired
    assert (await operator.until("event", name="site.spared"))["data"]["waiting"] is False
    await two.must("site.mute", site="ha-noi", muted=True)


async def test_a_spare_is_promoted_in_one_command(coordinator):
    operator = await coordinator.peer()
    one = await coordinator.peer("site", "ha-noi")
    two = await coordinator.peer("site", "ha-noi")
    await operator.until("event", name="site.spared")
    await operator.must("site.promote", site="ha-noi")
    assert await one.closed() == "replaced"
    await two.until("site_desired")
    await two.must("site.mute", site="ha-noi", muted=True)
    back = await coordinator.peer("site", "ha-noi", name=one.instance)
    assert back.first["spare"] is True


async def test_a_spare_does_not_make_the_holder_look_behind(coordinator):
    operator = await coordinator.peer()
    one = await coordinator.peer("site", "ha-noi")
    version = (await one.until("site_desired"))["version"]
    while later := await change(one):
        version = later["version"]

    async def converged():
        await one.send(report(version=version))
        return (await operator.until("telemetry"))["sites"][0]["converged"]

    assert await converged()
    two = await coordinator.peer("site", "ha-noi")
    await two.until("site_desired")
    assert await change(one) is None
    assert await converged()


async def change(site):
    """What a site is told to be next, or None where it is told nothing for a second."""
    try:
        return await site.until("site_desired", timeout=1)
    except asyncio.TimeoutError:
        return None


async def test_malformed_messages_are_refused_and_then_ended(coordinator):
    operator = await coordinator.peer()
    await operator.send('{"type":"command","id":"c","name":"floor.take","args":{"turn":7}}')
    refused = await operator.until("refused", id="c")
    assert (refused["code"], refused["field"]) == ("bad_message", "/args/turn")
    await operator.send("")
    assert (await operator.until("refused"))["code"] == "bad_message"
    await operator.send(b"")
    await operator.send(b"\x01binary")
    for _ in range(2):
        assert (await operator.until("refused"))["code"] == "forbidden"
    await operator.send(json.dumps({"type": "ping", "t": 1}) + " " * 20000)
    assert (await operator.until("refused"))["code"] == "too_large"
    for _ in range(20):
        await operator.send("nonsense")
    assert await operator.closed() == "bad_message"


async def test_a_flood_ends_the_flooder_alone(coordinator):
    operator, other = await coordinator.peer(), await coordinator.peer()
    for _ in range(300):
        try:
            await operator.send({"type": "ping", "t": 1})
        except websockets.ConnectionClosed:
            break
    assert await operator.closed() == "rate_limited"
    await other.must("meeting.assemble")


async def test_time_is_told(coordinator):
    operator = await coordinator.peer()
    await operator.send({"type": "ping", "t": 123})
    pong = await operator.until("pong", t=123)
    assert pong["at"] >= operator.first["at"] and abs(pong["wall"] / 1000 - time.time()) < 5


async def test_a_reader_that_stands_still_harms_nobody(coordinator):
    operator, watcher = await coordinator.peer(), await coordinator.peer()
    await operator.must("meeting.assemble")
    watcher.socket.transport.pause_reading()
    begun = time.monotonic()
    while time.monotonic() - begun < 6:
        asked = time.monotonic()
        await operator.must("message.send", text="x" * 400)
        assert time.monotonic() - asked < 3  # until it is found silent, were it waited for
        await asyncio.sleep(0.03)
    watcher.socket.transport.resume_reading()
    await watcher.closed()
    assert coordinator.metric("diemcau_peers") == 1


async def test_a_reader_that_cannot_follow_is_told_too_slow(make):
    """It reads and answers pings, but a fraction of what is told: it is closed and may resync."""
    coordinator = make(options=["--plain-http-loopback"]).start()
    watcher = house.SlowReader(coordinator, 100_000)
    watcher.start()
    operators = [await coordinator.peer() for _ in range(8)]
    await operators[0].must("meeting.assemble")
    done = False

    async def talk(peer):
        while not done:
            answer = await peer.command("message.send", text="ế" * 480)
            await asyncio.sleep(0.01 if answer["type"] == "accepted" else 0.2)
    talking = [asyncio.create_task(talk(peer)) for peer in operators]
    begun = time.monotonic()
    while watcher.is_alive() and time.monotonic() - begun < 50:
        await asyncio.sleep(0.2)
    done = True
    await asyncio.gather(*talking)
    assert watcher.farewell == "too_slow"
    assert coordinator.metric("diemcau_slow_readers_total") == 1
    assert len((await coordinator.peer()).first["snapshot"]["messages"]) == 64


async def test_thumbnails_reach_people_with_their_number(coordinator):
    picture = house.thumbnail()
    site = await coordinator.peer("site", "ha-noi")
    early = await coordinator.peer()
    await site.send(b"\x01" + picture)
    await site.send(b"\x01not a picture")
    number = site.first["number"]
    expected = bytes([1, number >> 8, number & 255]) + picture
    assert await early.frame() == expected
    late = await coordinator.peer()
    assert await late.frame() == expected
    assert len(early.frames) == 1


async def test_reports_become_telemetry_and_signs(coordinator):
    operator = await coordinator.peer()
    site = await coordinator.peer("site", "ha-noi")
    desired = await site.until("site_desired")
    await site.send(report(version=desired["version"], level_dbfs=-12, round_trip=34,
                           signs=["picture_black"]))
    event = await operator.until("event", name="site.observed")
    assert event["data"] == {"site": "ha-noi", "sign": "picture_black", "present": True}
    figures = (await operator.until("telemetry"))["sites"][0]
    assert (figures["site"], figures["level_dbfs"], figures["round_trip"]) == ("ha-noi", -12, 34)
    await site.send(report())
    event = await operator.until("event", name="site.observed")
    assert event["data"]["present"] is False


async def test_a_revoked_token_and_a_removed_account_show_their_peers_out(coordinator):
    site, stolen = await coordinator.peer("site", "ha-noi"), coordinator.join("ha-noi")["token"]
    coordinator.command("account", "add", coordinator.folder, "lan", "--role", "viewer",
                        "--password-stdin", input="a long password\n")
    session = await coordinator.log_in_when_known("lan", "a long password")
    viewer = await coordinator.peer("viewer", session=session)
    assert viewer.first["role"] == "viewer"
    assert (await viewer.command("meeting.assemble"))["code"] == "forbidden"
    coordinator.command("token", "revoke", coordinator.folder, "ha-noi")
    coordinator.command("account", "remove", coordinator.folder, "lan")
    assert await site.closed() == "unauthorised"
    assert await viewer.closed() == "unauthorised"
    assert coordinator.http("/api/v1/meeting", session=session)[0] == 401
    again = house.Peer(await coordinator.open(), house.instance())
    await again.send({"type": "hello", "versions": [1], "role": "site", "site": "ha-noi",
                      "token": stolen, "instance": again.instance})
    first = await again.receive()
    assert (first["type"], first["code"]) == ("bye", "unauthorised"), "it was never let in"


async def test_a_removed_site_is_told_and_refused_until_it_is_back(make):
    coordinator = make().start()
    operator, relay = await coordinator.peer(), await coordinator.peer("relay")
    site, spare = await coordinator.peer("site", "ha-noi"), await coordinator.peer("site", "ha-noi")
    assert spare.first["spare"] is True
    number = site.first["number"]
    await operator.must("site.remove", site="ha-noi", reason="không tham dự")
    assert await site.closed() == "not_in_roster"
    assert await spare.closed() == "not_in_roster", "it does not take over"
    update = await operator.until("update")
    while "site_order" not in update:
        update = await operator.until("update")
    assert "ha-noi" not in update["site_order"]
    assert [gone["site"] for gone in update["removed_sites"]] == ["ha-noi"]
    told = (await relay.until("relay_desired"))["sites"]
    while not next(of for of in told if of["number"] == number)["barred"]:
        told = (await relay.until("relay_desired"))["sites"]
    of_site = next(of for of in told if of["number"] == number)
    assert of_site["receive"] == [] and not {"key", "credential"} & set(of_site)
    again = await coordinator.peer("site", "ha-noi", language="vi")
    assert again.first["code"] == "not_in_roster" and "danh sách" in again.first["text"]
    view = (await coordinator.peer()).first["snapshot"]["removed_sites"][0]
    back = {name: view[name] for name in ("number", "name", "short_code", "region", "kind", "has_content")}
    await operator.must("site.add", site="ha-noi", **back)
    assert (await coordinator.peer("site", "ha-noi")).first["type"] == "welcome"


async def test_staff_are_told_who_is_on_and_who_directs(make):
    coordinator = make().start()
    coordinator.command("account", "add", coordinator.folder, "lan", "--role", "technician",
                        "--password-stdin", input="a long password\n")
    operator = await coordinator.peer()
    present = await operator.until("present")
    assert [(one["role"], one["connections"]) for one in present["people"]] == [("operator", 1)]
    assert "director" not in present
    turn = house.remote_turn(operator)
    session = await coordinator.log_in_when_known("lan", "a long password")
    technician = await coordinator.peer("technician", session=session)
    assert {one["account"] for one in (await technician.until("present"))["people"]} >= {"lan"}
    while len(present["people"]) < 2:
        present = await operator.until("present")
    await house.go_live(operator, turn)
    await operator.must("turn.cue", turn=turn["turn"])
    while "director" not in present:
        present = await technician.until("present")
    assert present["director"] == operator.first["account"]
    technician.cut()
    while len(present["people"]) > 1:
        present = await operator.until("present")


async def test_a_message_is_told_once_over_a_restart(make):
    coordinator = make().start()
    operator = await coordinator.peer()
    await operator.must("message.send", audience="staff", text="once")
    coordinator.stop()
    coordinator.start()
    operator = await coordinator.peer()
    assert [one["text"] for one in operator.first["snapshot"]["messages"]] == ["once"]
    await operator.must("message.send", audience="staff", text="twice")
    update = await operator.until("update")
    while "messages" not in update:
        update = await operator.until("update")
    assert [one["text"] for one in update["messages"]] == ["twice"]
    assert not update["sites"]  # items may: before the opening their forecasts go with the time
