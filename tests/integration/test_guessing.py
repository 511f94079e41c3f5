"""Password guessing is slowed down, is seen, and keeps nobody out but the guesser."""
import concurrent.futures
import http.client
import json
import time


def log_in(coordinator, source, account, password):
    """The status of a login that comes from this address of the loopback."""
    link = http.client.HTTPSConnection(coordinator.host, coordinator.port, timeout=20,
                                       context=coordinator.trust, source_address=(source, 0))
    link.request("POST", "/api/v1/session",
                 body=json.dumps({"account": account, "password": password}),
                 headers={"Content-Type": "application/json"})
    status = link.getresponse().status
    link.close()
    return status


def guess(coordinator, source, account="operator", times=12):
    return [log_in(coordinator, source, account, f"guess {i}") for i in range(times)]


def test_a_guesser_is_slowed_down_and_shown(coordinator):
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
