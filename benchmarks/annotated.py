"""Annotated real documents: stand-off annotations in the project, their texts made again from the published files.

Run: `python benchmarks/annotated.py ANNOTATIONS SAMPLES OUTPUT` writes the texts that can be made on this machine.

An annotation file holds the fields that `cancu extract` writes, and `origin`: the published file, what made its text,
which pieces of that text were annotated (code points) and the SHA-256 of the pieces joined, in UTF-8. Texts that
antiword (Word 97) or tesseract (scans) made are not made again here: other versions give other offsets.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mammoth
import pypdfium2
from lxml import html

from graph.errors import CancuError

_BREAKING = ("p", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th")


class TextUnavailableError(CancuError):
    """The text of an annotated document cannot be made here; the message names the document and says why."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """One annotation file. `pieces` are code points of the text that `made_with` makes of `sample`, in order."""

    path: Path
    sample: str
    made_with: str
    pieces: tuple[tuple[int, int], ...]
    sha256: str
    gold: dict[str, Any]

    @property
    def name(self) -> str:
        """The name of the document, without suffix."""
        return self.path.stem

    @property
    def remade(self) -> bool:
        """Whether libraries alone make the text again."""
        return self.made_with in _MAKERS


def read_annotations(folder: Path) -> list[Annotated]:
    """All annotation files directly in `folder`, by name."""
    return [_annotated(path) for path in sorted(folder.glob("*.json"))]


def text_of(annotated: Annotated, samples: Path) -> str:
    """The text that the annotation's offsets index, made from the file in `samples`.

    Raises TextUnavailableError where the file is not there, where a program outside this project made the text, or
    where the text made is not the annotated one.
    """
    maker = _MAKERS.get(annotated.made_with)
    path = samples / annotated.sample
    if maker is None:
        reason = f"{annotated.name}: its text was made with {annotated.made_with}"
        raise TextUnavailableError(reason, remedy="see docs/accuracy.md for how to make it")
    if not path.is_file():
        reason = f"{annotated.name}: no file {annotated.sample}"
        raise TextUnavailableError(reason, remedy="give the folder that holds the published files")
    whole = maker(path)
    text = "".join(whole[start:end] for start, end in annotated.pieces)
    if hashlib.sha256(text.encode("utf-8")).hexdigest() != annotated.sha256:
        reason = f"{annotated.name}: the text made of {annotated.sample} is not the annotated one"
        raise TextUnavailableError(reason, remedy="use the versions of constraints.txt")
    return text


def _annotated(path: Path) -> Annotated:
    gold = json.loads(path.read_text(encoding="utf-8"))
    origin = gold["origin"]
    pieces = tuple((start, end) for start, end in origin["pieces"])
    return Annotated(path, origin["sample"], origin["made_with"], pieces, origin["sha256"], gold)


def _of_pdf(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    text = "\f\n".join(pages) + "\n"
    return text.replace("\r\n", "\n").replace("\ufffe", "-")  # U+FFFE is what pdfium puts for a hyphen at a line's end


def _of_word(path: Path) -> str:
    with path.open("rb") as file:
        made = mammoth.convert_to_html(file).value
    return _laid_out(html.fromstring(f"<div>{made}</div>"), _BREAKING).strip() + "\n"


def _of_page(path: Path) -> str:
    root = html.parse(str(path)).getroot()
    for element in list(root.iter("script", "style", "noscript", "svg")):
        element.drop_tree()
    return _laid_out(root, (*_BREAKING, "div"))


def _laid_out(root: html.HtmlElement, breaking: tuple[str, ...]) -> str:
    """The text of `root` with a line end after each element of `breaking`, and never more than one blank line."""
    for element in root.iter("br", *breaking):
        element.tail = "\n" + (element.tail or "")
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", root.text_content()))


def _as_it_is(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


_MAKERS: dict[str, Callable[[Path], str]] = {
    "pdfium": _of_pdf,
    "mammoth": _of_word,
    "lxml": _of_page,
    "plain": _as_it_is,
}


def _written(annotations: Path, samples: Path, output: Path) -> Iterator[str]:
    """Write each text that can be made as NAME.txt, and say a line about each document."""
    output.mkdir(parents=True, exist_ok=True)
    for annotated in read_annotations(annotations):
        try:
            text = text_of(annotated, samples)
        except TextUnavailableError as error:
            yield f"left out: {error} ({error.remedy})"
            continue
        (output / f"{annotated.name}.txt").write_text(text, encoding="utf-8", newline="")
        yield f"written: {annotated.name}.txt"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("annotations", type=Path, help="A folder of annotation files.")
    parser.add_argument("samples", type=Path, help="The folder of the published files.")
    parser.add_argument("output", type=Path, help="The folder to write texts to.")
    given = parser.parse_args()
    for line in _written(given.annotations, given.samples, given.output):
        print(line)


if __name__ == "__main__":
    main()
