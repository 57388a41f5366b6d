"""Claims resolved together, and subjects of documents, for tests of what is one document."""

from __future__ import annotations

from graph.model import Claim, Document, Resolution
from graph.resolve import resolve
from tests.factories import BAC_KAN, own, reading

PLAN = own("21/KH-UBND", type="Kế hoạch", issuer="Ủy ban nhân dân tỉnh Bắc Kạn", place=BAC_KAN, date="2025-01-16")
FIRES = "về phòng cháy, chữa cháy rừng mùa khô"
MASS_WORK = "về tiếp tục tăng cường và đổi mới công tác dân vận trong cơ quan hành chính nhà nước, chính quyền các cấp"
PLASTIC = "về tăng cường quản lý, tái sử dụng, tái chế, xử lý và giảm thiểu chất thải nhựa"


def together(*claims: Claim, **fields: str) -> Resolution:
    """Each claim in a source of its own, cited by the same plan."""
    return resolve(reading(PLAN, claim, salt=str(index)) for index, claim in enumerate(claims))


def cited_ids(resolution: Resolution) -> set[str]:
    return {each for ids in resolution.assigned.values() for each in ids[1:]}


def found(resolution: Resolution, sign: str) -> list[Document]:
    return [document for document in resolution.documents if document.sign == sign]
