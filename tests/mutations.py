"""Mutated documents, and what must hold of every reading: for the test of mutations and for benchmarks/fuzz.py."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from pathlib import Path, PurePath
from random import Random

from graph.errors import ReadError
from graph.model import Reading
from ingest.clean import clean
from ingest.pipeline import read_text
from ingest.read import read_file
from ingest.readers import format_of

DOCUMENTS = sorted((Path(__file__).parents[1] / "examples" / "documents").iterdir())
FRAGMENTS = (
    *("\x00", "\x1b[31m", "\x7f", "\r", "\r\n", "\t", "\f", "\v", "\n", "\n\n", "\u2028", "\x85"),
    *("\u0301", "\u0323", "\u0300\u0303", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u202e", "\u2066", "\u061c", "\ufe0f"),
    *("\u00a0", "\u3000", "\U0001f600", "\U0010ffff", "\uffff", "漢", "ß", "ſ", "İ", "ﬁ", "𝟛", "٣", "²", "½", "Ⅻ"),
    *("1", "0", "33", "2021", "99999999", "/", "-", "–", "_", ".", ",", ";", ":", "…", "|", "*", "#", ">", "&", "=", "\\"),
    *("“", "”", '"', "'", "«", "»", "(", ")", "[", "]", "<", ">", "[1]", "<sup>1</sup>", "**", "<!--", "-->", "&#xD800;"),
    *("số ", "Số: ", "/CT-TTg", "-NQ/TW", "/QĐ-UBND", "/2021/QH15", "33/CT-TTg", "30c/NQ-CP", "12-", "TTLT-BNV-BTC"),
    *("Căn cứ ", "Luật ", "Bộ luật ", "Pháp lệnh ", "Hiến pháp ", "Nghị quyết ", "Chỉ thị ", "Quyết định ", "Kế hoạch "),
    *("Luật sửa đổi, bổ sung một số điều của ", "Nghị quyết Đại hội ", "Nghị quyết Trung ương 8 khóa XI", "Điều lệ Đảng"),
    *("của ", "và ", "của UBND tỉnh ", "giữa ", "ngày 26/11/2021", "ngày 31 tháng 13 năm 2021", "tháng 02 năm 2024"),
    *("về việc thực hiện ", "triển khai thực hiện ", "theo ", "như sau:", "khoản 1 Điều 2 ", "thay thế ", "được sửa đổi bởi "),
    *("TM. ỦY BAN NHÂN DÂN\n", "KT. CHỦ TỊCH\n", "Nơi nhận:\n", "KẾ HOẠCH\n", "DỰ THẢO\n", "MẬT\n", "Điều 1. ", "I. ", "- "),
)
"""What is inserted: controls, marks, unseen characters and turns of direction, digits, quotes, markup, words of rules."""
MOST_EDITS = 12
MOST_REPEATS = 400


class Kind(Enum):
    CUT = "cut"
    DOUBLE = "double"
    SWAP = "swap"
    INSERT = "insert"
    UPPER = "upper"


@dataclass(frozen=True, slots=True)
class Edit:
    """One mutation. `at`, `to` and `length` are parts of the text's length, in 0..1; `fragment` is inserted `times`."""

    kind: Kind
    at: float
    to: float = 0.0
    length: float = 0.0
    fragment: str = ""
    times: int = 1

    def apply(self, text: str) -> str:
        start = int(self.at * len(text))
        end = start + int(self.length * (len(text) - start))
        if self.kind is Kind.INSERT:
            return text[:start] + self.fragment * self.times + text[start:]
        if self.kind is Kind.UPPER:
            return text[:start] + text[start:end].upper() + text[end:]
        rest = text[:start] + text[end:]
        if self.kind is Kind.CUT:
            return rest
        left = text if self.kind is Kind.DOUBLE else rest
        place = int(self.to * len(left))
        return left[:place] + text[start:end] + left[place:]


def random_edit(random: Random) -> Edit:
    kind = random.choice([*Kind, Kind.INSERT, Kind.INSERT])
    length = random.random() ** 3
    times = 1 if random.random() < 0.9 else random.randint(2, MOST_REPEATS)
    return Edit(kind, random.random(), random.random(), length, random.choice(FRAGMENTS), times)


@lru_cache(maxsize=64)
def source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def mutated(number: int) -> tuple[Path, str]:
    """The document and the text of mutation `number`; always the same."""
    random = Random(number)
    path = random.choice(DOCUMENTS)
    edits = [random_edit(random) for _ in range(random.randint(1, MOST_EDITS))]
    return path, edited(source(path), edits)


def edited(text: str, edits: Sequence[Edit]) -> str:
    for edit in edits:
        text = edit.apply(text)
    return text


def read(path: PurePath, text: str) -> Reading | None:
    """The reading of a file with this name and text, None where it is refused for a reason that the user is told."""
    form = format_of(path)
    assert form is not None
    try:
        return read_text(clean(path.name, form.read(text.encode("utf-8"))))
    except ReadError:
        return None


def faults(reading: Reading) -> Iterator[str]:
    """What is wrong with a reading, whatever its text is."""
    raw, claims = reading.source.text, reading.claims
    for position, claim in enumerate(claims):
        if claim.own != (position == 0):
            yield f"claim {position} is taken for the document's own, or its own for another's"
        if claim.text != raw[claim.start : claim.end] or not 0 <= claim.start <= claim.end <= len(raw):
            yield f"claim {position}: {claim.text!r} is not what stands at {claim.start}..{claim.end}"
        if not 0 <= claim.score <= 1:
            yield f"claim {position} scores {claim.score}"
    for left, right in pairwise(claims[1:]):
        if left.end > right.start:
            yield f"claims {left.text!r} and {right.text!r} overlap or stand out of order"
    for relation in reading.relations:
        pair = relation.subject, relation.object
        if not all(0 <= position < len(claims) for position in pair) or pair[0] == pair[1] or relation.object == 0:
            yield f"a relation between claims {pair} of {len(claims)}"
            continue
        shown = claims[relation.object]
        if not 0 <= relation.start <= relation.end <= len(raw):
            yield f"evidence at {relation.start}..{relation.end} of {len(raw)}"
        if relation.subject == 0 and not relation.start <= shown.start <= shown.end <= relation.end:
            yield f"evidence without its mention {shown.text!r}: {raw[relation.start : relation.end]!r}"
        if not relation.quote:
            yield f"evidence without words for {shown.text!r}"


@lru_cache(maxsize=1)
def usual_seconds() -> float:
    """Processor time of this machine for a kilobyte of the examples as they are: the measure of a stall."""
    texts = [read_file(path) for path in DOCUMENTS]
    for text in texts:
        read_text(text)
    start = time.process_time()
    for text in texts:
        read_text(text)
    return (time.process_time() - start) / sum(len(text.raw.encode()) for text in texts) * 1_000
