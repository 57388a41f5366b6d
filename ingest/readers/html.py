"""Web pages: the text of the document that a page shows, without what the site puts around it.

The letterhead (Quốc hiệu of Nghị định 30/2020/NĐ-CP, Phụ lục I; tiêu đề of Party documents, Hướng dẫn 36-HD/VPTW)
tells where the document is: the main part is the smallest one that holds it and nearly all the words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from graph.errors import ReadError
from graph.text import flatten
from ingest.clean import refuse_piles
from ingest.readers.plain import encoding_mark, read_plain, refuse_binary

_UNSHOWN = frozenset(
    {
        "head", "script", "style", "noscript", "template", "svg", "math", "canvas", "iframe", "object", "embed",
        "audio", "video", "select", "textarea", "button"
    }
)
_FURNITURE = frozenset({"nav", "aside", "footer", "header", "menu", "dialog"})
_FURNITURE_ROLES = frozenset(
    {
        "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "menu", "menubar", "tablist",
        "toolbar", "tree", "alert"
    }
)
_CONTAINERS = frozenset({"div", "section", "ul", "ol", "dl", "table", "tbody", "td", "form"})
_CELLS = frozenset({"td", "th"})
_BLOCKS = _CELLS | frozenset(
    {
        "html", "body", "main", "article", "section", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li",
        "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "blockquote", "pre", "center", "address",
        "figure", "figcaption", "form", "fieldset", "header", "footer", "nav", "aside", "details", "summary", "br", "hr"
    }
)
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_HEAD = 4096
_DECLARED = {"windows-1258": "cp1258", "windows-1252": "cp1252", "iso-8859-1": "cp1252"}
_LETTERHEAD = re.compile(
    r"^[^\S\n]*(?:cong\s+hoa\s+xa\s+hoi\s+chu\s+nghia\s+viet\s+nam\b|dang\s+cong\s+san\s+viet\s+nam[^\S\n]*$)", re.M
)
_RECITAL = re.compile(r"\bcan\s+cu\b")
_MAIN_SHARE = 0.8
_LINK_SHARE = 0.9
_FEWEST_LINKS = 3
_MOST_ELEMENTS = 300_000


@dataclass(slots=True)
class _Weight:
    """What the subtree of an element holds: letters, letters in links, links, and a legal-basis recital."""

    letters: int = 0
    linked: int = 0
    links: int = 0
    recital: bool = False

    @property
    def link_list(self) -> bool:
        return self.links >= _FEWEST_LINKS and self.linked >= _LINK_SHARE * self.letters and not self.recital


def read_html(data: bytes) -> str:
    """The text of the document in the page `data`: blocks on lines of their own, "|" on a line after each table cell.

    Left out are scripts, hidden elements, navigation, lists of links such as those of related documents, and what
    stands outside the main part. Raises ReadError, with the reason alone, where `data` is no web page.
    """
    decoded = _decode(data)
    refuse_piles(decoded)
    page = _parse(unicodedata.normalize("NFC", decoded))
    _empty(element for element in page.iter() if _unshown(element))
    kept = _around_letterhead(page)
    _empty(element for element in page.iter() if element not in kept and _furniture(element))
    weights = _weights(page)
    _empty(element for element in page.iter(*_CONTAINERS) if element not in kept and weights[element].link_list)
    return _lines("".join(text for text, _ in _pieces(_main(page, kept))))


def _decode(data: bytes) -> str:
    """`data` in the encoding of its mark, else UTF-8, else the one that it declares."""
    if encoding_mark(data):
        return read_plain(data)
    refuse_binary(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        declared = _CHARSET.search(data[:_HEAD])
        encoding = _DECLARED.get(declared[1].decode("ascii", "replace").lower()) if declared else None
        if encoding is None:
            raise ReadError(f"not UTF-8 text (byte {error.start})", remedy="save the page as UTF-8") from error
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(f"not {encoding} text as it declares", remedy="save the page as UTF-8") from error


def _parse(page: str) -> HtmlElement:
    """The page as a tree. The parser opens nothing else, and knows no entities but those of HTML."""
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = document_fromstring(page.encode("utf-8"), parser=parser)
    except etree.ParserError as error:
        raise ReadError("holds no text", remedy="give a page that holds a document") from error
    if parser.error_log.filter_from_fatals():
        raise ReadError("elements nested too deeply for a web page", remedy="save the document alone, as text")
    if sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
        raise ReadError(f"more than {_MOST_ELEMENTS:,} elements", remedy="save the document alone, as text")
    return root


def _unshown(element: HtmlElement) -> bool:
    if element.tag in ("html", "body"):
        return False
    return (
        element.tag in _UNSHOWN
        or "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style", "")) is not None
    )


def _furniture(element: HtmlElement) -> bool:
    return element.tag in _FURNITURE or element.get("role") in _FURNITURE_ROLES


def _empty(unwanted: Iterable[HtmlElement]) -> None:
    """Take away what the elements hold. They stay themselves: taking many from among text is quadratic in libxml2."""
    for element in list(unwanted):
        element.clear(keep_tail=True)


def _around_letterhead(page: HtmlElement) -> frozenset[HtmlElement]:
    """The element where the letterhead begins and all that it lies in; empty for a page without letterhead."""
    pieces = list(_pieces(page))
    found = _LETTERHEAD.search(flatten("".join(text for text, _ in pieces)))
    if not found:
        return frozenset()
    rest = found.end()
    for text, element in pieces:
        rest -= len(text)
        if rest <= 0:
            return frozenset((element, *element.iterancestors()))
    return frozenset()


def _weights(page: HtmlElement) -> dict[HtmlElement, _Weight]:
    """The weight of every element, from the leaves up: each is added to its parent once."""
    weights: dict[HtmlElement, _Weight] = {}
    for element in reversed(list(page.iter())):
        weight = weights.setdefault(element, _Weight())
        _add_words(weight, element.text)
        if element.tag == "a":
            weight.linked, weight.links, weight.recital = weight.letters, 1, False
        parent = element.getparent()
        if parent is not None:
            above = weights.setdefault(parent, _Weight())
            above.letters += weight.letters
            above.linked += weight.linked
            above.links += weight.links
            above.recital |= weight.recital
            _add_words(above, element.tail)
    return weights


def _add_words(weight: _Weight, text: str | None) -> None:
    if text and not text.isspace():
        weight.letters += sum(map(str.isalnum, text))
        weight.recital |= _RECITAL.search(flatten(text)) is not None


def _main(page: HtmlElement, kept: frozenset[HtmlElement]) -> HtmlElement:
    """The smallest part that holds the letterhead and nearly all words outside links; without letterhead, <main>."""
    weights = _weights(page)
    body = page.find("body")
    part = page if body is None else body
    if not kept:
        return next(part.iter("main", "article"), part)
    while True:
        within = next((child for child in part if child in kept), None)
        if within is None:
            return part
        # The issuer stands in the cell beside the letterhead: of a row all cells are kept unless they hold links alone.
        share = 1.0 if within.tag in _CELLS else _MAIN_SHARE
        if _prose(weights[within]) < share * _prose(weights[part]):
            return part
        part = within


def _prose(weight: _Weight) -> int:
    return weight.letters - weight.linked


def _pieces(part: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """The text of `part` in order, each stretch with the element that it belongs to; "\\n" where a line ends."""
    preformatted = 0
    for event, element in etree.iterwalk(part, events=("start", "end")):
        starts = event == "start"
        if element.tag == "pre":
            preformatted += 1 if starts else -1
        if element.tag in _BLOCKS:
            yield "\n|\n" if element.tag in _CELLS and not starts else "\n", element
        text = element.text if starts else element.tail if element is not part else None
        if text:
            yield (text if preformatted else re.sub(r"\s+", " ", text)), element


def _lines(text: str) -> str:
    """`text` without blank lines, spaces at the ends of lines, and marks of empty cells."""
    lines = [line for line in (" ".join(line.split()) for line in text.split("\n")) if line]
    kept = [line for line, before in zip(lines, ["|", *lines], strict=False) if line != "|" or before != "|"]
    return "\n".join(kept) + "\n" if kept else ""
