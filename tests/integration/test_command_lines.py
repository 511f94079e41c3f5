"""The command lines of all programs have the same manners, and docs/command-line.md is what --help says.

    python3 tests/integration/test_command_lines.py     writes --help into docs/command-line.md
"""
import os
import re
import subprocess

import pytest

import house

PAGE = house.ROOT / "docs/command-line.md"
COMMANDS = ["diemcau-coordinator", *(f"diemcau-coordinator {command}" for command in (
    "init", "check", "import", "export", "run", "meeting", "meeting list", "meeting show", "meeting new", "meeting use", "meeting update", "meeting preview",
    "meeting export", "meeting print", "meeting archive", "meeting add", "meeting registrations", "meeting forget", "replay", "verify", "backup", "restore", "renew", "account", "account add", "account passwd", "account remove", "account list",
    "display", "display add", "display remove", "display list", "site", "site add", "site remove", "site reissue", "site list")), "diemcau-relay", "diemcau-endpoint", "diemcau-endpoint check",
            "diemcau-endpoint devices", "diemcau-fleet", "diemcau-autopilot"]
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
TOOLS = ["diemcau-rtp-tap", "diemcau-av-check", "diemcau-netem-proxy", "diemcau-bench-fan", "bench-load",
         "bench-baseline"]
HOSTILE = "\x1b[2J\u202e"
SHOWN = r"\x1b[2J\u{202e}"


def run(command, *words, **how):
    program, *rest = command.split()
    done = subprocess.run([house.BIN / program, *rest, *map(str, words)], capture_output=True, check=False,
                          timeout=20, stdin=subprocess.DEVNULL, **how)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def refused(command, *words, **how):
    """What is wrong, as a line that not even a terminal's escapes can break says it."""
    status, out, told = run(command, *words, **how)
    assert (status, out) == (2, "") and not OBEYED.search(told), (status, out, told)
    said = re.fullmatch(rf"{command}: (.+); see {command} --help\n", told)
    assert said, told
    return said[1]


def options(command):
    """Of each option whether it takes a value."""
    text = run(command, "--help")[1]
    return {name: bool(value) for name, value in re.findall(r"^ +(?:-\w, | {4})--([\w-]+)(=\S+)?", text, re.M)}


@pytest.mark.parametrize("command", COMMANDS)
def test_help_and_version(command):
    status, out, told = run(command, "--help")
    assert (status, told) == (0, "") and out.startswith(f"Usage: {command} ")
    assert run(command, "-h") == (0, out, "")
    assert f"```console\n$ {command} --help\n{out}```\n" in PAGE.read_text(encoding="utf-8")
    program = command.split()[0]
    version = run(command, "--version")
    assert version == run(command, "-V") and version[0] == 0 and version[2] == ""
    assert re.fullmatch(program + r" \d+\.\d+\.\d+\n", version[1])


def test_help_lists_every_command():
    listed = run("diemcau-coordinator", "--help")[1]
    ours = [command.removeprefix("diemcau-coordinator ") for command in COMMANDS if command.startswith("diemcau-coordinator ")]
    inner = [command for command in ours if not any(other.startswith(f"{command} ") for other in ours)]
    assert not [command for command in inner if not re.search(rf"^  {command}\b", listed, re.M)]


def rows(text):
    """What --help says of each word, option and command."""
    found = re.findall(r"^ {2,6}(\S(?:\S| (?! ))*?)(?:  +|\n {20,})(\S.*(?:\n {20,}\S.*)*)", text, re.M)
    return {name: " ".join(said.split()) for name, said in found}


@pytest.mark.parametrize("command", COMMANDS)
def test_help_in_vietnamese(command):
    """All of it: no sentence is left in English, and no line is too wide for a terminal."""
    english, vietnamese = (run(command, "--help", "--language", which)[1] for which in ("en", "vi"))
    assert vietnamese.startswith(f"Cách dùng: {command} [TÙY CHỌN...]")
    ours, theirs = rows(vietnamese), rows(english)
    assert ours.keys() == theirs.keys() and len(ours) >= 3
    assert not [name for name in ours if ours[name] == theirs[name]]
    assert max(map(len, vietnamese.splitlines())) <= 90
    assert run(command, "-h", env={**os.environ, "LC_MESSAGES": "vi_VN.UTF-8"}) == (0, vietnamese, "")


def test_the_language():
    """--language, else the first of LC_ALL, LC_MESSAGES and LANG; Vietnamese where they name none."""
    bare = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES", "LANG")}
    for locale, vietnamese in (
            ({}, True), ({"LANG": "C.UTF-8"}, True), ({"LANG": "vi_VN"}, True), ({"LANG": "C"}, False),
            ({"LANG": "en_US.UTF-8"}, False), ({"LANG": "POSIX"}, False), ({"LC_MESSAGES": "", "LANG": "vi"}, True),
            ({"LC_MESSAGES": "vi_VN.UTF-8", "LANG": "en_US"}, True), ({"LC_ALL": "en", "LC_MESSAGES": "vi"}, False)):
        told = run("diemcau-relay", env={**bare, **locale})[2]
        assert told.startswith("diemcau-relay: thiếu --join FILE (tệp ") is vietnamese, (locale, told)
        assert run("diemcau-relay", "--x", "--language=en", env={**bare, **locale})[2].endswith("see diemcau-relay --help\n")
    vietnamese = {"env": {**bare, "LANG": "vi_VN.UTF-8"}}
    for words, said in ((["run", "d", "--speed", "x"], "--speed cần số nguyên từ 1 đến 1000, không phải x; xem "),
                        (["chek"], "không có lệnh chek: hãy chọn một trong init, check, "),
                        (["account", "add", "d", "n", "--role", "king"], "--role cần operator, technician, chair hoặc "),
                        (["meeting", "new", "d"], "thiếu --plan PLAN (thư mục chương trình hội nghị)")):
        assert said in run("diemcau-coordinator", *words, **vietnamese)[2]


@pytest.mark.parametrize("tool", TOOLS)
def test_the_tools_of_the_tests_have_the_same_manners(tool):
    status, out, told = run(tool, "--help")
    assert (status, told) == (0, "") and out.startswith(f"Usage: {tool} [OPTION...]")
    assert refused(tool).split()[1:3] == ["is", "missing"] or refused(tool).split()[2:4] == ["is", "missing"]


@pytest.mark.parametrize("command", COMMANDS + TOOLS)
def test_what_is_no_option(command):
    for option in ("--nonsense", "--nonsense=3", "-x", "-xyz", f"--{HOSTILE}", f"-{HOSTILE}", f"--{HOSTILE}=1"):
        assert refused(command, option) == f"there is no option {option.replace(HOSTILE, SHOWN)}"


@pytest.mark.parametrize("command", COMMANDS + TOOLS)
def test_values_that_are_missing_empty_or_too_many(command):
    for option, takes in options(command).items():
        if takes:
            assert refused(command, f"--{option}").startswith(f"--{option} wants ")
            assert refused(command, f"--{option}", "").endswith("not an empty word")
            assert refused(command, f"--{option}=").endswith("not an empty word")
        else:
            assert refused(command, f"--{option}=yes") == f"--{option} takes no value"


@pytest.mark.parametrize("command,missing", [
    ("diemcau-coordinator", "a command is missing: choose from init, check, import, export, run, meeting list, meeting "
     "show, meeting new, meeting use, meeting update, meeting preview, meeting export, meeting print, meeting archive, meeting add, meeting registrations, meeting forget, replay, verify, backup, restore, renew, account add, account passwd, account "
     "remove, account list, display add, display remove, display list, site add, site remove, site reissue, site list"),
    ("diemcau-coordinator account", "a command is missing: choose from account add, account passwd, "
     "account remove, account list"),
    ("diemcau-coordinator display", "a command is missing: choose from display add, display remove, display list"),
    ("diemcau-coordinator site", "a command is missing: choose from site add, site remove, site reissue, site list"),
    ("diemcau-coordinator init", "DIR is missing (the directory to make)"),
    ("diemcau-coordinator check", "PLAN is missing (the folder of a meeting plan)"),
    ("diemcau-coordinator run", "DIR is missing (the directory that init has made)"),
    ("diemcau-coordinator account add", "DIR is missing (the directory that init has made)"),
    ("diemcau-coordinator account passwd", "DIR is missing (the directory that init has made)"),
    ("diemcau-coordinator account remove", "DIR is missing (the directory that init has made)"),
    *((f"diemcau-coordinator {command}", "DIR is missing (the directory that init has made)")
      for command in ("renew", "account list", "display add", "display remove", "display list", "site add", "site remove", "site reissue", "site list")),
    ("diemcau-relay", "--join FILE is missing (the relay's join file, as diemcau-coordinator init has made it)"),
    ("diemcau-endpoint", "--join FILE is missing (the join file of this site)"),
    ("diemcau-endpoint check", "--join FILE is missing (the join file of this site)"),
    ("diemcau-fleet", "--join-dir DIR is missing (a folder with one join file per site)"),
    ("diemcau-autopilot", "--url URL is missing (the coordinator: https://HOST:PORT)")])
def test_nothing_where_something_is_needed(command, missing):
    assert refused(command) == missing


@pytest.mark.parametrize("command,words,fault", [
    ("diemcau-coordinator", ["serve"], "there is no command serve: choose from init, check, "),
    ("diemcau-coordinator", [HOSTILE], f"there is no command {SHOWN}: "),
    ("diemcau-coordinator", ["accounts", "add"], "there is no command accounts: "),
    ("diemcau-coordinator account", ["rename"], "there is no command rename: choose from account add, "),
    ("diemcau-coordinator account add", ["d"], "NAME is missing (the account's name)"),
    ("diemcau-coordinator account add", ["d", "n", HOSTILE], f"{SHOWN} is one word too many"),
    ("diemcau-coordinator site add", ["d"], "SITE... is missing (sites by their ids, as the plan has them)"),
    ("diemcau-coordinator site add", ["d", "a", ""], "SITE... is an empty word (sites by their ids, "),
    ("diemcau-coordinator site add", ["d", *["a"] * 257], "a is one word too many"),
    ("diemcau-coordinator account add", ["d", ""], "NAME is an empty word (the account's name)"),
    ("diemcau-coordinator meeting new", ["d"], "--plan PLAN is missing (the folder of the meeting plan)"),
    ("diemcau-coordinator init", ["d"], "--plan PLAN is missing (the folder of the meeting plan)"),
    ("diemcau-coordinator run", ["--pl", "x"], "--pl may be several options: write its name in full"),
    ("diemcau-coordinator run", ["--role", "chair"], "there is no option --role"),
    ("diemcau-endpoint", ["--join", "x", "check"], "check has to come first: diemcau-endpoint check"),
    ("diemcau-endpoint", ["chek", "--join", "x"], "chek is one word too many"),
    ("diemcau-fleet", ["-j", "x", "--sites", "a", "--except", "b"],
     "--sites and --except do not go together: leave one out"),
    ("diemcau-autopilot", ["--url", "https://a:1", "--account", "a"],
     "the password is missing: put it in the environment, as DIEMCAU_PASSWORD")])
def test_commands_and_words(command, words, fault):
    surroundings = {name: value for name, value in os.environ.items() if name != "DIEMCAU_PASSWORD"}
    assert refused(command, *words, env=surroundings).startswith(fault)


@pytest.mark.parametrize("command,option,wrong,wants", [
    ("diemcau-coordinator run", "--listen", ["8443", "::1:8443", "[::1]", "a:65536", "a:-1", "a:"], "an address and a port "),
    ("diemcau-coordinator run", "--speed", ["0", "-1", "1001", "1.5", "x", "3x", "9" * 30], "a whole number from 1 to 1000"),
    ("diemcau-coordinator run", "--trusted-proxy", ["proxy", "192.0.2.1:1", "1.2.3"], "the address of a proxy "),
    ("diemcau-coordinator account add", "--role", ["site", "relay", "king"], "operator, technician, chair or viewer"),
    ("diemcau-coordinator display add", "--view", ["everything", "HALL"], "hall, speaker, run_sheet or watcher"),
    ("diemcau-coordinator check", "--language", ["fr", "EN"], "vi or en"),
    ("diemcau-relay", "--listen", ["5004", "localhost:5004", ":5004", "0.0.0.0:65536"], "a numeric address and a port "),
    ("diemcau-relay", "--bind", ["5004"], "a numeric address and a port "),
    ("diemcau-relay", "--advertise", ["192.0.2.1", ":5004", "192.0.2.1:0", "x" * 300 + ":1", "0.0.0.0:5004", "[::]:5004", "a b:1", "192.0.2.300:1"], "an address and a port that sites reach "),
    ("diemcau-relay", "--first-sequence", ["-1", "65536", "x"], "a whole number from 0 to 65535"),
    ("diemcau-endpoint", "--camera", ["usb", "pulse:x"], "auto, none, test, v4l2:/dev/video0, "),
    ("diemcau-endpoint", "--content", ["usb"], "auto, none, test, v4l2:/dev/video0, "),
    ("diemcau-endpoint", "--voice", ["v4l2:/dev/video0"], "auto, none, test, pulse:NAME or alsa:NAME"),
    ("diemcau-endpoint", "--program", ["screen"], "window, none or file:PATH.mkv"),
    ("diemcau-endpoint", "--size", ["720p"], "360p15, 720p25 or 1080p25"),
    ("diemcau-endpoint", "--panel", ["65536", "-1", "on", "80x", "000080"], "a port from 0 to 65535, or off"),
    ("diemcau-endpoint", "--language", ["fr"], "vi or en"),
    ("diemcau-endpoint devices", "--lang", ["fr"], "vi or en"),
    ("diemcau-fleet", "--for", ["-1", "nan", "inf", "x", "2592001"], "a number from 0 to 2592000"),
    ("diemcau-fleet", "--lose", ["1001", "-1", "x"], "a whole number from 0 to 1000"),
    ("diemcau-fleet", "--drift", ["10001", "-10001"], "a whole number from -10000 to 10000"),
    ("diemcau-fleet", "--late-video", ["-1", "10001"], "a whole number from 0 to 10000"),
    ("diemcau-fleet", "--first-sequence", ["65536"], "a whole number from 0 to 65535"),
    ("diemcau-autopilot", "--url", ["ftp://a", "http://192.0.2.1:1", "a:1", "https://a:0", "https://a b:1"], "https://HOST:PORT "),
    ("diemcau-autopilot", "--sites", ["-1", "8128"], "a whole number from 0 to 8127"),
    ("diemcau-autopilot", "--for", ["x"], "a number from 0 to 2592000")])
def test_values_that_are_none(command, option, wrong, wants):
    name = {"--bind": "--listen", "--lang": "--language"}.get(option, option)  # which it was called before
    for value in wrong + [HOSTILE]:
        said = refused(command, option, value)
        assert said.startswith(f"{name} wants {wants}") and said.endswith(f", not {value.replace(HOSTILE, SHOWN)}")


@pytest.mark.parametrize("command,option,value,most", [
    ("diemcau-coordinator init", "--name", "a", 16), ("diemcau-coordinator init", "--address", "a:1", 8),
    ("diemcau-coordinator run", "--trusted-proxy", "192.0.2.1", 16),
    ("diemcau-relay", "--advertise", "192.0.2.1:1", 4)])
def test_options_that_stand_too_often(command, option, value, most):
    assert refused(command, *[option, value] * (most + 1)) == f"{option} {value} is one {option} too many"
    assert "is missing" in refused(command, *[option, value] * most)


def test_nothing_was_done(tmp_path):
    words = [tmp_path / "made", "--plan", house.PLANS / "a"]
    refused("diemcau-coordinator init", *words, "--nonsense")
    refused("diemcau-coordinator init", *words, "more")
    assert not (tmp_path / "made").exists()
    assert run("diemcau-coordinator init", *words)[0] == 0 and (tmp_path / "made").exists()


def test_a_help_that_cannot_be_written_is_no_success():
    with open("/dev/full", "w", encoding="utf-8") as full:
        for program in ("diemcau-relay", "diemcau-endpoint"):
            for option in ("--help", "--version"):
                done = subprocess.run([house.BIN / program, option], stdout=full, check=False)
                assert done.returncode == 1


def test_words_that_cannot_be_done(tmp_path):
    """Well said, and yet impossible: 1, in a line that names what it is about."""
    for command in ("diemcau-relay --join", "diemcau-endpoint --join", "diemcau-endpoint check --join",
                    "diemcau-fleet --join-dir", "diemcau-coordinator check"):
        status, out, told = run(command, tmp_path / "none")
        assert (status, out) == (1, "") and ("none" in told or "sites.json" in told)


def write():
    """The blocks of each program, in the order of COMMANDS, below its title."""
    def section(found):
        blocks = [f"```console\n$ {command} --help\n{run(command, '--help')[1]}```\n"
                  for command in COMMANDS if command.split()[0] == found[1]]
        return f"## {found[1]}\n\n" + "\n".join(blocks)
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(re.sub(r"## (diemcau-\S+)\n(?:\n*```console\n\$ .+ --help\n(?:.*\n)*?```\n)+", section, text), encoding="utf-8")


if __name__ == "__main__":
    write()
