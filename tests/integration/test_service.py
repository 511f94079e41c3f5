"""What surrounds the program: the service manager, the command line, a second process."""
import contextlib
import os
import pty
import re
import socket
import sqlite3
import subprocess
import time

import pytest

import house


def test_the_service_manager_is_told(make, tmp_path):
    path = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(path)
        manager.settimeout(house.PATIENCE)
        coordinator = make(env={"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "1000000"}).start()
        assert manager.recv(4096).startswith(b"READY=1\nSTATUS=")
        assert manager.recv(4096) == b"WATCHDOG=1"
        begun = time.monotonic()
        for _ in range(4):
            assert manager.recv(4096) == b"WATCHDOG=1"
        assert 1.3 < time.monotonic() - begun < 3.6  # at half the interval
        assert coordinator.stop() == 0
        said = manager.recv(4096)
        while said == b"WATCHDOG=1":
            said = manager.recv(4096)
        assert said == b"STOPPING=1"


def test_the_service_manager_never_gives_up():
    """By default it does after five starts in ten seconds: before a full disk has room again."""
    units = list((house.ROOT / "deploy/units").glob("*.service"))
    assert len(units) >= 2
    for unit in units:
        lines = unit.read_text().split("\n")
        assert "Restart=always" in lines
        assert "StartLimitIntervalSec=0" in lines[lines.index("[Unit]"):lines.index("[Service]")], unit


def test_the_command_line_refuses_with_a_code_and_a_sentence(make):
    coordinator = make()

    def refusal(*words, said=None):
        refused = coordinator.command(*words, check=False, input=said)
        assert refused.returncode == 1 and not refused.stdout, words
        return refused.stderr
    folder = coordinator.folder
    coordinator.command("account", "add", folder, "anna", "--role", "chair")
    assert refusal("account", "add", folder, "anna", "--role", "chair") == (
        "diemcau-coordinator: anna: exists: there is one of that name already; choose another name\n")
    assert refusal("account", "add", folder, "Anna", "--role", "chair").startswith(
        "diemcau-coordinator: Anna: bad_name: a name is ")
    assert refusal("account", "passwd", folder, "anna", "--password-stdin", said="short\n") == (
        "diemcau-coordinator: anna: weak_password: the password is too short, far too long, or not plain text; "
        "choose another\n")
    assert refusal("account", "remove", folder, "operator") == (
        "diemcau-coordinator: operator: last_operator: this is the last operator; add another one first\n")
    assert refusal("site", "reissue", folder, "atlantis") == (
        "diemcau-coordinator: atlantis: unknown: there is no account or site of that name; check the spelling\n")


@pytest.mark.parametrize("language,said", [
    ("en", "already (process {}): stop that one first"),
    ("vi", "(tiến trình {}): hãy dừng máy chủ đó trước")])
def test_two_coordinators_do_not_share_a_folder(make, language, said):
    coordinator = make().start()
    second = coordinator.command("run", coordinator.folder, "--listen", "127.0.0.1:0", "--language", language, check=False)
    assert second.returncode == 1 and said.format(coordinator.process.pid) in second.stderr
    assert "busy" not in second.stderr
    assert coordinator.http("/healthz")[0] == 200


@pytest.mark.parametrize("language,said", [("en", "another program has this port"),
                                           ("vi", "cổng này đang được chương trình khác dùng")])
def test_a_busy_port_is_an_error(make, language, said):
    coordinator = make().start()
    other = make()
    failed = coordinator.command("run", other.folder, "--plan", other.plan, "--listen",
                                 f"127.0.0.1:{coordinator.port}", "--language", language, check=False)
    assert failed.returncode == 1 and f"127.0.0.1:{coordinator.port}: {said}" in failed.stderr
    relay = subprocess.run([house.BIN / "diemcau-relay", "--join", other.folder / "join/relay.json", "--listen",
                            "192.0.2.1:5004", "--language", language], capture_output=True, text=True, check=False)
    assert relay.returncode == 1 and {"en": "this machine has no such address", "vi": "máy này không có địa chỉ này"}[
        language] in relay.stderr


def test_on_a_terminal_lines_are_for_people(make):
    """No priority of sd-daemon(3) before a line; the address to open is there."""
    coordinator = make(init_options=("--address", "centre.example:8443"))
    ours, theirs = pty.openpty()
    with subprocess.Popen([house.BIN / "diemcau-coordinator", "run", coordinator.folder, "--plan", coordinator.plan, "--listen",
                           f"127.0.0.1:{coordinator.port}"], stdout=subprocess.PIPE, stderr=theirs, text=True) as process:
        said = [process.stdout.readline() for _ in range(2)]
        process.terminate()
        process.wait(timeout=house.PATIENCE)
    os.close(theirs)
    log = os.read(ours, 65536).decode()
    os.close(ours)
    assert said == [f"port {coordinator.port}\n", f"Board: https://127.0.0.1:{coordinator.port}/\n"]
    assert "serving" in log and not re.search("^<\\d>", log, re.M), log


def test_a_running_meeting_is_not_begun_anew(make):
    coordinator = make().start()
    first = coordinator.get("/api/v1/meeting")["meeting"]["meeting"]
    coordinator.stop()
    coordinator.plan = house.PLANS / "b"
    coordinator.start()
    assert coordinator.get("/api/v1/meeting")["meeting"]["meeting"] == first


def test_a_rehearsal_stands_beside_the_meeting(make):
    coordinator = make().start()
    meeting = coordinator.get("/api/v1/meeting")["meeting"]
    coordinator.stop()
    coordinator.start("--rehearsal")
    rehearsal = coordinator.get("/api/v1/meeting")["meeting"]
    assert rehearsal["rehearsal"] and not meeting["rehearsal"]
    assert rehearsal["meeting"] != meeting["meeting"]


def test_init_gives_out_one_join_file_a_site_and_never_twice(make):
    coordinator = make()
    assert len(list((coordinator.folder / "join").iterdir())) == 65
    for path in (coordinator.folder / "join").iterdir():
        assert path.stat().st_mode & 0o077 == 0
    again = coordinator.command("init", coordinator.folder, "--plan", coordinator.plan, check=False)
    assert again.returncode == 1 and "password" not in again.stdout


def test_check_names_every_fault(tmp_path, make):
    (tmp_path / "meeting.json").write_text("{}")
    bad = house.Coordinator.command("check", tmp_path, "--lang", "en", check=False)
    assert bad.returncode == 1
    assert len(bad.stderr.splitlines()) > 3
    (tmp_path / "agenda.csv").write_text("id,kind,title,start\n1,opening,Khai mạc,8.00\n")
    told = house.Coordinator.command("check", tmp_path, "--language", "vi", check=False).stderr
    assert "agenda.csv, hàng 2, start: sai định dạng («8.00»; giờ:phút" in told and "plan_" not in told
    for plan in ("a", "b"):
        said = house.Coordinator.command("check", house.PLANS / plan, "--language", "en").stdout
        assert "Programme:" in said and "Sites:" in said and "Papers owed (rows):" in said


def test_words_that_make_no_command_are_answered_with_usage():
    for words in (["run"], ["frobnicate", "x"], ["account", "add", "x"], ["init", "/tmp/x"]):
        wrong = house.Coordinator.command(*words, check=False)
        assert wrong.returncode == 2 and "--help" in wrong.stderr


def shift_anchor(coordinator, minutes=0, boot_id=None):
    """As if the machine had been up longer since the anchor was set, or had been booted again."""
    with contextlib.closing(sqlite3.connect(
            coordinator.journal, isolation_level=None)) as journal:
        journal.execute("UPDATE meta SET value = value - ? WHERE key = 'anchor_boottime'",
                        (minutes * 60000,))
        if boot_id:
            journal.execute("UPDATE meta SET value = ? WHERE key = 'boot_id'", (boot_id,))


async def test_a_reboot_goes_on_by_the_wall_clock_and_says_so(make):
    coordinator = make().start()
    before = await coordinator.peer()
    coordinator.kill()
    shift_anchor(coordinator, boot_id="00000000-0000-0000-0000-000000000000")
    coordinator.start()
    after = await coordinator.peer()
    elapsed = (after.first["wall"] - before.first["wall"]) / 1000
    assert abs((after.first["at"] - before.first["at"]) / 1000 - elapsed) < 0.2
    resumed = [e for e in coordinator.get("/api/v1/journal?from=80")["events"]
               if e["name"] == "clock.resumed"]
    assert [e["data"]["source"] for e in resumed] == ["wall_clock"]
