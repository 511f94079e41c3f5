"""Registration of sites and attendance against the real coordinator: what comes from a site, what is kept
beside the journal and never in it, who sees it, and that it can be erased."""
import asyncio
import csv
import io
import json
import pathlib
import random
import sqlite3
import stat
import zipfile

import pytest

import house

SITE, OTHER = "ha-noi", "ha-giang"
PASSWORD = "a long password"
TECHNICIAN, CONTACT, DELEGATE, POST = "Trực máy Thử Nghiệm", "máy lẻ 101", "Đại biểu Thứ Nhất", "Trưởng ban Mẫu"
SECRETS = (TECHNICIAN, CONTACT, DELEGATE, POST)
LEADERS, BOARDS = "Lãnh đạo tỉnh ủy, thành ủy", "Ban Dân vận"


@pytest.fixture
def make(tmp_path):
    made = []

    def make_one(by_name=True, **terms):
        plan = tmp_path / f"plan-{len(made)}"
        plan.mkdir()
        for file in (house.ROOT / "deploy/plans/a").iterdir():
            (plan / file.name).write_bytes(file.read_bytes())
        about = json.loads((plan / "meeting.json").read_text(encoding="utf-8"))
        about["preparation"]["registration"] |= {"by_name": by_name}
        about["preparation"] |= terms
        (plan / "meeting.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
        made.append(house.Coordinator(tmp_path / f"dir-{len(made)}", plan=plan))
        return made[-1]

    yield make_one
    for coordinator in made:
        if coordinator.process and coordinator.process.poll() is None:
            coordinator.stop()


def people(delegate=DELEGATE, post=POST, presence=""):
    line = "\t".join([LEADERS, delegate, post, "Tỉnh ủy", "A1", presence]).rstrip()
    return {"technician": TECHNICIAN, "contact": CONTACT, "delegates": line}


def registration(site=SITE, leaders=2, boards=5, **more):
    return {"site": site, "venue": "Phòng họp số 2", "chair": "Phó Bí thư Thường trực",
            "delegates": [{"category": LEADERS, "count": leaders}, {"category": BOARDS, "count": boards}], **more}


def folder_of(coordinator):
    return pathlib.Path(coordinator.journal).parent


def happened(coordinator, *names):
    """Events of these names, with who caused them."""
    page = coordinator.get("/api/v1/journal?from=1")["events"]
    found = list(page)
    while page:
        page = coordinator.get(f"/api/v1/journal?from={found[-1]['seq'] + 1}")["events"]
        found += page
    return [event for event in found if event["name"] in names]


def rows(coordinator):
    with sqlite3.connect(folder_of(coordinator) / "people.sqlite") as db:
        return db.execute("SELECT digest, site, technician, contact, delegates FROM people ORDER BY site").fetchall()


def recorded(coordinator, site):
    """The digest that the journal has of this site."""
    digest = None
    for _, _, _, name, data in house.events(coordinator):
        if name in ("site.registered", "site.attended") and data["site"] == site and "people_digest" in data:
            digest = data["people_digest"]
    return digest


def listed(coordinator, format_, session=None, **query):
    words = "".join(f"&{name}={value}" for name, value in query.items())
    return coordinator.http(f"/api/v1/registrations?format={format_}{words}", session=session or coordinator.session)


def table(body):
    assert body.startswith(b"\xef\xbb\xbf")  # or Excel reads no Vietnamese
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


async def until_rows(coordinator, n):
    await house.until("rows", lambda: len(rows(coordinator)) == n)


async def test_a_site_registers_and_registers_anew(make):
    coordinator = make().start()
    site, operator = await coordinator.peer("site", SITE), await coordinator.peer()
    told = (await site.until("registration"))["registration"]
    assert told["terms"]["categories"][:2] == [LEADERS, BOARDS] and told["may_register"] and "registered" not in told
    await site.must("site.register", **registration(people=people()))
    told = (await site.until("registration"))["registration"]
    assert told["people"] == people() and told["registered"] > 0  # its own, to put right
    event = await operator.until("event", name="site.registered")
    assert event["data"]["named"] == 1 and event["by"]["site"] == SITE
    view = next(one for one in coordinator.get("/api/v1/meeting")["sites"] if one["site"] == SITE)
    step = next(one for one in view["steps"] if one["step"] == "registered")
    assert step["evidence"] == f"7 · {recorded(coordinator, SITE)[:12]}" and view["venue"] == "Phòng họp số 2"
    assert [row[:2] for row in rows(coordinator)] == [(recorded(coordinator, SITE), SITE)]

    await site.must("site.register", **registration(boards=6))  # people stay
    assert (await site.until("registration"))["registration"]["people"] == people()
    await operator.must("site.register", **registration(people=people("Đại biểu Thứ Hai")))
    await until_rows(coordinator, 1)
    assert "Đại biểu Thứ Hai" in rows(coordinator)[0][4] and DELEGATE not in rows(coordinator)[0][4]
    changes = [(event["by"]["role"], event["data"]["delegates"][1]["count"])
               for event in happened(coordinator, "site.registered")]
    assert changes == [("site", 5), ("site", 6), ("operator", 5)]  # who and what, each time
    late = next(one for one in coordinator.get("/api/v1/meeting")["registrations"] if one["site"] == SITE)
    assert late["late"]  # 10/7/2022 is long over


async def test_wrong_ones_leave_nothing(make):
    coordinator = make().start()
    site = await coordinator.peer("site", SITE)
    for wrong in (registration(OTHER, people=people()), registration(leaders=0, people=people()),
                  registration(people=people() | {"delegates": "Ai đó\tMột người"}),
                  registration(people=people() | {"technician": "a\x01b"})):
        answer = await site.command("site.register", **wrong)
        assert answer["type"] == "refused" and answer["code"] in ("forbidden", "invalid"), answer
    await until_rows(coordinator, 0)
    answer = await site.command("site.register", **registration(), people_digest="0f" * 32)
    assert answer["type"] == "accepted" and recorded(coordinator, SITE) is None  # not what a client says


async def test_the_same_command_twice_is_one(make):
    coordinator = make().start()
    site = await coordinator.peer("site", SITE)
    first = await site.command("site.register", id_="once", **registration(people=people()))
    again = await site.command("site.register", id_="once", **registration(people=people()))
    assert first["seq"] == again["seq"]
    await until_rows(coordinator, 1)
    assert rows(coordinator)[0][0] == recorded(coordinator, SITE)


async def test_never_in_the_journal_nor_in_an_archive(make, tmp_path):
    coordinator = make().start()
    operator = await coordinator.peer()
    await operator.must("site.register", **registration(people=people()))
    file = folder_of(coordinator) / "people.sqlite"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    await house.go_live(operator)
    await operator.must("site.attend", site=SITE, people=people(presence="absent"), reason="đi công tác", delegates=[
        {"category": LEADERS, "present": 1, "online": 0, "absent": 1}])
    await until_rows(coordinator, 1)
    assert "\tabsent" in rows(coordinator)[0][4]
    await operator.must("meeting.close")
    backup, archive = tmp_path / "backup", tmp_path / "meeting.zip"
    coordinator.command("backup", coordinator.folder, backup)
    assert coordinator.stop() == 0
    coordinator.command("meeting", "archive", coordinator.folder, "--to", archive)
    with zipfile.ZipFile(archive) as packed:
        assert not [name for name in packed.namelist() if "people" in name]
        contents = b"".join(packed.read(name) for name in packed.namelist())
    journal = b"".join(path.read_bytes() for path in folder_of(coordinator).glob("journal.sqlite*"))
    log = coordinator.log.read_bytes()
    for secret in SECRETS:
        assert secret.encode() not in journal + contents + log, secret
    kept = list(backup.rglob("people.sqlite"))
    assert len(kept) == 1 and TECHNICIAN.encode() in kept[0].read_bytes()  # as the rest of the folder


async def test_lists_for_an_office(make, tmp_path):
    coordinator = make().start()
    operator = await coordinator.peer()
    formula = people("=2+3", "+cmd")
    await operator.must("site.register", **registration(people=formula))
    status, _, body = listed(coordinator, "csv", lang="vi")
    assert status == 200
    found = table(body)
    ours = [row for row in found if row["Điểm cầu"] == "Hà Nội"]
    assert [row["Thành phần"] for row in ours if row["Họ và tên"] == ""][:2] == [LEADERS, BOARDS]
    named = next(row for row in ours if row["Họ và tên"])
    assert (named["Họ và tên"], named["Chức vụ"], named["Chỗ ngồi"]) == ("'=2+3", "'+cmd", "A1")
    assert ours[0]["Kỹ thuật viên trực"] == TECHNICIAN and ours[0]["Ghi chú"] == "sau hạn"
    others = [row for row in found if row["Điểm cầu"] == "Hà Giang"]
    assert len(others) == 1 and others[0]["Ghi chú"] == "chưa đăng ký, đã quá hạn"
    status, _, body = listed(coordinator, "xlsx", lang="en")
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        sheets = b"".join(book.read(name) for name in book.namelist() if name.startswith("xl/")).decode()
    assert status == 200 and "=2+3" in sheets and "<f>" not in sheets and "Technician on duty" in sheets
    written = tmp_path / "danh-sach.csv"
    coordinator.command("meeting", "registrations", coordinator.folder, "--to", written, "--language", "vi")
    assert table(written.read_bytes()) == found
    book = tmp_path / "danh-sach.xlsx"
    coordinator.command("meeting", "registrations", coordinator.folder, "--to", book)
    assert zipfile.is_zipfile(book) and stat.S_IMODE(book.stat().st_mode) & 0o077 == 0
    again = coordinator.command("meeting", "registrations", coordinator.folder, "--to", written, check=False)
    assert again.returncode != 0  # nothing is overwritten


async def test_who_sees_people(make):
    coordinator = make()
    for role in ("technician", "chair", "viewer"):
        coordinator.command("account", "add", coordinator.folder, role, "--role", role, "--password-stdin",
                            input=PASSWORD + "\n")
    coordinator.start()
    sessions = {role: coordinator.login(role, PASSWORD) for role in ("technician", "chair", "viewer")}
    other, own = await coordinator.peer("site", OTHER), await coordinator.peer("site", SITE)
    others = [other]
    for role in ("chair", "viewer"):
        others.append(await coordinator.peer(role, session=sessions[role]))
    await own.until("registration")
    await own.must("site.register", **registration(people=people()))
    assert TECHNICIAN in json.dumps(await own.until("registration"), ensure_ascii=False)
    for role in ("chair", "viewer"):
        for query in ("format=csv", "format=xlsx", f"site={SITE}"):
            assert coordinator.http(f"/api/v1/registrations?{query}", session=sessions[role])[0] == 403
    assert coordinator.http(f"/api/v1/registrations?site={SITE}")[0] == 401
    body = coordinator.http(f"/api/v1/registrations?site={SITE}", session=sessions["technician"])[2]
    assert json.loads(body)["people"] == people()
    await own.must("site.mute", site=SITE, muted=True)
    for peer in others:  # whatever they were sent until now
        await peer.send({"type": "ping", "t": 1})
        seen = []
        while not seen or seen[-1]["type"] != "pong":
            seen.append(await peer.receive())
        text = json.dumps(seen, ensure_ascii=False)
        assert not [secret for secret in SECRETS if secret in text], text
    for path in ("/api/v1/meeting", "/api/v1/journal", "/api/v1/minutes?format=json", "/metrics"):
        for session in (*sessions.values(), coordinator.session):
            body = coordinator.http(path, session=session)[2].decode()
            assert not [secret for secret in SECRETS if secret in body], path


async def test_forgotten_and_still_whole(make, tmp_path):
    coordinator = make().start()
    site, operator = await coordinator.peer("site", SITE), await coordinator.peer()
    await site.until("registration")
    await site.must("site.register", **registration(people=people()))
    assert (await site.until("registration"))["registration"]["people"] == people()
    said = coordinator.command("meeting", "forget", coordinator.folder, "--language", "en").stdout
    assert "erased" in said and rows(coordinator) == []
    told = await site.until("registration", timeout=15)  # the coordinator notices, and lets go
    assert told["registration"]["people"] == {"technician": "", "contact": "", "delegates": ""}
    answer = json.loads(coordinator.http(f"/api/v1/registrations?site={SITE}", session=coordinator.session)[2])
    assert answer["forgotten"] > 0 and answer["people"]["technician"] == ""
    bytes_ = (folder_of(coordinator) / "people.sqlite").read_bytes()
    assert not [secret for secret in SECRETS if secret.encode() in bytes_]  # overwritten, not only unlinked
    found = table(listed(coordinator, "csv", lang="en")[2])
    ours = [row for row in found if row["Site"] == "Hà Nội"]
    assert ours[0]["Remark"].startswith("names and contacts erased") and ours[0]["Registered (people)"] == "2"
    await operator.must("site.register", **registration(OTHER, people=people()))  # another one may come
    await house.go_live(operator)
    await operator.must("meeting.close")
    assert coordinator.stop() == 0
    assert coordinator.command("verify", coordinator.journal).returncode == 0
    coordinator.command("meeting", "export", coordinator.folder, "--to", tmp_path / "out")
    minutes = (tmp_path / "out/minutes.vi.html").read_text(encoding="utf-8")
    assert "Đại biểu dự họp" in minutes and not [secret for secret in SECRETS if secret in minutes]
    coordinator.start()
    assert len(rows(coordinator)) == 1


async def test_erased_when_the_plan_says(make):
    coordinator = make(retention_days=0).start()
    operator = await coordinator.peer()
    await operator.must("site.register", **registration(people=people()))
    await until_rows(coordinator, 1)
    await house.go_live(operator)
    await operator.must("meeting.close")
    await house.until("rows are gone", lambda: rows(coordinator) == [], seconds=15)
    assert coordinator.stop() == 0
    assert coordinator.command("verify", coordinator.journal).returncode == 0


async def test_an_orphan_is_swept_at_the_start(make):
    coordinator = make().start()
    operator = await coordinator.peer()
    await operator.must("site.register", **registration(people=people()))
    coordinator.kill()
    with sqlite3.connect(folder_of(coordinator) / "people.sqlite") as db:  # stored, and killed before the record
        db.execute("INSERT INTO people (digest, site, salt, technician, contact, delegates) VALUES (?, ?, ?, ?, ?, ?)",
                   ("0f" * 32, SITE, b"s" * 32, "Không ai biết", "", ""))
    coordinator.start()
    assert [row[0] for row in rows(coordinator)] == [recorded(coordinator, SITE)]
    answer = json.loads(coordinator.http(f"/api/v1/registrations?site={SITE}", session=coordinator.session)[2])
    assert answer["people"] == people()


async def test_killed_at_any_moment_store_and_record_agree(make):
    coordinator = make().start()
    chance, sites = random.Random(62), [SITE, OTHER, "cao-bang", "bac-kan"]
    for run in range(8):
        operator = await coordinator.peer()
        for number, site in enumerate(sites):
            await operator.send({"type": "command", "id": f"k{run}-{number}", "name": "site.register",
                                 "args": registration(site, people=people(f"Đại biểu {run}"))})
        await asyncio.sleep(chance.random() * 0.02)
        coordinator.kill()
        coordinator.start()
        known = {site: recorded(coordinator, site) for site in sites}
        assert {row[0] for row in rows(coordinator)} <= set(known.values()), run
        assert {row[1] for row in rows(coordinator)} == {site for site, digest in known.items() if digest}, run
    await (await coordinator.peer()).must("site.register", **registration(people=people()))


async def test_attendance_and_quorum(make):
    terms = {"categories": [LEADERS, BOARDS], "by_name": False, "quorum_percent": 60}
    coordinator = make(by_name=False, registration=terms).start()
    site, operator = await coordinator.peer("site", SITE), await coordinator.peer()
    await site.must("site.register", **registration(leaders=2, boards=8))
    early = await site.command("site.attend", site=SITE, delegates=[])
    assert early["code"] == "wrong_state"
    await operator.must("meeting.assemble")
    await site.must("site.attend", site=SITE, reason="đi công tác", delegates=[
        {"category": LEADERS, "present": 1, "online": 0, "absent": 1},
        {"category": BOARDS, "present": 3, "online": 1, "absent": 4}])
    view = coordinator.get("/api/v1/meeting")["attendance"]
    assert (view["expected"], view["there"], view["absent"], view["quorum"], view["reached"]) == (10, 5, 5, 6, False)
    await operator.must("site.attend", site=SITE, delegates=[{"category": BOARDS, "present": 7, "online": 0, "absent": 1}])
    view = coordinator.get("/api/v1/meeting")["attendance"]
    assert view["there"] == 7 and view["reached"]
    named = await site.command("site.register", **registration(people=people()))
    assert named["code"] == "invalid"  # this plan asks for no names
