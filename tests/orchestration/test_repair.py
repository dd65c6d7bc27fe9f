"""Second thoughts: the proof of coverage, twins parted, work for the idle."""

from __future__ import annotations

from fractions import Fraction

from tests.orchestration.scenes import scene
from tests.orchestration.test_placing import placed
from tests.sketches import adventure, lament

from scorestage.adapters.catalogue import load_ensemble
from scorestage.music import Note, Pitch, Role
from scorestage.orchestration import orchestrate
from scorestage.orchestration.coverage import coverage, uncovered
from scorestage.orchestration.reading import read_strands
from scorestage.orchestration.repair import thinned, twins
from scorestage.orchestration.values import Task
from scorestage.timebase import Beat, Beats


def test_coverage_counts_onset_and_pitch() -> None:
    strands = read_strands(lament().sketch)
    tune = [tone.note for line in strands[0].lines for tone in line]
    assert coverage(strands[:1], tune) == {Role.MELODY: 1}
    late = Note("x", Beat(1), Beats(2), (Pitch.parse("E4"),))
    assert coverage(strands[:1], [late, *tune[1:]])[Role.MELODY] == 1 - Fraction(1, len(tune))
    (missing,) = uncovered(strands[:1], tune[1:])
    assert missing.tone.note is tune[0]


def test_twins_are_those_who_play_the_same_from_first_to_last() -> None:
    one = placed("a", "C4:1 D4:1", 1)
    other = placed("b", "C4:1 D4:2", 1)
    third = placed("c", "C4:1 E4:1", 1)
    assert twins({"p": one, "q": other, "r": third, "s": []}) == [("p", "q")]


def test_a_thinned_part_keeps_its_downbeats() -> None:
    found = scene(adventure(), "studio-orchestra", 16)
    task = max(found.tasks, key=lambda one: (not one.essential, len(one.notes)))
    (left,) = thinned([task], found.job.timing)
    assert 0 < len(left.notes) < len(task.notes)
    assert all(found.job.timing.stress(note.onset.quarters) == 3 for note in left.notes)


def test_what_must_be_played_is_never_thinned() -> None:
    found = scene(adventure(), "string-quartet", 0)
    must: list[Task] = [one for one in found.tasks if one.essential]
    assert thinned(must, found.job.timing) == must


def test_quiet_percussion_has_a_soft_touch_in_a_long_soft_cue() -> None:
    from dataclasses import replace

    written = adventure()
    quiet = tuple(
        replace(one, staff=replace(one.staff, dynamics=one.staff.dynamics[:1], hairpins=()))
        for one in written.sketch.strands
        if one.role is not Role.ACCENT
    )
    sketch = replace(written.sketch, strands=quiet, marks=written.sketch.marks[:1])
    orchestra = load_ensemble("studio-orchestra")
    result = orchestrate(sketch, orchestra, written.tempo_map)
    silent = {line.player.id for line in result.score.lines if line.is_silent}
    assert not silent & {"perc1", "perc2", "timp", "hp", "fl2", "tbn1"}
    loud = [note for line in result.score.lines for staff in line.staves for note in staff.dynamics]
    assert max(mark.dynamic.level for mark in loud) <= 0
