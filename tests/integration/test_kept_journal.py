"""A journal that an earlier version wrote, with nearly every kind of event in it, and what that version
said of it: read today, the events are the same, and so are the minutes, which are in whole seconds now."""
import json
import pathlib
import shutil

KEPT = pathlib.Path(__file__).parent / "kept_journal"
GROWS = {"seq", "until", "live", "online", "media"}  # while a meeting is live
WHOLE = {"at", "wall", "length", "spoken", "over"}  # cut to the second


def kept(name):
    return json.loads((KEPT / name).read_text())


def grows(parent, name):
    return name in GROWS or (name == "length" and parent.get("state") == "active")


def missing(then, now, at=""):
    """What was said then and is not now. Members that are new are no loss."""
    if isinstance(then, dict):
        for name, value in then.items():
            if not grows(then, name):
                yield from missing(value, now.get(name), f"{at}/{name}")
    elif isinstance(then, list) and isinstance(now, list) and len(now) >= len(then):
        for place, value in enumerate(then):
            yield from missing(value, now[place], f"{at}/{place}")
    elif at.rpartition("/")[2] in WHOLE:
        if now % 1000 or abs(then - now) > 2000:  # of a speech in two stretches
            yield f"{at}: {then!r} is {now!r}"
    elif then != now:
        yield f"{at}: {then!r} is {now!r}"


async def test_a_journal_of_an_earlier_version(make):
    coordinator = make(plan="d", options=("--speed", "1"))
    shutil.copy(KEPT / "meeting.sqlite", coordinator.folder / "meeting.sqlite")
    coordinator.start()
    events = kept("events.json")
    page = coordinator.get("/api/v1/journal?from=1")["events"]
    assert page[:len(events)] == events
    assert page[len(events)]["name"] == "clock.resumed"
    minutes = json.loads(coordinator.http("/api/v1/minutes?format=json", session=coordinator.session)[2])
    lost = list(missing(kept("minutes.json"), minutes))
    assert not lost, "\n".join(lost)
    operator = await coordinator.peer()
    await operator.must("item.finish", item="06")
