"""Strokes through stems and trills have a speed too."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.orchestration.checking.passages import kinds, solo

from scorestage.music import Line, NoteSign, Sign, Voice
from scorestage.orchestration import FaultKind, Severity


def with_signs(line: Line, **more: object) -> Line:
    staff = line.staves[0]
    voices = tuple(
        Voice(tuple(replace(note, **more) for note in voice.notes))  # type: ignore[arg-type]
        for voice in staff.voices
    )
    return replace(line, staves=(replace(staff, voices=voices),))


@pytest.mark.parametrize(
    ("instrument", "strokes", "bpm", "faults"),
    [
        ("tuba", 2, 90, 0),
        ("tuba", 2, 200, 1),
        ("violin", 2, 140, 0),
        ("violin", 3, 200, 0),
        ("timpani", 2, 200, 0),
        ("trumpet-bb", 1, 200, 0),
    ],
)
def test_measured_strokes_are_repeated_notes(
    instrument: str, strokes: int, bpm: int, faults: int
) -> None:
    pitch = {"tuba": "C3", "timpani": "C3"}.get(instrument, "C5")
    line = with_signs(solo(instrument, f"{pitch}:2"), tremolo=strokes)
    assert len(kinds(line, bpm=bpm, only=FaultKind.SPEED)) == faults


def test_a_trill_needs_room_for_three_notes() -> None:
    trill = NoteSign(Sign("ornaments", "", (), (Sign("trill-mark"),)))
    plain = solo("horn", "C4:1/4 D4:1/4 E4:1")
    assert not kinds(with_signs(plain, signs=(trill,)), bpm=60, only=FaultKind.SPEED)
    (first, *_) = kinds(with_signs(plain, signs=(trill,)), bpm=132, only=FaultKind.SPEED)
    assert first.severity in (Severity.ADVICE, Severity.WARNING)
    assert "a trill of 3 notes needs 0.25 s, has 0.11 s" in first.text
