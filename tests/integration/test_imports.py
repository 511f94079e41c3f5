"""A programme of an office over HTTP: what was understood, what it asks of the meeting, and who may ask; the nasty
sheets of the folder `office` with the cells put right, as the command line reads them."""
import asyncio
import json
import os
import re
import time

import pytest

import office
import papers
from test_import import CASES, ENDINGS, SPEAKERS

PASSWORD = "a long password"


class Desk:
    """An operator's board, as far as it takes programmes in."""

    def __init__(self, coordinator, session=None):
        self.coordinator = coordinator
        self.bearer = papers.Bearer(coordinator, session=session or coordinator.session)

    def bring(self, content, name="chuong-trinh.xlsx"):
        status, answer = self.bearer.bring(content, name=name, programme=True)
        assert status == 200 and answer["ready"] and "file" not in answer, answer
        return answer["upload"]

    def ask(self, upload, language="vi", **what):
        return self.bearer.ask("imports", "POST", what, upload=upload, lang=language)

    def look(self, upload, **what):
        status, headers, answer = self.ask(upload, **what)
        assert status == 200, answer
        return json.loads(answer)

    def give_all(self, changes):
        """In order, as a board does. What was answered."""
        async def give():
            peer = await self.coordinator.peer()
            answers = [await peer.command(one["command"]["name"], **one["command"]["args"]) for one in changes if "refusal" not in one]
            await peer.close()
            return answers
        return asyncio.run(give())

    @property
    def meeting(self):
        return self.coordinator.get("/api/v1/meeting")


@pytest.fixture(name="desk")
def _desk(make):
    return Desk(make(plan="b", options=()).start())


def titles(desk):
    return [item["title"] for item in desk.meeting["items"]]


def test_a_list_is_understood_row_by_row_and_asks_for_commands(desk):
    preview = desk.look(desk.bring(office.made(SPEAKERS), "danh sách.docx"))
    table, = preview["tables"]
    assert table["part"] == "speaking" and table["sheet"] == 1 and table["name"] == "bảng 1"
    assert [column.get("field") for column in table["columns"]] == [None, "unit", "topic", "minutes"]
    title, *rows = table["lines"]
    assert "fate" not in title and [row["row"] for row in rows] == [2, 3, 4]
    first = {value["field"]: value["text"] for value in rows[0]["values"]}
    assert first["unit"] == "Ủy ban MTTQ tỉnh" and first["site"] == "tinh" and first["minutes"] == "10"
    assert {cell["column"]: cell["text"] for cell in rows[0]["cells"]} == dict(zip("ABCD", SPEAKERS["document"][1][1]))
    assert preview["seq"] > 0 and not preview["faults"] and preview["changes"]
    assert any(row["fate"] == "dropped" for row in preview["gone"])
    assert all(one["text"] and one["command"]["name"] for one in preview["changes"])


def test_what_is_shown_is_given_and_then_asks_for_nothing(desk):
    """Also a second time; the meeting keeps the list as its plan once nothing is left to ask for."""
    upload = desk.bring(office.made(SPEAKERS), "danh sách.docx")
    before = {turn["unit"]: turn["turn"] for turn in desk.meeting["turns"]}
    asked = desk.look(upload, keep=True)
    assert "kept" not in asked  # nothing was given yet
    answers = desk.give_all(asked["changes"])
    assert [answer["type"] for answer in answers] == ["accepted"] * len(answers) and answers
    turns = {turn["unit"]: turn for turn in desk.meeting["turns"] if turn["list"] == "thao-luan"}
    assert turns["UBND huyện Trà Ôn"]["allowance"] == 15 * 60000
    assert turns["UBND huyện Trà Ôn"]["turn"] == before["UBND huyện Trà Ôn"]
    assert desk.look(upload)["changes"] == []
    kept = desk.look(upload, keep=True)
    assert kept["kept"] and kept["changes"] == []
    again = desk.look(desk.bring(office.made(SPEAKERS), "danh sách.docx"))
    assert again["changes"] == [] and {row["fate"] for row in again["tables"][0]["lines"] if "fate" in row} == {"unchanged"}
    done = desk.coordinator.command("meeting", "update", desk.coordinator.folder, "--plan",
                                    desk.coordinator.journal.parent / "plan", "--language", "en")
    assert "nothing" in done.stdout.lower(), done.stdout


def test_a_row_that_is_left_out_of_a_later_list_goes(desk):
    """What an earlier list brought, and its plan kept, a later one may take back."""
    first = desk.bring(office.made(SPEAKERS), "danh sách.docx")
    desk.give_all(desk.look(first)["changes"])
    desk.look(first, keep=True)
    shorter = {"document": [SPEAKERS["document"][0], SPEAKERS["document"][1][:2]]}
    preview = desk.look(desk.bring(office.made(shorter), "danh sách.docx"))
    desk.give_all(preview["changes"])
    left = [turn["unit"] for turn in desk.meeting["turns"] if turn["list"] == "thao-luan" and turn["state"] == "waiting"]
    assert left == ["Ủy ban MTTQ tỉnh"]


async def test_a_turn_that_was_spoken_keeps_its_id_and_stays(make):
    """While the meeting is live, and one of its turns is over."""
    desk = Desk(make(plan="b", options=()).start())
    operator, main = await desk.coordinator.peer(), await desk.coordinator.peer("site", "tinh")
    spoken = next(turn for turn in desk.meeting["turns"] if turn["unit"] == "Ủy ban MTTQ tỉnh" and turn["list"] == "thao-luan")
    for step in ("meeting.assemble", "meeting.open"):
        await operator.must(step)
    await operator.must("item.start", item="06")
    for step in ("floor.take", "floor.release"):
        await operator.must(step, turn=spoken["turn"])
    preview = desk.look(desk.bring(office.made(SPEAKERS), "danh sách.docx"))
    for change in preview["changes"]:
        if "refusal" not in change:
            await operator.must(change["command"]["name"], **change["command"]["args"])
    after = next(turn for turn in desk.meeting["turns"] if turn["turn"] == spoken["turn"])
    assert after["state"] == "done"
    await main.close()


AGENDA = {"sheets": [{"name": "Chương trình", "rows": [
    ["STT", "Thời gian", "Nội dung", "Thực hiện"], [1, "8h00 - 8h15", "Khai mạc", "Văn phòng"],
    [2, "tám giờ", "Báo cáo kết quả", "Sở Nội vụ"], [3, "9h30 - 9h40", "Bế mạc", "Chủ trì"]]}]}


def test_a_cell_is_put_right_and_looked_at_again(desk):
    upload = desk.bring(office.made(AGENDA))
    first = desk.look(upload)
    table = first["tables"][0]
    line = next(line for line in table["lines"] if line["row"] == 3)
    note, = [one for one in line["notes"] if one.get("column") == "B"]
    assert "tám giờ" in note["text"]
    second = desk.look(upload, corrections=["1!B3=8h15 - 9h30", "1!C4=Bế mạc hội nghị"])
    lines = {line["row"]: line for line in second["tables"][0]["lines"]}
    values = {value["field"]: value["text"] for value in lines[3]["values"]}
    assert values["start"] == "08:15" and values["minutes"] == "75"
    assert not [one for one in lines[3]["notes"] if one.get("column") == "B"]
    assert {cell["column"]: cell["text"] for cell in lines[4]["cells"]}["C"] == "Bế mạc hội nghị"
    assert desk.look(upload)["tables"] == first["tables"]  # the file itself stays as it came


def test_a_plan_that_would_be_faulty_is_told_beside_the_row(desk):
    rows = [row[:] for row in AGENDA["sheets"][0]["rows"]]
    rows[2][1], rows[3][1] = "8h15 - 9h30", "9h00 - 9h40"
    preview = desk.look(desk.bring(office.made({"sheets": [{"rows": rows}]})))
    fault = next(one for one in preview["faults"] if one.get("row") == 4)
    assert fault["sheet"] == 1 and fault["column"] == "B" and "agenda.csv" not in fault["text"]
    assert preview["changes"] == []


def test_a_sheet_without_titles_shows_its_rows_so_that_they_can_be_put_right(desk):
    upload = desk.bring(b"A,B\n8:00,Opening\n", "a.csv")
    table, = desk.look(upload)["tables"]
    assert "part" not in table and [line["row"] for line in table["lines"]] == [1, 2]
    table, = desk.look(upload, corrections=["1!A1=Time", "1!B1=Item"])["tables"]
    assert table["part"] == "agenda"


def test_a_new_site_is_none_that_an_operator_may_add(desk):
    """It needs a join file, which the machine's owner makes: said, and nothing else is held up by it."""
    rows = [["Điểm cầu", "Khu vực"], ["Huyện Mới", "Khu vực 1"]]
    preview = desk.look(desk.bring(office.made({"sheets": [{"rows": rows}]})))
    added = [one for one in preview["changes"] if one["command"]["name"] == "site.add"]
    assert preview["faults"] or (added and all(one["refusal"] and one["why"] for one in added))


# ---- nasty files ----

def noted(said):
    """What the command line has to be looked at, without its row."""
    return [re.sub(r"^hàng \d+: ", "", line[4:]) for line in said.splitlines() if line.startswith("  ! ")]


def test_nasty_sheets_say_over_http_what_they_say_on_the_command_line(desk, tmp_path):
    """Put beside the same plan: the same notes."""
    for name, path in CASES.items():
        case = json.loads(path.read_text(encoding="utf-8"))
        ending = next(ending for key, ending in ENDINGS.items() if key in case)
        file = tmp_path / f"{name}.{ending}"
        file.write_bytes(office.made(case))
        corrections = case.get("set", [])
        preview = desk.look(desk.bring(file.read_bytes(), file.name), **({"corrections": corrections} if corrections else {}))
        done = desk.coordinator.command("import", desk.coordinator.journal.parent / "plan", file, "--language", "vi",
                                        *[word for text in corrections for word in ("--set", text)], check=False)
        shown = [note["text"] for table in preview["tables"]
                 for note in [*table["notes"], *(note for line in table["lines"] for note in line["notes"])]]
        assert sorted(shown) == sorted(noted(done.stdout)), name


@pytest.mark.parametrize("content, sentence", [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "bỏ mật khẩu"), (b"PK\3\4cut short", "bị hỏng"),
    (office.package({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "không phải"),
    (office.package({"_rels/.rels": office.relations({"r1": ("officeDocument", "word/document.xml")}),
                     "word/document.xml": b"<document>" + b" " * (33 * 1024 * 1024)}), "quá lớn")],
    ids=("old", "cut", "open-document", "bomb"))
def test_what_is_no_office_file_is_said_in_the_answer(content, sentence, desk):
    preview = desk.look(desk.bring(content, "Chương trình 15.7.xlsx"))
    assert sentence in preview["fault"] and "Chương trình 15.7.xlsx" in preview["fault"]
    assert not preview["tables"] and not preview["changes"]


def test_a_file_that_is_too_large_is_refused_before_it_comes(desk):
    status, _, answer = desk.bearer.ask("uploads", "POST", {"name": "a.xlsx", "size": 16 * 1024 * 1024 + 1, "programme": True})
    assert status == 413 and json.loads(answer)["code"] == "too_large" and "16" in json.loads(answer)["text"]


def test_a_file_that_was_cut_goes_on_and_is_no_document(desk):
    content = office.made(AGENDA)
    upload = desk.bearer.announce(content, name="a.xlsx", programme=True)
    desk.bearer.cut(upload, 0, content, len(content) // 2)
    assert desk.ask(upload)[0] == 404  # not whole yet
    desk.coordinator.kill()
    desk.coordinator.start()
    desk = Desk(desk.coordinator)
    status, answer = desk.bearer.bring_rest(upload, content)
    assert status == 200 and answer["ready"]
    desk.coordinator.kill()
    desk.coordinator.start()
    desk = Desk(desk.coordinator)
    assert desk.look(upload)["tables"]
    assert not desk.meeting.get("handouts") and not papers_kept(desk.coordinator)


def papers_kept(coordinator):
    return [path for path in (coordinator.journal.parent / "documents").iterdir() if path.is_file()]


def test_whoever_brings_another_is_done_with_the_one_before(desk):
    first = desk.bring(office.made(AGENDA))
    second = desk.bring(office.made(AGENDA))
    assert desk.ask(first)[0] == 404 and desk.ask(second)[0] == 200
    assert desk.bearer.ask("uploads", "DELETE", upload=second)[0] == 204
    assert desk.ask(second)[0] == 404
    for _ in range(200):
        if not papers.coming(desk.coordinator):
            return
        time.sleep(0.02)
    raise AssertionError("something is left")


@pytest.mark.parametrize("what", [{"document": "bao-cao"}, {"site": "tinh"}, {"handout": "x", "title": "X"}, {"sites": ["tinh"]}])
def test_a_programme_is_nothing_else(what, desk):
    assert desk.bearer.ask("uploads", "POST", {"name": "a.xlsx", "size": 10, "programme": True, **what})[0] == 400


def test_bodies_are_what_they_should_be(desk):
    upload = desk.bring(office.made(AGENDA))
    for body in ({"more": 1}, {"corrections": "B7=1"}, {"corrections": [""]}, {"keep": "yes"}, {"corrections": ["1!B3=x"] * 257}):
        status, _, answer = desk.bearer.ask("imports", "POST", body, upload=upload)
        assert status == 400 and json.loads(answer)["code"] == "bad_message", body
    assert desk.bearer.ask("imports", "POST", {}, upload="0" * 32)[0] == 404
    assert desk.bearer.ask("imports", "POST", {}, upload="x")[0] == 400
    assert desk.bearer.ask("imports", "GET", upload=upload)[0] == 405
    assert desk.ask(upload)[0] == 200


# ---- rights ----

def test_only_operators_bring_and_only_their_own(make):
    coordinator = make(plan="b", options=())
    for name, role in (("viewer", "viewer"), ("technician", "technician"), ("chair", "chair"), ("other", "operator")):
        coordinator.command("account", "add", coordinator.folder, name, "--role", role, "--password-stdin", input=PASSWORD + "\n")
    coordinator.start()
    desk = Desk(coordinator)
    upload = desk.bring(office.made(AGENDA))
    ask = {"name": "a.xlsx", "size": 10, "programme": True}
    for name in ("viewer", "technician", "chair"):
        bearer = papers.Bearer(coordinator, session=coordinator.login(name, PASSWORD))
        assert bearer.ask("uploads", "POST", ask)[0] == 403, name
        assert bearer.ask("imports", "POST", {}, upload=upload)[0] == 403, name
    other = papers.Bearer(coordinator, session=coordinator.login("other", PASSWORD))
    assert other.ask("imports", "POST", {}, upload=upload)[0] == 404
    site = papers.Bearer(coordinator, site="tinh")
    assert site.ask("uploads", "POST", ask)[0] == 403
    nobody = papers.Bearer(coordinator, session="x")
    assert nobody.ask("imports", "POST", {}, upload=upload)[0] == 401
    status, _, answer = other.ask("imports", "POST", {}, upload=upload)
    assert status == 404 and b"Khai" not in answer


async def test_a_closed_meeting_takes_none(make):
    coordinator = make(plan="b", options=()).start()
    operator = await coordinator.peer()
    for step in ("meeting.assemble", "meeting.open", "meeting.close"):
        await operator.must(step)
    status, _, answer = Desk(coordinator).bearer.ask("uploads", "POST", {"name": "a.xlsx", "size": 10, "programme": True})
    assert status == 400 and json.loads(answer)["code"] == "wrong_state"


# ---- the reader ----

def test_the_meeting_goes_on_while_a_file_is_read(desk):
    """A long list takes seconds: what others ask is answered meanwhile."""
    rows = [["Đơn vị", "Nội dung", "Thời lượng"], *([f"Đơn vị {n}", "Nội dung " * 20, "5"] for n in range(1500))]
    upload = desk.bring(office.made({"sheets": [{"rows": rows}]}))

    async def both():
        peer = await desk.coordinator.peer()
        looking = asyncio.get_running_loop().run_in_executor(None, lambda: desk.ask(upload))
        waits = []
        while not looking.done():
            begun = time.monotonic()
            await peer.must("item.note", item="01", text="ghi chú")
            waits.append(time.monotonic() - begun)
            await asyncio.sleep(0.05)
        await peer.close()
        return await looking, waits
    (status, _, answer), waits = asyncio.run(both())
    assert status == 200 and len(waits) > 5, answer[:300]
    assert max(waits) < 2, max(waits)


def test_nothing_is_left_of_a_reader(desk):
    before = set(os.listdir("/tmp"))
    desk.look(desk.bring(office.made(AGENDA)))
    assert not [name for name in set(os.listdir("/tmp")) - before if name.startswith("diemcau-import")]
