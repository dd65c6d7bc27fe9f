"""Some bars of a score by themselves: every note of them, their labels, their tempos."""

from __future__ import annotations

import pytest
from tests.engraving.small_cue import small_map, small_score

from scorestage.errors import InputError
from scorestage.music import Note, Score
from scorestage.timebase import Beat, Beats, Ramp, Steady, Tempo, TempoMap
from scorestage.workflow.passage import map_between, passage


def sounding(score: Score, low: Beat, high: Beat) -> list[tuple[str, Beats, str]]:
    """Every note that begins from `low` up to `high`: whose, how far behind `low`, its heads."""
    notes: list[tuple[str, Note]] = [
        (line.player.id, note)
        for line in score.lines
        for staff in line.staves
        for voice in staff.voices
        for note in voice.notes
    ]
    return sorted(
        (
            (name, note.onset - low, str(note.pitches))
            for name, note in notes
            if low <= note.onset < high
        ),
        key=str,
    )


def test_a_passage_has_the_notes_labels_and_seconds_of_its_bars() -> None:
    score, whole = small_score(), small_map()
    labels = [str(bar.label) for bar in score.grid.bars]
    cut, tempo_map = passage(score, whole, f"{labels[2]}-{labels[4]}")
    assert [str(bar.label) for bar in cut.grid.bars] == labels[2:5]
    low, high = score.grid.starts[2], score.grid.starts[5]
    kept = sounding(cut, Beat(0), cut.grid.end)
    begun = sounding(score, low, high)
    assert begun and set(begun) <= set(kept)
    assert tempo_map.end - tempo_map.start == whole.time_at(high) - whole.time_at(low)
    for beats in range(int((high - low).quarters)):
        assert tempo_map.time_at(Beat(beats)) == whole.time_at(low + Beats(beats))


def test_the_first_bars_bring_their_pickup() -> None:
    score, whole = small_score(), small_map()
    cut, tempo_map = passage(score, whole, f"{score.grid.bars[0].label}")
    assert cut.grid.pickup == score.grid.pickup
    assert tempo_map.time_at(cut.grid.end) == whole.time_at(score.grid.starts[1])


def test_a_ramp_is_cut_at_the_tempo_it_has_reached() -> None:
    score, whole = small_score(), small_map()
    ramped = TempoMap(
        whole.start,
        score.grid,
        (Steady(Beat(0), Tempo(60)), Ramp(Beat(4), Beats(8), Tempo(60), Tempo(120))),
    )
    low, high = Beat(8), Beat(12)
    cut = map_between(ramped, low, high, score.grid)
    assert cut.events[0].at == Beat(0)
    assert abs(float((cut.time_at(Beat(4)) - cut.start).seconds)) == pytest.approx(
        float((ramped.time_at(high) - ramped.time_at(low)).seconds), abs=1e-6
    )


@pytest.mark.parametrize("asked", ["99", "3-1", "x-4", ""])
def test_bars_that_are_not_there_are_told(asked: str) -> None:
    with pytest.raises(InputError):
        passage(small_score(), small_map(), asked)
