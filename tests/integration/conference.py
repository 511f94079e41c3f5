"""A meeting with simulated sites: real websockets and SRTP, run by the autopilot."""
import json
import os
import signal
import subprocess
import time

import house


class Conference:
    """A coordinator with its relay and simulated sites."""

    def __init__(self, coordinator, folder):
        self.coordinator, self.folder, self.running = coordinator, folder, []

    def start(self, program, *words):
        log = (self.folder / f"{program}.log").open("wb")
        process = subprocess.Popen([house.BIN / program, *map(str, words)], stdout=log, stderr=log)
        self.running.append(process)
        return process

    def begin(self, *fleet_options):
        join = self.coordinator.folder / "join"
        self.start("diemcau-relay", "--join", join / "relay.json", "--listen", "127.0.0.1:0")
        self.fleet = self.start("diemcau-fleet", "--join-dir", join, "--summary",
                                self.folder / "fleet.json", *fleet_options)

    def engage(self, seconds=200):
        """An autopilot that runs the meeting to its end."""
        return subprocess.Popen(
            [house.BIN / "diemcau-autopilot", "--url", f"https://127.0.0.1:{self.coordinator.port}",
             "--ca", self.coordinator.folder / "ca.pem", "--account", "operator",
             "--for", str(seconds)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env={**os.environ, "DIEMCAU_PASSWORD": self.coordinator.password})

    def autopilot(self, seconds=200):
        """(exit status, result) of a meeting run to its end."""
        autopilot = self.engage(seconds)
        result = json.loads(autopilot.communicate()[0])
        return autopilot.returncode, result

    def summary(self):
        """What the simulated sites found; ends them."""
        self.fleet.send_signal(signal.SIGTERM)
        assert self.fleet.wait(house.PATIENCE) == 0
        return json.loads((self.folder / "fleet.json").read_text())

    def meeting(self):
        return self.coordinator.get("/api/v1/meeting")

    def site(self, name):
        return next(site for site in self.meeting()["sites"] if site["site"] == name)

    def wait(self, what, ready, seconds=2 * house.PATIENCE):
        end = time.monotonic() + seconds
        while not ready():
            assert time.monotonic() < end, what
            time.sleep(0.1)

    def end(self):
        for process in self.running:
            if process.poll() is None:
                process.terminate()
                process.wait(house.PATIENCE)
