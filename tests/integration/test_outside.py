"""A receiver that is not ours: GStreamer's srtpdec, given a slot's key, shows the program."""
import os
import signal
import subprocess
import time

import pytest

import house

SITES = ("trung-tam", "ha-giang")


@pytest.fixture
def media(coordinator):
    """A relay, and two simulated sites."""
    join = coordinator.folder / "join"
    log = (coordinator.folder / "media.log").open("w")
    port = house.free_port()
    running = [subprocess.Popen(words, stdout=log, stderr=log) for words in (
        [house.BIN / "diemcau-relay", "--join", join / "relay.json", "--listen", f"127.0.0.1:{port}"],
        [house.BIN / "diemcau-fleet", "--join-dir", join, "--sites", ",".join(SITES)])]
    yield
    for process in running:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=house.PATIENCE)


async def test_gstreamer_receives_one_epoch(coordinator, media):
    operator = await coordinator.peer()
    await house.go_live(operator)
    port = house.free_port()
    tap = subprocess.Popen(
        [house.BIN / "diemcau-rtp-tap", "--join", coordinator.folder / "join" / "cao-bang.json",
         "--slot", "program", "--to", f"127.0.0.1:{port}"],
        stdout=subprocess.PIPE, text=True)
    try:
        os.set_blocking(tap.stdout.fileno(), False)
        end, line = time.monotonic() + 2 * house.PATIENCE, ""
        while not line and time.monotonic() < end:
            line = tap.stdout.readline()
            time.sleep(0.1)
        assert line.startswith("gst-launch-1.0 "), "the tap got nothing of the slot"
        # Thirty decoded pictures end it.
        words = line.strip().replace("videoconvert ! autovideosink", "fakesink num-buffers=30")
        subprocess.run(words, shell=True, check=True, timeout=3 * house.PATIENCE, stdout=subprocess.DEVNULL)
    finally:
        tap.kill()
        tap.wait()
        await operator.close()
