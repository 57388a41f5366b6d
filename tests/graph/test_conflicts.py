from __future__ import annotations

import pytest

from graph.model import Fact
from graph.resolve.conflicts import Reason, disputed_fields, reason_of


def facts(field, *values):
    return tuple(Fact(field, value, count, own, at == 0, value) for at, (value, count, own) in enumerate(values))


@pytest.mark.parametrize(
    ("field", "values", "disputed"),
    [
        ("date", ["2021-10-08"], False),
        ("date", ["2021-10-08", "2021-07-30"], True),
        ("date", ["2021-10-08", "2021"], False),
        ("date", ["2021-10-08", "2021-10", "2021"], False),
        ("date", ["2021-10-08", "2020"], True),
        ("date", ["2021-10-08", "2021-10-09", "2021"], True),
        ("sign", ["08-QĐ/TW", "08-QĐi/TW"], True),
        ("title", ["Về việc tăng cường công tác dân vận", "tăng cường công tác dân vận"], False),
        ("title", ["ban hành Quy định tiêu chí đánh giá công tác dân vận", "tiêu chí đánh giá công tác dân vận"], False),
        ("title", ["tăng cường công tác dân vận", "giảm nghèo bền vững"], True),
        ("issuer", ["Bộ Chính trị", "Ban Bí thư Trung ương Đảng"], True),
    ],
)
def test_fields_whose_values_cannot_all_be_right_are_disputed(field, values, disputed):
    given = facts(field, *((value, 1, False) for value in values))
    agreed = facts("type", ("Quy định", 3, False))
    assert disputed_fields((*given, *agreed)) == ({field} if disputed else set())
    assert disputed_fields(given[::-1]) == ({field} if disputed else set())


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([("2021-07-30", 1, True), ("2021-10-08", 9, False)], Reason.OWN),
        ([("2021-10-08", 3, False), ("2021-07-30", 1, False)], Reason.MAJORITY),
        ([("2021-07-30", 2, False), ("2021-10-08", 2, False)], Reason.ORDER),
    ],
)
def test_the_reason_is_the_own_document_then_the_majority_then_the_order(values, reason):
    assert reason_of(facts("date", *values)) is reason
