"""Files become text with true offsets, and whatever is no text is refused by name, reason and remedy."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from graph.errors import ReadError
from ingest.read import printable, read_file
from ingest.readers import FORMATS, format_of

PLAN = "KẾ HOẠCH\nThực hiện Chỉ thị số 33/CT-TTg\n"
LIMIT = format_of(Path("a.txt")).limit  # type: ignore[union-attr]


def refusal(path: Path, root: Path | None = None) -> str:
    with pytest.raises(ReadError) as caught:
        read_file(path, root)
    assert printable(path) in str(caught.value)
    assert caught.value.remedy
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "raw", "cleaned"),
    [
        (PLAN.encode(), PLAN, PLAN),
        (PLAN.encode("utf-8-sig"), "\ufeff" + PLAN, PLAN),
        (b"\xff\xfe" + PLAN.encode("utf-16-le"), "\ufeff" + PLAN, PLAN),
        (b"\xfe\xff" + PLAN.encode("utf-16-be"), "\ufeff" + PLAN, PLAN),
        (PLAN.replace("\n", "\r\n").encode(), PLAN.replace("\n", "\r\n"), PLAN),
        ("trang một\ftrang hai".encode(), "trang một\ftrang hai", "trang một\ntrang hai"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "A.TXT"])
def test_text_is_kept_as_it_stands_in_the_file(tmp_path: Path, name: str, data: bytes, raw: str, cleaned: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    text = read_file(path)
    assert (text.name, text.raw, text.clean) == (name, raw, cleaned)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty file"),
        ("a.txt", b" \n\t\r\n", "holds no text"),
        ("a.txt", "\ufeff\u200b".encode(), "holds no text"),
        ("a.txt", b"Ke hoach\0\0so 1", "binary data"),
        ("a.txt", bytes(range(1, 32)) * 9, "binary data"),
        ("a.txt", b"%PDF-1.7\n...", "a PDF file"),
        ("a.md", b"PK\x03\x04....", "a Word, Excel or ZIP file"),
        ("a.html", b"\x89PNG\r\n", "a PNG image file"),
        ("a.txt", "Kế hoạch số 1".encode("cp1258", "replace") + b"\xec\xe1", "not UTF-8 text (byte"),
        ("a.txt", b"\xff\xfe\x00", "not UTF-16-LE text"),
        ("a.html", b"<p>K\xea ho\xe1ch</p>", "not UTF-8 text (byte 4)"),
        ("a.html", b"<meta charset=no-such-charset><p>K\xea", "not UTF-8 text"),
        ("a.html", b"<html><script>var a = 1</script></html>", "holds no text"),
        ("a.html", b"<!-- -->", "holds no text"),
        ("a.html", b"<div>" * 5000 + b"x", "nested too deeply"),
        ("a.html", b"<p>x" * 310_000, "elements"),
        ("a.html", ("<p>a" + "\u0301\u0323" * 9_000).encode(), "piles of marks"),
        ("a.html", b"<p>a" + b"&#769;&#803;" * 9_000, "piles of marks"),
        ("a.xyz", PLAN.encode(), "no reader for this format"),
        ("plan", PLAN.encode(), "no reader for this format"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert reason in refusal(path)


@pytest.mark.parametrize("suffix", [suffix for form in FORMATS for suffix in form.suffixes])
def test_a_large_file_is_refused_without_reading_it(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"digits{suffix}"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert "larger than the limit" in refusal(path)


def test_no_more_than_the_limit_is_read_of_a_file_that_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "grown.txt"
    path.write_bytes(b"1" * (LIMIT + 1))
    as_before = os.stat_result((*tuple(path.stat())[:6], 0, *tuple(path.stat())[7:]))
    monkeypatch.setattr(os, "fstat", lambda _: as_before)
    assert "larger than the limit" in refusal(path)


def test_special_files_are_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    assert "a named pipe" in refusal(pipe)
    with socket.socket(socket.AF_UNIX) as listener:
        monkeypatch.chdir(tmp_path)  # the path of a socket may have no more than 108 bytes
        listener.bind("socket.txt")
        assert "a socket" in refusal(tmp_path / "socket.txt")
    device = tmp_path / "null.txt"
    device.symlink_to("/dev/null")
    assert "a device" in refusal(device, Path("/"))


def test_links_lead_only_to_files_below_the_root(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out.txt"
    (inside / "below").mkdir(parents=True)
    outside.write_text(PLAN, "utf-8")
    (inside / "plan.txt").write_text(PLAN, "utf-8")
    good, bad, up = inside / "good.txt", inside / "bad.txt", inside / "below" / "up.txt"
    good.symlink_to("plan.txt")
    bad.symlink_to(outside)
    up.symlink_to("../plan.txt")
    assert read_file(good).raw == PLAN
    assert "a link out of its folder" in refusal(bad)
    assert "a link out of its folder" in refusal(up)
    assert read_file(up, inside).raw == PLAN


def test_links_to_nothing_and_in_circles_are_refused(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to("nothing.txt")
    (tmp_path / "round.txt").symlink_to("round.txt")
    assert "a link to nothing" in refusal(tmp_path / "gone.txt")
    assert "cannot be read" in refusal(tmp_path / "round.txt")


def test_a_missing_file(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "gone.txt")
    assert "no such file" in refusal(tmp_path / "gone" / "gone.txt")


@pytest.mark.parametrize(
    ("error", "reason"), [(PermissionError(13, "denied"), "no permission"), (OSError(5, "Input/output error"), "Input")]
)
def test_what_the_system_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, reason: str
) -> None:
    path = tmp_path / "closed.txt"
    path.write_text(PLAN, "utf-8")

    def refuse(*_: object) -> int:
        raise error

    monkeypatch.setattr(os, "open", refuse)
    assert reason in refusal(path)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("kế hoạch 1.txt", "kế hoạch 1.txt"),
        ("a\nb\x1b[31m.txt", "a\\nb\\x1b[31m.txt"),
        (os.fsdecode(b"a\xff.txt"), "a\\xff.txt"),
        ("a\u202etxt.exe", "a\\u202etxt.exe"),
    ],
)
def test_names_are_safe_to_print_and_to_store(tmp_path: Path, name: str, shown: str) -> None:
    assert printable(name) == shown
    path = tmp_path / name
    path.with_suffix(".txt").write_text(PLAN, "utf-8")
    assert read_file(path.with_suffix(".txt")).name.encode("utf-8")
