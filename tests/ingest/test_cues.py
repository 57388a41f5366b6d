"""Which words govern a citation: clauses as they stand right before it, and what they state."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Relation
from graph.text import flatten
from ingest.cues import ended, governing, is_document_noun, passive

BODY = [
    ("Tiếp tục triển khai thực hiện có hiệu quả ", Relation.IMPLEMENTS),
    ("Quán triệt, tổ chức thực hiện tốt ", Relation.IMPLEMENTS),
    ("gắn với việc thực hiện ", Relation.IMPLEMENTS),
    ("Tổ chức triển khai công tác dân vận theo ", Relation.IMPLEMENTS),
    ("Thực hiện tốt công tác đánh giá, xếp loại công tác dân vận theo ", Relation.IMPLEMENTS),
    ("Phấn đấu hoàn thành các nhiệm vụ được giao tại ", Relation.IMPLEMENTS),
    ("Hướng dẫn thực hiện ", Relation.IMPLEMENTS),
    ("tiếp tục thực hiện Quy chế dân chủ theo quy định của ", Relation.CITES),
    ("Thực hiện theo quy định tại ", Relation.CITES),
    ("Thực hiện quy trình hai bước (theo ", Relation.CITES),
    ("Nâng cao chất lượng hoạt động giám sát, phản biện xã hội theo ", Relation.CITES),
    ("tăng cường và đổi mới công tác dân vận theo ", Relation.CITES),
    ("Theo đề nghị của Giám đốc Sở Nội vụ tại ", Relation.CITES),
    ("Việc triển khai công tác này phải bám sát nội dung ", Relation.CITES),
    ("Tạm ngưng hiệu lực ", Relation.CITES),
    ("Tham mưu sửa đổi, bổ sung ", Relation.CITES),
    ("Tăng cường kiểm tra, giám sát việc thực hiện ", Relation.MONITORS),
    ("theo dõi, đôn đốc, hướng dẫn việc thực hiện ", Relation.MONITORS),
    ("Báo cáo kết quả triển khai ", Relation.MONITORS),
    ("Tổng kết 10 năm thực hiện ", Relation.MONITORS),
    ("Tăng cường giám sát việc thực hiện Quy chế theo ", Relation.MONITORS),
    ("Đẩy mạnh tuyên truyền, phổ biến ", Relation.DISSEMINATES),
    ("nâng cao nhận thức cho cán bộ, đảng viên về ", Relation.DISSEMINATES),
    ("Tuyên truyền các văn bản về công tác dân vận và thực hiện quy chế dân chủ, trọng tâm là ", Relation.DISSEMINATES),
    ("Quyết định này có hiệu lực từ ngày ký và thay thế ", Relation.REPLACES),
    ("Bãi bỏ khoản 2 Điều 3 của ", Relation.REPEALS),
    ("Sửa đổi, bổ sung một số điều của ", Relation.AMENDS),
    ("Sửa đổi, bổ sung, bãi bỏ một số điều, khoản của ", Relation.AMENDS),
    ("Thay thế, bãi bỏ ", Relation.REPLACES),
    ("thực hiện việc rà soát, báo cáo theo hướng dẫn tại ", Relation.CITES),
    ("rà soát các dự án có tình huống pháp lý tương tự như trong ", Relation.CITES),
    ("thống nhất với dự án Pháp lệnh sửa đổi, bổ sung một số điều của ", Relation.CITES),
    ("Điều chỉnh bổ sung một số điều của ", Relation.AMENDS),
    ("Sửa đổi, bổ sung một số điều của Quy định kèm theo ", Relation.AMENDS),
    ("Sau khi có ý kiến của Bộ Tài chính tại ", Relation.CITES),
    ("Kế thừa, phát huy kết quả triển khai thực hiện ", Relation.CITES),
    ("Kế thừa kết quả đã đạt được, tiếp tục triển khai thực hiện ", Relation.IMPLEMENTS),
    ("Học tập cách làm của các tỉnh trong việc thực hiện ", Relation.CITES),
    ("Học tập kinh nghiệm triển khai thực hiện ", Relation.CITES),
    ("Đánh giá kinh nghiệm triển khai thực hiện ", Relation.MONITORS),
    ("Căn cứ ", Relation.BASED_ON),
    ("Chánh Thanh tra thực hiện nhiệm vụ, quyền hạn quy định tại Điều 8 ", Relation.CITES),
    ("Thực hiện đúng quy định tại Điều 8 ", Relation.IMPLEMENTS),
    ("Đối với đảng viên được kết nạp từ khi thực hiện ", Relation.CITES),
    ("Văn bản này thay thế ", Relation.REPLACES),
    ("theo quan điểm của Ban Chấp hành Trung ương tại ", Relation.CITES),
    ("Theo đề nghị của Ủy ban Kiểm tra Đảng ủy tại ", Relation.CITES),
    ("rà soát, sửa đổi các văn bản thay thế ", Relation.CITES),
    ("báo cáo cấp có thẩm quyền xem xét, sửa đổi ", Relation.CITES),
    ("đề nghị Bộ Tài chính sửa đổi, bổ sung ", Relation.CITES),
    ("Rà soát việc chấp hành ", Relation.MONITORS),
    ("Sửa đổi, bổ sung một số điều của Quy chế làm việc ban hành kèm theo ", Relation.AMENDS),
    ("Áp dụng mẫu ban hành kèm theo ", Relation.CITES),
    ("Sau khi nghe Báo cáo của Ban Tổ chức, xét ", Relation.CITES),
    ("Các quyết định sau hết hiệu lực kể từ ngày Quyết định này có hiệu lực thi hành: ", Relation.REPEALS),
    ("Hết hiệu lực kể từ ngày 01/01/2026: ", Relation.REPEALS),
    ("Các quyết định sau hết hiệu  lực kể từ  ngày Quyết định này có hiệu  lực thi hành: ", Relation.REPEALS),
    ("Đề nghị Công ty nghiên cứu quy định tại Điều 67 ", Relation.CITES),
    ("Nghiên cứu, quán triệt ", Relation.DISSEMINATES),
    ("Thông tư này hướng dẫn ", Relation.GUIDES),
    ("Nghị định này quy định chi tiết khoản 1 Điều 6 ", Relation.GUIDES),
    ("Đề nghị Sở Nội vụ hướng dẫn ", Relation.CITES),
    ("Tuyên truyền các văn bản, trong đó có ", Relation.DISSEMINATES),
    (". Ngày 26/02/2025, Cục Thuế tỉnh có ", Relation.CITES),
    ("Đẩy mạnh học tập và làm theo gương Bác, gắn với việc thực hiện ", Relation.IMPLEMENTS),
    ("Tổ chức học tập gắn với triển khai thực hiện ", Relation.IMPLEMENTS),
    ("Thay thế cụm từ “thôn” bằng cụm từ “tổ dân phố” tại Điều 5 ", Relation.AMENDS),
    ("Bãi bỏ từ “huyện” tại khoản 2 Điều 5 của ", Relation.AMENDS),
    ("Thay thế từ ngày 01/01/2026 ", Relation.REPLACES),
]


@pytest.mark.parametrize(("before", "relation"), BODY)
def test_the_cue_before_a_citation_in_the_body(before: str, relation: Relation) -> None:
    cue = governing(flatten(before))
    assert cue is not None
    assert cue.relation is relation


TITLES = [
    ("quy định chi tiết và hướng dẫn thi hành một số điều của ", Relation.GUIDES),
    ("về tiếp tục thực hiện ", Relation.IMPLEMENTS),
    ("về việc góp ý dự thảo Nghị định sửa đổi, bổ sung ", Relation.CITES),
]


@pytest.mark.parametrize(("before", "relation"), TITLES)
def test_the_cue_in_a_title(before: str, relation: Relation) -> None:
    cue = governing(flatten(before), norm=True)
    assert cue is not None
    assert cue.relation is relation


@pytest.mark.parametrize("before", ["", "; ", ", các ", " (", "các văn bản khác là ", "- ", "về Chương trình tổng thể ", "nhu cầu tại "])
def test_words_without_a_verb_leave_the_earlier_cue_in_force(before: str) -> None:
    assert governing(flatten(before)) is None


PASSIVES = [
    (", được sửa đổi, bổ sung bởi ", Relation.AMENDS),
    (" và được sửa đổi, bổ sung tại ", Relation.AMENDS),
    (" đã được sửa đổi, bổ sung một số điều theo ", Relation.AMENDS),
    (" được thay thế bởi ", Relation.REPLACES),
    (" bị bãi bỏ bởi ", Relation.REPEALS),
    (" thay thế bởi ", Relation.REPLACES),
    ("; được sửa đổi, bổ sung bởi ", Relation.AMENDS),
    ("; được thay thế bằng ", Relation.REPLACES),
    (" (sửa đổi, bổ sung bởi ", Relation.AMENDS),
    (" thay thế ", None),
    ("; sửa đổi, bổ sung ", None),
    (" và ", None),
    (" về việc sửa đổi ", None),
]


@pytest.mark.parametrize(("between", "relation"), PASSIVES)
def test_the_passive_turns_the_relation(between: str, relation: Relation | None) -> None:
    assert passive(flatten(between)) is relation


def test_a_title_may_stand_before_the_passive() -> None:
    title = " của Chính phủ về đánh giá, xếp loại công chức"
    assert passive(flatten(f"{title} được sửa đổi, bổ sung bởi "), titled=True) is Relation.AMENDS
    assert passive(flatten(f"{title} được sửa đổi, bổ sung bởi ")) is None
    assert passive(flatten(f"{title}. Mức chi được điều chỉnh theo "), titled=True) is None
    assert passive(flatten(f"{title} được thực hiện theo "), titled=True) is None


def test_the_end_of_force_is_stated_after_the_document() -> None:
    assert ended(flatten(" hết hiệu lực kể từ ngày Nghị quyết này có hiệu lực thi hành")) is Relation.REPEALS
    assert ended(flatten(" có hiệu lực kể từ ngày ký")) is None
    assert ended(flatten(" bị bãi bỏ kể từ ngày ký")) is Relation.REPEALS
    assert ended(flatten(" về việc công bố thủ tục hành chính bị bãi bỏ trong lĩnh vực đất đai")) is None


def test_an_unnumbered_document_implements_for_itself() -> None:
    assert is_document_noun(flatten("; Chương trình hành động thực hiện "))
    assert not is_document_noun(flatten("; tổ chức thực hiện "))


@pytest.mark.parametrize(
    ("before", "relation"),
    [
        ("thuc hien nhiem vu duoc giao. can cu ", Relation.BASED_ON),
        ("thay the cac quy dinh cu; to chuc; thuc hien ", Relation.IMPLEMENTS),
        ("can cu “quy che. thuc hien” va ", Relation.BASED_ON),
        ("trien khai thuc hien cac van ban; cac to chuc, ", None),
        ("trien khai thuc hien; cac van ban sau: ", Relation.IMPLEMENTS),
    ],
)
def test_the_last_clause_governs(before: str, relation: Relation | None) -> None:
    cue = governing(before)
    assert (cue.relation if cue else None) is relation



@given(st.text(alphabet=st.sampled_from("abcdeghiklmnoprstuvy ,;.:“”\"()\n-"), max_size=400))
def test_any_text_is_answered(before: str) -> None:
    cue = governing(before)
    assert cue is None or cue.relation in Relation
