"""Every route x every method x every credential, generated from one table."""
import asyncio
import json
import os
import socket
import time

import pytest

import house

SHIFTED_CLOCK = os.environ.get("DIEMCAU_SHIFTED_CLOCK",
                               str(house.BIN.parent / "lib/shifted_clock.so"))
ROLES = ("operator", "technician", "chair", "viewer")
METHODS = ("GET", "HEAD", "POST", "DELETE", "PUT", "PATCH", "OPTIONS")
PASSWORD = "a long password"
NOT_THERE = ("nobody", "nothing")
DAY_MS = 24 * 3600 * 1000

# Who may read it, and which methods there are beside GET and HEAD. `staff`: people but viewers;
# `centre`: operators and technicians; `parties`: staff, and sites by their tokens, who find nothing here (test_documents.py); `sites`: they alone;
# `nobody`: no route of the API; `nothing`: no page of the board.
ROUTES = {
    "/": ("everybody", ()),
    "/healthz": ("everybody", ()),
    "/metrics": ("staff", ()),
    "/api/v1/session": ("people", ("POST", "DELETE")),
    "/api/v1/meeting": ("people", ()),
    "/api/v1/journal": ("people", ()),
    "/api/v1/journal?from=1": ("people", ()),
    "/api/v1/minutes": ("people", ()),
    "/api/v1/minutes?format=html": ("people", ()),
    "/api/v1/minutes.json": ("people", ()),
    "/api/v1/minutes?meeting=2022-07-15": ("people", ()),
    "/api/v1/meetings": ("people", ()),
    "/api/v1/registrations": ("centre", ()),
    "/api/v1/displays": ("centre", ("POST", "DELETE")),
    "/api/v1/files": ("parties", ()),
    "/api/v1/papers": ("sites", ()),
    "/api/v1/uploads": ("parties", ("POST", "PATCH", "DELETE")),
    "/api/v1/imports": ("operators", ("POST",)),
    "/api/": ("nobody", ()),
    "/api/v1/nothing": ("nobody", ()),
    "/api/v1/meeting/": ("nobody", ()),
    "/api/v1/session/x": ("nobody", ()),
    "/api/v1/meeting%2f": ("nobody", ()),
    "/API/v1/meeting": ("nothing", ()),
    "/metrics/": ("nothing", ()),
    "/../identity.json": ("nothing", ()),
    "/join/ha-noi.json": ("nothing", ()),
    "/meetings/2022-07-15/journal.sqlite": ("nothing", ()),
}


def outer_address():
    """An address of this machine that is not loopback, if it has one; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.254", 9))
            return probe.getsockname()[0]
        except OSError:
            return "127.0.0.1"


class Door:
    """A coordinator with an account of each role, and credentials that are good or no longer."""

    def __init__(self, folder):
        self.coordinator = house.Coordinator(folder, host=outer_address())
        for role in ROLES[1:]:
            self.account("add", role, "--role", role)
        for name in ("removed", "changed"):
            self.account("add", name, "--role", "operator")
        self.coordinator.start()
        self.good = {role: self.session(role) for role in ROLES}
        self.bad = {"none": {}, **{name: bearer(text) for name, text in self.wrong()}}
        self.bad["logged out"] = bearer(self.logged_out())
        self.bad["cookie logged out"] = self.coordinator.cookie(self.logged_out())
        self.bad["cookie of an older release"] = {
            "Cookie": f"diemcau_session={self.good['operator']}"}
        self.bad["account removed"] = bearer(self.session("removed"))
        self.bad["password changed"] = bearer(self.session("changed"))
        self.account("remove", "removed")
        self.account("passwd", "changed")
        self.until_noticed("account removed", "password changed")

    def account(self, word, name, *options):
        given = PASSWORD + "2" * (word == "passwd") + "\n"
        self.coordinator.command("account", word, self.coordinator.folder, name, *options,
                                 *(["--password-stdin"] if word != "remove" else []),
                                 input=given if word != "remove" else None)

    def session(self, role):
        password = self.coordinator.password if role == "operator" else PASSWORD
        session = self.coordinator.login(role, password)
        assert session, role
        return session

    def logged_out(self):
        session = self.session("operator")
        assert self.coordinator.http("/api/v1/session", "DELETE", session=session)[0] == 204
        return session

    def wrong(self):
        good = self.good["operator"]
        yield "wrong", "A" * 43
        yield "one letter wrong", good[:-5] + ("B" if good[-5] == "A" else "A") + good[-4:]
        yield "too short", good[:-1]
        yield "too long", good + "A"
        yield "empty", ""
        yield "a site's token", self.coordinator.join("ha-noi")["token"]
        yield "the relay's token", self.coordinator.join("relay")["token"]
        yield "the password", self.coordinator.password

    def until_noticed(self, *names):
        for _ in range(100):
            if all(self.ask("/api/v1/meeting", "GET", self.bad[n])[0] == 401 for n in names):
                return
            time.sleep(0.1)
        raise AssertionError("an account's end is not noticed")

    def ask(self, route, method, headers, body=None):
        return self.coordinator.http(route, method, body, **headers)


def bearer(session):
    return {"Authorization": f"Bearer {session}"}


@pytest.fixture(scope="module")
def door(tmp_path_factory):
    made = Door(tmp_path_factory.mktemp("door") / "coordinator")
    yield made
    assert made.coordinator.stop() == 0
    assert "<3>" not in made.coordinator.log.read_text()


def expected(door, route, method, known):
    """The status by the table; `known` is the role of a good session."""
    who, more = ROUTES[route]
    if who == "nobody":
        return 404
    if method not in ("GET", "HEAD", *more):
        return 405
    if who == "operators" and method in ("GET", "HEAD"):
        return 405  # it is asked by POST alone
    if who == "nothing":
        return 404
    if method in ("POST", "PATCH"):
        return 415  # without a body in JSON: nobody needs to be known to log in
    if who in ("people", "staff", "centre", "parties", "sites") and not known:
        return 401
    if who == "sites" or (who in ("staff", "parties") and known == "viewer"):
        return 403
    if who == "centre" and known in ("chair", "viewer"):
        return 403
    if who == "parties":
        return 404  # an upload without its number, a file without its digest
    if method == "DELETE" and route == "/api/v1/displays":
        return 400  # without saying which
    return 204 if method == "DELETE" else 200


def check(door, route, method, headers, known, name):
    status, answered, content = door.ask(route, method, headers)
    case = f"{method} {route} by {name}"
    assert status == expected(door, route, method, known), case
    if status in (401, 403):
        code = {401: "unauthorised", 403: "forbidden"}[status]
        assert method == "HEAD" or json.loads(content)["code"] == code, case
        assert "Set-Cookie" not in answered, case
    return 1


def cases(door, brief):
    if brief:
        yield "none", {}, None
        yield "operator", bearer(door.good["operator"]), "operator"
        return
    for name, headers in door.bad.items():
        yield name, headers, None
    for role, session in door.good.items():
        yield role, bearer(session), role
        yield f"{role} by cookie", door.coordinator.cookie(session), role


def test_every_route_by_every_credential(door):
    tried = 0
    for route in ROUTES:
        for method in METHODS:
            for name, headers, known in cases(door, brief=ROUTES[route][0] in NOT_THERE):
                if method == "DELETE" and known and route == "/api/v1/session":
                    continue  # it would end the session
                tried += check(door, route, method, headers, known, name)
    assert tried > 1200
    print(f"{tried} requests")
    for role in ROLES:
        for how in (bearer, door.coordinator.cookie):
            session = door.session(role)
            check(door, "/api/v1/session", "DELETE", how(session), role, role)
            check(door, "/api/v1/session", "GET", how(session), None, f"{role} gone")


def test_no_detour_leads_into_the_folder(door):
    for path in ("/%2e%2e/identity.json", "/..%2fidentity.json", "/./../ca.key", "/ws/../ca.pem",
                 "/.git/config", "/index.html/../../log"):
        status, _, content = door.ask(path, "GET", bearer(door.good["operator"]))
        assert status in (400, 403, 404) and b"PRIVATE" not in content, path


def test_who_i_am_is_told_to_each(door):
    for role, session in door.good.items():
        who = json.loads(door.ask("/api/v1/session", "GET", bearer(session))[2])
        assert who["role"] == role


def test_figures_are_open_to_this_machine_only_where_run_was_told_so(make):
    coordinator = make()
    coordinator.command("account", "add", coordinator.folder, "viewer", "--role", "viewer",
                        "--password-stdin", input=PASSWORD + "\n")
    coordinator.start()
    assert coordinator.http("/metrics")[0] == 401
    coordinator.stop()
    coordinator.start("--open-metrics")
    assert coordinator.http("/metrics", session=coordinator.login("viewer", PASSWORD))[0] == 403
    for session in (None, coordinator.session):
        status, _, content = coordinator.http("/metrics", session=session)
        assert status == 200 and b"diemcau_site_connected" in content
    for name in ("X-Forwarded-For", "X-Real-IP", "X-Forwarded-Proto", "Via", "Forwarded"):
        assert coordinator.http("/metrics", **{name: "for=127.0.0.1"})[0] == 401, name
    coordinator.stop()
    coordinator.start("--open-metrics", "--trusted-proxy", "127.0.0.1")
    assert coordinator.http("/metrics")[0] == 401


def test_the_journal_shows_each_what_it_may_see(door):
    def names(role):
        page = json.loads(door.ask("/api/v1/journal", "GET", bearer(door.good[role]))[2])
        return {event["name"] for event in page["events"]}
    async def visit():
        site = await door.coordinator.peer("site", "ha-noi")
        await site.must("site.mute", site="ha-noi", muted=True)
    asyncio.run(visit())
    assert names("operator") == names("technician") == names("chair")
    assert names("operator") - names("viewer") == {"check.added", "document.added", "site.linked", "site.muted"}
    assert names("viewer") < names("operator")


def test_sessions_expire(make, tmp_path):
    if not os.path.exists(SHIFTED_CLOCK):
        pytest.skip("not built with the shim")
    coordinator = make(env={**house.preloaded(SHIFTED_CLOCK),
                            "SHIFTED_CLOCK": str(tmp_path / "ahead")}).start()
    session = coordinator.session
    for ahead, good in ((0, True), (DAY_MS // 2 - 600_000, True), (DAY_MS // 2, False)):
        (tmp_path / "ahead").write_text(str(ahead))
        for route, (who, _) in ROUTES.items():
            if who == "people":
                status = coordinator.http(route, session=session)[0]
                assert status == (200 if good else 401), (route, ahead)
    assert coordinator.login()
