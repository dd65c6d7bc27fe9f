"""Changes of who plays what, tried player by player and kept in each phrase where they serve.

A change serves where fewer tones are lost, and no more of tune and bass.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, Protocol, TypeVar

from scorestage.music import Note, Player
from scorestage.orchestration.coverage import MUST, Uncovered, uncovered
from scorestage.orchestration.job import Job
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.values import Task

Settle = Callable[[Player, Sequence[Task]], list[Placed]]
Settled = Mapping[str, Sequence[Placed]]
Counts = tuple[Counter[int], Counter[int]]
"""By phrase how many tones are lost, and how many of tune and bass."""
_ROUNDS = 3


class Change(Protocol):
    """A change of what one player does, for a tone that nobody has."""

    @property
    def player(self) -> str:
        """Whose tasks change."""


C = TypeVar("C", bound=Change)


@dataclass(frozen=True, slots=True)
class Means(Generic[C]):
    """How tones that nobody has are found, what is tried for them, and what that does to tasks."""

    missing: Callable[[Job, Sequence[Note]], Sequence[Uncovered]]
    found: Callable[[Job, Sequence[Uncovered], Settled], Iterable[C]]
    asked: Callable[[Sequence[Task], Sequence[C]], list[Task]]
    place: Callable[[C], Fraction]


def serve(
    job: Job,
    tasks: dict[str, list[Task]],
    settled: dict[str, list[Placed]],
    settle: Settle,
    means: Means[C],
) -> None:
    """Try what the means find, until no more is heard for it.

    `tasks` and `settled` are changed in place, phrase by phrase only where it serves, so that a
    phrase is treated as it would be by itself.
    """
    for _ in range(_ROUNDS):
        before = means.missing(job, _notes(settled))
        found = list(means.found(job, before, settled)) if before else []
        lost = len(before)
        for player in job.ensemble.players:
            own = [one for one in found if one.player == player.id]
            if own:
                lost = _tried(job, player, own, tasks, settled, settle, means)
        if lost == len(before):
            return


def _tried(
    job: Job,
    player: Player,
    own: Sequence[C],
    tasks: dict[str, list[Task]],
    settled: dict[str, list[Placed]],
    settle: Settle,
    means: Means[C],
) -> int:
    """The changes of a player, kept in each phrase where they serve; how many tones are lost."""
    was, kept = _counts(job, settled, means), settled[player.id]
    while own:
        asked = means.asked(tasks[player.id], own)
        settled[player.id] = settle(player, asked)
        now = _counts(job, settled, means)
        serving = [one for one in own if serves(phrase_at(job, means.place(one)), was, now)]
        if len(serving) == len(own):
            tasks[player.id] = asked
            return now[0].total()
        own = serving
    settled[player.id] = kept
    return was[0].total()


def _counts(job: Job, settled: Settled, means: Means[C]) -> Counts:
    notes = _notes(settled)
    must = uncovered(job.strands, notes, MUST)
    return by_phrase(job, means.missing(job, notes)), by_phrase(job, must)


def _notes(settled: Settled) -> list[Note]:
    return [one.note for placed in settled.values() for one in placed]


def by_phrase(job: Job, missing: Iterable[Uncovered]) -> Counter[int]:
    """How many of the tones that are missing begin in each phrase."""
    return Counter(phrase_at(job, one.tone.start) for one in missing)


def phrase_at(job: Job, at: Fraction) -> int:
    """The phrase that sounds at a place."""
    return bisect_right(job.phrases, at, key=lambda phrase: phrase.end)


def serves(phrase: int, was: Counts, now: Counts) -> bool:
    """Whether fewer tones of a phrase are lost than before, and no more of tune and bass."""
    return now[0][phrase] < was[0][phrase] and now[1][phrase] <= was[1][phrase]
