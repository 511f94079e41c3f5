"""Files that sites and operators bring: whatever happens on the way, what is kept and what is recorded agree."""
import asyncio
import json
import random
import threading
import time

import pytest

import house
import papers

SITE, OTHER = "ha-noi", "ha-giang"
PASSWORD = "a long password"


class Office:
    """A coordinator of a meeting to which two sites and a unit owe documents."""

    def __init__(self, folder):
        self.coordinator = house.Coordinator(folder)
        self.coordinator.command("account", "add", folder, "viewer", "--role", "viewer", "--password-stdin",
                                 input=PASSWORD + "\n")
        self.coordinator.start()
        self.site = papers.Bearer(self.coordinator, site=SITE)
        self.other = papers.Bearer(self.coordinator, site=OTHER)

    @property
    def operator(self):
        return papers.Bearer(self.coordinator, session=self.coordinator.session)

    def command(self, name, **args):
        async def give():
            peer = await self.coordinator.peer()
            answer = await peer.command(name, **args)
            await peer.close()
            return answer
        return asyncio.run(give())

    def owe(self, document, **whom):
        assert self.command("document.add", document=document, title=f"Báo cáo {document}",
                            **whom)["type"] == "accepted"

    def document(self, name):
        documents = self.coordinator.get("/api/v1/meeting")["documents"]
        return next(one for one in documents if one["document"] == name)

    def restart(self):
        self.coordinator.kill()
        self.coordinator.start()

    def await_tidy(self):
        """Until nothing is coming any more on disk either."""
        for _ in range(200):
            if not papers.coming(self.coordinator):
                return
            time.sleep(0.02)
        raise AssertionError(papers.coming(self.coordinator))


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    made = Office(tmp_path_factory.mktemp("office") / "coordinator")
    yield made
    papers.assert_agree(made.coordinator)
    assert made.coordinator.stop() == 0
    assert "<3>" not in made.coordinator.log.read_text()


def test_cut_at_any_byte_and_resumed_ten_times(office):
    office.owe("cut", site=SITE)
    content = papers.pdf(700_000, seed=1)
    upload = office.site.announce(content, name="Báo cáo quý II.docx", document="cut")
    for _ in range(10):
        offset = office.site.offset(upload)
        piece = content[offset:offset + random.randint(20_000, 120_000)]
        office.site.cut(upload, offset, piece, random.randint(0, len(piece) - 1))
        assert office.site.offset(upload) == offset  # a piece comes whole or not at all
        assert papers.digest(content) not in papers.kept(office.coordinator)
        assert office.site.piece(upload, offset, piece[:len(piece) // 3])[0] == 200
    status, answer = office.site.bring_rest(upload, content)
    assert status == 200 and answer["file"]["digest"] == papers.digest(content)
    assert answer["file"]["type"] == "pdf" and answer["file"]["name"] == "Báo cáo quý II.docx.pdf"
    received = office.document("cut")["received"]
    assert [(one["site"], one["file"]) for one in received] == [(SITE, answer["file"])]
    assert received[0]["by"]["site"] == SITE
    assert office.site.offset(upload) == len(content)  # who lost the answer asks again
    office.await_tidy()
    papers.assert_agree(office.coordinator)


def test_the_same_name_twice(office):
    office.owe("twice", site=SITE)
    first, second = papers.pdf(3000, seed=2), papers.pdf(3000, seed=3)
    assert office.site.bring(first, name="a.pdf", document="twice")[0] == 200
    assert office.site.bring(second, name="a.pdf", document="twice")[0] == 200
    status, answer = office.site.bring(second, name="a.pdf", document="twice")
    assert status == 400 and answer["code"] == "already"
    assert [one["file"]["digest"] for one in office.document("twice")["received"]] == [papers.digest(second)]
    assert papers.kept(office.coordinator) - papers.known(office.coordinator) == {papers.digest(first)}
    office.restart()
    papers.assert_agree(office.coordinator)
    assert papers.digest(second) in papers.kept(office.coordinator)


def test_two_gigabytes_are_refused_before_they_come(office):
    office.owe("large", site=SITE)
    size = 2 << 30
    begun = time.monotonic()
    status, _, answer = office.site.ask("uploads", "POST", {"name": "a.pdf", "size": size, "document": "large"})
    assert status == 413 and json.loads(answer)["code"] == "too_large"
    assert "200 MiB" in json.loads(office.site.ask("uploads", "POST", {
        "name": "a.pdf", "size": size, "document": "large"}, lang="en")[2])["text"]
    upload = office.site.announce(papers.pdf(1000), document="large")
    for length, refused in ((size, 413), (2000, 413)):
        status = office.coordinator.http(
            f"/api/v1/uploads?upload={upload}&offset=0&as={SITE}", "PATCH", None, session=office.site.secret,
            Content_Type="application/octet-stream", Content_Length=str(length))[0] if length == size \
            else office.site.piece(upload, 0, b"x" * length)[0]
        assert status == refused
    assert time.monotonic() - begun < 5
    assert office.site.offset(upload) == 0
    assert office.site.bring_rest(upload, papers.pdf(1000))[0] == 200
    office.await_tidy()
    papers.assert_agree(office.coordinator)


@pytest.mark.parametrize("name", ["../../../../tmp/hong.pdf", "..\\..\\hong.pdf", "/etc/passwd", "a/../../b.pdf",
                                  "documents/coming/x", "CON.pdf", ".htaccess", "a\r\nSet-Cookie: x.pdf", "‮fdp.exe"])
def test_no_name_is_a_path(office, name):
    document = f"trick-{abs(hash(name))}"
    office.owe(document, site=SITE)
    status, answer = office.site.bring(papers.pdf(2000, seed=name), name=name, document=document)
    assert status == 200
    shown = answer["file"]["name"]
    assert shown.endswith(".pdf") and not set(shown) & set("/\\\r\n‮") and not shown.startswith(".")
    office.await_tidy()
    papers.assert_agree(office.coordinator)


@pytest.mark.parametrize("upload", ["../0123456789abcdef0123456789abc", "%2e%2e%2fidentity.json", "x", "", "0" * 33])
def test_no_number_is_a_path(office, upload):
    assert office.site.ask("uploads", upload=upload)[0] == 400
    assert office.site.piece(upload, 0, b"x")[0] == 400


def test_what_a_file_claims_to_be_counts_for_nothing(office):
    office.owe("claim", site=SITE)
    for content in (b"MZ" + b"\0" * 500, b"<html><script>alert(1)</script>", b"PK\3\4" + b"\0" * 100, b"x"):
        status, answer = office.site.bring(content, name="bao-cao.pdf", document="claim")
        assert (status, answer["code"], answer["field"]) == (400, "invalid", "name")
    office.await_tidy()
    assert office.document("claim")["missing"] == 1
    papers.assert_agree(office.coordinator)


def test_two_sites_at_once(office):
    office.owe("both", every_site=True)
    contents = {bearer: papers.pdf(400_000, seed=bearer.site) for bearer in (office.site, office.other)}
    uploads = {bearer: bearer.announce(content, document="both") for bearer, content in contents.items()}
    assert office.other.ask("uploads", upload=uploads[office.site])[0] == 404
    assert office.other.piece(uploads[office.site], 0, b"x")[0] == 404
    assert office.other.ask("uploads", "DELETE", upload=uploads[office.site])[0] == 404
    answers = {}

    def bring(bearer):
        answers[bearer.site] = bearer.bring_rest(uploads[bearer], contents[bearer], most=50_000)
    threads = [threading.Thread(target=bring, args=(bearer,)) for bearer in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    received = {one["site"]: one["file"]["digest"] for one in office.document("both")["received"]}
    assert received == {bearer.site: papers.digest(content) for bearer, content in contents.items()}
    assert {status for status, _ in answers.values()} == {200}
    office.await_tidy()
    papers.assert_agree(office.coordinator)


def test_the_ledger_follows(office):
    def has_step():
        return any(one["step"] == "documents_in" for one in office.coordinator.site(OTHER)["steps"])
    office.owe("ledger", site=OTHER)
    for document in office.coordinator.get("/api/v1/meeting")["documents"]:
        if document.get("every_site") and OTHER not in {one["site"] for one in document["received"]}:
            assert office.other.bring(papers.pdf(900), document=document["document"])[0] == 200
    assert not has_step()
    assert office.other.bring(papers.pdf(900, seed=7), document="ledger")[0] == 200
    assert has_step()
    assert office.command("document.discard", document="ledger", site=OTHER)["type"] == "accepted"
    assert not has_step()
    assert office.other.bring(papers.pdf(901, seed=8), document="ledger")[0] == 200
    assert has_step()
    office.restart()
    papers.assert_agree(office.coordinator)


def test_killed_while_it_comes(office):
    office.owe("killed", site=SITE)
    content = papers.pdf(3_000_000, seed=9)
    upload = office.site.announce(content, document="killed")
    for round_ in range(4):
        stopper = threading.Timer(random.uniform(0.02, 0.25), office.coordinator.kill)
        stopper.start()
        try:
            office.site.bring_rest(upload, content, most=300_000)
        except OSError:
            pass
        stopper.join()
        office.coordinator.start()
        papers.assert_agree(office.coordinator)
        received = office.document("killed")["received"]
        assert papers.coming(office.coordinator) or received, round_
        if received:
            break
    if not received:
        status, answer = office.site.bring_rest(upload, content)
        assert status == 200, answer
    assert office.document("killed")["received"][0]["file"]["digest"] == papers.digest(content)
    office.await_tidy()
    papers.assert_agree(office.coordinator)


def test_what_the_record_does_not_know_goes(office):
    folder = office.coordinator.journal.parent / "documents"
    stray = folder / papers.digest(b"stray")
    stray.write_bytes(b"stray")
    (folder / "coming/half").write_bytes(b"half")
    office.restart()
    assert not stray.exists() and papers.coming(office.coordinator) == []
    assert "1 files that the record does not know were removed" in office.coordinator.log.read_text()
    papers.assert_agree(office.coordinator)


def test_at_the_centre_for_a_unit(office):
    office.owe("unit", unit="Sở Y tế")
    status, answer = office.operator.bring(papers.pdf(800, seed=10), name="so-y-te.pdf", document="unit")
    assert status == 200, answer
    received = office.document("unit")
    assert received["missing"] == 0 and received["received"][0]["by"]["account"] == "operator"
    assert "site" not in received["received"][0]
    papers.assert_agree(office.coordinator)


def test_who_may_bring_what(office):
    office.owe("rights", site=SITE)
    ask = {"name": "a.pdf", "size": 10, "document": "rights"}
    hand_out = {"name": "a.pdf", "size": 10, "handout": "h", "title": "T"}
    viewer = papers.Bearer(office.coordinator, session=office.coordinator.login("viewer", PASSWORD))
    nobody = papers.Bearer(office.coordinator)
    false_site = papers.Bearer(office.coordinator, site=SITE)
    false_site.secret = office.other.secret
    for bearer, body, status, code in (
            (nobody, ask, 401, "unauthorised"), (false_site, ask, 401, "unauthorised"),
            (viewer, ask, 403, "forbidden"), (office.site, hand_out, 403, "forbidden"),
            (office.other, ask, 400, "invalid"), (office.other, {**ask, "site": SITE}, 403, "forbidden"),
            (office.operator, ask, 400, "invalid"), (office.operator, {**ask, "document": "none"}, 404, "not_found"),
            (office.operator, {**ask, "handout": "h"}, 400, "invalid"), (office.site, {"name": "a"}, 400, "bad_message"),
            (office.site, {**ask, "size": 0}, 400, "bad_message"), (office.operator, {**ask, "site": SITE}, 201, None)):
        answered, _, answer = bearer.ask("uploads", "POST", body)
        assert (answered, json.loads(answer).get("code")) == (status, code), (body, answer)
    upload = json.loads(answer)["upload"]
    assert office.site.ask("uploads", upload=upload)[0] == 404  # it is the operator's
    assert office.operator.piece(upload, 5, b"x")[0] == 409
    assert office.operator.ask("uploads", "DELETE", upload=upload)[0] == 204
    assert office.operator.ask("uploads", "DELETE", upload=upload)[0] == 404
    office.await_tidy()


def test_a_backup_has_the_files_and_is_restored(office, tmp_path):
    office.coordinator.command("backup", office.coordinator.folder, tmp_path / "copy")
    meeting = office.coordinator.journal.parent.relative_to(office.coordinator.folder)
    office.coordinator.command("restore", tmp_path / "copy", tmp_path / "again")
    names = {path.name for path in (tmp_path / "again" / meeting / "documents").iterdir()}
    assert names == papers.kept(office.coordinator) >= papers.known(office.coordinator)


def test_one_brings_so_many_at_a_time(office):
    office.owe("many", site=SITE)
    uploads = [office.site.announce(b"1234567890", document="many") for _ in range(8)]
    status, _, answer = office.site.ask("uploads", "POST", {"name": "a.pdf", "size": 10, "document": "many"})
    assert status == 400 and json.loads(answer)["code"] == "limit"
    for upload in uploads:
        assert office.site.ask("uploads", "DELETE", upload=upload)[0] == 204
    office.await_tidy()


def test_handed_out_to_all_and_fetched_with_resume(office):
    content = papers.pdf(2_000_000, seed=11)
    status, answer = office.operator.bring(content, name="Chương trình.pdf", handout="programme", title="Chương trình")
    assert status == 200, answer
    digest = papers.digest(content)
    handout, = [one for one in office.site.papers()["handouts"] if one["handout"] == "programme"]
    assert (handout["file"]["digest"], handout["receipt"]) == (digest, "offered")
    fetched = b""
    while len(fetched) < len(content):  # cut at any byte
        fetched += office.site.fetch_cut(digest, len(fetched), random.randint(1, 500_000))
    assert fetched == content
    status, headers, body = office.other.fetch(digest)
    assert status == 200 and body == content and headers["ETag"] == f'"{digest}"'
    assert headers["Content-Type"] == "application/pdf" and headers["Accept-Ranges"] == "bytes"
    assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''Ch%C6%B0%C6%A1ng%20tr%C3%ACnh.pdf"
    for said, expected in (({"Range": "bytes=0-9"}, 206), ({"Range": "bytes=2000000-"}, 416),
                           ({"Range": "bytes=0-9", "If_Range": '"other"'}, 200), ({"If_None_Match": f'"{digest}"'}, 304)):
        status, headers, body = office.site.fetch(digest, **said)
        assert status == expected, said
        if status == 206:
            assert body == content[:10] and headers["Content-Range"] == "bytes 0-9/2000000"
    assert office.operator.ask("files", "HEAD", digest=digest)[1]["Content-Length"] == "2000000"


def test_receipts_are_kept(office):
    async def mark(receipt):
        peer = await office.coordinator.peer("site", SITE)
        await peer.must("handout.mark", handout="programme", site=SITE, receipt=receipt)
        await peer.close()
    for receipt in ("fetched", "opened"):
        asyncio.run(mark(receipt))
    handout, = [one for one in office.coordinator.get("/api/v1/meeting")["handouts"] if one["handout"] == "programme"]
    assert (handout["fetched"], handout["opened"]) == (1, 1)
    receipts = {one["site"]: one["receipt"] for one in handout["sites"]}
    assert receipts[SITE] == "opened" and receipts[OTHER] == "offered"
    assert [one["receipt"] for one in office.site.papers()["handouts"]] == ["opened"]


def test_a_file_is_for_those_it_is_for(office):
    content = papers.pdf(1500, seed=12)
    assert office.operator.bring(content, handout="some", title="Riêng", sites=[SITE])[0] == 200
    digest = papers.digest(content)
    viewer = papers.Bearer(office.coordinator, session=office.coordinator.login("viewer", PASSWORD))
    assert office.site.fetch(digest)[2] == content and office.operator.fetch(digest)[2] == content
    assert office.other.fetch(digest)[0] == 404 and viewer.fetch(digest)[0] == 403
    assert papers.Bearer(office.coordinator).fetch(digest)[0] == 401
    assert "some" not in {one["handout"] for one in office.other.papers()["handouts"]}
    own = papers.pdf(1600, seed=13)
    office.owe("own", site=SITE)
    assert office.site.bring(own, document="own")[0] == 200
    assert office.site.fetch(papers.digest(own))[2] == own and office.other.fetch(papers.digest(own))[0] == 404
    mine, = [one for one in office.site.papers()["documents"] if one["document"] == "own"]
    assert mine["file"]["digest"] == papers.digest(own)
    assert office.command("handout.withdraw", handout="some")["type"] == "accepted"
    assert office.site.fetch(digest)[0] == 404
    assert office.operator.ask("papers")[0] == 403
    office.restart()
    papers.assert_agree(office.coordinator)


def test_many_fetch_at_once(office):
    content = papers.pdf(1_000_000, seed=14)
    assert office.operator.bring(content, handout="many", title="Nhiều")[0] == 200
    got = []
    threads = [threading.Thread(target=lambda: got.append(office.site.fetch(papers.digest(content))[2]))
               for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [content] * 12
