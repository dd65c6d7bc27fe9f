"""Written bars as LilyPond notes: heads, values, ties, beams, tuplets, signs at the note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from scorestage.engraving.ink import pitch_word, scaled_whole, skip, value_word
from scorestage.music import Articulation, DrumSound, Pitch, Unpitched
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


def grace_length(event: WrittenEvent) -> Fraction:
    """How long the grace notes before `event` are written, in quarter notes; 0 without any."""
    count = len(event.graces)
    return Fraction(1, 2) if count == 1 else Fraction(count, 4)


def voice_music(voice: WrittenVoice, kit: Kit, grace_quarters: Fraction = Fraction(0)) -> list[str]:
    """One voice of one bar as words of LilyPond.

    `grace_quarters` is the room that graces at this barline take in any staff of the page: all
    voices must leave the same, or meters and clefs would stand after them.
    """
    words: list[str] = []
    for index, event in enumerate(voice.events):
        at_barline = grace_quarters if index == 0 else grace_length(event)
        words += _graces(event, kit, at_barline)
        if event.tuplet and event.tuplet.starts:
            words.append(rf"\tuplet {event.tuplet.actual}/{event.tuplet.normal} {{")
        words += _beam_counts(event)
        words.append(_event(event, kit))
        if Articulation.BREATH in event.articulations:
            words.append(r"\breathe")
        if event.tuplet and event.tuplet.stops:
            words.append("}")
    return words


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


def _event(event: WrittenEvent, kit: Kit) -> str:
    if event.kind is EventKind.MEASURE_REST:
        return ("s" if event.hidden else "R") + scaled_whole(event.length) + _signs(event)
    length = value_word(event.value, event.dots) + _rescaled(event)
    if event.kind is EventKind.REST:
        return ("s" if event.hidden else "r") + length + _beam_sign(event) + _signs(event)
    tremolo = f":{2 ** (event.tremolo + 2 + event.value.beams)}" if event.tremolo else ""
    return (
        heads(event.pitches, kit)
        + length
        + tremolo
        + _one_tie(event)
        + _beam_sign(event)
        + _slurs(event)
        + _signs(event)
    )


def heads(pitches: Sequence[WrittenPitch], kit: Kit) -> str:
    """One head or a chord, without its length."""
    words = [_head(pitch, kit) for pitch in pitches]
    if len(words) == 1 and not words[0].startswith("\\"):
        return words[0]
    ties = ["~" if pitch.tie_start else "" for pitch in pitches]
    if len(set(ties)) == 1:
        ties = [""] * len(ties)
    return "<" + " ".join(map(str.__add__, words, ties)) + ">"


def _one_tie(event: WrittenEvent) -> str:
    """The tie after the length, where all heads are held on alike."""
    return "~" if event.pitches and all(pitch.tie_start for pitch in event.pitches) else ""


def _head(written: WrittenPitch, kit: Kit) -> str:
    pitch = written.pitch
    if isinstance(pitch, Unpitched):
        return _stroke(kit.get(pitch.sound))
    force = "" if written.accidental is None else "?" if written.courtesy else "!"
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


def _graces(event: WrittenEvent, kit: Kit, room_quarters: Fraction) -> list[str]:
    if not event.graces:
        return grace_room(room_quarters)
    own = grace_length(event)
    single = len(event.graces) == 1
    words = [heads((head,), kit) + ("8" if single else "16") for head in event.graces]
    words[0] += "".join(rf"\={slur.number}(" for slur in event.slurs if slur.from_grace)
    if not single:
        words[0] += "["
        words[-1] += "]"
    empty = [f"s{scaled_whole(room_quarters - own)}"] if room_quarters > own else []
    command = r"\slashedGrace" if single else r"\grace"
    return [*(rf"\grace {{ {skip} }}" for skip in empty), f"{command} {{ {' '.join(words)} }}"]


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
    return "".join(_MARKS[sign] for sign in event.articulations if sign in _MARKS)
