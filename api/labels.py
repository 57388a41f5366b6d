"""The Vietnamese words that tables and pages show for the values of the model."""

from __future__ import annotations

from graph.model import (
    Branch,
    DeadlineKind,
    Document,
    Level,
    Matching,
    RecipientRole,
    Relation,
    StatedIn,
    Status,
    Zone,
)
from graph.resolve.conflicts import Reason
from graph.ruling import DecisionKind
from queries.curate import Standing
from queries.tiers import Tier

LEVELS = {Level.CENTRAL: "Trung ương", Level.PROVINCE: "Tỉnh", Level.DISTRICT: "Huyện", Level.COMMUNE: "Xã"}
BRANCHES = {
    Branch.PARTY: "Đảng",
    Branch.STATE: "Nhà nước",
    Branch.FRONT: "Mặt trận và đoàn thể",
    Branch.MIXED: "liên tịch",
}
STATUSES = {
    Status.ISSUED: "đã ban hành",
    Status.UNNUMBERED: "bản không số",
    Status.DRAFT: "dự thảo",
    Status.CITED: "chỉ được dẫn",
}
TIERS = {
    Tier.MADE_FOR: "Ban hành để thực hiện",
    Tier.BASED_ON: "Căn cứ",
    Tier.TASK: "Nhiệm vụ trong nội dung",
    Tier.INFERRED: "Suy đoán theo trích yếu",
    Tier.RELATED: "Liên quan",
}
RELATIONS = {
    Relation.IMPLEMENTS: "thực hiện",
    Relation.BASED_ON: "căn cứ",
    Relation.GUIDES: "hướng dẫn",
    Relation.AMENDS: "sửa đổi, bổ sung",
    Relation.REPLACES: "thay thế",
    Relation.REPEALS: "bãi bỏ",
    Relation.MONITORS: "kiểm tra, giám sát",
    Relation.DISSEMINATES: "tuyên truyền, phổ biến",
    Relation.CITES: "dẫn chiếu",
}
PLACES = {
    StatedIn.OWN_TITLE: "trích yếu",
    StatedIn.CITED_TITLE: "trích yếu được dẫn",
    StatedIn.PREAMBLE: "phần mở đầu",
    StatedIn.BODY: "nội dung",
    StatedIn.FOOTNOTE: "chú thích",
}
ZONES = {
    Zone.TITLE: "phần tên gọi",
    Zone.PREAMBLE: "phần mở đầu",
    Zone.BODY: "nội dung",
    Zone.FOOTNOTE: "chú thích",
    Zone.NOISE: "ngoài nội dung",
}
MATCHINGS = {
    Matching.RESOLVED: "đã xác định",
    Matching.AMBIGUOUS: "chưa rõ là văn bản nào",
    Matching.UNMATCHED: "chưa xác định",
}
REASONS = {
    Reason.DECIDED: "người quyết định",
    Reason.OWN: "chính văn bản ghi",
    Reason.MAJORITY: "nhiều nơi ghi nhất",
    Reason.ORDER: "số nơi ghi bằng nhau, lấy giá trị đứng trước theo thứ tự chữ",
}
TOLD = {
    "header": "Đầu văn bản và chữ ký",
    "part": "Ban hành kèm theo",
    "period": "Thời gian thực hiện",
    "deadline": "Thời hạn",
    "recipient": "Gửi đến",
}
ROLES = {
    RecipientRole.ADDRESSEE: "kính gửi",
    RecipientRole.RESPONSIBLE: "chịu trách nhiệm thi hành",
    RecipientRole.RECIPIENT: "nơi nhận",
}
DEADLINES = {
    DeadlineKind.PLAN: "ban hành kế hoạch",
    DeadlineKind.REPORT: "báo cáo",
    DeadlineKind.FINISH: "hoàn thành",
}
DECISIONS = {
    DecisionKind.MERGE: "là một văn bản",
    DecisionKind.SPLIT: "là văn bản riêng",
    DecisionKind.APART: "không phải một văn bản",
    DecisionKind.CORRECT: "sửa dữ kiện",
    DecisionKind.REJECT: "bác quan hệ",
    DecisionKind.ADD: "thêm quan hệ",
    DecisionKind.UNDO: "hủy quyết định",
}
STANDINGS = {
    Standing.IN_EFFECT: "đang có hiệu lực",
    Standing.UNDONE: "đã hủy",
    Standing.ORPHANED: "không còn dẫn chứng trong kho",
}
FIELDS = {
    "sign": "Số, ký hiệu",
    "number": "Số, ký hiệu",
    "type": "Loại văn bản",
    "title": "Trích yếu",
    "issuer": "Cơ quan ban hành",
    "branch": "Khối",
    "level": "Cấp",
    "place": "Địa bàn",
    "province": "Tỉnh, thành phố",
    "district": "Huyện, quận, thị xã",
    "commune": "Xã, phường",
    "period": "Thời gian thực hiện",
    "date": "Ngày",
    "term": "Khóa",
    "name": "Tên gọi",
    "signer": "Người ký",
    "signer_position": "Chức vụ người ký",
    "status": "Trạng thái",
}


def document_label(document: Document) -> str:
    """How people name a document: its type and sign, or else its type and title, the type not said twice."""
    if document.type and not document.sign and (document.title or "").casefold().startswith(document.type.casefold()):
        return document.title or ""
    return " ".join(part for part in (document.type, document.sign or document.title) if part) or document.id


def level_label(document: Document) -> str:
    """The level in Vietnamese, empty where unknown."""
    return LEVELS[document.level] if document.level else ""


def status_label(document: Document) -> str:
    """The status in Vietnamese, and that only others tell of the document where its text is not held."""
    status = STATUSES[document.status]
    return status if document.held or document.status is Status.CITED else f"{status}, {STATUSES[Status.CITED]}"


def place_label(document: Document) -> str:
    """The places of a document from the lowest up: "Yên Hân, Bắc Kạn"; empty for the Centre."""
    place = document.place
    names = (place.commune, place.district, place.province) if place else ()
    return ", ".join(name for name in names if name)


def date_label(date: str | None) -> str:
    """An ISO date, whole or reduced, as Vietnamese offices write it: "2021-11-26" → "26/11/2021"."""
    return "/".join(reversed(date.split("-"))) if date else ""
