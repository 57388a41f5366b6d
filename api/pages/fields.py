"""Fields of the forms on pages: a form sends its empty fields too."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query

from graph.model import Level

LevelField = Annotated[Level | Literal[""], Query()]
ProvinceField = Annotated[str, Query(max_length=60)]
PredecessorsField = Annotated[Literal["", "true"], Query()]
YearField = Annotated[str, Query(pattern=r"^(?:(?:19|20|21)\d\d)?$")]
