"""Plans as texts, made up from a seed: the documents of `generate`, written out with header, bases and tasks.

    for name, text in texts(2_000, seed=7): ...

A text has 6 kB on average in UTF-8 and cites what the reading of the same number does, 11 to 12 times on average.
Sentences without citations fill it up; they are put together of phrases, so that few texts share one.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from generate import Head, Maker

from graph.model import Branch, Level, Reading, Zone

LEAST, MOST = 1_400, 7_400
"""Bytes of the tasks of a text."""
_WHO = (
    "Văn phòng", "Phòng Nội vụ", "Công an", "Mặt trận và các đoàn thể", "Trưởng các ấp, khu phố", "Phòng Tài chính",
    "Trạm Y tế", "Các trường học trên địa bàn", "Ban Chỉ huy Quân sự", "Bộ phận một cửa", "Đài Truyền thanh",
)  # fmt: skip
_DOES = (
    "rà soát", "lập danh sách", "hướng dẫn", "phân công người theo dõi", "bố trí kinh phí cho", "công khai kết quả",
    "lấy ý kiến người dân về", "kiểm tra tại chỗ", "đánh giá lại", "nhân rộng cách làm trong", "khắc phục thiếu sót ở",
)  # fmt: skip
_WHAT = (
    "việc trả lời kiến nghị của cử tri", "các tổ tự quản ở khu dân cư", "đường làng, kênh mương đã xuống cấp",
    "hộ có người già neo đơn", "nơi tiếp công dân", "hồ sơ trễ hẹn", "các điểm hay ngập khi mưa lớn",
    "lớp tập huấn cho cán bộ mới", "việc thu, chi các khoản đóng góp", "sổ theo dõi đơn thư", "nhà văn hóa ấp",
)  # fmt: skip
_HOW = (
    "bảo đảm đúng người, đúng việc", "không để dồn việc vào cuối kỳ", "tránh hình thức, phô trương",
    "gắn với trách nhiệm của người đứng đầu", "có ảnh chụp trước và sau khi làm", "ưu tiên nơi còn khó khăn",
    "báo ngay khi có vướng mắc", "lấy sự hài lòng của người dân làm thước đo", "tiết kiệm, không trùng lặp",
)  # fmt: skip


def texts(count: int, *, seed: int = 0) -> Iterator[tuple[str, str]]:
    """File name and text of documents number 0 to `count` of the set that `seed` names."""
    maker = Maker(seed)
    for number in range(count):
        rng = Random(f"{seed}:text:{number}")
        yield f"{number:07}.txt", "\n".join(_lines(maker.head(number), maker.reading(number), rng)) + "\n"


def _lines(head: Head, reading: Reading, rng: Random) -> Iterator[str]:
    cited: dict[Zone, list[str]] = {Zone.PREAMBLE: [], Zone.BODY: []}
    for relation in reading.relations:
        cited[relation.zone].append(relation.quote.rstrip(";"))
    year, month, day = head.day.split("-")
    yield from _letterhead(head)
    yield f"Số: {head.sign}\n"
    yield f"{_seat(head)}, ngày {day} tháng {month} năm {year}\n"
    yield f"{head.type.upper()}\n{head.title[0].upper()}{head.title[1:]}\n"
    yield from (f"{line[0].upper()}{line[1:]};" for line in cited[Zone.PREAMBLE])
    yield f"{head.issuer} ban hành {head.type} với những nội dung sau:\n"
    yield "I. NHIỆM VỤ"
    yield from _tasks(cited[Zone.BODY], rng)
    yield "\nNơi nhận:\n- Như trên;\n- Lưu: VT."


def _letterhead(head: Head) -> Iterator[str]:
    local = head.level in (Level.DISTRICT, Level.COMMUNE)
    if head.branch is Branch.PARTY:
        superior = f"TỈNH ỦY {head.place.province}\n" if local else ""
        yield f"{superior}{head.issuer}\n*\nĐẢNG CỘNG SẢN VIỆT NAM\n".upper()
        return
    superior = f"ỦY BAN NHÂN DÂN TỈNH {head.place.province}\n" if local else ""
    yield f"{superior}{head.issuer}\n-------\n".upper()
    yield "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\n"


def _seat(head: Head) -> str:
    return head.place.commune or head.place.district or head.place.province or "Hà Nội"


def _tasks(cited: list[str], rng: Random) -> Iterator[str]:
    """Numbered tasks, those that cite spread among the others, as many as fill the text."""
    fill, size = list[str](), rng.randint(LEAST, MOST) - sum(len(line.encode()) for line in cited)
    while size > 0:
        fill.append(_task(rng))
        size -= len(fill[-1].encode())
    for line in cited:
        fill.insert(rng.randint(0, len(fill)), f"{rng.choice(_WHO)} {rng.choice(_DOES)} {rng.choice(_WHAT)}, {line}.")
    for number, line in enumerate(fill, 1):
        yield f"{number}. {line}"


def _task(rng: Random) -> str:
    first = f"{rng.choice(_WHO)} {rng.choice(_DOES)} {rng.choice(_WHAT)}, {rng.choice(_HOW)}"
    return f"{first}; mỗi {rng.choice(('tuần', 'tháng', 'quý'))} ít nhất {rng.randint(1, 9)} lần."
