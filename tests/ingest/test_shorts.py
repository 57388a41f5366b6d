"""Short forms that a text defines: where they stand, and that they mean what they were defined for."""

from __future__ import annotations

import time

import pytest

from graph.model import Reading, Relation
from graph.resolve import resolve
from ingest.clean import clean
from ingest.pipeline import read_text

PLAN = """ỦY BAN NHÂN DÂN
TỈNH BẮC KẠN
Số: 21/KH-UBND
Bắc Kạn, ngày 16 tháng 01 năm 2025

KẾ HOẠCH
Công tác dân vận

Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. NỘI DUNG

- Thực hiện {defined}.

- Tuyên truyền {used} tại xã.
"""


def read(defined: str, used: str) -> Reading:
    return read_text(clean("plan.txt", PLAN.format(defined=defined, used=used)))


LAW = "Luật Thực hiện dân chủ ở cơ sở"
RULES = "Quyết định số 217-QĐ/TW ngày 12/12/2013 của Bộ Chính trị về Quy chế giám sát"


@pytest.mark.parametrize(
    ("defined", "used", "forms"),
    [
        (f"{LAW} (sau đây gọi tắt là Luật THDCCS)", "Luật THDCCS", ["Luật THDCCS"] * 2),
        (f"{LAW} (sau đây viết tắt là “Luật Dân chủ”)", "Luật Dân chủ", ["Luật Dân chủ"] * 2),
        (f"{LAW} (gọi tắt là: Luật THDCCS)", "Luật\nTHDCCS", ["Luật THDCCS"]),
        (f"{RULES} (sau đây gọi là Quy chế 217)", "Quy chế 217", ["Quy chế 217"] * 2),
        (f"{LAW}, sau đây gọi tắt là Luật THDCCS", "Luật THDCCSX", ["Luật THDCCS"]),
        (f"{LAW} (sau đây gọi tắt là Luật)", "Luật", []),
        (f"{RULES} (sau đây gọi là Quyết định này)", "Quyết định này", []),
        ("chương trình của tỉnh (sau đây gọi tắt là Chương trình tỉnh)", "Chương trình tỉnh", []),
        (f"{LAW} (sau đây gọi tắt là luật dân chủ)", "luật dân chủ", []),
    ],
)
def test_defined_forms_are_citations_of_what_they_stand_for(defined: str, used: str, forms: list[str]) -> None:
    reading = read(defined, used)
    short = [claim for claim in reading.claims if claim.short_for is not None]
    assert [claim.text for claim in short] == forms
    assert {claim.short_for for claim in short} <= {1}
    graph = resolve([reading])
    assigned = graph.assigned[reading.source.digest]
    meant = {assigned[index] for index, claim in enumerate(reading.claims) if claim.short_for is not None}
    assert meant == set(assigned[1:2] if forms else ())
    assert all(edge.source != edge.target for edge in graph.edges)


def test_a_form_is_of_the_citation_of_its_type() -> None:
    reading = read(f"Nghị định số 59/2023/NĐ-CP quy định chi tiết {LAW} (sau đây gọi tắt là Nghị định dân chủ)", "Nghị định dân chủ")
    assert [claim.short_for for claim in reading.claims if claim.name == "Nghị định dân chủ"] == [1, 1]


def test_the_form_adds_to_the_evidence() -> None:
    reading = read(f"{LAW} (sau đây gọi tắt là Luật THDCCS)", "Luật THDCCS")
    (edge,) = resolve([reading]).edges
    assert [one.relation for one in reading.relations] == [Relation.IMPLEMENTS] * 2 + [Relation.DISSEMINATES]
    assert (edge.relation, len(edge.evidence)) == (Relation.IMPLEMENTS, 2)


def test_a_form_that_a_number_names_is_found_without() -> None:
    reading = read("Chỉ thị số 33/CT-TTg (sau đây gọi tắt là Chỉ thị 33)", "Chỉ thị 33")
    assert [(claim.text, claim.number, claim.short_for) for claim in reading.claims[2:]] == [("Chỉ thị 33", "33", None)] * 2


def test_many_definitions_take_time_in_proportion() -> None:
    defined = "; ".join(f"Chỉ thị số {number}/CT-TTg (sau đây gọi tắt là Chỉ thị dân vận {number})" for number in range(2_000))
    text = clean("plan.txt", PLAN.format(defined=defined, used="Chỉ thị dân vận"))
    start = time.process_time()
    read_text(text)
    assert time.process_time() - start < 10
