"""What a site is told when it cannot take part: the cause, not "check the network"; and the figures of
its line when it can."""
import json
import os
import re
import shutil
import socket
import subprocess
import threading
import time

import pytest

import house

SHIFTED_CLOCK = os.environ.get("DIEMCAU_SHIFTED_CLOCK",
                               str(house.BIN.parent / "tests/integration/shifted_clock.so"))
SOURCES = ["--camera", "test", "--voice", "test", "--size", "360p15", "--panel", "off"]
SITE, YEAR_MS = "tuyen-quang", 365 * 86400 * 1000


def begin(join, *more, language="en", env=None):
    return subprocess.Popen([house.BIN / "diemcau-endpoint", "check", "--join", join, *SOURCES,
                             "--lang", language, *more], text=True, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, env={**os.environ, **(env or {})})


def check(*words, **how):
    with begin(*words, **how) as process:
        text = process.communicate(timeout=60)[0]
    return process.returncode, text


def control_line(join, **how):
    """What `check` says of the way to the centre, in both languages."""
    said = []
    running = [begin(join, language=language, **how) for language in ("vi", "en")]
    for process, mark in zip(running, ("Không kết nối được với trung tâm.",
                                       "The centre cannot be reached.")):
        text = process.communicate(timeout=60)[0]
        assert process.returncode == 1 and f"!!  {mark}" in text, text
        said.append(re.search(rf"!!  {re.escape(mark)} \((.*)\)", text)[1])
    return said


def site_file(coordinator, folder, name="changed", **changed):
    """A copy of a site's join file with other members."""
    path = folder / f"{name}.json"
    path.write_text(json.dumps({**coordinator.join(SITE), **changed}))
    path.chmod(0o600)
    return path


@pytest.mark.skipif(not os.path.exists(SHIFTED_CLOCK), reason="no shim under a sanitizer")
def test_a_wrong_clock_is_called_a_wrong_clock(coordinator, tmp_path):
    shift = tmp_path / "shift"
    env = {**house.preloaded(SHIFTED_CLOCK), "SHIFTED_WALL": str(shift)}
    join = coordinator.folder / f"join/{SITE}.json"
    shift.write_text(str(-3 * YEAR_MS))
    vietnamese, english = control_line(join, env=env)
    # Three years, less the day that a certificate holds before it was made, less what has passed since.
    assert re.search("Đồng hồ máy này sai, chậm ít nhất 109[34] ngày", vietnamese), vietnamese
    assert re.search("clock is wrong, at least 109[34] days behind", english), english
    assert "!!  This machine's clock is wrong" in check(join, env=env)[1]
    shift.write_text(str(3 * YEAR_MS))
    vietnamese, english = control_line(join, env=env)
    assert "đã quá 270 ngày. Nếu giờ máy đúng thì trung tâm phải gia hạn chứng thư" in vietnamese
    assert "that is 270 days ago. Where the clock is right, the centre has to renew the certificate" in english
    text = check(join, env=env)[1]
    assert "--  The clock of this machine is wrong, or the certificate of the centre has ended" in text
    assert "!!  This machine's clock is wrong" not in text
    shift.write_text(str(-3600 * 1000))  # within what the certificate bears: compared, not refused
    text = check(join, env=env)[1]
    assert "OK  The centre can be reached." in text and "(-3600.0 s)" in text


def test_a_stale_join_file_is_called_stale(coordinator, tmp_path):
    old = site_file(coordinator, tmp_path)
    coordinator.command("site", "reissue", coordinator.folder, SITE)
    time.sleep(3)  # until a running coordinator has noticed
    vietnamese, english = control_line(old)
    assert "Tệp tham gia không còn hiệu lực" in vietnamese
    assert "The join file is no longer good" in english
    coordinator.command("site", "remove", coordinator.folder, SITE)
    time.sleep(3)
    assert "no longer good" in control_line(old)[1]


async def test_a_site_that_is_not_on_the_roster_is_called_so(make):
    coordinator = make().start()
    await (await coordinator.peer()).must("site.remove", site=SITE)
    vietnamese, english = control_line(coordinator.folder / f"join/{SITE}.json")
    assert "không có trong danh sách của hội nghị hiện tại" in vietnamese
    assert "not on the roster" in english


def test_another_installation_is_called_so(coordinator, make, tmp_path):
    stranger = make()
    join = site_file(coordinator, tmp_path, ca=stranger.join(SITE)["ca"])
    vietnamese, english = control_line(join)
    assert "thuộc hệ thống khác" in vietnamese and "of another installation" in english
    assert f"127.0.0.1:{coordinator.port}" in vietnamese and "Camera" not in vietnamese


def test_a_name_that_the_certificate_has_not(make, tmp_path):
    coordinator = make(init_options=["--address", "127.0.0.1:1"])
    coordinator.host = "0.0.0.0"
    coordinator.start()
    join = site_file(coordinator, tmp_path, addresses=[f"wss://127.0.0.2:{coordinator.port}"])
    assert "không cấp cho tên hay địa chỉ này" in control_line(join)[0]


def answering(bytes_):
    """The port of a server that says this to whoever connects, and hangs up; None: says nothing."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                line = server.accept()[0]
            except OSError:
                return
            if bytes_ is None:
                held.append(line)
            else:
                line.sendall(bytes_)
                line.close()

    held = []
    threading.Thread(target=serve, daemon=True).start()
    return server


def test_refused_unknown_silent_and_foreign_are_four_things(coordinator, tmp_path):
    closed = house.free_port()
    with answering(None) as silent, answering(b"HTTP/1.1 400 Bad Request\r\n\r\n") as other:
        cases = {f"127.0.0.1:{closed}": "refuses the connection",
                 "no-such-host.invalid:8443": "cannot be looked up",
                 f"127.0.0.1:{silent.getsockname()[1]}": "does not answer",
                 f"127.0.0.1:{other.getsockname()[1]}": "does not speak TLS"}
        running = [(address, sentence, begin(site_file(coordinator, tmp_path, f"{number}",
                                                       addresses=[f"wss://{address}"])))
                   for number, (address, sentence) in enumerate(cases.items())]
        for address, sentence, process in running:
            text = process.communicate(timeout=60)[0]
            assert process.returncode == 1 and sentence in text and address in text, text
        for server in (silent, other):
            server.shutdown(socket.SHUT_RDWR)


async def test_the_relays_file_is_refused_and_joins_nothing(coordinator, relay):
    join = coordinator.folder / "join/relay.json"
    status, text = check(join)
    assert status == 1 and "is the relay's join file, not a site's" in text and "OK" not in text
    assert "tệp của máy chủ hình ảnh, âm thanh" in check(join, language="vi")[1]
    assert "spare" not in coordinator.log.read_text()


def test_the_relay_says_it_once_and_precisely(coordinator, tmp_path):
    shutil.copy(coordinator.folder / "join/relay.json", tmp_path / "relay.json")
    coordinator.stop()
    with subprocess.Popen([house.BIN / "diemcau-relay", "--join", tmp_path / "relay.json", "--listen",
                           "127.0.0.1:0"], stderr=subprocess.PIPE, text=True) as process:
        time.sleep(4)
        process.terminate()
        told = [line for line in process.stderr.read().splitlines() if "no coordinator" in line]
    assert len(told) == 1 and f"127.0.0.1:{coordinator.port} refuses the connection" in told[0], told


def test_blocked_udp_names_where(make, tmp_path):
    coordinator = make().start()
    with subprocess.Popen([house.BIN / "diemcau-relay", "--join",
                           coordinator.folder / "join/relay.json", "--listen", "127.0.0.1:0",
                           "--advertise", "127.0.0.1:9", "--advertise", "127.0.0.3:5004"],
                          stderr=subprocess.DEVNULL) as process:
        status, text = check(coordinator.folder / f"join/{SITE}.json")
        process.terminate()
    assert status == 1 and "UDP blocked" in text and "(127.0.0.1:9, 127.0.0.3:5004)" in text, text


def test_figures_of_the_line(coordinator, relay):
    join = coordinator.folder / f"join/{SITE}.json"
    text = check(join)[1]
    figures = re.search(r"OK  The way up carries the picture as on air\. "
                        r"\(([\d.]+) Mbit/s for 4 s, ([\d.]+) % lost, round trip (\d+) ms\)", text)
    assert figures, text
    rate, lost, trip = map(float, figures.groups())
    assert 0.05 < rate < 3 and lost < 1 and trip < 1000
