"""How long the page of a directive that thousands implement takes, and how large it is.

Run: `python benchmarks/hub_page.py [--plans 20000]`. It generates a store of plans from every province, in
all stated tiers and one in five through a chain, serves it with `cancu serve`, and asks over HTTP. Status 1 where a bar
is missed.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

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
from graph.registry.places import provinces
from graph.store import open_store

DIRECTIVE = "33.ct-ttg~2021"
TITLE = "tiếp tục tăng cường và đổi mới công tác dân vận của cơ quan hành chính nhà nước, chính quyền các cấp"
FIRST_BYTE_MS, PAGE_KB = 300, 200
TIMES = 5
KINDS = (
    (Relation.IMPLEMENTS, Zone.TITLE, StatedIn.OWN_TITLE, "Thực hiện"),
    (Relation.BASED_ON, Zone.PREAMBLE, StatedIn.PREAMBLE, "Căn cứ"),
    (Relation.IMPLEMENTS, Zone.BODY, StatedIn.BODY, "Tiếp tục thực hiện"),
    (Relation.DISSEMINATES, Zone.BODY, StatedIn.BODY, "Tuyên truyền, phổ biến"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer over HTTP: milliseconds to the first byte of the body and to the last, and its size in bytes."""

    first: float
    last: float
    size: int


def plans(count: int) -> Iterator[Reading]:
    """Plans of people's committees; every fifth implements the one before it and reaches the directive through it."""
    names = [unit.name for unit in provinces()]
    for number in range(count):
        place = Place(province=names[number // 5 % len(names)], kind="tỉnh")
        chained = number % 5 == 4
        yield _plan(number, place, KINDS[0] if chained else KINDS[number % 5 % len(KINDS)], through=chained)


def _plan(number: int, place: Place, kind: tuple[Relation, Zone, StatedIn, str], *, through: bool) -> Reading:
    relation, zone, stated_in, words = kind
    sign = f"{number + 1}/KH-UBND"
    head = f"Số: {sign}\nKẾ HOẠCH công tác năm {number}\n"
    if through:
        cited, date, issuer, of = f"{number}/KH-UBND", "2022-01-10", _committee(place), place
        mention = f"Kế hoạch số {cited} ngày 10/01/2022 của {issuer}"
    else:
        cited, date, issuer, of = "33/CT-TTg", "2021-11-26", "Thủ tướng Chính phủ", COUNTRY
        mention = f"Chỉ thị số {cited} ngày 26/11/2021 của Thủ tướng Chính phủ"
    start = len(head)
    sentence = f"{words} {mention} về {TITLE}, {_committee(place)} ban hành kế hoạch với các nội dung sau:"
    at = start + len(words) + 1
    text = head + sentence
    own = Claim(
        5, 5 + len(sign), sign, "Kế hoạch", sign, issuer=_committee(place), place=place, date="2022-01-10",
        title=f"công tác năm {number}", zone=Zone.TITLE, own=True,
        header=Header(Branch.STATE, Level.PROVINCE, Status.ISSUED),
    )  # fmt: skip
    target = Claim(
        at, at + len(mention), mention, mention.split(" số ")[0], cited, issuer=issuer, place=of, date=date,
        title=None if through else TITLE, zone=zone,
    )  # fmt: skip
    stated = RelationClaim(0, relation, 1, zone, stated_in, start, len(text), sentence)
    source = Source(hashlib.sha256(text.encode()).hexdigest(), f"{number}.txt", text)
    return Reading(source, (own, target), (stated,))


def _committee(place: Place) -> str:
    return f"Ủy ban nhân dân tỉnh {place.province}"


@contextmanager
def serving(store: str) -> Iterator[tuple[str, int]]:
    """Host and port of `cancu serve` over the store."""
    command = [sys.executable, "-c", "from api.cli import main; main()", "serve", "--port", "0", "--store", store]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            told = next(process.stdout or iter(()))
            host, _, port = told.rstrip("/\n").rpartition("//")[2].partition(":")
            yield host, int(port)
        finally:
            process.terminate()


def ask(host: str, port: int, path: str) -> Answer:
    """Ask over a connection of its own."""
    with closing(http.client.HTTPConnection(host, port, timeout=120)) as connection:
        start = time.perf_counter()
        connection.request("GET", path, headers={"Accept": "text/html"})
        response = connection.getresponse()
        if response.status != http.client.OK:
            raise SystemExit(f"{path}: status {response.status}")
        body = response.read(1)
        first = time.perf_counter() - start
        body += response.read()
        return Answer(first * 1000, (time.perf_counter() - start) * 1000, len(body))


def main() -> int:
    """Generate, serve, ask, print; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--plans", type=int, default=20_000)
    count = parser.parse_args().plans
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder) / 'hub.db'}"
        start = time.perf_counter()
        with closing(open_store(address)) as store:
            store.put(plans(count))
        print(f"{count} plans stored in {time.perf_counter() - start:.1f} s")
        with serving(address) as (host, port):
            page = f"/documents/{DIRECTIVE}"
            api = f"/api/v1/documents/{DIRECTIVE}/implementers"
            asked = {
                "document page": page,
                "one tier, second slice": f"{page}?section=made_for&offset=50",
                "REST, 50 items": f"{api}?limit=50",
            }
            cold = ask(host, port, page)
            print(f"{'':24}{'first byte ms':>14}{'whole ms':>10}{'kB':>8}")
            _show("document page, cold", cold)
            answers = {name: _median([ask(host, port, path) for _ in range(TIMES)]) for name, path in asked.items()}
            for name, answer in answers.items():
                _show(name, answer)
    worst = max(cold.first, answers["document page"].first)
    size = cold.size / 1000
    print(f"first byte {worst:.0f} ms of {FIRST_BYTE_MS} allowed (ratio {worst / FIRST_BYTE_MS:.2f})")
    print(f"page {size:.0f} kB of {PAGE_KB} allowed (ratio {size / PAGE_KB:.2f})")
    return int(worst > FIRST_BYTE_MS or size > PAGE_KB)


def _median(answers: list[Answer]) -> Answer:
    return Answer(median(one.first for one in answers), median(one.last for one in answers), answers[0].size)


def _show(name: str, answer: Answer) -> None:
    print(f"{name:24}{answer.first:14.0f}{answer.last:10.0f}{answer.size / 1000:8.0f}")


if __name__ == "__main__":
    sys.exit(main())
