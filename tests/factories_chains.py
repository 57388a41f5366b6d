"""Relations as hops of chains to one directive, and who implements it over them."""

from __future__ import annotations

from graph.model import Relation, StatedIn
from queries.implementers import implementers
from tests.factories_view import document, edge, guess, view_of

GOAL = document("33.ct-ttg~2021", "33/CT-TTg", type="Chỉ thị", date="2021-11-26")
X = GOAL.id
IMPLEMENTS, BASED_ON, MONITORS = Relation.IMPLEMENTS, Relation.BASED_ON, Relation.MONITORS
MADE, TASK = (IMPLEMENTS, StatedIn.PREAMBLE), (IMPLEMENTS, StatedIn.BODY)
BASIS, CITES = (BASED_ON, StatedIn.PREAMBLE), (Relation.CITES, StatedIn.BODY)


def answers(documents, edges, **options):
    return {one.document.id: one for one in implementers(view_of([GOAL, *documents], edges), X, **options)}


def hop(source, target, kind):
    return guess(source, target) if kind == "guess" else edge(source, kind[0], target, kind[1])
