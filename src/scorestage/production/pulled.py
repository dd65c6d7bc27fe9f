"""A cue at another speed: its span, hits and wishes move together."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from scorestage.production.cue import Cue, Hit
from scorestage.timebase.pull import Pull


def pulled_hit(hit: Hit, pull: Pull) -> Hit:
    """A hit on the same frame of the film run at another speed; tolerances stay in frames."""
    return replace(hit, at=pull.time(hit.at))


def pulled_cue(cue: Cue, pull: Pull) -> Cue:
    """A cue of the film run at another speed: where it lies, its hits, its dialogue, its tempos.

    >>> from scorestage.timebase import FilmTime
    >>> from scorestage.timebase.pull import DOWN
    >>> cue = Cue("cue001", "1m01", start=FilmTime(10), end=FilmTime(70), bpm_wish=Fraction(120))
    >>> pulled = pulled_cue(cue, DOWN)
    >>> pulled.start, pulled.end, float(pulled.bpm_wish)
    (FilmTime('1001/100'), FilmTime('7007/100'), 119.88011988011988)
    """

    def bpm(tempo: Fraction | None) -> Fraction | None:
        return None if tempo is None else tempo * pull.factor

    length = cue.length_seconds
    return replace(
        cue,
        start=None if cue.start is None else pull.time(cue.start),
        end=None if cue.end is None else pull.time(cue.end),
        length_seconds=None if length is None else length / pull.factor,
        bpm_wish=bpm(cue.bpm_wish),
        bpm_lowest=bpm(cue.bpm_lowest),
        bpm_highest=bpm(cue.bpm_highest),
        steady=tuple(pull.range(one) for one in cue.steady),
        dialogue=tuple(pull.range(one) for one in cue.dialogue),
        hits=tuple(pulled_hit(one, pull) for one in cue.hits),
    )
