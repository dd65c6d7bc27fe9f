"""What makes a theme itself: what a listener would know it by, whatever is done to the rest."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from scorestage.errors import MusicError
from scorestage.music.key import Key
from scorestage.music.theme import Theme
from scorestage.thematics.recognition.shape import pitch_bits, shape_of


@dataclass(frozen=True, slots=True)
class Invariants:
    """A theme's marks: the moves (semitones) and lengths (quarters) of its head, and more.

    `rarest_move` is the move that lines make least often; `returning_rhythm` the run of lengths,
    two to four quarters long, that comes most often; steps count from 1 on the tonic.
    """

    head_notes: int
    head_moves: tuple[int, ...]
    head_rhythm: tuple[Fraction, ...]
    range_semitones: int
    rarest_move: int
    returning_rhythm: tuple[Fraction, ...]
    begins_on_step: int
    ends_on_step: int
    has_upbeat: bool


def invariants_of(theme: Theme) -> Invariants:
    """The marks of a theme; raises `MusicError` for one of fewer than two pitched notes."""
    shape = shape_of(theme)
    moves = tuple(other - one for one, other in pairwise(shape.keys))
    lengths = tuple(end - onset for onset, end in zip(shape.onsets, shape.ends, strict=True))
    head = max(2, min(theme.motif_notes, len(shape)))
    bits = pitch_bits(shape)
    rarest = max(range(1, len(shape)), key=lambda place: (bits[place], -place))
    notes = [note for note in theme.notes if note.top is not None]
    key = Key(theme.key, theme.mode)
    first, last = notes[0].top, notes[-1].top
    if first is None or last is None:
        raise MusicError(f"the theme {theme.id} has no pitched notes")
    return Invariants(
        head,
        moves[: head - 1],
        lengths[:head],
        max(shape.keys) - min(shape.keys),
        moves[rarest - 1],
        returning_rhythm(lengths),
        key.steps_of(first)[0] % 7 + 1,
        key.steps_of(last)[0] % 7 + 1,
        shape.onsets[0] < 0,
    )


def returning_rhythm(lengths: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    """The run of lengths, two to four quarters long, that comes most often; empty: none twice.

    >>> [str(one) for one in returning_rhythm((Fraction(3, 2), Fraction(1, 2), Fraction(2)) * 2)]
    ['3/2', '1/2', '2']
    """
    best: tuple[tuple[int, int], tuple[Fraction, ...]] = ((1, 0), ())
    for start in range(len(lengths)):
        for end in range(start + 2, min(len(lengths), start + 8) + 1):
            run = lengths[start:end]
            if not 2 <= sum(run) <= 4:
                continue
            times = sum(
                lengths[at : at + len(run)] == run for at in range(len(lengths) - len(run) + 1)
            )
            worth = (times * len(set(run)), len(run))
            if times > 1 and worth > best[0]:
                best = (worth, run)
    return best[1]
