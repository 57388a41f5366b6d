from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from ingest.patterns import scan

_WORDS = (r"bo luat", r"luat(?! to)", r"phap lenh")


@given(st.lists(st.sampled_from(["bo ", "luat", " to ", "phap ", "lenh", "x"])).map("".join), st.integers(0, 9))
def test_a_scan_finds_what_the_alternation_finds(text: str, start: int) -> None:
    together = re.compile("|".join(_WORDS)).finditer(text, start)
    assert [each.span() for each in scan(map(re.compile, _WORDS), text, start)] == [each.span() for each in together]
