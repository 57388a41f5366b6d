"""Files go in and readings come out, with offsets into what was read; one bad file never stops the others."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from graph.errors import ReadError
from graph.model import Reading, Relation
from ingest.clean import clean
from ingest.pipeline import Outcome, read_paths, read_text
from ingest.records import Text

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "documents"
PLAN = """ỦY BAN NHÂN DÂN
TỈNH AN BÌNH
-------
Số: 45/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
An Bình, ngày 12 tháng 3 năm 2022

KẾ HOẠCH
Triển khai công tác dân vận chính quyền năm 2022

Thực hiện Chỉ thị số 33/CT-TTg ngày 26 tháng 11 năm 2021 của Thủ tướng Chính phủ về tiếp tục đẩy mạnh công tác
dân vận, Ủy ban nhân dân tỉnh ban hành Kế hoạch với các nội dung sau:

I. NHIỆM VỤ
1. Các sở, ban, ngành triển khai thực hiện Nghị quyết số 25-NQ/TW ngày 03/6/2013 của Ban Chấp hành Trung ương.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Thị Bình
"""
PAGE = "<table><tr><td>" + PLAN.replace("\n\n", "<td>", 1).replace("\n", "<br>") + "</table>"
WAYS = {
    "as it is": PLAN,
    "decomposed": unicodedata.normalize("NFD", PLAN),
    "byte order mark and CRLF": "\ufeff" + PLAN.replace("\n", "\r\n"),
    "hard spaces": PLAN.replace("số 33", "số\u00a033").replace("ngày 26", "ngày\u00a026"),
    "soft hyphens": PLAN.replace("Chỉ thị số 33/CT", "Chỉ\u00ad thị số 33\u200b/CT"),
}


def outcomes(*paths: Path) -> dict[str, Outcome]:
    return {outcome.path.name: outcome for outcome in read_paths(paths)}


def said(one: Reading) -> list[tuple[object, ...]]:
    return [(claim.type, claim.number, claim.date, claim.zone, claim.own) for claim in one.claims]


@pytest.mark.parametrize("way", WAYS)
def test_claims_index_what_was_read_however_it_is_written(way: str) -> None:
    raw = WAYS[way]
    found, usual = read_text(clean("a.txt", raw)), read_text(clean("a.txt", PLAN))
    assert found.source.text == raw
    assert said(found) == said(usual)
    for claim in found.claims:
        assert raw[claim.start : claim.end] == claim.text
    for relation in found.relations:
        mention = found.claims[relation.object]
        assert relation.start <= mention.start < mention.end <= relation.end
    assert "33/CT-TTg" in clean("", found.claims[1].text).clean


def test_the_own_claim_stands_first_and_the_others_in_order() -> None:
    claims = read_text(clean("a.txt", PLAN)).claims
    assert [claim.own for claim in claims] == [True, False, False]
    assert [claim.number for claim in claims] == ["45/KH-UBND", "33/CT-TTg", "25-NQ/TW"]
    assert claims[1].start < claims[2].start


def test_relations_point_from_the_document_to_what_it_cites() -> None:
    relations = read_text(clean("a.txt", PLAN)).relations
    assert {(each.subject, each.relation, each.object) for each in relations} == {
        (0, Relation.IMPLEMENTS, 1),
        (0, Relation.IMPLEMENTS, 2),
    }


def test_the_digest_is_of_the_text_as_read() -> None:
    digests = {read_text(clean("a.txt", raw)).source.digest for raw in WAYS.values()}
    assert len(digests) == len(WAYS)
    assert read_text(clean("b.txt", PLAN)).source.digest in digests


def test_a_web_page_says_what_its_text_says(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    reading = outcomes(tmp_path)["a.html"].reading
    assert reading is not None
    assert said(reading) == said(read_text(clean("a.txt", PLAN)))


def test_bad_files_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(PLAN, "utf-8")
    (tmp_path / "notes.csv").write_text("1,2", "utf-8")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "binary.txt").write_bytes(b"\0\1\2")
    (tmp_path / "secret.txt").write_text(PLAN.replace("-------", "TUYỆT MẬT", 1), "utf-8")
    (tmp_path / "letter.txt").write_text("Hôm nay trời đẹp.\nChúng tôi đi chơi.", "utf-8")
    os.mkfifo(tmp_path / "pipe.txt")
    with (tmp_path / "digits.txt").open("wb") as file:
        file.truncate(50_000_000)
    found = outcomes(tmp_path, tmp_path / "gone.txt")
    reasons = {
        "binary.txt": "binary data",
        "digits.txt": "larger than the limit",
        "empty.txt": "empty file",
        "gone.txt": "no such file",
        "letter.txt": "no document found",
        "pipe.txt": "a named pipe",
        "secret.txt": "is classified (TUYỆT MẬT)",
    }
    assert list(found) == sorted([*reasons, "good.txt"])
    assert str(found["letter.txt"].error).startswith(f"{tmp_path}/letter.txt: ")
    assert found["good.txt"].reading is not None
    for name, reason in reasons.items():
        assert found[name].reading is None
        assert reason in str(found[name].error)
        assert name in str(found[name].error)


def test_a_file_that_vanishes_after_listing_is_an_error_of_its_own(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(PLAN, "utf-8")
    coming = read_paths([tmp_path])
    assert next(coming).reading is not None
    (tmp_path / "b.txt").unlink()
    gone = next(coming)
    assert isinstance(gone.error, ReadError)
    assert "no such file" in str(gone.error)


def test_a_file_of_another_format_is_refused_when_given_itself(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("1,2", "utf-8")
    assert "no reader" in str(outcomes(tmp_path / "notes.csv")["notes.csv"].error)


@pytest.mark.parametrize(
    "note",
    [
        "# Sample documents\n\n| file | what |\n|---|---|\n| a.pdf | a scan: \"Nghị định só 34/2017/NĐ-CP\" |\n",
        "# Ghi chú\n\nThư mục này có Chỉ thị số 33/CT-TTg và Kế hoạch số 781/KH-UBND, xem thêm Nghị quyết số 25-NQ/TW.\n",
    ],
)
def test_a_text_that_only_names_documents_is_none(note: str) -> None:
    with pytest.raises(ReadError, match=r"README\.md: no document found in it"):
        read_text(clean("README.md", note))


@pytest.mark.parametrize(
    "part",
    [
        PLAN[PLAN.index("KẾ HOẠCH") :],
        PLAN[PLAN.index("Thực hiện Chỉ thị") : PLAN.index("TM. ")],
        PLAN[PLAN.index("1. Các sở") :],
        PLAN[: PLAN.index("KẾ HOẠCH")],
    ],
    ids=["without letterhead", "its text alone", "its end", "its letterhead"],
)
def test_a_part_of_a_document_is_still_one(part: str) -> None:
    assert read_text(clean("part.txt", part)).claims[0].own


def test_a_fault_of_the_program_ends_the_reading_of_its_own_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def faulty(text: Text) -> Reading:
        return 1 // 0 if text.name == "b.txt" else read_text(text)

    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(PLAN, "utf-8")
    monkeypatch.setattr("ingest.pipeline.read_text", faulty)
    found = outcomes(tmp_path)
    assert [found[name].reading is None for name in sorted(found)] == [False, True, False]
    assert "b.txt: a fault of the program (ZeroDivisionError)" in str(found["b.txt"].error)
    (record,) = caplog.records
    assert "b.txt" in record.getMessage()
    assert record.exc_info
    caplog.clear()


@pytest.mark.parametrize("path", sorted(EXAMPLES.iterdir()), ids=lambda path: path.name)
def test_what_is_told_besides_citations_indexes_what_was_read(path: Path) -> None:
    (outcome,) = read_paths([path])
    assert outcome.reading is not None
    raw, header = outcome.reading.source.text, outcome.reading.claims[0].header
    assert header is not None
    told = [(one.start, one.end, one.name) for one in outcome.reading.recipients]
    told += [(one.start, one.end, one.rule) for one in outcome.reading.deadlines]
    told += [(one.start, one.end, one.text) for one in (header.period,) if one]
    assert [" ".join(raw[start:end].split()) for start, end, _ in told] == [words for _, _, words in told]
