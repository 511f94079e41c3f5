"""A meeting over the wire: commands, order, conflicts, the relay's part, secrets."""
import asyncio
import contextlib
import secrets
import sqlite3
import statistics
import time

import house
from house import go_live, relay_report, report

KEY = "C" * 38 + "=="


async def bring_media(coordinator, sites):
    """Sites and a relay that finds their media good; the relay and the sites' peers."""
    relay = await coordinator.peer("relay")
    await relay.send(relay_report())
    peers = {name: await coordinator.peer("site", name) for name in sites}
    await relay.send(relay_report([(p.first["number"], "good") for p in peers.values()]))
    return relay, peers


async def test_a_turn_is_cued_acknowledged_taken_and_released(coordinator):
    operator = await coordinator.peer()
    turn = house.remote_turn(operator)
    relay, peers = await bring_media(coordinator, ["trung-tam", turn["site"]])
    await go_live(operator, turn)
    speaker = peers[turn["site"]]
    await operator.must("turn.cue", turn=turn["turn"])
    desired = await speaker.until("site_desired", tally="next")
    assert desired["uplink"]["camera"] == "full" and desired["turn"] == turn["turn"]
    await speaker.must("turn.acknowledge", turn=turn["turn"])
    taken = await operator.must("floor.take", turn=turn["turn"])
    assert taken["take"] == 1
    desired = await speaker.until("site_desired", tally="on_air")
    assert desired["heard"] and desired["seen"] and desired["uplink"]["voice"]
    while True:
        routed = await relay.until("relay_desired")
        program = [s for s in routed["slots"] if s["slot"] == "program"]
        if program and program[0]["site"] == speaker.first["number"]:
            break
    assert (await operator.command("floor.take", turn=turn["turn"]))["type"] == "refused"
    await operator.must("floor.release", turn=turn["turn"])
    await speaker.until("site_desired", tally="off")


async def test_the_board_needs_nothing_but_snapshot_and_updates(coordinator):
    """Views kept by one who was there equal those of one who comes later."""
    operator = await coordinator.peer()
    await bring_media(coordinator, ["trung-tam", "ha-noi"])
    await go_live(operator)
    await asyncio.sleep(0.3)
    await operator.must("message.send", text="xin chào")
    kept = {site["site"]: site for site in operator.first["snapshot"]["sites"]}
    late = (await coordinator.peer()).first["snapshot"]
    await operator.send({"type": "ping", "t": 1})
    await operator.until("pong")
    for message in operator.seen:
        if message["type"] == "update":
            kept.update({site["site"]: site for site in message["sites"]})
    assert list(kept.values()) == late["sites"]


async def test_all_see_one_order(coordinator):
    peers = [await coordinator.peer() for _ in range(5)]
    await peers[0].must("meeting.assemble")

    async def talk(peer):
        for i in range(10):
            await peer.must("message.send", text=f"{i}")
    await asyncio.gather(*map(talk, peers))
    last = max(m["seq"] for p in peers for m in p.seen if m["type"] == "event")

    async def events(peer):
        while not any(m["type"] == "event" and m["seq"] == last for m in peer.seen):
            await peer.receive()
        return [m for m in peer.seen if m["type"] == "event"]
    seen = await asyncio.gather(*map(events, peers))
    assert all(one == seen[0] for one in seen)
    assert [e["seq"] for e in seen[0]] == sorted(e["seq"] for e in seen[0])


async def test_two_operators_in_one_instant_do_it_once(coordinator):
    one, two = await coordinator.peer(), await coordinator.peer()
    await one.must("meeting.assemble")
    await one.must("meeting.open")
    items = one.first["snapshot"]["items"]
    seq = (await one.must("item.start", item=items[0]["item"]))["seq"]
    answers = await asyncio.gather(
        one.command("item.start", item=items[1]["item"], expect=seq),
        two.command("item.start", item=items[2]["item"], expect=seq))
    assert sorted(a["type"] for a in answers) == ["accepted", "refused"]
    refused = next(a for a in answers if a["type"] == "refused")
    assert refused["code"] == "conflict" and refused["text"]


async def test_a_site_commands_for_itself_alone(coordinator):
    site = await coordinator.peer("site", "ha-noi")
    assert (await site.command("site.mute", site="hai-phong", muted=True))["code"] == "forbidden"
    assert (await site.command("meeting.assemble"))["code"] == "forbidden"
    assert (await site.command("site.link", site="ha-noi", link="lost"))["code"] == "forbidden"
    await site.must("site.mute", site="ha-noi", muted=True)


async def test_missed_events_are_told_to_one_who_returns(coordinator):
    operator = await coordinator.peer()
    seq = (await operator.must("meeting.assemble"))["seq"]
    await operator.must("message.send", text="một")
    await operator.must("message.send", text="hai")
    back = await coordinator.peer(last_seq=seq)
    texts = [(await back.until("event", name="message.sent"))["data"]["text"] for _ in range(2)]
    assert texts == ["một", "hai"]


async def test_answers_survive_a_kill(coordinator):
    operator = await coordinator.peer()
    await operator.must("meeting.assemble")
    id_ = secrets.token_hex(4)
    first = await operator.command("message.send", id_=id_, text="chỉ một lần")
    coordinator.kill()
    coordinator.start()
    again = await coordinator.peer(name=operator.instance)
    assert again.first["snapshot"]["meeting"]["state"] == "assembling"
    assert again.first["boot"] != operator.first["boot"]
    assert await again.command("message.send", id_=id_, text="chỉ một lần") == first
    other = await coordinator.peer()  # the same id of another instance is another command
    second = await other.command("message.send", id_=id_, text="chỉ một lần")
    assert second["type"] == "accepted" and second["seq"] > first["seq"]
    texts = [m["text"] for m in (await coordinator.peer()).first["snapshot"]["messages"]]
    assert texts == ["chỉ một lần"] * 2


async def test_no_acknowledged_command_is_lost_by_kills(coordinator):
    accepted = []
    for _ in range(5):
        operator = await coordinator.peer()
        if not accepted:
            await operator.must("meeting.assemble")

        async def talk(peer):
            while True:
                text = secrets.token_hex(4)
                await peer.must("message.send", text=text)
                accepted.append(text)
        talking = asyncio.gather(talk(operator), return_exceptions=True)
        await asyncio.sleep(0.15 + secrets.randbelow(100) / 1000)
        coordinator.kill()
        await talking
        coordinator.start()
    sent = [data["text"] for *_, name, data in house.events(coordinator) if name == "message.sent"]
    assert len(accepted) > 5
    assert [text for text in sent if text in set(accepted)] == accepted
    assert len(set(sent)) == len(sent)


async def test_a_stop_says_goodbye_and_loses_nobody(coordinator):
    operator = await coordinator.peer()
    site = await coordinator.peer("site", "ha-noi")
    await operator.until("event", name="site.linked")
    stopping = asyncio.get_running_loop().run_in_executor(None, coordinator.stop)
    assert await operator.closed() == "stopping"
    assert await site.closed() == "stopping"
    assert await stopping == 0
    coordinator.start()
    events = coordinator.get("/api/v1/journal")["events"]
    assert [e["data"]["link"] for e in events if e["name"] == "site.linked"][0] == "online"
    assert any(e["name"] == "clock.resumed" for e in events)


async def test_silent_media_interrupts_and_a_lost_link_does_not(coordinator):
    operator = await coordinator.peer()
    turn = house.remote_turn(operator)
    relay, peers = await bring_media(coordinator, ["trung-tam", turn["site"]])
    await go_live(operator, turn)
    await operator.must("floor.take", turn=turn["turn"])
    peers[turn["site"]].cut()
    while (await operator.until("event", name="site.linked"))["data"]["link"] != "lost":
        pass
    await operator.send({"type": "ping", "t": 1})
    await operator.until("pong")
    assert not any(m.get("name") == "floor.interrupted" for m in operator.seen)
    await relay.send(relay_report([(peers[turn["site"]].first["number"], "silent")]))
    event = await operator.until("event", name="floor.interrupted")
    assert event["data"]["cause"] == "media_silent"


async def test_alarms_of_a_kind_are_acknowledged_at_once_and_stay_so_over_a_kill(coordinator):
    operator = await coordinator.peer()
    await operator.must("meeting.assemble")
    names = ["ha-noi", "hai-phong", "can-tho"]
    sites = [await coordinator.peer("site", name) for name in names]

    async def raise_by(site):
        await site.send(report(signs=["clock_off"]))
        while (raised := (await operator.until("event", name="alarm.raised"))["data"])["kind"] != "clock_off":
            pass
        return raised["alarm"]
    numbers = [await raise_by(site) for site in sites]
    await operator.must("alarm.acknowledge", alarm=numbers[1], kind="clock_off")
    again = await operator.command("alarm.acknowledge", alarm=numbers[1], kind="clock_off")
    assert again["code"] == "already"

    def seen_to():
        return {alarm["alarm"]: alarm["acknowledged"]
                for alarm in coordinator.get("/api/v1/meeting")["alarms"] if alarm["kind"] == "clock_off"}
    assert seen_to() == {numbers[0]: True, numbers[1]: True, numbers[2]: False}
    coordinator.kill()
    coordinator.start()
    assert seen_to() == {numbers[0]: True, numbers[1]: True, numbers[2]: False}


async def test_what_a_lost_relay_measured_is_not_told_as_if_it_were_so_now(coordinator):
    operator, turn, site, relay = await house.speak(coordinator)
    name = next(one["site"] for one in operator.first["snapshot"]["turns"] if one["turn"] == turn)
    good = f'diemcau_site_media_good{{site="{name}"}}'
    await site.send(report())
    while "loss_permille" not in (await operator.until("telemetry"))["sites"][0]:
        await relay.send(relay_report([(site.first["number"], "good")]))
    assert coordinator.metric(good) == 1
    relay.cut()
    lost = await operator.until("event", name="relay.linked")
    assert lost["data"]["link"] == "lost"
    meeting = coordinator.get("/api/v1/meeting")
    assert meeting["relay"]["link"] == "lost" and meeting["relay"]["since"] == lost["at"]
    view = next(one for one in meeting["sites"] if one["site"] == name)
    assert view["media"] == "good", "the last that was measured"
    assert meeting["floor"]["turn"] == turn, "media outlive control"
    assert good not in coordinator.http("/metrics", session=coordinator.session)[2].decode()
    await site.send(report(level_dbfs=-12))
    while (figures := (await operator.until("telemetry"))["sites"][0])["level_dbfs"] != -12:
        pass
    assert "loss_permille" not in figures and "bits_per_second" not in figures
    back = await coordinator.peer("relay")
    await back.send(relay_report([(site.first["number"], "good")]))
    assert (await operator.until("event", name="relay.linked"))["data"]["link"] == "online"
    await back.send({"type": "ping", "t": 1})
    await back.until("pong")
    assert coordinator.metric(good) == 1
    assert not any(m.get("name") == "floor.interrupted" for m in operator.seen)


async def test_who_does_not_come_back_after_a_restart_of_the_relay_is_silent(coordinator):
    """A new relay has had media of nobody. Sites get a moment for their new keys."""
    operator, turn, site, relay = await house.speak(coordinator)
    number = site.first["number"]
    relay.cut()
    await operator.until("event", name="relay.linked")
    back = await coordinator.peer("relay")
    begun = time.monotonic()
    nothing = relay_report([(number, "none")])
    while not any(m.get("name") == "floor.interrupted" for m in operator.seen):
        assert time.monotonic() < begun + house.PATIENCE, "he holds the floor for ever"
        await back.send(nothing)
        with contextlib.suppress(asyncio.TimeoutError):
            while True:
                await operator.receive(0.2)
    assert time.monotonic() > begun + 2.5, "time to make a key and to be heard again"
    name = next(one["site"] for one in operator.first["snapshot"]["turns"] if one["turn"] == turn)
    view = next(one for one in coordinator.get("/api/v1/meeting")["sites"] if one["site"] == name)
    assert view["media"] == "silent"

    # In the next one he is back in time, and nothing has happened.
    await back.send(relay_report([(number, "good")]))
    await operator.until("event", name="site.media_changed")
    await operator.must("floor.resume", turn=turn)
    back.cut()
    third = await coordinator.peer("relay")
    await third.send(nothing)
    await asyncio.sleep(1)
    await third.send(relay_report([(number, "good")]))
    await asyncio.sleep(3)
    await third.send(relay_report([(number, "good")]))
    meeting = coordinator.get("/api/v1/meeting")
    assert meeting["floor"]["turn"] == turn
    assert sum(name == "floor.interrupted" for _, _, _, name, _ in house.events(coordinator)) == 1


async def test_keys_travel_and_are_written_nowhere(coordinator):
    relay, peers = await bring_media(coordinator, ["ha-noi", "hai-phong"])
    site, other = peers["ha-noi"], peers["hai-phong"]
    access = (await site.until("site_desired", timeout=house.PATIENCE))
    while "relay" not in access:
        access = await site.until("site_desired", timeout=house.PATIENCE)
    assert access["relay"]["group_key"] == "B" * 38 + "=="
    await site.send(report(key={"relay": relay.instance, "key": KEY}))
    while True:
        desired = await relay.until("relay_desired")
        mine = [s for s in desired["sites"] if s["number"] == site.first["number"]]
        if mine and mine[0].get("key") == KEY:
            break
    secret = [KEY, "B" * 38, coordinator.password, coordinator.session,
              coordinator.join("ha-noi")["token"]]
    assert not any(KEY in str(m) for m in other.seen)
    texts = [coordinator.log.read_text()]
    texts += [coordinator.http(p, session=coordinator.session)[2].decode()
              for p in ("/api/v1/meeting", "/api/v1/journal", "/api/v1/minutes", "/metrics",
                        "/api/v1/session")]
    texts.append(open(f"/proc/{coordinator.process.pid}/cmdline").read())
    texts.append((coordinator.folder / "identity.json").read_text())
    database = sqlite3.connect(f"file:{coordinator.journal}?mode=ro", uri=True)
    texts.append("\n".join(database.iterdump()))
    for word in secret:
        assert not any(word in text for text in texts), word


async def test_sixty_four_sites_come_at_once_and_hear_fast(coordinator):
    names = [p.stem for p in (coordinator.folder / "join").iterdir() if p.stem != "relay"]
    begun = time.monotonic()
    sites = await asyncio.gather(*(coordinator.peer("site", name) for name in names))
    assert time.monotonic() - begun < 5
    assert len(sites) == 64
    operator = await coordinator.peer()
    online = [s for s in operator.first["snapshot"]["sites"] if s["link"] == "online"]
    while len(online) < 64:
        await asyncio.sleep(0.1)
        online = [s for s in coordinator.get("/api/v1/meeting")["sites"] if s["link"] == "online"]
    spans = []
    for command, state in (("assemble", "assembling"), ("open", "live"), ("close", "closed")):
        begun = time.monotonic()
        await operator.must(f"meeting.{command}")
        await asyncio.gather(*(s.until("site_desired", meeting=state) for s in sites))
        spans.append(time.monotonic() - begun)
    assert statistics.median(spans) < 1, spans


async def test_forecasts_keep_up_with_a_fast_meeting(make):
    """At speed 1000 an item of ten minutes is late after 0.6 s: what a client was told last is what
    it would read now, but for the second in which it is told."""
    coordinator = make(options=("--speed", "1000")).start()
    operator = await coordinator.peer()
    await house.go_live(operator)
    behind, begun = [], time.monotonic()
    while time.monotonic() - begun < 9:
        with contextlib.suppress(asyncio.TimeoutError):
            while True:
                await operator.receive(0.2)
        now = (await asyncio.to_thread(coordinator.get, "/api/v1/meeting"))["meeting"]
        told = [m["meeting"] for m in operator.seen if "forecast_end" in m.get("meeting", {})][-1]
        behind.append(now["forecast_end"] - told["forecast_end"])
    assert len(behind) > 5 and max(behind) <= 4000, behind
    assert now["offset"] > 5000  # late, and moving
