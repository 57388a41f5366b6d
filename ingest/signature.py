"""The signature block: who signs, in what position, in whose place or name, and where recipients and signature begin.

Forms of signing: Nghị định 30/2020/NĐ-CP, Phụ lục I (TM., KT., TL., TUQ., Q.) and Hướng dẫn 36-HD/VPTW (T/M, K/T, T/L).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from graph.registry.offices import Office, offices
from ingest.issuers import parse_issuer
from ingest.lines import Line, lines_of
from ingest.patterns import scan
from ingest.units import key

_BLOCKS = 1_800, 4_500
_TAIL = 2_500
_ABOVE = 500
_MARGIN = 100
_LINES_TO_NAME = 14
_WORD = re.compile(r"[^\W_]")
_OFFICE_WORD = re.compile(r"\w+|,")
_LONGEST_OFFICE = 80
RECIPIENTS = re.compile(r"N(?:ơi|oi|ƠI|OI)\s{1,3}[nN](?:h[ậaâ]n|H[ẬAÂ]N)[\s*_]{0,6}:")
FORM_OF_SIGNING = re.compile(
    r"(?P<mark>TM|T/M|KT|K/T|TL|T/L|TUQ|T/UQ|Q|QUYỀN(?= (?:CHỦ|GIÁM|CHÁNH|TRƯỞNG|BÍ|THỦ|VIỆN|HIỆU|BỘ|TỔNG|CỤC|VỤ) ))"
    r"(?:[.,]\s*|\s+|(?<=/[MTL])\s*)(?=[^\W\d_])"
)
_FOR_LINES = tuple(
    re.compile(rf"{marks}[.,]?[ \t]*(?P<words>[^\W\d_]{{2,40}}[ \t]+[^\W\d_]{{2,40}})")
    for marks in ("T(?:/?[ML]|UQ)", "K/?T")
)
_RANK = re.compile(r"(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy) |(?:(?:GS|PGS|TS|ThS|BS|KS|CN)\b\.? ?)+")
_SURNAME = re.compile(
    r"(?:NGUYỄN|TRẦN|LÊ|PHẠM|HOÀNG|HUỲNH|PHAN|VŨ|VÕ|ĐẶNG|BÙI|ĐỖ|HỒ|NGÔ|DƯƠNG|LÝ|ĐINH|ĐOÀN|TRƯƠNG|MAI|CAO|HÀ|TRỊNH|LƯƠNG|TẠ)\b"
)
_RECIPIENT = re.compile(
    r"[-–+•·]|\d|.*(?:;|\(b/c\)|\(BC\))\s*$"
    r"|(?:Lưu(?!(?-i:(?:[ \t]+[A-ZĐÀ-Ỹ][a-zà-ỹ]+){2,3}[ \t]*$))|Như|Gửi|Nơi nhận)\b",
    re.I,
)
"""A line of recipients; but "Lưu Văn Bảo" is somebody's name."""
_NEXT = re.compile(r"(?:Phụ lục|PHỤ LỤC)\b|(?:Chương|CHƯƠNG|Điều|ĐIỀU|Mục|MỤC|Phần|PHẦN)\s+(?:\d|[IVX]+\b)")
_SIGNED = re.compile(r"\W*\(?\s*(?:đã ký|ký tên|ký, đóng dấu|chữ ký)", re.I)
_SIGNED_BY = re.compile(r"\(?(?:đã ký|ký tên|\(ký\)|ký bởi)[\s):.]+(?=[^\W\d_]+(?: [^\W\d_]+)+$)", re.I)


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature. `body` is what stands after TM., `office` the one signed by or for, both as written on one line;
    `position` is every position of the signer in full words joined by ", "; None where the block has none. `spans` tell
    where each stands, by its name here; those of positions run from the first to the last.
    """

    body: str | None
    office: str | None
    signer: str | None
    position: str | None
    spans: Mapping[str, tuple[int, int]]


def find_signature(text: str, start: int) -> int | None:
    """Where recipients and signature begin at or after `start`; None where the text has neither."""
    marks = (match for match in scan(_FOR_LINES, text, start) if match["words"].isupper())
    firsts = (_first_of_line(text, RECIPIENTS.finditer(text, start)), _first_of_line(text, marks))
    found = [position for position in firsts if position is not None]
    if found:
        return min(*found, _office_above(text, start, min(found)))
    tail = lines_of(text, max(start, len(text) - _TAIL), len(text))
    for index, line in enumerate(tail):
        if line.shouted and _office_of(line.text) and any(map(_is_name, tail[index + 1 : index + 5])):
            return line.start
    return None


def _first_of_line(text: str, matches: Iterable[re.Match[str]]) -> int | None:
    """Where the first of `matches` begins that stands first on its line or in its cell."""
    for match in matches:
        before = text[max(0, match.start() - _MARGIN) : match.start()]
        if not _WORD.search(re.split(r"[\n\r|]", before)[-1]):
            return match.start()
    return None


def _office_above(text: str, start: int, recipients: int) -> int:
    """Where an office stands that is set in the column beside the recipients, but a line higher."""
    above = [line for line in lines_of(text, max(start, recipients - _ABOVE), recipients) if line.column]
    return next((line.start for line in above if line.shouted and _office_of(line.text)), recipients)


def read_signatures(text: str, start: int) -> tuple[Signature, ...]:
    """The signatures of the block at `start`, those of joint documents in the text's order."""
    for width in _BLOCKS:
        found = _in_block(lines_of(text, start, min(len(text), start + width)))
        if found and all(signature.signer for signature in found):
            break
    return found


def _in_block(block: Sequence[Line]) -> tuple[Signature, ...]:
    over = next((index for index, line in enumerate(block) if _NEXT.match(line.text)), len(block))
    lines = [_name_alone(line) for line in block[:over] if not _RECIPIENT.match(line.text)]
    columns = {line.column for line in lines if _begins(line)}
    by_column = [[line for line in lines if line.column == column] for column in sorted(columns)]
    blocks = by_column if len(columns) > 1 and all(map(_signer_at, by_column)) else [lines]
    return tuple(signature for block in blocks for signature in _read(block))


def _name_alone(line: Line) -> Line:
    """The line, or the name alone in one that says that it is signed: "Đã ký: Lê Văn An"."""
    said = _SIGNED_BY.match(line.text)
    if said is None:
        return line
    start, end = line.span(said.end(), len(line.text))
    return line._replace(text=line.text[said.end() :], start=start, end=end)


def full_words(words: str) -> str:
    """A position in full words and usual capitals: "CHỦ TỊCH UBND XÃ" → "Chủ tịch Ủy ban nhân dân xã"."""
    written, rest = "", " ".join(words.split()).strip(" ,.")
    while rest:
        office = _office_of(rest)
        issuer = parse_issuer(rest, 0, None)
        if issuer and (office is None or issuer[1] > _length(office)):
            part, rest = issuer[0].name, rest[issuer[1] :]
        elif office:
            part, rest = office.name, rest[_length(office) :]
        else:
            word, _, rest = rest.partition(" ")
            part = word.lower() if word.isupper() else word
        written = f"{written} {part}" if part[:1].isalnum() else written + part
        rest = rest.lstrip()
    written = written.strip()
    return written[:1].upper() + written[1:]


@lru_cache(maxsize=1)
def _offices_by_word() -> dict[str, list[tuple[list[str], Office]]]:
    """Offices by the key of their first word, longest names first, each with the keys of all its words."""
    found: dict[str, list[tuple[list[str], Office]]] = {}
    for office in offices():
        keys = _keys(office.name)
        found.setdefault(keys[0], []).append((keys, office))
    return found


def _keys(words: str) -> list[str]:
    return [key(word) for word in _OFFICE_WORD.findall(words)]


def _office_of(words: str) -> Office | None:
    """The office with the longest name that `words` begin with."""
    return _office_named(words[:_LONGEST_OFFICE])


@lru_cache(maxsize=4096)
def _office_named(words: str) -> Office | None:
    """As `_office_of`, remembered: it is asked of each line of a signature for several ends."""
    first = _OFFICE_WORD.search(words)
    named = _offices_by_word().get(key(first[0])) if first else None
    if named is None:
        return None
    keys = _keys(words)
    return next((office for office_keys, office in named if keys[: len(office_keys)] == office_keys), None)


def office_and_body(words: str) -> tuple[Office | None, str]:
    """The office that `words` begin with, and the words after it, which may name its body."""
    one = " ".join(words.split())
    office = _office_of(one)
    return office, one[_length(office) :].strip() if office else one


def _length(office: Office) -> int:
    return len(office.name)


def _begins(line: Line) -> bool:
    return line.shouted and bool(FORM_OF_SIGNING.match(line.text) or _office_of(line.text))


def _is_office(words: str) -> bool:
    office, rest = office_and_body(words)
    return office is not None and not rest


def _is_name(line: Line) -> bool:
    words = _RANK.sub("", line.text, count=1).split()
    if len(words) not in range(2, 7) or not all(map(str.isalpha, words)) or _office_of(line.text):
        return False
    return bool(_SURNAME.match(line.text)) if line.shouted else all(map(str.istitle, words))


def _signer_at(lines: Sequence[Line]) -> bool:
    return any(map(_begins, lines)) and any(map(_is_name, lines))


def _read(lines: Sequence[Line]) -> list[Signature]:
    """Signatures one after another: each from its first mark or office to its name and the offices right below it."""
    found: list[Signature] = []
    index = 0
    while index < len(lines):
        if not _begins(lines[index]):
            index += 1
            continue
        reach = range(index, min(index + _LINES_TO_NAME, len(lines)))
        name = next((at for at in reach if _is_name(lines[at])), None)
        if name is None:
            unsigned = list(takewhile(lambda line: line.shouted, lines[index:]))
            return [*found, _signature(_shouted(unsigned), None)]
        below = [line for line in lines[name + 1 : name + 2] if line.shouted and _is_office(line.text)]
        found.append(_signature([*_shouted(lines[index:name]), *below], lines[name]))
        index = name + 1 + len(below)
        if not any(FORM_OF_SIGNING.match(line.text) for line in lines[index : index + 3]):
            break
    return found


def _shouted(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.shouted and not _SIGNED.match(line.text)]


def _signature(lines: Sequence[Line], signer: Line | None) -> Signature:
    """Sort the lines above and below the name: for whom (TM.), for which office (KT., TL., TUQ.), and positions."""
    body = office = None
    positions: list[str] = []
    spans = {"signer": (signer.start, signer.end)} if signer else {}
    for words, start, end in _statements(lines):
        mark = FORM_OF_SIGNING.match(words)
        rest = words[mark.end() :].strip() if mark else words
        sense = mark["mark"].replace("/", "") if mark else ""
        if sense == "TM":
            body = body or rest
            spans.setdefault("body", (start, end))
            continue
        position, named = rest, None
        if sense in ("KT", "TL", "TUQ"):
            named = _office_of(rest)
            position = "" if named is None or _names_body(rest, named) else rest[_length(named) :]
        office = office or (named.name if named and position else rest)
        spans.setdefault("office", (start, end))
        if position := full_words(position):
            positions.append(f"Quyền {position}" if sense in ("Q", "QUYỀN") else position)
            spans["position"] = spans.get("position", (start, end))[0], end
    written = ", ".join(dict.fromkeys(positions))
    return Signature(body, office, " ".join(signer.text.split()) if signer else None, written or None, spans)


def _names_body(words: str, office: Office) -> bool:
    """Whether words after an office name its body ("CHỦ TỊCH UBND TỈNH") and are no office of their own."""
    rest = words[_length(office) :].strip()
    return not rest or _office_of(rest) is None


def _statements(lines: Sequence[Line]) -> list[tuple[str, int, int]]:
    """Lines joined where one only goes on with the line before, with their spans: each begins with a mark or an
    office."""
    found: list[tuple[str, int, int]] = []
    for line in lines:
        if not found or FORM_OF_SIGNING.match(line.text) or _office_of(line.text):
            found.append((line.text, line.start, line.end))
        else:
            words, start, _ = found[-1]
            found[-1] = f"{words} {line.text}", start, line.end
    return found
