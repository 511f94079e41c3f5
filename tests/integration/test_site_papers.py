"""Files at a site: what is handed out is fetched by its program, what it owes is brought, whatever is cut."""
import asyncio
import json
import signal
import urllib.request

import pytest
import websockets

import house
import papers
from site_program import SITE, Endpoint, shows

OWED, HANDOUT = "bao-cao-quy", "chuong-trinh"
NAME = "Chương trình hội nghị.pdf"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "papers"


@pytest.fixture
def start(coordinator, tmp_path, folder):
    started = []

    def begin():
        started.append(Endpoint(coordinator, tmp_path, label=len(started), options=("--papers", folder)))
        return started[-1]

    yield begin
    for one in started:
        assert one.stop() in (0, -9)


async def give(coordinator, name, **args):
    peer = await coordinator.peer()
    await peer.must(name, **args)
    await peer.close()


def hand_out(coordinator, content, handout=HANDOUT):
    centre = papers.Bearer(coordinator, session=coordinator.session)
    status, answer = centre.bring(content, name=NAME, handout=handout, title="Chương trình")
    assert status == 200, answer


def receipt(coordinator, handout=HANDOUT):
    meeting = coordinator.get("/api/v1/meeting")
    sites = next(one for one in meeting["handouts"] if one["handout"] == handout)["sites"]
    return next(one["receipt"] for one in sites if one["site"] == SITE)


def received(coordinator, document=OWED):
    documents = coordinator.get("/api/v1/meeting")["documents"]
    return [one["file"] for one in next(one for one in documents if one["document"] == document)["received"]]


def at(state, handout=HANDOUT):
    return next((one for one in state.get("papers", {}).get("handouts", []) if one["handout"] == handout), None)


def owed(state):
    return next((one for one in state.get("papers", {}).get("owed", []) if one["document"] == OWED), None)


async def wait_for(page, true):
    """The next state of the page of which this is true."""
    while True:
        state = await shows(page)
        if true(state):
            return state


async def bring(endpoint, content, name="Báo cáo.pdf", size=None, document=OWED):
    address = endpoint.url.replace("http:", "ws:") + "ws"
    async with websockets.connect(address, subprotocols=["diemcau.bring"], compression=None,
                                  origin=f"http://{endpoint.host}") as line:
        await line.send(json.dumps({"document": document, "name": name, "size": size or len(content)}))
        for first in range(0, len(content), 100_000):
            await line.send(content[first:first + 100_000])
        return json.loads(await asyncio.wait_for(line.recv(), house.PATIENCE))


async def test_handed_out_fetched_and_opened_also_when_the_centre_is_gone(coordinator, start, folder):
    content = papers.pdf(3_000_000, seed=11)
    hand_out(coordinator, content)
    endpoint = start()
    async with endpoint.page() as page:
        state = await wait_for(page, lambda state: at(state) and at(state)["here"] == len(content))
        assert at(state)["file"]["name"] == NAME and not at(state)["opened"]
        assert (folder / papers.digest(content)).read_bytes() == content
        await house.until("the record says that it is there", lambda: receipt(coordinator) == "fetched")
        coordinator.kill()
        await shows(page, connected=False)
        with urllib.request.urlopen(f"{endpoint.url}papers/{papers.digest(content)}", timeout=house.PATIENCE) as answer:
            assert answer.headers["content-disposition"] == "attachment"
            assert answer.headers["content-type"] == "application/octet-stream"
            assert answer.read() == content
        coordinator.start()
        await house.until("the record says that it was opened", lambda: receipt(coordinator) == "opened")
        assert at(await wait_for(page, lambda state: at(state) and at(state)["opened"]))


async def test_a_file_goes_on_from_where_it_was_and_a_wrong_one_is_fetched_anew(coordinator, start, folder):
    content, other = papers.pdf(2_000_000, seed=12), papers.pdf(500_000, seed=13)
    hand_out(coordinator, content)
    hand_out(coordinator, other, handout="khac")
    folder.mkdir()
    half, wrong = folder / f"{papers.digest(content)}.part", folder / f"{papers.digest(other)}.part"
    half.write_bytes(content[:1_234_567])
    wrong.write_bytes(b"x" * 400_000)
    start()
    for wanted, name in ((content, HANDOUT), (other, "khac")):
        await house.until("it has come", lambda digest=papers.digest(wanted): (folder / digest).exists())
        assert (folder / papers.digest(wanted)).read_bytes() == wanted
        await house.until("the record knows", lambda handout=name: receipt(coordinator, handout) == "fetched")
    assert not half.exists() and not wrong.exists()


async def test_what_is_withdrawn_is_no_longer_kept_and_others_files_are_left_alone(coordinator, start, folder):
    content = papers.pdf(10_000, seed=14)
    hand_out(coordinator, content)
    folder.mkdir()
    (folder / "ghi chú của tôi.txt").write_text("riêng")
    endpoint = start()
    async with endpoint.page() as page:
        await wait_for(page, lambda state: at(state) and at(state)["here"] == len(content))
        await give(coordinator, "handout.withdraw", handout=HANDOUT)
        coordinator.kill()  # its program looks again when the centre is back
        coordinator.start()
        await wait_for(page, lambda state: state["connected"] and "papers" in state and not at(state))
    assert [one.name for one in folder.iterdir() if one.is_file()] == ["ghi chú của tôi.txt"]


async def test_what_is_owed_is_brought_by_the_page_and_what_is_none_is_refused(coordinator, start):
    await give(coordinator, "document.add", document=OWED, title="Báo cáo quý", site=SITE)
    endpoint = start()
    async with endpoint.page() as page:
        await wait_for(page, owed)
        assert await bring(endpoint, b"x", document="khong-co") == {"refusal": "not_found"}
        assert await bring(endpoint, b"", size=300 * 1024 * 1024) == {"refusal": "too_large"}
        assert await bring(endpoint, b"no document at all" * 100) == {}
        state = await wait_for(page, lambda state: owed(state).get("bringing", {}).get("refusal"))
        assert "file" not in owed(state) and received(coordinator) == []
        content = papers.pdf(1_500_000, seed=15)
        assert await bring(endpoint, content, name="../../Báo cáo quý II.docx") == {}
        state = await wait_for(page, lambda state: owed(state).get("file"))
        assert owed(state)["file"]["name"] == "Báo cáo quý II.docx.pdf" and "bringing" not in owed(state)
        assert [one["digest"] for one in received(coordinator)] == [papers.digest(content)]
        again = papers.pdf(1_000, seed=16)
        assert await bring(endpoint, again) == {}
        await wait_for(page, lambda state: owed(state).get("file", {}).get("digest") == papers.digest(again))


async def test_given_while_the_centre_was_gone_and_the_program_killed(coordinator, start, folder):
    await give(coordinator, "document.add", document=OWED, title="Báo cáo quý", site=SITE)
    content = papers.pdf(4_000_000, seed=17)
    endpoint = start()
    async with endpoint.page() as page:
        await wait_for(page, owed)
        coordinator.kill()
        await shows(page, connected=False)
        assert await bring(endpoint, content) == {}
        assert owed(await wait_for(page, lambda state: owed(state).get("bringing")))["bringing"]["size"] == len(content)
    endpoint.process.send_signal(signal.SIGKILL)
    endpoint.process.wait()
    start()
    coordinator.start()
    await house.until("it has come", lambda: [one["digest"] for one in received(coordinator)] == [papers.digest(content)])
    await house.until("it is kept here no longer", lambda: not list((folder / "to-centre").iterdir()))
    papers.assert_agree(coordinator)


async def test_a_page_that_goes_away_leaves_nothing(coordinator, start, folder):
    await give(coordinator, "document.add", document=OWED, title="Báo cáo quý", site=SITE)
    endpoint = start()
    async with endpoint.page() as page:
        await wait_for(page, owed)
        with pytest.raises((asyncio.TimeoutError, websockets.ConnectionClosed)):
            await asyncio.wait_for(bring(endpoint, papers.pdf(200_000), size=900_000), 0.5)
        await house.until("nothing is left of it", lambda: not list((folder / "to-centre").iterdir()))
        assert "bringing" not in owed(await shows(page))
        assert received(coordinator) == []


async def test_files_are_for_whoever_knows_the_address_of_the_page(coordinator, start):
    content = papers.pdf(1_000, seed=18)
    hand_out(coordinator, content)
    endpoint = start()
    own = f"papers/{papers.digest(content)}"
    await house.until("it has come", lambda: endpoint.get(endpoint.url + own)[0] == 200)
    assert endpoint.get(endpoint.url + own)[0] == 200
    assert endpoint.get(f"http://{endpoint.host}/{'0' * 32}/{own}")[0] == 404
    assert endpoint.get(endpoint.url + own, Host=f"evil.example:{endpoint.host.split(':')[1]}")[0] == 403
    for other in ("papers/", "papers/" + "0" * 64, "papers/../to-centre/x", "papers/..%2f..%2fetc%2fpasswd"):
        assert endpoint.get(endpoint.url + other)[0] == 404, other
