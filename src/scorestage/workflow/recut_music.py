"""The music that the picture is cut to: its bars and beats as moments of the film."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from scorestage.conform.recutting import Target
from scorestage.errors import InputError
from scorestage.timebase import Beat, FilmClock, FilmTime, FrameRate, TempoMap
from scorestage.workflow.map_alone import read_map_alone
from scorestage.workflow.played import AS_PLAYED, PlayedWish, Stage, follow_map, tap_map
from scorestage.workflow.played_files import MIDI, SOUND

PHRASE_BARS = 4
"""Where nothing says how phrases run, one begins every four bars."""
_SURE = 0.7
_WORTH = {3: 2.0, 2: 1.0, 1: 0.5}
_PHRASE_WORTH = 3.0
_PLACE = re.compile(r"(?:bar\s*)?(\d+[A-Z]*)(?:\s*(?:beat|[|:.,])\s*(\d+(?:[./]\d+)?))?", re.I)


class Grid(StrEnum):
    """On what cuts are proposed to fall."""

    PHRASES = "phrases"
    BARS = "bars"
    BEATS = "beats"


@dataclass(frozen=True, slots=True)
class RecutMusic:
    """Music at its place in the film: its map, where phrases begin, and its sound if there is one.

    The sound's first sample lies at `sound_at`.
    """

    name: str
    tempo_map: TempoMap
    phrases: frozenset[int]
    """Indices of the bars that begin a phrase."""
    sound: Path | None = None
    sound_at: FilmTime | None = None
    told: tuple[str, ...] = ()
    accents: Mapping[str, Beat] = field(default_factory=dict)
    """By id of a hit where its accent is written."""

    def words(self, at: Beat) -> str:
        """Bar and beat as one says them."""
        if at == self.tempo_map.grid.end:
            return "the end"
        place = self.tempo_map.grid.position(at)
        return f"bar {place.label}" + ("" if place.beat == 1 else f" beat {place.beat}")


@dataclass(frozen=True, slots=True)
class MusicFiles:
    """The music as files: a map or a recording, what was tapped to it, its score, its place."""

    map: Path
    taps: Path | None = None
    score: Path | None = None
    sound: Path | None = None
    start: str = ""
    meter: str = "4/4"
    first_beat: str = ""
    bpm: str = ""
    choose: int = 1


def music_of_files(files: MusicFiles, clock: FilmClock, name: str = "") -> RecutMusic:
    """A map as it is; a recording with its beats tapped, aligned with its score, or found.

    `start` places bar 1 of a map, or the first sample of a recording.
    """
    suffix = files.map.suffix.lower()
    played = files.taps is not None or suffix in SOUND or files.score is not None
    if played:
        return _played(files, clock, name or files.map.stem)
    tempo_map = read_map_alone(files.map, clock, files.choose)
    if files.start:
        tempo_map = tempo_map.shifted(clock.read(files.start) - tempo_map.start)
    return RecutMusic(
        name or files.map.stem,
        tempo_map,
        phrases_of(tempo_map),
        files.sound,
        tempo_map.start if files.sound is not None else None,
    )


def _played(files: MusicFiles, clock: FilmClock, name: str) -> RecutMusic:
    wish = PlayedWish(
        meter=files.meter,
        first_beat=files.first_beat,
        follow="beats",
        starts=files.start,
        end=AS_PLAYED,
        bpm=files.bpm,
        score=files.score,
    )
    stage = Stage(clock)
    answer = follow_map(files.map, wish, stage) if files.taps is None else (
        tap_map(files.taps, wish, stage)
    )  # fmt: skip
    told = list(answer.remarks)
    if answer.confidence is not None and answer.confidence < _SURE:
        told.append(
            f"the beat was found by ear and is {answer.confidence:.0%} sure: tap it (--taps), or "
            "say its --bpm, --meter and --first-beat"
        )
    sound = files.sound
    if sound is None and files.map.suffix.lower() not in MIDI:
        sound = files.map
    tempo_map = answer.played.tempo_map
    phrases = frozenset(range(0, len(tempo_map.grid.bars), PHRASE_BARS))
    return RecutMusic(name, tempo_map, phrases, sound, answer.origin.at, tuple(told))


def phrases_of(tempo_map: TempoMap) -> frozenset[int]:
    """The bars that begin a phrase, as far as a map can tell: every fourth bar from the first,
    and counted anew from where meter or tempo change."""
    grid = tempo_map.grid
    fresh = {0}
    fresh |= {index + 1 for index, (a, b) in enumerate(pairwise(grid.bars)) if a.meter != b.meter}
    steps = {at for at, _ in tempo_map.joints}
    fresh |= {index for index, at in enumerate(grid.starts[:-1]) if at in steps}
    found, since = set(), 0
    for index in range(len(grid.bars)):
        since = 0 if index in fresh else since + 1
        if since % PHRASE_BARS == 0:
            found.add(index)
    return frozenset(found)


def targets_of(
    music: RecutMusic, rate: FrameRate, first: int, on: Grid, strength: float, lead: int
) -> tuple[Target, ...]:
    """What cuts may fall on, each with its worth; frames count from the film's frame `first`."""
    return tuple(
        target
        for at, worth in _accents(music, on)
        if (target := target_at(music, at, rate, first, worth * strength, lead)) is not None
    )


def target_at(
    music: RecutMusic, at: Beat, rate: FrameRate, first: int, worth: float, lead: int
) -> Target | None:
    """A place of the music as a frame; the picture may lead it by `lead` frames."""
    exact = music.tempo_map.time_at(at).seconds * rate.frames_per_second - first - lead
    frame = (exact + Fraction(1, 2)).__floor__()
    return Target(frame, worth, exact, music.words(at)) if frame >= 0 else None


def _accents(music: RecutMusic, on: Grid) -> Iterator[tuple[Beat, float]]:
    grid = music.tempo_map.grid
    for click in music.tempo_map.clicks():
        begins = click.beat == 1
        if begins and click.bar_index in music.phrases:
            yield click.at, _PHRASE_WORTH
        elif on is Grid.BEATS or (on is Grid.BARS and begins):
            yield click.at, _WORTH[click.stress]
    yield grid.end, _PHRASE_WORTH


def read_place(music: RecutMusic, text: str) -> Beat:
    """The place of the music meant: `bar 9`, `bar 17 beat 3`, `9|2`, `end`.

    Raises `InputError` where there is no such bar or beat.
    """
    grid = music.tempo_map.grid
    plain = text.strip()
    if plain.lower() in ("end", "the end"):
        return grid.end
    match = _PLACE.fullmatch(plain)
    if match is None:
        raise InputError(f"{text!r} is no place of the music", do="write: bar 9, bar 17 beat 3")
    label = match[1].upper()
    for index, bar in enumerate(grid.bars):
        if str(bar.label) == label:
            beat = Fraction(match[2] or 1)
            if not 1 <= beat < len(bar.meter.clicks) + 1:
                raise InputError(
                    f"bar {label} has no beat {match[2]}", do=f"it is a bar of {bar.meter}"
                )
            return grid.starts[index] + bar.meter.click * (beat - 1)
    last = grid.bars[-1].label if grid.bars else "none"
    raise InputError(f"there is no bar {label}", do=f"the last one is {last}")
