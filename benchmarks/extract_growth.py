"""Whether the time from text to claims grows in a straight line with the text, on plans and on hostile input.

Run: `python -m benchmarks.extract_growth [--most 100] [--hostile-most 1]` (megabytes of UTF-8). Each size is ten times
the one before; printed are the seconds for each megabyte and their ratio to the smallest size. Status 1 where the
largest takes more than BAR times as long for each megabyte as the smallest.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from graph.errors import CancuError
from ingest.clean import clean
from ingest.pipeline import read_text
from ingest.read import read_file
from ingest.records import Text

ROOT = Path(__file__).resolve().parent.parent
BAR = 3.0
SMALLEST = 10_000
HEAD = "ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\nSố: 1/KH-UBND\n\nKẾ HOẠCH\nThực hiện Chỉ thị số 33/CT-TTg\n\n"
TAIL = " Chỉ thị số 33/CT-TTg."
HOSTILE = {
    "digits": "1234567890",
    "digits and slashes": "1/2/3/",
    "spaces": " ",
    "empty lines": "\n",
    "one word": "a",
    "letters with marks": "ế",
    "số": "số ",
    "số without spaces": "số",
    "unclosed quotes": "“",
    "straight quotes": 'a "b ',
    "unclosed brackets": "(",
    "về việc thực hiện": "về việc thực hiện ",
    "Căn cứ": "Căn cứ ",
    "Căn cứ lines": "Căn cứ\n\n",
    "lists that open": "Các văn bản sau:\n\n",
    "semicolons": "a; ",
    "stops": "a. B",
    "dots": ".",
    "footnote marks": "[1] ",
    "footnote lines": "[1] a\n",
    "superscripts": "¹",
    "type words": "Quyết định Chỉ thị ",
    "type words and số": "Chỉ thị số ",
    "Luật": "Luật ",
    "Luật of words": "Luật Đất đai sửa đổi ",
    "amending laws": "Luật sửa đổi, bổ sung một số điều của ",
    "one list of signs": "số 12/QĐ-UBND, ",
    "one unit of citations": "Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ về công tác dân vận và ",
    "one unit of lines": "thực hiện Chỉ thị số 33/CT-TTg của\n",
    "quoted titles": "Kế hoạch số 5/KH-UBND “về thực hiện ",
    "pinpoints": "khoản 12 Điều 5 ",
    "lettered pinpoints": "khoản i điểm đ, ",
    "issuers": "của Ủy ban nhân dân tỉnh ",
    "steering committees": "Ban Chỉ đạo thực hiện ",
    "joint issuers": "giữa Bộ Nội vụ và ",
    "signature marks": "TM. ỦY BAN\nNơi nhận:\n",
    "table cells": "| a ",
    "stars": "*",
    "stars and words": "**a ",
    "lines of stars": "*" * 60 + "a\n",
    "connectors": "Chỉ thị 33/CT-TTg " + "cùng với " * 40 + "x ",
    "coordinated verbs": "Chỉ thị 33/CT-TTg " + "triển khai thực hiện, " * 40 + "x ",
    "hashes": "#\n",
    "underscores": "_a",
    "number signs": "- ",
    "dates": "ngày 26/11/2021, ",
    "congresses": "Nghị quyết Đại hội Đảng bộ tỉnh a b ",
    "markup": "<a ",
    "comments": "<!-- ",
}


def plans(size: int) -> str:
    """At least `size` bytes of the shipped examples, one after the other."""
    folder = ROOT / "examples" / "documents"
    unit = "\n\n".join(read_file(path, folder).clean for path in sorted(folder.iterdir()))
    return (unit + "\n\n") * (size // len(unit.encode()) + 1)


def repeated(unit: str) -> Callable[[int], str]:
    """A maker of documents of `size` bytes with nothing but `unit` between their header and a last citation."""
    return lambda size: HEAD + unit * (size // len(unit.encode())) + TAIL


def seconds_a_megabyte(text: Text) -> float:
    """Processor time for one reading, for each megabyte; a text in which no document is found counts too."""
    start = time.process_time()
    with suppress(CancuError):
        read_text(text)
    return (time.process_time() - start) / len(text.raw.encode()) * 1e6


def grows_straight(name: str, make: Callable[[int], str], most: int) -> bool:
    """Prints one row of the table, and whether its last figure keeps the bar."""
    sizes = [SMALLEST]
    while sizes[-1] * 10 <= most:
        sizes.append(sizes[-1] * 10)
    read_text(clean(name, plans(SMALLEST)))
    figures = [seconds_a_megabyte(clean(name, make(size))) for size in sizes]
    shown = "".join(f"{figure:9.3f} ({figure / figures[0]:4.1f})" for figure in figures)
    print(f"{name:24}{shown}", flush=True)
    return figures[-1] <= BAR * figures[0]


def main() -> int:
    parser = argparse.ArgumentParser(description="Does reading take time in a straight line?")
    parser.add_argument("--most", type=int, default=100, help="megabytes of plans")
    parser.add_argument("--hostile-most", type=int, default=1, help="megabytes of hostile text")
    parser.add_argument("--only", default="", help="rows whose name holds this")
    options = parser.parse_args()
    print("seconds a megabyte (ratio to the first) at 10 kB, 100 kB, 1 MB …")
    straight = [grows_straight("plans", plans, options.most * 1_000_000)] if options.only in "plans" else []
    for name, unit in HOSTILE.items():
        if options.only in name:
            straight.append(grows_straight(name, repeated(unit), options.hostile_most * 1_000_000))
    return 0 if all(straight) else 1


if __name__ == "__main__":
    sys.exit(main())
