"""Whether a change serves, phrase by phrase: fewer tones lost, and no more of tune and bass."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from scorestage.orchestration.coverage import Uncovered
from scorestage.orchestration.plan import Job

Counts = tuple[Counter[int], Counter[int]]
"""By phrase how many tones are lost, and how many of tune and bass."""


def by_phrase(job: Job, missing: Iterable[Uncovered]) -> Counter[int]:
    """How many of the tones that are missing begin in each phrase."""
    return Counter(phrase_at(job, one.tone.start) for one in missing)


def phrase_at(job: Job, at: Fraction) -> int:
    """The phrase that sounds at a place."""
    return bisect_right(job.phrases, at, key=lambda phrase: phrase.end)


def serves(phrase: int, was: Counts, now: Counts) -> bool:
    """Whether fewer tones of a phrase are lost than before, and no more of tune and bass."""
    return now[0][phrase] < was[0][phrase] and now[1][phrase] <= was[1][phrase]
