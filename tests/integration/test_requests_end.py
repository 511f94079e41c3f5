"""Every request ends: whatever a client sends, and whatever it sends behind it without waiting, it gets
one answer at most, the connection is closed, and everybody else is served meanwhile."""
import concurrent.futures
import itertools
import json
import re
import socket
import ssl
import time

import pytest

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "FOO")
PATHS = ("/", "/healthz", "/api/v1/session", "/api/v1/meeting", "/ws", "/%zz")
JSON = b'{"account":"operator","password":"wrong wrong"}'
LOGIN = "Content-Type: application/json\r\nContent-Length: %d\r\n" % len(JSON)
BODIES = {
    "none": ("", b""),
    "empty": ("Content-Length: 0\r\n", b""),
    "one byte": ("Content-Length: 1\r\n", b"{"),
    "more than told": ("Content-Length: 1\r\n", b"{" * 3000),
    "json": (LOGIN, JSON),
    "chunked": ("Transfer-Encoding: chunked\r\n", b"1\r\n{\r\n0\r\n\r\n"),
    "both lengths": ("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n"),
    "two lengths": ("Content-Length: 1\r\nContent-Length: 1\r\n", b"{"),
    "no number": ("Content-Length: -1\r\n", b"{"),
    "never comes": ("Content-Length: 99999999999999999999\r\n", b""),
}
PATIENCE = 8  # seconds for a request that is answered at once: on a busy machine, too


def connect(there):
    line = socket.create_connection(("127.0.0.1", there.port), timeout=PATIENCE)
    return line if there.plain else there.trust.wrap_socket(line, server_hostname="127.0.0.1")


def to_the_end(line, bytes_):
    """All that comes back until the other end closes; that it does, within PATIENCE."""
    answer, end = b"", time.monotonic() + PATIENCE
    try:
        line.sendall(bytes_)
        while part := line.recv(65536):
            answer += part
            assert time.monotonic() < end, "does not end"
    except (ConnectionResetError, BrokenPipeError, ssl.SSLEOFError):
        pass  # hung up upon what it would not read
    finally:
        line.close()
    return answer


def request(there, method, path, headers="", body=b""):
    return (f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{there.port}\r\n{headers}\r\n"
            .encode() + body)


def finals(answer):
    """The status of each answer but 100; a page may hold no line like this."""
    found = [int(status) for status in re.findall(rb"(?m)^HTTP/1\.[01] (\d{3}) ", answer)]
    return [status for status in found if status != 100]


def healthy(there):
    began = time.monotonic()
    assert there.http("/healthz")[0] == 200
    return time.monotonic() - began < 5


def one(there, method, path, headers="", body=b"", times=2):
    answer = to_the_end(connect(there), request(there, method, path, headers, body) * times)
    statuses = finals(answer)
    assert len(statuses) <= 1, (method, path, headers, answer)
    if statuses:
        head = answer.split(b"\r\n\r\n")[0].lower()
        assert b"x-content-type-options: nosniff" in head and b"content-security-policy" in head, answer
        assert b"libwebsockets" not in head
    return statuses[0] if statuses else None


@pytest.mark.parametrize("methods, options", [
    (METHODS, ()), (("GET", "POST", "TRACE"), ("--plain-http-loopback",))], ids=["tls", "plain"])
def test_each_request_twice_in_one_write(make, methods, options):
    there = make(options=("--speed", "60", *options)).start()
    found = {}
    with concurrent.futures.ThreadPoolExecutor(4) as many:
        for method, path in itertools.product(methods, PATHS):
            done = {many.submit(one, there, method, path, *body): name for name, body in BODIES.items()}
            for task, name in done.items():
                found[method, path, name] = task.result()
            assert healthy(there), (method, path)
    assert found["GET", "/healthz", "none"] == found["GET", "/healthz", "empty"] == 200
    assert found["POST", "/api/v1/session", "json"] in (401, 429)
    assert all(status is None or status >= 400 for (_, _, body), status in found.items()
               if body not in ("none", "empty"))
    for (method, path, body), status in found.items():
        if method in ("TRACE", "CONNECT", "FOO"):
            assert status == 501 or (path == "/%zz" and status in (403, None))
        elif method in ("PUT", "PATCH", "OPTIONS") and path == "/api/v1/meeting" and body == "none":
            assert status == 405
        elif method in ("GET", "HEAD", "DELETE") and path == "/api/v1/session" and \
                body not in ("none", "empty"):
            assert status in (400, 403), (method, body)  # a body where none belongs


LOGIN_JSON = "Content-Type: application/json\r\n"


@pytest.mark.parametrize("headers, body, status", [
    ("Transfer-Encoding: chunked\r\n", b"1\r\n{\r\n0\r\n\r\n", 411),
    ("", b"", 411),
    ("Content-Length: 99999\r\n", b"", 413),
    ("Content-Length: 1, 1\r\n", b"{", 400),
    ("Content-Length: 0x1\r\n", b"{", 400),
    ("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n", 400),
    ("Content-Length: 1\r\nExpect: a miracle\r\n", b"{", 417),
])
def test_a_body_tells_its_length(coordinator, headers, body, status):
    assert one(coordinator, "POST", "/api/v1/session", LOGIN_JSON + headers, body, 1) == status


def test_a_login_that_waits_to_be_asked(coordinator):
    """Expect: 100-continue (curl, with longer bodies): told to go on, or refused at once."""
    line, body = connect(coordinator), json.dumps(
        {"account": "operator", "password": coordinator.password}).encode()
    line.sendall(request(coordinator, "POST", "/api/v1/session",
                         f"{LOGIN_JSON}Content-Length: {len(body)}\r\nExpect: 100-continue\r\n"))
    assert line.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert finals(to_the_end(line, body)) == [200]
    refused = to_the_end(connect(coordinator), request(
        coordinator, "POST", "/nix", f"Content-Length: {len(body)}\r\nExpect: 100-continue\r\n"))
    assert finals(refused) in ([404], [405]) and b" 100 " not in refused


def test_two_logins_in_one_write_are_one(coordinator):
    """The second would be a guess that nobody has counted; and the first is done once."""
    failed = coordinator.metric("diemcau_logins_failed_total")
    slowed = coordinator.metric("diemcau_logins_slowed_total")
    assert one(coordinator, "POST", "/api/v1/session", LOGIN, JSON, 5) in (401, 429)
    assert coordinator.metric("diemcau_logins_failed_total") + \
        coordinator.metric("diemcau_logins_slowed_total") == failed + slowed + 1


def test_a_body_in_pieces(coordinator):
    body = json.dumps({"account": "operator", "password": coordinator.password}).encode()
    line = connect(coordinator)
    line.sendall(request(coordinator, "POST", "/api/v1/session",
                         f"{LOGIN_JSON}Content-Length: {len(body)}\r\n"))
    for byte in body[:-1]:
        line.sendall(bytes([byte]))
    assert finals(to_the_end(line, body[-1:] + b"GET / HTTP/1.1\r\n\r\n")) == [200]


def test_a_body_that_stays_away(coordinator):
    """Half of it, then nothing, or a byte now and then: it ends all the same."""
    line = connect(coordinator)
    line.settimeout(30)
    line.sendall(request(coordinator, "POST", "/api/v1/session", LOGIN_JSON + "Content-Length: 500\r\n"))
    began = time.monotonic()
    try:
        while time.monotonic() - began < 25:
            line.sendall(b"{")
            line.settimeout(1)
            try:
                got = line.recv(1000)
                assert got == b"" or finals(got) == [408]
                break
            except TimeoutError:
                continue
        else:
            raise AssertionError("is waited for")
    except (ConnectionResetError, BrokenPipeError, ssl.SSLEOFError):
        pass
    assert healthy(coordinator)


UPGRADE = ("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
           "Sec-WebSocket-Protocol: diemcau.v1\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n")


@pytest.mark.parametrize("method, headers, body, status", [
    ("GET", UPGRADE + "Content-Length: 1\r\n", b"{", 400),
    ("GET", UPGRADE + "Transfer-Encoding: chunked\r\n", b"0\r\n\r\n", 400),
    ("POST", UPGRADE + "Content-Length: 1\r\n", b"{", 400),
    ("POST", UPGRADE, b"", 400),
    ("GET", UPGRADE.replace("websocket", "h2c") + "HTTP2-Settings: AAMAAABk\r\n", b"", 501),
    ("GET", UPGRADE.replace("websocket", "soap"), b"", 403),
    ("GET", UPGRADE.replace("diemcau.v1", "http"), b"", 400),
    ("GET", UPGRADE.replace("Sec-WebSocket-Protocol: diemcau.v1\r\n", ""), b"", 400),
])
def test_upgrades_that_are_none(coordinator, method, headers, body, status):
    for times in (1, 2):
        assert one(coordinator, method, "/ws", headers, body, times) in (status, None)
    assert healthy(coordinator)


def test_upgrades_behind_requests_and_behind_each_other(coordinator):
    upgrade = request(coordinator, "GET", "/ws", UPGRADE)
    first = to_the_end(connect(coordinator), request(coordinator, "GET", "/healthz") + upgrade)
    assert finals(first) == [200]
    twice = to_the_end(connect(coordinator), upgrade * 2)
    assert finals(twice) in ([101], [])
    assert healthy(coordinator)


NO_REQUESTS = (
    b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET http://other/ HTTP/1.1\r\n\r\n", b"\0" * 5000,
    b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 20000 + b"\r\n",
    b"GET / HTTP/1.1\r\nX: " + b"z" * 300000 + b"\r\n\r\n",
    b"GET /" + b"a" * 100000 + b" HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nGET / HTTP/1.1\r\n\r\n", b"GET /?" + b"&" * 3000 + b" HTTP/1.1\r\n\r\n",
)


def test_what_is_no_request(coordinator):
    for bytes_ in NO_REQUESTS:
        assert len(finals(to_the_end(connect(coordinator), bytes_ * 2))) <= 1, bytes_[:40]
        assert healthy(coordinator), bytes_[:40]


def test_a_reader_that_takes_nothing(coordinator):
    """More asked for behind it, and nothing of the answer taken: the loop does not go round for him."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect(("127.0.0.1", coordinator.port))
    line = coordinator.trust.wrap_socket(line, server_hostname="127.0.0.1")
    session = f"Authorization: Bearer {coordinator.session}\r\n"
    line.sendall(request(coordinator, "GET", "/api/v1/meeting", session) * 20)

    def cpu():
        with open(f"/proc/{coordinator.process.pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])  # ticks of 10 ms
    time.sleep(0.5)
    before = cpu()
    time.sleep(2)
    assert cpu() - before < 100
    line.close()
