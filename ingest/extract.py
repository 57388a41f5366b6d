"""Write what was read as one JSON file a document, with offsets into the file as read.

The fields are those of the annotation guide for such files; mentions carry score and status besides, and edges their
evidence, the kind of place that states them, and a score. What is inferred and stated nowhere is left out.
"""

from __future__ import annotations

import json
import os
import secrets
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path, PurePath
from typing import Any

from graph.errors import CancuError
from graph.model import COUNTRY, Claim, Document, Edge, Header, Level, Matching, Place, Reading, Resolution, Zone
from graph.resolve import resolve, statements, weave
from graph.where import spans_by_field
from ingest.readers import format_of

_LEVELS = tuple(Level)
_ZONES = tuple(Zone)
_LONGEST_NAME = 200
_DIGEST = 16


def extract_document(reading: Reading, resolution: Resolution) -> dict[str, Any]:
    """One reading as an object of JSON: `file`, `document`, `mentions`, `edges`, `parts`, `period`, `recipients` and
    `deadlines`.

    `resolution` is that of all readings together. Mentions leave out the document's own header; edges are those that
    this text states, its own and those between documents that it cites, the strongest for each pair.
    """
    identifier = resolution.assigned[reading.source.digest][0]
    return _extract(reading, resolution, next(one for one in resolution.documents if one.id == identifier))


def write_extracts(readings: Iterable[Reading], directory: Path) -> list[Path]:
    """Write one JSON file for each reading into `directory`, made where it is missing, and return their paths, sorted.

    A file has the name of its source with the suffix .json; sources whose names would meet get name and digest. Where
    offsets index a text that the reader made, that text stands beside it with the suffix .txt. Every file is written
    whole or not at all. Raises CancuError where that cannot be, or where such a text would replace a file that is not
    of an earlier extract.
    """
    distinct = {(reading.source.name, reading.source.digest): reading for reading in readings}
    ordered = [distinct[key] for key in sorted(distinct)]
    resolution = resolve(ordered)
    documents = {document.id: document for document in resolution.documents}
    bases = _bases(ordered)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for base in (base for base, reading in zip(bases, ordered, strict=True) if _made(reading)):
            _refuse_strangers(directory, base)
        written = []
        for base, reading in zip(bases, ordered, strict=True):
            own = documents[resolution.assigned[reading.source.digest][0]]
            written.append(_write(directory, base, reading, _extract(reading, resolution, own)))
        return sorted(written)
    except OSError as error:
        reason = f"{directory}: cannot be written ({error.strerror})"
        raise CancuError(reason, remedy="give a folder that you may write to, on a disk with room") from error


def _extract(reading: Reading, resolution: Resolution, own: Document) -> dict[str, Any]:
    digest = reading.source.digest
    entities = resolution.assigned[digest]
    header = reading.claims[0].header or Header()
    return {
        "file": reading.source.name,
        "document": _document(reading.claims[0], own),
        "mentions": [
            _mention(*each)
            for each in zip(reading.claims[1:], entities[1:], resolution.matching[digest][1:], strict=True)
        ],
        "edges": _edges(reading, entities),
        "parts": _parts(reading.claims[0], own),
        "period": asdict(header.period) if header.period else None,
        "recipients": [asdict(recipient) for recipient in reading.recipients],
        "deadlines": [asdict(deadline) for deadline in reading.deadlines],
    }


def _document(own: Claim, document: Document) -> dict[str, Any]:
    header = own.header or Header()
    place = _down_to(header.level, own.place or COUNTRY)
    return {
        "id": document.id,
        "type": own.type,
        "number": own.number and (document.sign or own.number),
        "issuer": own.issuer,
        "branch": header.branch,
        "level": header.level,
        "province": place.province,
        "district": place.district,
        "commune": place.commune,
        "date": own.date,
        "title": own.title,
        "signer": header.signer,
        "signer_position": header.signer_position,
        "evidence": spans_by_field(header.evidence),
    }


def _parts(own: Claim, document: Document) -> list[dict[str, Any]]:
    """The further documents of the file. What one does not say itself is that of the first, whose part it is."""
    sign = own.number and (document.sign or own.number)
    return [
        {
            **asdict(part),
            "number": part.number or sign,
            "issuer": part.issuer or own.issuer,
            "date": part.date or own.date,
            "part_of": document.id,
            "evidence": spans_by_field(part.evidence),
        }
        for part in (own.header or Header()).parts
    ]


def _down_to(level: Level | None, place: Place) -> Place:
    """`place` without what lies below `level`."""
    depth = len(_LEVELS) if level is None else _LEVELS.index(level)
    names = (place.province, place.district, place.commune)
    return Place(*(name if at <= depth else None for at, name in enumerate(names, 1)))


def _mention(claim: Claim, entity: str, matching: Matching) -> dict[str, Any]:
    return {
        "text": claim.text,
        "start": claim.start,
        "end": claim.end,
        "entity": entity,
        "type": claim.type,
        "number": claim.number,
        "date": claim.date,
        "issuer": claim.issuer,
        "zone": claim.zone,
        "optional": claim.optional,
        "score": claim.score,
        "status": matching,
    }


def _edges(reading: Reading, entities: Sequence[str]) -> list[dict[str, Any]]:
    sure = {
        (entities[stated.subject], stated.relation, entities[stated.object])
        for stated in reading.relations
        if not stated.optional
    }
    woven = weave(statements(reading, entities))
    starts = [part.start for part in (reading.claims[0].header or Header()).parts]
    return [_edge(edge, (edge.source, edge.relation, edge.target) not in sure, starts) for edge in woven]


def _edge(edge: Edge, optional: bool, starts: Sequence[int]) -> dict[str, Any]:
    """`starts` are where the further documents of the file begin; `part` is the place in `parts` of the one that states
    the edge, None for the first document."""
    best = edge.evidence[0]
    part = bisect_right(starts, best.mention_start) - 1
    return {
        "source": edge.source,
        "relation": edge.relation,
        "target": edge.target,
        "zone": min((evidence.zone for evidence in edge.evidence), key=_ZONES.index),
        "optional": optional,
        "evidence": {"start": best.start, "end": best.end},
        "stated_in": edge.stated_in,
        "score": edge.score,
        "part": part if part >= 0 else None,
    }


def _made(reading: Reading) -> bool:
    form = format_of(PurePath(reading.source.name))
    return form is not None and form.made


def _bases(readings: Sequence[Reading]) -> list[str]:
    """For each reading the name of its files without suffix. It depends on the set of readings, not on their order."""
    stems = [PurePath(reading.source.name).stem for reading in readings]
    met = Counter(map(_as_on_disk, stems))
    return [
        _fitting(stem, reading.source.digest)
        if met[_as_on_disk(stem)] == 1
        else _fitting(f"{reading.source.name}.{reading.source.digest[:_DIGEST]}", reading.source.digest)
        for stem, reading in zip(stems, readings, strict=True)
    ]


def _as_on_disk(name: str) -> str:
    """What is equal for names that some file systems take for one."""
    return unicodedata.normalize("NFC", name).casefold()


def _fitting(base: str, digest: str) -> str:
    """`base`, cut to the length that file systems allow; the digest then keeps it apart from others."""
    encoded = base.encode("utf-8")
    if len(encoded) <= _LONGEST_NAME:
        return base
    return f"{encoded[:_LONGEST_NAME].decode('utf-8', 'ignore')}.{digest[:_DIGEST]}"


def _refuse_strangers(directory: Path, base: str) -> None:
    text = directory / f"{base}.txt"
    if os.path.lexists(text) and not (directory / f"{base}.json").exists():
        raise CancuError(f"{text}: would be replaced, and is no earlier extract", remedy="give another output folder")


def _write(directory: Path, base: str, reading: Reading, extract: dict[str, Any]) -> Path:
    path = directory / f"{base}.json"
    if _made(reading):
        _replace(directory / f"{base}.txt", reading.source.text)
    _replace(path, json.dumps(extract, ensure_ascii=False, indent=1) + "\n")
    return path


def _replace(path: Path, content: str) -> None:
    """Write beside `path` and then rename, so that nobody meets half a file. Line ends are kept as they are."""
    beside = path.parent / f".{secrets.token_hex(8)}.tmp"
    try:
        with beside.open("x", encoding="utf-8", newline="") as file:
            file.write(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
