"""Who may come in: sites and accounts of an installation, by the commands that change them."""
import asyncio
import csv
import json
import re
import shutil

import pytest

import house


def changed_plan(folder, change):
    """Plan A, with its table of sites changed by `change` (a list of rows in, one out)."""
    shutil.copytree(house.PLANS / "a", folder)
    table = folder / "sites.csv"
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    names = list(rows[0])
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(change(rows))
    return folder


def newcomer(rows):
    """A site more, in the midst of the others."""
    added = {**next(row for row in rows if row["kind"] == "remote"),
             "id": "diem-moi", "code": "DIEMMOI", "name": "Điểm cầu mới"}
    return rows[:5] + [added] + rows[5:]


def numbers(coordinator):
    return {path.stem: json.loads(path.read_text())["number"]
            for path in (coordinator.folder / "join").glob("*.json") if path.stem != "relay"}


async def test_a_site_that_came_into_the_plan_after_init_is_let_in(make, tmp_path):
    """The others keep the numbers of their join files, by which their media go."""
    coordinator = make()
    before = numbers(coordinator)
    assert before["trung-tam"] == 1 and sorted(before.values()) == list(range(1, 65))
    coordinator.plan = changed_plan(tmp_path / "plan", newcomer)
    coordinator.start()
    assert "without a join file, and so without a way in (1 of the plan's sites): diem-moi; make them with " \
        "diemcau-coordinator site add" in coordinator.log.read_text()
    shown = {site["site"]: site["number"] for site in coordinator.get("/api/v1/meeting")["sites"]}
    assert shown == {**before, "diem-moi": 65}
    told = coordinator.command("site", "add", coordinator.folder, "diem-moi").stdout
    assert re.search(r"^diem-moi: site number 65, join file \S+/join/diem-moi.json\n", told)
    assert "Hand each file to its site" in told and "is in the plan of no meeting" not in told
    mistyped = coordinator.command("site", "add", coordinator.folder, "diem-mio").stdout
    assert "diem-mio is in the plan of no meeting here yet" in mistyped
    coordinator.command("site", "remove", coordinator.folder, "diem-mio")

    async def came(name):
        peer = await coordinator.peer("site", name)
        return peer.first["type"] == "welcome" and peer.first["number"]
    for _ in range(house.PATIENCE):
        await asyncio.sleep(0.5)  # a running coordinator looks every two seconds
        if number := await came("diem-moi"):
            break
    assert number == 65 == coordinator.join("diem-moi")["number"]
    last = max(before, key=before.get)
    assert await came(last) == before[last]
    order = [site["site"] for site in coordinator.get("/api/v1/meeting")["sites"]]
    assert order.index("diem-moi") == 5  # where the plan has it


async def test_a_removed_site_keeps_its_number_and_may_come_again(make):
    coordinator = make().start()
    old = coordinator.join("ha-giang")
    peer = await coordinator.peer("site", "ha-giang")
    told = coordinator.command("site", "remove", coordinator.folder, "ha-giang", "ca-mau").stdout
    assert [line.split(":")[0] for line in told.splitlines()[:2]] == ["ha-giang", "ca-mau"]
    assert "its join file is revoked; a machine that uses it loses control, picture and sound" in told
    assert await peer.closed() == "unauthorised"
    assert not (coordinator.folder / "join/ha-giang.json").exists()
    told = coordinator.command("site", "add", coordinator.folder, "ha-giang", "moi", "moi-nua").stdout
    anew = coordinator.join("ha-giang")
    assert anew["number"] == old["number"] and anew["token"] != old["token"]
    assert (coordinator.join("moi")["number"], coordinator.join("moi-nua")["number"]) == (65, 66)
    coordinator.command("site", "remove", coordinator.folder, "moi-nua")
    coordinator.command("site", "add", coordinator.folder, "sau-cung")
    assert coordinator.join("sau-cung")["number"] == 67, "a number is given once"
    again = coordinator.command("site", "add", coordinator.folder, "moi", "them", "relay", check=False)
    assert again.returncode == 1 and "them: site number 68" in again.stdout
    assert "moi: exists: " in again.stderr and "relay: bad_name: " in again.stderr


def test_the_list_of_sites(make):
    coordinator = make()
    folder = coordinator.folder
    (folder / "join/ha-noi.json").unlink()  # handed out
    coordinator.command("site", "remove", folder, "ca-mau")

    def rows(*language):
        lines = coordinator.command("site", "list", folder, *language).stdout.splitlines()
        return lines[0].split(), {line.split()[1]: line for line in lines[1:]}
    head, sites = rows()
    assert head == ["NO", "SITE", "JOIN", "FILE"] and len(sites) == 65
    assert re.fullmatch(r"-  +relay  +made on \d{4}-\d\d-\d\d, still at \S+/join/relay.json", sites["relay"])
    assert sites["trung-tam"].startswith("1 ")
    assert sites["ha-noi"].endswith(", handed out") and sites["ca-mau"].endswith("revoked")
    head, sites = rows("--language", "vi")
    assert head[:3] == ["SỐ", "ĐIỂM", "CẦU"] and sites["ha-noi"].endswith(", đã trao")
    assert sites["ca-mau"].endswith("đã thu hồi") and "còn nằm ở " in sites["relay"]


def test_the_former_words_are_read(make):
    coordinator = make()
    old = coordinator.join("ha-noi")["token"]
    told = coordinator.command("token", "rotate", coordinator.folder, "ha-noi", "--language", "vi").stdout
    assert told.startswith("ha-noi: tệp tham gia mới ") and coordinator.join("ha-noi")["token"] != old
    assert "Tệp cũ hết hiệu lực" in told
    assert "ha-noi: " in coordinator.command("token", "revoke", coordinator.folder, "ha-noi").stdout


def test_accounts_are_listed_and_say_what_was_done(make):
    coordinator = make().start()
    folder = coordinator.folder
    assert coordinator.session
    told = coordinator.command("account", "add", folder, "lan", "--role", "technician").stdout
    assert re.match(r"account: lan\npassword: \S+\nThe password is shown only now", told)
    assert told.endswith("lan can sign in as technician; a running coordinator knows within seconds.\n")
    told = coordinator.command("account", "passwd", folder, "lan", "--password-stdin", "--language", "vi",
                               input="mot hai ba bon nam\n").stdout
    assert "Đã nhận mật khẩu của lan" in told and "Mật khẩu cũ hết hiệu lực" in told

    def rows():
        lines = coordinator.command("account", "list", folder).stdout.splitlines()
        return {line.split()[0]: line for line in lines[1:]}
    for _ in range(house.PATIENCE):
        if re.fullmatch(r"operator +\d{4}-\d\d-\d\d +\d{4}-\d\d-\d\d \d\d:\d\d +operator", rows()["operator"]):
            break
    else:
        raise AssertionError(rows())
    assert re.fullmatch(r"lan +\d{4}-\d\d-\d\d +- +technician", rows()["lan"])
    assert coordinator.command("account", "remove", folder, "lan").stdout == (
        "The account lan is removed; its sessions are closed within seconds.\n")
    assert "lan" not in rows()


def test_commands_say_where_there_is_no_installation(tmp_path):
    for words in (["site", "list"], ["account", "list"], ["account", "remove", "lan"], ["site", "add", "x"]):
        words = [*words[:2], tmp_path / "none", *words[2:]]
        for language, said in (("en", "holds no installation: make one with init"), ("vi", "ở đây chưa có hệ thống nào")):
            done = house.Coordinator.command(*words, "--language", language, check=False)
            assert done.returncode == 1 and said in done.stderr and not done.stdout


# ---- init ----

def test_a_site_with_the_relays_name_is_found_by_check_and_nothing_is_left(tmp_path):
    def named_relay(rows):
        return [{**row, "id": "relay"} if number == 7 else row for number, row in enumerate(rows)]
    plan = changed_plan(tmp_path / "plan", named_relay)
    for language, said in (("en", "sites.csv, row 9, id: is kept for the media relay"), ("vi", "sites.csv, hàng 9, id: mã này dành cho")):
        told = house.Coordinator.command("check", plan, "--language", language, check=False)
        assert told.returncode == 1 and said in told.stderr
    made = tmp_path / "made"
    assert house.Coordinator.command("init", made, "--plan", plan, check=False).returncode == 1
    assert not made.exists()


@pytest.mark.parametrize("there_before", [False, True])
def test_init_is_whole_or_nothing(tmp_path, there_before):
    made = tmp_path / "made"
    if there_before:
        made.mkdir(mode=0o700)
    words = ["init", made, "--plan", house.PLANS / "a"]
    failed = house.Coordinator.command(*words, "--operator", "No Name", check=False)
    assert failed.returncode == 1 and "bad_name" in failed.stderr
    assert made.exists() is there_before and not list(tmp_path.glob("made/*"))
    told = house.Coordinator.command(*words, "--language", "vi").stdout
    assert re.match(r"tệp tham gia: \S+/join\ntài khoản: operator\nmật khẩu: \S+\n", told)
    for said in ("Tiếp theo: trao mỗi tệp trong ", "diemcau-coordinator run ", "Cất ", "Chưa nêu --address"):
        assert said in told
    again = house.Coordinator.command(*words, check=False)
    assert again.returncode == 1 and "holds an installation already: add sites with site add" in again.stderr


@pytest.mark.parametrize("typed,written", [
    ("192.0.2.1", "wss://192.0.2.1:8443"), ("centre.example:443", "wss://centre.example:443"),
    ("[2001:db8::1]", "wss://[2001:db8::1]:8443"), ("[2001:db8::1]:9", "wss://[2001:db8::1]:9"),
    ("https://centre.example/", "wss://centre.example"), ("wss://c.example:1/ws", "wss://c.example:1/ws")])
def test_addresses_as_people_write_them(tmp_path, typed, written):
    made = tmp_path / "made"
    done = house.Coordinator.command("init", made, "--plan", house.PLANS / "a", "--address", typed)
    assert json.loads((made / "join/ha-noi.json").read_text())["addresses"] == [written]
    names_port = typed.endswith(":9") or "example" in typed
    assert (done.stderr == "") is names_port and names_port or f"{typed} names no port: 8443 is taken." in done.stderr
    assert "Without --address" not in done.stdout


@pytest.mark.parametrize("option,typed", [
    ("--address", ":0"), ("--address", "centre.example:0"), ("--address", ":99999"), ("--address", "a:65536"),
    ("--address", "2001:db8::1"), ("--address", "2001:db8::1:8443"), ("--address", "192.0.2.300:1"),
    ("--address", "192.0.2.1:"), ("--address", "a b:1"), ("--address", "a..b:1"), ("--address", "ftp://a:1"),
    ("--address", "0.0.0.0:8443"), ("--address", "[::]:8443"), ("--address", "224.0.0.1:1"), ("--address", "a:1:2"),
    ("--address", "ws://192.0.2.1:8443"), ("--address", "a:8443x"), ("--name", "centre.example:8443"),
    ("--name", "https://centre.example"), ("--name", "192.0.2.300"), ("--name", "[2001:db8::1]"), ("--name", "a_b c")])
def test_addresses_that_are_none(tmp_path, option, typed):
    made = tmp_path / "made"
    done = house.Coordinator.command("init", made, "--plan", house.PLANS / "a", option, typed, check=False)
    assert done.returncode == 2 and f"{option} wants a name or an address" in done.stderr
    assert not made.exists()
