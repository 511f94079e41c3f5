"""What a relay that is bound to every address tells sites, whatever the machine calls its networks."""
import re
import select
import shlex
import subprocess
import time

import pytest

import house

BRIDGES = "".join(f"ip link add br{i} type bridge; ip addr add 10.8.{i}.1/24 dev br{i}; "
                  f"ip addr add fd00:8:{i}::1/64 dev br{i} nodad; ip link set br{i} up; "
                  for i in range(6))
# The card is made last: it comes after all bridges in every list.
CARD = ("ip link add card type veth peer name far; ip link set far up; ip link set card up; "
        "ip addr add 10.7.0.5/24 dev card; ip addr add fd00:7::5/64 dev card nodad; ")
ROUTE = "ip route add default via 10.7.0.1 dev card; ip -6 route add default via fd00:7::1 dev card; "
TUNNEL = ("ip tuntap add dev tap0 mode tap; "
        "ip addr add 10.6.0.6/24 dev tap0; ip link set tap0 up; ")


def namespace():
    """How to have a network of one's own here."""
    for words in (["unshare", "-n"], ["unshare", "-rn"]):
        if subprocess.run([*words, "ip", "link", "add", "x", "type", "bridge"], check=False,
                          capture_output=True).returncode == 0:
            return words
    return pytest.skip("no network namespaces here")


@pytest.fixture(scope="module")
def join(tmp_path_factory):
    return house.Coordinator(tmp_path_factory.mktemp("relay") / "c").folder / "join/relay.json"


def told(join, network, bind, *more):
    """What the relay says it tells sites, in order."""
    relay = shlex.join(map(str, [house.BIN / "diemcau-relay", "--join", join, "--listen", bind, *more]))
    with subprocess.Popen([*namespace(), "sh", "-ec", f"ip link set lo up; {network} exec {relay}"],
                          stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        text, end = b"", time.monotonic() + house.PATIENCE
        while b"no coordinator" not in text and time.monotonic() < end:
            if select.select([process.stderr], [], [], 0.1)[0]:
                text += process.stderr.read1()
        process.kill()
    return re.findall(r"advertises UDP (\S+)", text.decode()), text.decode()


def test_the_card_of_the_default_route_comes_first(join):
    """It was left out: of four addresses all four were of bridges."""
    addresses, text = told(join, BRIDGES + CARD + ROUTE, "0.0.0.0:5004")
    assert addresses == ["10.7.0.5:5004", "10.8.0.1:5004", "10.8.1.1:5004", "10.8.2.1:5004"]
    assert "4 more addresses of this machine are not advertised" in text


def test_both_families_where_the_socket_hears_both(join):
    addresses, _ = told(join, BRIDGES + CARD + ROUTE, "[::]:5004")
    assert sorted(addresses[:2]) == ["10.7.0.5:5004", "[fd00:7::5]:5004"]


def test_what_is_no_bridge_comes_before_bridges(join):
    """No default route: a network of its own, as provinces have them."""
    if subprocess.run([*namespace(), "sh", "-ec", TUNNEL], check=False, capture_output=True).returncode:
        pytest.skip("no tunnels here")
    addresses, _ = told(join, BRIDGES + CARD + TUNNEL, "0.0.0.0:5004")
    assert addresses[0] == "10.6.0.6:5004" and len(addresses) == 4


def test_loopback_comes_last_and_is_told_where_there_is_nothing_else(join):
    assert told(join, "", "0.0.0.0:5004")[0] == ["127.0.0.1:5004"]
    assert told(join, CARD + ROUTE, "0.0.0.0:5004")[0] == ["10.7.0.5:5004", "127.0.0.1:5004"]


def test_what_is_asked_for_is_told_alone(join):
    for bind in ("0.0.0.0:5004", "127.0.0.1:5004"):
        assert told(join, CARD + ROUTE, bind, "--advertise", "203.0.113.7:5004")[0] == [
            "203.0.113.7:5004"]
    assert told(join, CARD + ROUTE, "10.7.0.5:5004")[0] == ["10.7.0.5:5004"]
