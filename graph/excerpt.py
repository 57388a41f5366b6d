"""Parts of long lines, for people to read."""

from __future__ import annotations

_LONG_WORD = 30


def excerpt(text: str, at: int, length: int) -> str:
    """About `length` characters of a line, cut between words: its beginning, and what stands around position `at`.

    " … " stands for what is left out. A line that is no longer comes back as it is.
    """
    if len(text) <= length:
        return text
    beginning = length // 3
    around = length - beginning
    middle = max(0, min(at - around // 3, len(text) - around))
    left, right = _word_start(text, middle), _word_end(text, middle + around, after=at)
    if left <= beginning:
        left, right = 0, _word_end(text, max(length, at + 1), after=at)
    around_it = f"{text[left:right]}{' …' if right < len(text) else ''}"
    return f"{text[: _word_end(text, beginning)]} … {around_it}" if left else around_it


def _word_start(text: str, position: int) -> int:
    return text.rfind(" ", max(0, position - _LONG_WORD), position) + 1 or position


def _word_end(text: str, position: int, *, after: int = 0) -> int:
    if position >= len(text):
        return len(text)
    space = text.rfind(" ", max(after, position - _LONG_WORD), position + 1)
    return position if space < 0 else space
