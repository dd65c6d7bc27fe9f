"""The whole search: single players, themes handed on, then what belongs together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scorestage.music.key import Key
from scorestage.music.score import Score
from scorestage.music.theme import Theme
from scorestage.thematics.recognition.alignment import Field
from scorestage.thematics.recognition.finding import (
    LEAST_LIKENESS,
    Occurrence,
    in_order,
    search,
)
from scorestage.thematics.recognition.handed import Pool, handed_on, is_part_of
from scorestage.thematics.recognition.naming import Transformation
from scorestage.thematics.recognition.shape import shape_of
from scorestage.thematics.recognition.strands import strands_of


class ScoreIndex:
    """A score made ready to be searched for any number of themes."""

    def __init__(self, score: Score) -> None:
        self.field = Field(strands_of(score))
        self.pool = Pool(score)


def find_theme(
    theme: Theme, score: Score | ScoreIndex, *, least_likeness: float = LEAST_LIKENESS
) -> tuple[Occurrence, ...]:
    """Every statement of a theme in a score, in order of time and then of the players.

    Raises `MusicError` for a theme of fewer than two pitched notes.
    """
    index = score if isinstance(score, ScoreIndex) else ScoreIndex(score)
    alone = search(theme, index.field, least_likeness=least_likeness)
    key = Key(theme.key, theme.mode) if theme.mode else None
    shared = handed_on(shape_of(theme), index.pool, key, alone)
    alone = tuple(one for one in alone if not is_part_of(one, shared))
    size = sum(bool(note.sounding) for note in theme.notes)
    return in_order(_joined((*alone, *shared), size))


def _joined(found: Sequence[Occurrence], size: int) -> list[Occurrence]:
    """Statements whose end comes again at once told as extended ones, chains as sequences."""
    left: list[Occurrence] = []
    for player in dict.fromkeys(one.player for one in found):
        own = sorted((one for one in found if one.player == player), key=lambda one: one.start)
        left += _sequences(_extended(own, size))
    return left


def _extended(own: Sequence[Occurrence], size: int) -> list[Occurrence]:
    kept: list[Occurrence] = []
    for one in own:
        before = kept[-1] if kept else None
        if (
            before is not None
            and before.first == 0
            and before.last >= size - 2
            and one.first > size // 3
            and one.last >= size - 2
            and 0 <= one.start - before.end <= (before.end - before.start) / 8
        ):
            told = tuple(
                name
                for name in before.transformations
                if name not in (Transformation.AS_IS, Transformation.EXTENDED)
            )
            kept[-1] = replace(
                before,
                end=one.end,
                notes=(*before.notes, *one.notes),
                transformations=(Transformation.EXTENDED, *told),
            )
        else:
            kept.append(one)
    return kept


def _sequences(own: Sequence[Occurrence]) -> list[Occurrence]:
    """The same part of the theme put again and again on other steps, each right after the last."""
    found = list(own)
    start = 0
    while start < len(found):
        end = start
        while end + 1 < len(found) and _goes_on(found[end], found[end + 1]):
            end += 1
        if end > start and len({one.notes[0][1] for one in found[start : end + 1]}) > 1:
            for place in range(start, end + 1):
                found[place] = _in_sequence(found[place])
        start = end + 1
    return found


def _goes_on(one: Occurrence, other: Occurrence) -> bool:
    is_part = Transformation.FRAGMENT in one.transformations
    same = (one.first, one.last) == (other.first, other.last)
    apart = other.start - one.end
    return is_part and same and abs(apart) <= (one.end - one.start) / 4


def _in_sequence(one: Occurrence) -> Occurrence:
    names = {*one.transformations, Transformation.SEQUENCE}
    return replace(one, transformations=tuple(name for name in Transformation if name in names))
