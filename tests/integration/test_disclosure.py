"""Nobody reads what is hidden from him: every role x every document x every hidden kind of event.

A meeting is run in which every hidden kind of event happens. Then each event of its journal is given
marks of its own: every free text, account and instance in it, by the schema, and the second when it
happened. The coordinator is started on that journal, and whatever it makes for each role is searched
for the marks of events that the table in docs/meeting.md hides from that role. Events, fields, roles
and routes are read from where they are defined: a new one is looked for without a line here, and a
hidden kind of event that does not happen below fails the test.
"""
import asyncio
import contextlib
import json
import re
import sqlite3
import time

import pytest

import house
import papers
from test_http_rights import ROUTES

PASSWORD = "a long password"
OWN, OTHER = "ha-noi", "ca-mau"
PEOPLE = ("operator", "technician", "chair", "viewer")
SCREENS = {"display": "hall", "lectern": "speaker"}  # by display links
SECOND = 97_000  # from one event to the next, in milliseconds: no two show the same time of day
FORMS = {"/api/v1/minutes": ["?format=json", *(f"?format=html&lang={of}" for of in ("vi", "en"))]}

# What docs/meeting.md shows to all people of hidden events: when a site first came, when a step of
# its ledger was done.
STANDING = {("/api/v1/minutes", "site.linked"), ("/api/v1/minutes", "site.signed"),
            ("/api/v1/minutes.json", "site.linked"), ("/api/v1/minutes.json", "site.signed"),
            ("/api/v1/minutes", "site.registered"), ("/api/v1/minutes.json", "site.registered"),
            ("/api/v1/meeting", "site.registered")}
PERSON = "PERSON"  # in all that is kept by name, beside the record


# ---- what there is ----

def table():
    """{event: {role: yes, own or –}} of the page, which a unit test compares with the core."""
    page = (house.ROOT / "docs/meeting.md").read_text()
    lines = page.split("<!-- table: events -->")[1].strip().split("\n\n")[0].splitlines()
    head, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0]: dict(zip(head[1:], row[1:])) for row in rows}


def schema(name):
    return json.loads((house.ROOT / f"proto/schema/{name}.json").read_text())["$defs"]


def texts():
    """{event: the members that hold free text or an instance}, by the schema."""
    types = schema("types")

    def holds(member):
        named = member.get("$ref", "").rsplit("/", 1)[-1]
        member = types.get(named, member)
        free = member.get("type") == "string" and not {"pattern", "enum", "const"} & set(member)
        return named == "instance_id" or (free and member.get("maxLength", 0) > 20)

    def within(name, member):
        """Of a member that is an object: the members of that, as paths."""
        named = types.get(member.get("$ref", "").rsplit("/", 1)[-1], {})
        return [f"{name}/{inner}" for inner, of in named.get("properties", {}).items() if holds(of)]

    return {name: [path for n, member in of["properties"].items()
                   for path in ([n] if holds(member) else within(n, member))]
            for name, of in schema("events").items() if "." in name}


def holder(data, path):
    """The object of an event's data that has this member, and its name there; None: there is none."""
    *above, name = path.split("/")
    for one in above:
        data = data.get(one)
        if data is None:
            return None, name
    return data, name


def routes():
    """Every route of the server, each with the forms in which it answers."""
    source = (house.ROOT / "coordinator/ws/http.c").read_text()
    found = re.findall(r'\{"(/[^"]+)", HTTP_', source)
    assert set(found) <= set(ROUTES)  # whose rights are tested
    return [route + form for route in found for form in FORMS.get(route, [""])]


EVENTS, TEXTS = table(), texts()


def visible(role, event, own=None):
    cell = EVENTS[event["name"]][role]
    about = event["data"].get("site")
    return cell == "yes" or (cell == "own" and about in (None, own))


# ---- the meeting ----

class Cast:
    def __init__(self, coordinator):
        self.coordinator, self.peers = coordinator, {}

    async def come(self, **hello):
        for role in PEOPLE:
            session = self.coordinator.login(role, None if role == "operator" else PASSWORD)
            self.peers[role] = await self.coordinator.peer(role, session=session, **hello)
        for role, token in self.coordinator.links.items():
            self.peers[role] = await self.coordinator.peer(role, token=token, **hello)
        self.peers["site"] = await self.coordinator.peer("site", OWN)
        self.peers["other"] = await self.coordinator.peer("site", OTHER)
        self.peers["relay"] = await self.coordinator.peer("relay")
        for peer in self.peers.values():
            assert peer.first["type"] == "welcome"
        return self

    async def call_the_roll(self):
        """What is hidden and happens before the opening alone."""
        await self.peers["operator"].must("meeting.assemble")
        technician = self.peers["technician"]
        for site in (OWN, OTHER):
            await technician.must("talkback.open", site=site)
            await technician.must("talkback.mark", site=site, answer="not_heard")
            await technician.must("roll.call", site=site)
            await technician.must("roll.mark", site=site, result="fault", note="first")
        await technician.must("talkback.close")
        await technician.must("line_test.start")
        for peer, site in (("site", OWN), ("other", OTHER)):
            await self.peers[peer].must("line_test.report", site=site,
                                        figures={"picture": "moving", "level_dbfs": -40})
            await technician.must("line_test.confirm", site=site, heard=True)
        await technician.must("line_test.end")
        await technician.must("ready.ask")
        await technician.must("ready.answer", site=OTHER)
        await technician.must("ready.end")

    async def play(self, mark, step):
        """Every hidden kind of event; `mark` is in all texts, `step` is signed."""
        operator, technician, chair = (self.peers[role] for role in PEOPLE[:3])
        for site in (OWN, OTHER):
            await technician.must("site.sign", site=site, step=step, done=True,
                                  evidence=f"{mark}-evidence-{site}")
            await technician.must("site.bar", site=site, barred=True,
                                  reason=f"{mark}-reason-{site}")
            await technician.must("site.bar", site=site, barred=False)
            await operator.must("message.send", site=site, text=f"{mark}-message-{site}")
        await operator.must("message.send", text=f"{mark}-message-all")
        await self.peers["other"].must("message.send", site=OTHER, text=f"{mark}-from-{OTHER}")
        await self.read_messages(mark)
        item = operator.first["snapshot"]["items"][0]["item"]
        await technician.must("item.note", item=item, text=f"{mark}-note")
        turn = operator.first["snapshot"]["turns"][0]
        await operator.must("turn.telephone", turn=turn["turn"], at=OTHER if turn["site"] != OTHER else OWN, note=f"{mark}-line")
        await operator.must("speaker.tell", text=f"{mark}-to-the-speaker")
        for dark in (True, False):
            await operator.must("speaker.darken", dark=dark)
        await self.write_opinions(mark)
        await self.hand_over(mark)
        await self.keep_among_staff(mark)
        await self.vote(mark)
        for on in (True, False, True, False):  # one of them is so already
            await technician.command("mic.lock", site=OTHER, locked=on)
            await technician.command("mic.lock_all", locked=on)
            await chair.command("mic.open_venue", open=on)
            await self.peers["other"].command("site.mute", site=OTHER, muted=on)
        await self.be_seen_and_alarmed(technician)

    async def keep_among_staff(self, mark):
        """Whom to ring, the inner line, what is owed, and what is prepared."""
        operator, technician = self.peers["operator"], self.peers["technician"]
        for site in (OWN, OTHER):
            await technician.must("site.edit", site=site, contact=f"{mark}-contact-{site}")
        await technician.must("message.send", audience="staff", text=f"{mark}-inside")
        await operator.must("document.add", document=f"{mark}-owed", title=f"{mark}-title",
                            site=OTHER, unit=f"{mark}-unit")
        await operator.must("document.remove", document=f"{mark}-owed")
        await operator.must("check.add", check=f"{mark}-check", title=f"{mark}-line")
        for site in (OWN, OTHER):
            await technician.must("site.check", site=site, check=f"{mark}-check", done=True, note=f"{mark}-ticked-{site}")
            for present in (True, False):
                await technician.command("site.post", site=site, present=present)
        await operator.must("check.remove", check=f"{mark}-check")
        for site in (OWN, OTHER):
            of = f"{mark}-{PERSON}-{site}"
            await technician.must("site.register", site=site, delegates=[], people={
                "technician": of, "contact": of, "delegates": ""})
            await technician.must("site.attend", site=site, delegates=[], reason=f"{mark}-absent-{site}")
        await operator.must("task.add", task=f"{mark}-task", title=f"{mark}-todo", owner=f"{mark}-owner")
        await operator.must("task.mark", task=f"{mark}-task", done=True, note=f"{mark}-done")
        await operator.must("task.remove", task=f"{mark}-task")
        await self.move_files(operator, mark)

    @staticmethod
    async def bring(bearer, content, **what):
        status, answer = await asyncio.to_thread(bearer.bring, content, **what)
        assert status == 200, answer

    async def move_files(self, operator, mark):
        """What is owed comes in and is discarded; a file is handed out, fetched, withdrawn."""
        centre = papers.Bearer(self.coordinator, session=self.coordinator.session)
        content = papers.pdf(500, seed=mark)
        await operator.must("document.add", document=f"{mark}-in", title=f"{mark}-title")
        await self.bring(centre, content, name=f"{mark}-name.pdf", document=f"{mark}-in")
        await operator.must("document.discard", document=f"{mark}-in", reason=f"{mark}-discarded")
        await self.bring(centre, content, name=f"{mark}-out.pdf", handout=f"{mark}-out",
                         title=f"{mark}-handout")
        await self.peers["other"].must("handout.mark", handout=f"{mark}-out", site=OTHER, receipt="fetched")
        await operator.must("handout.withdraw", handout=f"{mark}-out")

    async def vote(self, mark):
        """Who cast what, and what stands in the protocol."""
        operator, other = self.peers["operator"], self.peers["other"]
        of = {"vote": f"{mark}-vote", "site": OTHER}
        await operator.must("vote.add", vote=of["vote"], question="Thông qua chương trình",
                            options=["Tán thành", "Không tán thành"], method="by_name")
        await operator.must("vote.open", vote=of["vote"])
        await other.must("vote.cast", **of, voter=f"{mark}-voter", choice=1)
        await operator.must("vote.correct", **of, voter=f"{mark}-voter", choice=2, reason=f"{mark}-why")
        await other.must("vote.report", **of, text=f"{mark}-problem")
        await operator.must("vote.close", vote=of["vote"])

    async def write_opinions(self, mark):
        """One in an item that takes some, read and answered."""
        operator, chair, other = (self.peers[role] for role in ("operator", "chair", "other"))
        meeting = self.coordinator.get("/api/v1/meeting")
        active = next(item for item in meeting["items"] if item["state"] == "active")
        await operator.must("item.edit", item=active["item"], kind="discussion")
        await other.must("opinion.give", item=active["item"], site=OTHER, unit=f"{mark}-on-behalf",
                         text=f"{mark}-opinion")
        opinion = self.coordinator.get("/api/v1/meeting")["opinions"][-1]["opinion"]
        await chair.must("opinion.mark", opinion=opinion, state="answered", note=f"{mark}-answer")
        await operator.must("item.edit", item=active["item"], kind=active["kind"])

    async def hand_over(self, mark):
        """Who directs is for staff: offered, withdrawn, declined, accepted, lost, taken over."""
        operator = self.peers["operator"]
        if not self.coordinator.get("/api/v1/meeting")["direction"].get("account"):
            await operator.must("direction.take")
        own = operator.first["account"]
        second = await self.coordinator.peer(
            "operator", session=self.coordinator.login("second", PASSWORD))

        async def offer(peer, to):
            await peer.must("direction.offer", to=to, note=f"{mark}-to-know")
            return self.coordinator.get("/api/v1/meeting")["direction"]["offer"]["offer"]
        if self.coordinator.get("/api/v1/meeting")["direction"]["account"] == own:
            await operator.must("direction.withdraw", offer=await offer(operator, "second"))
            await second.must("direction.decline", offer=await offer(operator, "second"),
                              note=f"{mark}-no")
            await second.must("direction.accept", offer=await offer(operator, "second"))
            await second.close()
            await house.until("who directs is gone", lambda: self.coordinator.get(
                "/api/v1/meeting")["direction"]["link"] == "lost")
            await operator.must("direction.take", reason=f"{mark}-gone")
        else:
            await second.close()

    async def read_messages(self, mark):
        """One of a site by the centre, one of the centre by a site."""
        chair, other = self.peers["chair"], self.peers["other"]
        kept = self.coordinator.get("/api/v1/meeting")["messages"]
        number = {message["text"]: message["message"] for message in kept}
        await chair.must("message.read", message=number[f"{mark}-from-{OTHER}"])
        await other.must("message.read", message=number[f"{mark}-message-all"])

    async def be_seen_and_alarmed(self, technician):
        other, relay = self.peers["other"], self.peers["relay"]
        await relay.send(house.relay_report([(other.first["number"], "good")]))
        await other.send(house.report(signs=["clock_off"]))
        await other.send(b"\x01" + house.thumbnail())
        spare = await self.coordinator.peer("site", OTHER)
        assert spare.first["spare"]
        raised = await technician.until("event", name="alarm.raised")
        await technician.must("alarm.acknowledge", alarm=raised["data"]["alarm"])
        await technician.must("alarm.note", alarm=raised["data"]["alarm"], text="noted")
        await technician.must("site.promote", site=OTHER)
        await technician.until("event", name="alarm.cleared")
        self.peers["other"] = spare

    async def hear(self, seconds):
        async def listen(peer):
            with contextlib.suppress(asyncio.TimeoutError, Exception):
                while True:
                    await peer.receive(seconds)
        await asyncio.gather(*(asyncio.wait_for(listen(peer), seconds + 1)
                               for peer in self.peers.values()), return_exceptions=True)

    def told(self, role):
        """All that this peer has been sent."""
        return "\n".join(json.dumps(m, ensure_ascii=False) for m in self.peers[role].seen)


# ---- the marks ----

def instance_of(seq):
    return f"facade{seq:026x}"


def mark_row(seq, wall, by, name, data):
    """The event with marks of its own, and what to look for: (event, marks)."""
    # Minutes are in whole seconds of the meeting's timeline: what is planted may be a second off it.
    near = (wall - 1000, wall, wall + 1000)
    marks = {"time": {text for moment in near for text in (
        str(moment), time.strftime("%H:%M:%S", time.gmtime(moment / 1000 + 7 * 3600)))}}
    for member in TEXTS[name]:
        mark = instance_of(seq) if member == "instance" else f"MARK-{seq}-{member.replace('/', '.')}-END"
        where, last = holder(data, member)
        if where is not None:
            where[last] = mark
            marks[member] = {mark}
    if "account" in by:
        by["account"] = f"by-{seq}-by"
        marks["account"] = {by["account"]}
    return {"seq": seq, "name": name, "data": data, "marks": marks}


def plant(path):
    """Marks the whole journal; returns its events."""
    planted = []
    first = (int(time.time()) // 86400 - 1) * 86400_000  # from yesterday's midnight on
    with contextlib.closing(sqlite3.connect(path)) as journal, journal:
        rows = journal.execute("SELECT seq, by, name, data FROM event ORDER BY seq").fetchall()
        assert len(rows) * SECOND < 86400_000
        for seq, by, name, data in rows:
            wall, by = first + seq * SECOND, json.loads(by)
            planted.append(mark_row(seq, wall, by, name, json.loads(data)))
            journal.execute("UPDATE event SET wall = ?, by = ?, data = ? WHERE seq = ?",
                            (wall, json.dumps(by), json.dumps(planted[-1]["data"]), seq))
    return planted


def check(role, document, text, events, own=None):
    """No mark of a hidden event is in the document; returns which visible ones are."""
    seen = set()
    for event in events:
        for member, marks in event["marks"].items():
            if not any(mark in text for mark in marks):
                continue
            seen.add((event["seq"], member))
            standing = (member == "time" and (document.split("?")[0], event["name"]) in STANDING) or (
                event["name"] == "site.registered" and member in ("venue", "chair"))  # in the view of the site, as of the plan
            # A screen sees no events, but the meeting as they have made it: less than a viewer, and what is said to the speaker.
            shown = role in SCREENS and visible("viewer", event)
            assert visible(role, event, own) or shown or standing, (role, document, event["name"], member)
    return seen


# ---- the test ----

async def documents(coordinator, session):
    for route in routes():
        status, _, content = await asyncio.to_thread(coordinator.http, route, session=session)
        yield route, status, content.decode()


async def search_planted(coordinator, cast, events):
    """What is served of a record: every route, and what each peer is welcomed with."""
    hidden = {event["name"] for event in events if EVENTS[event["name"]]["viewer"] == "–"}
    everything = {(e["seq"], member) for e in events for member in e["marks"] if member != "time"}
    for role in PEOPLE:
        session = coordinator.login(role, None if role == "operator" else PASSWORD)
        found = {}
        async for route, status, text in documents(coordinator, session):
            who = ROUTES[route.split("?")[0]][0]
            parties = who == "parties"
            hidden_route = who == "sites" or (who == "centre" and role in ("chair", "viewer")) or (role == "viewer" and (parties or route == "/metrics"))
            by_post = who == "operators"  # not read: test_imports.py
            assert status == (405 if by_post else 403 if hidden_route else 404 if parties else 200), route
            found[route] = check(role, route, text, events)
            assert PERSON not in text or (who == "centre" and role in ("operator", "technician")), route
        may = {(e["seq"], m) for e in events for m in e["marks"] if visible(role, e)}
        assert found["/api/v1/journal"] >= may  # and all that it may see is there
        if role == "operator":
            assert found["/api/v1/journal"] >= everything
        if role != "viewer":
            noted = {(e["seq"], "text") for e in events if e["name"] == "item.noted"}
            evidence = {(e["seq"], "evidence") for e in events if e["name"] == "site.signed"}
            raised = {(e["seq"], "time") for e in events if e["name"] == "alarm.raised"}
            for form in FORMS["/api/v1/minutes"]:
                assert found["/api/v1/minutes" + form] >= raised | noted, form
            assert found["/api/v1/minutes.json"] >= evidence
            assert found["/api/v1/meeting"] >= evidence
        check(role, "welcome", json.dumps(cast.peers[role].first, ensure_ascii=False), events)
    for role in SCREENS:
        check(role, "welcome", json.dumps(cast.peers[role].first, ensure_ascii=False), events)
    for credential in (None, *coordinator.links.values(), coordinator.join(OWN)["token"], coordinator.join("relay")["token"]):
        async for route, status, text in documents(coordinator, credential):
            by_post = ROUTES[route.split("?")[0]][0] == "operators"
            assert status == (200 if route == "/healthz" else 405 if by_post else 401), route
            assert not any(mark in text for e in events for of in e["marks"].values() for mark in of)
    return hidden


FOR_STAFF = {"telemetry", "guessing", "present", "certificate"}
FOR_PEOPLE = {"welcome", "event", "update", "passed", "accepted", "refused", "pong"}
MESSAGES = {**{role: FOR_PEOPLE | FOR_STAFF for role in PEOPLE}, "viewer": FOR_PEOPLE,
            "display": {"welcome", "update", "passed"}, "lectern": {"welcome", "event", "update", "passed"},
            "site": {"welcome", "event", "passed", "site_desired", "registration", "accepted", "refused"},
            "relay": {"welcome", "event", "passed", "relay_desired"}}
ADDRESSED = {"relay.linked"}  # the relay that runs: sites make their keys for that instance


def search_live(cast, events):
    """What is told while it happens, by role."""
    for role, types in MESSAGES.items():
        own = OWN if role == "site" else None
        peer = cast.peers[role]
        assert {message["type"] for message in peer.seen} <= types, role
        for message in peer.seen:
            if message["type"] == "event":
                assert visible(role, message, own), (role, message)
        told = cast.told(role)
        assert PERSON not in (told.replace(f"{PERSON}-{OWN}", "") if role == "site" else told), role  # its own alone
        looked_for = [e for e in events if role in PEOPLE or role in SCREENS or e["name"] not in ADDRESSED]
        check(role, "what is told", cast.told(role), looked_for, own)
        assert bool(peer.frames) == (role in PEOPLE[:3]), role


def live_events(operator):
    """The events of the second part as they were told, with the texts in them for marks."""
    found = []
    for message in operator.seen:
        if message["type"] == "event":
            said = {m: (where or {}).get(last, "") for m in TEXTS[message["name"]]
                    for where, last in [holder(message["data"], m)]}
            marks = {m: {text} for m, text in said.items()
                     if "second-" in text or (text and m == "instance")}
            found.append({"seq": message["seq"], "name": message["name"], "data": message["data"],
                          "marks": marks})
    return found


def link_of(coordinator, view):
    """The token of a new display link."""
    made = coordinator.command("display", "add", coordinator.folder, view, "--view", view)
    return re.search(r"#([\w-]{43})$", made.stdout, re.M)[1]


@pytest.fixture
def peopled(make):
    coordinator = make()
    for account, role in (*zip(PEOPLE[1:], PEOPLE[1:]), ("second", "operator")):
        coordinator.command("account", "add", coordinator.folder, account, "--role", role,
                            "--password-stdin", input=PASSWORD + "\n")
    coordinator.links = {role: link_of(coordinator, view) for role, view in SCREENS.items()}
    return coordinator


async def test_nobody_reads_what_is_hidden_from_him(peopled):
    must_happen = {name for name, cells in EVENTS.items() if cells["viewer"] == "–"}
    cast = await Cast(peopled.start()).come()
    await cast.call_the_roll()
    await house.open_meeting(cast.peers["operator"])
    await cast.play("first", "line_tested")
    peopled.kill()
    peopled.start()  # clock.resumed
    operator = await peopled.peer()
    item = next(i for i in operator.first["snapshot"]["items"] if i["state"] == "active")
    await operator.must("item.extend", item=item["item"], by=60000)
    peopled.stop()
    events = plant(peopled.journal)
    assert {event["name"] for event in events} >= must_happen
    cast = await Cast(peopled.start()).come(last_seq=1)
    assert await search_planted(peopled, cast, events) == must_happen
    await cast.play("second", "seated")
    await cast.hear(2)
    search_live(cast, events + live_events(cast.peers["operator"]))
    again = await Cast(peopled).come(last_seq=events[-1]["seq"])  # events missed
    await again.hear(1)
    for role in (*PEOPLE, *SCREENS):
        check(role, "what was missed", again.told(role),
              events + live_events(cast.peers["operator"]))
