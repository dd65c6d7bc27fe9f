"""`takedown` on files: a mock-up's tracks become a clean score, or a cue's sketch."""

from __future__ import annotations

import io
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import mido
import numpy as np
import pytest
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.adapters.formats.musicxml import read_score
from scorestage.errors import FitError, FormatError, InputError
from scorestage.music import Technique
from scorestage.timebase import FilmTime
from scorestage.workflow.compose import COMPOSE, read_sketch
from scorestage.workflow.orchestrate import ORCHESTRATE
from scorestage.workflow.sources import SourceState, refresh
from scorestage.workflow.takedown import (
    TakeWish,
    keep_taken,
    take_down_file,
    taken_answer,
    write_taken,
)
from scorestage.workflow.themes import ensure_theme

TICKS = 960
Note = tuple[float, float, int]
TUNE: list[Note] = [(0, 1, 67), (1, 0.5, 69), (1.5, 0.5, 71), (2, 2, 72), (4, 4, 74)]
TUNE += [(8, 1, 72), (9, 1, 71), (10, 2, 69), (12, 4, 67)]
BASS: list[Note] = [(0, 4, 43), (4, 4, 38), (8, 4, 36), (12, 4, 43)]


def midi(
    *tracks: tuple[str, list[Note]], seed: int = 1, scatter: float = 0.02, bpm: int = 120
) -> bytes:
    """Tracks played by hand to a click; onsets and lengths in quarters."""
    rng = np.random.default_rng(seed)
    file = mido.MidiFile(type=1, ticks_per_beat=TICKS)
    head = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=60_000_000 // bpm)])
    head.append(mido.MetaMessage("time_signature", numerator=4, denominator=4))
    file.tracks.append(head)
    for channel, (name, notes) in enumerate(tracks):
        events: list[tuple[int, mido.Message]] = []
        for onset, length, key in notes:
            at = max(0.0, onset + float(rng.normal(0, scatter)))
            for place, kind in ((at, "note_on"), (at + 0.9 * length, "note_off")):
                message = mido.Message(kind, note=key, velocity=80, channel=channel)
                events.append((round(place * TICKS), message))
        track = mido.MidiTrack([mido.MetaMessage("track_name", name=name)])
        before = 0
        for tick, message in sorted(events, key=lambda one: one[0]):
            track.append(message.copy(time=tick - before))
            before = tick
        file.tracks.append(track)
    stream = io.BytesIO()
    file.save(file=stream)
    return stream.getvalue()


def test_tracks_of_one_instrument_become_one_staff(tmp_path: Path) -> None:
    file = tmp_path / "mock.mid"
    plucked: list[Note] = [(16 + at, 0.2, 60 + at) for at in range(8)]
    tracks = (("Violins 1 leg", TUNE), ("Violins 1 pizz", plucked), ("Celli sus", BASS))
    file.write_bytes(midi(*tracks))
    taken = take_down_file(file, TakeWish(), ())
    assert [line.player.name for line in taken.score.lines] == ["Violins 1", "Celli"]
    violins, celli = taken.score.lines
    assert violins.player.instrument.id == "violin" and celli.player.instrument.id == "cello"
    assert [(float(note.onset.quarters), note.top.key) for note in celli.notes if note.top] == [
        (onset, key) for onset, _, key in BASS
    ]
    assert [mark.technique for mark in violins.staves[0].techniques] == [Technique.PIZZICATO]
    target = tmp_path / "out.musicxml"
    write_taken(taken, target)
    read = read_score(target.read_bytes(), target.name).score
    assert sum(len(line.notes) for line in read.lines) == len(TUNE) + len(plucked) + len(BASS)
    assert taken_answer(taken)["click"] == "file"


def test_a_key_switch_is_named_and_then_told(tmp_path: Path) -> None:
    file = tmp_path / "ks.mid"
    file.write_bytes(midi(("Viola", [*TUNE, (0, 0.1, 12), (8, 0.1, 14)])))
    found = take_down_file(file, TakeWish(), ())
    assert any("key switches: C0 (1), D0 (1)" in note for note in found.notes)
    told = take_down_file(file, TakeWish(named=("C0=sustain", "D0=pizz.")), ())
    marks = told.score.lines[0].staves[0].techniques
    assert [(mark.at.quarters, mark.technique) for mark in marks] == [(8, Technique.PIZZICATO)]
    for bad in ("D0", "H2=pizz.", "=x"):
        with pytest.raises(InputError):
            take_down_file(file, TakeWish(named=(bad,)), ())


def test_short_and_piano_when_asked(tmp_path: Path) -> None:
    file = tmp_path / "mock.mid"
    file.write_bytes(midi(("Flute", TUNE), ("Bassoon", BASS)))
    short = take_down_file(file, TakeWish(to="short"), ())
    assert 2 <= len(short.score.lines) <= 6
    piano = take_down_file(file, TakeWish(to="piano"), ())
    assert len(piano.score.lines) == 1 and len(piano.score.lines[0].staves) == 2
    with pytest.raises(InputError):
        take_down_file(file, TakeWish(to="tuba"), ())


def test_a_free_take_finds_its_beat(tmp_path: Path) -> None:
    """Played at 97 with a slow swell into a file that says 120."""
    onsets = [at / 2 for at in range(96)]
    seconds = [at * 60 / 97 + 0.15 * float(np.sin(at / 14)) for at in onsets]
    notes = [(at * 2, 0.4, 60 + place % 12) for place, at in enumerate(seconds)]
    file = tmp_path / "free.mid"
    content = midi(("Piano", notes), scatter=0.01)
    file.write_bytes(content)
    taken = take_down_file(file, TakeWish(first_beat="1", bpm="70:130"), ())
    assert taken.click == "found"
    written = sorted({note.onset.quarters for _, note in taken.score.notes()})
    steps = {later - one for one, later in pairwise(written)}
    assert steps == {Fraction(1, 2)}


def test_where_no_beat_is_sure_the_file_s_own_tempo_serves_and_it_is_told(tmp_path: Path) -> None:
    """Strokes thrown at random have no beat; a file that tells its tempo is read by that."""
    places = np.cumsum(np.random.default_rng(4).uniform(0.13, 2.9, 40))
    notes = [(float(at), 0.2, 60 + place % 7) for place, at in enumerate(places)]
    file = tmp_path / "thrown.mid"
    file.write_bytes(midi(("Piano", notes)))
    taken = take_down_file(file, TakeWish(), ())
    assert taken.click == "file"
    assert any("no beat was sure" in note for note in taken.notes)
    with pytest.raises(FitError):
        take_down_file(file, TakeWish(click="free"), ())


def test_a_take_becomes_a_cue_s_sketch(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, 20, 32)
    write_map(job, cue, map_of_bars(FilmTime(20)))
    job = ensure_theme(again(job))
    cue = job.cue(cue.id)
    tempo = job.folder.map(cue.id, job.clock)
    assert tempo is not None
    bpm = int(tempo.tempo_at(tempo.grid.starts[0]).quarters_per_minute)
    file = tmp_path / "take.mid"
    file.write_bytes(midi(("Flute", TUNE), ("Cello", BASS), bpm=bpm))
    taken = take_down_file(file, TakeWish(to="short"), (), job, cue.number)
    shown = keep_taken(job, cue, taken, again=False, dry=True)
    assert shown.written is None
    kept = keep_taken(job, cue, taken, again=False, dry=False)
    assert kept.written is not None
    heard = {
        pitch.key
        for one in read_sketch(job, cue).strands
        for note in one.staff.notes
        for pitch in note.sounding
    }
    assert {key for _, _, key in TUNE + BASS} <= heard
    assert refresh(job, cue, COMPOSE).state is SourceState.BY_HAND
    assert refresh(job, cue, ORCHESTRATE).state is SourceState.MADE


def test_what_is_no_performance_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        take_down_file(tmp_path / "none.mid", TakeWish(), ())
    other = tmp_path / "score.musicxml"
    other.write_bytes(b"<x/>")
    with pytest.raises(FormatError):
        take_down_file(other, TakeWish(), ())
    broken = tmp_path / "broken.mid"
    broken.write_bytes(midi(("Flute", TUNE))[:40])
    with pytest.raises(FormatError):
        take_down_file(broken, TakeWish(), ())


def test_what_makes_it_loud_can_be_said(tmp_path: Path) -> None:
    file = tmp_path / "mock.mid"
    file.write_bytes(midi(("Flute", TUNE)))
    assert take_down_file(file, TakeWish(loudness="11, 1"), ()).score.lines
    assert take_down_file(file, TakeWish(loudness="velocity"), ()).score.lines
    for bad in ("wheel", "200", "-1"):
        with pytest.raises(InputError):
            take_down_file(file, TakeWish(loudness=bad), ())
