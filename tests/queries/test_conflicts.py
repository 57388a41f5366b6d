from __future__ import annotations

from graph.model import Fact, Field
from graph.resolve.conflicts import Reason
from queries.conflicts import conflicts
from queries.records import disputed_record
from tests.factories_view import document, view_of

DATES = (
    Fact("date", "2021-10-08", 2, False, True, "ngày 08/10/2021"),
    Fact("date", "2021-07-30", 1, False, False, "ngày 30/7/2021"),
)
TYPES = (Fact("type", "Quy định", 1, True, True, "Quy định"), Fact("type", "Quyết định", 5, False, False, "QĐ"))
AGREED = Fact("sign", "23-QĐ/TW", 3, False, True, "23-QĐ/TW")
BOTH = document("a~2021", "23-QĐ/TW", date="2021-10-08", facts=(AGREED, *TYPES, *DATES))
DATED = document("b~2021", "24-QĐ/TW", date="2021-10-09", facts=(AGREED, *DATES))
SURE = document("c~2021", "25-QĐ/TW", date="2021-10-10", facts=(AGREED,))
VIEW = view_of([SURE, DATED, BOTH])


def test_only_disputed_documents_with_only_their_disputed_fields():
    found = conflicts(VIEW)
    told = [(one.document.id, [(each.field, each.reason) for each in one.conflicts]) for one in found.items]
    assert told == [
        (BOTH.id, [(Field.TYPE, Reason.OWN), (Field.DATE, Reason.MAJORITY)]),
        (DATED.id, [(Field.DATE, Reason.MAJORITY)]),
    ]
    assert found.total == 2


def test_one_field_alone():
    found = conflicts(VIEW, field=Field.TYPE)
    assert [(one.document.id, [each.field for each in one.conflicts]) for one in found.items] == [
        (BOTH.id, [Field.TYPE])
    ]


def test_slices_are_held_within_limits():
    assert [one.document.id for one in conflicts(VIEW, limit=1, offset=1).items] == [DATED.id]
    assert conflicts(VIEW, limit=-1, offset=-1).items == ()


def test_a_record_holds_every_value_with_its_count_and_quote():
    (one,) = conflicts(VIEW, field=Field.TYPE).items
    record = disputed_record(one)
    assert (record["id"], record["conflicts"]) == (
        BOTH.id,
        [
            {
                "field": "type",
                "chosen": "Quy định",
                "reason": "own",
                "values": [
                    {"value": "Quy định", "count": 1, "own": True, "quote": "Quy định"},
                    {"value": "Quyết định", "count": 5, "own": False, "quote": "QĐ"},
                ],
            }
        ],
    )
