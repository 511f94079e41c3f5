"""nginx in front of the coordinator, by the file that deploy/nginx has."""
import asyncio
import contextlib
import http.client
import json
import re
import shutil
import ssl
import subprocess
import time

import pytest
import websockets

import house

NAME = "centre.example"
SAMPLE = (house.ROOT / "deploy/nginx/diemcau.conf").read_text()
STRANGER, OWNER, OTHER = "127.0.1.66", "127.0.2.77", "127.0.3.88"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin")
MAIN = """
daemon off; pid {folder}/pid; error_log {folder}/error.log warn; worker_processes 1;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    include {folder}/diemcau.conf;
}}
"""


def replaced(text, *pairs):
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


def adapted(folder, port, coordinator):
    """The sample with what is ours to change, and nothing else."""
    text = replaced(SAMPLE, ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
                    ("\tlisten [::]:443 ssl;\n", ""),
                    ("/etc/ssl/centre.example.pem", f"{folder}/public.pem"),
                    ("/etc/ssl/private/centre.example.key", f"{folder}/public.key"),
                    ("/var/lib/diemcau/ca.pem", f"{coordinator.folder}/ca.pem"),
                    ("https://127.0.0.1:8443", f"https://127.0.0.1:{coordinator.port}"))
    if coordinator.plain:
        text = re.sub(r"\s*proxy_ssl_[^\n]*", "", text.replace("proxy_pass https", "proxy_pass http"))
    return text


class Front:
    """nginx, and clients that come to it from addresses of their own."""

    def __init__(self, folder, coordinator):
        folder.mkdir(parents=True)
        folder.chmod(0o755)
        self.coordinator, self.port, self.folder = coordinator, house.free_port(), folder
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                        "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
                        "-addext", f"subjectAltName=DNS:{NAME}", "-keyout", folder / "public.key",
                        "-out", folder / "public.pem"], check=True, capture_output=True)
        (folder / "diemcau.conf").write_text(adapted(folder, self.port, coordinator))
        user = "user root;" if house.os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(user + MAIN.format(folder=folder))
        self.trust = ssl.create_default_context(cafile=folder / "public.pem")
        self.unnamed = ssl.create_default_context(cafile=folder / "public.pem")
        self.unnamed.check_hostname = False  # we connect by address; the Host has the name
        self.process = subprocess.Popen([NGINX, "-c", folder / "nginx.conf", "-p", folder],
                                        stderr=subprocess.PIPE)
        self.until_it_listens()

    def until_it_listens(self):
        end = time.monotonic() + house.PATIENCE
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                return self.ask("/healthz")
            assert self.process.poll() is None, self.process.stderr.read()
            time.sleep(0.05)
        raise AssertionError((self.folder / "error.log").read_text())

    def ask(self, path, method="GET", body=None, source="127.0.0.1", **headers):
        """(status, headers, bytes) as a browser asks that was given the public name."""
        link = http.client.HTTPSConnection("127.0.0.1", self.port, context=self.unnamed,
                                           timeout=house.PATIENCE, source_address=(source, 0))
        headers = {"Host": f"{NAME}:{self.port}", **{n.replace("_", "-"): v for n, v in headers.items()}}
        if body is not None:
            headers |= {"Content-Type": "application/json", "Origin": f"https://{NAME}:{self.port}"}
        link.request(method, path, body=body and json.dumps(body), headers=headers)
        answer = link.getresponse()
        content = answer.read()
        link.close()
        return answer.status, answer.headers, content

    def log_in(self, source, password=None, **headers):
        return self.ask("/api/v1/session", "POST", {
            "account": "operator", "password": password or self.coordinator.password},
            source=source, **headers)

    def stop(self):
        self.process.terminate()
        self.process.wait()


@pytest.fixture(params=("tls", "plain"))
def front(make, tmp_path, request):
    if not NGINX:
        pytest.skip("nginx is not installed: deploy/dependencies tests")
    plain = ["--plain-http-loopback"] if request.param == "plain" else []
    coordinator = make(options=("--speed", "60", "--trusted-proxy", "127.0.0.1", *plain),
                       init_options=("--name", NAME)).start()
    made = Front(tmp_path / "nginx", coordinator)
    yield made
    made.stop()
    assert coordinator.stop() == 0


async def test_the_board_works_through_nginx(front):
    status, headers, content = front.ask("/")
    assert status == 200 and b"<html" in content
    assert headers["Strict-Transport-Security"]
    status, headers, content = front.log_in(OWNER)
    assert status == 200
    cookie = headers["Set-Cookie"]
    assert cookie.startswith("__Host-diemcau-") and cookie.endswith("; Secure")
    own = {"Cookie": cookie.split(";")[0]}
    assert front.ask("/api/v1/session", **own)[0] == 200
    status, _, content = front.ask("/api/v1/minutes?format=html&lang=en", **own)
    assert status == 200 and b'<html lang="en">' in content
    assert front.ask("/api/v1/meeting", **own, Origin="https://evil.example")[0] == 403
    assert front.ask("/api/v1/meeting", Cookie=f"a={'x' * 8000}; {own['Cookie']}")[0] == 200
    origin = f"https://{NAME}:{front.port}"
    async with websockets.connect(
            f"wss://{NAME}:{front.port}/ws", host="127.0.0.1", server_hostname=NAME,
            ssl=front.trust, origin=origin,
            subprotocols=["diemcau.v1"], compression=None, max_size=None, extra_headers=own) as socket:
        peer = house.Peer(socket, house.instance())
        await peer.send({"type": "hello", "versions": [1], "role": "operator",
                         "instance": peer.instance})
        assert (await peer.receive())["type"] == "welcome"
        await peer.must("meeting.assemble")
        await peer.until("update")
    with pytest.raises(websockets.InvalidStatusCode) as refused:
        await websockets.connect(f"wss://{NAME}:{front.port}/ws", host="127.0.0.1",
                                 server_hostname=NAME, ssl=front.trust,
                                 origin="https://evil.example", subprotocols=["diemcau.v1"])
    assert refused.value.status_code == 403


def test_figures_are_closed_to_who_comes_through_nginx(front):
    for source in ("127.0.0.1", STRANGER):
        for headers in ({}, {"X_Forwarded_For": "127.0.0.1"}, {"X_Forwarded_For": ""},
                        {"Forwarded": "for=127.0.0.1"}):
            assert front.ask("/metrics", source=source, **headers)[0] == 401


def test_a_strangers_wrong_passwords_are_his_own(front):
    statuses = {front.log_in(STRANGER, "not the password", X_Forwarded_For=f"{OWNER}, {OWNER}")[0]
                for _ in range(8)}
    assert statuses == {401, 429}
    begun = time.monotonic()
    assert front.log_in(OWNER)[0] == 200
    assert time.monotonic() - begun < 5
    log = front.coordinator.log.read_text()
    assert f"from {STRANGER}" in log
    assert f"operator has logged in from {OWNER}" in log


def test_who_is_no_trusted_proxy_is_not_believed(front):
    """The coordinator's own port: his header says nothing, neither of the address nor of TLS."""
    coordinator = front.coordinator
    kind = http.client.HTTPConnection if coordinator.plain else http.client.HTTPSConnection
    how = {} if coordinator.plain else {"context": coordinator.trust}
    for _ in range(3):
        link = kind("127.0.0.1", coordinator.port, source_address=(OTHER, 0), **how)
        link.request("POST", "/api/v1/session", json.dumps(
            {"account": "operator", "password": "not the password"}), {
                "Content-Type": "application/json", "X-Forwarded-For": OWNER,
                "X-Forwarded-Proto": "https"})
        assert link.getresponse().status == 401
        link.close()
    log = coordinator.log.read_text()
    assert f"from {OTHER}" in log and OWNER not in log
