"""Chord symbols without a note become music that can be scored."""

from __future__ import annotations

from dataclasses import replace

from tests.sketches import lead_sheet

from scorestage.adapters.catalogue import load_ensemble
from scorestage.music import Role, Staff, Strand
from scorestage.orchestration import Severity, orchestrate, written_out
from scorestage.timebase import Beat


def test_chords_alone_are_written_out_with_their_bass_and_scored() -> None:
    made = lead_sheet()
    bare = replace(made.sketch, strands=(Strand(Role.MELODY, Staff(())),))
    sketch = written_out(bare)
    (harmony,), (bass,) = sketch.of_role(Role.HARMONY), sketch.of_role(Role.BASS)
    assert [str(note.pitches[0]) for note in bass.staff.notes[:4]] == ["G2", "A2", "C3", "D3"]
    names = [{pitch.key % 12 for pitch in note.sounding} for note in harmony.staff.notes[:4]]
    assert names == [{7, 11, 2}, {9, 0, 4}, {0, 4, 7}, {2, 6, 9, 0}]
    assert harmony.staff.notes[0].onset == Beat(0)
    assert max(note.end for note in bass.staff.notes) == sketch.grid.end
    for name in ("string-quartet", "guitar-solo", "big-band"):
        result = orchestrate(sketch, load_ensemble(name), made.tempo_map)
        assert not [one for one in result.faults if one.severity is Severity.ERROR]
        assert list(result.score.notes())


def test_what_has_notes_stays_as_it_is() -> None:
    made = lead_sheet()
    assert written_out(made.sketch) is made.sketch
