#!/usr/bin/python3
"""Hold a conference on this machine: coordinator, relay, real endpoints, simulated sites.

Every process is a child of this one and ends with it, however it ends. Called by deploy/demo,
which has installed and built everything.
"""
import argparse
import ctypes
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READY_SECONDS = 30
STOP_SECONDS = 8
PR_SET_PDEATHSIG = 1


class Failure(Exception):
    """Something that ends the conference, in a sentence."""


def options():
    parser = argparse.ArgumentParser(prog="deploy/demo", description=__doc__.splitlines()[0])
    parser.add_argument("--programs", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--plan", default="a", help="a plan of deploy/plans, or a folder (default: a)")
    parser.add_argument("--sites", type=int, help="how many sites of the plan join (default: all)")
    parser.add_argument("--endpoints", type=int, default=3,
                        help="how many of them are real endpoints, the main venue first (default: 3)")
    parser.add_argument("--headless", action="store_true", help="show no windows")
    parser.add_argument("--for", dest="seconds", type=float, help="end after this long")
    parser.add_argument("--autopilot", action="store_true",
                        help="assemble, open, walk the whole programme, close")
    parser.add_argument("--speed", type=int, default=1,
                        help="divide planned durations by this (default: 1)")
    parser.add_argument("--summary", type=Path, help="write what happened as one JSON object, and the minutes beside it")
    parser.add_argument("--port", type=int, default=8443, help="of the board (default: 8443)")
    parser.add_argument("--keep", type=Path, help="keep keys, journal and logs in this folder")
    return parser.parse_args()


def free_port(wanted):
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise Failure("no TCP port is free on 127.0.0.1")


class Children:
    """The processes of the conference, each with a log of its own."""

    def __init__(self, programs, logs):
        self.programs = programs
        self.logs = logs
        self.running = {}
        logs.mkdir(parents=True, exist_ok=True)

    def start(self, label, program, *arguments, environment=None):
        log = (self.logs / f"{label}.log").open("wb")
        parent = os.getpid()

        def end_with_parent():
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

        process = subprocess.Popen(
            [str(self.programs / program), *map(str, arguments)], stdin=subprocess.DEVNULL,
            stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            preexec_fn=end_with_parent, env={**os.environ, **(environment or {})})
        log.close()
        self.running[label] = process
        return process

    def check(self):
        """Nobody may leave before the end."""
        for label, process in self.running.items():
            if process.poll() is not None:
                raise Failure(f"{label} ended with {process.returncode}; see {self.logs}/{label}.log")

    def stop(self, label):
        process = self.running.pop(label, None)
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            print(f"{label} did not stop in time and was killed", file=sys.stderr)
            process.kill()
            process.wait()

    def stop_all(self):
        for label in reversed(list(self.running)):
            self.stop(label)


class Api:
    """The coordinator's HTTP interface, as any client uses it."""

    def __init__(self, url, authority):
        self.url = url
        self.authority = authority
        self.session = None

    def fetch(self, method, path, body=None, accept="application/json"):
        headers = {"Accept": accept}
        if self.session:
            headers["Authorization"] = f"Bearer {self.session}"
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(self.url + path, data=data, headers=headers, method=method)
        context = ssl.create_default_context(cafile=self.authority)
        with urllib.request.urlopen(request, timeout=10, context=context) as answer:
            return answer.read()

    def call(self, method, path, body=None):
        return json.loads(self.fetch(method, path, body))

    def log_in(self, account, password):
        answer = self.call("POST", "/api/v1/session", {"account": account, "password": password})
        self.session = answer["session"]

    def meeting(self):
        return self.call("GET", "/api/v1/meeting")

    def healthy(self):
        try:
            request = urllib.request.Request(self.url + "/healthz")
            context = ssl.create_default_context(cafile=self.authority)
            with urllib.request.urlopen(request, timeout=2, context=context) as answer:
                return answer.status == 200
        except OSError:
            return False


def wait_until(what, ready, children, seconds=READY_SECONDS):
    end = time.monotonic() + seconds
    while not ready():
        children.check()
        if time.monotonic() > end:
            raise Failure(f"{what} is not there after {seconds} s")
        time.sleep(0.1)


def initialise(programs, state, plan, port):
    """Make keys, join files and the first account; the password is told only here."""
    command = [str(programs / "diemcau-coordinator"), "init", str(state), "--plan", str(plan),
               "--name", "localhost", "--address", f"127.0.0.1:{port}", "--language", "en"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failure(f"init failed: {done.stderr.strip()}")
    told = dict(line.split(": ", 1) for line in done.stdout.splitlines() if ": " in line)
    return told["account"], told["password"]


def order_of_sites(meeting):
    """Main venue, then those who will speak in their order, then everybody else."""
    wanted = [site["site"] for site in meeting["sites"] if site["kind"] == "main"]
    wanted += [turn["site"] for turn in meeting["turns"]]
    wanted += [site["site"] for site in meeting["sites"]]
    return list(dict.fromkeys(wanted))


def start_sites(children, state, meeting, choice):
    sites = order_of_sites(meeting)[:choice.sites]
    real, simulated = sites[:choice.endpoints], sites[choice.endpoints:]
    window = not choice.headless and bool(os.environ.get("DISPLAY"))
    for site in real:
        children.start(f"endpoint-{site}", "diemcau-endpoint",
                       "--join", state / "join" / f"{site}.json", "--camera", "test",
                       "--content", "test", "--voice", "test", "--size", "360p15",
                       "--program", "window" if window else "none", "--panel", "off")
    if simulated:
        children.start("fleet", "diemcau-fleet", "--join-dir", state / "join",
                       "--sites", ",".join(simulated), "--summary", state / "fleet.json")
    return sites


def online(meeting):
    return sum(site["link"] == "online" for site in meeting["sites"])


def run_autopilot(children, state, api, account, password, sites, end):
    """Returns the autopilot's own account of the meeting."""
    pilot = children.start(
        "autopilot", "diemcau-autopilot", "--url", api.url, "--ca", api.authority,
        "--account", account, "--sites", len(sites), "--result", state / "autopilot.json",
        environment={"DIEMCAU_PASSWORD": password})
    while pilot.poll() is None:
        if end and time.monotonic() > end:
            raise Failure("the meeting was not closed in time")
        time.sleep(0.2)
        children.running.pop("autopilot")
        children.check()
        children.running["autopilot"] = pilot
    children.running.pop("autopilot")
    result = json.loads((state / "autopilot.json").read_text())
    if pilot.returncode != 0:
        raise Failure(f"autopilot: {result.get('failure') or pilot.returncode}")
    return result


def stay(children, end):
    while end is None or time.monotonic() < end:
        children.check()
        time.sleep(0.2)


def summary(state, api, meeting, pilot):
    fleet_file = state / "fleet.json"
    fleet = json.loads(fleet_file.read_text()) if fleet_file.exists() else {}
    return {
        "sites_total": len(meeting["sites"]),
        "sites_online": online(meeting),
        "turns_done": sum(turn["state"] == "done" for turn in meeting["turns"]),
        "items_done": sum(item["state"] == "done" for item in meeting["items"]),
        "events": meeting["seq"],
        "media": fleet.get("media"),
        "floor_switch_ms": fleet.get("floor_switch_ms"),
        "refusals": pilot.get("refusals", []) if pilot else [],
        "alarms": pilot.get("alarms", []) if pilot else [],
        "minutes_url": api.url + "/api/v1/minutes",
    }


def write_record(choice, state, api, meeting, pilot):
    """The summary, and beside it the minutes: their address ends with the coordinator."""
    record = summary(state, api, meeting, pilot)
    choice.summary.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
    for suffix, accept in ((".minutes.html", "text/html"), (".minutes.json", "application/json")):
        minutes = api.fetch("GET", "/api/v1/minutes", accept=accept)
        choice.summary.with_suffix(suffix).write_bytes(minutes)


def hold(choice, state, children):
    plan = choice.plan if os.sep in choice.plan else ROOT / "deploy" / "plans" / choice.plan
    port = free_port(choice.port)
    account, password = initialise(choice.programs, state, plan, port)
    api = Api(f"https://localhost:{port}", str(state / "ca.pem"))
    children.start("coordinator", "diemcau-coordinator", "run", state, "--plan", plan,
                   "--listen", f"127.0.0.1:{port}", "--speed", choice.speed)
    wait_until("the coordinator", api.healthy, children)
    api.log_in(account, password)
    children.start("relay", "diemcau-relay", "--join", state / "join" / "relay.json",
                   "--listen", "127.0.0.1:0")
    sites = start_sites(children, state, api.meeting(), choice)
    print(f"board:     {api.url}/\naccount:   {account}\npassword:  {password}\n"
          f"authority: {api.authority}\nsites:     {len(sites)}, of them {min(choice.endpoints, len(sites))} real "
          f"endpoints", flush=True)

    wait_until("every site", lambda: online(api.meeting()) >= len(sites), children, 60)
    print("every site is online", flush=True)
    end = time.monotonic() + choice.seconds if choice.seconds else None
    pilot = None
    try:
        if choice.autopilot:
            pilot = run_autopilot(children, state, api, account, password, sites, end)
        else:
            stay(children, end)
    finally:
        meeting = api.meeting()
        children.stop("fleet")
        if choice.summary:
            write_record(choice, state, api, meeting, pilot)


def main():
    choice = options()
    choice.programs = choice.programs.resolve()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    state = choice.keep or Path(tempfile.mkdtemp(prefix="diemcau-"))
    children = Children(choice.programs, state / "log")
    try:
        hold(choice, state, children)
    except Failure as failure:
        print(f"failed: {failure}", file=sys.stderr)
        choice.keep = state
        return 1
    except KeyboardInterrupt:
        print("ending", file=sys.stderr)
    finally:
        children.stop_all()
        if choice.keep:
            print(f"kept: {state}", file=sys.stderr)
        else:
            shutil.rmtree(state)
    return 0


if __name__ == "__main__":
    sys.exit(main())
