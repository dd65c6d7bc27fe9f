"""Maps from performances against the tempo that was meant, beside a click that only reacts.

Taps: beats of known tempo paths, tapped with 25 ms of scatter by 20 hands. MIDI: a piece of our own
played along such paths (chords spread, notes wrong, left out and added), followed with its score
and without. Sound: the package's own mock-up of the same takes. Measures: `tests.judging.beats`.

Tunes along the beat and across it, found by ear: `benchmarks.beat_peers`.

Run: `uv run python -m benchmarks.performance_maps [--taps | --takes | --beats]`
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from fractions import Fraction

import numpy as np
from benchmarks.beat_peers import table
from tests.judging.beats import Floats, f_measure, lag_beats, reaction
from tests.tempofit.played.takes import KINDS, Meant, meant, taps_at

from scorestage.adapters.formats.midi import MidiTrack
from scorestage.adapters.formats.midi.tracks import line_of
from scorestage.adapters.machines.sf2 import Sf2Synth
from scorestage.adapters.machines.sf2_fonts import find_soundfont
from scorestage.errors import FitError
from scorestage.mockup.clock import AudioClock
from scorestage.mockup.mix import mix, stems_of
from scorestage.mockup.perform import perform
from scorestage.music import Note, Score, pitch_of_key
from scorestage.tempofit.played import (
    Follow,
    FollowedTake,
    PlayedNote,
    PlayedSettings,
    WrittenNote,
    map_of_scored_take,
    map_of_taps,
    map_of_unknown_take,
    onsets_in_sound,
    onsets_of_notes,
)
from scorestage.timebase import (
    FRAMES_24,
    BarGrid,
    Beat,
    Beats,
    FilmSpan,
    FilmTime,
    Meter,
    Steady,
    Tempo,
    TempoMap,
)

SCATTER_SECONDS = 0.025
HANDS = 12
BARS = 32
RATE_HZ = 48_000
FOUR_FOUR = Meter(4, 4)
FIVE_SECONDS_IN = 5


def clicks_of(tempo_map: TempoMap, count: int) -> Floats:
    """Seconds of the first beats of a map."""
    return np.array([float(tempo_map.time_at(Beat(n)).seconds) for n in range(count)])


def tapped() -> None:
    """Rows: the click from the taps, in three ways, and the one that reacts."""
    print(f"Taps: {BARS} bars of 4/4, {HANDS} hands, {SCATTER_SECONDS * 1000:.0f} ms of scatter")
    print("tempo      click          rms off   largest   mean off    lag      events   F ±70 ms")
    for kind in KINDS:
        rows: dict[str, list[tuple[float, ...]]] = {}
        for hand in range(HANDS):
            random = np.random.default_rng(hand)
            take = meant(kind, random.uniform(66, 126), BARS)
            taps = take.seconds + random.normal(0, SCATTER_SECONDS, len(take.seconds))
            ways: dict[str, tuple[Floats, int]] = {"reacting": (reaction(taps), len(taps))}
            for follow in (Follow.SPANS, Follow.BARS):
                found = map_of_taps(taps_at(taps), FRAMES_24, PlayedSettings(follow=follow)).played
                clicks = clicks_of(found.tempo_map, len(take.seconds))
                ways[f"ours, {follow}"] = (clicks, len(found.tempo_map.events))
            for name, (clicks, events) in ways.items():
                off = clicks - take.seconds
                score = f_measure(take.seconds, clicks)
                row = (np.mean(off**2), np.abs(off).max(), off.mean(), events, score)
                rows.setdefault(name, []).append(row)
        for name, found_rows in rows.items():
            square, largest, mean, events, score = np.mean(found_rows, axis=0)
            lag_text = lag_of(kind, name)
            print(
                f"{kind:9}  {name:12}  {1000 * np.sqrt(square):6.1f} ms {1000 * largest:6.0f} ms "
                f"{1000 * mean:+7.1f} ms  {lag_text}   {events:6.1f}     {score:.3f}"
            )


def lag_of(kind: str, name: str) -> str:
    """The lag of a click's tempo in beats, from taps without scatter; a steady tempo has none.

    The tempo of the click that reacts is that of the beat before.
    """
    if kind == "steady":
        return "     -"
    take = meant(kind, 92.0, BARS)
    if name == "reacting":
        last = 60 / np.diff(take.seconds)
        return f"{lag_beats(take.bpm, np.concatenate([last[:1], last[:-1]])):+6.1f}"
    settings = PlayedSettings(follow=Follow(name.rpartition(" ")[2]))
    found = map_of_taps(taps_at(take.seconds), FRAMES_24, settings).played
    clicks = clicks_of(found.tempo_map, len(take.seconds))
    return f"{lag_beats(take.bpm, 60 / np.diff(clicks)):+6.1f}"


# ── played takes ────────────────────────────────────────────────────────────────────────────────


def piece(bars: int, seed: int) -> Score:
    """A piece of our own: a tune, off-beat chords and a bass, by chance but always the same."""
    random = np.random.default_rng(seed)
    roots = [0, 9, 5, 7]
    tune, chords, bass = list[Note](), list[Note](), list[Note]()
    patterns = (
        (1, 1, 1, 1),
        (1.5, 0.5, 1, 1),
        (2, 1, 1),
        (0.5, 0.5, 1, 2),
        (3, 1),
        (1, 0.5, 0.5, 2),
    )

    def note(held: list[Note], at: float, length: float, keys: tuple[int, ...]) -> None:
        pitches = tuple(pitch_of_key(key) for key in keys)
        name = f"n{len(held)}"
        held.append(Note(name, Beat(Fraction(at)), Beats(Fraction(length)), pitches))

    for bar in range(bars):
        root = roots[bar % 4]
        at = bar * 4.0
        for length in patterns[random.integers(len(patterns))]:
            key = 67 + int(random.choice([0, 2, 4, 5, 7, 9, 12]))
            note(tune, at, length, (key,))
            at += length
        for beat in (1, 3):
            note(chords, bar * 4.0 + beat, 1, (55 + root, 59 + root, 62 + root))
        note(bass, bar * 4.0, 2, (36 + root,))
        note(bass, bar * 4.0 + 2, 2, (43 + root,))
    tracks = (
        MidiTrack("Tune", 0, 73, tuple(tune)),
        MidiTrack("Chords", 1, 0, tuple(chords)),
        MidiTrack("Bass", 2, 32, tuple(bass)),
    )
    grid = BarGrid.regular(bars, FOUR_FOUR)
    return Score(grid, tuple(line_of(track, n) for n, track in enumerate(tracks, start=1)))


def written(score: Score) -> tuple[WrittenNote, ...]:
    """The notes of a score by place and key."""
    return tuple(
        WrittenNote(note.onset, round(pitch.midi))
        for _, note in score.notes()
        for pitch in note.pitches
    )


def map_meant(take: Meant) -> TempoMap:
    """The meant tempo, a step at every beat."""
    events = tuple(
        Steady(Beat(n), Tempo(Fraction(float(bpm)).limit_denominator(10**6)))
        for n, bpm in enumerate(take.bpm)
    )
    start = FilmTime(Fraction(round(take.seconds[0] * 10**6), 10**6))
    return TempoMap(start, BarGrid.regular(len(take.bpm) // 4, FOUR_FOUR), events)


def performed(score: Score, tempo_map: TempoMap, seed: int) -> tuple[PlayedNote, ...]:
    """A take: 12 ms of scatter, 2 % of notes left out, 2 % wrong, 2 % added."""
    random = np.random.default_rng(seed)
    found = []
    for one in written(score):
        if random.random() < 0.02:
            continue
        at = float(tempo_map.time_at(one.at).seconds) + random.normal(0, 0.012)
        key = one.key + int(random.choice([-1, 1])) if random.random() < 0.02 else one.key
        accent = 0.85 if one.at.quarters % 4 == 0 else 0.7 if one.at.quarters % 1 == 0 else 0.5
        strength = float(np.clip(accent + random.normal(0, 0.08), 0.1, 1))
        found.append(PlayedNote(FilmTime(Fraction(round(at * 10**6), 10**6)), key, strength))
        if random.random() < 0.02:
            later = FilmTime(Fraction(round((at + random.uniform(0.05, 0.3)) * 10**6), 10**6))
            found.append(PlayedNote(later, key + 2, 0.5))
    return tuple(sorted(found, key=lambda one: one.at))


def mock_up(score: Score, tempo_map: TempoMap, seed: int) -> Floats:
    """The package's own mock-up of the score along the meant tempo, as mono sound."""
    clock = AudioClock(tempo_map, FilmTime(0), RATE_HZ)
    synth = Sf2Synth(find_soundfont(), RATE_HZ)
    length = round((tempo_map.end + FilmSpan(3)).seconds * RATE_HZ)
    sound = mix(stems_of(perform(score, clock, synth, seed=seed), synth, length, RATE_HZ)).mix
    return np.asarray(sound.mean(axis=1), dtype=np.float64)


def followed(takes: int) -> None:
    """Rows: a take followed with its score, by its notes alone, by its sound alone."""
    print(f"\nTakes: 24 bars, {takes} each; off against what was meant; refused: no guess")
    print("tempo      known by       rms off   mean off  F ±70 ms  sure  refused  seconds")
    for kind in KINDS:
        rows: dict[str, list[tuple[float, ...]]] = {}
        refused: dict[str, int] = {}
        for number in range(takes):
            random = np.random.default_rng(100 + number)
            take = meant(kind, random.uniform(66, 120), bars=24)
            score, tempo_map = piece(24, number), map_meant(take)
            notes = performed(score, tempo_map, number)
            ways: dict[str, Callable[[], FollowedTake]] = {
                "its score": lambda s=score, n=notes: map_of_scored_take(
                    written(s), s.grid, n, FRAMES_24
                ),
                "its notes": lambda n=notes: map_of_unknown_take(
                    onsets_of_notes(n, FilmTime(0)), FilmTime(0), FRAMES_24
                ),
            }
            sound = mock_up(score, tempo_map, number)
            ways["its sound"] = lambda s=sound: map_of_unknown_take(
                onsets_in_sound(s, RATE_HZ), FilmTime(0), FRAMES_24
            )
            for name, way in ways.items():
                began = time.process_time()
                try:
                    row = judged(take, way())
                except FitError:
                    refused[name] = refused.get(name, 0) + 1
                    continue
                rows.setdefault(name, []).append((*row, time.process_time() - began))
        for name in ("its score", "its notes", "its sound"):
            lost = refused.get(name, 0)
            if name not in rows:
                print(f"{kind:9}  {name:10}  {'all refused':>50}  {lost}")
                continue
            square, mean, score_f, sure, seconds = np.mean(rows[name], axis=0)
            print(
                f"{kind:9}  {name:10}    {1000 * np.sqrt(square):6.1f} ms {1000 * mean:+7.1f} ms  "
                f"  {score_f:.3f}   {sure:.2f}   {lost:6}  {seconds:7.1f}"
            )


def judged(take: Meant, found: FollowedTake) -> tuple[float, ...]:
    """Squared and mean distance of meant beats from the nearest click, F-measure, confidence."""
    clicks = np.array([float(one.time.seconds) for one in found.played.tempo_map.clicks()])
    inside = take.seconds[(take.seconds >= FIVE_SECONDS_IN)][:-4]
    off = np.array([clicks[np.argmin(np.abs(clicks - at))] - at for at in inside])
    score = f_measure(take.seconds, clicks[clicks <= take.seconds[-1] + 0.07])
    return float(np.mean(off**2)), float(off.mean()), score, found.confidence


def main() -> None:
    parts: dict[str, Callable[[], None]] = {
        "--taps": tapped,
        "--takes": lambda: followed(3),
        "--beats": lambda: table(4),
    }
    asked = [part for option, part in parts.items() if option in sys.argv]
    for part in asked or parts.values():
        part()


if __name__ == "__main__":
    main()
