"""Reading written bars as a player does: values counted, ties held, signs remembered by line."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from scorestage.music import Pitch, Staff, Unpitched
from scorestage.music.written import NoteValue, WrittenBar, WrittenEvent, WrittenStaff

LETTERS = {
    NoteValue.BREVE: "B",
    NoteValue.WHOLE: "w",
    NoteValue.HALF: "h",
    NoteValue.QUARTER: "q",
    NoteValue.EIGHTH: "e",
    NoteValue.SIXTEENTH: "s",
    NoteValue.THIRTY_SECOND: "t",
    NoteValue.SIXTY_FOURTH: "x",
    NoteValue.HUNDRED_TWENTY_EIGHTH: "z",
}
BEAMS = {"begin": "(", "continue": "-", "end": ")", "forward hook": ">", "backward hook": "<"}
ALTERS = {
    "flat-flat": -2,
    "flat": -1,
    "natural": 0,
    "sharp": 1,
    "double-sharp": 2,
    "quarter-sharp": Fraction(1, 2),
    "quarter-flat": Fraction(-1, 2),
}


def spelled(bar: WrittenBar, beams: bool = False) -> str:
    """A bar in letters: `q. e~ | e`; rests `r`, tuplets `{3:2e …}`, an empty bar `R`."""
    return " / ".join(
        " ".join(_letter(event, beams) for event in voice.events) for voice in bar.voices
    )


def _letter(event: WrittenEvent, beams: bool) -> str:
    if event.kind == "measure-rest":
        return "R"
    found = ("" if event.is_note else "r") + LETTERS[event.value] + "." * event.dots
    if event.pitches and event.pitches[0].tie_start:
        found += "~"
    if beams and event.beams:
        found += "[" + "".join(BEAMS[beam] for beam in event.beams) + "]"
    place = event.tuplet
    if place is not None and place.starts:
        found = f"{{{place.actual}:{place.normal}{LETTERS[place.base]} {found}"
    return found + ("}" if place is not None and place.stops else "")


def counted(event: WrittenEvent) -> Fraction:
    """How long an event lasts by its value, dots and tuplet alone."""
    length = event.value.quarters * (2 - Fraction(1, 2**event.dots))
    if event.tuplet is not None:
        length = length * event.tuplet.normal / event.tuplet.actual
    return length


def heard(written: WrittenStaff) -> Counter[tuple[Fraction, str, Fraction]]:
    """Onset, key and length of everything that sounds, with only what is printed to go by."""
    found: Counter[tuple[Fraction, str, Fraction]] = Counter()
    held: dict[tuple[int, str, Fraction], Fraction] = {}
    for bar in written.bars:
        signs: dict[int, Fraction | int] = {}
        events = [(event, voice.number) for voice in bar.voices for event in voice.events]
        for event, voice in sorted(events, key=lambda one: one[0].onset):
            start = bar.start.quarters + event.onset
            for head in event.pitches:
                if head.tie_stop:
                    key = next(
                        key
                        for key in held
                        if key[0] == voice and key[2] == start and _same_line(key[1], head.pitch)
                    )
                    onset = held.pop(key)
                    name = key[1]
                else:
                    onset, name = start, _as_read(head.pitch, head.accidental, signs)
                if head.tie_start:
                    held[voice, name, start + counted(event)] = onset
                else:
                    found[onset, name, start + counted(event) - onset] += 1
    assert not held
    return found


def _same_line(name: str, pitch: Pitch | Unpitched) -> bool:
    if isinstance(pitch, Unpitched):
        return name == pitch.sound
    return name.rpartition(" ")[2] == str(pitch.staff_step)


def _as_read(
    pitch: Pitch | Unpitched, accidental: str | None, signs: dict[int, Fraction | int]
) -> str:
    """The key a player without a key signature plays, and the line it stands on."""
    if isinstance(pitch, Unpitched):
        return pitch.sound
    if accidental is not None:
        signs[pitch.staff_step] = ALTERS[accidental]
    alter = signs.get(pitch.staff_step, 0)
    plain = Pitch(pitch.step, alter, pitch.octave)
    return f"{plain.midi} {pitch.staff_step}"


def meant(staff: Staff) -> Counter[tuple[Fraction, str, Fraction]]:
    """The same of the notes as they were meant."""
    return Counter(
        (
            note.onset.quarters,
            pitch.sound if isinstance(pitch, Unpitched) else f"{pitch.midi} {pitch.staff_step}",
            note.length.quarters,
        )
        for note in staff.notes
        for pitch in note.pitches
    )
