"""What is equal for all spellings of the name of a document without number."""

from __future__ import annotations

import pytest

from graph.model import COUNTRY, Place
from graph.resolve.names import name_key

BAC_KAN = Place("Bắc Kạn", kind="tỉnh")


@pytest.mark.parametrize(
    ("names", "key"),
    [
        (
            [
                "Nghị quyết Trung ương 4 (khóa XII)",
                "Nghị quyết Trung ương 4 khoá XII",
                "Nghị quyết TW 04 khóa XII",
                "Nghị quyết Hội nghị Trung ương 4, khóa XII",
                "Nghị quyết Hội nghị lần thứ 4 Ban Chấp hành Trung ương khóa XII",
                "Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng khóa XII",
                "Nghị quyết Hội nghị lần thứ tư của Ban Chấp hành Trung ương Đảng khóa XII",
            ],
            "nghi-quyet-trung-uong-4-khoa-xii",
        ),
        (["Kết luận Trung ương 4 khóa XIII", "Kết luận Hội nghị lần thứ tư Ban Chấp hành Trung ương khóa XIII"], "ket-luan-trung-uong-4-khoa-xiii"),
        (["Nghị quyết Trung ương 11 khóa XI", "Nghị quyết Hội nghị lần thứ mười một Ban Chấp hành Trung ương khóa XI"], "nghi-quyet-trung-uong-11-khoa-xi"),
        (["Nghị quyết Đại hội XIII của Đảng", "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII"], "nghi-quyet-dai-hoi-xiii-cua-dang"),
        (["Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XII", "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Bắc Kạn lần thứ XII"], "nghi-quyet-dai-hoi-dang-bo-tinh-xii"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_share_a_key(names: list[str], key: str) -> None:
    assert {name_key(name, BAC_KAN if "dang-bo" in key else COUNTRY) for name in names} == {key}


def test_other_plenums_and_terms_have_other_keys() -> None:
    names = [f"Nghị quyết Trung ương {nth} khóa {term}" for nth in (4, 5) for term in ("XI", "XII")]
    assert len({name_key(name, COUNTRY) for name in (*names, "Kết luận Trung ương 4 khóa XI")}) == 5
