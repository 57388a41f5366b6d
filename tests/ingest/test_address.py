"""What users name: paths of this machine, and addresses of other file systems."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import ReadError
from ingest.address import Address, located


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("plans", Path("plans")),
        ("/srv/kế hoạch.txt", Path("/srv/kế hoạch.txt")),
        ("a:b//c", Path("a:b//c")),
        ("file:///srv/k%E1%BA%BF%20ho%E1%BA%A1ch", Path("/srv/kế hoạch")),
        ("LOCAL:///srv", Path("/srv")),
        ("s3://bucket/plans", Address("s3://bucket/plans")),
        ("hdfs://name:8020/plans/", Address("hdfs://name:8020/plans/")),
    ],
)
def test_a_scheme_makes_an_address_and_all_else_is_a_path(text: str, place: Path | Address) -> None:
    assert located(text) == place


def test_chained_addresses_are_refused() -> None:
    with pytest.raises(ReadError, match="chained") as caught:
        located("zip://a.txt::file:///etc")
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("address", "shown", "name"),
    [
        (Address("s3://bucket/plans"), "s3://bucket/plans", "plans"),
        (Address("s3://bucket/plans/", "c/d.txt"), "s3://bucket/plans/c/d.txt", "d.txt"),
        (Address("ftp://user:secret@host/plans", "d.txt"), "ftp://user@host/plans/d.txt", "d.txt"),
    ],
)
def test_an_address_is_shown_whole_and_without_its_password(address: Address, shown: str, name: str) -> None:
    assert (str(address), address.name) == (shown, name)
