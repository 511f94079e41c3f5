"""The routes: who may read what, what is refused, and how guessing is slowed down."""
import asyncio
import json
import re
import socket
import time

import pytest

ROUTES = ["/api/v1/session", "/api/v1/meeting", "/api/v1/journal", "/api/v1/minutes",
          "/api/v1/minutes.json"]


def test_health_needs_nobody(coordinator):
    status, headers, content = coordinator.http("/healthz")
    assert (status, content) == (200, b"serving\n")
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("route", ROUTES)
def test_routes_ask_who_you_are(coordinator, route):
    for session in (None, "A" * 43, "x"):
        status, _, content = coordinator.http(route, session=session)
        assert status == 401
        assert json.loads(content)["code"] == "unauthorised"
    assert coordinator.http(route, session=coordinator.session)[0] == 200


def test_a_session_ends_with_logging_out(coordinator):
    session = coordinator.login()
    status, headers, _ = coordinator.http("/api/v1/session", "DELETE", session=session)
    assert status == 204 and "Max-Age=0" in headers["Set-Cookie"]
    assert coordinator.http("/api/v1/meeting", session=session)[0] == 401


def test_the_cookie_is_out_of_reach_of_scripts(coordinator):
    status, headers, content = coordinator.http("/api/v1/session", "POST", {
        "account": "operator", "password": coordinator.password})
    assert status == 200
    cookie = headers["Set-Cookie"]
    for word in ("HttpOnly", "SameSite=Strict", "Secure", "Path=/"):
        assert word in cookie
    session = json.loads(content)["session"]
    assert session in cookie
    status, _, content = coordinator.http("/api/v1/session", Cookie=cookie.split(";")[0])
    assert status == 200
    assert json.loads(content)["role"] == "operator"
    assert session.encode() not in content


def test_pages_of_other_sites_are_turned_away(coordinator):
    assert coordinator.http("/healthz", Host="evil.example")[0] == 421
    login = {"account": "operator", "password": coordinator.password}
    assert coordinator.http("/api/v1/session", "POST", login, Origin="https://evil.example")[0] == 403
    own = f"https://127.0.0.1:{coordinator.port}"
    assert coordinator.http("/api/v1/session", "POST", login, Origin=own)[0] == 200


def test_bad_requests_get_their_status(coordinator):
    assert coordinator.http("/api/v1/nothing")[0] == 404
    assert coordinator.http("/nothing.js")[0] == 404
    assert coordinator.http("/api/v1/meeting", "POST", {})[0] == 405
    assert coordinator.http("/api/v1/session", "POST", b"{}", Content_Type="text/plain")[0] == 415
    for body in (b"", b"{", b"[]", b'{"account":"operator"}', b'{"account":1,"password":"x"}'):
        status, _, content = coordinator.http(
            "/api/v1/session", "POST", body, Content_Type="application/json")
        assert status == 400
        assert json.loads(content)["code"] == "bad_message"
    large = b'{"account":"' + b"a" * 20000 + b'"}'
    assert coordinator.http(
        "/api/v1/session", "POST", large, Content_Type="application/json")[0] == 413
    assert coordinator.http("/api/v1/journal?from=x", session=coordinator.session)[0] == 400


def test_every_answer_carries_the_security_headers(coordinator):
    for path in ("/healthz", "/api/v1/meeting", "/nothing"):
        headers = coordinator.http(path)[1]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_login_alerts_is_slowed_down(coordinator):
    guess = {"account": "operator", "password": "not the password"}
    statuses = [coordinator.http("/api/v1/session", "POST", guess)[0] for _ in range(8)]
    assert statuses[0] == 401
    assert 429 in statuses
    assert coordinator.login() is None  # even the right one has to wait
    assert coordinator.http("/healthz")[0] == 200


def test_unknown_accounts_take_as_long_as_known_ones(coordinator):
    def took(account):
        begun = time.monotonic()
        assert coordinator.http("/api/v1/session", "POST", {
            "account": account, "password": "not the password"})[0] == 401
        return time.monotonic() - begun
    known, unknown = zip(*((took("operator"), took("nobody")) for _ in range(2)))
    assert min(unknown) > min(known) / 3


def test_metrics_are_open_metrics(coordinator):
    status, headers, content = coordinator.http("/metrics", session=coordinator.session)
    assert status == 200 and headers["Content-Type"].startswith("application/openmetrics-text")
    text = content.decode()
    assert text.endswith("# EOF\n")
    assert text.count('diemcau_site_connected{site="') == 64
    for line in text.splitlines():
        assert line.startswith("# ") or re.fullmatch(r'[a-z_]+(\{site="[a-z0-9-]+"\})? [-+.0-9e]+', line)


def test_the_journal_is_read_in_pages(coordinator):
    page = coordinator.get("/api/v1/journal")
    assert page["events"][0]["seq"] == 1
    assert page["events"][0]["name"] == "meeting.created"
    rest = coordinator.get(f"/api/v1/journal?from={page['next']}")
    assert rest == {"events": [], "next": page["next"]}
    tail = coordinator.get("/api/v1/journal?from=80")
    assert tail["events"][0]["seq"] == 80


def test_minutes_come_as_page_and_as_data(coordinator):
    assert coordinator.get("/api/v1/minutes")
    for language, word in (("vi", "Biên bản"), ("en", "Minutes")):
        status, headers, content = coordinator.http(
            f"/api/v1/minutes?lang={language}", session=coordinator.session,
            Accept="text/html,*/*")
        assert status == 200 and headers["Content-Type"].startswith("text/html")
        assert word.lower() in content.decode().lower()


def seconds(cell):
    """Of h:mm:ss or m:ss, with a sign."""
    units = [int(part) for part in cell.lstrip("+−").split(":")]
    return sum(n * 60 ** k for k, n in enumerate(reversed(units))) * (-1 if cell[0] == "−" else 1)


async def test_minutes_of_a_meeting_closed_and_reopened_add_up(make):
    """What is printed for a fraction of a second's item comes out, as it does in the data."""
    coordinator = make(plan="b", options=("--speed", "1")).start()
    operator = await coordinator.peer()
    for name, args in (("meeting.assemble", {}), ("meeting.open", {}), ("item.start", {"item": "02"})):
        await operator.must(name, **args)
    await asyncio.sleep(1.3)
    for name, args in (("item.start", {"item": "03"}), ("meeting.close", {}), ("meeting.reopen", {}),
                       ("meeting.close", {})):
        await operator.must(name, **args)
    minutes = json.loads(coordinator.http("/api/v1/minutes.json", session=coordinator.session)[2])
    item = minutes["items"][1]
    assert item["expected"] + item["difference"] == item["length"]
    assert len(minutes["reopenings"]) == 1 and minutes["document"]["locality"] == "Vĩnh Long"
    page = coordinator.http("/api/v1/minutes?format=html&lang=vi", session=coordinator.session)[2].decode()
    row = next(row for row in re.findall("<tr>.*?</tr>", page, re.S) if item["title"] in row)
    cells = re.findall("<td[^>]*>(.*?)</td>", row, re.S)
    assert seconds(cells[3]) + seconds(cells[7]) == seconds(cells[6]), cells
    assert seconds(cells[6]) * 1000 == item["length"]
    order = ["Số: ……/BB-UBND", "Vĩnh Long, ngày ", "Khai mạc lúc ", "Đã bế mạc lúc ", "THƯ KÝ", "Nơi nhận:",
             "PHỤ LỤC KỸ THUẬT", "Sự cố, cảnh báo"]
    assert [text for text in order if text not in page] == []
    assert sorted(order, key=page.index) == order


async def test_readers_of_the_record_leave_room_for_logins(make):
    """A hundred ask for the minutes again and again; who comes to direct the meeting gets in."""
    coordinator = make(options=("--speed", "60", "--plain-http-loopback")).start()
    ask = (f"GET /api/v1/minutes HTTP/1.1\r\nHost: 127.0.0.1:{coordinator.port}\r\n"
           f"Authorization: Bearer {coordinator.session}\r\nConnection: close\r\n\r\n").encode()
    statuses = set()

    async def read_on():
        while True:
            incoming, outgoing = await asyncio.open_connection("127.0.0.1", coordinator.port)
            outgoing.write(ask)
            statuses.add((await incoming.read()).split()[1])
            outgoing.close()

    readers = [asyncio.create_task(read_on()) for _ in range(100)]
    await asyncio.sleep(0.5)
    for _ in range(5):
        assert await asyncio.to_thread(coordinator.login)
    for reader in readers:
        reader.cancel()
    assert statuses == {b"200", b"503"}


def test_a_slow_request_is_cut_off_and_holds_up_nobody(coordinator):
    with socket.create_connection(("127.0.0.1", coordinator.port)) as raw:
        raw.settimeout(30)
        with coordinator.trust.wrap_socket(raw, server_hostname="127.0.0.1") as link:
            link.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127")
            assert coordinator.http("/healthz")[0] == 200
            begun = time.monotonic()
            try:
                assert link.recv(100) == b""
            except ConnectionError:
                pass
            assert time.monotonic() - begun < 15  # ten, by the library's own timer


def test_plain_http_wants_loopback(make):
    there = make()
    refused = there.command("run", there.folder, "--plan", there.plan, "--listen",
                            "0.0.0.0:0", "--plain-http-loopback", check=False)
    assert refused.returncode == 1 and "loopback" in refused.stderr
