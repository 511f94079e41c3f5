"""The printed papers of a meeting: what they say, in whose form, whole and of a site; as page, PDF and document to edit."""
import io
import json
import re
import subprocess
import unicodedata
import xml.etree.ElementTree as ElementTree
import zipfile

import pytest

import house
import papers

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MM = 1440 / 25.4  # twentieths of a point
SITE, NAME = "tra-on", "Huyện Trà Ôn"
NATION = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]


def print_paper(coordinator, folder, paper, *more, check=True):
    """`meeting print`; the folder with its files, or what was said against it. A PDF takes a second, on a busy machine ten."""
    done = coordinator.command("meeting", "print", coordinator.folder, "--to", folder, "--paper", paper, *more, check=check, timeout=300)
    return folder if check else done.stderr


def page_text(path):
    """A page, which is well-formed XML, as people read it."""
    root = ElementTree.parse(path).getroot()
    return normal(" ".join(root.find("body").itertext()))


def pdf_text(path):
    return normal(subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True).stdout)


def normal(text):
    return " ".join(unicodedata.normalize("NFC", text).split())


def assert_in_order(text, *wanted):
    """Each behind the one before."""
    at = 0
    for words in wanted:
        found = text.find(words, at)
        assert found >= 0, ("too early" if words in text else "missing", words, text)
        at = found + len(words)


class Document:
    """A DOCX as any reader of office documents sees it."""

    def __init__(self, file):
        with zipfile.ZipFile(file) as package:
            assert package.testzip() is None
            self.parts = {name: ElementTree.fromstring(package.read(name)) for name in package.namelist()}
        self.body = self.parts["word/document.xml"].find(f"{W}body")
        self.styles = {style.get(f"{W}styleId"): style for style in self.parts["word/styles.xml"].findall(f"{W}style")}

    def paragraphs(self):
        """(style, text) of each, those in tables too."""
        for paragraph in self.body.iter(f"{W}p"):
            text = "".join(" " if node.tag == f"{W}br" else node.text or "" for node in paragraph.iter()
                           if node.tag in (f"{W}t", f"{W}br"))
            yield paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val"), normal(text)

    def text(self):
        return normal(" ".join(text for _, text in self.paragraphs()))

    def of_style(self, style):
        return [text for used, text in self.paragraphs() if used == style]

    def assert_sound(self):
        """Every style that is used is there, every cell ends with a paragraph, every part that is related too."""
        assert {style for style, _ in self.paragraphs()} <= set(self.styles)
        assert all(cell[-1].tag == f"{W}p" for cell in self.body.iter(f"{W}tc"))
        for table in self.body.iter(f"{W}tbl"):
            columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
            assert columns and all(len(row.findall(f"{W}tc")) == columns for row in table.findall(f"{W}tr"))
        types = {part.get("PartName") for part in self.parts["[Content_Types].xml"] if part.get("PartName")}
        assert types <= {f"/{name}" for name in self.parts} and "/word/document.xml" in types
        for relation in self.parts["word/_rels/document.xml.rels"]:
            assert f"word/{relation.get('Target')}" in self.parts

    def assert_page(self):
        """A4 with the margins of both forms; the number of the page at the top, but for the first."""
        section = self.body.find(f"{W}sectPr")
        size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        assert [round(int(size.get(f"{W}{side}")) / MM) for side in ("w", "h")] == [210, 297]
        assert [round(int(margins.get(f"{W}{side}")) / MM) for side in ("top", "bottom", "left", "right")] == [20, 20, 30, 15]
        assert section.find(f"{W}titlePg") is not None
        assert any("PAGE" in node.text for node in self.parts["word/header1.xml"].iter(f"{W}instrText"))
        fonts = self.parts["word/styles.xml"].find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
        assert fonts.get(f"{W}ascii") == "Times New Roman"


def assert_same_everywhere(folder, stem):
    """Page, PDF and document say the same, word for word; returns the text."""
    page = page_text(folder / f"{stem}.html")
    document = Document(folder / f"{stem}.docx")
    document.assert_sound()
    document.assert_page()
    letters = lambda text: re.sub(r"\s", "", text)
    assert letters(document.text()) == letters(page)
    printed = letters(pdf_text(folder / f"{stem}.pdf"))
    for word in set(re.findall(r"\w{4,}", page)):
        assert letters(word).casefold() in printed.casefold(), word
    return page


# ---- before the meeting: of the plan alone ----

@pytest.fixture(name="state")
def of_the_state(make):
    """Plan B, drafted; nothing is served."""
    coordinator = make(plan="b", options=())
    coordinator.command("meeting", "new", coordinator.folder, "--plan", house.PLANS / "b")
    return coordinator


@pytest.fixture(name="party")
def of_the_party(make):
    coordinator = make(plan="a", options=())
    coordinator.command("meeting", "new", coordinator.folder, "--plan", house.PLANS / "a")
    return coordinator


def test_an_invitation_of_the_state(state, tmp_path):
    folder = print_paper(state, tmp_path / "all", "invitation")
    assert {path.name for path in folder.iterdir()} == {f"invitation.{language}.{kind}" for language in ("vi", "en")
                                                        for kind in ("html", "pdf", "docx")}
    text = assert_same_everywhere(folder, "invitation.vi")
    assert_in_order(text, "UBND tỉnh Vĩnh Long -", "Ban Dân vận Tỉnh ủy", "Số: ……/GM-UBND", *NATION, "Vĩnh Long, ngày ……", "GIẤY MỜI",
                    "trân trọng kính mời:", "Cấp tỉnh (điểm cầu trung tâm)", "- Lãnh đạo các ban đảng Tỉnh ủy;",
                    "Cấp huyện", "- Lãnh đạo Ban Dân vận huyện ủy, thị ủy, thành ủy.", "Tới dự: Hội nghị tổng kết",
                    "Thời gian: 07 giờ 30 phút, thứ Ba, ngày 22 tháng 02 năm 2022.", "Địa điểm: Hội trường A", "8 điểm cầu",
                    "Đồng chủ trì: Lãnh đạo UBND tỉnh; Trưởng Ban Dân vận Tỉnh ủy.", "Huyện: Huyện Bình Tân; Huyện Long Hồ",
                    "Gửi: Ý kiến thảo luận", "UBND huyện Trà Ôn", "Đăng ký phòng họp", "ngày 18 tháng 02 năm 2022",
                    "Kiểm tra đường truyền", "17 giờ 00 phút, ngày 21 tháng 02 năm 2022", "từ 06 giờ 30 phút",
                    "Đề nghị đại biểu", "- Mang theo giấy mời", "đúng thành phần và thời gian./.",
                    "Nơi nhận:", "- Các điểm cầu;", "- Lưu: VT.", "TL. Chủ tịch", "Chánh Văn phòng")
    english = assert_same_everywhere(folder, "invitation.en")
    assert_in_order(english, "INVITATION", "Time: 07:30, Tuesday, 22 February 2022.", "What the sites are asked to do")
    document = Document(folder / "invitation.vi.docx")
    assert document.of_style("Title") == ["GIẤY MỜI"]
    assert document.of_style("SignedAs")[:2] == ["TL. Chủ tịch", "Chánh Văn phòng"]
    assert document.of_style("HeadLined") == ["Độc lập - Tự do - Hạnh phúc"]
    assert document.of_style("Heading1") == ["Các điểm cầu", "Đề nghị các điểm cầu thực hiện", "Đề nghị đại biểu"]


def test_an_invitation_of_a_site_has_what_it_owes_and_its_turn(state, tmp_path):
    folder = print_paper(state, tmp_path / "one", "invitation", "--site", SITE)
    text = assert_same_everywhere(folder, f"invitation.{SITE}.vi")
    assert_in_order(text, f"Kính gửi: Điểm cầu {NAME}", "Cấp huyện", "phòng họp do điểm cầu bố trí",
                    "Gửi: Ý kiến thảo luận (UBND huyện Trà Ôn)", "Đăng ký phòng họp",
                    "Phát biểu của điểm cầu", "3", "UBND huyện Trà Ôn", "nông thôn mới", "10")
    # What is others', and who is invited elsewhere, is not in it.
    assert not [words for words in ("Cấp tỉnh", "Sở Giao thông vận tải", "UBND huyện Bình Tân", "Huyện Long Hồ") if words in text]


def test_a_programme_has_times_and_the_speaking_list(state, tmp_path):
    folder = print_paper(state, tmp_path / "programme", "programme")
    text = assert_same_everywhere(folder, "programme.vi")
    assert_in_order(text, "Số: ……/CTr-UBND", *NATION, "CHƯƠNG TRÌNH", "1", "từ 07h00", "Đón tiếp đại biểu", "07h30 – 07h40",
                    "Sở Nội vụ", "08h20 – 09h15", "Thảo luận", "theo danh sách phân công", "từ 11h00", "Bế mạc",
                    "Danh sách phát biểu", "Ủy ban MTTQ tỉnh", "giám sát, phản biện", "Sở Giao thông vận tải",
                    "UBND huyện Trà Ôn", "Ban Dân vận huyện Tam Bình")
    # The list that a break cuts in two is printed once.
    assert text.count("Ban Dân vận huyện Tam Bình") == 1


def test_papers_of_the_party(party, tmp_path):
    folder = print_paper(party, tmp_path / "invitation", "invitation")
    text = assert_same_everywhere(folder, "invitation.vi")
    assert_in_order(text, "Ban Chấp hành Trung ương", "Ban Dân vận Trung ương", "*", "Số ……-GM/BDVTW", "ĐẢNG CỘNG SẢN VIỆT NAM",
                    "Hà Nội, ngày ……", "GIẤY MỜI", "-----", "Trung ương (điểm cầu trung tâm)", "Tỉnh, thành phố (các điểm cầu)",
                    "Thời gian: Buổi sáng, thứ Sáu, ngày 15 tháng 7 năm 2022.", "63 điểm cầu", "Tây Nguyên: Kon Tum; Gia Lai",
                    "Gửi: Báo cáo kết quả", "Các điểm cầu", "ngày 10 tháng 7 năm 2022", "Nơi nhận:", "T/L Trưởng Ban", "Chánh Văn phòng")
    assert not [words for words in NATION if words in text]
    page = (folder / "invitation.vi.html").read_text()
    assert "<strong>T/L Trưởng Ban</strong>" in page and "<p>Chánh Văn phòng</p>" in page  # the office itself is not bold
    head = ElementTree.fromstring(page).find("body/header")
    assert [normal("".join(side.itertext())).split()[0] for side in head] == ["Ban", "ĐẢNG"]  # the body left, the Party right
    sizes = [Document(folder / "invitation.vi.docx").parts["word/styles.xml"].find(f".//{W}rPrDefault/{W}rPr/{W}sz").get(f"{W}val")]
    assert sizes == ["28"]  # 14 points


def test_a_copy_for_each_site(state, tmp_path):
    folder = print_paper(state, tmp_path / "each", "programme", "--each-site")
    sites = {path.name.split(".")[1] for path in folder.iterdir()}
    assert len(sites) == 9 and SITE in sites and len(list(folder.iterdir())) == 9 * 2 * 3


def test_what_is_refused(state, tmp_path):
    assert "the meeting has no site nowhere" in print_paper(state, tmp_path / "x", "invitation", "--site", "nowhere", check=False)
    for paper in ("minutes", "notice"):
        assert f"{paper} is of the whole meeting" in print_paper(state, tmp_path / "x", paper, "--site", SITE, check=False)
        assert f"{paper} is of the whole meeting" in print_paper(state, tmp_path / "x", paper, "--each-site", check=False)
    wrong = print_paper(state, tmp_path / "x", "letter", check=False)
    assert "--paper wants minutes, invitation, programme, technical-record or notice" in wrong
    assert not (tmp_path / "x").exists()


def test_a_plan_without_words_for_papers(make, tmp_path):
    """Room for the pen where the plan says nothing."""
    coordinator = make(plan="e", options=())
    coordinator.command("meeting", "new", coordinator.folder, "--plan", house.PLANS / "e")
    folder = print_paper(coordinator, tmp_path / "invitation", "invitation")
    assert_in_order(page_text(folder / "invitation.vi.html"), "trân trọng kính mời:", "…………", "Tới dự:")


# ---- of a meeting that was held ----

def lost_alarms(coordinator):
    return [alarm for alarm in coordinator.get("/api/v1/meeting")["alarms"] if alarm["kind"] == "site_lost"]


async def hold(coordinator):
    """Prepared, disturbed, noted, closed: Plan B with one site that comes, loses its line and is back."""
    operator = await coordinator.peer()
    site = await coordinator.peer("site", SITE)
    await operator.must("meeting.assemble")
    await site.must("site.post", site=SITE, present=True)
    await site.must("site.check", site=SITE, check="nguon-dien", done=True, note="bộ lưu điện còn 40 phút")
    await site.must("site.check", site=SITE, check="micro", done=True)
    await operator.must("line_test.start")
    await site.must("line_test.report", site=SITE, figures={
        "picture": "moving", "level_dbfs": -31, "echo_dbfs": -44, "round_trip": 12,
        "up": {"bits_per_second": 2_400_000, "loss_permille": 3}, "down": {"bits_per_second": 5_100_000, "loss_permille": 0}})
    await site.must("line_test.confirm", site=SITE, heard=True)
    await operator.must("line_test.end")
    await operator.must("meeting.open")
    await operator.must("item.start", item="02")
    site.cut()
    await house.until("the site is lost", lambda: coordinator.site(SITE)["link"] == "lost")
    await house.until("an alarm", lambda: lost_alarms(coordinator), seconds=60)
    alarms = lost_alarms(coordinator)
    await operator.must("alarm.acknowledge", alarm=alarms[0]["alarm"])
    again = await operator.command("alarm.acknowledge", alarm=alarms[0]["alarm"])
    assert again["code"] == "already"
    await operator.must("alarm.note", alarm=alarms[0]["alarm"], text="Đã đổi sang đường dự phòng")
    back = await coordinator.peer("site", SITE)
    await house.until("the site is back", lambda: coordinator.site(SITE)["link"] == "online")
    await operator.must("item.start", item="06")
    turn = next(turn["turn"] for turn in coordinator.get("/api/v1/meeting")["turns"] if turn["unit"] == "Ủy ban MTTQ tỉnh")
    await operator.must("floor.take", turn=turn)
    await operator.must("floor.release", turn=turn)
    await operator.must("item.start", item="10")
    await operator.must("item.note", item="10", text="Các huyện hoàn thành kế hoạch phối hợp trước ngày 15/3")
    await operator.must("vote.add", vote="nghi-quyet", question="Thông qua kế hoạch phối hợp?", options=["Tán thành", "Không tán thành"], method="by_site")
    await operator.must("vote.open", vote="nghi-quyet")
    await operator.must("vote.cast", vote="nghi-quyet", site=SITE, count={"present": 20, "cast": 20, "answers": [18, 2], "spoilt": 0})
    await operator.must("vote.close", vote="nghi-quyet")
    await operator.must("task.mark", task="tai-lieu", done=True)
    bearer = papers.Bearer(coordinator, session=coordinator.session)
    assert bearer.bring(papers.pdf(3000, seed="x"), name="tai-lieu.pdf", handout="tai-lieu", title="Tài liệu hội nghị")[0] == 200
    await operator.must("meeting.close")
    await operator.must("alarm.note", alarm=alarms[0]["alarm"], text="Đứt cáp ở phía nhà mạng, đã khôi phục")
    return operator, back


async def test_what_was_held(make, tmp_path):
    held = make(plan="b", options=()).start()
    peers = await hold(held)
    minutes = held.get("/api/v1/minutes")
    at = next(site for site in minutes["sites"] if site["site"] == SITE)
    kinds = [spell["kind"] for spell in at["spells"]]
    assert kinds.count("post") == 1 and kinds.count("link_lost") == 1
    lost = next(spell for spell in at["spells"] if spell["kind"] == "link_lost")
    assert lost["from"]["at"] <= lost["to"]["at"]
    assert at["line"]["figures"]["round_trip"] == 12 and at["line"]["heard"] and at["line"]["findings"] == []
    assert [check["done"] for check in at["checks"]].count(True) == 2
    whole(held, tmp_path)
    of_one_site(held, tmp_path)
    notice(held, tmp_path)
    with_more(held, tmp_path)
    over_https(held)
    for peer in peers:
        await peer.close()


def whole(held, tmp_path):
    folder = print_paper(held, tmp_path / "technical", "technical-record")
    text = assert_same_everywhere(folder, "technical-record.vi")
    assert_in_order(text, "/BB-UBND", *NATION, "BIÊN BẢN KỸ THUẬT", "1. Thời gian, địa điểm", "Khai mạc lúc", "2. Trực kỹ thuật",
                    "từ 06 giờ 30 phút", NAME, "Không ghi nhận có mặt tại:", "3. Kết quả kiểm tra đường truyền", NAME, "12",
                    "2400 kbit/s, mất 0,3 %", "5100 kbit/s", "-31", "-44", "đạt", "4. Danh mục kiểm tra tại chỗ", NAME, "2/7",
                    "Nguồn điện, bộ lưu điện: bộ lưu điện còn 40 phút", "5. Thời gian kết nối", NAME, "6. Sự cố và cách xử lý",
                    "7. Ý kiến, kiến nghị", "CÁN BỘ KỸ THUẬT TRUNG TÂM", "NGƯỜI PHỤ TRÁCH KỸ THUẬT")
    assert "Đã đổi sang đường dự phòng; Đứt cáp ở phía nhà mạng, đã khôi phục" in text and "mất liên lạc điều khiển" in text


def of_one_site(held, tmp_path):
    folder = print_paper(held, tmp_path / "one", "technical-record", "--site", SITE)
    text = assert_same_everywhere(folder, f"technical-record.{SITE}.vi")
    assert_in_order(text, f"Điểm cầu: {NAME}.", "Nguồn điện, bộ lưu điện", "✓", "bộ lưu điện còn 40 phút", "Đường truyền dự phòng", "chưa",
                    "6. Sự cố", "Đã đổi sang đường dự phòng", "CÁN BỘ KỸ THUẬT ĐIỂM CẦU", "ĐẠI DIỆN ĐIỂM CẦU")
    assert "Huyện Bình Tân" not in text
    signatures = ElementTree.parse(folder / f"technical-record.{SITE}.vi.html").getroot().find(".//div[@class='signatures']")
    assert len(signatures) == 2


def notice(held, tmp_path):
    folder = print_paper(held, tmp_path / "notice", "notice")
    text = assert_same_everywhere(folder, "notice.vi")
    assert_in_order(text, "Số: ……/TB-UBND", *NATION, "THÔNG BÁO", "Kết luận, kết quả Hội nghị", "DỰ THẢO", "Đồng chủ trì:",
                    "1/9 điểm cầu", "1 lượt phát biểu", "1. Nội dung đã tiến hành", "2. Kết luận",
                    "Phát biểu kết luận hội nghị: Các huyện hoàn thành kế hoạch phối hợp trước ngày 15/3",
                    "3. Biểu quyết", "Thông qua kế hoạch phối hợp? Kết quả: Tán thành: 18; Không tán thành: 2.",
                    "5. Nhiệm vụ giao", "Chuẩn bị tài liệu hội nghị", "đã xong", "Test nhanh Covid-19", "chưa xong", "triển khai thực hiện./.",
                    "Nơi nhận:", "TL. Chủ tịch")


def with_more(held, tmp_path):
    """The minutes have the class of a turn, and what was handed out and received."""
    folder = print_paper(held, tmp_path / "minutes", "minutes")
    assert json.loads((folder / "minutes.json").read_text())["state"] == "closed"
    text = assert_same_everywhere(folder, "minutes.vi")
    assert_in_order(text, "BIÊN BẢN", "Ủy ban MTTQ tỉnh", "(theo danh sách)", "PHỤ LỤC KỸ THUẬT", "Tỷ lệ kết nối",
                    "Tài liệu thu về, phát ra", "Ý kiến thảo luận", "UBND huyện Trà Ôn", "Tài liệu hội nghị", "tai-lieu.pdf")


def over_https(held):
    def ask(query, status=200):
        answer = held.http(f"/api/v1/minutes?{query}", session=held.session)
        assert answer[0] == status, (query, answer)
        return answer
    for paper, heading in (("invitation", "GIẤY MỜI"), ("programme", "CHƯƠNG TRÌNH"), ("technical-record", "BIÊN BẢN KỸ THUẬT"),
                           ("notice", "THÔNG BÁO"), ("minutes", "BIÊN BẢN")):
        page = ask(f"format=html&lang=vi&paper={paper}")[2]
        assert f"<h1>{heading}</h1>" in page.decode()
        _, headers, content = ask(f"format=docx&lang=vi&paper={paper}")
        assert headers["Content-Type"].endswith("wordprocessingml.document") and f"{paper}.docx" in headers["Content-Disposition"]
        document = Document(io.BytesIO(content))
        document.assert_sound()
        assert document.of_style("Title") == [heading]
        assert content == ask(f"format=docx&lang=vi&paper={paper}")[2]  # the same facts, the same bytes
    assert NAME in ask(f"format=html&paper=technical-record&site={SITE}")[2].decode()
    ask("format=html&paper=invitation&site=nowhere", 404)
    ask(f"format=html&paper=minutes&site={SITE}", 404)
    ask("format=html&paper=letter", 400)
