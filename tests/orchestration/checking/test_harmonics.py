"""A string that is only touched sounds over its range; a stopped note there does not."""

from dataclasses import replace

from tests.orchestration.checking.passages import kinds, solo

from scorestage.music import Line, NoteSign, Sign, Voice
from scorestage.orchestration import FaultKind

HARMONIC = NoteSign(Sign("technical", inner=(Sign("harmonic"),)))


def touched(line: Line) -> Line:
    staff = line.staves[0]
    voices = tuple(
        Voice(tuple(replace(note, signs=(HARMONIC,)) for note in voice.notes))
        for voice in staff.voices
    )
    return replace(line, staves=(replace(staff, voices=voices),))


def test_a_harmonic_over_the_fingerboard_is_no_fault() -> None:
    stopped = solo("violin", "D8:4")
    assert [one.kind for one in kinds(stopped, only=FaultKind.RANGE)] == [FaultKind.RANGE]
    assert kinds(touched(stopped), only=FaultKind.RANGE) == []


def test_a_harmonic_below_the_lowest_string_still_is() -> None:
    assert len(kinds(touched(solo("violin", "C3:4")), only=FaultKind.RANGE)) == 1


def test_a_flute_has_no_strings_to_touch() -> None:
    assert len(kinds(touched(solo("flute", "D8:4")), only=FaultKind.RANGE)) == 1
