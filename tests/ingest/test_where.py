"""Where the values of headers stand: made texts with the words expected, and every text at hand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import COUNTRY, Claim, Header, Place, Reading
from graph.signs import Sign
from graph.text import flatten, fold
from graph.where import HeaderField, Where
from ingest import units
from ingest.clean import clean
from ingest.issuers import Issuer, issuer_of_sign, parse_issuer
from ingest.letterhead import read_letterhead
from ingest.lines import lines_of
from ingest.pipeline import read_text
from ingest.read import read_file
from ingest.signature import full_words, office_and_body

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "examples" / "documents").glob("*.*"))
FORMATS = (".txt", ".md", ".html")
FORM_OF_SIGNING = re.compile(r"^(?:TM|KT|TL|TUQ|Q|[TK]/[MLT])[.,]?\s*")
IDENTITY = sorted((ROOT / "tests" / "identity" / "documents").glob("*.*"))
SHARED = sorted(
    path
    for name in ("seeds", "samples")
    for path in (ROOT.parent / "shared" / name).glob("*.*")
    if path.suffix in FORMATS and path.stem != "README"
)

PLAN = """ỦY BAN NHÂN DÂN
TỈNH BẮC KẠN
-------
Số: 21 /KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Bắc Kạn, ngày 16 tháng 01 năm 2025

KẾ HOẠCH
Thực hiện công tác dân vận
chính quyền năm 2025

Thực hiện Chỉ thị số 33/CT-TTg, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

1. Mục đích: nâng cao chất lượng.

Nơi nhận:
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Lê Thị Bình
"""
WORDS = {
    "type": "KẾ HOẠCH",
    "number": "Số: 21 /KH-UBND",
    "issuer": "TM. ỦY BAN NHÂN DÂN",
    "date": "ngày 16 tháng 01 năm 2025",
    "title": "Thực hiện công tác dân vận\nchính quyền năm 2025",
    "branch": "TM. ỦY BAN NHÂN DÂN",
    "level": "ỦY BAN NHÂN DÂN\nTỈNH BẮC KẠN",
    "province": "BẮC KẠN",
    "status": "Số: 21 /KH-UBND",
    "signer": "Lê Thị Bình",
    "signer_position": "PHÓ CHỦ TỊCH",
}
LETTERHEAD = PLAN[: PLAN.index("\n\nCỘNG")]
SIGNED = PLAN[PLAN.index("TM. ỦY") :]
DATED = "Bắc Kạn, ngày 16 tháng 01 năm 2025"
CHANGED: dict[str, tuple[str, dict[str, str | None]]] = {
    "nothing is changed": (PLAN, {}),
    "no signature: the text tells": (
        PLAN.replace(SIGNED, ""),
        {**dict.fromkeys(("issuer", "branch", "level"), "Ủy ban nhân dân tỉnh"), "signer": None, "signer_position": None},
    ),
    "neither signature nor text: the letterhead tells": (
        PLAN.replace(SIGNED, "").replace(" ban hành Kế hoạch", ""),
        {**dict.fromkeys(("issuer", "branch"), "ỦY BAN NHÂN DÂN\nTỈNH BẮC KẠN"), "signer": None, "signer_position": None},
    ),
    "a body below its parent": (
        PLAN.replace(SIGNED, "GIÁM ĐỐC\nLê Thị Bình\n").replace("BẮC KẠN\n---", "BẮC KẠN\nSỞ NỘI VỤ\n---")
        .replace(" ban hành Kế hoạch", ""),
        {
            **dict.fromkeys(("issuer", "branch", "level"), "ỦY BAN NHÂN DÂN\nTỈNH BẮC KẠN\nSỞ NỘI VỤ"),
            "signer_position": "GIÁM ĐỐC",
        },
    ),
    "the authority line above the text": (
        PLAN.replace("năm 2025\n\nThực", "năm 2025\n\nỦY BAN NHÂN DÂN TỈNH BẮC KẠN\n\nThực"),
        dict.fromkeys(("issuer", "branch", "level"), "ỦY BAN NHÂN DÂN TỈNH BẮC KẠN"),
    ),
    "the body after the type": (
        PLAN.replace("KẾ HOẠCH\nThực hiện", "KẾ HOẠCH\nCỦA ỦY BAN NHÂN DÂN TỈNH BẮC KẠN\nThực hiện"),
        dict.fromkeys(("issuer", "branch", "level"), "ỦY BAN NHÂN DÂN TỈNH BẮC KẠN"),
    ),
    "a title beside its type": (
        PLAN.replace("KẾ HOẠCH\nThực hiện", "KẾ HOẠCH Thực hiện"),
        {},
    ),
    "a blank number": (PLAN.replace("21 /KH", "     /KH"), {"number": None, "status": "Số:      /KH-UBND"}),
    "a draft": (f"DỰ THẢO LẦN 2\n{PLAN}", {"status": "DỰ THẢO"}),
    "a draft, said after its type": (PLAN.replace("KẾ HOẠCH\n", "KẾ HOẠCH (DỰ THẢO)\n"), {"status": "DỰ THẢO"}),
    "no letterhead: the place line tells the province": (
        PLAN.replace("ỦY BAN NHÂN DÂN\nTỈNH BẮC KẠN\n-------\n", "").replace(", Ủy ban nhân dân tỉnh ban hành", ", ban hành"),
        {"level": "Bắc Kạn", "province": "Bắc Kạn"},
    ),
    "a digital signature tells the day": (
        f"Thời gian ký: 16/01/2025 08:15:00\n{PLAN.replace('ngày 16', 'ngày    ')}",
        {"date": "Thời gian ký: 16/01/2025"},
    ),
    "no date": (PLAN.replace(f"{DATED}\n", ""), {"date": None}),
    "emphasis": (PLAN.replace("KẾ HOẠCH", "**KẾ HOẠCH**").replace("Lê Thị Bình", "**Lê Thị Bình**"), {}),
    "a letter is broken into its marks": (unicodedata.normalize("NFD", PLAN), {}),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGED)
def test_the_words_that_give_each_value(name: str) -> None:
    text, changed = CHANGED[name]
    own = read_text(clean("plan.txt", text)).claims[0]
    words = {each.field: text[each.start : each.end] for each in (own.header or Header()).evidence}
    assert {field: unicodedata.normalize("NFC", said) for field, said in words.items()} == {
        field: said for field, said in (WORDS | changed).items() if said
    }
    holds_its_values(text, own)


def test_a_letter_is_known_by_its_concern_and_a_reprint_by_what_its_page_announces() -> None:
    letter = f"{LETTERHEAD.replace('KH-UBND', 'UBND-NC')}\nV/v góp ý dự thảo\nKính gửi: Sở Nội vụ\nTỉnh nhất trí.\n"
    own = read_text(clean("letter.txt", letter)).claims[0]
    said = {each.field: letter[each.start : each.end] for each in (own.header or Header()).evidence}
    assert (own.type, said["type"], said["title"]) == ("Công văn", "V/v", "V/v góp ý dự thảo")
    page = (
        "Kế hoạch thực hiện công tác dân vận năm 2025\n\n"
        "Ngày 20/01/2025, UBND tỉnh Bắc Kạn đã ban hành Kế hoạch số 21/KH-UBND, ngày 16/01/2025 thực hiện Chỉ thị số 33/CT-TTg.\n"
    )
    own = read_text(clean("page.txt", page)).claims[0]
    said = {each.field: page[each.start : each.end] for each in (own.header or Header()).evidence}
    assert said["type"] == "Kế hoạch"
    assert (own.date, said["date"]) == ("2025-01-16", "16/01/2025")
    assert (own.number, said["number"]) == ("21/KH-UBND", "21/KH-UBND")


def test_what_comes_with_a_document_tells_its_own_values() -> None:
    annex = PLAN.replace("21 /KH-UBND", "22/KH-UBND").replace("KẾ HOẠCH\nThực hiện", "KẾ HOẠCH\nTổ chức")
    text = f"{PLAN}\n{annex[annex.index('CỘNG') :]}".replace("\n\nCỘNG", "\n\nSố: 22/KH-UBND\nCỘNG")
    own = read_text(clean("plan.txt", text)).claims[0]
    (part,) = (own.header or Header()).parts
    assert {each.field: text[each.start : each.end] for each in part.evidence} == {
        "type": "KẾ HOẠCH",
        "number": "Số: 22/KH-UBND",
        "date": "ngày 16 tháng 01 năm 2025",
        "title": "Tổ chức công tác dân vận\nchính quyền năm 2025",
    }


@pytest.mark.parametrize("path", EXAMPLES + IDENTITY, ids=lambda path: path.name)
def test_the_examples(path: Path) -> None:
    every_value_is_where_it_is_said(read_text(read_file(path)))


@pytest.mark.parametrize("path", [path for path in EXAMPLES + IDENTITY + SHARED if path.suffix != ".html"], ids=lambda path: path.name)
def test_the_text_of_a_plain_file_is_the_file(path: Path) -> None:
    assert read_text(read_file(path)).source.text == path.read_bytes().decode("utf-8")


@pytest.mark.skipif(not SHARED, reason="the plans and samples beside the repository are not at hand")
@pytest.mark.parametrize("path", SHARED, ids=lambda path: path.name)
def test_the_plans_and_samples(path: Path) -> None:
    every_value_is_where_it_is_said(read_text(read_file(path)))


def every_value_is_where_it_is_said(reading: Reading) -> None:
    own, text = reading.claims[0], reading.source.text
    assert [text[claim.start : claim.end] for claim in reading.claims] == [claim.text for claim in reading.claims]
    for stated in reading.relations:
        mention = reading.claims[stated.object]
        held = mention if stated.subject == 0 or mention.start >= stated.start else reading.claims[stated.subject]
        assert stated.start <= held.start < held.end <= stated.end
    holds_its_values(reading.source.text, own)
    for part in (own.header or Header()).parts:
        values = {"type": part.type, "number": part.number, "issuer": part.issuer, "date": part.date, "title": part.title}
        holds(reading.source.text, values, part.evidence, own.place)


def holds_its_values(text: str, own: Claim) -> None:
    header = own.header or Header()
    values = {
        **{"type": own.type, "number": own.number, "issuer": own.issuer, "date": own.date, "title": own.title},
        **{"signer": header.signer, "signer_position": header.signer_position},
        **{"branch": header.branch, "level": header.level, "status": header.status},
        **{name: getattr(own.place or COUNTRY, name) for name in ("province", "district", "commune")},
    }
    holds(text, values, header.evidence, own.place)


def holds(text: str, values: dict[str, str | None], evidence: tuple[Where, ...], place: Place | None) -> None:
    """Whether there is a span for each value and for nothing else, and the value follows from its words."""
    told = [each.field for each in evidence]
    assert told == [field for field in HeaderField if field in told and values.get(field)]
    assert not {field for field in HeaderField if values.get(field)} - {*told, *UNTOLD}
    for each in evidence:
        value, words = values[each.field] or "", unicodedata.normalize("NFC", text[each.start : each.end])
        assert TOLD[each.field](value, words, place), (each, value, words)


def _in_order(value: str, words: str, _: Place | None) -> bool:
    """Whether the words of a value stand in their order, with whatever else lies between the lines of both columns."""
    left = iter(re.findall(r"\w+", fold(words)))
    return all(word in left for word in re.findall(r"\w+", fold(value)))


def _typed(value: str, words: str, place: Place | None) -> bool:
    return _in_order(value, words, place) or (value == "Công văn" and flatten(words).startswith("v/v"))


def _numbered(value: str, words: str, _: Place | None) -> bool:
    return value in re.sub(r"\s", "", words)


def _dated(value: str, words: str, _: Place | None) -> bool:
    return [int(part) for part in value.split("-")] == [int(part) for part in re.findall(r"\d+", words)][::-1]


def _bodies(words: str, place: Place | None) -> list[Issuer]:
    """The bodies that phrases in the words, their lines together or their sign name."""
    starts = [match.start() for match in re.finditer(r"(?<!\w)\w", words)]
    named = [parsed[0] for start in starts if (parsed := parse_issuer(words, start, place or COUNTRY))]
    if head := read_letterhead(lines_of(words, 0, len(words))):
        named.append(head[0])
    if sign := re.search(r"\d+[/-]\S+", re.sub(r"\s", "", words)):
        named += [found for found in [issuer_of_sign(Sign.parse(sign[0]), place)] if found]
    return named


def _issued(value: str, words: str, place: Place | None) -> bool:
    """Whether a phrase in the words, or their sign, names the body or the office that the value begins with."""
    named = [body.name for body in _bodies(words, place)]
    wanted, office = (value, *value.split(" và ")), full_words(FORM_OF_SIGNING.sub("", words))
    return any(fold(office) in fold(name) or fold(name) in map(fold, named) for name in wanted)


def _branched(value: str, words: str, place: Place | None) -> bool:
    """Whether the words name a body of the branch, or an office, whose body the rest of the header tells."""
    office, _ = office_and_body(FORM_OF_SIGNING.sub("", words))
    return office is not None or value in ("mixed", *(body.branch for body in _bodies(words, place)))


def _levelled(value: str, words: str, place: Place | None) -> bool:
    """Whether the words name a body of the level, its territory, or an office of the Centre."""
    return value in [body.level for body in _bodies(words, place)] or fold(words) == fold(units.lowest(place))


def _named(value: str, words: str, _: Place | None) -> bool:
    return flatten(value) == " ".join(flatten(words).split())


def _standing(value: str, words: str, _: Place | None) -> bool:
    """Whether a draft is told by its word, and any other document by its number line, filled in or blank."""
    if value == "draft":
        return flatten(words) == "du thao"
    return re.search(r"\d.*[/-]", words, re.S) is not None if value == "issued" else "/" in words or "-" in words


def _positioned(value: str, words: str, place: Place | None) -> bool:
    return all(_in_order(one.removeprefix("Quyền "), full_words(words), place) for one in re.split(", | và ", value))


UNTOLD = {HeaderField.PROVINCE, HeaderField.DISTRICT, HeaderField.COMMUNE, HeaderField.LEVEL, HeaderField.BRANCH, HeaderField.STATUS}
"""What a text may leave untold, or spell otherwise than by its name: a document without number line has no status line."""
TOLD: dict[str, Callable[[str, str, Place | None], bool]] = {
    HeaderField.TYPE: _typed,
    HeaderField.NUMBER: _numbered,
    HeaderField.ISSUER: _issued,
    HeaderField.DATE: _dated,
    HeaderField.TITLE: _in_order,
    HeaderField.BRANCH: _branched,
    HeaderField.LEVEL: _levelled,
    HeaderField.PROVINCE: _named,
    HeaderField.DISTRICT: _named,
    HeaderField.COMMUNE: _named,
    HeaderField.STATUS: _standing,
    HeaderField.SIGNER: _in_order,
    HeaderField.SIGNER_POSITION: _positioned,
}
