"""Every example of a command that is wrong, by an operator, a site and a relay: its code, its place,
and the farewell that the twentieth within half a minute brings. The server goes on serving others."""
import pytest

import house

EXAMPLES = house.ROOT / "proto/examples"
OFFENCES = 20  # the last of them is answered with bye
LARGE = ("too_large", "too_deep")
UNREAD = (*LARGE, "not_json")  # nobody can say which command it was


def bad_commands():
    """(code, place, id, document) of each wrong example that can stand in a message."""
    for file in ("command", "hostile_strings"):
        for line in (EXAMPLES / f"{file}.txt").read_bytes().split(b"\n"):
            kind, *rest = line.split(b"\t", 3)
            if kind != b"command" or rest[0] == b"ok" or not rest[2].startswith(b"{"):
                continue
            verdict, place, document = (part.decode() for part in rest)
            code = "too_large" if verdict.rstrip("+") in LARGE else "bad_message"
            id_ = None if verdict.rstrip("+") in UNREAD else "c"
            yield code, place, id_, '{"type":"command","id":"c",' + document[1:]


OWN_JOINS = 19  # an instance of a site or relay may come back so often at once (coordinator/peers/join_rate.h)


# An operator gives all of them; of a site and a relay each a half, since these may not come back as often.
SHARES = {"operator": lambda whole: whole, "site": lambda whole: whole[::2], "relay": lambda whole: whole[1::2]}


def batches():
    found = list(bad_commands())
    found += found[:-len(found) % OFFENCES]  # whole batches, so that each ends in a farewell
    return [found[i:i + OFFENCES] for i in range(0, len(found), OFFENCES)]


async def offend(peer, batch):
    """Sends a batch that ends the connection. What still waits when it ends is dropped, so each is
    sent when the one before has been answered."""
    for code, place, id_, document in batch[:-1]:
        await peer.send(document)
        refused = await peer.until("refused")
        assert (refused["code"], refused.get("field", "")) == (code, place), document
        assert refused["text"] and refused.get("id") == id_, document
    await peer.send(batch[-1][3])
    assert await peer.closed() == batch[-1][0]


@pytest.mark.parametrize("role, site", [("operator", None), ("site", "ha-noi"), ("relay", None)])
async def test_wrong_commands_are_refused_and_then_ended(make, role, site):
    coordinator = make(options=("--speed", "60", "--plain-http-loopback")).start()
    onlooker = await coordinator.peer()
    before = onlooker.first["seq"]
    whole, instance = SHARES[role](batches()), house.instance()  # one instance, which may come back often
    assert 10 <= len(whole) and (role == "operator" or len(whole) <= OWN_JOINS)
    for number, batch in enumerate(whole):
        await offend(await coordinator.peer(role, site, name=instance), batch)
        await onlooker.must("site.sign", site="ha-giang", step="line_tested", done=number % 2 == 0)
    assert coordinator.metric("diemcau_refusals_total") >= len(whole) * (OFFENCES - 1)
    names = {event["name"] for event in coordinator.get(
        f"/api/v1/journal?from={before + 1}")["events"]}
    assert names <= {"site.signed", "site.linked", "relay.linked", "alarm.raised", "alarm.cleared"}
    assert "<3>" not in coordinator.log.read_text()
