"""Plain text and Markdown: the raw text is the file decoded, byte order mark, line ends and markup kept."""

from __future__ import annotations

import codecs

from graph.errors import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KINDS = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "Word, Excel or ZIP"),
    (b"\xd0\xcf\x11\xe0", "Word 97"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"II*\x00", "TIFF image"),
    (b"MM\x00*", "TIFF image"),
    (b"\x1f\x8b", "gzip"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r"))
_MOST_CONTROLS = 0.01


def read_plain(data: bytes) -> str:
    """`data` decoded. Raises ReadError, with the reason alone, where it is not text in UTF-8 or marked UTF-16."""
    encoding = encoding_mark(data)
    if encoding is None:
        refuse_binary(data)
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        # TCVN3, VNI and windows-1258 cannot be told apart by their bytes, and a wrong guess would falsify the text.
        raise ReadError(
            f"not {(encoding or 'utf-8').upper()} text (byte {error.start})",
            remedy="save the file as UTF-8; a text in TCVN3 (.VnTime), VNI or windows-1258 must be converted first",
        ) from error


def encoding_mark(data: bytes) -> str | None:
    """The encoding that a byte order mark at the start of `data` names; decoding by it keeps the mark as U+FEFF."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def refuse_binary(data: bytes) -> None:
    """Raises ReadError, with the reason alone, where `data` is of a kind that is no text."""
    for magic, kind in _KINDS:
        if data.startswith(magic):
            raise ReadError(f"a {kind} file under the name of a text", remedy="name it as what it is")
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if b"\0" in data or controls > _MOST_CONTROLS * len(data):
        raise ReadError("binary data, not text", remedy="give a text file")
