"""Grace notes as LilyPond prints them: one slashed, several beamed, chords, after a note."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from scorestage.engraving.ink import scaled_whole, value_word
from scorestage.engraving.notesigns import post_words
from scorestage.music.written import NoteValue, WrittenEvent, WrittenGrace, WrittenPitch

Heads = Callable[[Sequence[WrittenPitch]], str]
"""One head or a chord in LilyPond's words."""

_EIGHTH = Fraction(1, 2)
_UNWRITTEN = NoteValue.EIGHTH


def graces_before(event: WrittenEvent) -> tuple[WrittenGrace, ...]:
    """The grace notes before an event as they are to be drawn: as told, else in the usual manner.

    One alone is a slashed eighth, several are sixteenths.
    """
    if event.drawn_graces:
        return tuple(grace for grace in event.drawn_graces if not grace.after)
    single = len(event.graces) == 1
    shown = "eighth" if single else "16th"
    return tuple(WrittenGrace((head,), shown, single) for head in event.graces)


def graces_after(event: WrittenEvent) -> tuple[WrittenGrace, ...]:
    """The grace notes that follow an event."""
    return tuple(grace for grace in event.drawn_graces if grace.after)


def value_of(grace: WrittenGrace) -> NoteValue:
    """The value a grace note is drawn with."""
    known = {value.value: value for value in NoteValue}
    return known.get(grace.shown, _UNWRITTEN)


def grace_length(event: WrittenEvent) -> Fraction:
    """How long the grace notes before `event` are written, in quarter notes; 0 without any."""
    return sum((value_of(grace).quarters for grace in graces_before(event)), Fraction(0))


def grace_words(event: WrittenEvent, heads: Heads, room_quarters: Fraction) -> list[str]:
    """The grace notes before an event, in a room that other staves share at its barline."""
    graces = graces_before(event)
    if not graces:
        return [rf"\grace {{ s{scaled_whole(room_quarters)} }}"] if room_quarters else []
    own = grace_length(event)
    words = _notes(graces, heads)
    words[0] += "".join(rf"\={slur.number}(" for slur in event.slurs if slur.from_grace)
    empty = [f"s{scaled_whole(room_quarters - own)}"] if room_quarters > own else []
    command = r"\slashedGrace" if graces[0].slash else r"\grace"
    return [*(rf"\grace {{ {skip} }}" for skip in empty), f"{command} {{ {' '.join(words)} }}"]


def after_words(event: WrittenEvent, own: str, heads: Heads) -> str:
    """An event with the grace notes that follow it."""
    graces = graces_after(event)
    if not graces:
        return own
    return rf"\afterGrace 7/8 {own} {{ {' '.join(_notes(graces, heads))} }}"


def _notes(graces: Sequence[WrittenGrace], heads: Heads) -> list[str]:
    """The notes of a group, under one beam where all have flags."""
    words = [heads(grace.pitches) + value_word(value_of(grace)) for grace in graces]
    if len(words) > 1 and all(value_of(grace).quarters <= _EIGHTH for grace in graces):
        words[0] += "["
        words[-1] += "]"
    return [word + post_words(grace.signs) for word, grace in zip(words, graces, strict=True)]
