"""Units of a text and their zones."""

from __future__ import annotations

import pytest

from graph.model import Zone
from graph.text import flatten
from ingest.clean import clean
from ingest.header import read_header
from ingest.zone import lay_out


def zone_of(line: str) -> Zone | None:
    text = clean("zone", f"KẾ HOẠCH\nVề việc bầu cử\n\nI. NỘI DUNG\n\nCác xã tổ chức bầu cử.\n\n{line}\n")
    flat = flatten(text.clean)
    unit = lay_out(text, flat, read_header(text, flat)).unit_at(text.clean.rindex(line))
    return unit.zone if unit else None


@pytest.mark.parametrize("line", [
    "Tin liên quan", "TIN KHÁC", "Chia sẻ", "Chia sẻ lên Facebook", "12 bình luận", "bình luận", "Xem thêm: tin khác", "{a}b",
])
def test_lines_of_web_pages_are_noise(line: str) -> None:
    assert zone_of(line) is Zone.NOISE


@pytest.mark.parametrize("line", ["Tin liên quan của xã", "12 bình luận viên", "a {b} c", "Đăng ký tạm trú"])
def test_lines_that_only_resemble_them_are_not(line: str) -> None:
    assert zone_of(line) is Zone.BODY
