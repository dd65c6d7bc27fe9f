"""Tunes everybody knows, as independent truth: none of them was made by this program."""

from __future__ import annotations

from fractions import Fraction

from scorestage.music import Note, Pitch
from scorestage.timebase import Beat, Beats


def tune(text: str, start: str = "0") -> tuple[Note, ...]:
    """Notes from words such as `E4:1 F4:1/2 -:1`; `-` is a rest."""
    at = Fraction(start)
    found = []
    for number, word in enumerate(text.split()):
        name, _, length = word.partition(":")
        quarters = Fraction(length or "1")
        if name != "-":
            pitch = Pitch.parse(name)
            found.append(Note(f"n{number}", Beat(at), Beats(quarters), (pitch,)))
        at += quarters
    return tuple(found)


ODE_TO_JOY = tune(
    "F#4 F#4 G4 A4 A4 G4 F#4 E4 D4 D4 E4 F#4 F#4:3/2 E4:1/2 E4:2 "
    "F#4 F#4 G4 A4 A4 G4 F#4 E4 D4 D4 E4 F#4 E4:3/2 D4:1/2 D4:2"
)
TWINKLE = tune(
    "C4 C4 G4 G4 A4 A4 G4:2 F4 F4 E4 E4 D4 D4 C4:2 G4 G4 F4 F4 E4 E4 D4:2 "
    "G4 G4 F4 F4 E4 E4 D4:2 C4 C4 G4 G4 A4 A4 G4:2 F4 F4 E4 E4 D4 D4 C4:2"
)
GREENSLEEVES = tune(
    "A4:1/2 C5:1 D5:1/2 E5:3/4 F#5:1/4 E5:1/2 D5:1 B4:1/2 G4:3/4 A4:1/4 B4:1/2 C5:1 A4:1/2 "
    "A4:3/4 G#4:1/4 A4:1/2 B4:1 G#4:1/2 E4:1 A4:1/2 C5:1 D5:1/2 E5:3/4 F#5:1/4 E5:1/2 D5:1 "
    "B4:1/2 G4:3/4 A4:1/4 B4:1/2 C5:3/4 B4:1/4 A4:1/2 G#4:3/4 F#4:1/4 G#4:1/2 A4:3/2 A4:1",
    start="-1/2",
)
SCARBOROUGH = tune(
    "D4:2 D4:1 A4:3/2 A4:1/2 A4:1 E4:3/2 F4:1/2 E4:1 D4:3 -:1 A4:1 C5:1 D5:2 C5:1 A4:1 B4:1 G4:1 "
    "A4:3 -:2 D5:1 D5:2 D5:1 C5:2 A4:1 A4:1 G4:1 F4:1 E4:1 C4:2 D4:2 A4:1 G4:2 F4:1 E4:1 D4:1 C4:1 "
    "D4:3"
)
BEETHOVEN_FIFTH = tune(
    "-:1/2 G4:1/2 G4:1/2 G4:1/2 Eb4:2 -:1/2 F4:1/2 F4:1/2 F4:1/2 D4:4 "
    "-:1/2 G4:1/2 G4:1/2 G4:1/2 Eb4:1/2 Ab4:1/2 Ab4:1/2 Ab4:1/2 G4:1/2 Eb5:1/2 Eb5:1/2 Eb5:1/2 C5:2"
)
SILENT_NIGHT = tune(
    "G4:3/2 A4:1/2 G4:1 E4:3 G4:3/2 A4:1/2 G4:1 E4:3 D5:2 D5:1 B4:3 C5:2 C5:1 G4:3 "
    "A4:2 A4:1 C5:3/2 B4:1/2 A4:1 G4:3/2 A4:1/2 G4:1 E4:3 "
    "A4:2 A4:1 C5:3/2 B4:1/2 A4:1 G4:3/2 A4:1/2 G4:1 E4:3 "
    "D5:2 D5:1 F5:3/2 D5:1/2 B4:1 C5:3 E5:3 C5:1 G4:1 E4:1 G4:3/2 F4:1/2 D4:1 C4:3"
)
