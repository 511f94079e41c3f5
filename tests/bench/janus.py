"""Janus, Debian's package, as a forwarder of RTP: one uplink, SRTP to many receivers (rtp_forward).

It has its own configuration in a folder of its own, only the plugin and the transport it needs, and
only loopback. Plain RTP goes in (a remote publisher), so that its uplink costs it no decryption.
"""
import base64
import contextlib
import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

PROGRAM = shutil.which("janus")
SSRC = 1000  # of the first stream of a remote publisher; FAN_OTHER_SSRC
ROOM, PUBLISHER = 1234, 1
ATTEMPTS = 20
LIBRARIES = ("plugins/libjanus_videoroom.so", "transports/libjanus_pfunix.so")
CONFIG = {
    "janus.jcfg": """general: {{
	configs_folder = "{folder}"
	plugins_folder = "{folder}/plugins"
	transports_folder = "{folder}/transports"
	events_folder = "{folder}/none"
	loggers_folder = "{folder}/none"
	interface = "127.0.0.1"
	debug_level = 2
}}
nat: {{ ice_enforce_list = "lo" }}
""",
    "janus.transport.pfunix.jcfg": """general: {{
	enabled = true
	json = "compact"
	path = "{folder}/api"
	type = "SOCK_SEQPACKET"
}}
""",
    "janus.plugin.videoroom.jcfg": """room-1234: {{
	description = "fan"
	publishers = 1
	videocodec = "h264"
	notify_joining = false
}}
""",
}


def receiver_address(i):
    """As fan_receiver_address()."""
    return f"127.1.{i // 250}.{i % 250 + 1}"


def free_port():
    with contextlib.closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Janus:
    """One that forwards to so many receivers; `shared`: all have one key."""

    def __init__(self, receivers, shared, cpu=None):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="janus-"))
        self.process = None
        try:
            self._configure()
            with (self.folder / "log").open("wb") as log:
                self.process = subprocess.Popen([PROGRAM, "-F", self.folder, "-o"],
                                                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
            self.api = self._connect()
            self._pin(cpu)
            self.session = self._ask(janus="create")["data"]["id"]
            self.handle = self._ask(janus="attach", plugin="janus.plugin.videoroom")["data"]["id"]
            self.sink_port = free_port()
            self.uplink_port = self._publish()
            for i in range(receivers):
                self._forward(i, bytes(30) if shared else os.urandom(30))
            self._must_encrypt(receivers)
        except BaseException:
            self.end()
            raise

    def _configure(self):
        installed = next(pathlib.Path("/usr/lib").glob("*/janus"))
        for library in LIBRARIES:
            link = self.folder / library
            link.parent.mkdir(exist_ok=True)
            link.symlink_to(installed / library)
        for name, text in CONFIG.items():
            (self.folder / name).write_text(text.format(folder=self.folder))

    def _pin(self, cpu):
        """Only once it is up: its transport's thread ends itself if it runs before its maker goes on,
        which on one core it often does. Threads made later inherit the core."""
        if cpu is not None:
            for thread in os.listdir(f"/proc/{self.process.pid}/task"):
                os.sched_setaffinity(int(thread), {int(cpu)})

    def _connect(self):
        api = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        api.settimeout(5)
        for _ in range(400):
            try:
                api.connect(str(self.folder / "api"))
                return api
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
        raise RuntimeError("Janus does not start: " + (self.folder / "log").read_text()[-2000:])

    def _ask(self, **words):
        words["transaction"] = "t"
        for name in ("session", "handle"):
            if hasattr(self, name):
                words[f"{name}_id"] = getattr(self, name)
        self.api.send(json.dumps(words).encode())
        while True:
            answer = json.loads(self.api.recv(65536))
            if answer["janus"] in ("success", "error"):
                break
        if answer["janus"] == "error" or "error" in answer.get("plugindata", {}).get("data", {}):
            raise RuntimeError(f"Janus refuses: {answer}")
        return answer

    def _tell(self, **body):
        return self._ask(janus="message", body=body)["plugindata"]["data"]

    def _publish(self):
        added = self._tell(request="add_remote_publisher", room=ROOM, id=PUBLISHER, display="fan",
                           iface="127.0.0.1", port=free_port(), streams=[
                               {"type": "video", "mindex": 0, "mid": "0", "codec": "h264"}])
        return added["port"]

    def _forward(self, i, key):
        self._tell(request="rtp_forward", room=ROOM, publisher_id=PUBLISHER,
                   host=receiver_address(i), srtp_suite=80,
                   srtp_crypto=base64.b64encode(key).decode(),
                   streams=[{"mid": "0", "port": self.sink_port}])

    def _must_encrypt(self, receivers):
        told = self._tell(request="listforwarders", room=ROOM)["publishers"]
        secure = [forwarder for one in told for forwarder in one["forwarders"] if forwarder.get("srtp")]
        if len(secure) != receivers:
            raise RuntimeError(f"Janus encrypts to {len(secure)} of {receivers}: {told}"[:500])

    @property
    def server(self):
        """For diemcau-bench-fan --server."""
        return f"{self.process.pid},{self.uplink_port},{self.sink_port}"

    def end(self):
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder)


def start(receivers, shared, cpu=None):
    """One that is up. Its start fails now and then (transport not ready, publisher not found)."""
    for _ in range(ATTEMPTS - 1):
        with contextlib.suppress(RuntimeError, OSError):
            return Janus(receivers, shared, cpu)
    return Janus(receivers, shared, cpu)
