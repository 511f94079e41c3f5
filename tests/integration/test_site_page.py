"""The endpoint as its people meet it: the page on loopback, the check, the spare."""
import contextlib
import pathlib
import re
import socket
import subprocess

import pytest
import websockets

import house
from site_program import SITE, TEST_SOURCES, Endpoint, press, shows


@pytest.fixture
def endpoint(coordinator, tmp_path):
    started = Endpoint(coordinator, tmp_path)
    yield started
    assert started.stop() == 0


def test_the_page_is_for_whoever_knows_its_address(endpoint):
    status, headers, text = endpoint.get(endpoint.url)
    assert status == 200 and "<!doctype html>" in text
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert endpoint.get(f"http://{endpoint.host}/")[0] == 404
    assert endpoint.get(endpoint.url.replace(endpoint.url[-5:-1], "0000"))[0] == 404
    assert endpoint.get(endpoint.url, Host=f"evil.example:{endpoint.host.split(':')[1]}")[0] == 403
    for name in ("panel.js", "panel.css"):
        assert endpoint.get(endpoint.url + name)[0] == 200
    assert endpoint.get(endpoint.url + "../../etc/passwd")[0] == 404
    # what other programs of this machine have given the browser for it, and lists of ours
    assert endpoint.get(endpoint.url, Cookie="other=" + "x" * 12000)[0] == 200
    assert endpoint.get(endpoint.url, Host=f"localhost.:{endpoint.host.split(':')[1]}")[0] == 200


async def test_only_the_page_itself_may_order(endpoint):
    for refused in (endpoint.page(origin="http://evil.example"),
                    endpoint.page(url=f"http://{endpoint.host}/{'0' * 32}/")):
        with pytest.raises((websockets.InvalidStatusCode, websockets.InvalidMessage,
                            ConnectionError, EOFError)):
            async with refused:
                pass
    async with endpoint.page() as page:
        await shows(page)
        await page.send('{"action":"reboot"}')
        with pytest.raises(websockets.ConnectionClosed):
            for _ in range(50):
                await page.recv()


async def test_what_is_read_is_known_at_the_other_end(coordinator, relay, endpoint):
    operator = await coordinator.peer()
    await house.go_live(operator)
    await operator.must("message.send", text="Khai mạc chậm 5 phút", acknowledge=True)
    await operator.must("message.send", text="Hình bị tối", site=SITE)

    def readers():
        return {m["text"]: m["readers"] for m in coordinator.get("/api/v1/meeting")["messages"]
                if "readers" in m}
    async with endpoint.page() as page:
        state = await shows(page, unread=2, message="Hình bị tối")
        of = readers()["Khai mạc chậm 5 phút"]["of"]
        assert of == len([s for s in coordinator.get("/api/v1/meeting")["sites"]
                          if s["kind"] == "remote"])
        await press(page, "read_message", message=state["messages"][0]["message"])
        await shows(page, unread=1, answered="read_message", waiting=0)
        assert readers()["Hình bị tối"] == {"read": 1, "of": 1, "missing": []}
        assert SITE in readers()["Khai mạc chậm 5 phút"]["missing"]
        await press(page, "read_message", message=state["notice"]["message"])
        state = await shows(page, notice=None, unread=None)
        assert readers()["Khai mạc chậm 5 phút"]["read"] == 1
        await press(page, "send_message", text="Đã rõ")
        state = await shows(page, lambda state: state.get("written"), answered="send_message", waiting=0)
        assert state["written"][0]["text"] == "Đã rõ" and not state["written"][0].get("read")
        said = coordinator.get("/api/v1/meeting")["messages"][-1]
        await operator.must("message.read", message=said["message"])
        await shows(page, lambda state: state["written"][0].get("read"))


async def test_mute_hand_and_messages_reach_the_centre_and_survive_it(coordinator, relay, endpoint):
    operator = await coordinator.peer()
    await house.go_live(operator)
    async with endpoint.page() as page:
        state = await shows(page, connected=True, media=True, camera=True, voice=True)
        assert state["name"] == "Tuyên Quang" and state["meeting"] == "live"
        await press(page, "mute")
        await press(page, "raise_hand", text="Xin góp ý")
        await press(page, "send_message", text="Micro có nghe rõ không?")
        await shows(page, muted=True, hand=True, waiting=0, answered="send_message")
        assert coordinator.site(SITE)["muted"]
        await house.until("the hand is on the list", lambda: any(
            turn["site"] == SITE and turn["topic"] == "Xin góp ý"
            for turn in coordinator.get("/api/v1/meeting")["turns"]))
        said = coordinator.get("/api/v1/meeting")["messages"]
        assert [message["text"] for message in said] == ["Micro có nghe rõ không?"]
        coordinator.kill()
        await shows(page, connected=False, muted=True, hand=True)
        await press(page, "send_message", text="Mất kết nối")
        kept = await shows(page, connected=False, waiting=1)
        assert "answered" not in kept
        coordinator.start()
        await shows(page, connected=True, muted=True, hand=True, waiting=0, answered="send_message")
        said = coordinator.get("/api/v1/meeting")["messages"]
        assert [message["text"] for message in said][1:] == ["Mất kết nối"]
        await press(page, "lower_hand")
        await press(page, "unmute")
        await shows(page, muted=False, hand=False, waiting=0)
        assert not coordinator.site(SITE)["muted"]


async def test_the_page_tells_what_the_site_needs_to_know(coordinator, relay, endpoint):
    operator = await coordinator.peer()
    turn = next(turn for turn in operator.first["snapshot"]["turns"] if turn["site"] == SITE)
    item = next(item for item in operator.first["snapshot"]["items"] if turn["list"] in item["lists"])
    await house.go_live(operator, turn)
    async with endpoint.page() as page:
        state = await shows(page, connected=True, item=item["title"], registered=False, seated=False)
        assert [item["state"] for item in state["items"]].count("active") == 1
        own = next(place for place, told in enumerate(state["turns"]) if told["site"] == state["number"])
        assert own == state["ahead"] and "expected" in state["turns"][own]
        await press(page, "sign_registered")
        await press(page, "sign_seated")
        await shows(page, registered=True, seated=True, waiting=0, answered="sign_seated")
        await press(page, "unsign_seated")
        await shows(page, registered=True, seated=False, waiting=0)
        for text in ("Một", "Hai"):
            await operator.must("message.send", site=SITE, text=text)
        state = await shows(page, message="Hai")
        assert [message["text"] for message in state["messages"]] == ["Hai", "Một"]
        await press(page, "raise_hand", text="Xin góp ý", unit="Sở Y tế", speaker="Giám đốc Sở")
        await shows(page, hand=True, waiting=0, answered="raise_hand")
        hand = next(turn for turn in coordinator.get("/api/v1/meeting")["turns"] if turn["topic"] == "Xin góp ý")
        assert (hand["unit"], hand["speaker"]) == ("Sở Y tế", "Giám đốc Sở")
        await press(page, "lower_hand")
        await shows(page, hand=False, waiting=0)
        await press(page, "raise_hand", text="Trả lời", reply=True, minutes=3)
        await shows(page, hand=True, waiting=0)
        hand = next(turn for turn in coordinator.get("/api/v1/meeting")["turns"] if turn["topic"] == "Trả lời")
        assert (hand["class"], hand["allowance"], hand["approved"]) == ("reply", 180000, False)
        assert hand["site_spoken"] == hand["unit_spoken"] == 0 and "raised" in hand
        await operator.must("list.close_hands", list=hand["list"], closed=True)
        await operator.must("list.clear_hands", list=hand["list"])
        await shows(page, hand=False, hands_closed=True)
        await press(page, "raise_hand")
        await shows(page, answered="raise_hand", refusal="hands_closed")


async def test_the_page_counts_the_vote_of_its_hall(coordinator, relay, endpoint):
    operator = await coordinator.peer()
    await house.go_live(operator)
    await operator.must("vote.add", vote="v", question="Thông qua chương trình", options=["Có", "Không"], method="by_site")
    async with endpoint.page() as page:
        await shows(page, connected=True)
        await operator.must("vote.open", vote="v")
        state = await shows(page, vote={"vote": "v", "question": "Thông qua chương trình", "options": ["Có", "Không"],
                                        "method": "by_site", "ballots": 0})
        await press(page, "cast_vote", count={"present": 20, "cast": 21, "answers": [20, 1]})
        state = await shows(page, lambda state: state["vote"].get("ballots"), waiting=0, answered="cast_vote")
        assert (state["vote"]["ballots"], state["vote"]["fault"]) == (1, "more_than_present")
        await press(page, "cast_vote", count={"present": 21, "cast": 21, "answers": [20, 1]})
        told = {name: said for name, said in state["vote"].items() if name != "fault"}
        await shows(page, waiting=0, vote={**told, "count": {"present": 21, "cast": 21, "answers": [20, 1]}})
        await press(page, "report_vote", text="Đếm lại một lần")
        await shows(page, waiting=0, answered="report_vote")
        await operator.must("vote.close", vote="v")
        await house.until("the vote is over on the page", lambda: coordinator.get("/api/v1/meeting")["votes"][0]["state"] == "closed")
    vote, = coordinator.get("/api/v1/minutes")["votes"]
    assert (vote["answers"], [remark["remark"] for remark in vote["remarks"]]) == ([20, 1], ["corrected", "problem"])


async def test_the_page_leads_to_the_floor(coordinator, relay, endpoint):
    operator = await coordinator.peer()
    snapshot = operator.first["snapshot"]
    turn = next(turn for turn in snapshot["turns"] if turn["site"] == SITE)
    item = next(item for item in snapshot["items"] if turn["list"] in item["lists"])
    for name, args in (("meeting.assemble", {}), ("meeting.open", {}), ("item.start", {"item": item["item"]})):
        await operator.must(name, **args)
    async with endpoint.page() as page:
        await shows(page, connected=True, media=True)
        await operator.must("turn.cue", turn=turn["turn"])
        await shows(page, tally="next", acknowledged=False)
        await press(page, "acknowledge")
        await shows(page, tally="next", acknowledged=True)
        await house.until("its media is good", lambda: coordinator.site(SITE)["media"] == "good")
        await operator.must("floor.take", turn=turn["turn"])
        state = await shows(page, tally="on_air", seen=True, heard=True, own_clock=True)
        assert state["running"] and state["left"] > 0
        assert state["content_shown"] is False
        await press(page, "show_content")
        await shows(page, content_shown=True, waiting=0, answered="show_content")
        await press(page, "hide_content")
        await shows(page, content_shown=False, waiting=0, answered="hide_content")
        await press(page, "finish_turn")
        await shows(page, tally="off", seen=False)
        done = next(one for one in coordinator.get("/api/v1/meeting")["turns"] if one["turn"] == turn["turn"])
        assert done["state"] == "done"


async def test_a_second_machine_waits_as_spare(coordinator, relay, endpoint, tmp_path):
    operator = await coordinator.peer()
    turn = next(turn for turn in operator.first["snapshot"]["turns"] if turn["site"] == SITE)
    await house.go_live(operator, turn)
    async with endpoint.page() as page:
        await shows(page, connected=True, media=True, spare=False)
        await house.until("its media is good", lambda: coordinator.site(SITE)["media"] == "good")
        await operator.must("floor.take", turn=turn["turn"])
        await shows(page, tally="on_air", seen=True, heard=True)
        second = Endpoint(coordinator, tmp_path, label="-spare")
        async with second.page() as other:
            waits = await shows(other, connected=True, spare=True, media=False)
            assert (waits["tally"], waits["seen"], waits["heard"], waits["own_clock"]) == ("off", False, False, False)
            await shows(page, connected=True, media=True, spare=False)
            endpoint.stop()
            await shows(other, connected=True, spare=False, media=True)
        assert second.stop() == 0


def check(coordinator, *more):
    done = subprocess.run(
        [house.BIN / "diemcau-endpoint", "check", "--join", coordinator.folder / f"join/{SITE}.json",
         *TEST_SOURCES, *more], capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout


def test_check_says_what_is_wrong_in_both_languages(coordinator, relay):
    status, text = check(coordinator, "--lang", "en")
    assert "OK  Picture and sound can travel to the centre and back." in text
    assert "OK  The centre can be reached." in text and "OK  The clock is right." in text
    assert status == (1 if "!!" in text else 0)  # a machine without a loudspeaker is told so
    status, text = check(coordinator, "--language", "vi", "--camera", "v4l2:/dev/no-such-camera")
    assert status == 1 and "!!  Không có hình từ camera" in text


@pytest.mark.parametrize("relay", ["127.0.0.1:9"], indirect=True)
def test_check_names_blocked_udp(coordinator, relay):
    status, text = check(coordinator, "--lang", "en")
    assert status == 1 and "!!  UDP blocked" in text
    assert "!!  UDP bị chặn" in check(coordinator, "--language", "vi")[1]


def test_check_without_centre(coordinator):
    coordinator.stop()
    status, text = check(coordinator, "--lang", "en")
    assert status == 1 and "!!  The centre cannot be reached" in text


def ask(host, text, body=b"", times=1):
    """What the page's server answers to raw requests, until it hangs up: it does, at once."""
    address, port = host.split(":")
    with socket.create_connection((address, int(port)), timeout=house.PATIENCE) as line:
        answer = b""
        with contextlib.suppress(ConnectionResetError, BrokenPipeError):
            line.sendall((text.replace("HOST", host).encode() + body) * times)
            while part := line.recv(65536):
                answer += part
    return answer


def statuses(answer):
    return [int(status) for status in re.findall(rb"(?m)^HTTP/1\.[01] (\d{3}) ", answer)]


def test_whatever_is_sent_the_page_goes_on(endpoint):
    """The same server library as the coordinator's, and the same strangers: others on this machine."""
    secret = endpoint.url.split("/")[3]
    upgrade = ("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n")
    bodies = (("", b""), ("Content-Length: 1\r\n", b"{"), ("Content-Length: 1\r\n", b"{" * 5000),
              ("Transfer-Encoding: chunked\r\n", b"0\r\n\r\n"), ("Content-Length: 0\r\n", b""),
              (upgrade, b""), (upgrade + "Sec-WebSocket-Protocol: http\r\n", b""),
              (upgrade + "Origin: http://evil.example\r\nSec-WebSocket-Protocol: diemcau.panel\r\n", b""),
              (upgrade.replace("websocket", "h2c") + "HTTP2-Settings: AAMAAABk\r\n", b""),
              (upgrade.replace("websocket", "soap"), b""))
    found = {}
    for method in ("GET", "HEAD", "POST", "PUT", "TRACE", "CONNECT"):
        for path in ("/", f"/{secret}/", f"/{secret}/ws", f"/{secret}/nix", "/%zz"):
            for headers, body in bodies:
                answer = ask(endpoint.host, f"{method} {path} HTTP/1.1\r\nHost: HOST\r\n{headers}\r\n",
                             body, 2)
                assert len(statuses(answer)) <= 1 and b" 101 " not in answer, (method, path, answer)
                assert not answer or b"x-content-type-options: nosniff" in answer, answer
                found[method, path, headers] = statuses(answer)
            assert statuses(ask(endpoint.host, f"GET /{secret}/ HTTP/1.1\r\nHost: HOST\r\n\r\n")) == [200]
    assert found["GET", f"/{secret}/", ""] == [200]
    assert found["GET", f"/{secret}/", "Content-Length: 1\r\n"] == [400]
    assert found["GET", "/", upgrade] == [403]
    assert found["TRACE", "/", ""] == [501]


def test_others_cannot_take_up_the_page(endpoint):
    """Connections of somebody else on this machine, who says nothing: the page's own get through."""
    address, port = endpoint.host.split(":")
    held = []
    for _ in range(400):
        held.append(socket.create_connection((address, int(port)), timeout=house.PATIENCE))
    assert endpoint.get(endpoint.url)[0] == 200
    assert house.descriptors(endpoint.process) < 200
    for line in held:
        line.close()


async def test_an_open_page_stays_open(endpoint):
    async with endpoint.page() as page:
        await shows(page)
        held = [socket.create_connection(endpoint.host.split(":"), timeout=house.PATIENCE)
                for _ in range(100)]
        await press(page, "mute")
        await shows(page, muted=True)
        for line in held:
            line.close()


def test_the_page_listens_on_loopback_alone(endpoint):
    """Not on [::ffff:127.0.0.1] of every address: as the kernel tells it."""
    port = f"{int(endpoint.host.split(':')[1]):04X}"
    listening = [line.split()[1] for family in ("tcp", "tcp6")
                 for line in pathlib.Path(f"/proc/net/{family}").read_text().splitlines()[1:]
                 if line.split()[1].endswith(":" + port) and line.split()[3] == "0A"]
    assert listening == ["0100007F:" + port]


@pytest.mark.parametrize("language,said", [
    ("en", ["not connected: 127.0.0.1:", " refuses the connection"]),
    ("vi", ["chưa kết nối: 127.0.0.1:", " từ chối kết nối"])])
def test_the_log_of_an_endpoint_speaks_its_language(coordinator, language, said):
    coordinator.stop()
    with subprocess.Popen([house.BIN / "diemcau-endpoint", "--join", coordinator.folder / f"join/{SITE}.json", *TEST_SOURCES,
                           "--panel", "off", "--language", language], stderr=subprocess.PIPE, text=True) as process:
        line = process.stderr.readline()
        process.terminate()
    assert line.startswith("diemcau-endpoint: " + said[0]) and said[1] in line and "(" not in line, line


def test_faults_of_a_join_file_say_what_to_do(tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text('{"version": 1}')
    for program in ("diemcau-endpoint", "diemcau-relay"):
        for path, language, said in (
                (tmp_path / "none.json", "vi", "không có ở đây; xem lại cách viết"), (bad, "vi", "hãy xin trung tâm cấp lại"),
                (tmp_path / "none.json", "en", "is not there; check the spelling"), (bad, "en", "ask the centre for it again")):
            done = subprocess.run([house.BIN / program, "--join", path, "--language", language], capture_output=True,
                                  text=True, check=False, timeout=20)
            assert done.returncode == 1 and str(path) in done.stderr and said in done.stderr, done.stderr
