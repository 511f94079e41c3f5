"""What viewers may not read is in nothing they are sent, over the websocket and over HTTP."""
import json

import pytest

import house

PASSWORD = "a long password"
STAFF = ("operator", "technician", "chair")
TO_SITE, TO_ALL, FROM_SITE = "to the site alone", "to every site", "from the site"
EVIDENCE = "what the technician noted"
# In what staff are sent each of these is found.
HIDDEN = (TO_SITE, TO_ALL, FROM_SITE, EVIDENCE, '"address": "127.0.0.1"', '"kind": "site_lost"')


@pytest.fixture
def staffed(make):
    coordinator = make()
    for role in (*STAFF[1:], "viewer"):
        coordinator.command("account", "add", coordinator.folder, role, "--role", role,
                            "--password-stdin", input=PASSWORD + "\n")
    coordinator.start()
    coordinator.sessions = {role: coordinator.login(role, PASSWORD) for role in (*STAFF[1:], "viewer")}
    coordinator.sessions["operator"] = coordinator.session
    return coordinator


async def person(coordinator, role):
    return await coordinator.peer(role, session=coordinator.sessions[role])


async def hold(coordinator, people):
    """Everything that leaves a trace viewers may not read, and then something that they may."""
    operator, technician = people["operator"], people["technician"]
    site, other = [await coordinator.peer("site", name) for name in ("ha-noi", "ha-giang")]
    await operator.must("meeting.assemble")
    await operator.must("message.send", text=TO_SITE, site="ha-noi")
    await operator.must("message.send", text=TO_ALL)
    await site.must("message.send", text=FROM_SITE)
    await technician.must("site.sign", site="ha-noi", step="line_tested", done=True,
                          evidence=EVIDENCE)
    await operator.must("meeting.open")
    other.cut()
    await operator.until("event", name="alarm.raised", timeout=2 * house.PATIENCE)
    await operator.must("scene.override", layout="solo",
                        panes=[{"site": "ha-noi", "source": "camera"}])
    for peer in people.values():
        while not any(m.get("scene", {}).get("overridden") for m in peer.seen):
            await peer.receive()
        await peer.send({"type": "ping", "t": 9})
        await peer.until("pong", t=9)


def told(peer):
    return json.dumps([peer.first, *peer.seen], ensure_ascii=False)


def read(coordinator, role, route):
    status, _, content = coordinator.http(route, session=coordinator.sessions[role])
    assert status == 200
    return json.dumps(json.loads(content), ensure_ascii=False)


async def test_viewers_are_not_told_what_is_not_theirs(staffed):
    people = {role: await person(staffed, role) for role in (*STAFF, "viewer")}
    await hold(staffed, people)
    late = {role: await person(staffed, role) for role in (*STAFF, "viewer")}
    for role in STAFF:
        assert [text for text in HIDDEN if text not in told(people[role])] == [], role
        for where in (told(late[role]), read(staffed, role, "/api/v1/meeting")):
            assert [text for text in HIDDEN if text not in where] == [], role
    for where in (told(people["viewer"]), told(late["viewer"]),
                  read(staffed, "viewer", "/api/v1/meeting"),
                  read(staffed, "viewer", "/api/v1/journal?from=60")):
        assert [text for text in HIDDEN if text in where] == []


async def test_viewers_are_told_the_rest(staffed):
    people = {role: await person(staffed, role) for role in (*STAFF, "viewer")}
    await hold(staffed, people)
    full, left = [json.loads(read(staffed, role, "/api/v1/meeting")) for role in ("chair", "viewer")]
    assert (left["messages"], left["alarms"]) == ([], [])
    assert [s["site"] for s in left["sites"]] == [s["site"] for s in full["sites"]]
    for theirs, ours in zip(left["sites"], full["sites"]):
        for own in ("address", "late", "missing"):
            ours.pop(own, None)
        for step in ours["steps"]:
            step.pop("evidence", None)
            step["by"].pop("account", None)
        assert theirs == ours
    full["relay"].pop("instance", None)
    for name in ("floor", "scene", "relay", "microphones", "lists"):
        assert left[name] == full[name], name


async def test_a_viewer_is_told_of_no_gap(staffed):
    """Of what is hidden it learns the number and nothing else."""
    operator, viewer = [await person(staffed, role) for role in ("operator", "viewer")]
    await operator.must("meeting.assemble")
    last = (await operator.must("message.send", text=TO_ALL))["seq"]
    while not any(m["type"] in ("passed", "update") and m["seq"] >= last for m in viewer.seen):
        await viewer.receive()
    assert not any(m["type"] == "event" and m["seq"] == last for m in viewer.seen)
    assert TO_ALL not in told(viewer)
