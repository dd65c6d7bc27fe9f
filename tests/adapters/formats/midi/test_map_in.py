"""Tempo maps of other sequencers, as files that mido or a plain byte string makes."""

from __future__ import annotations

import io
import struct
from fractions import Fraction

import mido
import pretty_midi
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from tests.strategies import tempo_maps

from scorestage.adapters.formats.midi.map_in import read_map
from scorestage.adapters.formats.midi.map_out import write_map
from scorestage.adapters.session import Imported, Marker, MarkerKind, Session
from scorestage.errors import FormatError, MusicError
from scorestage.timebase import (
    FRAMES_24,
    FRAMES_29_97_DROP,
    BarGrid,
    Beat,
    Beats,
    FilmClock,
    FilmSpan,
    FilmTime,
    Meter,
    Ramp,
    Steady,
    Tempo,
    TempoMap,
)

NO_SHRINK = (Phase.explicit, Phase.reuse, Phase.generate)
"""Shrinking maps takes minutes."""
CLOCK = FilmClock(FRAMES_24, 24 * 3600)
Meta = mido.MetaMessage


def midi(*tracks: list[mido.MetaMessage], kind: int = 1, ticks: int = 480) -> bytes:
    file = mido.MidiFile(type=kind, ticks_per_beat=ticks)
    file.tracks.extend(mido.MidiTrack(events) for events in tracks)
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def tempo(bpm: int, wait: int = 0) -> mido.MetaMessage:
    return Meta("set_tempo", tempo=round(60_000_000 / bpm), time=wait)


def meter(upper: int, lower: int, wait: int = 0) -> mido.MetaMessage:
    return Meta("time_signature", numerator=upper, denominator=lower, time=wait)


def end(wait: int) -> mido.MetaMessage:
    return Meta("end_of_track", time=wait)


def only(found: Imported) -> TempoMap:
    assert found.tempo_map is not None
    return found.tempo_map


@pytest.mark.parametrize("ticks", [24, 96, 120, 480, 960, 1024, 15360, 32767])
@pytest.mark.parametrize("kind", [0, 1])
def test_any_resolution_and_both_kinds(ticks: int, kind: int) -> None:
    content = midi([meter(3, 4), tempo(100), tempo(120, ticks * 6), end(ticks * 6)],
                   kind=kind, ticks=ticks)  # fmt: skip
    found = only(read_map(content, "a.mid", CLOCK))
    assert [str(bar.meter) for bar in found.grid.bars] == ["3/4"] * 4
    assert found.time_at(Beat(6)) == FilmTime("3.6") and found.end == FilmTime("6.6")


def test_pretty_midi_plays_a_ritardando_alike() -> None:
    """A ritardando as Logic writes it: an event every 16th; the other reader has the same times."""
    steps = [tempo(120 - index, 120 if index else 0) for index in range(40)]
    content = midi([meter(4, 4), *steps, end(9600)])
    found = only(read_map(content, "rit.mid", CLOCK))
    theirs = pretty_midi.PrettyMIDI(io.BytesIO(content))
    assert len(found.events) == 40
    for quarter in range(20):
        ours = float(found.time_at(Beat(quarter)).seconds)
        assert ours == pytest.approx(theirs.tick_to_time(quarter * 480), abs=1e-9)


def test_what_is_missing_at_the_start_is_what_the_standard_says() -> None:
    content = midi([tempo(60, 960), meter(3, 4, 960), end(480 * 5)])
    read = read_map(content, "late.mid", CLOCK)
    found = only(read)
    assert found.time_at(Beat(2)) == FilmTime(1) and found.time_at(Beat(4)) == FilmTime(3)
    assert [str(bar.meter) for bar in found.grid.bars] == ["4/4", "3/4", "3/4"]
    assert "no time signature at the start: 4/4 is taken" in read.notes


def test_a_meter_within_a_bar_cuts_it_and_is_told() -> None:
    read = read_map(midi([meter(4, 4), meter(6, 8, 480 * 7), end(480 * 3)]), "m.mid", CLOCK)
    assert [str(bar.meter) for bar in only(read).grid.bars] == ["4/4", "3/4", "6/8"]
    assert "bar 2 is cut to 3/4: the time signature changes within it" in read.notes


def test_a_meter_off_the_32nds_waits_and_no_time_is_lost() -> None:
    content = midi([tempo(120), meter(4, 4), meter(3, 4, 483), tempo(60, 477 * 3), end(9600)])
    read = read_map(content, "m.mid", CLOCK)
    assert [str(bar.meter) for bar in only(read).grid.bars][:2] == ["4/4", "3/4"]
    assert only(read).time_at(Beat(Fraction(483 + 477 * 3, 480))).seconds == Fraction(1914, 960)
    assert any("off the 32nds" in note for note in read.notes)


def test_the_smpte_offset_is_the_start_and_markers_lie_where_they_sound() -> None:
    offset = Meta("smpte_offset", frame_rate=24, hours=1, minutes=0, seconds=30, frames=12,
                  sub_frames=50)  # fmt: skip
    words = [Meta("marker", text="door slams", time=960), Meta("cue_marker", text="fall", time=480)]
    read = read_map(midi([offset, tempo(60), *words, end(480)]), "a.mid", CLOCK)
    assert read.placed and only(read).start.seconds == 30 + Fraction(25, 48)
    assert [(one.words, (one.at - only(read).start).seconds) for one in read.markers] == [
        ("door slams", 2),
        ("fall", 3),
    ]


@pytest.mark.parametrize(
    ("hours", "told"), [(0, "start timecode 00:01:00:00"), (2, "start timecode 02:01:00:00")]
)
def test_an_offset_that_the_clock_does_not_know_is_told(hours: int, told: str) -> None:
    """00:01:00:00 is dropped at 29.97 drop; 25 frames in a project at 24 are scaled."""
    offset = Meta("smpte_offset", frame_rate=29.97, hours=hours, minutes=1, seconds=0, frames=0)
    read = read_map(midi([offset, end(0)]), "a.mid", FilmClock(FRAMES_29_97_DROP))
    assert not read.placed and any(note.startswith(told) for note in read.notes)
    read = read_map(midi([offset.copy(seconds=1, frame_rate=25), end(0)]), "a.mid", CLOCK)
    assert read.placed and any("frames count 24" in note for note in read.notes)


def test_texts_are_markers_of_another_kind_and_notes_are_told() -> None:
    events = [
        Meta("text", text="soft", time=0),
        mido.Message("note_on", note=60, time=0),
        mido.Message("note_on", note=60, velocity=0, time=480),
        end(0),
    ]
    read = read_map(midi(events), "a.mid", CLOCK)
    assert [(one.words, one.kind) for one in read.markers] == [("soft", MarkerKind.TEXT)]
    assert read.losses == ("notes and controllers (2)",)


def test_a_key_that_is_none_costs_no_tempo_map_and_riff_is_unwrapped() -> None:
    key = Meta("key_signature", key="D")
    content = midi([key, tempo(60), end(1920)])
    odd = content.replace(b"\xff\x59\x02\x02\x00", b"\xff\x59\x02\x0b\x35")
    assert odd != content and only(read_map(odd, "a.mid", CLOCK)).end.seconds == 4
    wrapped = b"RIFF" + struct.pack("<I", len(content) + 12) + b"RMIDdata"
    wrapped += struct.pack("<I", len(content)) + content
    assert only(read_map(wrapped, "a.rmi", CLOCK)).end.seconds == 4


def smpte_division(frames: int, parts: int, events: bytes) -> bytes:
    head = b"MThd" + struct.pack(">IHH", 6, 0, 1) + struct.pack(">bB", -frames, parts)
    return head + b"MTrk" + struct.pack(">I", len(events)) + events


def test_a_file_that_counts_in_timecode_gives_its_markers_and_says_so() -> None:
    """25 frames of 40 parts: a tick is a millisecond; 1,500 of them are 1.5 s."""
    events = b"\x8b\x5c\xff\x06\x03hit" + b"\x00\xff\x2f\x00"
    read = read_map(smpte_division(25, 40, events), "tc.mid", CLOCK)
    assert read.tempo_map is None and read.markers[0].at == FilmTime("3/2")
    assert any("no tempo map" in note for note in read.notes)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"RIFF....", "not a MIDI file"),
        (midi([end(0)])[:20], "broken"),
        (midi([end(0)], kind=2), "separate pieces"),
        (midi([Meta("set_tempo", tempo=0, time=960), end(0)]), r"tempo of 0 .* quarter 2 .track 1"),
        (midi([Meta("set_tempo", tempo=9), end(0)]), r"6.66667e\+06 .* at quarter 0"),
        (midi([end(0x0FFFFFFF)], ticks=24), "more than 5000 bars"),
        (smpte_division(77, 40, b"\x00\xff\x2f\x00"), "77 frames of 40 parts"),
    ],
)  # fmt: skip
def test_hostile_files_are_one_clear_error_that_names_them(content: bytes, told: str) -> None:
    with pytest.raises(FormatError, match=told) as fault:
        read_map(content, "strange.mid", CLOCK)
    assert str(fault.value).startswith("strange.mid")


# ── there and back ──────────────────────────────────────────────────────────────────────────────


def session(tempo_map: TempoMap, *markers: Marker) -> Session:
    return Session("1m01", CLOCK, tempo_map.start, tempo_map, markers)


@settings(max_examples=12, deadline=None, phases=NO_SHRINK)
@given(tempo_maps(3))
def test_every_beat_comes_back_within_half_a_microsecond_a_beat(tempo_map: TempoMap) -> None:
    tempo_map = tempo_map.shifted(FilmTime(100) - tempo_map.start)
    try:
        written = write_map(session(tempo_map))
        back = only(read_map(written.content, "a.mid", CLOCK))
    except (MusicError, FormatError):
        assume(False)  # slower than MIDI can hold or faster than music: said, not bent
    assert [bar.meter.length for bar in back.grid.bars][: len(tempo_map.grid.bars)] == [
        bar.meter.length for bar in tempo_map.grid.bars
    ]
    assert back.grid.pickup == tempo_map.grid.pickup
    for index in range(0, len(tempo_map.grid.starts), 3):
        at = tempo_map.grid.starts[index]
        ours, theirs = tempo_map.time_at(at), back.time_at(at)
        apart = (theirs - back.start) - (ours - tempo_map.start)
        assert abs(apart.seconds) <= Fraction(1, 1000)


def test_what_goes_out_is_played_alike_by_pretty_midi() -> None:
    """Steps and a ramp: the other reader's clock at every beat, within what MIDI can hold."""
    events = (
        Steady(Beat(0), Tempo("93.5")),
        Ramp(Beat(8), Beats(8), Tempo("93.5"), Tempo(70)),
        Steady(Beat(20), Tempo(121)),
    )
    tempo_map = TempoMap(FilmTime(10), BarGrid.regular(8, Meter(4, 4)), events)
    content = write_map(session(tempo_map, Marker(FilmTime(15), "door"))).content
    theirs = pretty_midi.PrettyMIDI(io.BytesIO(content))
    for quarter in range(32):
        ours = tempo_map.time_at(Beat(quarter)) - tempo_map.start
        heard = theirs.tick_to_time(quarter * theirs.resolution)
        assert heard == pytest.approx(float(ours.seconds), abs=20e-6)
    tempos = theirs.get_tempo_changes()[1]
    assert tempos[0] == pytest.approx(93.5, abs=1e-3) and tempos[-1] == pytest.approx(121, abs=1e-3)
    assert [meter.numerator for meter in theirs.time_signature_changes] == [4]


@settings(max_examples=20, deadline=None)
@given(st.integers(40, 240), st.sampled_from(("4/4", "3/4", "6/8", "7/8")))
def test_the_start_and_the_pickup_come_back(bpm: int, text: str) -> None:
    grid = BarGrid.of_meters((Meter.parse(text),) * 4, Beats(1))
    tempo_map = TempoMap(FilmTime("25/2"), grid, (Steady(Beat(0), Tempo(bpm)),))
    back = read_map(write_map(session(tempo_map)).content, "a.mid", CLOCK)
    assert back.placed and only(back).grid.pickup == Beats(1)
    assert abs((only(back).start - tempo_map.start).seconds) < Fraction(1, 2000)


def test_what_midi_cannot_hold_is_told() -> None:
    ramp = Ramp(Beat(0), Beats(8), Tempo(100), Tempo(60))
    grid = BarGrid.of_meters((Meter.parse("3+2+2/8"),) * 3)
    tempo_map = TempoMap(FilmTime(10), grid, (ramp,))
    early = Marker(FilmTime(2), "before")
    region = Marker(FilmTime(11), "cue", FilmTime(12), MarkerKind.CUE)
    told = write_map(session(tempo_map, early, region)).not_carried
    assert told == (
        "the law of ramps",
        "markers before the file's start (1)",
        "regions (1)",
        "the grouping of additive meters",
    )
    assert FilmSpan(0) == FilmTime(10) - tempo_map.start
