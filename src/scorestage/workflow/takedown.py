"""`takedown`: a played MIDI file as a score, or as a cue's sketch."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from scorestage.adapters.catalogue import names
from scorestage.adapters.catalogue.switchmaps import key_number, load_switch_map, switch_map_of
from scorestage.adapters.catalogue.table import Table
from scorestage.adapters.formats.expression_map import read_expression_map
from scorestage.adapters.formats.midi import write_midi
from scorestage.adapters.formats.midi.performance_in import read_performance
from scorestage.adapters.formats.musicxml import compressed, write_score
from scorestage.adapters.store import write_bytes
from scorestage.errors import FitError, FormatError, InputError, Where
from scorestage.music import Mark, MarkKind, Score
from scorestage.production import Cue
from scorestage.takedown import (
    Performance,
    Switch,
    SwitchMap,
    TakenDown,
    TakeSettings,
    playing_of,
    take_down,
)
from scorestage.timebase import Beat, FilmClock, TempoMap, frame_rate
from scorestage.workflow.check_alone import catalogue
from scorestage.workflow.compose import map_of
from scorestage.workflow.convert import MIDI, MUSICXML, ReadMusic
from scorestage.workflow.job import Job
from scorestage.workflow.map_alone import read_map_alone
from scorestage.workflow.played import PlayedWish, read_meters
from scorestage.workflow.reduce import ReduceTo, reduce_read
from scorestage.workflow.sketch_in import SketchTaken, take_music
from scorestage.workflow.sketch_out import MOST_STAVES
from scorestage.workflow.takedown_click import (
    ClickUsed,
    FreeWish,
    found_in,
    is_to_click,
    of_file,
    of_map,
)
from scorestage.workflow.takedown_plan import plan_of

FULL = "full"
_PLAYED = (*MIDI, ".smf")


@dataclass(frozen=True, slots=True)
class TakeWish:
    """What a person says of a performance.

    `click` is `auto`, `file` or `free`; `switches` are names or files of switch maps, `named`
    single keys with their way of playing (`C0=staccato`). `loudness` names the controllers that
    make it louder and softer (`11`, `1,11`), or `velocity`.
    """

    click: str = "auto"
    tempo_map: Path | None = None
    starts: str = ""
    meter: str = "4/4"
    first_beat: str = ""
    bpm: str = ""
    switches: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    middle_c: str = "C4"
    settings: TakeSettings = field(default_factory=TakeSettings)
    to: str = FULL
    seed: int = 1
    loudness: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A performance taken down: the score as asked for, the reading behind it, notes in words."""

    source: Path
    title: str
    score: Score
    tempo_map: TempoMap
    reading: TakenDown
    click: str
    notes: tuple[str, ...]


def take_down_file(
    source: Path, wish: TakeWish, libraries: tuple[Path, ...], job: Job | None = None, cue: str = ""
) -> Taken:
    """Take a MIDI performance down, against the cue's map where a cue is named.

    Raises `InputError` for a missing file or a wish that cannot be read, `FormatError` for what is
    no MIDI file, `FitError` where it was played freely and its beat is not sure.
    """
    if not source.is_file():
        raise InputError("there is no such file", Where(file=source))
    if source.suffix.lower() not in _PLAYED:
        told = f"{source.suffix or source.name!r} is no performance"
        raise FormatError(told, Where(file=source), "give a MIDI file (.mid)")
    if wish.to not in (FULL, *ReduceTo):
        raise InputError(f"--to {wish.to}", do="say full, short or piano")
    performance = _with_loudness(read_performance(source.read_bytes(), source.name), wish)
    plan = plan_of(performance, catalogue(), switch_maps(wish, libraries))
    click = _click(performance, wish, job.cue(cue) if job and cue else None, job)
    settings = wish.settings
    if settings.fifths is None:
        settings = replace(settings, fifths=performance.conductor.fifths)
    marks = _marks(performance, click)
    reading = take_down(plan.players, click.tempo_map.grid, click.quarters, settings, marks)
    if not reading.score.lines:
        raise FormatError("nothing in it sounds", Where(file=source))
    notes = [*click.told, *plan.told, *_players_told(reading), *performance.losses]
    title = performance.title if performance.title not in ("", "Tempo") else source.stem
    score = reading.score
    if wish.to == ReduceTo.PIANO or (wish.to == ReduceTo.SHORT and not _is_short(score)):
        music = ReadMusic(score, click.tempo_map, title=title)
        made = reduce_read(music, ReduceTo(wish.to), title)
        score = made.score
        notes += made.notes
    return Taken(source, title, score, click.tempo_map, reading, click.kind, tuple(notes))


def _with_loudness(performance: Performance, wish: TakeWish) -> Performance:
    """The performance with what a person says makes it louder; `InputError` for anything else."""
    if not wish.loudness:
        return performance
    numbers = [] if wish.loudness == "velocity" else wish.loudness.split(",")
    if not all(one.strip().isdecimal() and int(one) < 120 for one in numbers):
        do = "say velocity, or controllers: 11, or 1,11"
        raise InputError(f"--loudness {wish.loudness}", do=do)
    carriers = tuple(int(one) for one in numbers)
    tracks = tuple(replace(one, loudness=carriers) for one in performance.tracks)
    return replace(performance, tracks=tracks)


def _is_short(score: Score) -> bool:
    """Whether it stands on so few staves already that it need not be brought down."""
    return sum(len(line.staves) for line in score.lines) <= MOST_STAVES


def _click(performance: Performance, wish: TakeWish, cue: Cue | None, job: Job | None) -> ClickUsed:
    if cue is not None and job is not None:
        starts = job.reel_clock.read(wish.starts) if wish.starts else None
        return of_map(performance, map_of(job, cue), starts)
    clock = job.clock if job is not None else FilmClock(frame_rate("24"))
    if wish.tempo_map is not None:
        starts = clock.read(wish.starts) if wish.starts else None
        return of_map(performance, read_map_alone(wish.tempo_map, clock), starts)
    if wish.click == "file" or (wish.click == "auto" and is_to_click(performance)):
        return of_file(performance)
    if wish.click not in ("auto", "free"):
        raise InputError(f"--click {wish.click}", do="say auto, file or free")
    try:
        return found_in(performance, _free(wish))
    except FitError as unsure:
        if wish.click == "free" or not performance.conductor.tempo_told:
            raise
        own = of_file(performance)
        told = (f"no beat was sure in the performance ({unsure.what})", *own.told)
        return replace(own, told=told)


def _free(wish: TakeWish) -> FreeWish:
    tempos = PlayedWish(bpm=wish.bpm).tempos() if wish.bpm else None
    try:
        first = Fraction(wish.first_beat) if wish.first_beat else None
    except (ValueError, ZeroDivisionError):
        raise InputError(f"--first-beat: {wish.first_beat!r} is no number") from None
    return FreeWish(read_meters(wish.meter), first, tempos, wish.seed)


def switch_maps(wish: TakeWish, libraries: tuple[Path, ...]) -> tuple[SwitchMap, ...]:
    """The switch maps a person named: ids of the catalogue, files, and single keys before all.

    Raises `InputError` for a key or a way of playing that cannot be read.
    """
    found = []
    for name in wish.switches:
        path = Path(name)
        if path.suffix.lower() == ".expressionmap":
            if not path.is_file():
                raise InputError("there is no such file", Where(file=path))
            found.append(read_expression_map(path.read_bytes(), path.name))
        elif path.suffix.lower() == ".toml":
            if not path.is_file():
                raise InputError("there is no such file", Where(file=path))
            table = Table.of_text(path.read_text(encoding="utf-8"), str(path))
            found.append(switch_map_of(table))
        else:
            found.append(load_switch_map(name, *libraries))
    if wish.named:
        own = tuple(_named_switch(one, wish.middle_c) for one in wish.named)
        rest = tuple(switch for one in found for switch in one.switches)
        words = tuple(word for one in found for word in one.instruments)
        found.insert(0, SwitchMap("own", "said", (*own, *rest), words if found else ()))
    return tuple(found)


def _named_switch(text: str, middle_c: str) -> Switch:
    name, _, words = text.partition("=")
    octaves = {"C3": 5, "C4": 4, "C5": 3}.get(middle_c.upper())
    if octaves is None:
        raise InputError(f"--middle-c {middle_c}", do="say C3, C4 or C5")
    plain = name.strip()
    key = int(plain) if plain.isdigit() else key_number(plain, octaves)
    if key is None or not 0 <= key <= 127 or not words.strip():
        raise InputError(f"--switch {text!r}", do="write a key and what it chooses: C0=staccato")
    return Switch(playing_of(words)[0], key=key)


def _marks(performance: Performance, click: ClickUsed) -> tuple[Mark, ...]:
    """The file's markers as words over the bars, where its own click is read."""
    if click.kind != "file":
        return ()
    lead = performance.conductor.lead_quarters
    end = click.tempo_map.grid.end.quarters
    return tuple(
        Mark(Beat(Fraction(round((at - lead) * 4), 4)), MarkKind.TEXT, words)
        for at, words in performance.conductor.markers
        if words and 0 <= at - lead < end
    )


def _players_told(reading: TakenDown) -> list[str]:
    found = []
    if reading.swing is not None:
        found.append(f"swung eighths (at {reading.swing:.2f} of the beat) written even")
    names = {line.player.id: line.player.name for line in reading.score.lines}
    for one in reading.players:
        name = names.get(one.player, one.player)
        if one.doubled > 0:
            found.append(f"{name}: {one.doubled} tones doubled by layered tracks left out")
        if abs(one.lag_seconds) >= 0.01:
            way = "late" if one.lag_seconds > 0 else "early"
            found.append(
                f"{one.player} plays {abs(one.lag_seconds) * 1000:.0f} ms {way} throughout"
            )
    return found


def write_taken(taken: Taken, target: Path) -> None:
    """Write it as MusicXML or MIDI; `FormatError` for another ending."""
    suffix = target.suffix.lower()
    if suffix in MUSICXML:
        content = write_score(taken.score, taken.tempo_map, title=taken.title)
        write_bytes(target, compressed(content) if suffix == MUSICXML[2] else content)
    elif suffix in MIDI:
        write_bytes(target, write_midi(taken.score, taken.tempo_map, title=taken.title))
    else:
        known = ", ".join((*MUSICXML, *MIDI))
        raise FormatError(f"{suffix or target.name!r} cannot be written", do=f"write {known}")


def keep_taken(job: Job, cue: Cue, taken: Taken, *, again: bool, dry: bool) -> SketchTaken:
    """Make what was taken down the sketch of a cue."""
    music = ReadMusic(taken.score, taken.tempo_map, title=taken.title)
    return take_music(job, cue, music, taken.source, again=again, dry=dry)


def taken_answer(taken: Taken) -> dict[str, Any]:
    """For `--json`: players, doubtful bars, notes."""
    grid = taken.reading.score.grid
    return {
        "source": str(taken.source),
        "click": taken.click,
        "bars": len(grid.bars),
        "swing": taken.reading.swing,
        "staves": [line.player.name for line in taken.score.lines],
        "players": [
            {
                "player": one.player,
                "tracks": list(one.tracks),
                "tones_played": one.played,
                "tones_written": one.written,
                "scatter_seconds_float": round(one.scatter_seconds, 4),
                "lag_seconds_float": round(one.lag_seconds, 4),
            }
            for one in taken.reading.players
        ],
        "doubtful": [
            {
                "player": one.player,
                "bar": str(grid.bars[one.bar_index].label),
                "bar_index": one.bar_index,
                "why": one.why,
            }
            for one in taken.reading.doubts
        ],
        "notes": list(taken.notes),
    }


def switch_map_names(libraries: tuple[Path, ...]) -> tuple[str, ...]:
    """The switch maps there are, by id."""
    return names("switchmaps", *libraries)
