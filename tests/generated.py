"""Readings made up by Hypothesis: claims that agree, contradict and share signs, and relations between them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from graph.model import Claim, Place, Reading, Relation
from tests.factories import BAC_KAN, QUANG_BINH, cited, reading, stated

SUBJECT = "tiếp tục tăng cường và đổi mới công tác dân vận của cơ quan hành chính nhà nước"
FIRES = "phòng cháy, chữa cháy rừng mùa khô năm nay"
_DATES = st.sampled_from([None, "2021", "2021-11", "2021-11-26", "2021-01-30", "2016-05-15", "2026-03-02"])
_PLACES = st.sampled_from([None, BAC_KAN, QUANG_BINH, Place("Bắc Kạn"), Place("Bắc Kạn", "Na Rì", kind="huyện")])
_NUMBERS = ["33/CT-TTg", "23-QĐ/TW", "08-NQ/TU", "08-NQ/TW", "23-QĐi/TW", "12/KH-UBND", "25", "?"]
_CLAIMS = st.builds(
    cited,
    st.sampled_from([None, *_NUMBERS]),
    name=st.sampled_from([None, "Bộ luật Lao động", "Luật Đất đai năm 2024", "Kế hoạch năm 2025"]),
    type=st.sampled_from([None, "Quyết định", "Quy định", "Chỉ thị", "Kế hoạch"]),
    date=_DATES,
    place=_PLACES,
    term=st.sampled_from([None, "XII", "XIII"]),
    title=st.sampled_from([None, SUBJECT, f"về việc {SUBJECT}", FIRES, "dân vận"]),
    issuer=st.sampled_from([None, "Thủ tướng Chính phủ", "Tỉnh ủy Bắc Kạn", "Ban Bí thư Trung ương Đảng"]),
)


@st.composite
def generated(draw: st.DrawFn) -> list[Reading]:
    """A few readings of different texts."""
    readings = []
    for salt in range(draw(st.integers(1, 5))):
        head: Claim = replace(draw(_CLAIMS), own=True)
        claims = [head, *draw(st.lists(_CLAIMS, max_size=4))]
        position = st.integers(0, len(claims) - 1)
        relations = draw(st.lists(st.builds(stated, position, st.sampled_from(Relation), position), max_size=4))
        readings.append(reading(*claims, relations=tuple(relations), salt=str(salt)))
    return readings
