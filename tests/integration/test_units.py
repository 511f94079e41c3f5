"""The systemd units: each line of the sandbox is there with its reason, systemd finds no fault in them,
and the programs do their work behind the very filters that the units name."""
import functools
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import time

import pytest

import house

UNITS = house.ROOT / "deploy/units"
NAMES = ("coordinator", "relay", "endpoint")
EXPOSURE_MOST = {"coordinator": 13, "relay": 13, "endpoint": 20}  # tenths, of systemd-analyze security
EVERYWHERE = {
    "CapabilityBoundingSet": [""], "LimitCORE": ["0"], "LockPersonality": ["yes"],
    "MemoryDenyWriteExecute": ["yes"], "NoNewPrivileges": ["yes"], "PrivateTmp": ["yes"],
    "ProtectClock": ["yes"], "ProtectControlGroups": ["yes"], "ProtectHostname": ["yes"],
    "ProtectKernelLogs": ["yes"], "ProtectKernelModules": ["yes"], "ProtectKernelTunables": ["yes"],
    "ProtectProc": ["invisible"], "ProtectSystem": ["strict"], "RemoveIPC": ["yes"],
    "RestrictNamespaces": ["yes"], "RestrictRealtime": ["yes"], "RestrictSUIDSGID": ["yes"],
    "SystemCallArchitectures": ["native"], "UMask": ["0077"],
}
SERVICES = {"PrivateDevices": ["yes"], "PrivateUsers": ["yes"], "ProtectHome": ["yes"],
            "SystemCallFilter": ["@system-service", "~@resources @privileged"],
            "RestrictAddressFamilies": ["AF_INET AF_INET6 AF_UNIX"]}
ALONE = {
    "coordinator": {**SERVICES, "StateDirectoryMode": ["0700"]},
    "relay": {**SERVICES, "ProcSubset": ["pid"]},
    "endpoint": {"DevicePolicy": ["closed"], "StateDirectoryMode": ["0700"],
                 "DeviceAllow": ["char-video4linux rw", "char-alsa rw", "char-drm rw"],
                 "RestrictAddressFamilies": ["AF_INET AF_INET6 AF_UNIX AF_NETLINK"],
                 "SystemCallFilter": ["@system-service seccomp", "~@privileged"]},
}
needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
needs_filter = pytest.mark.skipif("DIEMCAU_FILTERED" not in os.environ and
                                  not (house.BIN.parent / "tests/integration/filtered").exists(),
                                  reason="a sanitizer calls what the units do not allow")


def unit(name):
    return UNITS / f"diemcau-{name}.service"


def settings(name):
    """Key → its values in order, of the section [Service]."""
    found, section = {}, ""
    for line in unit(name).read_text(encoding="utf-8").splitlines():
        section = line if line.startswith("[") else section
        if section == "[Service]" and (pair := re.fullmatch(r"(\w+)=(.*)", line)):
            found.setdefault(pair[1], []).append(pair[2])
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_sandbox_is_whole(name):
    found = settings(name)
    for key, values in {**EVERYWHERE, **ALONE[name]}.items():
        assert found.get(key) == values, key


@pytest.mark.parametrize("name", NAMES)
def test_each_line_has_its_reason_above_it(name):
    """A comment stands above each group; a group is what protects in one way."""
    alone = {"ExecStart", "Type", "User", "Restart", "RestartSec", "TimeoutStopSec", "NotifyAccess",
             "WatchdogSec", "EnvironmentFile"}
    reason, group = False, 0
    for line in unit(name).read_text(encoding="utf-8").split("[Service]")[1].split("[Install]")[0].splitlines():
        if line.startswith("#"):
            reason, group = True, 0
        elif pair := re.match(r"(\w+)=", line):
            group += pair[1] not in alone
            assert pair[1] in alone or (reason and group <= 5), line


@needs_systemd
@pytest.mark.parametrize("name", NAMES)
def test_systemd_finds_no_fault(name, tmp_path):
    text = unit(name).read_text(encoding="utf-8")
    text = re.sub(r"/usr/bin/(diemcau-\w+)", rf'"{house.BIN}/\1"', text)
    text = re.sub("^Documentation=.*\n", "", text, flags=re.M)
    (tmp_path / unit(name).name).write_text(text, encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", tmp_path / unit(name).name],
                          capture_output=True, text=True, check=False, timeout=60)
    faults = [line for line in done.stderr.splitlines() if "diemcau" in line]
    assert not faults, faults
    subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager",
                    f"--threshold={EXPOSURE_MOST[name]}", unit(name)], check=True,
                   stdout=subprocess.DEVNULL, timeout=60)


@functools.cache
def calls_of(set_name):
    """The calls of a set, sets in it resolved."""
    listed = subprocess.run(["systemd-analyze", "syscall-filter", "--no-pager", set_name], check=True,
                            capture_output=True, text=True, timeout=60).stdout.splitlines()[1:]
    words = [line.strip() for line in listed if line.strip() and not line.strip().startswith("#")]
    return {call for word in words for call in (calls_of(word) if word[0] == "@" else {word})}


def allowed(name):
    """What a unit's SystemCallFilter lets through, as systemd reads it."""
    calls = set(calls_of("@default"))
    for line in settings(name)["SystemCallFilter"]:
        named = {call for word in line.lstrip("~").split()
                 for call in (calls_of(word) if word[0] == "@" else {word})}
        calls = calls - (named - calls_of("@default")) if line[0] == "~" else calls | named
    # SQLite gives a journal's files to the owner of the journal where it runs as root; units do not.
    return calls | ({"fchown"} if os.geteuid() == 0 else set())


@pytest.fixture
def filtered(tmp_path):
    """The beginning of a command line that runs a program behind its unit's filters."""
    program = os.environ.get("DIEMCAU_FILTERED", str(house.BIN.parent / "tests/integration/filtered"))

    def words(name):
        (tmp_path / f"{name}.calls").write_text("\n".join(sorted(allowed(name))))
        families = settings(name)["RestrictAddressFamilies"][0].split()
        numbers = ",".join(str(int(getattr(socket, family))) for family in families)
        return [program, str(tmp_path / f"{name}.calls"), numbers]

    return words


def in_unit(name, folder):
    """The environment that a unit sets, its private /tmp being a folder. Plugins are looked through
    inside the program: one of them starts the library that ours needs, too."""
    lines = [line.replace("/tmp", str(folder)) for line in settings(name).get("Environment", [])]
    return {"GST_REGISTRY_FORK": "no", **dict(line.split("=", 1) for line in lines)}


@needs_systemd
@needs_filter
def test_the_filter_of_the_test_kills(filtered, tmp_path):
    """It would be no test if everything passed."""
    program, calls, _ = filtered("relay")
    subprocess.run([program, calls, "2", "/bin/uname"], check=True)
    pathlib.Path(calls).write_text("\n".join(allowed("relay") - {"uname"}))
    assert subprocess.run([program, calls, "2", "/bin/uname"],
                          check=False).returncode == -signal.SIGSYS
    refused = subprocess.run([*filtered("relay"), "/usr/bin/python3", "-c",
                              "import socket; socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)"],
                             check=False, capture_output=True, text=True)
    assert "Address family not supported" in refused.stderr


@needs_systemd
@needs_filter
async def test_the_programs_work_behind_their_units_filters(make, filtered, tmp_path):
    """A meeting is opened, a site speaks and is seen; an account is added beside; all end well."""
    coordinator = make()
    coordinator.process = subprocess.Popen(
        [*filtered("coordinator"), house.BIN / "diemcau-coordinator", "run", coordinator.folder,
         "--plan", coordinator.plan, "--listen", f"127.0.0.1:{coordinator.port}"],
        stdout=subprocess.PIPE, stderr=coordinator.log.open("a"), text=True)
    assert coordinator.process.stdout.readline() == f"port {coordinator.port}\n", coordinator.log.read_text()
    join, log = coordinator.folder / "join", (tmp_path / "media.log").open("w")
    words = {
        "relay": ["diemcau-relay", "--join", join / "relay.json", "--listen", "0.0.0.0:0", "--advertise",
                  f"127.0.0.1:{(port := house.free_port())}"],
        "endpoint": ["diemcau-endpoint", "--join", join / "ca-mau.json", "--camera", "test", "--voice",
                     "test", "--size", "360p15", "--program", f"file:{tmp_path}/program.mkv"],
    }
    words["relay"][4] = f"0.0.0.0:{port}"
    running = [subprocess.Popen([*filtered(name), house.BIN / line[0], *map(str, line[1:])], stdout=log,
                                stderr=log, env={**os.environ, **in_unit(name, tmp_path)})
               for name, line in words.items()]
    operator = await coordinator.peer()
    await house.go_live(operator)

    def good():
        sites = coordinator.get("/api/v1/meeting")["sites"]
        return any(site["site"] == "ca-mau" and site["media"] == "good" for site in sites)

    end = time.monotonic() + 2 * house.PATIENCE
    while not good():
        assert time.monotonic() < end, (tmp_path / "media.log").read_text()
        time.sleep(0.2)
    assert coordinator.http("/api/v1/minutes?format=html", session=coordinator.session)[0] == 200
    await operator.close()
    for process in running:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=house.PATIENCE) == 0, (tmp_path / "media.log").read_text()
    assert coordinator.stop() == 0
    assert (tmp_path / "program.mkv").stat().st_size > 1000
