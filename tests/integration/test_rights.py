"""Every role x every command over the real door, for one's own and for a foreign site.

Commands are the first good example of each in proto/examples, about sites and turns that exist;
what each role may is read from the table in docs/meeting.md. A new command is tried without a line
here.
"""
import asyncio
import json

import house

PASSWORD = "a long password"
PEOPLE = ("operator", "technician", "chair", "viewer")
TURNED_AWAY = ("forbidden", "unauthorised")
NOT_UNDERSTOOD = ("bad_message", "too_large", "rate_limited", "busy", "spare")


def rights():
    """{command: {role: yes, own or –}} of the page."""
    page = (house.ROOT / "docs/meeting.md").read_text()
    lines = page.split("<!-- table: rights -->")[1].strip().split("\n\n")[0].splitlines()
    head, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0]: dict(zip(head[1:], row[1:])) for row in rows}


def commands():
    """{name: args} of the first good example of each command."""
    found = {}
    for line in (house.ROOT / "proto/examples/command.txt").read_text().splitlines():
        kind, verdict, _, document = line.split("\t", 3)
        if (kind, verdict) == ("command", "ok"):
            command = json.loads(document)
            found.setdefault(command["name"], command["args"])
    return found


def about(args, site, turns, items):
    """The same command, about this site and its things."""
    real = {"site": site, "turn": turns[site], "item": items[0]}
    return {**args, **{name: real[name] for name in args if name in real}}


class House:
    """A meeting with a peer of every role."""

    def __init__(self, coordinator):
        self.coordinator = coordinator

    async def fill(self):
        self.peers = {role: await self.person(role) for role in PEOPLE}
        snapshot = self.peers["operator"].first["snapshot"]
        self.items = [item["item"] for item in snapshot["items"]]
        self.turns = {turn["site"]: turn["turn"] for turn in snapshot["turns"]}
        self.own, self.foreign = list(self.turns)[:2]
        self.peers["site"] = await self.coordinator.peer("site", self.own)
        self.peers["relay"] = await self.coordinator.peer("relay")
        return self

    async def person(self, role):
        session = self.coordinator.login(role, None if role == "operator" else PASSWORD)
        return await self.coordinator.peer(role, session=session)

    async def answer_to(self, role, name, args):
        peer, id_ = self.peers[role], house.instance()
        await peer.send({"type": "command", "id": id_, "name": name, "args": args})
        answer = {}
        while answer.get("id") != id_:
            answer = await peer.receive()
        return answer

    async def code_of(self, role, name, args, site):
        args = about(args, site, self.turns, self.items)
        answer = await self.answer_to(role, name, args)
        while answer.get("code") == "rate_limited":  # there are more commands than may come at once
            await asyncio.sleep(1)  # each asking too soon is an offence, of which twenty end it
            answer = await self.answer_to(role, name, args)
        assert answer.get("code") not in NOT_UNDERSTOOD, answer
        return answer.get("code", "accepted")


def may(cell, is_own):
    return cell == "yes" or (cell == "own" and is_own)


async def test_every_role_and_command_over_the_door(make):
    coordinator = make()
    for role in PEOPLE[1:]:
        coordinator.command("account", "add", coordinator.folder, role, "--role", role,
                            "--password-stdin", input=PASSWORD + "\n")
    house_ = await House(coordinator.start()).fill()
    table, tried = rights(), 0
    assert set(table) == set(commands())
    # Whoever may do most comes last, so that the meeting stands still for the others.
    for role in ("viewer", "relay", "site", "chair", "technician", "operator"):
        for site in (house_.foreign, house_.own):
            for name, args in commands().items():
                code = await house_.code_of(role, name, args, site)
                is_own = role != "site" or site == house_.own or not {"site", "turn"} & set(args)
                allowed = may(table[name][role], is_own)
                assert (code not in TURNED_AWAY) == allowed, (role, name, site, code)
                tried += 1
    assert tried == 12 * len(table)
    print(f"{tried} commands")
    for peer in house_.peers.values():  # nobody was shown out for asking
        await peer.send({"type": "ping", "t": 7})
        await peer.until("pong", t=7)
