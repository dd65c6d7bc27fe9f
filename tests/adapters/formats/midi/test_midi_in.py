"""MIDI files of others: on the grid, in bars, and never a crash."""

from __future__ import annotations

import io
from fractions import Fraction

import mido
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.adapters.formats.full_score import full_score
from tests.adapters.formats.musicxml_schema import faults

from scorestage.adapters.formats.midi import read_midi, write_midi
from scorestage.adapters.formats.musicxml import write_score
from scorestage.errors import FormatError
from scorestage.music import Unpitched
from scorestage.music.key import Key
from scorestage.timebase import Beat

META, MESSAGE = mido.MetaMessage, mido.Message


def file_of(*tracks: list[mido.Message | mido.MetaMessage], ticks: int = 480) -> bytes:
    file = mido.MidiFile(type=1 if len(tracks) > 1 else 0, ticks_per_beat=ticks)
    file.tracks.extend(mido.MidiTrack(track) for track in tracks)
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def strokes(*notes: tuple[int, int, int], channel: int = 0) -> list[mido.Message]:
    """Key, start and stop in ticks, as a track's events."""
    events = [
        (at, on, key) for key, start, stop in notes for at, on in ((start, True), (stop, False))
    ]
    found, before = [], 0
    for at, on, key in sorted(events, key=lambda event: (event[0], event[1])):
        kind = "note_on" if on else "note_off"
        found.append(MESSAGE(kind, channel=channel, note=key, velocity=64, time=at - before))
        before = at
    return found


def test_played_notes_are_put_on_the_grid() -> None:
    read = read_midi(file_of(strokes((60, 3, 470), (62, 485, 800), (64, 796, 1437))))
    (track,) = read.tracks
    assert [(note.onset.quarters, note.length.quarters) for note in track.notes] == [
        (0, 1),
        (1, Fraction(2, 3)),
        (Fraction(5, 3), Fraction(4, 3)),
    ]


def test_notes_struck_together_are_a_chord() -> None:
    read = read_midi(file_of(strokes((60, 0, 480), (64, 2, 478), (67, 1, 481))))
    ((note,),) = [track.notes for track in read.tracks]
    assert [str(pitch) for pitch in note.pitches] == ["C4", "E4", "G4"]


def test_tempo_meter_and_key_are_read() -> None:
    conductor = [
        META("time_signature", numerator=6, denominator=8),
        META("set_tempo", tempo=600_000),
        META("key_signature", key="Ebm"),
        META("time_signature", numerator=3, denominator=4, time=1440),
        META("set_tempo", tempo=500_000, time=720),
    ]
    read = read_midi(file_of(conductor, [META("track_name", name="Horn"), *strokes((60, 0, 2880))]))
    assert [str(bar.meter) for bar in read.tempo_map.grid.bars] == ["6/8", "3/4"]
    assert read.tempo_map.tempo_at(Beat(0)).bpm == 100
    assert read.tempo_map.tempo_at(Beat(5)).bpm == 120
    assert read.key == Key("Eb", "minor")
    assert read.tracks[0].name == "Horn"


def test_a_meter_that_changes_within_a_bar_cuts_it_short() -> None:
    conductor = [META("time_signature", numerator=3, denominator=4, time=960)]
    read = read_midi(file_of(conductor, strokes((60, 0, 2400))))
    assert [str(bar.meter) for bar in read.tempo_map.grid.bars] == ["2/4", "3/4"]


def test_one_track_of_several_channels_is_several_players() -> None:
    both = sorted(strokes((60, 0, 480)) + strokes((36, 0, 480), channel=9), key=lambda e: e.time)
    read = read_midi(file_of(both))
    assert [track.is_drums for track in read.tracks] == [False, True]
    drums = read.score.lines[1]
    assert drums.notes[0].pitches == (Unpitched("drum-36"),)


def test_a_note_never_let_go_ends_with_its_track() -> None:
    events = [MESSAGE("note_on", note=60, velocity=64), META("end_of_track", time=960)]
    read = read_midi(file_of(events))
    assert read.tracks[0].notes[0].length.quarters == 2
    assert read.losses == ("note never let go (ended with its track) (1)",)


def test_what_is_not_taken_over_is_counted() -> None:
    events = [MESSAGE("pitchwheel", pitch=100), MESSAGE("control_change"), *strokes((60, 0, 480))]
    assert read_midi(file_of(events)).losses == ("control change (1)", "pitchwheel (1)")


def test_our_own_file_comes_back_note_by_note() -> None:
    score, tempo_map = full_score("string-quartet")
    read = read_midi(write_midi(score, tempo_map))
    lead = 4  # a bar stands before bar 1, for the pickup
    for line, track in zip(score.lines, read.tracks, strict=True):
        wanted = {
            (note.onset.quarters + lead, note.length.quarters, pitch.key)
            for note in line.notes
            for pitch in note.sounding
        }
        found = {
            (note.onset.quarters, note.length.quarters, pitch.key)
            for note in track.notes
            for pitch in note.sounding
        }
        assert wanted <= found


def test_as_a_score_it_can_be_written_out() -> None:
    read = read_midi(write_midi(*full_score("jazz-combo")))
    assert faults(write_score(read.score, read.tempo_map)) == []


GOOD = file_of(strokes((60, 0, 480)))


@pytest.mark.parametrize(
    "content",
    [b"", b"RIFF....WAVE", b"MThd", GOOD[:20], GOOD[:-6], GOOD[:12] + b"\xe7\x28" + GOOD[14:],
     GOOD[:9] + b"\x02" + GOOD[10:]],
)  # fmt: skip
def test_what_is_no_midi_file_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(FormatError, match=r"tune\.mid"):
        read_midi(content, "tune.mid")


@given(st.binary(max_size=60), st.integers(0, len(GOOD)))
@settings(max_examples=150, deadline=None)
def test_damaged_files_never_crash(junk: bytes, place: int) -> None:
    try:
        read_midi(GOOD[:place] + junk + GOOD[place + len(junk) :])
    except FormatError:
        return


def test_keys_that_switch_sounds_are_told_and_left_out() -> None:
    read = read_midi(file_of(strokes((0, 0, 480), (11, 0, 480), (12, 480, 960), (60, 0, 960))))
    assert {str(note.pitches[0]) for track in read.tracks for note in track.notes} == {"C0", "C4"}
    (told,) = read.losses
    assert "key below C0" in told and "2" in told
