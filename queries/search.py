"""Documents by words."""

from __future__ import annotations

from graph.store.base import Page, View
from graph.text import one_line

LONGEST = 200
MOST = 500


def search(view: View, words: str, *, limit: int = 20, offset: int = 0) -> Page:
    """Documents whose type, sign, title or issuer hold all of `words`, diacritics and case aside, newest first.

    `limit` is held within 0..MOST and `words` to their first LONGEST characters, so that no question can tie the
    store up; without words the page is empty.
    """
    asked = one_line(words)[:LONGEST]
    if not asked:
        return Page((), 0)
    return view.search(asked, limit=min(max(limit, 0), MOST), offset=max(offset, 0))
