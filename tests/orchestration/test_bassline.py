"""Basses where the sketch has none."""

from __future__ import annotations

from tests.sketches import Written, lead_sheet

from scorestage.adapters.catalogue import load_ensemble
from scorestage.music import ChordSymbol
from scorestage.music.harmony import chord_tones
from scorestage.orchestration import Settings, orchestrate
from scorestage.timebase import Beat


def ground(written: Written, at: Beat) -> ChordSymbol:
    return [chord for chord in written.sketch.chords if chord.at <= at][-1]


def test_a_walking_bass_walks() -> None:
    written = lead_sheet()
    combo = load_ensemble("jazz-combo")
    bass = orchestrate(written.sketch, combo, written.tempo_map).score.line_of("bass")
    assert len(bass.notes) == 4 * 16 - 1, "it ends with the tune"
    for note in bass.notes:
        chord = ground(written, note.onset)
        key = note.sounding[0].key % 12
        tones = {tone.key % 12 for tone in chord_tones(chord)}
        first = (note.onset.quarters - chord.at.quarters) == 0
        last = (note.onset.quarters - chord.at.quarters) == 3
        assert key in tones or last
        if first:
            assert key == chord_tones(chord)[0].key % 12
    for one, after in zip(bass.notes[3::4], bass.notes[4::4], strict=False):
        if after.onset.quarters % 16:  # within a phrase: across its end nobody looks
            assert abs(one.sounding[0].key - after.sounding[0].key) <= 2, "no step into the next"


def test_a_rock_bass_drives_in_eighths_and_an_orchestra_holds() -> None:
    written = lead_sheet()
    band = load_ensemble("rock-band")
    rock = orchestrate(written.sketch, band, written.tempo_map).score.line_of("bass")
    assert {str(note.length.quarters) for note in rock.notes} == {"1/2"}
    orchestra = load_ensemble("string-orchestra")
    held = orchestrate(written.sketch, orchestra, written.tempo_map).score.line_of("vc")
    assert any(note.length.quarters == 4 for note in held.notes)


def test_no_bass_is_invented_where_nothing_may_be() -> None:
    written = lead_sheet()
    combo = load_ensemble("jazz-combo")
    plain = orchestrate(written.sketch, combo, written.tempo_map, Settings(added=False))
    assert plain.score.line_of("bass").is_silent
