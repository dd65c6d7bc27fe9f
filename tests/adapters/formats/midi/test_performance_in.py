"""Performances of every make: one track for all, keys never let go, many tempos."""

from __future__ import annotations

import io
from fractions import Fraction
from time import process_time

import mido

from scorestage.adapters.formats.midi.performance_in import read_performance

TICKS = 480


def content(*tracks: mido.MidiTrack, kind: int = 1) -> bytes:
    file = mido.MidiFile(type=kind, ticks_per_beat=TICKS)
    file.tracks.extend(tracks)
    stream = io.BytesIO()
    file.save(file=stream)
    return stream.getvalue()


def key(kind: str, note: int, after: int, channel: int = 0) -> mido.Message:
    return mido.Message(kind, note=note, velocity=80, time=after, channel=channel)


def lengths(*events: mido.Message) -> tuple[list[float], tuple[str, ...]]:
    read = read_performance(content(mido.MidiTrack(events)))
    tones = read.tracks[0].tones
    return [float(tone.end_seconds - tone.start_seconds) for tone in tones], read.losses


def test_the_first_struck_is_the_first_let_go() -> None:
    on, off = "note_on", "note_off"
    told, losses = lengths(key(on, 60, 0), key(on, 60, 240), key(off, 60, 240), key(off, 60, 240))
    assert told == [0.5, 0.5]
    assert not losses


def test_a_key_never_let_go_ends_where_it_is_struck_again() -> None:
    on, off = "note_on", "note_off"
    told, losses = lengths(
        *(key(on, 60, 0), key(on, 60, 480), key(off, 60, 240)),
        *(key(on, 64, 48_000), key(off, 64, 480)),
    )
    assert told == [0.5, 0.25, 0.5]
    assert losses == ("note never let go (ended where it is struck again) (1)",)


def test_in_one_track_for_all_the_name_is_the_piece_s() -> None:
    """A file of type 0: every channel is a player, called by its own instrument name."""
    track = mido.MidiTrack([mido.MetaMessage("track_name", name="Violin sonata")])
    track += [mido.MetaMessage("channel_prefix", channel=1)]
    track += [mido.MetaMessage("instrument_name", name="Cello")]
    for channel in (0, 1):
        track += [key("note_on", 60, 0, channel), key("note_off", 60, 480, channel)]
    read = read_performance(content(track, kind=0))
    assert [one.name for one in read.tracks] == ["", "Cello"]
    assert read.title == "Violin sonata"


def test_one_instrument_alone_in_its_file_keeps_its_name() -> None:
    track = mido.MidiTrack([mido.MetaMessage("track_name", name="Violin")])
    track += [key("note_on", 60, 0), key("note_off", 60, 480)]
    read = read_performance(content(track, kind=0))
    assert [one.name for one in read.tracks] == ["Violin"]


def test_the_tenth_channel_is_drums_until_a_name_says_otherwise() -> None:
    track = mido.MidiTrack([key("note_on", 36, 0, 9), key("note_off", 36, 480, 9)])
    assert read_performance(content(track)).tracks[0].is_drums


def test_a_thousand_tempos_are_read_at_once() -> None:
    """A drawn ritardando under a wheel that moves all the time."""
    tempos = mido.MidiTrack(
        mido.MetaMessage("set_tempo", tempo=500_000 + at, time=48) for at in range(2000)
    )
    wheel = mido.MidiTrack(
        mido.Message("control_change", control=1, value=at % 100, time=16) for at in range(6000)
    )
    wheel += [key("note_on", 60, 0), key("note_off", 60, 480)]
    begun = process_time()
    read = read_performance(content(tempos, wheel))
    assert process_time() - begun < 5
    (tone,) = read.tracks[0].tones
    told = Fraction(sum(500_000 + max(0, at - 1) for at in range(1, 2001)), 10_000_000)
    assert abs(tone.start_seconds - told) < Fraction(1, 100)
