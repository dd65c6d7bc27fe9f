"""Reading grace notes: chords, values, slashes, and those that follow a note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from scorestage.adapters.formats.musicxml.facts_in import ReadNote, text_in
from scorestage.adapters.formats.musicxml.loss_report import Tally
from scorestage.adapters.formats.musicxml.names import ARTICULATIONS, UNITS
from scorestage.adapters.formats.musicxml.notes_in import head_of, heard, take_marks
from scorestage.adapters.formats.musicxml.trees import AMONG_GRACES, slur_end
from scorestage.music import Articulation, GraceNote, NoteSign, Pitch, Sign


@dataclass(frozen=True, slots=True)
class GraceReader:
    """Reads the grace notes beside one note of a part."""

    strokes: Mapping[str, str]
    part_name: str
    tally: Tally

    def read(self, waiting: Iterable[Element], note: ReadNote, *, after: bool) -> list[GraceNote]:
        """The grace notes as drawn; slurs that begin on them go to `note`."""
        found: list[GraceNote] = []
        for element in waiting:
            parts = {one.tag: one for one in element}
            pitch = heard(parts, element, self.strokes, self.part_name)
            if not isinstance(pitch, Pitch):
                self.tally.add("unpitched grace note", path="note/grace")
                continue
            joins = "chord" in parts and bool(found)
            signs = self._signs(parts, element, note, pitch, len(found[-1].pitches) if joins else 0)
            if joins:
                before = found[-1]
                found[-1] = GraceNote(
                    (*before.pitches, pitch),
                    before.shown,
                    before.slash,
                    after,
                    (*before.signs, *signs),
                )
                continue
            shown = text_in(parts.get("type"), "eighth")
            found.append(
                GraceNote(
                    (pitch,),
                    shown if shown in UNITS else "eighth",
                    parts["grace"].get("slash") == "yes",
                    after,
                    signs,
                )
            )
        return _with_own_slurs(found, note)

    def _signs(
        self,
        parts: Mapping[str, Element],
        element: Element,
        note: ReadNote,
        pitch: Pitch,
        head: int,
    ) -> tuple[NoteSign, ...]:
        own = ReadNote(
            note.at, note.length, note.voice, note.staff, [head_of(parts, element, pitch)]
        )
        for dynamic, shown in take_marks(parts, element, own, self.tally):
            self.tally.add(f"dynamic {shown or dynamic} on a grace note", path="note/grace")
        if own.lyric:
            self.tally.add("lyric on a grace note", path="note/lyric")
        signs = [NoteSign(sign.sign, head) for sign in own.signs]
        signs += [NoteSign(Sign(_MARKS[kind], number), head) for kind, number in own.slurs
                  if kind in _MARKS]  # fmt: skip
        plain = [ARTICULATIONS[sign] for sign in Articulation if sign in own.articulations & _PLAIN]
        if plain:
            inner = tuple(Sign(name) for name in plain)
            signs.append(NoteSign(Sign("articulations", inner=inner), head))
        for sign in (Articulation.FERMATA, Articulation.SFORZATO):
            if sign in own.articulations:
                self.tally.add(f"{sign.value} on a grace note", path="note/grace")
        if own.tremolo:
            signs.append(NoteSign(Sign("ornaments", inner=(_tremolo(own.tremolo),)), head))
        return tuple(signs)


def _tremolo(strokes: int) -> Sign:
    return Sign("tremolo", str(strokes), (("type", "single"),))


_PLAIN = frozenset(ARTICULATIONS)
ONTO = "slur onto"
"""What a slur that ends on a grace note is called until its beginning is found."""
_MARKS = {"start": "slur from", "stop": ONTO}


def _with_own_slurs(graces: list[GraceNote], note: ReadNote) -> list[GraceNote]:
    """Slurs from grace to grace kept on the two; others that begin here go to `note`."""
    signs = [list(grace.signs) for grace in graces]
    for first, own in enumerate(signs):
        for one in [sign for sign in own if sign.sign.name == _MARKS["start"]]:
            own.remove(one)
            number = one.sign.text
            ends = (
                (last, sign) for last in range(first + 1, len(signs)) for sign in signs[last]
                if (sign.sign.name, sign.sign.text) == (ONTO, number)
            )  # fmt: skip
            last, end = next(ends, (first, None))
            if end is None:
                note.grace_slurs.append(number)
                continue
            signs[last].remove(end)
            own.append(NoteSign(slur_end(AMONG_GRACES, "start"), one.head))
            signs[last].append(NoteSign(slur_end(AMONG_GRACES, "stop"), end.head))
    return [replace(grace, signs=tuple(own)) for grace, own in zip(graces, signs, strict=True)]


def tells_more(graces: Iterable[GraceNote]) -> bool:
    """Whether grace notes are drawn otherwise than plain pitches before a note would be.

    Plain is one slashed eighth, or several 16ths without a slash.
    """
    drawn = list(graces)
    usual = ("eighth", True) if len(drawn) == 1 else ("16th", False)
    return any(
        len(one.pitches) != 1 or one.after or one.signs or (one.shown, one.slash) != usual
        for one in drawn
    )
