"""How right the extractor is on annotated documents: by document, by relation, and by the scores it gives.

Run: `python benchmarks/accuracy.py GOLD TEXTS [GOLD TEXTS ...] [--scorer PROGRAM]`. Each GOLD is a folder of annotation
files NAME.json, its TEXTS the folder that holds NAME.txt for each. Every set is extracted by itself and reported by
itself, as Markdown; the calibration table at the end is over all of them. Intervals are of 95 %: over documents by
1,000 draws with a fixed seed, in the calibration table Wilson's.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.intervals import Interval, bootstrap, wilson
from benchmarks.scoring import Report, Scored, Scorer, extract

SCORER = Path(__file__).parents[2] / "shared" / "tools" / "score"
_FIELDS = ("number", "date", "issuer", "zone")
_METADATA = ("filled", "null")
Figure = Callable[[Sequence[Report]], float]
Reach = dict[float, tuple[int, int]]


def _f1(right: int, invented: int, missed: int) -> float:
    total = 2 * right + invented + missed
    return 2 * right / total if total else math.nan


def _of(counts: Report) -> float:
    return _f1(counts["tp"], counts["fp"], counts["fn"])


def _mean(values: Iterable[float]) -> float:
    known = [value for value in values if not math.isnan(value)]
    return sum(known) / len(known) if known else math.nan


def _mean_f1(name: str) -> Figure:
    """The mean over documents; those that hold nothing to find, and in which nothing was found, do not count."""
    return lambda reports: _mean(_of(report[name]) for report in reports)


def _pooled_f1(name: str, relation: str | None = None) -> Figure:
    """The figure over all items of the documents together."""

    def figure(reports: Sequence[Report]) -> float:
        counts = Counter[str]()
        for report in reports:
            found = report[name] if relation is None else report[name].get(relation, {})
            counts.update({key: found.get(key, 0) for key in ("tp", "fp", "fn")})
        return _f1(counts["tp"], counts["fp"], counts["fn"])

    return figure


def _share(field: str) -> Figure:
    """The share of mentions found whose `field` is right."""

    def figure(reports: Sequence[Report]) -> float:
        found = [(report["fields"][field], report["mentions_overlap"]["tp"]) for report in reports if report["fields"]]
        total = sum(count for _, count in found)
        return sum(share * count for share, count in found) / total if total else math.nan

    return figure


def _header(kind: str) -> Figure:
    return lambda reports: _mean(report["metadata"].get(kind, math.nan) for report in reports)


FIGURES: dict[str, Figure] = {
    "mentions exact F1, mean of documents": _mean_f1("mentions_exact"),
    "mentions exact F1, all mentions": _pooled_f1("mentions_exact"),
    "edges F1, mean of documents": _mean_f1("edges"),
    "edges F1, all edges": _pooled_f1("edges"),
    "linking B³ F1, mean of documents": lambda reports: _mean(report["linking_b3"]["f1"] for report in reports),
    **{f"mention's {field}": _share(field) for field in _FIELDS},
    **{f"header {kind}, mean of documents": _header(kind) for kind in _METADATA},
}


def _shown(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}"


def _range(interval: Interval) -> str:
    return " to ".join(map(_shown, interval)) if not math.isnan(interval[0]) else "–"


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield _row(*headings)
    yield _row(*("---" for _ in headings))
    yield from (_row(*row) for row in rows)
    yield ""


def _overall(scored: Scored) -> Iterator[str]:
    reports = list(scored.documents.values())
    rows = ((name, _shown(figure(reports)), _range(bootstrap(reports, figure))) for name, figure in FIGURES.items())
    yield from _table(("figure", "value", "95 %"), rows)
    linked, edges = scored.whole["linking_b3"]["f1"], _of(scored.whole["edges"])
    proven = _shown(scored.whole["evidence"])
    yield f"All documents linked together: B³ F1 {_shown(linked)}, edges F1 {_shown(edges)}, evidence {proven}."
    yield ""


def _by_document(scored: Scored) -> Iterator[str]:
    rows = (
        (
            name,
            report["mentions_exact"]["tp"] + report["mentions_exact"]["fn"],
            *(_shown(_of(report[each])) for each in ("mentions_exact", "edges")),
            *(_shown(report["fields"].get(field, math.nan)) for field in _FIELDS),
            _shown(report["linking_b3"]["f1"]),
            *(_shown(report["metadata"].get(kind, math.nan)) for kind in _METADATA),
        )
        for name, report in scored.documents.items()
    )
    yield from _table(("document", "mentions", "exact", "edges", *_FIELDS, "B³", *_METADATA), rows)


def _by_relation(scored: Scored) -> Iterator[str]:
    reports = list(scored.documents.values())
    relations = sorted({relation for report in reports for relation in report["edges_by_relation"]})
    rows = []
    for relation in relations:
        figure = _pooled_f1("edges_by_relation", relation)
        counts = [report["edges_by_relation"].get(relation, {}) for report in reports]
        right, invented, missed = (sum(each.get(key, 0) for each in counts) for key in ("tp", "fp", "fn"))
        rows.append((relation, right, invented, missed, _shown(figure(reports)), _range(bootstrap(reports, figure))))
    yield from _table(("relation", "right", "invented", "missed", "F1", "95 %"), rows)


def _calibration(kind: str, reached: Sequence[Reach]) -> Iterator[str]:
    right, total = Counter[float](), Counter[float]()
    for reach in reached:
        for score, (good, of) in reach.items():
            right[score] += good
            total[score] += of
    rows = (
        (f"{score:.2f}", total[score], right[score], _shown(right[score] / total[score]),
         _range(wilson(right[score], total[score])))
        for score in sorted(total, reverse=True)
    )  # fmt: skip
    yield from _table((f"score of {kind}", "how many", "right", "share", "95 %"), rows)


def report(sets: Sequence[tuple[Path, Path]], scorer: Scorer) -> Iterator[str]:
    """The lines of the report on each set of annotations and texts. Raises CancuError."""
    reached: dict[str, list[Reach]] = {"mentions": [], "edges": []}
    for gold, texts in sets:
        with TemporaryDirectory() as folder:
            predicted = Path(folder)
            extract(gold, texts, predicted)
            scored = scorer.scored(gold, predicted)
            for kind, reaches in reached.items():
                reaches.append(scorer.right_by_score(gold, predicted, kind))
        yield f"## {gold.name}: {len(scored.documents)} documents"
        yield ""
        yield from _overall(scored)
        yield from _by_document(scored)
        yield from _by_relation(scored)
    yield "## Scores against what was right"
    yield ""
    for kind, reaches in reached.items():
        yield from _calibration(kind, reaches)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", type=Path, nargs="+", metavar="GOLD TEXTS", help="Annotations, then their texts.")
    parser.add_argument("--scorer", type=Path, default=SCORER, help="The annotators' scorer.")
    given = parser.parse_args()
    if len(given.folders) % 2:
        parser.error("each folder of annotations needs its folder of texts")
    sets = list(zip(given.folders[::2], given.folders[1::2], strict=True))
    for line in report(sets, Scorer(given.scorer)):
        print(line)


if __name__ == "__main__":
    main()
