"""Written music played in another order: stretches left out, gone through again, put between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from scorestage.music.cutting import cut_staff, joined_staff
from scorestage.music.marks import ChordSymbol, Mark, MarkKind
from scorestage.music.notation import KeyChange, StaffSign
from scorestage.music.score import Line, Score, Staff
from scorestage.timebase import BarGrid, Beat, Beats


@dataclass(frozen=True, slots=True)
class PlayedSpan:
    """A stretch of the written music as it is played now: `low` to `high` (old) begins at `to`.

    Where `low` is None it is new: a free bar, or music that has to be written, of `length`.
    """

    to: Beat
    length: Beats
    low: Beat | None

    @property
    def high(self) -> Beat | None:
        """Where it ends in the written music."""
        return None if self.low is None else self.low + self.length

    @property
    def until(self) -> Beat:
        """Where it ends now."""
        return self.to + self.length


class _Placed(Protocol):
    @property
    def at(self) -> Beat: ...


_Sign = TypeVar("_Sign", Mark, StaffSign, ChordSymbol, KeyChange)


def replayed(score: Score, spans: Sequence[PlayedSpan], grid: BarGrid) -> Score:
    """The score played in the order of `spans`, in the bars of `grid`.

    A note that lies over a joint is cut there, and goes on where the music behind it has the same;
    what held (dynamics, techniques, clefs, chords, keys, instruments) is said again where the
    music before left it otherwise. A passage gone through again has notes of its own (`again.…`)
    and no second rehearsal mark. New stretches are empty. Whole music as it was is the same score.
    """
    if _is_whole(score, spans) and grid == score.grid:
        return score
    lines = tuple(_line(line, spans, score.grid) for line in score.lines)
    end = score.grid.end
    return replace(
        score,
        grid=grid,
        lines=lines,
        marks=_placed(score.marks, spans, end, once=True),
        chords=_lasting(score.chords, spans, end),
        signs=_placed(score.signs, spans, end),
    )


def played_at(spans: Sequence[PlayedSpan], at: Beat) -> tuple[Beat, ...]:
    """Where a place of the written music is now: nowhere, once, or each time it is gone through.

    >>> again = [PlayedSpan(Beat(0), Beats(8), Beat(0)), PlayedSpan(Beat(8), Beats(4), Beat(4))]
    >>> played_at(again, Beat(5))
    (Beat('5'), Beat('9'))
    """
    return tuple(
        span.to + (at - span.low)
        for span in spans
        if span.low is not None and span.low <= at < span.low + span.length
    )


def _is_whole(score: Score, spans: Sequence[PlayedSpan]) -> bool:
    return len(spans) == 1 and spans[0].low == spans[0].to and spans[0].until == score.grid.end


def _line(line: Line, spans: Sequence[PlayedSpan], grid: BarGrid) -> Line:
    end = grid.end
    return replace(
        line,
        staves=tuple(_staff(staff, spans) for staff in line.staves),
        changes=_instruments(line, spans, end),
        keys=_lasting(line.keys, spans, end),
    )


def _staff(staff: Staff, spans: Sequence[PlayedSpan]) -> Staff:
    pieces = []
    for number, span in enumerate(spans):
        if span.low is None:
            silence = Staff((), clef=staff.clef)
            pieces.append(cut_staff(silence, span.to, span.until, span.to, ""))
            continue
        again = _seen_before(spans, number)
        prefix = f"again{number}" if again else ""
        pieces.append(cut_staff(staff, span.low, span.low + span.length, span.to, prefix))
    return joined_staff(staff, pieces)


def _seen_before(spans: Sequence[PlayedSpan], number: int) -> bool:
    """Whether any of a stretch has been played before."""
    span = spans[number]
    if span.low is None:
        return False
    return any(
        one.low is not None and one.low < span.low + span.length and span.low < one.low + one.length
        for one in spans[:number]
    )


def _placed(
    signs: Sequence[_Sign], spans: Sequence[PlayedSpan], end: Beat, *, once: bool = False
) -> tuple[_Sign, ...]:
    """The signs of each stretch where it stands now; rehearsal marks only the first time."""
    found: list[_Sign] = []
    for number, span in enumerate(spans):
        if span.low is None:
            continue
        again = once and _seen_before(spans, number)
        for sign in signs:
            if not _inside(sign, span, end):
                continue
            if again and isinstance(sign, Mark) and sign.kind is MarkKind.REHEARSAL:
                continue
            found.append(replace(sign, at=span.to + (sign.at - span.low)))
    return tuple(found)


def _lasting(signs: Sequence[_Sign], spans: Sequence[PlayedSpan], end: Beat) -> tuple[_Sign, ...]:
    """The same of signs that hold until the next: said again where another one held."""
    found: list[_Sign] = []
    for span in spans:
        if span.low is None:
            continue
        in_force = [sign for sign in signs if sign.at < span.low]
        opening = any(sign.at == span.low for sign in signs)
        if in_force and not opening and span is not spans[0]:
            again = replace(in_force[-1], at=span.to)
            if not found or replace(found[-1], at=span.to) != again:
                found.append(again)
        found.extend(
            replace(sign, at=span.to + (sign.at - span.low))
            for sign in signs
            if _inside(sign, span, end)
        )
    return tuple(found)


def _instruments(
    line: Line, spans: Sequence[PlayedSpan], end: Beat
) -> tuple[tuple[Beat, str], ...]:
    """Changes of instrument where they stand now; none where the player has it in hand already."""
    found: list[tuple[Beat, str]] = []
    hand = line.player.instrument.id
    for span in spans:
        if span.low is None:
            continue
        before = [name for at, name in line.changes if at <= span.low]
        wanted = before[-1] if before else line.player.instrument.id
        if wanted != hand:
            found.append((span.to, wanted))
            hand = wanted
        for at, name in line.changes:
            if span.low < at < span.low + span.length and name != hand:
                found.append((span.to + (at - span.low), name))
                hand = name
    return tuple(found)


def _inside(sign: _Placed, span: PlayedSpan, end: Beat) -> bool:
    if span.low is None:
        return False
    until = span.low + span.length
    return span.low <= sign.at < until or (until == end and sign.at >= end)
