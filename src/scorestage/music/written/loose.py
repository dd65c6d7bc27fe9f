"""Spelling what no tuplet of the bar's own beats reaches: across beats, or within another one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import gcd, lcm

from scorestage.music.written.frames import Sounding
from scorestage.music.written.pieces import Bracket, OffGridError, Piece, odd_part
from scorestage.music.written.values import NoteValue

_ODDEST = 4096
_LARGEST_TUPLET = 31

_Span = tuple[int, Fraction, Fraction]
"""What sounds (its index), from where to where in quarters."""


def loosely_spelled(soundings: tuple[Sounding, ...], per_quarter: int) -> tuple[Piece, ...]:
    """Values that last exactly as long as what sounds, wherever in the bar they stand.

    Notes that fill a stretch together, five in the time of four across a beat, six eighths in the
    time of five, are one tuplet; any other stands in a tuplet of its own.

    Raises `OffGridError` for what even 1024ths and such tuplets do not reach.
    """
    spans = [
        (source, Fraction(start, per_quarter), Fraction(end, per_quarter))
        for source, (start, end, _) in enumerate(soundings)
    ]
    found: list[Piece] = []
    for run in _runs(spans):
        found += _as_one_tuplet(run) or [piece for span in run for piece in _alone(*span)]
    return tuple(found)


def _runs(spans: Sequence[_Span]) -> Iterator[list[_Span]]:
    """Neighbours up to the next point that a plain value reaches."""
    run: list[_Span] = []
    for span in spans:
        run.append(span)
        if odd_part(span[2].denominator) == 1:
            yield run
            run = []
    if run:
        yield run


def _as_one_tuplet(run: Sequence[_Span]) -> list[Piece]:
    """The run under one bracket, each sound one value; nothing where that cannot be.

    The values are the shortest of which there are fewer than the tuplet has.
    """
    begin, end = run[0][1], run[-1][2]
    unit = _common([stop - start for _, start, stop in run])
    actual = (end - begin) / unit
    if len(run) < 2 or actual > _LARGEST_TUPLET or odd_part(actual.numerator) == 1:
        return []
    bases = [
        value
        for value in NoteValue
        if (normal := (end - begin) / value.quarters).denominator == 1 and normal < actual
    ]
    if not bases:
        return []
    base = bases[-1]
    normal = (end - begin) / base.quarters
    bracket = Bracket(begin, end, actual.numerator, normal.numerator, base)
    found = []
    for source, start, stop in run:
        values = _greedy((stop - start) / unit * base.quarters)
        if len(values) != 1:
            return []
        found.append(Piece(source, start, stop, *values[0], bracket))
    return found


def _common(lengths: Sequence[Fraction]) -> Fraction:
    """The greatest length of which all are whole multiples."""
    below = lcm(*(length.denominator for length in lengths))
    return Fraction(gcd(*((length * below).numerator for length in lengths)), below)


def _alone(source: int, at: Fraction, stop: Fraction) -> list[Piece]:
    """One sound as plain values, or in a tuplet of its own."""
    found: list[Piece] = []
    length = stop - at
    odd = odd_part(length.denominator)
    ratio = Fraction(1 << (odd.bit_length() - 1), odd)
    values = _greedy(length / ratio)
    if not values or odd > _ODDEST:
        return [_stretched(source, at, stop)]
    base = min((value for value, _ in values), key=lambda value: value.quarters)
    bracket = Bracket(at, stop, odd, ratio.numerator, base) if odd > 1 else None
    for value, dots in values:
        held = value.quarters * (2 - Fraction(1, 2**dots)) * ratio
        found.append(Piece(source, at, at + held, value, dots, bracket))
        at += held
    return found


def _stretched(source: int, at: Fraction, stop: Fraction) -> Piece:
    """One value stretched or shortened to the length there is, as programs do with played notes."""
    length = stop - at
    value = min(NoteValue, key=lambda one: (one.quarters < length, abs(one.quarters - length)))
    ratio = length / value.quarters
    if ratio.denominator > _ODDEST:
        raise OffGridError(at)
    return Piece(
        source, at, stop, value, 0, Bracket(at, stop, ratio.denominator, ratio.numerator, value)
    )


def _greedy(length: Fraction) -> list[tuple[NoteValue, int]]:
    """The fewest plain and dotted values that add up to `length`, the longest first.

    Nothing where 1024ths are too coarse.
    """
    found = []
    while length > 0:
        value = next((one for one in NoteValue if one.quarters <= length), None)
        if value is None:
            return []
        dots = 1 if value.quarters * 3 / 2 <= length else 0
        found.append((value, dots))
        length -= value.quarters * (2 - Fraction(1, 2**dots))
    return found
