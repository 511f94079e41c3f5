"""What a browser, a proxy and other programs of the same host put into a request."""
import json
import re
import shutil
import socket

import pytest

import house

PLAIN = ("--speed", "60", "--plain-http-loopback")
BOARD = house.ROOT / "coordinator/board/src"
LONG = "x" * 8000


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    started = house.Coordinator(tmp_path_factory.mktemp("requests") / "coordinator", options=PLAIN)
    started.start()
    yield started
    assert started.stop() == 0


def ask(coordinator, path, *headers, version="1.1", host=None, session=None, start=None):
    """(status, body) of a request written as it stands, with these header lines."""
    lines = [start or f"GET {path} HTTP/{version}", "Connection: close", *headers]
    if host is not False:
        lines.append(f"Host: {host or f'127.0.0.1:{coordinator.port}'}")
    if session:
        lines.append(f"Authorization: Bearer {session}")
    with socket.create_connection(("127.0.0.1", coordinator.port), house.PATIENCE) as link:
        link.sendall("\r\n".join([*lines, "", ""]).encode())
        answer = b""
        while piece := link.recv(65536):
            answer += piece
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), body


# ---- parameters: route, query, status, and what the answer holds ----

PARAMETERS = (
    ("minutes", "format=html&lang=en", 200, b'<html lang="en">'),
    ("minutes", "lang=en&format=html", 200, b'<html lang="en">'),
    ("minutes", "format=html&lang=vi", 200, b'<html lang="vi">'),
    ("minutes", "format=json&lang=en", 200, b'{"version":1'),
    ("minutes", "format=%68tml&l%61ng=%65n", 200, b'<html lang="en">'),
    ("minutes", "format=html&&lang=en&", 200, b'<html lang="en">'),
    ("minutes.json", "lang=en", 200, b'{"version":1'),
    ("minutes", "format=pdf", 400, b"html, json, docx"),
    ("minutes", "format=HTML", 400, b"html, json, docx"),
    ("minutes", "format=", 400, b"html, json, docx"),
    ("minutes", "format=html%26lang=en", 400, b"html, json, docx"),
    ("minutes", "lang=fr", 400, b"vi, en"),
    ("minutes", "format=html&lang=en&paper=technical-record&site=ha-noi", 200, b"TECHNICAL RECORD"),
    ("minutes", "paper=technical_record", 400, b"minutes, invitation, programme, technical-record, notice"),
    ("minutes", "paper=invitation&site=../x", 400, b'"field":"site"'),
    ("minutes", "format=html&format=json", 400, b'"code":"invalid"'),
    ("minutes", "lang=en&lang=en", 400, b'"code":"invalid"'),
    ("minutes", "lang=en&from=5", 400, b"lang, format, meeting, paper, site."),
    ("journal", "from=5&lang=en", 200, b'"seq":5,'),
    ("journal", "lang=en&from=5", 200, b'"seq":5,'),
    ("journal", "&from=5", 200, b'"seq":5,'),
    ("journal", "", 200, b'"seq":1,'),
    ("journal", "from=5&x=1", 400, b"lang, from, meeting."),
    ("journal", "lang=en&x=1", 400, b"This address takes these parameters: lang, from, meeting."),
    ("journal", "from=5&from=5", 400, b'"code":"invalid"'),
    ("journal", "from=x", 400, b'"field":"from"'),
    ("journal", "from=-1", 400, b'"field":"from"'),
    ("journal", "from=", 400, b'"field":"from"'),
    ("journal", "from", 400, b'"field":"from"'),
    ("journal", "from=1e3", 400, b'"field":"from"'),
    ("journal", "from=99999999999999999999", 400, b'"field":"from"'),
    ("journal", "=5", 400, b'"code":"invalid"'),
    ("journal", "from=" + "9" * 500, 400, b'"code":"invalid"'),
    ("journal", "&".join(f"a{n}=1" for n in range(50)), 400, b'"code":"invalid"'),
    ("meeting", "lang=en", 200, b'"sites":'),
    ("meeting", "x=1", 400, b'"code":"invalid"'),
    ("session", "lang=en", 200, b'"account"'),
    ("session", "lang=en&x=1", 400, b"This address takes these parameters: lang."),
)


@pytest.mark.parametrize("route,query,status,holds", PARAMETERS)
def test_parameters(served, route, query, status, holds):
    got, body = ask(served, f"/api/v1/{route}?{query}", session=served.session)
    assert (got, holds in body) == (status, True), body[:300]
    if status == 400:
        assert json.loads(body)["code"] == "invalid"


def test_figures_and_health_take_no_parameters_of_others(served):
    for route in ("/metrics", "/healthz"):
        assert ask(served, f"{route}?x=1", session=served.session)[0] == 400
    assert ask(served, "/?fbclid=1&utm_source=2")[0] == 200  # a link from elsewhere


def test_every_address_that_the_board_asks_for_is_answered(served):
    text = "".join(path.read_text() for path in BOARD.rglob("*.ts*"))
    addresses = set(re.findall(r"[\"`](/api/v1/[^\"`]*)", text))
    of_papers = next(one for one in addresses if "${paper}" in one)
    papers = re.findall(r'"([a-z-]+)"', re.search(r"const PAPERS = \[(.*?)\]", text)[1])
    addresses.remove(of_papers)
    addresses |= {of_papers.replace("${paper}", paper).replace("${format}", form) for paper in papers for form in ("html", "docx")}
    of_lists = next(one for one in addresses if "/registrations?format" in one)
    addresses.remove(of_lists)
    addresses |= {of_lists.replace("${format}", form) for form in ("csv", "xlsx")}
    assert len(papers) == 5
    assert "/api/v1/minutes?format=html&lang=${words.language}" in addresses
    files = re.compile(r"/api/v1/(uploads|files|imports)\b")  # what lies there: test_documents.py, test_imports.py
    for address in (one for one in addresses if not files.match(one)):
        for language in ("vi", "en"):
            path = re.sub(r"\$\{(words\.)?language\}", language, address).replace("${from}", "1").replace("${site}", "ha-noi")
            path = path.replace("${held.meeting}", "2022-07-15")  # plan A's
            status, body = ask(served, path, session=served.session)
            assert status == 200, (path, body)
            assert "format=html" not in path or f'<html lang="{language}">'.encode() in body


# ---- other sites, other programs ----

BY_BROWSERS = (
    "Accept-Language: vi-VN,vi;q=0.9,en;q=0.8", "User-Agent: " + "Mozilla/5.0 " * 100,
    'Sec-CH-UA: "Chromium";v="120", "Not?A_Brand";v="8"', "Sec-CH-UA-Mobile: ?0",
    "Referer: https://evil.example/" + LONG[:2000], 'If-None-Match: W/"x", "y"', "If-None-Match: *",
    "Range: bytes=0-1", "Upgrade-Insecure-Requests: 1", "Priority: u=0, i", "DNT: 1", "Sec-GPC: 1",
    f"Cookie: other={LONG}", f"Cookie: other={LONG}\r\nCookie: more={LONG[:4000]}",
    "Cookie: " + "; ".join(f"c{n}=1" for n in range(600)), "Cookie: ", "Cookie: =;;,",
    "Authorization: Basic b3RoZXI6cHJvZ3JhbQ==", "Accept: " + "text/html, " * 40,
    "Sec-Fetch-Site: none\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-User: ?1\r\nSec-Fetch-Dest: document",
    "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate", "Cache-Control: max-age=0",
    "Service-Worker: script", "Sec-Purpose: prefetch", "TE: trailers", "Accept-Encoding: gzip, br",
)


@pytest.mark.parametrize("headers", BY_BROWSERS)
def test_what_browsers_send_is_harmless(served, headers):
    assert ask(served, "/", headers)[0] == (304 if headers.endswith(": *") else 200)
    if not headers.startswith("Authorization"):
        own = served.cookie(served.session)["Cookie"]
        joined = headers if not headers.startswith("Cookie") else f"{headers}; {own}"
        with_own = (headers, f"Cookie: {own}") if joined == headers else (joined,)
        assert ask(served, "/api/v1/meeting", *with_own)[0] == 200
        assert ask(served, "/api/v1/meeting", f"Cookie: {own}", headers)[0] == 200


def test_headers_beyond_the_limit_are_told_apart_from_an_unknown_session(served):
    status, body = ask(served, "/api/v1/meeting", "Cookie: a=" + "x" * 17000, session=served.session)
    assert status == 431 and b"16 KiB" in body
    status, body = ask(served, "/api/v1/meeting", "Cookie: a=" + "x" * 15000, session=served.session)
    assert status == 200


OTHER_SITES = (
    "Origin: null", "Origin: https://evil.example", "Origin: http://127.0.0.1", "Origin: ",
    "Origin: http://127.0.0.1:1", "Origin: " + "http://" + "a" * 400,
    "Origin: {own}\r\nOrigin: https://evil.example", "Origin: https://evil.example\r\nOrigin: {own}",
    "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: cors",
    "Sec-Fetch-Site: cross-site\r\nOrigin: {own}",
)
UPGRADE = ("Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Protocol: diemcau.v1",
           "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==")


@pytest.mark.parametrize("headers", OTHER_SITES)
def test_pages_of_other_sites_read_nothing(served, headers):
    own = f"http://127.0.0.1:{served.port}"
    for path in ("/", "/healthz", "/metrics", "/api/v1/session", "/api/v1/meeting",
                 "/api/v1/journal", "/api/v1/minutes"):
        status, _ = ask(served, path, headers.format(own=own), session=served.session)
        assert status == (200 if headers == "Origin: " else 403), path
        assert ask(served, path, f"Origin: {own}", session=served.session)[0] == 200, path
    if headers != "Origin: ":
        assert ask(served, "/ws", headers.format(own=own), *UPGRADE, "Connection: Upgrade")[0] == 403


HOSTS = (("localhost.", 200), ("LOCALHOST.:1", 200), ("[0:0::1]:44", 200), ("[::ffff:127.0.0.1]", 200),
         ("127.0.0.1.evil.example", 421), ("evil.example", 421), ("::1", 421), ("localhost:x", 421))


@pytest.mark.parametrize("host,status", HOSTS)
def test_hosts_are_compared_by_what_they_mean(served, host, status):
    assert ask(served, "/api/v1/meeting", host=host, session=served.session)[0] == status


def test_health_needs_no_host(served):
    assert ask(served, "/healthz", version="1.0", host=False) == (200, b"serving\n")
    assert ask(served, "/api/v1/meeting", version="1.0", host=False,
               session=served.session)[0] == 421


@pytest.mark.parametrize("type_", ("Application/JSON", "application/json;charset=UTF-8",
                                   "APPLICATION/json ; charset=utf-8"))
def test_json_is_named_in_any_case(served, type_):
    login = json.dumps({"account": "operator", "password": served.password})
    assert served.http("/api/v1/session", "POST", login, Content_Type=type_)[0] == 200


def test_a_login_that_is_malformed_says_where(served):
    login = {"account": "operator", "password": served.password}
    for more, field in (({"remember": True}, "/remember"), ({"account": "A B"}, "/account"),
                        ({"password": 7}, "/password")):
        status, _, content = served.http("/api/v1/session", "POST", {**login, **more})
        refused = json.loads(content)
        assert (status, refused["code"], refused["field"]) == (400, "bad_message", field)


# ---- cookies know no port ----

class Browser:
    """One jar for all ports of a host, as browsers keep it (RFC 6265 8.5)."""

    def __init__(self):
        self.jar = {}

    def ask(self, coordinator, path, method="GET", body=None):
        pairs = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        status, headers, content = coordinator.http(
            path, method, body, **({"Cookie": pairs} if pairs else {}))
        for cookie in headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";")[0].partition("=")
            self.jar[name] = value
        return status, content

    def log_in(self, coordinator):
        login = {"account": "operator", "password": coordinator.password}
        assert self.ask(coordinator, "/api/v1/session", "POST", login)[0] == 200


@pytest.mark.parametrize("options", (PLAIN, ("--speed", "60")), ids=("plain", "tls"))
def test_signing_in_on_another_port_leaves_the_board_alone(make, options):
    live, other = make(options=options).start(), make(options=options).start()
    rehearsal = make(options=(*options, "--rehearsal"))
    shutil.rmtree(rehearsal.folder)
    live.stop()
    shutil.copytree(live.folder, rehearsal.folder)  # of the very installation
    rehearsal.password, rehearsal.trust = live.password, live.trust
    live.start()
    rehearsal.start()
    browser = Browser()
    for coordinator in (live, other, rehearsal):
        browser.log_in(coordinator)
    for coordinator in (live, other, rehearsal):
        assert browser.ask(coordinator, "/api/v1/session")[0] == 200
    assert len([name for name in browser.jar if "-device-" not in name]) == 3
    assert all(name.startswith("__Host-") == (options != PLAIN) for name in browser.jar)
    assert browser.ask(other, "/api/v1/session", "DELETE")[0] == 204
    assert [browser.ask(c, "/api/v1/session")[0] for c in (live, other, rehearsal)] == [200, 401, 200]
    live.kill()
    live.start()
    assert browser.ask(live, "/api/v1/session")[0] == 200
