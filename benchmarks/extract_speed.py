"""How fast text becomes claims on one core, as a ratio to the rate of one compiled pattern over the same text.

Run: `python -m benchmarks.extract_speed [FILE...] [--yardstick PROGRAM] [--bar 0.125]`. Without FILEs the annotated
plans beside the repository are read where they are at hand, else the shipped examples. The yardstick is the program
`bare_scan` where it is at hand, else the same pattern here. Printed are megabytes of UTF-8 a second: the first time
that each text is read, and the best of ROUNDS, when caches know its words and signs. Status 1 below the bar.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.clean import clean
from ingest.pipeline import read_text
from ingest.read import read_file
from ingest.records import Text

ROOT = Path(__file__).resolve().parent.parent
PLANS, EXAMPLES = ROOT.parent / "shared" / "seeds", ROOT / "examples" / "documents"
YARDSTICK = ROOT.parent / "shared" / "tools" / "bare_scan"
ROUNDS = 30
REPEATS = 20
SIGN = re.compile(
    r"(?<![\w/-])\d{1,5}\s?(?:/\s?(?:19|20)\d\d\s?)?[-/]\s?(?:[A-ZĐ][A-Za-zĐđƯư]{0,9}\d{0,2})"
    r"(?:\s?[-/&]\s?[A-ZĐ][A-Za-zĐđ]{0,9}){0,3}"
)
WARM_UP = (
    "ỦY BAN NHÂN DÂN\nXÃ AN BÌNH\nSố: 1/KH-UBND\n\nKẾ HOẠCH\nThực hiện Luật Đất đai\n\n"
    "Căn cứ Luật Đất đai; Chỉ thị số 1-CT/TU; Công văn số 2/ABC-VP, Ủy ban nhân dân xã ban hành Kế hoạch như sau:\n\n"
    + "1. Thi hành Luật Đất đai tại xã An Bình, huyện Long Hồ, tỉnh Vĩnh Long.\n" * 5
    + "\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nNguyễn Văn An\n"
)
"""Its reading loads every list of the registry, which is done once in a process and is no part of reading a text."""


def rate(work: Callable[[], object], size: int, rounds: int) -> float:
    """Megabytes a second of `work` on `size` bytes, the best of `rounds`, by processor time."""
    seconds = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return size / min(seconds) / 1e6


def read_all(texts: Sequence[Text]) -> None:
    for text in texts:
        read_text(text)


def scanned(texts: Sequence[Text]) -> int:
    """The number of signs that the pattern alone finds."""
    joined = "".join(text.raw for text in texts) * REPEATS
    return sum(1 for _ in SIGN.finditer(joined))


def yardstick(program: Path | None, paths: Sequence[Path], texts: Sequence[Text], size: int) -> float:
    """Megabytes a second of the bare pattern."""
    if program is None:
        return rate(lambda: scanned(texts), size * REPEATS, 5)
    told = subprocess.run([program, *paths], capture_output=True, text=True, check=True).stdout
    return float(told.split()[0])


def main() -> int:
    parser = argparse.ArgumentParser(description="How fast text becomes claims, as a ratio to a bare pattern.")
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--yardstick", type=Path, default=YARDSTICK if YARDSTICK.exists() else None)
    parser.add_argument("--bar", type=float, default=1 / 8)
    options = parser.parse_args()
    paths = options.files or sorted((PLANS if PLANS.is_dir() else EXAMPLES).iterdir())
    texts = [read_file(path) for path in paths]
    size = sum(len(text.raw.encode()) for text in texts)
    read_text(clean("registry", WARM_UP))
    first = rate(lambda: read_all(texts), size, 1)
    best = rate(lambda: read_all(texts), size, ROUNDS)
    bare = yardstick(options.yardstick, paths, texts, size)
    print(f"{len(texts)} documents, {size / 1_000:.0f} kB")
    print(f"text to claims: {first:.2f} MB/s the first time, {best:.2f} MB/s repeated")
    print(f"one pattern:    {bare:.1f} MB/s ({options.yardstick.name if options.yardstick else 'in this process'})")
    print(f"ratio:          1/{bare / best:.1f} (the bar is 1/{1 / options.bar:.0f})")
    return 0 if best / bare >= options.bar else 1


if __name__ == "__main__":
    sys.exit(main())
