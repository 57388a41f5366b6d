"""What every store's traversal gives: the graph of its edges and documents, as numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.model import Level, Reading, Relation, StatedIn, Status
from graph.store.base import Filter, Store
from graph.store.filters import passes
from graph.store.plain import PlainTraversal
from graph.store.traversal import CODES, Arrows, Trait, Traversal
from tests.generated import generated
from tests.graph.store.test_behaviour import BAC_KAN_PLAN, DIRECTIVE, EXAMPLES, QUANG_BINH_PLAN

_FILTERS = [
    Filter(),
    Filter(level=Level.CENTRAL),
    Filter(province="bac kan"),
    Filter(province="none"),
    Filter(province="none", predecessors=("bac kan", "quang binh")),
    Filter(year=2021),
    Filter(type="ke hoach"),
    Filter(status=Status.UNNUMBERED),
    Filter(held=True),
    Filter(held=False, year=2021),
]


@pytest.fixture
def filled(store: Store) -> Store:
    store.put(EXAMPLES)
    return store


def described(traversal: Traversal, arrows: Arrows) -> list[tuple[str, Trait | None, str]]:
    """Edges by identifiers and traits, sorted."""
    ends = zip(traversal.ids(arrows.source), arrows.code.tolist(), traversal.ids(arrows.target), strict=True)
    return sorted(((source, Trait.of(code), target) for source, code, target in ends), key=repr)


def test_every_code_is_that_of_its_trait() -> None:
    traits = {trait: code for code in range(CODES) if (trait := Trait.of(code))}
    assert len(traits) == len(Relation) * len(StatedIn) * 16
    assert all(trait.code == code for trait, code in traits.items())


def test_edges_by_their_ends(filled: Store) -> None:
    whole = filled.incoming([DIRECTIVE])
    ends = [(one.source, one.relation, one.target) for one in whole]
    assert filled.edges(ends) == whole
    assert filled.edges(ends[:1], strongest=True) == filled.incoming([DIRECTIVE], [ends[0][1]], strongest=True)
    assert filled.edges([(DIRECTIVE, Relation.CITES, BAC_KAN_PLAN), ("x' --", Relation.CITES, DIRECTIVE)]) == []


def test_edges_at_a_document(filled: Store) -> None:
    traversal = filled.traversal()
    number = traversal.number(DIRECTIVE)
    assert number is not None
    asked = np.array([number])
    assert described(traversal, traversal.into(asked)) == sorted(
        [
            (BAC_KAN_PLAN, Trait(Relation.IMPLEMENTS, StatedIn.BODY), DIRECTIVE),
            (QUANG_BINH_PLAN, Trait(Relation.BASED_ON, StatedIn.PREAMBLE, above=True), DIRECTIVE),
        ],
        key=repr,
    )
    assert (traversal.degree(asked, into=True), traversal.degree(asked, into=False)) == (2, 0)
    assert traversal.into(asked[:0]).code.size == traversal.out_of(asked).code.size == 0
    assert traversal.number("none~2021") is None


def agree(store: Store) -> None:
    """That the store's traversal gives what its records give, for all documents."""
    page = store.listing(Filter(), limit=1_000)
    found, expected = store.traversal(), PlainTraversal(store)
    ids = [one.id for one in page.documents]
    numbers, others = (np.array([each.number(id) for id in ids], np.int64) for each in (found, expected))
    assert list(found.ids(numbers)) == ids
    assert found.size > numbers.max(initial=-1)
    for way in ("into", "out_of"):
        arrows, whole = getattr(found, way)(numbers), getattr(expected, way)(others)
        assert described(found, arrows) == described(expected, whole)
        assert found.degree(numbers, into=way == "into") >= whole.code.size
        for number, other in zip(numbers, others, strict=True):
            alone = getattr(found, way)(np.array([number]))
            assert described(found, alone) == described(expected, getattr(expected, way)(np.array([other])))
    assert [ids[at] for at in np.argsort(found.order_keys(numbers))] == ids
    assert [ids[at] for at in np.argsort(found.id_keys(numbers))] == sorted(ids)
    for wanted in _FILTERS:
        assert found.passing(numbers, wanted).tolist() == [passes(one, wanted) for one in page.documents]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(batches=st.lists(generated(), min_size=1, max_size=4))
def test_agrees_with_the_records_of_the_store(fresh: Callable[[], Store], batches: list[list[Reading]]) -> None:
    store = fresh()
    for number, batch in enumerate(batches):
        store.put([salted(one, number) for one in batch])
        agree(store)


def salted(one: Reading, number: int) -> Reading:
    digest = f"{number}{one.source.digest[1:]}"
    return replace(one, source=replace(one.source, digest=digest))
