"""Ideas planted more than once come to light; nothing comes of lines at random."""

from __future__ import annotations

from fractions import Fraction

from tests.thematics.recognition.scores import moved, score_of, wandering
from tests.thematics.tunes import ODE_TO_JOY

from scorestage.music import Note
from scorestage.thematics.recognition import Pattern, discover


def _contrast(seed: int, bars: int) -> list[Note]:
    return [note for note in wandering(bars, seed) if note.end.quarters <= bars * 4]


def _starts(pattern: Pattern) -> list[Fraction]:
    return [one.start for one in pattern.appearances]


def test_a_reprise_is_a_section_and_its_opening_an_idea() -> None:
    tune, bass = list(ODE_TO_JOY), moved(ODE_TO_JOY, 0, -17)
    middle = moved(_contrast(4, 8), 32)
    score = score_of(24, tune=[*tune, *middle, *moved(tune, 64)], bass=[*bass, *moved(bass, 64)])
    found = discover(score)
    section = next(one for one in found if one.kind == "section")
    assert _starts(section) == [0, 64]
    first, again = section.appearances
    assert {(onset + 64, key) for onset, key in first.notes} == set(again.notes)
    assert len(first.notes) == 2 * len(tune)
    ideas = [one for one in found if one.kind == "idea"]
    assert any({0, 16, 64, 80} <= set(_starts(one)) for one in ideas)


def test_a_subject_that_enters_in_every_voice_is_found() -> None:
    subject = list(ODE_TO_JOY[:15])
    answer = [
        [*subject, *moved(_contrast(1, 10), 16)],
        [*moved(_contrast(2, 4), 0), *moved(subject, 16, -5), *moved(_contrast(3, 6), 32)],
        [*moved(subject, 32, -12), *moved(_contrast(5, 4), 48)],
    ]
    score = score_of(16, soprano=answer[0], alto=answer[1], bass=answer[2])
    ideas = [one for one in discover(score) if one.texture == "line"]
    assert any({0, 16, 32} <= set(_starts(one)) for one in ideas)
    (idea,) = [one for one in ideas if {0, 16, 32} <= set(_starts(one))][:1]
    by_start = {one.start: one for one in idea.appearances}
    assert (by_start[Fraction(16)].semitones, by_start[Fraction(32)].semitones) == (-5, -12)
    assert {by_start[Fraction(at)].player for at in (0, 16, 32)} == {0, 1, 2}


def test_lines_at_random_have_no_sections() -> None:
    score = score_of(30, a=wandering(30, 1), b=wandering(30, 2, 40, 60))
    assert not [one for one in discover(score) if one.kind == "section"]


def test_a_score_without_notes_has_no_ideas() -> None:
    assert discover(score_of(2, a=[])) == ()
