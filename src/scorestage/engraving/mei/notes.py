"""One voice of one bar as the content of an MEI layer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from scorestage.engraving.cuenotes import CUE_VOICE
from scorestage.engraving.graces import graces_after, graces_before, value_of
from scorestage.engraving.lyrics import verses_of
from scorestage.engraving.mei.boxes import BOXED, boxed_events
from scorestage.engraving.mei.ink import element, staff_place, value_word, words
from scorestage.engraving.mei.notesigns import articulations_of, head_shape
from scorestage.engraving.notes import Kit, tremolo_pairs
from scorestage.engraving.notesigns import is_bracketed, stemless
from scorestage.music import Articulation, NoteSign, Unpitched
from scorestage.music.written import (
    Beam,
    EventKind,
    NoteValue,
    Stem,
    WrittenEvent,
    WrittenGrace,
    WrittenPitch,
    WrittenVoice,
)

_ACCIDENTALS = {
    "triple-flat": "tf",
    "flat-flat": "ff",
    "three-quarters-flat": "3qf",
    "flat": "f",
    "quarter-flat": "1qf",
    "natural": "n",
    "quarter-sharp": "1qs",
    "sharp": "s",
    "three-quarters-sharp": "3qs",
    "double-sharp": "x",
    "triple-sharp": "ts",
}
_ALTERED: dict[Fraction | int, str] = {-2: "ff", -1: "f", 1: "s", 2: "ss"}
"""What a head without a sign still is, by the signs before it in the bar."""
_ARTICULATIONS = {
    Articulation.STACCATO: "stacc",
    Articulation.STACCATISSIMO: "stacciss",
    Articulation.TENUTO: "ten",
    Articulation.ACCENT: "acc",
    Articulation.MARCATO: "marc",
}
_HEADS = {
    "x": "x",
    "cross": "x",
    "diamond": "diamond",
    "triangle": "isotriangle",
    "slash": "slash",
    "circle-x": "circle",
}
_STEMS = {Stem.AUTOMATIC: "", Stem.UP: "up", Stem.DOWN: "down"}
_TIES = {(True, False): "i", (True, True): "m", (False, True): "t", (False, False): ""}
_RIGHT = (Beam.BEGIN, Beam.CONTINUE)

Attributes = dict[str, str | int]


@dataclass(frozen=True, slots=True)
class LayerPlace:
    """Whose voice, in which bar: what ids of its notes are made of."""

    staff: int
    place: int
    voice: int

    def note_id(self, index: int) -> str:
        """The id of the event at `index` of this voice."""
        return f"n{self.staff}-{self.place}-{self.voice}-{index}"

    def grace_id(self, index: int) -> str:
        """The id of the first grace note before the event at `index`."""
        return f"g{self.staff}-{self.place}-{self.voice}-{index}"


def layer_content(
    voice: WrittenVoice, kit: Kit, where: LayerPlace, clefs: Sequence[tuple[Fraction, str]] = ()
) -> str:
    """The events of a voice, with beams and tuplets round them, `clefs` among them."""
    waiting = list(clefs)
    opening, closing = _wrappings(voice.events)
    boxed = boxed_events(voice.events)
    told = []
    for index, event in enumerate(voice.events):
        while waiting and waiting[0][0] <= event.onset:
            told.append(waiting.pop(0)[1])
        graces = _graces(graces_before(event), kit, where.grace_id(index))
        more = {
            "id": where.note_id(index),
            "stem_dir": _STEMS[voice.stem],
            "type": BOXED if index in boxed else "",
            "breaksec": _break_after(voice.events, index) or "",
        } | ({"cue": "true"} if voice.cue or voice.number == CUE_VOICE else {})
        own = _event(event, kit, more)
        after = _graces(graces_after(event), kit, f"{where.grace_id(index)}-after", "acc")
        told += [graces, *opening.get(index, ()), own, after, *closing.get(index, ())]
    return "".join(told) + "".join(clef for _, clef in waiting)


def _wrappings(
    events: Sequence[WrittenEvent],
) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """What is opened before and closed after each event; a beam that crosses a tuplet is cut."""
    tuplets = list(_tuplets(events))
    spans = [(first, last, _tuplet_tag(events[first]), "</tuplet>") for first, last in tuplets]
    pairs = tremolo_pairs(events)
    for first, (stroke, _) in pairs.items():
        tag = element("fTrem", unitdur=min(128, int(stroke)))[:-2] + ">"
        spans.append((first, first + 1, tag, "</fTrem>"))
    for first, last in _beams(events):
        if any(first - 1 <= pair <= last for pair in pairs):
            continue
        spans += [(*cut, "<beam>", "</beam>") for cut in _within(first, last, tuplets)]
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for first, last, begin, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        opening.setdefault(first, []).append(begin)
        closing.setdefault(last, []).insert(0, end)
    return opening, closing


def _tuplet_tag(event: WrittenEvent) -> str:
    if event.tuplet is None:
        return ""
    return element("tuplet", num=event.tuplet.actual, numbase=event.tuplet.normal)[:-2] + ">"


def _tuplets(events: Sequence[WrittenEvent]) -> Iterator[tuple[int, int]]:
    first: int | None = None
    for index, event in enumerate(events):
        if event.tuplet and event.tuplet.starts:
            first = index
        if first is not None and event.tuplet and event.tuplet.stops:
            yield first, index
            first = None


def _beams(events: Sequence[WrittenEvent]) -> Iterator[tuple[int, int]]:
    first: int | None = None
    for index, event in enumerate(events):
        if event.beams and event.beams[0] is Beam.BEGIN:
            first = index
        if first is not None and event.beams and event.beams[0] is Beam.END:
            yield first, index
            first = None


def _within(first: int, last: int, tuplets: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The beam whole where it holds or lies in each tuplet; else its pieces between their ends."""
    cuts = sorted(
        cut
        for begin, end in tuplets
        if (begin < first <= end < last) or (first < begin <= last < end)
        for cut in (begin, end + 1)
        if first < cut <= last
    )
    edges = [first, *cuts, last + 1]
    for begin, end in pairwise(edges):
        if end - begin > 1:
            yield begin, end - 1


def _break_after(events: Sequence[WrittenEvent], index: int) -> int:
    """How many beams go on to the next note where both have more; 0 for no break."""
    if index + 1 >= len(events):
        return 0
    here, after = events[index].beams, events[index + 1].beams
    joined = sum(beam in _RIGHT for beam in here)
    return joined if 0 < joined < min(len(here), len(after)) else 0


def _event(event: WrittenEvent, kit: Kit, more: Attributes) -> str:
    if event.kind is EventKind.MEASURE_REST:
        return element("mSpace" if event.hidden else "mRest")
    length: Attributes = {"dur": value_word(event.value), "dots": event.dots or ""}
    if event.kind is EventKind.REST:
        return element("space" if event.hidden else "rest", **length)
    marks = "".join(
        element("artic", artic=_ARTICULATIONS[sign])
        for sign in event.articulations
        if sign in _ARTICULATIONS
    )
    marks += "".join(element("artic", artic=name) for name in articulations_of(event.signs))
    if stemless(event.signs):
        more = {**more, "stem_visible": "false"}
    said = _sounding(event.pitches, marks + _verses(event), kit, {**length, **more}, event.signs)
    if not event.tremolo:
        return said
    strokes = 2 ** (event.tremolo + 2 + event.value.beams)
    return element("bTrem", said, unitdur=min(128, strokes))


def _sounding(
    heads: Sequence[WrittenPitch],
    marks: str,
    kit: Kit,
    more: Attributes,
    signs: Sequence[NoteSign] = (),
) -> str:
    if len(heads) == 1:
        return _head(heads[0], marks, kit, more, signs)
    told = (_head(head, "", kit, {}, signs, place) for place, head in enumerate(heads))
    return element("chord", "".join(told) + marks, **more)


def _head(
    written: WrittenPitch,
    inner: str,
    kit: Kit,
    more: Attributes,
    signs: Sequence[NoteSign] = (),
    place: int = 0,
) -> str:
    tie = _TIES[written.tie_start, written.tie_stop]
    pitch = written.pitch
    if isinstance(pitch, Unpitched):
        sound = kit.get(pitch.sound)
        shape = _HEADS.get(sound.notehead, "") if sound else ""
        return element("note", inner, loc=staff_place(sound), head_shape=shape, tie=tie, **more)
    sign = ""
    if written.accidental is not None:
        around = "paren" if written.courtesy or is_bracketed(signs, place) else ""
        sign = element("accid", accid=_ACCIDENTALS[written.accidental], enclose=around)
    sounds = "" if sign else _ALTERED.get(pitch.alter, "")
    step, octave = pitch.step.lower(), pitch.octave
    shape = head_shape(signs, place)
    more = {**more, "head_shape": shape} if shape else more
    return element("note", sign + inner, pname=step, oct=octave, accid_ges=sounds, tie=tie, **more)


def _graces(graces: Sequence[WrittenGrace], kit: Kit, first_id: str, kind: str = "unacc") -> str:
    """Grace notes: slashed where they are drawn so, several with flags under a beam."""
    told = []
    for order, grace in enumerate(graces):
        more: Attributes = {
            "id": f"{first_id}-{order}" if order else first_id,
            "grace": kind,
            "dur": value_word(value_of(grace)),
            "stem_mod": "1slash" if grace.slash and not order else "",
        }
        marks = "".join(element("artic", artic=name) for name in articulations_of(grace.signs))
        told.append(_sounding(grace.pitches, marks, kit, more, grace.signs))
    if not told:
        return ""
    beamed = len(told) > 1 and all(value_of(grace).beams for grace in graces)
    inner = element("beam", "".join(told)) if beamed else "".join(told)
    return element("graceGrp", inner, attach="post" if graces[0].after else "")


def _verses(event: WrittenEvent) -> str:
    told = []
    for order, (number, said) in enumerate(verses_of(event).items(), start=1):
        joined = "d" if said.goes_on else "u" if said.held else ""
        begins = "i" if said.goes_on else ""
        line = int(number) if number.isascii() and number.isdigit() and len(number) < 3 else order
        told.append(
            element("verse", element("syl", words(said.text), con=joined, wordpos=begins), n=line)
        )
    return "".join(told)


def rests(quarters: Fraction) -> str:
    """Rests that fill an empty pickup, short ones first.

    >>> rests(Fraction(3, 2))
    '<rest dur="8"/><rest dur="4"/>'
    """
    told = []
    for value in reversed(NoteValue):
        lasting = value.quarters
        if (quarters / lasting).numerator % 2 and (quarters / lasting).denominator == 1:
            told.append(element("rest", dur=value_word(value)))
            quarters -= lasting
    return "".join(told)
