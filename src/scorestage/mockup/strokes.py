"""One written note as what is really done: how long, how hard, how often, on which sound."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scorestage.music import Articulation, Note, Technique

ROLL_STROKES_PER_SECOND = 15.0
_LEGATO_OVERLAP_SECONDS = 0.045
_SHORTEST_SECONDS = 0.06


@dataclass(frozen=True, slots=True)
class Manner:
    """How a note is played: the share of its written length, extra level, how it is let go.

    `overlap_seconds` is added to a slurred note so that the next begins inside it;
    `release_seconds` is the fall by 80 dB of a sustained sound after it.
    """

    share: float
    gain_db: float = 0.0
    velocity_steps: float = 0.0
    overlap_seconds: float = 0.0
    longest_seconds: float = 1e9
    release_seconds: float = 0.7
    name: str = ""


_PLAIN = Manner(0.94, name="detached")
_LEGATO = Manner(1.0, 0.0, 0.0, _LEGATO_OVERLAP_SECONDS, release_seconds=0.35, name="legato")
_BY_ARTICULATION = {
    Articulation.STACCATISSIMO: Manner(0.3, 1.0, 0.2, 0, 0.16, 0.25, "staccatissimo"),
    Articulation.STACCATO: Manner(0.45, 0.5, 0.1, 0, 0.32, 0.35, "staccato"),
    Articulation.MARCATO: Manner(0.78, 4.5, 0.9, 0, 1e9, 0.6, "marcato"),
    Articulation.SFORZATO: Manner(0.92, 6.0, 1.2, 0, 1e9, 0.7, "sforzato"),
    Articulation.ACCENT: Manner(0.9, 3.0, 0.6, 0, 1e9, 0.6, "accent"),
    Articulation.TENUTO: Manner(1.0, 0.8, 0.15, 0, 1e9, 0.6, "tenuto"),
}


def manner_of(note: Note, slurred_on: bool, technique: Technique) -> Manner:
    """How a note is played; `slurred_on` where a slur leads from it to the next.

    Several signs combine: the shortest length, the strongest stress.
    """
    signs = [_BY_ARTICULATION[sign] for sign in _BY_ARTICULATION if sign in note.articulations]
    if technique is Technique.COL_LEGNO:
        signs.append(_BY_ARTICULATION[Articulation.STACCATISSIMO])
    base = _LEGATO if slurred_on else _PLAIN
    if not signs:
        return _shortened(note, base)
    short = min(signs, key=lambda manner: manner.share)
    strong = max(signs, key=lambda manner: manner.gain_db)
    if slurred_on and short.share >= 0.9:
        short = _LEGATO
    combined = Manner(
        short.share,
        strong.gain_db,
        strong.velocity_steps,
        short.overlap_seconds,
        short.longest_seconds,
        short.release_seconds,
        "+".join(manner.name for manner in signs),
    )
    return _shortened(note, combined)


def _shortened(note: Note, manner: Manner) -> Manner:
    """A breath is taken out of the note before it."""
    if Articulation.BREATH not in note.articulations:
        return manner
    share = min(manner.share, 0.82)
    return Manner(
        share,
        manner.gain_db,
        manner.velocity_steps,
        0.0,
        manner.longest_seconds,
        manner.release_seconds,
        manner.name,
    )


def played_seconds(manner: Manner, written_seconds: float) -> float:
    """How long the note is held."""
    seconds = min(written_seconds * manner.share, manner.longest_seconds)
    return max(seconds + manner.overlap_seconds, min(_SHORTEST_SECONDS, written_seconds))


def is_roll(note: Note, technique: Technique) -> bool:
    """Whether the note is an unmeasured tremolo or roll."""
    return note.tremolo >= 3 or technique is Technique.TREMOLO


def measured_strokes(note: Note) -> tuple[Fraction, ...]:
    """Offsets in quarters of the strokes of a measured tremolo; just 0 where there is none.

    >>> from scorestage.music import Note, Pitch
    >>> from scorestage.timebase import Beat, Beats
    >>> note = Note("n", Beat(0), Beats(1), (Pitch.parse("C4"),), tremolo=2)
    >>> [str(offset) for offset in measured_strokes(note)]
    ['0', '1/4', '1/2', '3/4']
    """
    if note.tremolo not in (1, 2):
        return (Fraction(0),)
    flags = 2 if note.length.quarters < Fraction(1, 2) else 1 if note.length.quarters < 1 else 0
    step = Fraction(1, 2 ** (note.tremolo + flags))
    count = max(int(note.length.quarters / step), 1)
    return tuple(step * number for number in range(count))
