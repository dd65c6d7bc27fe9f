"""What stands in a score and not on its pages: named, counted, never silently left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from scorestage.engraving import notesigns, staffsigns
from scorestage.engraving.grouping import crossing
from scorestage.engraving.mei import notesigns as mei_notesigns
from scorestage.engraving.mei.staffsigns import UNDRAWN
from scorestage.engraving.signnames import WITHIN_VOICE, leaves
from scorestage.music import NoteSign, Score, Sign, Staff

_SAYS_NOTHING = frozenset(("play", "sound", "instrument-change", "listening"))
_PRINTED_AT_STAVES = frozenset(("direction", "harmony", "figured-bass", "fermata", "barline"))


def unprinted(score: Score, *, by_mei: bool, keys: bool = False) -> tuple[str, ...]:
    """Lines that tell what the pages do not show, most frequent first.

    `by_mei` pages are made by Verovio, others by LilyPond. `keys`: they have key signatures.
    """
    counts: Counter[str] = Counter()
    for line in score.lines:
        for staff in line.staves:
            counts.update(_in_staff(staff, by_mei))
    frames = sum(one.name == "frame" for chord in score.chords for one in chord.extra)
    counts.update({"fret diagram": frames} if frames else {})
    told = [f"not printed: {name} ({count})" for name, count in counts.most_common()]
    crossed = crossing(score.groups, score.lines)
    if crossed:
        told.append(f"not printed: bracket that crosses another ({crossed})")
    signed = 0 if keys else sum(len(line.keys) for line in score.lines)
    if signed:
        told.append(f"printed in the manner of the house: key signature as accidentals ({signed})")
    for name, what in (("print", "page and system breaks"), ("time", "drawing of signatures")):
        count = sum(one.sign.name == name for one in score.signs)
        if count:
            told.append(f"printed in the manner of the house: {what} ({count})")
    return tuple(told)


def _in_staff(staff: Staff, by_mei: bool) -> Iterator[str]:
    for voice in (*staff.voices, *staff.cues):
        for note in voice.notes:
            signs = (*note.signs, *(sign for grace in note.graces for sign in grace.signs))
            yield from _on_note(signs, by_mei)
    for note in (note for voice in staff.cues for note in voice.notes):
        for sign in leaves(note.signs):
            if sign.name == "slur" and sign.detail("number") not in WITHIN_VOICE:
                yield "slur into cue notes"
    arrows = staffsigns.arrow_names(one.sign for one in staff.signs)
    for one in staff.signs:
        if one.sign.name == "direction":
            yield from _in_direction(one.sign, by_mei, arrows)
        elif one.sign.name not in _PRINTED_AT_STAVES | _SAYS_NOTHING:
            inner = [part.name for part in one.sign.inner] or [one.sign.name]
            yield from (name for name in inner if name not in _SAYS_NOTHING)


def _on_note(signs: tuple[NoteSign, ...], by_mei: bool) -> Iterator[str]:
    printed = mei_notesigns.is_printed if by_mei else notesigns.is_printed
    for sign in leaves(signs):
        if not printed(sign) and sign.name not in _SAYS_NOTHING:
            yield sign.name


def _in_direction(direction: Sign, by_mei: bool, arrows: Collection[str]) -> Iterator[str]:
    for kind in direction.inner:
        for sign in kind.inner if kind.name == "direction-type" else ():
            undrawn = sign.name not in staffsigns.DRAWN or (by_mei and sign.name in UNDRAWN)
            if undrawn and f"{sign.name} {sign.detail('number', '1')}" not in arrows:
                yield sign.name
