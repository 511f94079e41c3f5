"""The life of an installation: many meetings in one folder, rehearsals, and folders of earlier versions."""
import contextlib
import fcntl
import hashlib
import json
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
import unicodedata
import zipfile
from pathlib import Path

import pytest

import house
from test_service import shift_anchor

KEPT = Path(__file__).parent / "kept_folder"
DAY = "2023-03-03"  # of plan D
SERVICE = 12345  # a user of its own
ROOM = 4096  # bytes: less than a journal, more than a join file


@pytest.fixture
def installed(make):
    """Plan D, in real time; nothing has begun."""
    return make(plan="d", options=())


def command(coordinator, *words, check=True, **how):
    """`meeting …` on this installation; what it says."""
    done = coordinator.command(*words[:2], coordinator.folder, *words[2:], check=check, **how)
    assert check or done.returncode == 1, done
    return done.stdout if check else done.stderr


def refused(coordinator, *words):
    return command(coordinator, *words, check=False)


def run(coordinator, *words):
    """`run` without the plan that `start` names; it is expected to end."""
    done = coordinator.command("run", coordinator.folder, "--listen", "127.0.0.1:0", *words, check=False)
    assert done.returncode == 1, done
    return done.stderr


def start(coordinator, *words):
    """`run` as the unit does it: nothing but the folder is named."""
    plan, coordinator.plan = coordinator.plan, None
    try:
        return coordinator.start(*words)
    finally:
        coordinator.plan = plan


def meeting(coordinator):
    about = coordinator.get("/api/v1/meeting")["meeting"]
    return about["meeting"], about["state"]


def told(coordinator):
    """What the log has said since it was asked last."""
    text = coordinator.log.read_text()
    coordinator.log.write_text("")
    return text


async def hold(coordinator):
    """Assembled, opened, an item begun and closed."""
    operator = await coordinator.peer()
    await operator.must("meeting.assemble")
    await operator.must("meeting.open")
    await operator.must("item.start", item="01")
    await operator.must("meeting.close")
    await operator.close()


def test_nothing_begins_unasked(installed):
    said = run(installed)
    assert "there is no meeting" in said and f"meeting new {installed.folder} --plan PLAN" in said
    assert not (installed.folder / "meetings").exists() and not (installed.folder / "current").exists()
    assert "no meeting" in refused(installed, "meeting", "list")
    command(installed, "meeting", "new", "--plan", installed.plan)
    start(installed)
    assert meeting(installed) == (DAY, "draft")
    assert not [event for event in installed.get("/api/v1/journal?from=1")["events"]
                if event["name"] == "clock.resumed"]  # nobody was there before


async def test_a_closed_meeting_is_served_an_hour_later(installed):
    installed.start()
    await hold(installed)
    installed.stop()
    shift_anchor(installed, minutes=60)
    start(installed)
    assert meeting(installed) == (DAY, "closed")
    assert "is closed: its board and minutes can be read" in told(installed)
    page = installed.http("/api/v1/minutes?format=html", session=installed.session)[2].decode()
    assert "Hội nghị sơ kết" in page
    operator = await installed.peer()
    assert operator.first["snapshot"]["meeting"]["state"] == "closed"
    assert (await operator.command("meeting.reopen"))["code"] == "too_late"


def test_what_is_given_and_not_followed_is_told(installed):
    installed.start()
    installed.stop()
    told(installed)
    start(installed)
    installed.stop()
    assert "<4>" not in told(installed)
    installed.start("--speed", "1")  # the very plan and speed
    installed.stop()
    assert "<4>" not in told(installed)
    installed.plan = house.PLANS / "e"
    installed.start("--speed", "60")
    said = told(installed)
    assert meeting(installed) == (DAY, "draft")
    assert installed.get("/api/v1/meeting")["meeting"]["speed"] == 1
    assert "runs at speed 1" in said and "--speed 60 is not taken" in said
    assert f"the plan {installed.plan} is not the one" in said and "sites.csv" in said
    assert f"meeting new {installed.folder} --plan {installed.plan}" in said


async def test_the_next_meeting_has_the_same_join_files(installed):
    installed.start()
    await hold(installed)
    said = command(installed, "meeting", "new", "--plan", house.PLANS / "d")
    assert f"Meeting {DAY}-2" in said and "restart it" in said
    assert meeting(installed) == (DAY, "closed")  # until it is restarted
    joins = {path.name: path.read_bytes() for path in (installed.folder / "join").iterdir()}
    installed.stop()
    start(installed)
    assert meeting(installed) == (f"{DAY}-2", "draft")
    site = await installed.peer("site", "sa-dec")
    assert site.first["type"] == "welcome" and "rehearsal" not in await site.until("site_desired")
    assert joins == {path.name: path.read_bytes() for path in (installed.folder / "join").iterdir()}
    lines = command(installed, "meeting", "list").splitlines()
    assert re.match(rf"\* {DAY}-2 .*\(not begun\)$", lines[0])
    assert re.match(rf"  {DAY} .*\(closed\)$", lines[1])


@pytest.mark.parametrize("steps", (("assemble",), ("assemble", "open")), ids="-".join)
async def test_another_meeting_waits_until_the_current_one_is_over(installed, steps):
    command(installed, "meeting", "new", "--plan", installed.plan)
    installed.start()
    command(installed, "meeting", "new", "--plan", installed.plan)  # a draft may be left
    command(installed, "meeting", "use", DAY)
    operator = await installed.peer()
    for step in steps:
        await operator.must(f"meeting.{step}")
    for words in (("meeting", "new", "--plan", installed.plan), ("meeting", "use", f"{DAY}-2")):
        assert "close it on the board first" in refused(installed, *words)
    assert meeting(installed)[0] == DAY
    assert f"* {DAY} " in command(installed, "meeting", "list")


async def test_a_past_meeting_is_shown_used_and_exported(installed, tmp_path):
    installed.start()
    await hold(installed)
    command(installed, "meeting", "new", "--plan", house.PLANS / "e")
    installed.stop()
    start(installed)
    shown = command(installed, "meeting", "show", DAY)
    assert f"Meeting {DAY}: closed" in shown and "Opened: " in shown and "Closed: " in shown
    said = command(installed, "meeting", "export", DAY, "--to", tmp_path / "out")
    assert str(tmp_path / "out") in said
    minutes = json.loads((tmp_path / "out/minutes.json").read_text())
    assert minutes["meeting"] == DAY
    for language, words in (("vi", "BIÊN BẢN"), ("en", "MINUTES")):
        assert words in (tmp_path / f"out/minutes.{language}.html").read_text()
    events = [json.loads(line) for line in (tmp_path / "out/journal.jsonl").read_text().splitlines()]
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert events[0]["name"] == "meeting.created" and "meeting.closed" in {e["name"] for e in events}
    for path in (house.PLANS / "d").iterdir():
        assert (tmp_path / "out/plan" / path.name).read_bytes() == path.read_bytes()
    secrets = [installed.password, *(installed.join(path.stem)["token"]
                                     for path in (installed.folder / "join").iterdir())]
    for path in (tmp_path / "out").rglob("*"):
        assert not path.is_file() or not any(s.encode() in path.read_bytes() for s in secrets)
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert "out is not empty: name a folder" in refused(installed, "meeting", "export", "--to", tmp_path / "out")
    assert before == {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    command(installed, "meeting", "use", DAY)
    installed.stop()
    start(installed)
    assert meeting(installed) == (DAY, "closed")
    assert "there is no meeting 2001-01-01" in refused(installed, "meeting", "show", "2001-01-01")


def test_a_plan_with_faults_begins_nothing(installed, tmp_path):
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad/meeting.json").write_text("{}")
    assert "meeting.json" in refused(installed, "meeting", "new", "--plan", tmp_path / "bad")
    assert not list((installed.folder / "meetings").glob("*")) and "no meeting" in run(installed)


@pytest.mark.parametrize("harm", (lambda path: path.unlink(), lambda path: path.write_text("")), ids=("gone", "empty"))
def test_where_none_is_current_it_says_to_choose_one(installed, harm):
    command(installed, "meeting", "new", "--plan", installed.plan)
    harm(installed.folder / "current")
    for said in (run(installed), run(installed, "--plan", installed.plan), refused(installed, "meeting", "show"), command(installed, "meeting", "list")):
        assert f"choose one: diemcau-coordinator meeting use {installed.folder} ID" in said, said


def test_commands_speak_vietnamese(installed):
    command(installed, "meeting", "new", "--plan", installed.plan)
    said = command(installed, "meeting", "list", "--language", "vi")
    assert "(chưa bắt đầu)" in said and "là hội nghị hiện tại" in said


def head_of(journal):
    """What the chain comes to, by the rule of decision 50 and nothing of ours."""
    db = sqlite3.connect(f"file:{journal}?mode=ro", uri=True)
    text = lambda value: b"\xff" * 4 if value is None else len(value.encode()).to_bytes(4, "big") + value.encode()
    number = lambda value: value.to_bytes(8, "big", signed=True)
    created, = db.execute("SELECT value FROM meta WHERE key = 'created'").fetchone()
    head = hashlib.sha256(text("diemcau journal 2") + number(created)).digest()
    for seq, at, wall, *texts in db.execute(
            "SELECT seq, at, wall, by, name, data, client, command FROM event ORDER BY seq"):
        head = hashlib.sha256(head + number(seq) + number(at) + number(wall) + b"".join(map(text, texts))).digest()
    db.close()
    return head.hex()


def test_a_record_that_was_changed_is_found_out(installed, tmp_path):
    command(installed, "meeting", "new", "--plan", installed.plan)
    start(installed)
    installed.kill()
    out = tmp_path / "out"
    command(installed, "meeting", "export", "--to", out)
    minutes = json.loads((out / "minutes.json").read_text())
    assert minutes["head"] == head_of(out / "journal.sqlite")
    assert minutes["head"] in (out / "minutes.vi.html").read_text()
    assert {path.name for path in out.glob("*.html")} == {
        f"{paper}.{language}.html" for language in ("vi", "en")
        for paper in ("minutes", "invitation", "programme", "technical-record", "notice")}
    said = installed.command("verify", out, "--head", minutes["head"]).stdout
    assert f"Head: {minutes['head']}" in said and f"is that of entry {minutes['seq']}:" in said
    with sqlite3.connect(out / "journal.sqlite") as db:
        db.execute("UPDATE event SET wall = wall + 60000 WHERE seq = 7")
    db.close()
    changed = installed.command("verify", out / "journal.sqlite", check=False)
    assert changed.returncode == 1 and "entry 7 is not what was written" in changed.stderr
    other = installed.command("verify", installed.folder / "meetings" / DAY, "--head", "0" * 64, check=False)
    assert other.returncode == 1 and "no entry has the hash 000" in other.stderr
    assert installed.command("verify", tmp_path / "nothing", check=False).returncode == 1


def test_minutes_are_printed_with_their_fonts(installed, tmp_path):
    command(installed, "meeting", "new", "--plan", house.PLANS / "b")
    out = tmp_path / "papers"
    assert "minutes in Vietnamese and English" in command(installed, "meeting", "print", "--to", out)
    fonts = subprocess.run(["pdffonts", out / "minutes.vi.pdf"], check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    # All of one face, which has every letter of Vietnamese, and embedded.
    assert {line.split()[0].split("+")[1].split("-Serif")[0] for line in fonts} == {"Liberation"} and len(fonts) >= 2
    assert all(re.search(r"Identity-H +yes yes", line) for line in fonts), fonts
    text = subprocess.run(["pdftotext", "-layout", out / "minutes.vi.pdf", "-"], check=True, capture_output=True, text=True).stdout
    first = unicodedata.normalize("NFC", text.split("\f")[0])
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "BIÊN BẢN", "Hội trường A, Văn phòng UBND tỉnh Vĩnh Long"):
        assert words in first, first
    pages = subprocess.run(["pdfinfo", out / "minutes.vi.pdf"], check=True, capture_output=True, text=True).stdout
    assert re.search(r"^Page size: .*\(A4\)$", pages, re.M), pages
    assert "is not empty" in refused(installed, "meeting", "print", "--to", out)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hides a program")
def test_without_a_printer_it_says_what_to_install(installed, tmp_path):
    command(installed, "meeting", "new", "--plan", installed.plan)
    hidden = ["unshare", "--mount", "sh", "-c", 'mount --bind /dev/null "$(readlink -f "$(command -v weasyprint)")" && exec "$@"', "sh"]
    done = subprocess.run([*hidden, house.BIN / "diemcau-coordinator", "meeting", "print", installed.folder, "--to", tmp_path / "papers"],
                          capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1 and "WeasyPrint is not installed" in done.stderr, done
    assert not (tmp_path / "papers").exists()


async def test_an_archived_meeting_is_read_elsewhere(installed, make, tmp_path):
    command(installed, "meeting", "new", "--plan", installed.plan)
    file = tmp_path / "meeting.zip"
    assert "only a closed meeting is archived" in refused(installed, "meeting", "archive", "--to", file)
    start(installed)
    await hold(installed)
    installed.stop()
    documents = installed.folder / "meetings" / DAY / "documents"
    documents.mkdir(exist_ok=True)
    (documents / "ab12").write_bytes(b"\x00bao cao")
    assert str(file) in command(installed, "meeting", "archive", "--to", file)
    assert f"{file}" in refused(installed, "meeting", "archive", "--to", file)  # it is there
    assert [path.name for path in tmp_path.glob("meeting.zip*")] == ["meeting.zip"]
    with zipfile.ZipFile(file) as packed:
        assert packed.testzip() is None
        assert {"journal.sqlite", "minutes.vi.html", "technical-record.vi.html", "plan/meeting.json",
                "documents/ab12"} <= set(packed.namelist())
        everything = b"".join(packed.read(name) for name in packed.namelist())
    secrets = [installed.password, *(installed.join(path.stem)["token"] for path in (installed.folder / "join").iterdir())]
    assert not any(secret.encode() in everything for secret in secrets) and b"PRIVATE KEY" not in everything

    elsewhere = make(plan="b", options=())
    assert "its journal is whole" in command(elsewhere, "meeting", "add", file)
    assert f"holds the meeting {DAY}" in refused(elsewhere, "meeting", "add", file)
    for folder in (installed, elsewhere):
        command(folder, "meeting", "export", DAY, "--to", tmp_path / f"out-{folder.port}")
    one, other = (json.loads((tmp_path / f"out-{folder.port}/minutes.json").read_text()) for folder in (installed, elsewhere))
    assert one == other and one["state"] == "closed"
    assert not list((elsewhere.folder / "meetings" / DAY).glob("*.html"))  # what is made anew is not kept
    assert (elsewhere.folder / "meetings" / DAY / "documents/ab12").read_bytes() == b"\x00bao cao"

    third = make(plan="b", options=())
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(file) as packed, zipfile.ZipFile(changed, "w") as made:
        made.comment = packed.comment
        for name in packed.namelist():
            content = packed.read(name)
            made.writestr(name, content.replace(b"item.started", b"item.skipped") if name == "journal.sqlite" else content)
    assert "is not what was written" in refused(third, "meeting", "add", changed)
    changed.write_bytes(file.read_bytes()[:-100])
    assert "is no archive of a meeting" in refused(third, "meeting", "add", changed)
    assert "no meeting" in refused(third, "meeting", "list")


@pytest.fixture
def entered_by_all():
    """A folder that every user may enter. Those of tmp_path are closed to others whenever another pytest starts."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root works in somebody else's folder")
def test_what_root_makes_in_a_service_s_folder_is_the_service_s(entered_by_all, installed):
    installed.folder = Path(shutil.move(installed.folder, entered_by_all))
    for path in (installed.folder, *installed.folder.rglob("*")):
        os.chown(path, SERVICE, SERVICE)
    command(installed, "meeting", "new", "--plan", installed.plan)
    command(installed, "meeting", "export", "--to", entered_by_all / "out")
    installed.command("account", "add", installed.folder, "lan")
    assert {path.stat().st_uid for path in installed.folder.rglob("*")} == {SERVICE}
    installed.plan, installed.log = None, entered_by_all / "log"
    installed.start(through=("setpriv", f"--reuid={SERVICE}", f"--regid={SERVICE}", "--clear-groups"))
    assert meeting(installed) == (DAY, "draft")


# ---- over HTTP ----

PASSWORD = "mot-mat-khau-du-dai"


async def test_past_meetings_are_read_over_http(installed):
    installed.command("account", "add", installed.folder, "xem", "--role", "viewer", "--password-stdin",
                      input=f"{PASSWORD}\n")
    installed.start()
    operator = await installed.peer()
    site = await installed.peer("site", "sa-dec")
    await operator.must("site.sign", site="sa-dec", step="registered", done=True, evidence="a note")
    await operator.close()
    await site.close()
    await hold(installed)
    command(installed, "meeting", "new", "--plan", house.PLANS / "e")
    installed.stop()
    start(installed)
    current = meeting(installed)[0]
    held = installed.get("/api/v1/meetings")["meetings"]
    assert [(m["meeting"], m["state"], m["served"]) for m in held] == [
        *sorted([(current, "draft", True), (DAY, "closed", False)], reverse=True)]
    past = next(m for m in held if m["meeting"] == DAY)
    assert past["date"] == DAY and past["opened"] <= past["closed"]
    viewer = installed.login("xem", PASSWORD)

    def minutes(session, query=""):
        return json.loads(installed.http(f"/api/v1/minutes?format=json{query}", session=session)[2])

    assert minutes(installed.session)["meeting"] == current == minutes(viewer)["meeting"]
    whole, abridged = (minutes(session, f"&meeting={DAY}") for session in (installed.session, viewer))
    assert whole["meeting"] == DAY == abridged["meeting"]
    assert (whole["abridged"], abridged["abridged"]) == (False, True)
    assert "a note" in json.dumps(whole) and "a note" not in json.dumps(abridged)
    assert minutes(installed.session, f"&meeting={current}")["meeting"] == current
    page = installed.get(f"/api/v1/journal?from=1&meeting={DAY}")["events"]
    assert page[0]["data"]["meeting"] == DAY
    names = {event["name"] for event in json.loads(installed.http(
        f"/api/v1/journal?meeting={DAY}", session=viewer)[2])["events"]}
    assert "meeting.closed" in names and "site.signed" not in names
    for wrong, status in (("2001-01-01", 404), ("../current", 400), ("", 400), ("A", 400)):
        answer = installed.http(f"/api/v1/minutes?meeting={wrong}", session=installed.session)
        assert answer[0] == status, wrong
    assert installed.http("/api/v1/meetings")[0] == 401


# ---- backups ----

async def test_a_backup_is_whole_while_a_meeting_is_live(installed, tmp_path, make):
    """A copy of the file alone would hold none of what stands in the log beside it."""
    installed.start()
    operator = await installed.peer()
    await operator.must("meeting.assemble")
    await operator.must("meeting.open")
    done = installed.command("backup", installed.folder, tmp_path / "copy")
    assert "(meetings: 1, files: " in done.stdout and "holds secrets" in done.stdout and "ca.key" in done.stdout
    seq = (await operator.command("message.send", text="later"))["seq"]
    subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=tmp_path / "copy", check=True)
    assert not [path for path in (tmp_path / "copy").rglob("*") if path.stat().st_mode & 0o077]
    with contextlib.closing(sqlite3.connect(tmp_path / f"copy/meetings/{DAY}/journal.sqlite")) as journal:
        names = [name for name, in journal.execute("SELECT name FROM event ORDER BY seq")]
    assert "meeting.opened" in names and len(names) < seq
    installed.stop()
    other = make(plan="d", options=())
    shutil.rmtree(other.folder)
    said = other.command("restore", tmp_path / "copy", other.folder).stdout
    assert f"run {other.folder}" in said and "one machine only" in said
    assert not [path for path in [other.folder, *other.folder.rglob("*")] if path.stat().st_mode & 0o077]
    other.password, other.trust = installed.password, installed.trust
    start(other)
    assert meeting(other) == (DAY, "live")
    site = await other.peer("site", "sa-dec")
    assert site.first["type"] == "welcome"


@pytest.fixture
def copied(installed, tmp_path):
    command(installed, "meeting", "new", "--plan", installed.plan)
    installed.command("backup", installed.folder, tmp_path / "copy")
    return tmp_path / "copy"


def shorten(path, lines, ending=""):
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-lines]) + ending)


@pytest.mark.parametrize("harm, said", (
    (lambda copy: (copy / "SHA256SUMS").unlink(), "SHA256SUMS is missing"),
    (lambda copy: (copy / "ca.pem").write_text("x"), "ca.pem is not the file that was written"),
    (lambda copy: (copy / "join/sa-dec.json").unlink(), "join/sa-dec.json is missing"),
    (lambda copy: (copy / f"meetings/{DAY}/journal.sqlite").write_bytes(b""), "is not the file"),
    (lambda copy: (copy / "SHA256SUMS").write_text("0" * 64 + "  ../../etc/x\n"), "a line that no backup has"),
    (lambda copy: (copy / "SHA256SUMS").write_text("0" * 64 + "  /etc/x\n"), "a line that no backup has"),
    (lambda copy: (copy / "SHA256SUMS").write_text(""), "SHA256SUMS does not list a whole backup"),
    (lambda copy: shorten(copy / "SHA256SUMS", 1), "SHA256SUMS does not list a whole backup"),
    (lambda copy: shorten(copy / "SHA256SUMS", 2), "SHA256SUMS does not list a whole backup"),
    (lambda copy: shorten(copy / "SHA256SUMS", 2, "# files: 0\n"), "SHA256SUMS does not list a whole backup"),
    (lambda copy: (copy / f"meetings/{DAY}/journal.sqlite-wal").write_bytes(b"x"),
     f"meetings/{DAY}/journal.sqlite-wal is not in SHA256SUMS"),
), ids=("unfinished", "changed", "missing", "empty", "above", "absolute", "no_line", "no_ending", "cut", "count",
        "unlisted"))
def test_a_harmed_backup_is_not_restored(installed, copied, tmp_path, harm, said):
    harm(copied)
    done = installed.command("restore", copied, tmp_path / "new", check=False)
    assert done.returncode == 1 and said in done.stderr
    assert not (tmp_path / "new").exists()


def test_nothing_is_written_over(installed, copied):
    for words in (("backup", installed.folder, copied), ("restore", copied, installed.folder)):
        done = installed.command(*words, check=False)
        assert done.returncode == 1 and "is not empty" in done.stderr, words
    nothing = installed.command("backup", copied.parent / "none", copied.parent / "to", check=False)
    assert nothing.returncode == 1 and "none" in nothing.stderr


def test_a_journal_without_a_byte_is_not_backed_up(installed, tmp_path):
    command(installed, "meeting", "new", "--plan", installed.plan)
    (installed.folder / f"meetings/{DAY}/journal.sqlite").write_bytes(b"")
    done = installed.command("backup", installed.folder, tmp_path / "copy", check=False)
    assert done.returncode == 1 and f"meetings/{DAY}/journal.sqlite: the journal is damaged" in done.stderr, done
    assert not (tmp_path / "copy").exists()


def test_nothing_is_left_of_a_backup_that_failed(installed, tmp_path):
    command(installed, "meeting", "new", "--plan", installed.plan)
    (installed.folder / "identity.json").rename(tmp_path / "identity.json")
    (installed.folder / "identity.json").symlink_to(installed.folder / "join")  # the last that is copied
    (tmp_path / "empty").mkdir()
    for to in ("new", "empty"):
        done = installed.command("backup", installed.folder, tmp_path / to, check=False)
        assert done.returncode == 1 and "identity.json" in done.stderr, done
    assert not (tmp_path / "new").exists() and not list((tmp_path / "empty").iterdir())
    (installed.folder / "identity.json").unlink()
    (tmp_path / "identity.json").rename(installed.folder / "identity.json")
    installed.command("backup", installed.folder, tmp_path / "empty")
    assert not (tmp_path / "empty/.unfinished").exists()


@pytest.mark.parametrize("words", (("backup", "{dir}", "{to}"), ("restore", "{copy}", "{to}")), ids=" ".join)
def test_what_a_killed_command_leaves_is_told(installed, copied, tmp_path, words):
    words = [word.format(dir=installed.folder, copy=copied, to=tmp_path / "half") for word in words]
    killed = installed.command(*words, check=False, preexec_fn=lambda: resource.setrlimit(
        resource.RLIMIT_FSIZE, (ROOM, ROOM)))
    assert killed.returncode == -signal.SIGXFSZ and (tmp_path / "half/.unfinished").exists(), killed
    for again in (words, ("meeting", "export", installed.folder, "--to", tmp_path / "half")):
        done = installed.command(*again, check=False)
        assert done.returncode == 1 and "half was left by a command that did not end: remove it" in done.stderr, done
    shutil.rmtree(tmp_path / "half")
    installed.command(*words)
    assert not (tmp_path / "half/.unfinished").exists()


def test_a_backup_without_the_authority_s_key_says_so(installed, tmp_path):
    (installed.folder / "ca.key").unlink()
    done = installed.command("backup", installed.folder, tmp_path / "copy")
    assert "ca.key) is not in it" in done.stdout


# ---- rehearsals ----

def rehearsal(coordinator):
    about = coordinator.get("/api/v1/meeting")["meeting"]
    assert about["rehearsal"]
    return about["meeting"]


async def test_nothing_is_left_of_a_rehearsal(installed):
    before = {path for path in installed.folder.rglob("*")}
    start(installed, "--rehearsal", "--plan", house.PLANS / "d", "--speed", "60")
    rehearsal(installed)
    assert installed.stop() == 0
    after = {path for path in installed.folder.rglob("*")}
    assert {path.name for path in after - before} <= {"log", "changing.lock", "device.key", "meetings"}
    assert "nothing of it is left" in told(installed)
    command(installed, "meeting", "new", "--plan", installed.plan)
    start(installed, "--rehearsal")  # with the meeting's plan
    assert "Hội nghị sơ kết" in installed.get("/api/v1/meeting")["meeting"]["name"]
    site = await installed.peer("site", "sa-dec")
    assert (await site.until("site_desired"))["rehearsal"] is True  # its page says so
    await site.close()
    await hold(installed)
    installed.kill()  # closed before: over
    assert (installed.folder / "rehearsal").exists()
    start(installed, "--rehearsal")
    assert installed.get("/api/v1/meeting")["meeting"]["state"] == "draft"
    installed.stop()
    assert not (installed.folder / "rehearsal").exists()
    assert command(installed, "meeting", "list").count(DAY) == 1


def test_what_a_crash_leaves_of_a_rehearsal_goes_on_only_with_the_same(installed):
    start(installed, "--rehearsal", "--plan", house.PLANS / "d", "--speed", "60")
    first = rehearsal(installed)
    installed.kill()
    told(installed)
    start(installed, "--rehearsal", "--plan", house.PLANS / "d", "--speed", "60")
    assert rehearsal(installed) == first and "goes on: plan and speed are the same" in told(installed)
    for plan, speed in (("d", "1"), ("e", "1")):
        installed.kill()
        start(installed, "--rehearsal", "--plan", house.PLANS / plan, "--speed", speed)
        assert rehearsal(installed) != first and "a new one begins" in told(installed)
        assert installed.get("/api/v1/meeting")["meeting"]["speed"] == int(speed)
        first = rehearsal(installed)


def test_a_rehearsal_wants_a_plan(installed):
    assert "a rehearsal needs a plan" in run(installed, "--rehearsal")


# ---- a folder of an earlier version ----

def kept(coordinator):
    shutil.copytree(KEPT, coordinator.folder, dirs_exist_ok=True)
    return [path.stem for path in (KEPT / "archive").iterdir()]


@pytest.mark.parametrize("first", ("run", "list"))
def test_a_folder_of_an_earlier_version_is_taken_over(installed, first):
    past, = kept(installed)
    if first == "list":
        command(installed, "meeting", "list")
    start(installed)
    current, state = meeting(installed)
    assert state == "assembling" and current != past  # its last events were in the log alone
    assert first == "list" or f"meeting {past} lies in" in told(installed)
    lines = command(installed, "meeting", "list").splitlines()
    assert sorted(line[2:].split()[0] for line in lines[:2]) == sorted([past, current])
    assert f"Meeting {past}: closed" in command(installed, "meeting", "show", past)
    assert not [path for path in installed.folder.iterdir()
                if path.name.startswith(("meeting.sqlite", "rehearsal", "archive"))]


def test_a_folder_in_use_by_an_earlier_version_is_left_alone(installed):
    kept(installed)
    with (installed.folder / "meeting.sqlite.lock").open("w") as lock:  # as that version holds it
        fcntl.lockf(lock, fcntl.LOCK_EX)
        assert "another coordinator serves" in run(installed)
        assert (installed.folder / "meeting.sqlite").exists()
    start(installed)


def test_one_coordinator_serves_an_installation(installed):
    installed.start()
    command(installed, "meeting", "new", "--plan", installed.plan)  # another journal, the same folder
    assert "another coordinator serves" in run(installed)
    assert meeting(installed)[0] == DAY
    installed.process.send_signal(signal.SIGTERM)
    assert installed.process.wait(10) == 0


# ---- the whole life ----

SHIFTED_CLOCK = os.environ.get("DIEMCAU_SHIFTED_CLOCK",
                               str(house.BIN.parent / "tests/integration/shifted_clock.so"))
NOON_UTC_TO_MIDNIGHT = 17 * 3600  # 24:00 at UTC+7


class Wall:
    """The clock on the wall of the coordinator's machine, set to what a test wants."""

    def __init__(self, folder):
        self.file = folder / "ahead"
        self.env = {**house.preloaded(SHIFTED_CLOCK), "SHIFTED_WALL": str(self.file)}

    def set(self, seconds):
        self.file.write_text(str(int((seconds - time.time()) * 1000)))


def before_midnight(seconds):
    """So long before tonight's midnight at UTC+7, in Unix time."""
    now = int(time.time())
    return now - now % 86400 + NOON_UTC_TO_MIDNIGHT - seconds


def written_plan(folder, plan, **changes):
    """A copy of a plan, with other members in meeting.json."""
    shutil.copytree(house.PLANS / plan, folder)
    about = json.loads((folder / "meeting.json").read_text())
    (folder / "meeting.json").write_text(json.dumps({**about, **changes}, ensure_ascii=False))
    return folder


def replace_site(plan, gone, row):
    """One site of a plan goes, another comes with this row of sites.csv."""
    path = plan / "sites.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    kept = [line for line in lines if not line.startswith(f"{gone},")]
    assert len(kept) == len(lines) - 1
    path.write_text("\n".join([*kept, row, ""]))


async def test_the_life_of_an_installation(make, tmp_path):
    """From init to the minutes of the first meeting, printed on another machine a year later."""
    if not os.path.exists(SHIFTED_CLOCK):
        pytest.skip("a sanitizer insists on being loaded first")
    wall = Wall(tmp_path)
    wall.set(before_midnight(7200))
    coordinator = make(plan="d", options=(), env=wall.env)
    joins = {path.name: path.read_bytes() for path in (coordinator.folder / "join").iterdir()}

    # A trial day, with the plan as it is then.
    start(coordinator, "--rehearsal", "--plan", house.PLANS / "d", "--speed", "60")
    site = await coordinator.peer("site", "sa-dec")
    assert (await site.until("site_desired"))["rehearsal"] is True
    await hold(coordinator)
    await site.close()
    coordinator.stop()
    assert not (coordinator.folder / "rehearsal").exists()

    # The plan changes before the day: a site comes, another goes, a title is put right. What is asked
    # is shown, then given; the newcomer gets a join file, and the join file of who is gone is revoked.
    command(coordinator, "meeting", "new", "--plan", house.PLANS / "d")
    plan = written_plan(tmp_path / "changed", "d", name="Hội nghị sơ kết năm 2022 (sửa)")
    replace_site(plan, "tan-hong", "thanh-hung,Xã Thạnh Hưng,THUNG,Huyện,remote,camera voice,")
    shown = command(coordinator, "meeting", "update", "--plan", plan, "--json")
    assert '"meeting.edit"' in shown and '"site.add"' in shown and '"site.remove"' in shown
    assert "--apply" in shown and not (coordinator.folder / "join/thanh-hung.json").exists()
    command(coordinator, "meeting", "update", "--plan", plan, "--apply")
    assert "asks for nothing" in command(coordinator, "meeting", "update", "--plan", plan)
    astray = (coordinator.folder / "join/tan-hong.json").read_text()  # as the site still has it
    coordinator.command("site", "remove", coordinator.folder, "tan-hong")
    joins.pop("tan-hong.json")

    # The day, which goes over midnight.
    wall.set(before_midnight(3600))
    start(coordinator)
    first = meeting(coordinator)[0]
    operator = await coordinator.peer()
    await operator.must("meeting.assemble")
    newcomer = await coordinator.peer("site", "thanh-hung")
    assert newcomer.first["type"] == "welcome"
    await newcomer.close()
    (coordinator.folder / "join/tan-hong.json").write_text(astray)
    gone = await coordinator.peer("site", "tan-hong")
    assert gone.first["type"] != "welcome"
    (coordinator.folder / "join/tan-hong.json").unlink()
    wall.set(before_midnight(600))
    await operator.must("meeting.open")
    await operator.must("item.start", item="01")
    wall.set(before_midnight(-900))  # a quarter past midnight
    await operator.must("item.finish", item="01")
    await operator.must("meeting.close")
    await operator.close()
    opened, closed = (about[name] for about in coordinator.get("/api/v1/meetings")["meetings"]
                      for name in ("opened", "closed"))
    assert (opened + 7 * 3600_000) // 86400_000 + 1 == (closed + 7 * 3600_000) // 86400_000

    # A reboot an hour later: nothing has begun, the minutes are read.
    coordinator.stop()
    shift_anchor(coordinator, minutes=60, boot_id="00000000-0000-0000-0000-000000000000")
    wall.set(before_midnight(-4500))
    start(coordinator)
    assert meeting(coordinator) == (first, "closed")
    page = coordinator.http("/api/v1/minutes?format=html", session=coordinator.session)[2].decode()
    assert "Hội nghị sơ kết năm 2022 (sửa)" in page
    minutes = json.loads(coordinator.http("/api/v1/minutes?format=json", session=coordinator.session)[2])
    assert minutes["restarts"] == []  # it was over: nobody was disturbed

    # The next conference, a month later, with the same join files.
    wall.set(before_midnight(-30 * 86400))
    other = written_plan(tmp_path / "next", "d", name="Hội nghị tháng sau", date="2023-04-03")
    command(coordinator, "meeting", "new", "--plan", other)
    coordinator.stop()
    start(coordinator)
    assert meeting(coordinator) == ("2023-04-03", "draft")
    site = await coordinator.peer("site", "sa-dec")
    assert site.first["type"] == "welcome"
    await site.close()

    # The certificate is renewed: the join files stay what they are, and still lead in.
    before = (coordinator.folder / "server.pem").read_bytes()
    assert coordinator.command("renew", coordinator.folder).stdout
    assert (coordinator.folder / "server.pem").read_bytes() != before
    coordinator.stop()
    start(coordinator)
    site = await coordinator.peer("site", "sa-dec")
    assert site.first["type"] == "welcome"
    await site.close()
    assert joins.items() <= {path.name: path.read_bytes()
                             for path in (coordinator.folder / "join").iterdir()}.items()

    # Backed up while it runs, restored on another machine; the minutes of the first are printed there.
    coordinator.command("backup", coordinator.folder, tmp_path / "backup")
    coordinator.stop()
    coordinator.command("restore", tmp_path / "backup", tmp_path / "restored")
    coordinator.folder = tmp_path / "restored"
    start(coordinator)
    assert meeting(coordinator) == ("2023-04-03", "draft")
    assert {about["meeting"] for about in coordinator.get("/api/v1/meetings")["meetings"]} == {
        first, "2023-04-03"}
    command(coordinator, "meeting", "export", first, "--to", tmp_path / "out")
    printed = (tmp_path / "out/minutes.vi.html").read_text()
    assert "Hội nghị sơ kết năm 2022 (sửa)" in printed
    for moment in (opened, closed):
        day = time.gmtime(moment / 1000 + 7 * 3600)
        assert re.search(rf"ngày 0?{day.tm_mday} tháng 0?{day.tm_mon} năm {day.tm_year}"
                         rf"|0?{day.tm_mday}/0?{day.tm_mon}/{day.tm_year}", printed), day
