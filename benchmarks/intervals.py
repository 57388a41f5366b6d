"""Intervals for figures that rest on few documents or few items."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
Interval = tuple[float, float]
_Z = 1.959964  # of the standard normal distribution at 97.5 %


def bootstrap(
    items: Sequence[T], figure: Callable[[Sequence[T]], float], *, times: int = 1_000, seed: int = 1
) -> Interval:
    """The middle 95 % of `figure` over `times` draws of as many items, with replacement (Efron's percentile interval).

    `figure` may be NaN where a draw holds nothing to measure; such draws are passed over. The same seed gives the
    same interval.
    """
    chance = random.Random(seed)
    drawn = (figure(chance.choices(items, k=len(items))) for _ in range(times))
    values = sorted(value for value in drawn if not math.isnan(value))
    if not values:
        return math.nan, math.nan
    last = len(values) - 1
    return values[round(0.025 * last)], values[round(0.975 * last)]


def wilson(right: int, total: int) -> Interval:
    """The 95 % interval of a share, `right` of `total` (Wilson 1927); sound for few items and for shares of 0 and 1."""
    if not total:
        return math.nan, math.nan
    share, spread = right / total, _Z**2 / total
    middle = (share + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * math.sqrt(share * (1 - share) / total + spread / (4 * total))
    return max(0.0, middle - half), min(1.0, middle + half)
