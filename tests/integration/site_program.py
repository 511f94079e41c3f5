"""A site's program and its page on loopback."""
import asyncio
import json
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request

import websockets

import house

SITE = "tuyen-quang"
TEST_SOURCES = ["--camera", "test", "--voice", "test", "--size", "360p15", "--program", "none"]


class Endpoint:
    """A real endpoint without windows; url is its page."""

    def __init__(self, coordinator, folder, site=SITE, label="", options=("--papers", "off")):
        self.log = folder / f"{site}{label}.log"
        self.process = subprocess.Popen(
            [house.BIN / "diemcau-endpoint", "--join", coordinator.folder / "join" / f"{site}.json",
             *TEST_SOURCES, *options], stdout=subprocess.PIPE, stderr=self.log.open("w"), text=True)
        self.url = re.search(r"http://\S+", self.process.stdout.readline())[0]
        self.host = self.url.split("/")[2]

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=10)

    def get(self, url, **headers):
        try:
            request = urllib.request.Request(url, headers=headers)
            with urllib.request.urlopen(request, timeout=house.PATIENCE) as answer:
                return answer.status, answer.headers, answer.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            return error.code, error.headers, ""

    def page(self, origin=None, url=None):
        address = (url or self.url).replace("http:", "ws:") + "ws"
        return websockets.connect(address, subprotocols=["diemcau.panel"], compression=None, max_queue=None,
                                  origin=origin or f"http://{self.host}")


async def shows(page, true=lambda state: True, timeout=2 * house.PATIENCE, **wanted):
    """The next state of the page in which these fields stand so, and `true` says yes. What a press changes
    at the centre comes to the page after the answer to it, so it is waited for here, not looked for after."""
    end = time.monotonic() + timeout
    while True:
        state = json.loads(await asyncio.wait_for(page.recv(), max(0.01, end - time.monotonic())))
        if all(state.get(name) == value for name, value in wanted.items()) and true(state):
            return state


def press(page, action, **more):
    return page.send(json.dumps({"action": action, **more}))
