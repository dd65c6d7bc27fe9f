"""Rhythms ready to be cast: the written values of a bar with tuplets and beams, kept for reuse."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from scorestage.music.written.beaming import beams_of
from scorestage.music.written.frames import Sounding
from scorestage.music.written.pieces import Piece
from scorestage.music.written.rhythm import spell
from scorestage.music.written.values import Beam, EventKind, TupletPlace, WrittenEvent
from scorestage.timebase import Meter


@dataclass(frozen=True, slots=True)
class Mould:
    """One written value: as a rest, its beams as a note, and what it is a piece of."""

    source: int
    rest: WrittenEvent
    beams: tuple[Beam, ...]


@lru_cache(maxsize=8192)
def moulds(
    meter: Meter, bars: int, lead: Fraction, soundings: tuple[Sounding, ...], per_quarter: int
) -> tuple[Mould, ...]:
    """The values of one voice in one bar; the same rhythm in the same meter is made once.

    Raises `OffGridError` for what cannot be written.
    """
    pieces = spell(meter, bars, soundings, per_quarter)
    beams = beams_of(meter, pieces, [soundings[piece.source][2] for piece in pieces])
    return tuple(
        Mould(
            piece.source,
            WrittenEvent(
                EventKind.REST,
                piece.start - lead,
                piece.end - piece.start,
                piece.value,
                piece.dots,
                _tuplet(pieces, index),
            ),
            beams[index],
        )
        for index, piece in enumerate(pieces)
    )


def _tuplet(pieces: tuple[Piece, ...], index: int) -> TupletPlace | None:
    bracket = pieces[index].bracket
    if bracket is None:
        return None
    before = pieces[index - 1].bracket if index else None
    after = pieces[index + 1].bracket if index + 1 < len(pieces) else None
    return TupletPlace(
        bracket.actual, bracket.normal, bracket.base, before != bracket, after != bracket
    )
