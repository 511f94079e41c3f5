"""What lies on the disk, on the screen and in the process list, and whom it is open to."""
import json
import os
import re
import shutil
import signal
import subprocess
import time

import pytest

import house

OTHERS = 0o077
HOSTILE = "A\x1b]0;x\x07\x1b[2JB\u202eC\u2028D\x9bE"
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def mode(path):
    return path.lstat().st_mode & 0o777


def plan(folder, **meeting):
    """A copy of plan A, its meeting.json changed."""
    shutil.copytree(house.PLANS / "a", folder)
    about = json.loads((folder / "meeting.json").read_text())
    (folder / "meeting.json").write_text(json.dumps({**about, **meeting}))
    return folder


def program(name, *words, **how):
    return subprocess.run([house.BIN / name, *map(str, words)], capture_output=True, check=False,
                          timeout=20, **how)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_check_writes_nothing_a_terminal_obeys(tmp_path, language):
    done = program("diemcau-coordinator", "check", plan(tmp_path / "plan", name=HOSTILE),
                   "--lang", language)
    text = done.stderr.decode()
    assert done.returncode == 1 and not OBEYED.search(text), text
    assert r"B\u{202e}C" in text  # quoted: a name with such characters is refused


def test_faults_of_a_plan_write_nothing_a_terminal_obeys(tmp_path):
    hostile = plan(tmp_path / "plan", venue=HOSTILE)
    (hostile / "sites.csv").write_text(f"id,name,{HOSTILE}\nx,{HOSTILE},1\n")
    for words in (["check", hostile], ["init", tmp_path / "new", "--plan", hostile]):
        done = program("diemcau-coordinator", *words)
        assert done.returncode == 1 and done.stderr
        assert not OBEYED.search(done.stderr.decode()), done.stderr


@pytest.mark.parametrize("words", [
    ("run", "x", "--listen", "\x1b[2J\u202e"), ("run", "x", "--speed", "\x1b[2J\u202e"),
    ("run", "x", "--trusted-proxy", "\x1b[2J\u202e"), ("account", "add", "x", "y", "--role", "\x1b[2J\u202e")])
def test_words_of_the_command_line_are_shown_as_text(words):
    done = program("diemcau-coordinator", *words)
    told = done.stderr.decode()
    assert done.returncode == 2 and r"\x1b[2J" in told
    assert not OBEYED.search(told)



def test_a_folder_of_any_name_is_told_harmlessly(tmp_path):
    done = program("diemcau-coordinator", "account", "remove", tmp_path / "\x1b[2J\u202e", "x\x1b[2J")
    assert done.returncode == 1 and not OBEYED.search(done.stderr.decode())


@pytest.mark.parametrize("file", ["meeting.json", "sites.csv", "agenda.json", "documents.csv"])
def test_a_pipe_or_a_device_in_a_plan_is_told_at_once(tmp_path, file):
    strange = plan(tmp_path / "plan")
    (strange / file).unlink()
    os.mkfifo(strange / file)
    done = program("diemcau-coordinator", "check", strange, "--lang", "en")
    assert done.returncode == 1 and f"{file}: is no ordinary file" in done.stderr.decode()
    (strange / file).unlink()
    (strange / file).symlink_to("/dev/zero")
    done = program("diemcau-coordinator", "check", strange, "--language", "vi")
    assert done.returncode == 1 and f"{file}: không phải tệp thông thường" in done.stderr.decode()


def test_a_huge_file_in_a_plan_is_not_read(tmp_path):
    strange = plan(tmp_path / "plan")
    os.truncate(strange / "sites.csv", 1 << 40)
    done = program("diemcau-coordinator", "check", strange, "--lang", "en",
                   preexec_fn=lambda: os.nice(5))
    assert done.returncode == 1 and b"sites.csv: the file is too large" in done.stderr


@pytest.mark.parametrize("name", ["diemcau-relay", "diemcau-endpoint"])
def test_a_pipe_as_join_file_is_told_at_once(tmp_path, name):
    os.mkfifo(tmp_path / "join.json")
    done = program(name, "--join", tmp_path / "join.json")
    assert done.returncode == 1 and b"not an ordinary file" in done.stderr


def test_init_closes_an_empty_folder_and_refuses_a_shared_one(tmp_path):
    was = os.umask(0)
    try:
        (tmp_path / "open").mkdir(0o777)
        (tmp_path / "shared").mkdir(0o777)
        (tmp_path / "shared/left").write_text("by somebody")
        house.Coordinator.command("init", tmp_path / "open", "--plan", house.PLANS / "a")
        done = program("diemcau-coordinator", "init", tmp_path / "shared", "--plan", house.PLANS / "a")
    finally:
        os.umask(was)
    opened = [path for path in [tmp_path / "open", *(tmp_path / "open").rglob("*")]
              if mode(path) & OTHERS]
    assert not opened
    assert done.returncode == 1 and b"open_folder" in done.stderr
    assert [path.name for path in (tmp_path / "shared").iterdir()] == ["left"]


def test_all_that_a_coordinator_writes_is_its_owners(tmp_path):
    was = os.umask(0)
    try:
        coordinator = house.Coordinator(tmp_path / "c", options=("--speed", "60", "--rehearsal"))
        coordinator.start().session  # pylint: disable=expression-not-assigned
        coordinator.stop()
        coordinator.options.remove("--rehearsal")
        coordinator.start()
        written = [path for path in (tmp_path / "c").rglob("*") if path.name != "log"]
        assert {"journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm", "meeting.json", "current", "ca.key"} <= {
            path.name for path in written}
        assert not [path for path in written if mode(path) & OTHERS]
        coordinator.stop()
    finally:
        os.umask(was)


def test_what_an_earlier_version_left_open_is_closed_and_told(coordinator):
    coordinator.stop()
    plan = coordinator.journal.parent / "plan/meeting.json"
    for path, left in ((coordinator.folder, 0o755), (coordinator.journal, 0o644), (plan, 0o644),
                       (coordinator.folder / "join/ca-mau.json", 0o644)):
        path.chmod(left)
    coordinator.start()
    for path in (coordinator.folder, coordinator.journal, plan, coordinator.folder / "join/ca-mau.json"):
        assert not mode(path) & OTHERS, path
    told = re.findall(r"<4>(\S+) was open to others \(mode (\d+)\)", coordinator.log.read_text())
    assert {("journal.sqlite", "0644"), ("meeting.json", "0644"), ("ca-mau.json", "0644")} <= {
        (os.path.basename(path), bits) for path, bits in told}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_key_of_somebody_else_is_not_served(coordinator):
    coordinator.stop()
    os.chown(coordinator.folder / "server.key", 12345, 12345)
    done = program("diemcau-coordinator", "run", coordinator.folder, "--plan", coordinator.plan,
                   "--listen", "127.0.0.1:0")
    assert done.returncode == 1 and b"server.key" in done.stderr


async def test_serves_without_join_files_and_without_the_authoritys_key(coordinator):
    """What a backup of the folder then holds lets nobody in, and signs nothing."""
    tokens = [coordinator.join(site)["token"] for site in ("ca-mau", "relay")]
    log = coordinator.log.read_text()
    assert "65 join files lie in" in log and "ca.key is not needed to serve" in log
    handed_out = coordinator.join("ca-mau")
    coordinator.stop()
    for file in [*(coordinator.folder / "join").iterdir(), coordinator.folder / "ca.key"]:
        file.unlink()
    coordinator.log.write_text("")
    coordinator.start()
    assert "join files" not in coordinator.log.read_text()
    assert "not needed" not in coordinator.log.read_text()
    peer = house.Peer(await coordinator.open(), house.instance())
    await peer.send({"type": "hello", "versions": [1], "role": "site", "site": "ca-mau",
                     "instance": peer.instance, "token": handed_out["token"]})
    assert (await peer.receive())["type"] == "welcome"
    await peer.close()
    for file in coordinator.folder.rglob("*"):
        if file.is_file():
            assert not [token for token in tokens if token.encode() in file.read_bytes()], file
    coordinator.command("site", "reissue", coordinator.folder, "ha-giang")
    assert [file.name for file in (coordinator.folder / "join").iterdir()] == ["ha-giang.json"]
    assert coordinator.join("ha-giang")["ca"] == handed_out["ca"]


def limits(process):
    """(hard limit of core files, owner of what /proc shows of it)"""
    text = open(f"/proc/{process.pid}/limits", encoding="ascii").read()
    core = re.search(r"Max core file size +\S+ +(\S+)", text)[1]
    return core, os.stat(f"/proc/{process.pid}/environ").st_uid


@pytest.fixture
def programs(coordinator, tmp_path):
    """Coordinator, relay, endpoint and simulator, started by hand."""
    join = coordinator.folder / "join"
    words = {
        "relay": ["diemcau-relay", "--join", join / "relay.json", "--listen", "127.0.0.1:0"],
        "fleet": ["diemcau-fleet", "--join-dir", join, "--sites", "ha-giang"],
        "endpoint": ["diemcau-endpoint", "--join", join / "ca-mau.json", "--panel", "off", "--voice",
                     "none", "--camera", "rtsp://admin:Tr0ub4dor@127.0.0.1:9/1",
                     "--content=rtsp://admin:Tr0ub4dor@127.0.0.1:9/2", "--program", "none"],
    }
    with (tmp_path / "programs.log").open("w") as log:
        running = {name: subprocess.Popen([house.BIN / line[0], *map(str, line[1:])], stdout=log,
                                          stderr=log) for name, line in words.items()}
    time.sleep(1)
    yield {"coordinator": coordinator.process, **running}
    for process in running.values():
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=house.PATIENCE)


def test_no_core_file_and_no_look_into_memory(programs):
    """A process that may not be dumped shows its environment to root alone; unit.system looks at that
    where the test itself is run by root."""
    for name, process in programs.items():
        assert process.poll() is None, name
        assert limits(process) == ("0", 0), name
        status = open(f"/proc/{process.pid}/status", encoding="ascii").read()
        assert "Umask:\t0077" in status, name


def test_a_cameras_password_is_not_in_the_list_of_processes(programs):
    words = open(f"/proc/{programs['endpoint'].pid}/cmdline", encoding="utf-8").read().split("\0")
    assert not [word for word in words if "Tr0ub4dor" in word or "admin" in word]
    assert [word for word in words if re.fullmatch("rtsp://x+@127.0.0.1:9/1", word)]


@pytest.mark.parametrize("name,more", [("diemcau-relay", []), ("diemcau-endpoint", ["--lang", "en"])])
def test_a_join_file_that_others_read_is_told(coordinator, tmp_path, name, more):
    site = {"diemcau-relay": "relay", "diemcau-endpoint": "ca-mau"}[name]
    file = tmp_path / "join.json"
    shutil.copy(coordinator.folder / f"join/{site}.json", file)
    extra = ["--listen", "127.0.0.1:0"] if site == "relay" else ["--panel", "off", "--camera", "none",
                                                             "--voice", "none", "--program", "none"]
    for open_to_others in (True, False):
        file.chmod(0o644 if open_to_others else 0o600)
        with subprocess.Popen([house.BIN / name, "--join", file, *extra, *more],
                              stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
            time.sleep(1)
            process.terminate()
            told = process.stderr.read().decode()
        assert ("others can read or change" in told) == open_to_others, told
