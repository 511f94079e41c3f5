"""Certificates that end: told in time, renewed with the same authority, taken up without a restart."""
import asyncio
import datetime
import json
import os
import socket
import ssl

import pytest

import house

SHIFTED_CLOCK = os.environ.get("DIEMCAU_SHIFTED_CLOCK", str(house.BIN.parent / "tests/integration/shifted_clock.so"))
DAY_MS = 86400 * 1000
SERVER_DAYS, AUTHORITY_DAYS = 825, 3650

pytestmark = pytest.mark.skipif(not os.path.exists(SHIFTED_CLOCK), reason="no shim under a sanitizer")


class Aged(house.Coordinator):
    """An installation that was made so many days ago (negative: by a clock that was ahead)."""

    def __init__(self, folder, days, shift):
        shift.write_text(str(-days * DAY_MS))
        self.made_by = {**os.environ, **house.preloaded(SHIFTED_CLOCK), "SHIFTED_WALL": str(shift)}
        super().__init__(folder)

    def command(self, *words, check=True, **how):
        how.setdefault("env", self.made_by if words[0] == "init" else None)
        return house.Coordinator.command(*words, check=check, **how)


@pytest.fixture
def aged(tmp_path):
    made = []

    def build(days):
        made.append(Aged(tmp_path / f"aged{len(made)}", days, tmp_path / f"shift{len(made)}"))
        return made[-1]
    yield build
    for coordinator in made:
        if coordinator.process and coordinator.process.poll() is None:
            coordinator.kill()


def shown(coordinator):
    """The end of the certificate that a new connection is shown, whatever a client thinks of it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", coordinator.port), timeout=20) as line, \
            context.wrap_socket(line) as tls:
        pem = ssl.DER_cert_to_PEM_cert(tls.getpeercert(True))
    path = coordinator.folder / "shown.pem"
    path.write_text(pem)
    end = ssl._ssl._test_decode_cert(str(path))["notAfter"]
    return datetime.datetime.fromtimestamp(ssl.cert_time_to_seconds(end), datetime.timezone.utc)


def days_from_now(moment):
    return (moment - datetime.datetime.now(datetime.timezone.utc)).total_seconds() / 86400


async def test_it_is_told_in_time_and_renewed_while_it_runs(aged):
    coordinator = aged(SERVER_DAYS - 12).start()
    assert 11.9 < days_from_now(shown(coordinator)) < 12.1
    assert "in 11 days: renew it with diemcau-coordinator renew " in coordinator.log.read_text()
    operator = await coordinator.peer()
    told = await operator.until("certificate")
    assert (told["state"], told["days"]) == ("ends_soon", 11)
    before = {path.name: path.read_bytes() for path in (coordinator.folder / "join").iterdir()}
    site = await coordinator.peer("site", "ha-giang")

    done = coordinator.command("renew", coordinator.folder)
    until = (datetime.datetime.now() + datetime.timedelta(days=SERVER_DAYS)).date().isoformat()
    assert f"The server's certificate is valid until {until}." in done.stdout and "Join files stay good." in done.stdout
    await operator.until("certificate", state="valid")
    await house.until("the new one is shown", lambda: days_from_now(shown(coordinator)) > SERVER_DAYS - 1)
    assert {path.name: path.read_bytes() for path in (coordinator.folder / "join").iterdir()} == before
    assert (await coordinator.peer("site", "ca-mau")).first["type"] == "welcome"
    await site.send({"type": "ping", "t": 1})
    await site.until("pong")  # it has stayed where it was
    assert "the server's certificate is renewed: new connections get the new one" in coordinator.log.read_text()


async def test_who_is_told_of_it(aged):
    coordinator = aged(SERVER_DAYS - 12).start()
    passwords = {}
    for role in ("technician", "viewer"):
        told = coordinator.command("account", "add", coordinator.folder, role, "--role", role).stdout
        passwords[role] = told.split("password: ")[1].split()[0]
    technician = await coordinator.peer("technician", session=await coordinator.log_in_when_known(
        "technician", passwords["technician"]))
    assert (await technician.until("certificate"))["days"] == 11
    viewer = await coordinator.peer("viewer", session=await coordinator.log_in_when_known("viewer", passwords["viewer"]))
    site = await coordinator.peer("site", "ha-giang")
    await asyncio.sleep(2)
    for peer in (viewer, site):
        with pytest.raises(asyncio.TimeoutError):
            while (await peer.receive(0.2))["type"] != "certificate":
                pass


@pytest.mark.parametrize("days,state,said", [
    (SERVER_DAYS - 31, "", ""), (SERVER_DAYS + 5, "ended", "ended on "), (-3, "not_yet_valid", "is valid only from "),
    (AUTHORITY_DAYS - 100, "ended", "ended on "), (AUTHORITY_DAYS + 1, "authority_ended", "The authority ended on ")])
def test_what_is_the_matter(aged, days, state, said):
    coordinator = aged(days)
    coordinator.start()
    log = coordinator.log.read_text()
    assert said in log and any(word in log for word in ("renew", "(init)")) is bool(state), log
    coordinator.kill()
    done = coordinator.command("renew", coordinator.folder, check=False)
    assert (done.returncode == 0) is (state in ("", "ended")), done.stderr
    if done.returncode == 0:
        coordinator.log.write_text("")
        coordinator.start()
        assert coordinator.http("/healthz")[0] == 200
        assert ("authority ends on" in coordinator.log.read_text()) is (days == AUTHORITY_DAYS - 100)
    else:
        assert "make a new" in done.stderr.lower()


def test_the_authoritys_key_is_kept_elsewhere(aged, make, tmp_path):
    coordinator = aged(SERVER_DAYS - 12)
    key = tmp_path / "stick"
    (coordinator.folder / "ca.key").rename(key)
    before = (coordinator.folder / "server.pem").read_bytes()
    for language, said in (("en", "say where it is kept, --ca-key FILE"), ("vi", "hãy nêu nơi cất, --ca-key TỆP")):
        done = coordinator.command("renew", coordinator.folder, "--language", language, check=False)
        assert done.returncode == 1 and said in done.stderr
    for no_key in ("", "x\n", (coordinator.folder / "ca.pem").read_text()):
        (tmp_path / "no.key").write_text(no_key)
        done = coordinator.command("renew", coordinator.folder, "--ca-key", tmp_path / "no.key", check=False)
        assert done.returncode == 1 and f"{tmp_path / 'no.key'} is no private key" in done.stderr, done
    stranger = make().folder / "ca.key"
    done = coordinator.command("renew", coordinator.folder, "--ca-key", stranger, check=False)
    assert done.returncode == 1 and "is not the key of the authority" in done.stderr
    assert (coordinator.folder / "server.pem").read_bytes() == before
    assert "có hiệu lực đến ngày" in coordinator.command("renew", coordinator.folder, "--ca-key", key, "--language", "vi").stdout
    coordinator.start()
    assert coordinator.http("/healthz")[0] == 200
    assert json.loads((coordinator.folder / "join/ha-noi.json").read_text())["ca"] == (coordinator.folder / "ca.pem").read_text()
