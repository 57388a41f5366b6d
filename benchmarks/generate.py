"""Plans as readings, made up from a seed around real signs, issuers and places.

    for reading in generate(1_000, seed=7): ...

A document is a function of the seed and of its number alone: the first thousand of a larger set are those of a smaller
one. Documents are of four levels, cite 12 times on average, and are themselves cited by later ones of their province;
few documents are cited very often, most never (both ranks follow a power law). Mentions vary as in real plans: with and
without date, title and place, now and then with a wrong day. `Source.text` holds the citing sentences and nothing more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from graph.model import (
    COUNTRY,
    Branch,
    Claim,
    Header,
    Level,
    Place,
    Reading,
    Relation,
    RelationClaim,
    Source,
    StatedIn,
    Status,
    Zone,
)
from graph.registry.laws import laws
from graph.registry.load import load_table
from graph.registry.places import COLUMNS, provinces, split_kind

FIRST_DAY, DAYS = date(2016, 1, 1), 3_450
"""The span of dates: until districts ceased to be, on 2025-06-30."""
HUB = "33/CT-TTg"
_STEERING = (
    (HUB, "Chỉ thị", "2021-11-26", "Thủ tướng Chính phủ",
     "tiếp tục tăng cường và đổi mới công tác dân vận của cơ quan hành chính nhà nước, chính quyền các cấp"),
    ("25-NQ/TW", "Nghị quyết", "2013-06-03", "Ban Chấp hành Trung ương Đảng",
     "tăng cường và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận trong tình hình mới"),
    ("43-KL/TW", "Kết luận", "2019-01-07", "Ban Bí thư Trung ương Đảng",
     "tiếp tục thực hiện Nghị quyết 25-NQ/TW về công tác dân vận trong tình hình mới"),
    ("23-QĐ/TW", "Quyết định", "2021-07-30", "Bộ Chính trị", "Quy chế công tác dân vận của hệ thống chính trị"),
    ("16/CT-TTg", "Chỉ thị", "2018-05-16", "Thủ tướng Chính phủ",
     "tiếp tục đẩy mạnh công tác dân vận của cơ quan hành chính nhà nước, chính quyền các cấp trong tình hình mới"),
    ("05-CT/TW", "Chỉ thị", "2016-05-15", "Bộ Chính trị",
     "đẩy mạnh việc học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh"),
    ("30/2020/NĐ-CP", "Nghị định", "2020-03-05", "Chính phủ", "công tác văn thư"),
)  # fmt: skip
_SUBJECTS = (
    "công tác dân vận", "cải cách hành chính", "phòng cháy, chữa cháy rừng", "chuyển đổi số", "giảm nghèo bền vững",
    "phòng, chống thiên tai và tìm kiếm cứu nạn", "xây dựng nông thôn mới", "giải quyết khiếu nại, tố cáo",
    "thực hiện dân chủ ở cơ sở", "phòng, chống tham nhũng, tiêu cực", "bảo vệ môi trường", "an toàn thực phẩm",
)  # fmt: skip
_LEVELS = ((Level.CENTRAL, 2), (Level.PROVINCE, 28), (Level.DISTRICT, 30), (Level.COMMUNE, 40))
_NUMBERS = {Level.CENTRAL: 2_000, Level.PROVINCE: 900, Level.DISTRICT: 300, Level.COMMUNE: 120}
_STATE = (("Kế hoạch", "KH"), ("Kế hoạch", "KH"), ("Quyết định", "QĐ"), ("Chỉ thị", "CT"))
_PARTY = (("Kế hoạch", "KH"), ("Nghị quyết", "NQ"), ("Chương trình", "CTr"))
_COMMITTEES = {
    Level.PROVINCE: ("TU", "Ban Thường vụ Tỉnh ủy"),
    Level.DISTRICT: ("HU", "Ban Thường vụ Huyện ủy"),
    Level.COMMUNE: ("ĐU", "Ban Chấp hành Đảng bộ xã"),
}
_WORDS = {
    Relation.IMPLEMENTS: "thực hiện",
    Relation.BASED_ON: "Căn cứ",
    Relation.CITES: "theo",
    Relation.DISSEMINATES: "tuyên truyền, phổ biến",
    Relation.MONITORS: "kiểm tra việc thực hiện",
}
_IN_BODY = (Relation.IMPLEMENTS, Relation.CITES, Relation.CITES, Relation.DISSEMINATES, Relation.MONITORS)


@dataclass(frozen=True, slots=True)
class Head:
    """What a made-up document says of itself. `day` is its date, ISO."""

    number: int
    sign: str
    type: str
    day: str
    issuer: str
    title: str
    level: Level
    branch: Branch
    place: Place


def generate(count: int, *, seed: int = 0, first: int = 0) -> Iterator[Reading]:
    """Readings of documents number `first` to `first + count` of the set that `seed` names."""
    makers = Maker(seed)
    for number in range(first, first + count):
        yield makers.reading(number)


def hub_citations(count: int, *, seed: int = 0) -> Iterator[Reading]:
    """Readings of as many plans that each cite one directive, 33/CT-TTg of 2021, and nothing else."""
    makers = Maker(seed)
    goal = next(one for one in canon() if one.sign == HUB)
    for number in range(count):
        rng = Random(f"{seed}:hub:{number}")
        yield _written(makers.head(number), [(goal, Relation.IMPLEMENTS, Zone.PREAMBLE)], rng)


class Maker:
    """The documents of one seed, by number."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self.head = lru_cache(maxsize=262_144)(self._head)

    def reading(self, number: int) -> Reading:
        rng = Random(f"{self._seed}:cites:{number}")
        return _written(self.head(number), self._related(number, rng), rng)

    def related(self, number: int) -> list[tuple[Head, Relation, Zone]]:
        """What a document cites, each once, how, and where."""
        return self._related(number, Random(f"{self._seed}:cites:{number}"))

    def _related(self, number: int, rng: Random) -> list[tuple[Head, Relation, Zone]]:
        head = self.head(number)
        cited = dict.fromkeys(self._cited(head, rng) for _ in range(_power(rng, 1, 30)))
        return [(one, *_relation(rank, rng)) for rank, one in enumerate(cited)]

    def _cited(self, head: Head, rng: Random) -> Head:
        """A directive of the Centre, or an earlier document of the province, the low numbers more often."""
        slots = len(provinces())
        if rng.random() < 0.4 and head.number >= slots:
            for _ in range(4):
                other = self.head(head.number % slots + slots * int(head.number // slots * rng.random() ** 3))
                if other.day < head.day and other.level is not Level.COMMUNE and other.number != head.number:
                    return other
        known = canon()
        while (other := known[int(len(known) * rng.random() ** 4)]).day > head.day:
            continue
        return other

    def _head(self, number: int) -> Head:
        rng = Random(f"{self._seed}:{number}")
        level = rng.choices([level for level, _ in _LEVELS], [weight for _, weight in _LEVELS])[0]
        day = (FIRST_DAY + timedelta(days=rng.randrange(DAYS))).isoformat()
        place = _place(level, number % len(provinces()), rng)
        running = 1 + int(_NUMBERS[level] * rng.random() ** 1.5)
        party = level is not Level.CENTRAL and rng.random() < 0.25
        type, code = rng.choice(_PARTY if party else _STATE)
        title = f"{rng.choice(_SUBJECTS)} năm {day[:4]}"
        if level is not Level.CENTRAL and rng.random() < 0.3:
            title = f"thực hiện {canon()[int(40 * rng.random() ** 2)].title}"
        branch = Branch.PARTY if party else Branch.STATE
        sign, issuer = _numbered(running, code, level, place, party=party)
        return Head(number, sign, type, day, issuer, title, level, branch, place)


def _numbered(running: int, code: str, level: Level, place: Place, *, party: bool) -> tuple[str, str]:
    """Sign and issuer of a document with this number in its series."""
    name = place.commune or place.district or place.province or ""
    if level is Level.CENTRAL:
        return f"{running:02}/{code}-TTg", "Thủ tướng Chính phủ"
    if party:
        letters, committee = _COMMITTEES[level]
        return f"{running:02}-{code}/{letters}", f"{committee} {name}"
    return f"{running:02}/{code}-UBND", f"Ủy ban nhân dân {place.kind} {name}"


@lru_cache(maxsize=1)
def canon() -> tuple[Head, ...]:
    """Documents of the Centre that exist, the most cited first."""
    known = [
        Head(-1, sign, type, day, issuer, title, Level.CENTRAL, Branch.STATE, COUNTRY)
        for sign, type, day, issuer, title in _STEERING
    ]
    enacted = [
        Head(-1, law.sign, law.type, law.date, "Quốc hội", law.name, Level.CENTRAL, Branch.STATE, COUNTRY)
        for law in laws()
        if law.sign
    ]
    return (*known, *sorted(enacted, key=lambda head: hashlib.sha256(head.sign.encode()).digest()))


@lru_cache(maxsize=1)
def _units() -> dict[str, dict[Level, list[Place]]]:
    """The districts and communes of each province until 2025-06-30."""
    found: dict[str, dict[Level, list[Place]]] = {
        unit.name: {Level.PROVINCE: [Place(unit.name, kind=unit.kind)], Level.DISTRICT: [], Level.COMMUNE: []}
        for unit in provinces()
    }
    for line in load_table("places.tsv", COLUMNS):
        _, name, kind, province, _, _, last, _ = line.split("\t")
        if province and last:
            found[province][Level.DISTRICT].append(Place(province, name, kind=kind))
    for line in load_table("communes.tsv", COLUMNS):
        _, name, kind, province, district, _, last, _ = line.split("\t")
        if district and last:
            found[province][Level.COMMUNE].append(Place(province, split_kind(district)[1], name, kind))
    return found


def _place(level: Level, slot: int, rng: Random) -> Place:
    if level is Level.CENTRAL:
        return COUNTRY
    within = _units()[provinces()[slot].name]
    return rng.choice(within[level] or within[Level.PROVINCE])


def _power(rng: Random, least: int, most: int) -> int:
    """A number from `least` to `most`, small ones more often; about 8 on average from 1 to 30."""
    return least + int((most - least) * rng.random() ** 2.6)


def _relation(rank: int, rng: Random) -> tuple[Relation, Zone]:
    """How the document cited at this rank is cited: legal bases first, tasks and mentions after them."""
    if rank < 3:
        return Relation.BASED_ON, Zone.PREAMBLE
    if rank == 3:
        return Relation.IMPLEMENTS, Zone.PREAMBLE
    return rng.choice(_IN_BODY), Zone.BODY


def _written(head: Head, cited: list[tuple[Head, Relation, Zone]], rng: Random) -> Reading:
    """The reading of a text that cites each document in a sentence, and some of them again without date and title."""
    lines = [f"Số: {head.sign}", f"{head.type.upper()} {head.title}", f"[{head.number}]"]
    at = sum(len(line) + 1 for line in lines)
    claims, relations = [_own(head)], []
    for other, relation, zone in cited:
        for claim in _mentions(other, zone, rng):
            before = f"{_WORDS[relation]} "
            line = f"{before}{claim.text};"
            start = at + len(before)
            claims.append(replace(claim, start=start, end=start + len(claim.text)))
            place = StatedIn.PREAMBLE if zone is Zone.PREAMBLE else StatedIn.BODY
            relations.append(RelationClaim(0, relation, len(claims) - 1, zone, place, at, at + len(line), line))
            lines.append(line)
            at += len(line) + 1
    text = "\n".join(lines)
    source = Source(hashlib.sha256(text.encode()).hexdigest(), f"{head.number}.txt", text)
    return Reading(source, tuple(claims), tuple(relations))


def _own(head: Head) -> Claim:
    header = Header(head.branch, head.level, Status.ISSUED)
    return Claim(
        4, 4 + len(head.sign), head.sign, head.type, head.sign, issuer=head.issuer, place=head.place, date=head.day,
        title=head.title, zone=Zone.TITLE, own=True, header=header,
    )  # fmt: skip


def _mentions(other: Head, zone: Zone, rng: Random) -> Iterator[Claim]:
    """One mention as full as the chance has it, and in one of two cases a bare one after it."""
    dated, titled = rng.random() < 0.85, rng.random() < 0.6
    day = other.day if rng.random() < 0.98 else _wrong(other.day, rng)
    half = other.title[: len(other.title) // 2].rpartition(" ")[0]
    title = rng.choices((other.title, f"về {other.title}", half), (6, 3, 1))[0]
    placed = other.place == COUNTRY or rng.random() < 0.98
    text = f"{other.type} số {other.sign}"
    text += f" ngày {day[8:]}/{day[5:7]}/{day[:4]}" if dated else ""
    full = Claim(
        0, 0, f"{text} của {other.issuer}", other.type, other.sign, issuer=other.issuer,
        place=other.place if placed else None, date=day if dated else None, title=title if titled else None, zone=zone,
    )  # fmt: skip
    yield full
    if rng.random() < 0.5:
        yield Claim(0, 0, f"{other.type} {other.sign}", other.type, other.sign, place=full.place, zone=Zone.BODY)


def _wrong(day: str, rng: Random) -> str:
    """Another day of the same year."""
    return f"{day[:4]}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
