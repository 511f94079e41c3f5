"""Tables of an office taken into a plan: forty and more nasty sheets as data, each with what it must give.

A case of the folder `office` is {"what", the file ("sheets", "document" or "lines": office.py), "plan" (a sample plan; else
office/plan), "before" (files of it: lines), "set" (cells put right), "gives" (files that change: lines; null: gone),
"says" (what of the rows is told), "status" (if not 0)}.
"""
import json
import pathlib
import re
import shutil
import subprocess
import zipfile

import pytest

import house
import office

HERE = pathlib.Path(__file__).parent / "office"
CASES = {path.stem: path for path in sorted(HERE.glob("*.json"))}
ENDINGS = {"sheets": "xlsx", "document": "docx", "lines": "csv"}
MEASURES = 40  # that many were promised


def imported(plan, *words, language="vi"):
    return subprocess.run([house.BIN / "diemcau-coordinator", "import", plan, *words, "--language", language],
                          capture_output=True, text=True, check=False, timeout=house.PATIENCE)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def plan_of(case, folder):
    shutil.copytree(house.PLANS / case["plan"] if "plan" in case else HERE / "plan", folder)
    for name, lines in case.get("before", {}).items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def file_of(case, folder):
    ending = next(ending for key, ending in ENDINGS.items() if key in case)
    path = folder / f"office.{ending}"
    path.write_bytes(office.made(case))
    return path


def told(said):
    """What of a table is to be looked at: lines that begin with a mark."""
    return [line.removeprefix("  ! ") for line in said.splitlines() if line.startswith("  ! ")]


def changed(plan, before):
    """Files that are new or others → their lines; None: gone."""
    after = contents(plan)
    return {name: office.plain_csv(after[name].decode()) if name in after else None
            for name in sorted({*before, *after}) if before.get(name) != after.get(name)}


def test_there_are_as_many_as_were_promised():
    assert len(CASES) >= MEASURES


@pytest.mark.parametrize("name", CASES)
def test_a_nasty_sheet_gives_what_it_must(name, tmp_path):
    case = json.loads(CASES[name].read_text(encoding="utf-8"))
    plan, file = plan_of(case, tmp_path / "plan"), file_of(case, tmp_path)
    corrections = [word for text in case.get("set", ()) for word in ("--set", text)]
    before = contents(plan)
    shown = imported(plan, file, *corrections)
    assert contents(plan) == before  # nothing is written unless that is asked for
    done = imported(plan, file, *corrections, "--apply")
    assert done.returncode == shown.returncode == case.get("status", 0), done.stderr
    assert changed(plan, before) == case["gives"]
    assert told(shown.stdout) == told(done.stdout) == case["says"]
    again = imported(plan, file, *corrections, "--apply")
    assert again.returncode == done.returncode
    assert changed(plan, before) == case["gives"]  # taken in twice, it is as taken in once


def test_a_sound_plan_is_not_made_faulty(tmp_path):
    case = {"sheets": [{"rows": [["STT", "Thời gian", "Nội dung"], [1, "9h-10h", "Khai mạc"], [2, "9h30", "Bế mạc"]]}]}
    plan, file = tmp_path / "plan", file_of(case, tmp_path)
    shutil.copytree(house.PLANS / "b", plan)
    before = contents(plan)
    done = imported(plan, file, "--apply", language="en")
    assert done.returncode == 1 and "not written" in done.stderr and "agenda.csv, row 3, start" in done.stdout
    assert contents(plan) == before


@pytest.mark.parametrize("language", ("vi", "en"))
@pytest.mark.parametrize("plan", sorted(path.name for path in house.PLANS.iterdir()))
def test_what_an_office_gets_comes_back_as_it_was(plan, language, tmp_path):
    """Every sample plan: exported and taken in again, nothing of it changes."""
    book = tmp_path / "plan.xlsx"
    done = subprocess.run([house.BIN / "diemcau-coordinator", "export", house.PLANS / plan, book, "--language", language],
                          capture_output=True, text=True, check=False, timeout=house.PATIENCE)
    assert done.returncode == 0, done.stderr
    again = imported(house.PLANS / plan, book, language="en")
    assert again.returncode == 0 and "nothing to write" in again.stdout, again.stdout + again.stderr
    assert not told(again.stdout)


def test_nothing_of_a_workbook_is_a_formula(tmp_path):
    """Texts that begin with the sign of one are texts, of a format that keeps them so; Vietnamese is whole."""
    plan, book = tmp_path / "plan", tmp_path / "plan.xlsx"
    shutil.copytree(house.PLANS / "b", plan)
    agenda = (plan / "agenda.csv").read_text(encoding="utf-8")
    (plan / "agenda.csv").write_text(agenda.replace("Bế mạc", "=HYPERLINK(0)").replace("Chủ trì", "@Ủy ban"), encoding="utf-8")
    subprocess.run([house.BIN / "diemcau-coordinator", "export", plan, book], check=True, capture_output=True)
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    sheets = "".join(text for name, text in parts.items() if name.startswith("xl/worksheets/sheet"))
    assert "<f>" not in sheets and re.findall(r'<c r="\w+"(?: s="\d+")?(?! s=)(?! t="s")>', sheets) == []
    assert {"=HYPERLINK(0)", "@Ủy ban", "Nghỉ giải lao"} <= set(re.findall(r"<t[^>]*>([^<]*)</t>", parts["xl/sharedStrings.xml"]))
    assert 'numFmtId="49"' in parts["xl/styles.xml"]  # @, the format of texts
    again = subprocess.run([house.BIN / "diemcau-coordinator", "export", plan, book], check=False, capture_output=True, text=True)
    assert again.returncode == 1 and "plan.xlsx" in again.stderr  # nobody's work is overwritten


def test_a_plan_begins_with_an_import(tmp_path):
    """Several files at once, into a folder that is not there; what is still missing is said."""
    agenda = tmp_path / "agenda.xlsx"
    agenda.write_bytes(office.made({"sheets": [{"rows": [["No.", "Time", "Item"], [1, "8:00", "Opening"]]}]}))
    speakers = tmp_path / "speakers.csv"
    speakers.write_text("Unit,Topic,Minutes\nOffice,One,10\n", encoding="utf-8")
    done = imported(tmp_path / "plan", agenda, speakers, "--apply", language="en")
    assert done.returncode == 0, done.stderr
    assert sorted(contents(tmp_path / "plan")) == ["agenda.csv", "speaking.csv"]
    assert "meeting.json: the file is missing" in done.stdout and "+ new" in done.stdout


@pytest.mark.parametrize("content, language, sentence", [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "en", "take the password away"),
    (b"PK\3\4cut short", "vi", "tệp bị hỏng hoặc chưa tải hết"),
    (office.package({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "en", "neither .xlsx"),
    (b"PK\3\4" + bytes(17 * 1024 * 1024), "vi", "tệp quá lớn"),
    (office.package({"_rels/.rels": office.relations({"r1": ("officeDocument", "word/document.xml")}),
                     "word/document.xml": b"<document>" + b" " * (33 * 1024 * 1024)}), "en", "too large"),
    (b"", "en", "neither .xlsx"),
], ids=("old", "cut", "open-document", "large", "bomb", "empty"))
def test_what_is_no_office_file_is_refused_with_what_to_do(content, language, sentence, tmp_path):
    file = tmp_path / "file.xlsx"
    file.write_bytes(content)
    done = imported(tmp_path / "plan", file, "--apply", language=language)
    assert done.returncode == 1 and sentence in done.stderr and len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "plan").exists()


@pytest.mark.parametrize("cell, sentence", [("B7", "--set wants a cell"), ("7B=x", "--set wants a cell"),
                                            ("Z99=x", "no file has"), ("Other!A1=x", "no file has")])
def test_a_cell_that_is_none_is_told(cell, sentence, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("Time,Item\n8:00,Opening\n", encoding="utf-8")
    done = imported(tmp_path / "plan", file, "--set", cell, language="en")
    assert done.returncode == (2 if "wants" in sentence else 1) and sentence in done.stderr


def test_missing_files_and_words_are_told(tmp_path):
    assert "nowhere.xlsx" in imported(tmp_path, tmp_path / "nowhere.xlsx").stderr
    assert imported(tmp_path).returncode == 2


SPEAKERS = {"document": ["DANH SÁCH PHÁT BIỂU THẢO LUẬN", [
    ["STT", "Đơn vị", "Nội dung", "Thời lượng"],
    ["1", "Ủy ban MTTQ tỉnh", "Nội dung đã nói rồi", "10 phút"],
    ["2", "Sở Tư pháp", "Dân chủ cơ sở", "5 phút"],
    ["3", "UBND huyện Trà Ôn", "Xây dựng nông thôn mới", "15 phút"]]]}


async def test_a_second_list_changes_the_live_meeting_and_no_turn_that_was_spoken(make, tmp_path):
    """By `meeting update`, as every changed plan: turns keep their ids, one that was spoken stays as it was."""
    plan = tmp_path / "plan"
    shutil.copytree(house.PLANS / "b", plan)
    coordinator = make(plan="b", options=()).start()
    operator, main = await coordinator.peer(), await coordinator.peer("site", "tinh")
    before = {turn["unit"]: turn for turn in coordinator.get("/api/v1/meeting")["turns"] if turn["list"] == "thao-luan"}
    for step in ("meeting.assemble", "meeting.open"):
        await operator.must(step)
    await operator.must("item.start", item="06")
    for step in ("floor.take", "floor.release"):
        await operator.must(step, turn=before["Ủy ban MTTQ tỉnh"]["turn"])
    assert imported(plan, file_of(SPEAKERS, tmp_path), "--apply").returncode == 0
    done = coordinator.command("meeting", "update", coordinator.folder, "--plan", plan, "--apply", check=False)
    assert done.returncode == 0, done.stderr
    after = {turn["unit"]: turn for turn in coordinator.get("/api/v1/meeting")["turns"] if turn["list"] == "thao-luan"}
    spoken = after["Ủy ban MTTQ tỉnh"]
    assert spoken["state"] == "done" and spoken["turn"] == before["Ủy ban MTTQ tỉnh"]["turn"]
    longer = after["UBND huyện Trà Ôn"]
    assert longer["turn"] == before["UBND huyện Trà Ôn"]["turn"] and longer["allowance"] == 15 * 60000
    assert longer["topic"] == "Xây dựng nông thôn mới" and longer["site"] == "tra-on"
    assert after["Sở Tư pháp"]["site"] == "tinh" and after["Sở Tư pháp"]["state"] == "waiting"
    assert after["UBND huyện Bình Tân"]["state"] == "withdrawn"
    await main.close()
