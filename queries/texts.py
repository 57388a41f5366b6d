"""The texts of a document: what each says beyond citations, the time it covers, its parts, recipients and deadlines."""

from __future__ import annotations

from graph.model import Document, Reading
from graph.store.base import View


def texts_of(view: View, document: Document) -> tuple[Reading, ...]:
    """What was read from each text of `document`, in the order of its sources; empty where none is held."""
    readings = (view.reading(digest) for digest in document.sources)
    return tuple(reading for reading in readings if reading is not None)
