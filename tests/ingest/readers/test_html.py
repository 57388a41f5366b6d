"""The document of a web page comes out whole, and the page's furniture stays behind."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest

from ingest.readers.html import read_html

SAMPLES = Path(__file__).resolve().parents[3].parent / "shared" / "samples"
LETTERHEAD = """<table><tr><td><p><b>ỦY BAN NHÂN DÂN<br>XÃ AN HÒA</b></p></td>
<td>CỘNG HÒA XÃ HỘI <b>CHỦ NGHĨA
VIỆT NAM</b></td></tr><tr><td>Số: 12<span>/KH-UBND</span></td><td></td></tr></table>"""
BODY = "<p>" + "Ủy ban nhân dân xã triển khai công tác dân vận chính quyền trên địa bàn. " * 9 + "</p>"


def lines(page: str) -> list[str]:
    return read_html(page.encode("utf-8")).splitlines()


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>Căn cứ <b>Nghị</b> quyết\n số&nbsp;<i>25</i>-NQ/TW;</p><p>x", ["Căn cứ Nghị quyết số 25-NQ/TW;", "x"]),
        ("<p>một<br/>hai<!-- ba --></p>bốn", ["một", "hai", "bốn"]),
        ("<style>p{}</style><p>một<script>hai</script> ba</p><noscript>bốn</noscript>", ["một ba"]),
        ("<p style='color:red; display : none'>ẩn</p><p hidden>ẩn</p><p aria-hidden=true>ẩn</p>hiện", ["hiện"]),
        ("<body style='display:none'><p>hiện", ["hiện"]),
        ("<nav>Trang chủ</nav><div role=navigation>Mục lục</div><p>văn bản</p><footer>Liên hệ</footer>", ["văn bản"]),
        ("<table><tr><td>a<td>b<tr><td><td><td>c</table>d", ["a", "|", "b", "|", "c", "|", "d"]),
        ("<pre>một\n  hai</pre>", ["một", "hai"]),
        ("<div>Bên lề</div><main><p>văn bản</p></main>", ["văn bản"]),
        (unicodedata.normalize("NFD", "<p>Huế</p>"), ["Huế"]),
        ("<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><p>&a;</p>", ["]>", "&a;"]),
    ],
)
def test_blocks_become_lines(page: str, expected: list[str]) -> None:
    assert lines(page) == expected


def test_the_main_part_holds_the_letterhead_and_the_signature() -> None:
    page = f"""<body><div><h1>Cơ sở dữ liệu</h1><a href=/>Trang chủ</a></div><div><div>{LETTERHEAD}{BODY}
    <table><tr><td>Nơi nhận:</td><td>CHỦ TỊCH<br>Trần Văn An</td></tr></table></div></div><div>Lượt xem: 5</div>"""
    found = lines(page)
    assert found[:4] == ["ỦY BAN NHÂN DÂN", "XÃ AN HÒA", "|", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert found[4:6] == ["|", "Số: 12/KH-UBND"]
    assert found[-5:] == ["Nơi nhận:", "|", "CHỦ TỊCH", "Trần Văn An", "|"]


@pytest.mark.parametrize(("beside", "kept"), [("ỦY BAN NHÂN DÂN XÃ AN HÒA", True), ("<a href=/>Trang chủ</a>", False)])
def test_the_cell_beside_the_letterhead_stays_unless_it_holds_links_alone(beside: str, kept: bool) -> None:
    found = lines(f"<table><tr><td>{beside}</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM{BODY}</td></tr></table>")
    assert (found[0] in beside) is kept


def test_a_header_element_with_the_letterhead_is_no_furniture() -> None:
    found = lines(f"<header>{LETTERHEAD}</header>{BODY}<header>Đăng nhập</header>")
    assert found[0] == "ỦY BAN NHÂN DÂN"
    assert "Đăng nhập" not in found


def test_lists_of_related_documents_go_and_linked_recitals_stay() -> None:
    law = "/2025/QH15 về tổ chức và hoạt động của các cơ quan trong bộ máy nhà nước ở trung ương và địa phương"
    recitals = "".join(f"<p>Căn cứ <a href=#>Luật số {number}{law}</a>;</p>" for number in range(5))
    related = "".join(f"<li><a href=#>Nghị định số {n}/2020/NĐ-CP</a></li>" for n in range(5))
    found = "\n".join(lines(f"<div>{LETTERHEAD}<div>{recitals}</div>{BODY}<div>Xem thêm<ul>{related}</ul></div></div>"))
    assert found.count("/2025/QH15") == 5
    assert "/2020/NĐ-CP" not in found


def test_a_declared_windows_1258_page_is_read() -> None:
    page = b"<meta charset=windows-1258><p>" + "Kê\u0301 hoa\u0323ch".encode("cp1258") + b"</p>"
    assert read_html(page) == "Kế hoạch\n"


@pytest.mark.parametrize(
    "page",
    [
        "<body>" + "a<script>x</script>" * 100_000,
        "<pre>" + "\n <br>" * 100_000,
        "<div>" * 1500 + "<p>chữ</p>" * 50_000,
        "<p style='" + "display : " * 300_000 + "'>x",
        "<p>" + "CỘNG HÒA XÃ HỘI CHỦ NGHĨA " * 100_000,
    ],
)
def test_hostile_pages_take_time_in_proportion(page: str) -> None:
    began = time.process_time()
    lines(page)
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    ("name", "first", "held", "left_out"),
    [
        ("300-2025-ND-CP-vbpl.html", "CHÍNH PHỦ", ["300/2025/NĐ-CP", "Phạm Thị Thanh Trà"], "Thuộc tính"),
        ("51-2025-QD-TTg-vbpl.html", "THỦ TƯỚNG CHÍNH PHỦ", ["51/2025/QĐ-TTg", "Nơi nhận:", "[3] "], "Lược đồ"),
    ],
)
def test_pages_of_the_national_legal_database(name: str, first: str, held: list[str], left_out: str) -> None:
    path = SAMPLES / name
    if not path.exists():
        pytest.skip("the shared samples are not beside the repository")
    text = read_html(path.read_bytes())
    assert text.startswith(first + "\n")
    assert all(part in text for part in held)
    assert "\nCăn cứ Luật Tổ chức Chính phủ số 63/2025/QH15;\n" in text
    assert left_out not in text
