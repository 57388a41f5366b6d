"""Which claims speak of one document, what is chosen of what they say, and which edges follow."""

from __future__ import annotations

import random

import pytest

from graph.model import COUNTRY, Claim, Matching, Origin, Place, Reading, Relation, StatedIn
from graph.resolve import resolve, strongest
from graph.resolve.names import name_key, name_stem
from graph.resolve.titles import other_title, same_title
from tests.factories import BAC_KAN, QUANG_BINH, THANH_HOA, XUAN_THANH, cited, directive, own, reading, stated
from tests.factories_resolve import FIRES, MASS_WORK, PLAN, PLASTIC, cited_ids, found, together

TU_PLAN = own("138-KH/TU", issuer="Ban Thường vụ Tỉnh ủy Thanh Hóa", place=THANH_HOA, date="2019-03-27")
STANDING = "Ban Thường vụ Tỉnh ủy Thanh Hóa"
TEAM = "về kết quả kiểm tra công tác cán bộ năm 2024"
DUTIES = "phân công nhiệm vụ Ủy viên khóa mới"
CONGRESS = "về đại hội đảng bộ các cấp tiến tới Đại hội đại biểu toàn quốc lần thứ {} của Đảng"


@pytest.mark.parametrize(
    ("plan", "claim", "sign", "place"),
    [
        (PLAN, cited("25/NQ-TW"), "25-NQ/TW", COUNTRY),
        (PLAN, cited("16/CT", issuer="Thủ tướng Chính phủ"), "16/CT-TTg", COUNTRY),
        (PLAN, cited("5/CT", issuer="Ủy ban nhân dân tỉnh Bắc Kạn"), "05/CT-UBND", BAC_KAN),
        (TU_PLAN, cited("2543-QĐ/TW", issuer=STANDING, place=COUNTRY), "2543-QĐ/TU", THANH_HOA),
        (TU_PLAN, cited("04-HD/TW", issuer=STANDING), "04-HD/TU", THANH_HOA),
        (TU_PLAN, cited("12-HD/BDVTW", issuer="Ban Dân vận Tỉnh ủy Thanh Hóa"), "12-HD/BDVTU", THANH_HOA),
        (
            TU_PLAN,
            cited("07-KH/TW", issuer="Huyện ủy Nga Sơn"),
            "07-KH/HU",
            Place(province="Thanh Hóa", district="Nga Sơn", kind="huyện"),
        ),
        (PLAN, cited("52-KL/TU"), "52-KL/TU", BAC_KAN),
        (TU_PLAN, cited("25-NQ/TW", issuer="Ban Chấp hành Trung ương Đảng"), "25-NQ/TW", COUNTRY),
        (PLAN, cited("59/2023/NĐ-CP", place=BAC_KAN), "59/2023/NĐ-CP", COUNTRY),
    ],
)
def test_signs_and_places_are_put_right_from_the_issuer(plan: Claim, claim: Claim, sign: str, place: Place) -> None:
    (document,) = found(resolve([reading(plan, claim)]), sign)
    assert document.place == place


def test_a_provincial_congress_without_a_name_is_that_of_the_citing_province() -> None:
    named = cited(name="Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVII", type="Nghị quyết")
    full = cited(name="Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Quảng Bình lần thứ XVII", type="Nghị quyết")
    plan = own("4/KH-UBND", place=QUANG_BINH, date="2024-02-01")
    result = resolve([reading(plan, named), reading(plan, full, salt="full")])
    assert cited_ids(result) == {"nghi-quyet-dai-hoi-dang-bo-tinh-xvii~tinh.quang-binh~chua-ro"}


@pytest.mark.parametrize(
    ("claims", "documents"),
    [
        pytest.param(
            [
                cited("08-NQ/TU", place=BAC_KAN, date="2021-04-24"),
                cited("08-NQ/TU", place=QUANG_BINH, date="2022-06-10"),
            ],
            2,
            id="one sign in two provinces",
        ),
        pytest.param([directive(), directive(date="2026-03-02")], 2, id="state numbers restart each year"),
        pytest.param([directive(), directive(date="2021-11-25")], 1, id="a wrong day within the year"),
        pytest.param([cited("25-NQ/TW", date=f"{year}-06-03") for year in (2003, 2008, 2013, 2026)], 4, id="terms"),
        pytest.param([cited("25-NQ/TW", date="2013-06-03"), cited("25/NQ-TW", term="XI")], 1, id="term for a date"),
        pytest.param([cited("25-NQ/TW", date="2013-06-03"), cited("25/NQ-TW", term="XII")], 2, id="another term"),
        pytest.param(
            [cited("05-CT/TW", date="2016-05-15"), cited("05-CT/TW", date="2021-06-23")], 2, id="two terms, two issuers"
        ),
        pytest.param(
            [cited("23-QĐ/TW", date=date) for date in ("2021-07-30", "2021-07-30", "2021-07-23", "2021-01-30")],
            1,
            id="a term that began within days of one of the dates",
        ),
        pytest.param(
            [cited("01-CT/TW", date="2021-03-09", title=MASS_WORK), cited("01-CT/TW", term="XIII", title=MASS_WORK)],
            1,
            id="a term for a day near its beginning",
        ),
        pytest.param(
            [cited("01-CT/TW", date="2018-03-09"), cited("01-CT/TW", date="2021-03-09")], 2, id="the term of a day near its turn"
        ),
        pytest.param(
            [
                cited("01-CT/TW", date="2021-06-09", title=MASS_WORK),
                cited("01-CT/TW", date="2021-01-09", title=MASS_WORK),
            ],
            1,
            id="a title over the turn of a term",
        ),
        pytest.param(
            [
                cited("124-QĐ/TW", type="Quy định", date="2018-02-02"),
                cited("124-QĐi/TW", type="Quy định", date="2018-02-02"),
            ],
            1,
            id="Quy định under both codes",
        ),
        pytest.param(
            [
                cited("124-QĐ/TW", type="Quyết định", date="2018-02-02"),
                cited("124-QĐi/TW", type="Quy định", date="2018-02-02"),
            ],
            2,
            id="Quyết định and Quy định",
        ),
        pytest.param(
            [
                cited("2905-QĐ/TU", place=BAC_KAN, type="Quyết định", date="2019-09-28"),
                cited("2905-QĐ/TU", place=BAC_KAN, type="Quy định", date="2019-09-28"),
            ],
            1,
            id="one date and spelling, words mixed up",
        ),
        pytest.param(
            [
                cited("12-TB/TU", place=BAC_KAN, date="2025-03-01", title=TEAM),
                cited("12-TB/TU", place=BAC_KAN, date="2025-11-20", title=DUTIES),
            ],
            2,
            id="titles tell documents of one term apart",
        ),
        pytest.param(
            [
                cited("55-KH/HU", place=Place("Đồng Tháp", "Cao Lãnh", kind="huyện"), date="2021-11-04"),
                cited("55-KH/HU", place=Place("Đồng Tháp", "Cao Lãnh"), date="2021-11-04"),
            ],
            1,
            id="kind of place not told",
        ),
        pytest.param(
            [
                cited("15/KH-UBND", place=Place("Đồng Tháp", "Cao Lãnh", kind="huyện"), date="2021-11-04"),
                cited("15/KH-UBND", place=Place("Đồng Tháp", "Cao Lãnh", kind="thành phố"), date="2021-11-04"),
            ],
            2,
            id="two places of one name",
        ),
        pytest.param(
            [
                cited("05/KH-BCĐ", place=BAC_KAN, date="2024-01-05", issuer="Ban Chỉ đạo Chuyển đổi số"),
                cited("05/KH-BCĐ", place=BAC_KAN, date="2024-01-05", issuer="Ban Chỉ đạo 35"),
            ],
            2,
            id="series of several bodies with one code",
        ),
        pytest.param(
            [
                cited("05/KH-BCĐ", place=BAC_KAN, date="2024-01-05", issuer="Ban Chỉ đạo chuyển đổi số tỉnh Bắc Kạn"),
                cited("05/KH-BCĐ", place=BAC_KAN, date="2024-01-05", issuer="Ban Chỉ đạo Chuyển đổi số tỉnh Bắc Kạn"),
            ],
            1,
            id="one body in other letters",
        ),
        pytest.param(
            [
                cited(name="Nghị quyết Đại hội lần thứ XIII của Đảng", type="Nghị quyết"),
                cited(name="Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng", type="Nghị quyết"),
                cited(name="Nghị quyết Đại hội XIII của Đảng", type="Nghị quyết"),
                cited(name="Nghị quyết Đại hội XIII", type="Nghị quyết", place=COUNTRY),
                cited(name="Nghị quyết Đại hội XIII Đảng Cộng sản Việt Nam", type="Nghị quyết", place=COUNTRY),
            ],
            1,
            id="names of a congress",
        ),
        pytest.param(
            [cited(name=f"Kế hoạch phát triển kinh tế năm {year}", type="Kế hoạch") for year in (2024, 2025)],
            2,
            id="the year is part of a plan's name",
        ),
    ],
)
def test_claims_of_one_document(claims: list[Claim], documents: int) -> None:
    assert len(cited_ids(together(*claims))) == documents


def test_one_day_near_a_change_of_term_is_of_one_document() -> None:
    told = [
        ("2020-11-18", "tuyên truyền kết quả Đại hội đại biểu Đảng bộ tỉnh lần thứ XX"),
        ("2025-11-10", "học tập, quán triệt Nghị quyết Đại hội Đảng bộ tỉnh nhiệm kỳ 2025 - 2030"),
        ("2025-11-10", "học tập Nghị quyết Đại hội Đảng bộ tỉnh"),
    ]
    resolution = together(*(cited("02-KH/TU", place=BAC_KAN, date=date, title=title) for date, title in told))
    assert {document.date: document.mentions for document in found(resolution, "02-KH/TU")} == {"2020-11-18": 1, "2025-11-10": 2}


def test_an_undated_citation_goes_to_the_only_directive_that_was_there() -> None:
    undated = reading(PLAN, directive(date=None), salt="undated")
    late = own("1/KH-BNV", date="2026-05-01")
    dated = [reading(late, directive(date=date), salt=date) for date in ("2021-11-26", "2026-03-02")]
    result = resolve([undated, *dated])
    assert result.assigned[undated.source.digest][1] == "33.ct-ttg~2021"


def test_an_undated_citation_that_two_directives_fit_is_ambiguous() -> None:
    late = own("5/KH-UBND", place=BAC_KAN, date="2026-06-01")
    unsure = reading(late, directive(date=None), salt="unsure")
    titled = reading(late, directive(date=None, title=MASS_WORK), salt="titled")
    readings = [reading(PLAN, directive(title=MASS_WORK), salt="old")]
    readings.append(reading(PLAN, directive(date="2026-03-02", title=FIRES), salt="new"))
    result = resolve([unsure, titled, *readings])
    assert result.assigned[unsure.source.digest][1] == "33.ct-ttg~chua-ro"
    assert result.matching[unsure.source.digest][1] is Matching.AMBIGUOUS
    assert result.assigned[titled.source.digest][1] == "33.ct-ttg~2021"


def test_a_bare_sign_without_place_is_unmatched() -> None:
    result = together(cited("13/CT-UBND"), cited("13/CT-UBND", place=BAC_KAN, date="2022-01-01"))
    assert {document.matching for document in found(result, "13/CT-UBND")} == {Matching.UNMATCHED, Matching.RESOLVED}


def test_a_citation_without_place_is_matched_by_its_date() -> None:
    plain, full = cited("13/CT-UBND", date="2022-01-01"), cited("13/CT-UBND", place=BAC_KAN, date="2022-01-01")
    assert cited_ids(together(plain, full)) == {"13.ct-ubnd~tinh.bac-kan~2022"}
    other = cited("13/CT-UBND", place=QUANG_BINH, date="2022-01-01")
    assert len(cited_ids(together(plain, full, other))) == 3


def test_mentions_of_one_source_complete_each_other() -> None:
    full = cited("114-KL/TW", issuer="Ban Bí thư Trung ương Đảng", date="2015-07-14", title="nâng cao hiệu quả")
    one = reading(PLAN, full, cited("114-KL/TW"), cited("114", type="Kết luận"), cited("114-KL/TW", type="Kết luận"))
    (document,) = found(resolve([one]), "114-KL/TW")
    dates = [(fact.value, fact.count) for fact in document.facts if fact.field == "date"]
    assert (document.mentions, dates) == (4, [("2015-07-14", 1)])


LAW = "Luật Thực hiện dân chủ ở cơ sở"


def test_a_law_by_name_by_year_and_by_sign_is_one_document() -> None:
    claims = [cited(name=LAW, type="Luật"), cited(name=f"{LAW} năm 2023", type="Luật"), cited("10/2022/QH15")]
    result = together(*claims)
    (document,) = found(result, "10/2022/QH15")
    assert cited_ids(result) == {"10.2022.qh15~2022"}
    assert (document.date, document.title, document.mentions) == ("2022-11-10", LAW, 3)


@pytest.mark.parametrize(
    ("citing", "sign", "matching"),
    [
        ("2025-01-16", "45/2019/QH14", Matching.RESOLVED),
        ("2015-03-01", "10/2012/QH13", Matching.RESOLVED),
        (None, None, Matching.AMBIGUOUS),
    ],
)
def test_a_law_without_year_is_the_newest_before_the_citing_document(
    citing: str | None, sign: str | None, matching: Matching
) -> None:
    plan = own("3/KH-UBND", place=BAC_KAN, date=citing)
    result = resolve([reading(plan, cited(name="Bộ luật Lao động", type="Bộ luật"))])
    (document,) = [each for each in result.documents if not each.held]
    assert (document.sign, document.matching) == (sign, matching)


def test_facts_show_conflicts_and_the_majority_is_chosen() -> None:
    dates = ("2021-07-30", "2021-07-30", "2021-07-23", "2021-01-30")
    result = together(*(cited("23-QĐ/TW", date=date, issuer="Bộ Chính trị") for date in dates))
    (document,) = found(result, "23-QĐ/TW")
    facts = [(fact.value, fact.count, fact.chosen) for fact in document.facts if fact.field == "date"]
    assert facts == [("2021-07-30", 2, True), ("2021-01-30", 1, False), ("2021-07-23", 1, False)]


def test_the_own_header_is_chosen_before_the_majority() -> None:
    held = reading(own("780/KH-UBND", place=BAC_KAN, date="2021-12-20", title="Về dân vận"), salt="held")
    others = [reading(PLAN, cited("780/KH-UBND", place=BAC_KAN, date="2021-12-22"), salt=str(n)) for n in range(3)]
    (document,) = found(resolve([held, *others]), "780/KH-UBND")
    assert (document.date, document.held, document.mentions) == ("2021-12-20", True, 3)
    assert document.sources == (held.source.digest,)


def test_identifiers_take_the_full_date_where_the_year_collides() -> None:
    first = cited("12-TB/TU", place=BAC_KAN, date="2025-03-01", title=TEAM)
    second = cited("12-TB/TU", place=BAC_KAN, date="2025-11-20", title=DUTIES)
    assert cited_ids(together(first, second)) == {
        "12-tb.tu~tinh.bac-kan~2025-03-01",
        "12-tb.tu~tinh.bac-kan~2025-11-20",
    }


def test_a_text_without_number_is_identified_by_type_title_and_place() -> None:
    programme = own(type="Chương trình", title="CÔNG TÁC DÂN VẬN NĂM 2024", place=XUAN_THANH, date="2024-02")
    (document,) = resolve([reading(programme)]).documents
    assert document.id == "chuong-trinh-cong-tac-dan-van-nam-2024~xa.xuan-thanh.nghe-an~2024"


@pytest.mark.parametrize(
    ("stated_relations", "kept"),
    [
        ({Relation.CITES, Relation.DISSEMINATES}, {Relation.DISSEMINATES}),
        ({Relation.IMPLEMENTS, Relation.BASED_ON, Relation.CITES}, {Relation.IMPLEMENTS, Relation.BASED_ON}),
        ({Relation.BASED_ON, Relation.MONITORS}, {Relation.BASED_ON}),
        ({Relation.GUIDES, Relation.IMPLEMENTS, Relation.BASED_ON}, {Relation.GUIDES}),
        (set(), set()),
    ],
)
def test_strongest(stated_relations: set[Relation], kept: set[Relation]) -> None:
    assert strongest(stated_relations) == kept


def test_edges_join_documents_with_all_evidence_and_without_loops() -> None:
    relations = (
        stated(0, Relation.CITES, 1),
        stated(0, Relation.IMPLEMENTS, 2, stated_in=StatedIn.PREAMBLE),
        stated(0, Relation.IMPLEMENTS, 1),
        stated(1, Relation.CITES, 2),
    )
    one = reading(PLAN, directive(text="Chỉ thị 33/CT-TTg"), directive(), relations=relations)
    (edge,) = resolve([one]).edges
    assert (edge.source, edge.target) == ("21.kh-ubnd~tinh.bac-kan~2025", "33.ct-ttg~2021")
    assert edge.relation is Relation.IMPLEMENTS
    assert [each.stated_in for each in edge.evidence] == [StatedIn.PREAMBLE, StatedIn.BODY]
    assert one.source.text[edge.evidence[1].mention_start : edge.evidence[1].mention_end] == "Chỉ thị 33/CT-TTg"


def plan_with_like_title(**fields: str) -> Claim:
    usual = {"type": "Kế hoạch", "date": "2021-12-20", "title": MASS_WORK.removeprefix("về ").replace("trong", "của")}
    return cited("780/KH-UBND", place=BAC_KAN, **{**usual, **fields})


@pytest.mark.parametrize(
    ("plan", "inferred"),
    [
        (plan_with_like_title(), True),
        (plan_with_like_title(title=f"Kế hoạch thực hiện {MASS_WORK}".removeprefix("Kế hoạch ")), True),
        (plan_with_like_title(date="2021-10-01"), False),
        (plan_with_like_title(title="tiếp tục tăng cường và đổi mới công tác kiểm tra"), False),
        (plan_with_like_title(title="tiếp tục tăng cường"), False),
    ],
)
def test_implementation_is_inferred_from_a_repeated_title(plan: Claim, inferred: bool) -> None:
    edges = together(directive(title=MASS_WORK), plan).edges
    assert [(edge.origin, edge.target) for edge in edges] == [(Origin.INFERRED, "33.ct-ttg~2021")] * inferred


def test_nothing_is_inferred_where_a_text_states_the_relation() -> None:
    one = reading(PLAN, directive(title=MASS_WORK), plan_with_like_title(), relations=(stated(2, Relation.CITES, 1),))
    assert [edge.origin for edge in resolve([one]).edges] == [Origin.STATED]


def test_only_superiors_of_the_same_territory_are_implemented() -> None:
    rival = cited("9/CT-UBND", type="Chỉ thị", place=QUANG_BINH, date="2021-12-01", title=MASS_WORK)
    commune = cited("4/KH-UBND", place=Place("Bắc Kạn", commune="Yên Thịnh"), date="2022-01-05", title=MASS_WORK)
    assert together(rival, commune).edges == ()


def test_the_same_text_under_two_names_is_one_source() -> None:
    one = reading(PLAN, directive(), name="b.txt", salt="same")
    again = reading(PLAN, directive(), name="a.txt", salt="same")
    assert resolve([one, again]) == resolve([again])


def test_order_of_readings_does_not_bear_on_the_result() -> None:
    claims = [directive(date=date) for date in (None, "2021-11-26", "2021-11-25", "2026-01-01", "2021")]
    readings: list[Reading] = [reading(PLAN, claim, salt=str(index)) for index, claim in enumerate(claims)]
    expected = resolve(readings)
    for seed in range(10):
        random.Random(seed).shuffle(readings)
        assert resolve(readings) == expected


@pytest.mark.parametrize(
    ("one", "other", "same", "different"),
    [
        ("Về việc ban hành Quy chế dân vận", "Quy chế dân vận", True, False),
        (MASS_WORK, MASS_WORK.replace("trong", "của"), True, False),
        ("về công tác tôn giáo trong tình hình mới", "học tập tư tưởng, đạo đức, phong cách", False, True),
        ("", "Quy chế dân vận", False, False),
        (PLASTIC, "về giảm thiểu chất thải nhựa và phong trào tuyến phố xanh", False, False),
        (MASS_WORK, "về dân vận và phong trào tuyến phố xanh", False, True),
        (PLASTIC, "về giảm thiểu nghèo đa chiều và phong trào tuyến phố xanh", False, True),
        (CONGRESS.format("XIII"), CONGRESS.format("XIV"), False, True),
        (CONGRESS.format("XIV"), "đại hội đảng bộ các cấp tiến tới Đại hội XIV của Đảng", True, False),
        (CONGRESS.format("XIV"), "đại hội đảng bộ các cấp", True, False),
        ("về thi đua chuyên đề của cơ quan năm 2023", "về thi đua chuyên đề của cơ quan năm 2024", False, True),
        ("về công tác dân vận", "về công tác tôn giáo", False, True),
        ("về tăng cường sự lãnh đạo đối với công tác thanh niên", "công tác thanh niên thời kỳ đẩy mạnh công nghiệp hóa", False, False),
        ("về tăng cường sự lãnh đạo đối với công tác thanh niên", "công tác kiểm tra thời kỳ đẩy mạnh công nghiệp hóa", False, True),
    ],
)
def test_titles(one: str, other: str, same: bool, different: bool) -> None:
    assert (same_title(one, other), other_title(one, other)) == (same, different)


def test_names_are_cut_at_a_word() -> None:
    stem = name_stem(name_key("Kế hoạch " + "thực hiện công tác dân vận " * 5, None))
    assert len(stem) <= 80
    assert stem.split("-")[-1] in {"thuc", "hien", "cong", "tac", "dan", "van"}
