"""Vietnamese that people who hold such meetings do not say stays out: each retired word has one that is said instead.

    wording.py ROOT
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
AREAS = ("coordinator", "deploy", "docs", "endpoint", "include", "proto/schema", "proto/words", "README.md")
SUFFIXES = (".c", ".csv", ".h", ".html", ".json", ".md", ".py", ".ts", ".tsx")

# What is not said (a pattern), and what is said instead.
RETIRED = {
    r"hình tiếng": "hình ảnh, âm thanh",
    r"đường hình": "đường truyền hình ảnh, âm thanh",
    r"đường lên": "đường truyền lên",
    r"(bộ|mất|có|máy) chuyển tiếp|chuyển tiếp hình": "máy chủ hình ảnh, âm thanh",
    r"giao lời|lần giao": "mời phát biểu, lần mời phát biểu",
    r"(bị|tạm) ngắt(?! hình, tiếng)": "tạm dừng, bị gián đoạn",
    r"bỏ chặn|bị chặn(?=\"| \|)|chặn hình": "ngắt hình, tiếng; cho phép trở lại",
    r"chạy thử": "diễn tập",
    r"tập hợp (các )?điểm cầu|đang tập hợp": "kết nối các điểm cầu",
    r"bản nháp": "chưa bắt đầu",
    r"hình nhỏ(?! hơn)": "hình chất lượng thấp; hình xem trước",
    r"(?<!màn )hình đen": "màn hình đen",
    r"hình đứng": "hình bị đứng",
    r"máy quay": "camera",
    r"ngoài lượt": "khi chưa đến lượt",
    r"nộp muộn": "quá hạn chưa nộp",
    r"gói tin không": "dữ liệu không",
    r"lệch đồng hồ": "đồng hồ máy bị lệch",
    r"(mở|đóng) hội trường": "mở, tắt micro hội trường",
    r"tự (tắt|bật) micro": "điểm cầu tắt, bật micro",
    r"(được|đang|không) (nghe|thấy)\"|được (nghe|thấy)\b": "đang phát tiếng, đang lên hình",
    r"(?<!hình )đang phát(?=\"| \|)": "đang phát biểu",
    r"đã nói\b|nói tiếp": "đã phát biểu, phát biểu tiếp",
    r"theo lời": "theo người phát biểu",
    r"dòng tên": "dòng chữ giới thiệu",
    r"(chọn|chiếu) (hình phát|tài liệu)|hình phát\b|hình đã chọn": "hình đang phát, hình do người điều hành chọn, trình chiếu",
    r"tài liệu trình chiếu": "trình chiếu, nguồn trình chiếu",
    r"khứ hồi": "độ trễ hai chiều",
    r"(?<!tỷ lệ )mất gói|tỉ lệ": "tỷ lệ mất gói",
    r"ký nhận|bỏ ký": "xác nhận, bỏ xác nhận",
    r"(?<!tiếp )nhận (mọi cảnh báo|cảnh báo|cả)|cảnh báo cần xem": "tiếp nhận cảnh báo, cảnh báo chờ xử lý",
    r"\bthôi (chuẩn bị|khóa|chiếu)|\"thôi\"": "hủy, bỏ, dừng",
    r"đưa lại": "khôi phục",
    r"chuyển chỗ|vào mục kế|bỏ mục": "đổi thứ tự mục, sang mục tiếp theo, bỏ qua mục",
    r"dự kiến xong": "dự kiến kết thúc",
    r"nhanh ×": "tốc độ ×",
    r"không có thật": "không tồn tại",
    r"làm theo lệnh|ra lệnh": "thực hiện lệnh, gửi lệnh",
    r"(chưa|không) có trả lời|hỏi lại": "chưa được phản hồi, gửi lại",
    r"nhấn lại": "bấm lại",
    r"không còn thấy": "không tìm thấy",
    r"chưa so được": "chưa kiểm tra được",
    r"người xem": "người theo dõi",
    r"tháng 0[3-9]": "tháng 3 … tháng 9 (a zero before 1 and 2 alone)",
}
PATTERNS = [(re.compile(pattern, re.I | re.M), instead) for pattern, instead in RETIRED.items()]


def files():
    for area in AREAS:
        path = ROOT / area
        inside = [path] if path.is_file() else sorted(path.rglob("*"))
        yield from (one for one in inside if one.suffix in SUFFIXES and "node_modules" not in one.parts)


def faults():
    for path in files():
        text = path.read_text(encoding="utf-8")
        for pattern, instead in PATTERNS:
            for match in pattern.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                yield f"{path.relative_to(ROOT)}:{line}: «{match[0]}»: say «{instead}»"


def main():
    found = list(faults())
    print("\n".join(found))
    sys.exit(1 if found else 0)


main()
