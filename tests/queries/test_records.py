from __future__ import annotations

import json
from dataclasses import replace

from graph.model import COUNTRY, Deadline, DeadlineKind, Fact, Header, Period, Relation, StatedIn
from queries.implementers import implementers
from queries.lineage import lineage
from queries.records import details_record, document_record, implementer_record, lineage_record
from tests.factories import own, reading
from tests.factories_view import communal, document, edge, guess, view_of

GOAL = document("33.ct-ttg~2021", "33/CT-TTg", type="Chỉ thị", date="2021-11-26")
PLAN = communal("plan", "21/KH-UBND", date="2024-02")
EDGE = edge("plan", Relation.IMPLEMENTS, GOAL.id, StatedIn.PREAMBLE, quote="Thực hiện Chỉ thị số 33/CT-TTg")
VIEW = view_of([GOAL, PLAN], [EDGE])


def test_an_implementer_has_the_promised_fields():
    (one,) = implementers(VIEW, GOAL.id)
    record = json.loads(json.dumps(implementer_record(one)))
    chain = record.pop("chain")
    assert record == {
        "id": "plan",
        "sign": "21/KH-UBND",
        "type": "Kế hoạch",
        "title": "Về việc plan",
        "issuer": "Ủy ban nhân dân xã Yên Hân",
        "level": "commune",
        "province": "Bắc Kạn",
        "district": None,
        "commune": "Yên Hân",
        "date": "2024-02",
        "status": "issued",
        "held": True,
        "tier": "made_for",
    }
    (hop,) = chain
    assert {key: hop[key] for key in ("source", "relation", "target", "stated_in", "quote")} == {
        "source": "plan",
        "relation": "implements",
        "target": GOAL.id,
        "stated_in": "preamble",
        "quote": "Thực hiện Chỉ thị số 33/CT-TTg",
    }
    assert (hop["proof"]["digest"], hop["proof"]["start"]) == ("0" * 64, 10)


def test_a_guess_has_a_score_and_no_proof():
    (one,) = implementers(view_of([GOAL, PLAN], [guess("plan", GOAL.id, 0.75)]), GOAL.id)
    (hop,) = implementer_record(one)["chain"]
    assert (hop["origin"], hop["score"], hop["proof"]) == ("inferred", 0.75, None)


def test_places_of_the_country_and_of_nowhere_are_null():
    for place in (COUNTRY, None):
        record = document_record(replace(GOAL, place=place))
        assert (record["province"], record["district"], record["commune"]) == (None, None, None)


def test_a_lineage_gives_distances_and_evidence():
    record = json.loads(json.dumps(lineage_record(lineage(VIEW, "plan", depth=1))))
    assert [(one["id"], one["distance"]) for one in record["documents"]] == [("plan", 0), (GOAL.id, 1)]
    assert record["edges"][0]["evidence"][0]["quote"] == EDGE.quote
    assert record["cut"] is False


def test_the_texts_of_a_document_tell_its_scope_with_offsets():
    deadline = Deadline(1, 3, DeadlineKind.REPORT, "trước ngày 15/12", None, "Sở Nội vụ", 0, 4, "Sở Nội vụ báo cáo.")
    said = replace(reading(own(header=Header(period=Period(0, 2, "năm 2024", "2024", "2024")))), deadlines=(deadline,))
    (text,) = json.loads(json.dumps(details_record(GOAL, [said])))["texts"]
    assert text["digest"] == said.source.digest
    assert text["period"] == {"start": 0, "end": 2, "text": "năm 2024", "first": "2024", "last": "2024"}
    assert (text["parts"], text["recipients"]) == ([], [])
    assert [(one["kind"], one["rule"], one["quote"]) for one in text["deadlines"]] == [
        ("report", "trước ngày 15/12", "Sở Nội vụ báo cáo.")
    ]


def test_facts_of_which_texts_give_several_values_conflict():
    facts = (
        Fact("date", "2021-10-08", 2, False, True, "ngày 08/10/2021"),
        Fact("date", "2021-07-30", 1, False, False, "ngày 30/7/2021"),
        Fact("type", "Quy định", 3, False, True, "Quy định"),
    )
    record = details_record(replace(GOAL, facts=facts))
    assert [(fact["value"], fact["conflicts"]) for fact in record["facts"]] == [
        ("2021-10-08", True),
        ("2021-07-30", True),
        ("Quy định", False),
    ]
