"""Written bars as LilyPond notes: heads, values, ties, beams, tuplets, signs at the note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from scorestage.engraving.graces import after_words, grace_length, grace_words
from scorestage.engraving.ink import pitch_word, scaled_whole, skip, value_word
from scorestage.engraving.notesigns import (
    breath_word,
    head_word,
    is_bracketed,
    post_words,
    stemless,
    tremolo_edge,
)
from scorestage.music import Articulation, DrumSound, NoteSign, Pitch, Unpitched
from scorestage.music.written import (
    Beam,
    Edge,
    EventKind,
    NoteValue,
    WrittenEvent,
    WrittenPitch,
    WrittenVoice,
)

Kit = Mapping[str, DrumSound]
"""Strokes of an unpitched instrument by the name notes call them."""

_MIDDLE_LINE = Pitch("B", 0, 4)
_MIDDLE_OF_PERCUSSION_CLEF = Pitch("C", 0, 4)
_MARKS = {
    Articulation.STACCATO: "-.",
    Articulation.STACCATISSIMO: "-!",
    Articulation.TENUTO: "--",
    Articulation.ACCENT: "->",
    Articulation.MARCATO: "-^",
    Articulation.FERMATA: r"\fermata",
}
_HEADS = {
    "x": "cross",
    "cross": "cross",
    "diamond": "diamond",
    "triangle": "triangle",
    "slash": "slash",
    "circle-x": "xcircle",
}
_LEFT = (Beam.CONTINUE, Beam.END, Beam.BACKWARD_HOOK)
_RIGHT = (Beam.BEGIN, Beam.CONTINUE, Beam.FORWARD_HOOK)


def voice_music(voice: WrittenVoice, kit: Kit, grace_quarters: Fraction = Fraction(0)) -> list[str]:
    """One voice of one bar as words of LilyPond.

    `grace_quarters` is the room that graces at this barline take in any staff of the page: all
    voices must leave the same, or meters and clefs would stand after them.
    """
    words: list[str] = []

    def written(graces: Sequence[WrittenPitch]) -> str:
        return heads(graces, kit)

    pairs = tremolo_pairs(voice.events)
    for index, event in enumerate(voice.events):
        at_barline = grace_quarters if index == 0 else grace_length(event)
        words += grace_words(event, written, at_barline)
        if event.tuplet and event.tuplet.starts:
            words.append(rf"\tuplet {event.tuplet.actual}/{event.tuplet.normal} {{")
        words += _beam_counts(event)
        if stemless(event.signs):
            words.append(r"\once \omit Stem \once \omit Flag")
        if index in pairs:
            words.append(rf"\repeat tremolo {pairs[index][1]} {{")
        own = _event(event, kit, pairs.get(index, pairs.get(index - 1, ("", 0)))[0])
        words.append(after_words(event, own, written))
        if index - 1 in pairs:
            words.append("}")
        if Articulation.BREATH in event.articulations:
            words.append(r"\breathe")
        words += filter(None, [breath_word(event.signs)])
        if event.tuplet and event.tuplet.stops:
            words.append("}")
    return words


def tremolo_pairs(events: Sequence[WrittenEvent]) -> dict[int, tuple[str, int]]:
    """Tremolos between two notes, by the place of the first: value of the strokes, and how many.

    Only two neighbours of one length, outside tuplets, can be drawn so.
    """
    found: dict[int, tuple[str, int]] = {}
    for index, (first, last) in enumerate(pairwise(events)):
        edge, strokes = tremolo_edge(first.signs)
        if edge != "start" or tremolo_edge(last.signs)[0] != "stop":
            continue
        unit = Fraction(1, 2**strokes)
        times = first.length / unit
        alike = first.length == last.length and first.is_note and last.is_note
        if alike and not first.tuplet and times.denominator == 1 and times > 1:
            found[index] = str(4 * 2**strokes), int(times)
    return found


def pickup_rest(quarters: Fraction) -> list[str]:
    """Rests that fill an empty pickup, short ones first; it is no whole bar, so no bar rest.

    >>> pickup_rest(Fraction(3, 2))
    ['r8', 'r4']
    """
    words = []
    for value in reversed(NoteValue):
        lasting = value.quarters
        if (quarters / lasting).numerator % 2 and (quarters / lasting).denominator == 1:
            words.append("r" + value_word(value))
            quarters -= lasting
    return words or [skip(quarters)]


def grace_room(quarters: Fraction) -> list[str]:
    """Empty room where other staves have graces at the barline."""
    return [rf"\grace {{ s{scaled_whole(quarters)} }}"] if quarters else []


def _event(event: WrittenEvent, kit: Kit, stroke: str = "") -> str:
    """An event; in a tremolo between two notes its length is that of one `stroke`."""
    if event.kind is EventKind.MEASURE_REST:
        return ("s" if event.hidden else "R") + scaled_whole(event.length) + _signs(event)
    length = stroke or value_word(event.value, event.dots) + _rescaled(event)
    if event.kind is EventKind.REST:
        return ("s" if event.hidden else "r") + length + _beam_sign(event) + _signs(event)
    tremolo = f":{2 ** (event.tremolo + 2 + event.value.beams)}" if event.tremolo else ""
    return (
        heads(event.pitches, kit, event.signs)
        + length
        + tremolo
        + _one_tie(event)
        + ("" if stroke else _beam_sign(event))
        + _slurs(event)
        + _signs(event)
    )


def heads(pitches: Sequence[WrittenPitch], kit: Kit, signs: Sequence[NoteSign] = ()) -> str:
    """One head or a chord, without its length; `signs` tell the shapes of heads."""
    words = [
        head_word(signs, place) + _head(pitch, kit, bracketed=is_bracketed(signs, place))
        for place, pitch in enumerate(pitches)
    ]
    if len(words) == 1 and not words[0].startswith("\\"):
        return words[0]
    ties = ["~" if pitch.tie_start else "" for pitch in pitches]
    if len(set(ties)) == 1:
        ties = [""] * len(ties)
    return "<" + " ".join(map(str.__add__, words, ties)) + ">"


def _one_tie(event: WrittenEvent) -> str:
    """The tie after the length, where all heads are held on alike."""
    return "~" if event.pitches and all(pitch.tie_start for pitch in event.pitches) else ""


def _head(written: WrittenPitch, kit: Kit, *, bracketed: bool = False) -> str:
    pitch = written.pitch
    if isinstance(pitch, Unpitched):
        return _stroke(kit.get(pitch.sound))
    force = "" if written.accidental is None else "?" if written.courtesy else "!"
    force = "?" if bracketed else force
    return pitch_word(pitch) + force


def _stroke(sound: DrumSound | None) -> str:
    """A stroke at its place on the five lines of a percussion staff."""
    if sound is None:
        return pitch_word(_MIDDLE_OF_PERCUSSION_CLEF)
    above = Pitch.parse(sound.staff_step).staff_step - _MIDDLE_LINE.staff_step
    octave, step = divmod(_MIDDLE_OF_PERCUSSION_CLEF.staff_step + above, 7)
    word = pitch_word(Pitch("CDEFGAB"[step], 0, octave))
    head = _HEADS.get(sound.notehead)
    return rf"\tweak style #'{head} {word}" if head else word


def _rescaled(event: WrittenEvent) -> str:
    """A factor where the written value does not last what the event does; normally none."""
    written = event.value.quarters * (2 - Fraction(1, 2**event.dots))
    if event.tuplet:
        written = written * event.tuplet.normal / event.tuplet.actual
    if written == event.length:
        return ""
    factor = event.length / written
    return f"*{factor.numerator}/{factor.denominator}"


def _beam_sign(event: WrittenEvent) -> str:
    if not event.beams:
        return ""
    return {Beam.BEGIN: "[", Beam.END: "]"}.get(event.beams[0], "")


def _beam_counts(event: WrittenEvent) -> list[str]:
    """Beams to the left and right of a stem, told only where LilyPond would draw others."""
    count = len(event.beams)
    if count < 2:
        return []
    left = sum(beam in _LEFT for beam in event.beams)
    right = sum(beam in _RIGHT for beam in event.beams)
    usual_left = 0 if event.beams[0] is Beam.BEGIN else count
    usual_right = 0 if event.beams[0] is Beam.END else count
    words = []
    if left != usual_left:
        words.append(rf"\set stemLeftBeamCount = #{left}")
    if right != usual_right:
        words.append(rf"\set stemRightBeamCount = #{right}")
    return words


def _slurs(event: WrittenEvent) -> str:
    stops = [slur for slur in event.slurs if slur.edge is Edge.STOP]
    starts = [slur for slur in event.slurs if slur.edge is Edge.START]
    words = [rf"\={slur.number})" for slur in stops] + [rf"\={slur.number}(" for slur in starts]
    return "".join(words)


def _signs(event: WrittenEvent) -> str:
    marks = "".join(_MARKS[sign] for sign in event.articulations if sign in _MARKS)
    return marks + post_words(event.signs)
