"""`map tap`, `map follow`: a tempo map from what was tapped or played, in a project or without."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from scorestage.adapters.formats.hit_list import read_hit_list
from scorestage.adapters.store import (
    Provenance,
    read_provenance,
    write_bytes,
    write_provenance,
    writing,
)
from scorestage.errors import InputError, Where
from scorestage.production import Cue, Hit
from scorestage.tempofit.played import (
    CountedTap,
    Follow,
    PlayedMap,
    PlayedSettings,
    RivalBeat,
    TempoRange,
    map_of_scored_take,
    map_of_taps,
    map_of_unknown_take,
    onsets_in_sound,
    onsets_of_notes,
)
from scorestage.timebase import Beat, FilmClock, FilmTime, FrameRate, Meter
from scorestage.workflow.compose import SKETCH
from scorestage.workflow.fit import MAP
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import SCORE
from scorestage.workflow.played_files import (
    MIDI,
    SOUND,
    Origin,
    origin_of,
    read_notes,
    read_sound_take,
    read_taps,
    read_written,
    written_notes,
)

_BARS = re.compile(r"(?:(\d+)\s*[x*]\s*)?([0-9+()]+/\d+)")
AS_PLAYED = "take"
"""The word that lets a map end where the take does, not where the cue does."""
_MOST_BARS = 4000


@dataclass(frozen=True, slots=True)
class PlayedWish:
    """What a person says of a take: how it is counted, where it lies, what must be met."""

    meter: str = "4/4"
    first_beat: str = ""
    tap_is: str = "1"
    follow: str = Follow.SPANS
    ramps: bool = True
    jitter_ms: str = ""
    drop: int = 0
    starts: str = ""
    end: str = ""
    hits: Path | None = None
    bpm: str = ""
    wish: str = ""
    score: Path | None = None
    listen: bool = False
    """Whether the beat is to be found by ear though the cue has a sketch or a score."""
    seed: int = 1

    def settings(self) -> PlayedSettings:
        """The wishes as the engine takes them; `InputError` names what cannot be read."""
        if self.follow not in tuple(Follow):
            raise InputError(f"--follow {self.follow}: say one of {', '.join(Follow)}")
        jitter = _number("--jitter", self.jitter_ms) if self.jitter_ms else None
        return PlayedSettings(
            meters=read_meters(self.meter),
            first_beat=_number("--first-beat", self.first_beat or "1"),
            beats_per_tap=_number("--tap-is", self.tap_is),
            follow=Follow(self.follow),
            ramps=self.ramps,
            scatter_seconds=float(jitter) / 1000 if jitter is not None else None,
        )

    def tempos(self) -> TempoRange:
        """The range of tempos in which a beat is looked for."""
        plain = TempoRange()
        lowest, _, highest = self.bpm.partition(":")
        low = float(_number("--bpm", lowest)) if lowest else plain.lowest_bpm
        high = float(_number("--bpm", highest)) if highest else plain.highest_bpm
        usual = min(max(plain.wish_bpm, low), high)
        return TempoRange(low, high, float(_number("--wish", self.wish)) if self.wish else usual)


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a take is laid: the film's clock, and in a project the cue it is of."""

    clock: FilmClock
    job: Job | None = None
    cue: Cue | None = None

    @property
    def rate(self) -> FrameRate:
        """The picture's frame rate."""
        return self.clock.rate

    @property
    def start(self) -> FilmTime | None:
        """Where the cue begins."""
        return self.cue.start if self.cue is not None else None


@dataclass(frozen=True, slots=True)
class PlayedAnswer:
    """The map, the taps as they were counted (for `tap`), how sure the beat is, what to know.

    `rivals` is what a beat that was found could be instead.
    """

    name: str
    played: PlayedMap
    hits: tuple[Hit, ...]
    taps: tuple[tuple[CountedTap, Beat | None], ...]
    confidence: float | None
    remarks: tuple[str, ...]
    origin: Origin
    rivals: tuple[RivalBeat, ...] = ()


def stage_of(job: Job | None, cue: str, clock: FilmClock) -> Stage:
    """The stage of a cue in a project, or with a clock alone."""
    if job is None:
        return Stage(clock)
    return Stage(job.clock, job, job.cue(cue))


def tap_map(path: Path, wish: PlayedWish, stage: Stage) -> PlayedAnswer:
    """A map of tapped beats: a list of times, MIDI notes, or claps in a WAV file."""
    settings = wish.settings()
    header = read_sound_take(path).header if path.suffix.lower() in SOUND else None
    plain = path.suffix.lower() in (".csv", ".txt", ".tsv")
    start = None if plain else stage.start
    origin = origin_of(stage.clock, wish.starts, header, start)
    taps = read_taps(path, stage.clock, origin)
    hits, end = _to_meet(wish, stage)
    found = map_of_taps(taps[max(0, wish.drop) :], stage.rate, settings, hits, end)
    remarks = (*_origin_words(origin), *found.remarks, *found.played.remarks)
    return PlayedAnswer(path.stem, found.played, hits, found.taps, None, remarks, origin)


def follow_map(path: Path, wish: PlayedWish, stage: Stage) -> PlayedAnswer:
    """A map of a played take: with its score where there is one, else with the beat found in it."""
    settings = wish.settings()
    hits, end = _to_meet(wish, stage)
    is_midi = path.suffix.lower() in MIDI
    heard = None if is_midi else read_sound_take(path)
    header = heard.header if heard is not None else None
    origin = origin_of(stage.clock, wish.starts, header, stage.start)
    score, words = _score_of(wish, stage) if is_midi else (None, ())
    if score is not None:
        written = read_written(score)
        notes = read_notes(path, origin)
        found = map_of_scored_take(
            written_notes(written), written.grid, notes, stage.rate, settings, hits, end
        )
    else:
        if wish.score is not None:
            raise InputError("a recording is not aligned with a score", do="leave --score out")
        if heard is not None:
            onsets = onsets_in_sound(heard.mono, heard.header.rate_hz)
        else:
            onsets = onsets_of_notes(read_notes(path, Origin(FilmTime(0))), FilmTime(0))
        found = map_of_unknown_take(
            onsets,
            origin.at,
            stage.rate,
            settings,
            wish.tempos(),
            hits,
            end,
            first_beat_told=bool(wish.first_beat),
            seed=wish.seed,
        )
    remarks = (*_origin_words(origin), *words, *found.remarks, *found.played.remarks)
    return PlayedAnswer(
        path.stem, found.played, hits, (), found.confidence, remarks, origin, found.rivals
    )


def keep_map(stage: Stage, answer: PlayedAnswer, how: str) -> Path:
    """Put the map into the cue's folder as a person's: no later step writes over it."""
    if stage.job is None or stage.cue is None:
        raise InputError("only a cue of a project keeps a map", do="name one with --cue")
    job, cue = stage.job, stage.cue
    missed = tuple(one.hit.id for one in answer.played.landings if not one.caught)
    text = job.folder.map_text(answer.played.tempo_map, job.clock, f"played: {how}", missed)
    folder = job.folder.cue_folder(cue.id)
    with writing(job.folder.root):
        write_bytes(folder / MAP, text.encode("utf-8"))
        held = read_provenance(folder)
        made = tuple(one for one in held.made if one.file != MAP)
        write_provenance(folder, Provenance(made, held.origins))
    return folder / MAP


def read_meters(text: str) -> tuple[Meter, ...]:
    """The meters of the bars in order: `3/4`, or `8x4/4, 2/4, 4/4`; the last one goes on.

    >>> [str(meter) for meter in read_meters("2x4/4, 3/4")]
    ['4/4', '4/4', '3/4']
    """
    found: list[Meter] = []
    for part in filter(None, (one.strip() for one in text.split(","))):
        match = _BARS.fullmatch(part)
        if match is None:
            raise InputError(f"{part!r} is no meter", do="write 4/4, or 8x4/4, 2/4, 4/4")
        count = int(match[1] or 1)
        if not 1 <= count <= _MOST_BARS:
            raise InputError(f"{count} bars of {match[2]}", do=f"write 1 to {_MOST_BARS}")
        found += [Meter.parse(match[2])] * count
    if not found:
        raise InputError("no meter is given", do="write for example 4/4")
    return tuple(found)


def _to_meet(wish: PlayedWish, stage: Stage) -> tuple[tuple[Hit, ...], FilmTime | None]:
    """The hits and the end: those told, else those of the cue."""
    cue = stage.cue
    hits = cue.live_hits if cue is not None else ()
    if wish.hits is not None:
        hits = read_hit_list(wish.hits, stage.clock).hits
    if wish.end.strip().lower() == AS_PLAYED:
        return hits, None
    if wish.end.strip():
        return hits, stage.clock.read(wish.end)
    return hits, cue.end if cue is not None else None


def _score_of(wish: PlayedWish, stage: Stage) -> tuple[Path | None, tuple[str, ...]]:
    """The score a take is of: the one named, else the cue's own score or sketch."""
    if wish.score is not None or wish.listen or stage.job is None or stage.cue is None:
        return (None if wish.listen else wish.score), ()
    folder = stage.job.folder.cue_folder(stage.cue.id)
    for name in (SCORE, SKETCH):
        if (folder / name).is_file():
            return folder / name, (f"aligned with the cue's own {name}",)
    return None, ()


def _origin_words(origin: Origin) -> tuple[str, ...]:
    return (f"the take is {origin.words}",) if origin.words else ()


def _number(option: str, text: str) -> Fraction:
    try:
        return Fraction(text.strip())
    except (ValueError, ZeroDivisionError):
        raise InputError(f"{option}: {text!r} is no number", Where()) from None
