"""kill -9 between commit and acknowledgement: what was promised is kept, what was kept is done once."""
import asyncio
import contextlib
import os
import pathlib
import random
import secrets
import sqlite3

import websockets

import rig
from rig import LONG, house, report_figures

KILLS, PROVEN = (200, 20) if LONG else (15, 0)  # kills at any instant; of them between commit and acknowledgement
KILLS_MAX = 2 * KILLS
KILLS_HELD = 20 if LONG else 3  # kills while the disk takes its time, each between commit and acknowledgement
HELD_S = 0.1
SHIM = os.environ.get("DIEMCAU_FAILING_SYNC", str(rig.LIB / "failing_sync.so"))
SITES = ["ha-noi", "hai-phong", "can-tho", "da-nang", "lao-cai", "son-la", "vinh-long"]
IN_FLIGHT, PACE_S = 4, 0.025  # within what an operator may send


class Site:
    """A site, and an operator who gives commands about it without waiting: he knows which were answered."""

    def __init__(self, coordinator, name):
        self.coordinator, self.name, self.instance = coordinator, name, house.instance()
        self.pending, self.accepted, self.repeated = {}, {}, {}
        self.operator, self.desired = None, None

    async def connect(self):
        peer = await self.coordinator.peer("site", self.name, name=self.instance)
        assert peer.first["type"] == "welcome", peer.first
        self.desired = await peer.until("site_desired")
        self.operator = await self.coordinator.peer(name=self.instance)
        assert self.operator.first["type"] == "welcome", self.operator.first
        for id_ in self.pending:
            await self.give(id_)
        while self.pending:
            self.take(await self.operator.receive())

    async def give(self, id_):
        self.pending[id_] = True
        await self.operator.send({"type": "command", "id": id_, "name": "message.send",
                                  "args": {"site": self.name, "text": id_}})

    def take(self, message):
        assert message["type"] != "refused", message
        if message["type"] == "accepted":
            self.accepted[message["id"]] = message["seq"]
            del self.pending[message["id"]]

    async def talk(self):
        """Until the coordinator is gone; what is still in the socket is read."""
        listening = asyncio.create_task(self.listen())
        with contextlib.suppress(websockets.ConnectionClosed):
            while not listening.done():
                if len(self.pending) < IN_FLIGHT:
                    await self.give(secrets.token_hex(8))
                await asyncio.sleep(PACE_S * random.uniform(0.5, 1.5))
        await listening

    async def listen(self):
        with contextlib.suppress(websockets.ConnectionClosed):
            while True:
                self.take(await self.operator.receive(20))


def on_disk(coordinator):
    """{command id: number of its last event} of every command kept."""
    with contextlib.closing(sqlite3.connect(coordinator.journal)) as journal:
        return dict(journal.execute("SELECT command, seq FROM answer"))


async def kill_at_any_instant(coordinator, _):
    await asyncio.sleep(random.uniform(0.05, 0.25))
    coordinator.kill()


async def kill_behind_a_commit(coordinator, sites):
    """The disk takes its time: what is committed is written, and nobody is told before it is safe."""
    await asyncio.sleep(random.uniform(0.05, 0.25))
    stalled = pathlib.Path(coordinator.env["STALLED_SYNC"])
    stalled.touch()
    while any(len(site.pending) < IN_FLIGHT for site in sites):
        await asyncio.sleep(PACE_S)
    await asyncio.sleep(HELD_S)
    coordinator.kill()
    stalled.unlink()


async def kill_once(coordinator, sites, turn, kill):
    """The commands that were on disk and unacknowledged when it was killed."""
    await asyncio.gather(*(site.connect() for site in sites))
    for site in sites:
        assert site.desired["floor"]["turn"] == turn and site.desired["floor"]["take"] == 1
        site.desired = None
    talking = [asyncio.create_task(site.talk()) for site in sites]
    await kill(coordinator, sites)
    await asyncio.gather(*talking)
    kept, owed = on_disk(coordinator), {}
    for site in sites:
        owed.update({id_: kept[id_] for id_ in site.pending if id_ in kept})
    coordinator.start()
    return owed


def check_all(coordinator, sites, owed):
    """Nothing lost, nothing twice, every answer the stored one."""
    sent = [data["text"] for _, _, _, name, data in house.events(coordinator) if name == "message.sent"]
    accepted = {}
    for site in sites:
        accepted.update(site.accepted)
    assert len(sent) == len(set(sent)), "done twice"
    assert set(accepted) == set(sent), "lost"
    assert on_disk(coordinator).items() >= accepted.items()
    assert all(accepted[id_] == seq for id_, seq in owed.items()), "another answer on repetition"
    return len(accepted)


async def hold_kills(coordinator):
    _, turn, _, _ = await house.speak(coordinator)
    before = coordinator.get("/api/v1/meeting")
    sites = [Site(coordinator, name) for name in SITES
             if (coordinator.folder / "join" / f"{name}.json").exists()]
    owed, kills, between = {}, 0, 0
    while kills < KILLS or (between < PROVEN and kills < KILLS_MAX):
        unanswered = await kill_once(coordinator, sites, turn, kill_at_any_instant)
        owed.update(unanswered)
        between += bool(unanswered)
        kills += 1
    assert between >= PROVEN
    for _ in range(KILLS_HELD):
        unanswered = await kill_once(coordinator, sites, turn, kill_behind_a_commit)
        assert unanswered, "committed, and nobody told"
        owed.update(unanswered)
    await asyncio.gather(*(site.connect() for site in sites))
    after = coordinator.get("/api/v1/meeting")
    assert after["floor"] == before["floor"], "turn and timer"
    assert after["turns"] == before["turns"] and after["items"] == before["items"]
    accepted = check_all(coordinator, sites, owed)
    report_figures(kills=kills, kills_between_commit_and_answer=between, kills_behind_a_commit=KILLS_HELD,
                   commands_owed=len(owed), commands_accepted=accepted)


def test_what_was_promised_is_kept_and_done_once(tmp_path):
    coordinator = house.Coordinator(
        tmp_path / "c", options=("--plain-http-loopback",),
        env={**house.preloaded(SHIM), "STALLED_SYNC": str(tmp_path / "stalled")}).start()
    try:
        asyncio.run(hold_kills(coordinator))
    finally:
        coordinator.kill()
