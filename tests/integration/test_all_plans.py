"""Every plan delivered, from draft to closed minutes, and what is special in each really happens."""
import json

import pytest

import house
from conference import Conference

SPEED = 1000
PLANS = ("a", "b", "c", "d", "e", "e-year", "e-year-end")


@pytest.fixture
def held(make, tmp_path):
    """All plans at once, each with a simulated site for every one of its sites; ends them."""
    begun = {}
    try:
        for plan in PLANS:
            folder = tmp_path / plan
            folder.mkdir()
            begun[plan] = Conference(
                make(plan=plan, options=("--speed", str(SPEED))).start(), folder)
            begun[plan].begin()
        yield begun
    finally:
        for conference in begun.values():
            conference.end()


def acts_of(minutes, kind):
    """Of each item of this kind, its acts that took place."""
    return [[act for act in item.get("acts", []) if act["state"] == "done"]
            for item in minutes["items"] if item["kind"] == kind]


def remote_speeches(minutes):
    main = {site["site"] for site in minutes["sites"] if site["kind"] == "main"}
    return [speech["site"] for speech in minutes["speeches"]
            if speech["state"] == "done" and speech["site"] not in main]


def assert_walked(plan, result, minutes):
    assert (result["closed"], result["refusals"]) == (True, []), (plan, result)
    assert minutes["state"] == "closed", plan
    # At the end the link of who directed is gone, and the record says so.
    assert minutes["seq"] - result["events"] in (0, 1), plan
    assert {item["state"] for item in minutes["items"]} == {"done"}, plan
    assert {speech["state"] for speech in minutes["speeches"]} == {"done"}, plan
    assert all(site["attended"] for site in minutes["sites"]), plan


def film_course(coordinator, item):
    """What the player told of the item's film, in order."""
    return [data["state"] for *_, name, data in house.events(coordinator)
            if name == "film.observed" and data["item"] == item]


def assert_voted(minutes):
    """The programme was put to the vote: every site counted, the counts agree, and it stands there in its item."""
    (vote,) = minutes["votes"]
    assert (vote["state"], vote["counted"], vote.get("fault")) == ("closed", vote["sites"], None)
    assert vote["sites"] > 8 and vote["cast"] == sum(vote["answers"]) + vote["spoilt"] <= vote["present"]
    (item,) = [item for item in minutes["items"] if item["item"] == vote["item"]]
    assert item["started"]["at"] <= vote["opened"]["at"] < vote["ended"]["at"] <= item["finished"]["at"]


def before(speech, between):
    return speech["stretches"][-1]["started"]["at"] < between["closed"]["at"]


def after(speech, between):
    return speech["stretches"][0]["started"]["at"] >= between["reopened"]["at"]


def assert_in_order(acts):
    times = [act["shown"]["at"] for act in acts]
    assert times == sorted(times)


def test_every_plan_runs_from_draft_to_closed_minutes(held):
    autopilots = {plan: conference.engage() for plan, conference in held.items()}
    results = {plan: json.loads(autopilot.communicate()[0])
               for plan, autopilot in autopilots.items()}
    minutes = {plan: conference.coordinator.get("/api/v1/minutes")
               for plan, conference in held.items()}
    for plan in PLANS:
        assert_walked(plan, results[plan], minutes[plan])

    communes, collectives = acts_of(minutes["c"], "awards")
    assert (len(communes), len(collectives)) == (8, 20)
    (honoured,) = acts_of(minutes["d"], "awards")
    kinds = [act["recipient"] for act in honoured]
    assert (kinds.count("collective"), kinds.count("individual")) == (10, 15)
    (signed_in_c,) = acts_of(minutes["c"], "signing")
    (signed_in_d,) = acts_of(minutes["d"], "signing")
    assert [act["office"] for act in signed_in_c] == [
        "Trưởng Ban", "Chủ tịch", "Trưởng Công an huyện", "Chỉ huy trưởng"]
    assert [act["name"] for act in signed_in_d] == [
        "Ban Dân vận Tỉnh uỷ", "Ban cán sự đảng UBND Tỉnh"]
    (between,) = minutes["e-year"]["reopenings"]
    assert between["adjourned"] is True
    spoken = [[speech["unit"] for speech in minutes["e-year"]["speeches"] if sitting(speech, between)] for sitting in (before, after)]
    assert [len(units) for units in spoken] == [8, 8] and spoken[0] == spoken[1]
    assert film_course(held["c"].coordinator, "06") == ["ready", "playing", "ended"]
    for plan in ("c", "d"):
        assert_voted(minutes[plan])
    for acts in (communes, collectives, honoured, signed_in_c, signed_in_d):
        assert_in_order(acts)

    assert remote_speeches(minutes["c"]) == ["co-am", "tam-cuong", "thi-tran"]
    assert remote_speeches(minutes["d"]) == ["sa-dec", "thap-muoi", "lap-vo", "tp-hong-ngu", "lai-vung"]
    for plan in PLANS:
        assert len(remote_speeches(minutes[plan])) >= 3, plan
