"""TLS as strangers and browsers meet it: versions, suites, what answers say, what the log says."""
import contextlib
import re
import socket
import ssl
import time

import pytest

import house


def shake(coordinator, least=ssl.TLSVersion.TLSv1_2, most=ssl.TLSVersion.TLSv1_3, ciphers=None):
    """(version, suite) that are agreed on; None: none."""
    trust = ssl.create_default_context(cafile=coordinator.folder / "ca.pem")
    trust.set_ciphers(f"{ciphers or 'ALL'}:@SECLEVEL=0")
    trust.minimum_version, trust.maximum_version = least, most
    with socket.create_connection(("127.0.0.1", coordinator.port), timeout=house.PATIENCE) as line:
        try:
            with trust.wrap_socket(line, server_hostname="127.0.0.1") as tls:
                return tls.version(), tls.cipher()[0]
        except (ssl.SSLError, ConnectionResetError):
            return None


def test_only_suites_with_forward_secrecy_and_authenticated_encryption(coordinator):
    one_two, one_three = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3
    assert shake(coordinator)[0] == "TLSv1.3"
    for suite in ("ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384",
                  "ECDHE-ECDSA-CHACHA20-POLY1305"):
        assert shake(coordinator, one_two, one_two, suite) == ("TLSv1.2", suite)
    for suite in ("ECDHE-ECDSA-AES128-SHA256", "ECDHE-ECDSA-AES256-SHA384", "ECDHE-ECDSA-AES128-SHA",
                  "ECDHE-ECDSA-AES256-SHA", "ECDHE-ECDSA-AES128-CCM", "kRSA", "aNULL", "eNULL"):
        assert shake(coordinator, one_two, one_two, suite) is None, suite
    for old in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
        assert shake(coordinator, old, old) is None
    assert shake(coordinator, one_three, one_three)[0] == "TLSv1.3"


@pytest.mark.parametrize("path, status", [("/", 200), ("/healthz", 200), ("/nix", 404),
                                          ("/api/v1/meeting", 401), ("/api/v1/nix", 404)])
def test_browsers_are_told_to_stay_with_tls(coordinator, path, status):
    found, headers, _ = coordinator.http(path)
    assert found == status
    assert re.fullmatch(r"max-age=\d{7,}", headers["Strict-Transport-Security"])
    assert headers["Connection"] == "close" and headers["X-Content-Type-Options"] == "nosniff"


def test_without_tls_nothing_is_said_of_it(make):
    there = make(options=("--speed", "60", "--plain-http-loopback")).start()
    for path in ("/", "/healthz", "/nix"):
        assert there.http(path)[1]["Strict-Transport-Security"] is None


def test_strangers_do_not_write_the_log(coordinator):
    """Whatever is wrong with their requests; and each line has its level."""
    before = coordinator.log.read_text().count("\n")
    for i in range(40):
        with socket.create_connection(("127.0.0.1", coordinator.port), timeout=house.PATIENCE) as line, \
                coordinator.trust.wrap_socket(line, server_hostname="127.0.0.1") as tls, \
                contextlib.suppress(OSError):  # hung up upon
            tls.sendall((f"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: {'z' * 200000}\r\n\r\n",
                         "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                         f"Sec-WebSocket-Protocol: {'x' * 200}\r\n\r\n",
                         "GET /%00 HTTP/1.1\r\n\r\n", "\0\1\2\r\n\r\n")[i % 4].encode())
            time.sleep(0.01)
    assert coordinator.http("/healthz")[0] == 200
    text = coordinator.log.read_text()
    assert text.count("\n") - before <= 2, text
    assert all(re.match(r"<[3-7]>", line) for line in text.splitlines()), text


def test_half_handshakes_do_not_slow_the_others(coordinator):
    """Two hundred begun and left, and two hundred more while others log in."""
    held, took = [], []
    for i in range(400):
        line = socket.create_connection(("127.0.0.1", coordinator.port), timeout=house.PATIENCE)
        line.sendall(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(100))
        held.append(line)
        if i >= 200 and i % 20 == 0:
            began = time.monotonic()
            assert coordinator.http("/healthz")[0] == 200
            took.append(time.monotonic() - began)
    assert sorted(took)[len(took) // 2] < 1
    for line in held:
        line.close()
