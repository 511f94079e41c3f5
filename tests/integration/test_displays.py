"""A screen opens one view by a link: made once, seen, kept over a restart, closed at once when it is removed."""
import asyncio
import json
import re

import pytest

import house

PASSWORD = "a long password"
VIEWS = {"hall": "display", "speaker": "lectern", "run_sheet": "display", "watcher": "display"}
HIDDEN = ("alarms", "messages", "documents", "handouts", "checks", "ticks", "tasks", "ledger", "registrations",
          "attendance", "ballots", "vote_remarks", "opinions", "direction", "asked", "votes", "acts")


@pytest.fixture
def coordinator(make):
    made = make()
    made.command("account", "add", made.folder, "technician", "--role", "technician", "--password-stdin", input=PASSWORD + "\n")
    made.command("account", "add", made.folder, "chair", "--role", "chair", "--password-stdin", input=PASSWORD + "\n")
    return made


def add(coordinator, name, view):
    """The token, of the address that is printed once."""
    said = coordinator.command("display", "add", coordinator.folder, name, "--view", view, "--language", "en").stdout
    page, token = re.search(rf"^address: https://127.0.0.1:{coordinator.port}/(\w+\.html)#([\w-]{{43}})$", said, re.M).groups()
    assert page == f"{view}.html"
    return token


def listed(coordinator):
    return coordinator.command("display", "list", coordinator.folder, "--language", "en").stdout.splitlines()


def ask(coordinator, method, query="", body=None, session=None):
    status, _, content = coordinator.http(f"/api/v1/displays{query}", method=method, body=body, session=session or coordinator.session)
    return status, json.loads(content) if content else None


async def screen(coordinator, token, role="display"):
    return await coordinator.peer(role, token=token)


async def shown(peer, true):
    """An update of which that is true."""
    while not true(await peer.until("update")):
        pass


async def test_each_view_is_shown_the_meeting_and_nothing_of_who_directs_it(coordinator):
    tokens = {view: add(coordinator, f"Màn hình {view}", view) for view in VIEWS}
    coordinator.start()
    operator = await coordinator.peer()
    await operator.must("message.send", text="for-sites-alone")
    await operator.must("speaker.tell", text="two-minutes-left")
    for view, role in VIEWS.items():
        peer = await screen(coordinator, tokens[view])
        assert (peer.first["type"], peer.first["role"]) == ("welcome", role)
        snapshot = peer.first["snapshot"]
        assert not {name for name in HIDDEN if snapshot.get(name)}, view
        assert not {"document", "preparation", "phrases", "cuts"} & set(snapshot["meeting"])
        assert snapshot["turns"] and snapshot["items"] and snapshot["sites"]
        assert (snapshot.get("lectern", {}).get("text") == "two-minutes-left") == (view == "speaker")
        assert "for-sites-alone" not in json.dumps(peer.first)
        assert (await peer.command("floor.take", turn=snapshot["turns"][0]["turn"]))["code"] == "forbidden"
        await peer.close()


async def test_a_screen_follows_and_hears_what_is_for_it_alone(coordinator):
    tokens = {view: add(coordinator, view, view) for view in ("hall", "speaker")}
    coordinator.start()
    operator = await coordinator.peer()
    hall, lectern = [await screen(coordinator, tokens[view]) for view in ("hall", "speaker")]
    await operator.must("speaker.tell", text="come-to-the-end")
    await shown(lectern, lambda update: update.get("lectern", {}).get("text") == "come-to-the-end")
    await operator.must("speaker.darken", dark=True)
    await shown(lectern, lambda update: update.get("lectern", {}).get("dark"))
    await operator.must("message.send", audience="staff", text="among-staff")
    await operator.must("meeting.assemble")
    for peer in (hall, lectern):
        await shown(peer, lambda update: update.get("meeting", {}).get("state") == "assembling")
    said = {name: json.dumps(peer.seen) for name, peer in (("hall", hall), ("lectern", lectern))}
    assert "among-staff" not in said["hall"] + said["lectern"]
    assert "come-to-the-end" not in said["hall"]
    assert not [message for message in hall.seen if message["type"] == "event"]
    assert {message["name"] for message in lectern.seen if message["type"] == "event"} == {"speaker.told", "speaker.darkened"}


async def test_a_link_made_on_the_command_line_opens_at_once(coordinator):
    """A screen asks only once: whoever is refused is told that the link was removed."""
    coordinator.start()
    for name in ("a", "b", "c"):
        peer = await screen(coordinator, add(coordinator, name, "hall"))
        assert peer.first["type"] == "welcome", peer.first
        await peer.close()


async def test_made_and_removed_over_http_and_closed_at_once(coordinator):
    coordinator.start()
    technician = coordinator.login("technician", PASSWORD)
    status, made = ask(coordinator, "POST", body={"name": "Hội trường A", "view": "hall"}, session=technician)
    assert (status, made["view"]) == (200, "hall")
    assert ask(coordinator, "POST", body={"name": "Hội trường A", "view": "hall"})[1]["code"] == "exists"
    assert ask(coordinator, "POST", body={"name": "two\nlines", "view": "hall"})[1]["code"] == "invalid"
    assert ask(coordinator, "POST", body={"name": "x", "view": "everything"})[1]["code"] == "bad_message"
    assert ask(coordinator, "POST", body={"name": "x", "view": "hall"}, session=coordinator.login("chair", PASSWORD))[0] == 403
    (before,) = ask(coordinator, "GET")[1]["displays"]
    assert (before["screens"], before["account"], "seen" in before) == (0, "technician", False)
    peer = await screen(coordinator, made["token"])
    other = await screen(coordinator, made["token"])
    (now,) = ask(coordinator, "GET")[1]["displays"]
    assert now["screens"] == 2 and "token" not in json.dumps(now)
    await other.close()
    closed = asyncio.create_task(peer.closed(timeout=1.5))  # before anybody would have looked
    assert (await asyncio.to_thread(ask, coordinator, "DELETE", f"?display={made['display']}"))[0] == 204
    assert await closed == "unauthorised"
    assert ask(coordinator, "DELETE", f"?display={made['display']}")[1]["code"] == "not_found"
    assert ask(coordinator, "DELETE", "?display=nonsense")[0] == 400
    assert ask(coordinator, "GET")[1] == {"displays": []}
    again = await screen(coordinator, made["token"])
    assert (again.first["type"], again.first["code"]) == ("bye", "unauthorised")


async def test_removed_on_the_command_line_it_is_closed_within_seconds(coordinator):
    token = add(coordinator, "Bục phát biểu", "speaker")
    coordinator.start()
    peer = await screen(coordinator, token)
    removed = coordinator.command("display", "remove", coordinator.folder, "Bục phát biểu", "--language", "en")
    assert "Bục phát biểu" in removed.stdout
    assert await peer.closed(timeout=6) == "unauthorised"
    assert coordinator.command("display", "remove", coordinator.folder, "Bục phát biểu", check=False).returncode == 1


async def test_a_link_and_when_it_was_seen_outlive_the_coordinator(coordinator):
    token = add(coordinator, "Hội trường A", "hall")
    add(coordinator, "Hội trường B", "hall")
    coordinator.start()
    await screen(coordinator, token)
    await house.until("it is on disk", (coordinator.folder / "displays_seen.json").exists)
    coordinator.kill()
    rows = listed(coordinator)[1:]
    assert re.search(r"Hội trường A +hall screen +\S+ +\d+.*:\d\d", rows[0]), rows
    assert "Hội trường B" in rows[1] and not re.search(r":\d\d", rows[1]), rows
    coordinator.start()
    first, second = ask(coordinator, "GET")[1]["displays"]
    assert (first["screens"], "seen" in first, "seen" in second) == (0, True, False)
    assert (await screen(coordinator, token)).first["type"] == "welcome"


async def test_the_token_is_nowhere_but_in_the_address(coordinator):
    token = add(coordinator, "Hội trường A", "hall")
    coordinator.start()
    made = ask(coordinator, "POST", body={"name": "Hội trường B", "view": "watcher"})[1]["token"]
    for one in (token, made):
        await screen(coordinator, one)
        await screen(coordinator, one[:-1] + "_")
    await house.until("it is on disk", (coordinator.folder / "displays_seen.json").exists)
    coordinator.stop()
    for path in coordinator.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert token.encode() not in content and made.encode() not in content, path
    assert (coordinator.folder / "identity.json").stat().st_mode & 0o777 == 0o600


async def test_who_has_no_link_sees_nothing(coordinator):
    add(coordinator, "Hội trường A", "hall")
    coordinator.start()
    for role in ("display", "lectern"):
        for token in ("A" * 43, coordinator.join("relay")["token"], coordinator.session):
            peer = await screen(coordinator, token, role)
            assert (peer.first["type"], peer.first["code"]) == ("bye", "unauthorised")
        bare = await coordinator.peer(role)
        assert (bare.first["type"], bare.first["code"]) == ("bye", "unauthorised")


async def test_one_link_has_so_many_screens(coordinator):
    token = add(coordinator, "Cả tỉnh", "watcher")
    coordinator.start()
    most = int(re.search(r"DISPLAY_SCREENS_MAX =\s*(\d+)", (house.ROOT / "include/bounds.h").read_text())[1])
    peers = [await screen(coordinator, token) for _ in range(most)]
    assert {peer.first["type"] for peer in peers} == {"welcome"}
    assert (await screen(coordinator, token)).first["code"] == "busy"
