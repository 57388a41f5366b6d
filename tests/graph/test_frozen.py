"""Records that are quick to make behave as frozen dataclasses do."""

from __future__ import annotations

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, field, replace

import pytest

from graph.errors import CancuError
from graph.frozen import quick
from graph.model import Claim, Place, Zone


@dataclass(frozen=True, slots=True)
class Usual:
    first: int
    second: str = "two"
    third: tuple[int, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Quick:
    first: int
    second: str = "two"
    third: tuple[int, ...] = ()


@pytest.mark.parametrize("given", [(1,), (1, "x"), (1, "x", (2, 3))])
def test_fields_and_defaults_are_those_of_the_dataclass(given: tuple[int]) -> None:
    assert asdict(Quick(*given)) == asdict(Usual(*given))
    assert repr(Quick(*given)) == repr(Usual(*given)).replace("Usual", "Quick")
    assert hash(Quick(*given)) == hash(Usual(*given))


def test_the_signature_is_that_of_the_dataclass() -> None:
    assert inspect.signature(Quick) == inspect.signature(Usual)


@pytest.mark.parametrize("given", [{}, {"second": "x"}, {"first": 1, "fourth": 4}])
def test_wrong_arguments_are_refused(given: dict[str, int]) -> None:
    with pytest.raises(TypeError):
        Quick(**given)


def test_it_is_of_its_own_class_and_frozen() -> None:
    made = Quick(1, third=(2,))
    assert type(made) is Quick
    with pytest.raises(FrozenInstanceError):
        made.first = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del made.first
    assert not hasattr(made, "__dict__")


def test_copies_are_equal_and_of_its_class() -> None:
    claim = Claim(0, 4, "Luật", type="Luật", place=Place("Bắc Kạn", kind="tỉnh"), zone=Zone.PREAMBLE)
    copies = [replace(claim), copy.copy(claim), copy.deepcopy(claim), pickle.loads(pickle.dumps(claim))]  # noqa: S301
    assert copies == [claim] * 4
    assert {type(each) for each in copies} == {Claim}


def test_a_factory_of_defaults_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Listing:
        items: list[int] = field(default_factory=list)

    with pytest.raises(CancuError, match="Listing"):
        quick(Listing)
