"""Makes graph/registry/places.tsv and communes.tsv from the data of PyPI `vietnamadminunits` 1.0.4 (MIT).

    pip download vietnamadminunits==1.0.4 --no-deps && unzip vietnamadminunits-1.0.4-py3-none-any.whl -d pkg
    python tools/make_places.py pkg/vietnamadminunits/data graph/registry

The package's table of the 63 provinces is a snapshot of early 2025, so no row says since when its unit exists. The two
provinces and the districts that a snapshot cannot hold stand in places_history.tsv, which is kept by hand.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from graph.registry.places import COLUMNS, split_kind
from graph.text import slug

OLD_END, NEW_START = "2025-06-30", "2025-07-01"
HUE, HUE_START = "Huế", "2025-01-01"  # Nghị quyết 175/2024/QH15

Row = tuple[str, ...]
Ward = tuple[str, str]


def split(full: str) -> tuple[str, str]:
    """The kind and the bare name, without the zero of "Phường 01"."""
    kind, name = split_kind(full)
    return kind, str(int(name)) if name.isdigit() else name


def short(full: str) -> str:
    return " ".join(split(full))


def row(full: str, province: str, district: str, start: str, end: str, became: Iterable[str] = ()) -> Row:
    kind, name = split(full)
    return slug(name), name, kind, province, district, start, end, ";".join(became)


def heirs(links: dict[str, dict[str, dict[str, list[object]]]]) -> dict[str, list[Ward]]:
    """Each old commune's key to the (province key, commune key) that it became, the one named as main heir first."""
    found: dict[str, list[Ward]] = defaultdict(list)
    for province, wards in links["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            for old in olds:
                found[str(old)].append((province, ward))
    for province, divided in links["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in divided.items():
            ranked = sorted(parts, key=lambda part: not part["isDefaultNewWard"])  # type: ignore[index]
            found[old].extend((province, part["newWardKey"]) for part in ranked)  # type: ignore[index]
    return found


def provinces(db: sqlite3.Connection, links: dict[str, dict[str, list[str]]]) -> dict[str, Row]:
    """Province rows by key. One that kept name and kind is one row, though its territory may have grown."""
    old = dict(db.execute("SELECT DISTINCT provinceKey, province FROM admin_units_legacy"))
    new = dict(db.execute("SELECT DISTINCT provinceKey, province FROM admin_units"))
    heir = {gone: key for key, parts in links["DICT_PROVINCE"].items() for gone in parts}
    rows: dict[str, Row] = {}
    for key, full in (old | new).items():
        kind, name = split(full)
        start = HUE_START if name == HUE else "" if key in old else NEW_START
        became = () if key in new else (short(new[heir[key]]),)
        rows[key] = (slug(name), name, kind, "", "", start, "" if key in new else OLD_END, ";".join(became))
    return rows


def write(path: Path, rows: Iterable[Row]) -> None:
    lines = ["\t".join(COLUMNS), *sorted("\t".join(row) for row in set(rows))]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main(data: Path, target: Path) -> None:
    db = sqlite3.connect(f"file:{data / 'dataset.db'}?mode=ro", uri=True)
    links = json.loads((data / "converter_2025.json").read_text("utf-8"))
    tops = provinces(db, links)
    new = {
        (province, key): (full, tops[province][1])
        for province, key, full in db.execute("SELECT provinceKey, wardKey, ward FROM admin_units")
    }
    became = heirs(links)
    districts: set[Row] = set()
    communes = [row(full, province, "", NEW_START, "") for full, province in new.values()]
    query = "SELECT provinceKey, districtKey, wardKey, district, ward FROM admin_units_legacy"
    for province, district_key, key, district, ward in db.execute(query):
        top, parts = tops[province][1], became[f"{province}_{district_key}_{key or ''}"]
        names = tuple(short(new[part][0]) for part in parts)
        start = HUE_START if top == HUE else ""
        districts.add(row(district, top, "", start, OLD_END, () if ward else names))
        if ward:
            communes.append(row(ward, top, short(district), start, OLD_END, names))
    write(target / "places.tsv", [*tops.values(), *districts])
    write(target / "communes.tsv", communes)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
