"""How relations look: by colour and by line, so that either alone tells them apart.

Hues follow the palette of Okabe and Ito for people who see colours differently, darkened or lightened until each
stands out 3:1 from the lanes behind it (WCAG 2.2, 1.4.11), once for a light and once for a dark page.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import Relation

LIGHT_GROUNDS = ("#ffffff", "#eef2f7")
DARK_GROUNDS = ("#14181f", "#1c222c")


@dataclass(frozen=True, slots=True)
class LineStyle:
    """A line: its colours as #rrggbb, its width in pixels, and lengths of dashes and gaps; empty for a whole line."""

    light: str
    dark: str
    width: float
    dashes: tuple[int, ...] = ()


LINES = {
    Relation.IMPLEMENTS: LineStyle("#0067a3", "#56b4e9", 3),
    Relation.BASED_ON: LineStyle("#b84f00", "#f0a03c", 2.5, (14, 6)),
    Relation.GUIDES: LineStyle("#00795a", "#2bc79a", 2.5, (16, 5, 3, 5)),
    Relation.AMENDS: LineStyle("#a03a78", "#e39cc6", 2.5, (7, 5)),
    Relation.REPLACES: LineStyle("#6b4a1f", "#d2ab74", 2.5, (20, 4, 7, 4)),
    Relation.REPEALS: LineStyle("#b3261e", "#ff8a7a", 3, (3, 4)),
    Relation.MONITORS: LineStyle("#5b4aa8", "#b3a6f5", 2, (10, 4, 2, 4, 2, 4)),
    Relation.DISSEMINATES: LineStyle("#7a6400", "#e6d34a", 2, (4, 8)),
    Relation.CITES: LineStyle("#68707c", "#98a2b0", 1.5, (1, 5)),
}
