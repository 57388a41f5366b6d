"""A graph of who implements a directive, in a store in memory that the command line can be given, and a way to run it."""

from __future__ import annotations

from typer.testing import CliRunner

from api.cli import app
from graph.model import BasisKind, Fact, Relation, StatedIn, Status
from graph.store.base import Stored
from tests.factories_view import communal, document, edge, guess, provincial

GOAL = document(
    "33.ct-ttg~2021",
    "33/CT-TTg",
    type="Chỉ thị",
    date="2021-11-26",
    title="Về công tác dân vận",
    facts=(
        Fact("date", "2021-11-26", 3, False, True, "ngày 26/11/2021"),
        Fact("date", "2021-11-28", 1, False, False, "ngày 28/11/2021"),
        Fact("sign", "33/CT-TTg", 4, False, True, "33/CT-TTg"),
    ),
)
LATER = document("33.ct-ttg~2026", "33/CT-TTg", type="Chỉ thị", date="2026-03-01")
MADE = provincial("made", "781/KH-UBND", "Nghệ An", date="2021-12-20", held=False, status=Status.CITED)
BASED = provincial("based", None, "Quảng Bình", title="Công tác dân vận năm 2024", status=Status.UNNUMBERED)
TASK = communal("task", None, "Nghệ An", "Xuân Thành", type="Chương trình", date="2024-02", status=Status.UNNUMBERED)
GUESS = provincial("guess", "780/KH-UBND", date="2021-12-15")
NEAR = provincial("near", "21/KH-UBND", date="2025-01-16")
COMPETENT = provincial("competent", "5/KH-UBND")
EVIL = provincial("evil", title="=HYPERLINK(\"http://x\")\x1b[31m [bold]:smile:", issuer="+1\x9b2J", sign="@SUM(1)")
QUOTE = "Thực hiện Chỉ thị số 33/CT-TTg, Ủy ban nhân dân tỉnh ban hành Kế hoạch " + "rất dài " * 40 + "hết."
DOCUMENTS = [GOAL, LATER, MADE, BASED, TASK, GUESS, NEAR, COMPETENT, EVIL]
EDGES = [
    edge("made", Relation.IMPLEMENTS, GOAL.id, StatedIn.CITED_TITLE, quote=QUOTE),
    edge("based", Relation.BASED_ON, GOAL.id, StatedIn.PREAMBLE),
    edge("task", Relation.IMPLEMENTS, GOAL.id, StatedIn.BODY),
    edge("task", Relation.IMPLEMENTS, "made", StatedIn.BODY),
    guess("guess", GOAL.id),
    edge("near", Relation.DISSEMINATES, GOAL.id),
    edge("near", Relation.IMPLEMENTS, "guess"),
    edge("competent", Relation.BASED_ON, GOAL.id, StatedIn.PREAMBLE, basis=BasisKind.COMPETENCE),
    edge("evil", Relation.CITES, LATER.id, quote="-1+1\x1b]0;x\x07\n[bold]đỏ"),
]


class OpenView:
    """A store over a view in memory, as `open_store` gives it."""

    def __init__(self, view, known=()):
        self.view, self.texts, self.closed = view, set(known), False

    def __getattr__(self, name):
        return getattr(self.view, name)

    def put(self, readings):
        digests = [one.source.digest for one in readings]
        added = tuple(one for one in digests if one not in self.texts)
        known = tuple(one for one in digests if one in self.texts)
        self.texts.update(digests)
        return Stored(added, known)

    def close(self):
        self.closed = True


def run(*arguments, code=0, env=None):
    result = CliRunner().invoke(app, arguments, env={"CANCU_STORE": None, "COLUMNS": None, **(env or {})})
    assert result.exit_code == code, (result.output, result.exception)
    return result
