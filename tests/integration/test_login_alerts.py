"""Password guessing is slowed down, is seen, and keeps nobody out but the guesser."""
import asyncio
import concurrent.futures
import http.client
import json
import os
import time

import pytest

import house

SHIFTED_CLOCK = os.environ.get("DIEMCAU_SHIFTED_CLOCK",
                               str(house.BIN.parent / "lib/shifted_clock.so"))
PASSWORD = "a long password"
CALM_MS = 120_000


def attempt(coordinator, source, account, password):
    """Status and headers of a login that comes from this address of the loopback."""
    link = http.client.HTTPSConnection(coordinator.host, coordinator.port, timeout=20,
                                       context=coordinator.trust, source_address=(source, 0))
    link.request("POST", "/api/v1/session",
                 body=json.dumps({"account": account, "password": password}),
                 headers={"Content-Type": "application/json"})
    answer = link.getresponse()
    link.close()
    return answer.status, answer.headers


def log_in(coordinator, source, account, password):
    return attempt(coordinator, source, account, password)[0]


def guess(coordinator, source, account="operator", times=12):
    return [log_in(coordinator, source, account, f"guess {i}") for i in range(times)]


def test_a_guesser_is_slowed_down_and_shown(coordinator):
    assert coordinator.session  # from before
    statuses = guess(coordinator, "127.0.0.66")
    assert set(statuses) == {401, 429} and statuses.count(401) <= 7
    assert log_in(coordinator, "127.0.0.66", "operator", coordinator.password) == 429
    assert coordinator.metric("diemcau_logins_failed_total") == statuses.count(401)
    assert coordinator.metric("diemcau_logins_slowed_total") == statuses.count(429) + 1
    log = coordinator.log.read_text()
    assert log.count("a login as operator from 127.0.0.66 failed") == statuses.count(401)


def test_whoever_guesses_at_an_account_keeps_its_owner_out_for_two_seconds_at_most(coordinator):
    stop = False

    def go_on_guessing():
        while not stop:
            guess(coordinator, "127.0.0.66", times=1)
    with concurrent.futures.ThreadPoolExecutor() as others:
        guessing = others.submit(go_on_guessing)
        time.sleep(4)
        begun, status = time.monotonic(), 429
        while status == 429 and time.monotonic() - begun < 10:
            status = log_in(coordinator, "127.0.0.2", "operator", coordinator.password)
        waited = time.monotonic() - begun
        stop = True
    guessing.result()
    assert status == 200 and waited < 5
    assert log_in(coordinator, "127.0.0.66", "operator", coordinator.password) == 429


def test_other_accounts_and_addresses_are_not_slowed_down(coordinator):
    guess(coordinator, "127.0.0.66", account="nobody")
    assert log_in(coordinator, "127.0.0.2", "operator", coordinator.password) == 200


def test_many_guesses_at_once_are_no_way_round(coordinator):
    with concurrent.futures.ThreadPoolExecutor(16) as many:
        statuses = list(many.map(
            lambda i: log_in(coordinator, "127.0.0.66", "operator", f"guess {i}"), range(32)))
    assert statuses.count(401) <= 7 and 200 not in statuses


def test_many_addresses_are_no_way_round_either(coordinator):
    begun = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(16) as many:
        statuses = list(many.map(
            lambda i: log_in(coordinator, f"127.0.1.{i + 1}", "operator", f"guess {i}"), range(32)))
    assert statuses.count(401) <= 7 + (time.monotonic() - begun) / 2
    assert set(statuses) == {401, 503}  # none of them has failed before: they wait, in vain


def test_whoever_comes_too_soon_is_told_when_to_come_again(coordinator):
    guess(coordinator, "127.0.0.66", account="nobody", times=7)
    status, headers = attempt(coordinator, "127.0.0.66", "nobody", "guess")
    wait = int(headers["Retry-After"])
    assert status == 429 and 1 <= wait <= 60
    time.sleep(wait)
    status, headers = attempt(coordinator, "127.0.0.66", "nobody", "guess")
    assert status == 401 and headers["Retry-After"] is None


@pytest.fixture
def staffed(make, tmp_path):
    """With an account of each role that watches, and a clock that runs ahead by what a file holds."""
    (tmp_path / "ahead").write_text("0")
    shim = house.preloaded(SHIFTED_CLOCK) if os.path.exists(SHIFTED_CLOCK) else {}
    coordinator = make(env={**shim, "SHIFTED_CLOCK": str(tmp_path / "ahead")})
    for role in ("technician", "chair", "viewer"):
        coordinator.command("account", "add", coordinator.folder, role, "--role", role,
                            "--password-stdin", input=PASSWORD + "\n")
    yield coordinator.start()
    assert coordinator.stop() == 0
    assert "<3>" not in coordinator.log.read_text()


async def come(coordinator, role):
    return await coordinator.peer(role, session=coordinator.login(role, PASSWORD))


async def nothing_told(peer):
    await peer.send({"type": "ping", "t": 1})
    await peer.until("pong", t=1)
    return "guessing" not in {message["type"] for message in peer.seen}


async def told(peer, timeout=house.PATIENCE, **wanted):
    """The accounts of the next `guessing` that has these values of each field."""
    while True:
        accounts = (await peer.until("guessing", timeout))["accounts"]
        if all([one.get(field) for one in accounts] == values for field, values in wanted.items()):
            return accounts


async def test_guessing_is_shown_to_staff_with_account_and_addresses(staffed):
    there = {role: await come(staffed, role) for role in ("technician", "chair", "viewer")}
    for source in ("127.0.0.66", "127.0.0.67", "127.0.0.68"):
        await asyncio.to_thread(guess, staffed, source, times=2)
    for role in ("technician", "chair"):
        one, = await told(there[role], account=["operator"], addresses=[3])
        assert one["attempts"] >= 5 and abs(one["wall"] / 1000 - time.time()) < 30
    late = await come(staffed, "technician")
    assert (await told(late, account=["operator"]))[0]["addresses"] == 3
    assert staffed.metric("diemcau_accounts_guessed_at") == 1
    assert await nothing_told(there["viewer"])


async def test_names_that_nobody_has_are_not_repeated(staffed):
    technician = await come(staffed, "technician")
    await asyncio.to_thread(guess, staffed, "127.0.0.66", account="hunter2", times=8)
    one, = await told(technician, account=[None])
    assert one["attempts"] >= 5 and one["addresses"] == 1
    assert "hunter2" not in json.dumps(technician.seen)
    log = staffed.log.read_text()
    assert "a login as an unknown name from 127.0.0.66 failed" in log and "hunter2" not in log


async def test_many_who_log_in_at_once_are_no_guessers(staffed):
    technician = await come(staffed, "technician")
    statuses = await asyncio.gather(*(
        asyncio.to_thread(log_in, staffed, "127.0.0.2", "viewer", PASSWORD) for _ in range(32)))
    assert set(statuses) == {200}
    await asyncio.sleep(1.5)
    assert await nothing_told(technician)


async def test_it_clears_by_itself(staffed, tmp_path):
    if not os.path.exists(SHIFTED_CLOCK):
        pytest.skip("not built with the shim")
    await asyncio.to_thread(guess, staffed, "127.0.0.66")
    (tmp_path / "ahead").write_text(str(CALM_MS - 10_000))
    technician = await come(staffed, "technician")
    await told(technician, account=["operator"])
    assert await told(technician, timeout=2 * house.PATIENCE, account=[]) == []
    assert staffed.metric("diemcau_accounts_guessed_at") == 0
    assert await nothing_told(await come(staffed, "technician"))
