"""What every store does, in the same way and in the same order."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.model import (
    Deadline,
    DeadlineKind,
    Field,
    Header,
    Level,
    Part,
    Period,
    Reading,
    Recipient,
    RecipientRole,
    Relation,
    Source,
    StatedIn,
    Status,
)
from graph.resolve import resolve
from graph.signs import Sign
from graph.store import base
from graph.store.base import Counts, Filter, Store
from graph.store.dump import dump_resolution
from tests.factories import BAC_KAN, QUANG_BINH, cited, directive, own, reading, stated
from tests.generated import SUBJECT, generated

PLAN = own(
    "780/KH-UBND",
    type="Kế hoạch",
    place=BAC_KAN,
    date="2021-12-20",
    issuer="Ủy ban nhân dân tỉnh Bắc Kạn",
    title=f"Thực hiện Chỉ thị về {SUBJECT}",
)
OTHER = own(type="Kế hoạch", place=QUANG_BINH, title="Công tác dân vận năm 2024")
EXAMPLES = [
    reading(
        PLAN,
        directive(title=SUBJECT),
        cited("25/NQ-TW", term="XI"),
        relations=(stated(0, Relation.IMPLEMENTS, 1),),
    ),
    reading(
        OTHER,
        directive(),
        directive(date=None),
        cited("25-NQ/TW", date="2013-06-03"),
        relations=(
            stated(0, Relation.CITES, 1),
            stated(0, Relation.BASED_ON, 2, stated_in=StatedIn.PREAMBLE),
            stated(0, Relation.DISSEMINATES, 3),
        ),
        name="other.txt",
    ),
]
DIRECTIVE = "33.ct-ttg~2021"
BAC_KAN_PLAN = "780.kh-ubnd~tinh.bac-kan~2021"
QUANG_BINH_PLAN = "ke-hoach-cong-tac-dan-van-nam-2024~tinh.quang-binh~chua-ro"


@pytest.fixture
def filled(store: Store) -> Store:
    store.put(EXAMPLES)
    return store


def test_put_tells_what_was_new(store: Store) -> None:
    first, second = (each.source.digest for each in EXAMPLES)
    assert store.put(EXAMPLES[:1]).added == (first,)
    again = store.put(EXAMPLES)
    assert (again.added, again.known) == ((second,), (first,))
    before = list(store.dump())
    assert store.put(EXAMPLES).added == ()
    assert list(store.dump()) == before


def test_a_text_under_two_names_keeps_the_smallest(filled: Store) -> None:
    one = EXAMPLES[1]
    filled.put([replace(one, source=replace(one.source, name="a.txt"))])
    source = filled.source(one.source.digest)
    assert source is not None
    assert source.name == "a.txt"
    assert filled.counts().sources == len(EXAMPLES)


def test_all_or_nothing(filled: Store) -> None:
    before = list(filled.dump())
    broken = replace(EXAMPLES[0], source=Source("0" * 64, "z.txt", "text"), relations=(stated(0, Relation.CITES, 99),))

    def readings() -> Iterator[Reading]:
        yield reading(own("1/KH-UBND", place=BAC_KAN, date="2020-01-01"), directive("1/CT-TTg", "2019-01-01"))
        yield broken

    with pytest.raises(IndexError):
        filled.put(readings())
    assert list(filled.dump()) == before


def test_what_was_read_comes_back(filled: Store) -> None:
    for one in EXAMPLES:
        assert filled.reading(one.source.digest) == one
        assert filled.source(one.source.digest) == one.source
        assert filled.assigned(one.source.digest) == resolve(EXAMPLES).assigned[one.source.digest]
    assert filled.reading("0" * 64) is None
    assert filled.source("0" * 64) is None
    assert filled.assigned("0" * 64) == ()


def test_all_texts_page_by_page(filled: Store) -> None:
    first, second = sorted(each.source.digest for each in EXAMPLES)
    assert filled.digests(limit=1) == (first,)
    assert filled.digests(after=first, limit=5) == (second,)
    assert filled.digests(after=second, limit=5) == ()


def test_identifiers_that_were_given_up_are_handed_on(fresh: Callable[[], Store]) -> None:
    plan = own("1/KH-UBND", place=BAC_KAN, date="2025-12-30")
    titles = {"2025-03-01": "về kết quả kiểm tra công tác cán bộ năm 2024",
              "2025-11-20": "phân công nhiệm vụ Ủy viên khóa mới"}  # fmt: skip
    readings = [
        reading(plan, cited("12-TB/TU", place=BAC_KAN, date=date, title=title), salt=date)
        for date, title in titles.items()
    ]
    store = fresh()
    for one in readings:
        store.put([one])
    given_up = list(store.issued())
    assert [id for id, _ in given_up] == ["12-tb.tu~tinh.bac-kan~2025"]
    assert store.moved("12-tb.tu~tinh.bac-kan~2025") == ("12-tb.tu~tinh.bac-kan~2025-03-01",)
    copy = fresh()
    copy.put(readings)
    assert copy.moved("12-tb.tu~tinh.bac-kan~2025") == ()
    for _ in range(2):
        copy.remember(given_up)
        assert list(copy.issued()) == given_up
    assert copy.moved("12-tb.tu~tinh.bac-kan~2025") == ("12-tb.tu~tinh.bac-kan~2025-03-01",)


def test_documents_by_id_and_by_sign(filled: Store) -> None:
    document = filled.document(DIRECTIVE)
    assert document is not None
    assert document == next(each for each in resolve(EXAMPLES).documents if each.id == DIRECTIVE)
    assert filled.document("x' OR '1'='1") is None
    assert list(filled.documents([DIRECTIVE, "none~2021"])) == [DIRECTIVE]
    without_facts = replace(document, facts=())
    assert filled.documents([DIRECTIVE]) == {DIRECTIVE: without_facts}
    assert filled.by_sign(Sign.parse("33/ct-ttg").key) == (without_facts,)
    assert filled.by_sign("none") == ()


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Filter(held=True), [BAC_KAN_PLAN, QUANG_BINH_PLAN]),
        (Filter(level=Level.CENTRAL), ["25-nq.tw~2013", DIRECTIVE]),
        (Filter(province="Bắc Kạn"), [BAC_KAN_PLAN]),
        (Filter(province="Thái Nguyên"), []),
        (Filter(province="Thái Nguyên", predecessors=("Bắc Kạn",)), [BAC_KAN_PLAN]),
        (Filter(province="Quảng Bình", predecessors=("Bắc Kạn", "x' OR '1'='1")), [BAC_KAN_PLAN, QUANG_BINH_PLAN]),
        (Filter(province="Quảng Bình", predecessors=("Bắc Kạn",), year=2021), [BAC_KAN_PLAN]),
        (Filter(year=2021), [DIRECTIVE, BAC_KAN_PLAN]),
        (Filter(type="Kế hoạch", status=Status.UNNUMBERED), [QUANG_BINH_PLAN]),
        (Filter(province="'; DROP TABLE document; --"), []),
        (Filter(), ["25-nq.tw~2013", DIRECTIVE, BAC_KAN_PLAN, QUANG_BINH_PLAN]),
    ],
)
def test_listing_in_order_of_date_then_id(filled: Store, wanted: Filter, ids: list[str]) -> None:
    page = filled.listing(wanted, limit=10)
    assert ([each.id for each in page.documents], page.total) == (ids, len(ids))


def test_pages(filled: Store) -> None:
    page = filled.listing(Filter(), limit=2, offset=1)
    assert ([each.id for each in page.documents], page.total) == ([DIRECTIVE, BAC_KAN_PLAN], 4)


def test_what_claims_disagree_about_is_found_as_long_as_they_do(store: Store) -> None:
    plan = own("9/KH-UBND", place=BAC_KAN, date="2024-01-01")
    store.put([reading(plan, directive(date="2021-11-26"), directive(date="2021-11"), salt="one")])
    assert store.disputed(Filter(), limit=10).total == 0
    store.put([reading(plan, directive(date="2021-11-28", title="Về dân vận"), salt="two")])
    for wanted, field, found in (
        (Filter(), None, True),
        (Filter(), Field.DATE, True),
        (Filter(level=Level.CENTRAL, year=2021), Field.DATE, True),
        (Filter(), Field.TITLE, False),
        (Filter(province="Bắc Kạn"), None, False),
    ):
        page = store.disputed(wanted, field=field, limit=10)
        assert ([one.id for one in page.documents], page.total) == ([DIRECTIVE] * found, found), (wanted, field)
    (document,) = store.disputed(Filter(), limit=1).documents
    assert document == store.document(DIRECTIVE)
    assert {fact.value for fact in document.facts if fact.field == "date"} == {"2021-11", "2021-11-26", "2021-11-28"}
    assert store.disputed(Filter(), limit=1, offset=1).documents == ()


def test_edges_both_ways_with_their_evidence(filled: Store) -> None:
    incoming = filled.incoming([DIRECTIVE])
    assert [(edge.source, edge.relation) for edge in incoming] == [
        (BAC_KAN_PLAN, Relation.IMPLEMENTS),
        (QUANG_BINH_PLAN, Relation.BASED_ON),
    ]
    assert incoming[1].evidence[0].stated_in is StatedIn.PREAMBLE
    assert incoming[1].quote == incoming[1].evidence[0].quote == "33/CT-TTg"
    outgoing = filled.outgoing([QUANG_BINH_PLAN, BAC_KAN_PLAN], [Relation.DISSEMINATES, Relation.BASED_ON])
    assert [(edge.relation, edge.target) for edge in outgoing] == [
        (Relation.BASED_ON, DIRECTIVE),
        (Relation.DISSEMINATES, "25-nq.tw~2013"),
    ]
    assert filled.outgoing([BAC_KAN_PLAN], []) == filled.incoming([]) == []


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("cong tac dan van", [BAC_KAN_PLAN, DIRECTIVE, QUANG_BINH_PLAN]),
        ("Đổi mới công tác", [BAC_KAN_PLAN, DIRECTIVE]),
        ("33/CT-TTg", [DIRECTIVE]),
        ("chi thi 33", [DIRECTIVE]),
        ("thu tuong chinh ph", [DIRECTIVE]),
        ('dan" OR "van', []),
        ("NEAR(", []),
        ("***", []),
        ("_", []),
        ("", []),
    ],
)
def test_search_with_and_without_diacritics_newest_first(filled: Store, words: str, ids: list[str]) -> None:
    page = filled.search(words, limit=10)
    assert ([each.id for each in page.documents], page.total) == (ids, len(ids))


def test_a_search_counts_to_its_limit_and_says_that_there_are_more(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "COUNTED", 2)
    pages = [filled.search("dan van", limit=limit, offset=offset) for limit, offset in ((1, 0), (1, 1), (2, 0), (1, 2))]
    assert [(len(each.documents), each.total, each.more) for each in pages] == [
        (1, 2, True),
        (1, 3, False),
        (2, 3, False),
        (1, 3, False),
    ]


def test_search_forgets_what_a_document_is_no_longer_called(store: Store) -> None:
    store.put([reading(PLAN, directive(title="phòng cháy rừng"), salt="one")])
    store.put([reading(PLAN, directive(title=SUBJECT), salt=salt) for salt in ("two", "three")])
    assert store.search("phong chay", limit=10).total == 0


def test_a_document_is_found_by_the_type_and_title_of_what_it_is_issued_with(store: Store) -> None:
    rules = Part(5, 9, 5, 9, "Quy chế", "Phối hợp tiếp công dân")
    decision = own("215/QĐ-UBND", title="Về việc ban hành Quy chế", place=BAC_KAN, header=Header(parts=(rules,)))
    store.put([reading(decision)])
    (found,) = store.search("quy che phoi hop tiep cong dan", limit=10).documents
    assert found.parts == (rules,)
    assert store.search("quy che tiep khach", limit=10).total == 0


def test_what_a_text_says_of_recipients_and_deadlines_comes_back_as_it_was_read(store: Store) -> None:
    recipient = Recipient(0, 4, "Sở Nội vụ", RecipientRole.RECIPIENT, True, "Sở Nội vụ tỉnh Bắc Kạn", None)
    deadline = Deadline(1, 3, DeadlineKind.REPORT, "trước ngày 15/12", None, "Sở Nội vụ", 0, 4, "Sở Nội vụ báo cáo.")
    period = Period(0, 2, "giai đoạn 2021-2025", "2021", "2025")
    said = reading(replace(PLAN, header=Header(period=period)), directive())
    said = replace(said, recipients=(recipient,), deadlines=(deadline,))
    store.put([said])
    assert store.reading(said.source.digest) == said


def size_of(store: Store) -> Counts:
    """The size of a store, counted in its dump."""
    lines = [json.loads(line) for line in store.dump()]
    held = Counter(line["document"]["held"] for line in lines if "document" in line)
    edges = Counter(Relation(line["edge"]["relation"]) for line in lines if "edge" in line)
    sources = len(store.digests(limit=1_000))
    return Counts(sources, held[True], held[False], dict(sorted(edges.items())))


def test_counts(filled: Store) -> None:
    assert filled.counts() == size_of(filled)
    counts = filled.counts()
    assert (counts.sources, counts.held, counts.cited) == (2, 2, 2)
    assert counts.edges == {Relation.BASED_ON: 1, Relation.DISSEMINATES: 1, Relation.IMPLEMENTS: 1}


def test_the_dump_is_sorted_json_lines(filled: Store) -> None:
    lines = [json.loads(line) for line in filled.dump()]
    ids = [line["document"]["id"] for line in lines if "document" in line]
    assert ids == sorted(ids)
    assert list(filled.dump()) == list(dump_resolution(resolve(EXAMPLES)))


def test_the_store_can_be_used_while_it_is_dumped(filled: Store) -> None:
    dump = filled.dump()
    first = next(dump)
    filled.put([reading(own("9/KH-UBND", place=BAC_KAN, date="2024-01-01"), directive("7/CT-TTg", "2020-01-01"))])
    assert [first, *dump] == list(dump_resolution(resolve(EXAMPLES)))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(readings=generated(), data=st.data())
def test_any_order_and_batch_gives_what_resolve_gives(
    fresh: Callable[[], Store], readings: list[Reading], data: st.DataObject
) -> None:
    store = fresh()
    rest = data.draw(st.permutations([*readings, *readings]))
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        store.put(rest[:size])
        rest = rest[size:]
    assert store.counts() == size_of(store)
    expected = resolve(readings)
    assert list(store.dump()) == list(dump_resolution(expected))
    for one in readings:
        assert store.assigned(one.source.digest) == expected.assigned[one.source.digest]
