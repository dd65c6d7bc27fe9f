"""MIDI as written, heard through another library: every note at the time of the tempo map."""

from __future__ import annotations

import io
from collections import defaultdict
from dataclasses import replace
from fractions import Fraction

import mido
import pretty_midi
import pytest
from hypothesis import assume, given, settings
from tests.adapters.formats.full_score import full_score
from tests.strategies import tempo_events

from scorestage.adapters.catalogue import load_ensemble
from scorestage.adapters.formats.midi import write_midi
from scorestage.errors import MusicError
from scorestage.music import Line, Note, NoteSign, Pitch, Score, Sign, Staff, Voice
from scorestage.production import Hit
from scorestage.timebase import (
    FRAMES_23_976,
    FRAMES_29_97_DROP,
    BarGrid,
    Beat,
    Beats,
    FilmTime,
    Meter,
    Ramp,
    Steady,
    Tempo,
    TempoMap,
)
from scorestage.timebase.reading import FilmClock

MILLISECOND = 0.001


def opened(content: bytes) -> mido.MidiFile:
    return mido.MidiFile(file=io.BytesIO(content), charset="utf-8")


def onsets(content: bytes) -> dict[str, list[float]]:
    """Seconds of every attack by track, as another library hears them."""
    found = defaultdict(list)
    for instrument in pretty_midi.PrettyMIDI(io.BytesIO(content)).instruments:
        found[instrument.name].extend(note.start for note in instrument.notes)
    return {name: sorted(starts) for name, starts in found.items()}


def one_line(grid: BarGrid, step: Fraction) -> Score:
    """A violin that plays a note every `step` quarters."""
    notes = []
    at = Fraction(0)
    while at < grid.end.quarters:
        notes.append(Note(f"n{len(notes)}", Beat(at), Beats(step), (Pitch.parse("A4"),)))
        at += step
    player = load_ensemble("string-quartet").players[0]
    return Score(grid, (Line(player, (Staff((Voice(tuple(notes)),)),)),))


def test_a_full_score_is_heard_on_time() -> None:
    score, tempo_map = full_score("string-quartet")
    heard = onsets(write_midi(score, tempo_map))
    begins = tempo_map.time_at(Beat(-4))
    for line in score.lines:
        wanted = sorted(
            float((tempo_map.time_at(note.onset) - begins).seconds)
            for note in line.notes
            for _ in note.pitches
        )
        graces = sum(len(note.grace) for note in line.notes)
        assert len(heard[line.player.name]) == len(wanted) + graces
        for at in wanted:
            assert min(abs(at - other) for other in heard[line.player.name]) < MILLISECOND


@given(tempo_events())
@settings(max_examples=25, deadline=None)
def test_any_tempo_map_is_followed_within_a_millisecond(events: tuple[Steady | Ramp, ...]) -> None:
    grid = BarGrid.regular(12, Meter(4, 4))
    tempo_map = TempoMap(FilmTime(3), grid, events)
    score = one_line(grid, Fraction(1, 2))
    try:
        content = write_midi(score, tempo_map)
    except MusicError:
        assume(False)
    (heard,) = onsets(content).values()
    begins = tempo_map.time_at(Beat(0))
    for number, at in enumerate(heard):
        due = (tempo_map.time_at(Beat(Fraction(number, 2))) - begins).seconds
        assert abs(at - float(due)) < MILLISECOND + float(due) * 1e-9


def test_an_hour_of_one_tempo_does_not_drift() -> None:
    grid = BarGrid.regular(1200, Meter(4, 4))
    tempo_map = TempoMap.steady(FilmTime(0), Tempo("79.99"), grid)
    (heard,) = onsets(write_midi(one_line(grid, Fraction(4)), tempo_map)).values()
    for number, at in enumerate(heard):
        assert abs(at - float(tempo_map.time_at(Beat(4 * number)).seconds)) < MILLISECOND


def test_a_constant_tempo_is_one_event() -> None:
    grid = BarGrid.regular(20, Meter(4, 4))
    tempo_map = TempoMap(
        FilmTime(0), grid, (Steady(Beat(0), Tempo(97)), Steady(Beat(8), Tempo(60)))
    )
    conductor = opened(write_midi(one_line(grid, Fraction(1)), tempo_map)).tracks[0]
    tempos = [event.tempo for event in conductor if event.type == "set_tempo"]
    assert len(tempos) == 2
    assert tempos[0] == round(60_000_000 / 97)


def test_bars_hits_and_letters_stand_in_the_conductor_track() -> None:
    score, tempo_map = full_score("piano-solo")
    hits = (Hit("h1", tempo_map.time_at(Beat(4)), "Käfig öffnet sich"), Hit("h2", FilmTime(70)))
    file = opened(write_midi(score, tempo_map, hits, title="1m01"))
    tick, meters, markers = 0, [], {}
    for event in file.tracks[0]:
        tick += event.time
        if event.type == "time_signature":
            meters.append((tick / file.ticks_per_beat, event.numerator, event.denominator))
        elif event.type == "marker":
            markers[event.text] = tick / file.ticks_per_beat
    assert meters[:3] == [(0, 4, 4), (12, 3, 4), (15, 7, 8)]  # a bar stands before bar 1
    assert markers["Käfig öffnet sich"] == 8
    assert markers["A"] == 4
    assert "hit h2" in markers
    assert "door <slams> & breaks" not in markers
    assert file.tracks[0].name == "1m01"


def test_without_a_pickup_bar_1_begins_the_file() -> None:
    grid = BarGrid.regular(2, Meter(3, 4))
    tempo_map = TempoMap.steady(FilmTime(10), Tempo(120), grid)
    (heard,) = onsets(write_midi(one_line(grid, Fraction(1)), tempo_map)).values()
    assert heard[0] == 0


def test_timecode_of_the_start_is_told() -> None:
    score, tempo_map = full_score("piano-solo")
    film = FilmClock(FRAMES_23_976, 86400)
    events = opened(write_midi(score, tempo_map, film=film)).tracks[0]
    (offset,) = [event for event in events if event.type == "smpte_offset"]
    start = (tempo_map.time_at(Beat(-4)).seconds * Fraction(24000, 1001)) + 86400
    label = ((offset.hours * 60 + offset.minutes) * 60 + offset.seconds) * 24 + offset.frames
    assert label == int(start)
    assert offset.sub_frames == int(start % 1 * 100)
    assert offset.frame_rate == 24
    (told,) = [event.text for event in events if event.type == "text" and "start" in event.text]
    assert "bar 1 = 01:01:02:10 +50/100 frame at 23.976 fps" in told
    drop = opened(write_midi(score, tempo_map, film=FilmClock(FRAMES_29_97_DROP))).tracks[0]
    assert [e.frame_rate for e in drop if e.type == "smpte_offset"] == [29.97]


def test_players_share_channels_by_port_and_leave_10_to_the_drums() -> None:
    score, tempo_map = full_score("studio-orchestra")
    seats = {}
    for track in opened(write_midi(score, tempo_map)).tracks[1:]:
        port = next(event.port for event in track if event.type == "midi_port")
        channels = {event.channel for event in track if event.type == "note_on"}
        assert len(channels) == 1
        seats[track.name] = (port, channels.pop())
    pitched = {seat for name, seat in seats.items() if not name.startswith("Percussion")}
    assert len(pitched) == len(seats) - 2
    assert all(channel != 9 for _, channel in pitched)
    assert seats["Percussion 1"][1] == 9
    assert {port for port, _ in seats.values()} == {0, 1}


def test_a_doubling_changes_its_sound() -> None:
    score, tempo_map = full_score("studio-orchestra")
    track = next(
        one
        for one in opened(write_midi(score, tempo_map)).tracks
        if one.name == "Flute 2 / Piccolo"
    )
    assert [event.program for event in track if event.type == "program_change"] == [73, 72]


def test_a_note_struck_again_is_let_go_before() -> None:
    grid = BarGrid.regular(1, Meter(4, 4))
    tempo_map = TempoMap.steady(FilmTime(0), Tempo(60), grid)
    track = opened(write_midi(one_line(grid, Fraction(1)), tempo_map)).tracks[1]
    kinds = [event.type for event in track if event.type in ("note_on", "note_off")]
    assert kinds == ["note_on", "note_off"] * 4


def test_septuplets_are_exact_too() -> None:
    grid = BarGrid.regular(1, Meter(4, 4))
    tempo_map = TempoMap.steady(FilmTime(0), Tempo(60), grid)
    file = opened(write_midi(one_line(grid, Fraction(1, 7)), tempo_map))
    assert file.ticks_per_beat % 7 == 0


def test_a_tempo_too_slow_for_the_format_is_told() -> None:
    grid = BarGrid.regular(1, Meter(4, 4))
    tempo_map = TempoMap.steady(FilmTime(0), Tempo(2), grid)
    with pytest.raises(MusicError, match="slower than MIDI"):
        write_midi(one_line(grid, Fraction(1)), tempo_map)


def test_a_score_of_nobody_still_has_its_map() -> None:
    score, tempo_map = full_score("piano-solo")
    file = opened(write_midi(replace(score, lines=()), tempo_map))
    assert len(file.tracks) == 1


def test_an_open_string_that_is_touched_sounds_its_partial() -> None:
    grid = BarGrid.regular(1, Meter(4, 4))
    diamond = (NoteSign(Sign("notehead", "diamond")),)
    note = Note("n", Beat(0), Beats(4), (Pitch.parse("D4"),), signs=diamond)
    player = load_ensemble("string-quartet").players[0]
    score = Score(grid, (Line(player, (Staff((Voice((note,)),)),)),))
    file = opened(write_midi(score, TempoMap.steady(FilmTime(0), Tempo(60), grid)))
    keys = [one.note for track in file.tracks for one in track if one.type == "note_on"]
    assert keys == [Pitch.parse("D5").key]
