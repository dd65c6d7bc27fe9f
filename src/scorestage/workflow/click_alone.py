"""`click --bpm`, `click --map`: a click track without a project; and one cue's in another shape."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from scorestage.adapters.catalogue import load_house
from scorestage.errors import InputError, Where
from scorestage.production import AdditiveClick, ClickPattern, House
from scorestage.sync import SoftPassage, cue_timeline
from scorestage.timebase import (
    Bar,
    BarGrid,
    BarLabel,
    Beat,
    FilmClock,
    FilmTime,
    Position,
    TempoMap,
    Timecode,
    frame_rate,
    read_meter,
    read_number,
    read_tempo,
)
from scorestage.workflow.click_takes import (
    ClickTake,
    CountOff,
    SoundWish,
    click_list,
    click_takes,
    count_off_take,
    kind_of,
    same_as_main,
    stamp_of,
    told_clicks,
    write_click_list,
    write_click_midi,
    write_take,
)
from scorestage.workflow.job import user_library
from scorestage.workflow.map_alone import rate_doubt, read_map_alone
from scorestage.workflow.products.cuefacts import led_in, numbered_by
from scorestage.workflow.tell import tell_moment

SOUND, MIDI, SHEET = (".wav",), (".mid", ".midi"), (".csv", ".pdf")
USUAL_HOUSE = "los-angeles"
USUAL_PLACE = "01:00:00:00"
_MOST_BARS = 20_000
_MOST_WARNING = 64
_SOFTEST_DB = 40


@dataclass(frozen=True, slots=True)
class Music:
    """What is clicked to: the map, how its film is labelled, where its last attack stands."""

    tempo_map: TempoMap
    clock: FilmClock
    house: House
    title: str = "Clicks"
    stop: Beat | None = None
    """The last attack that is written, where there is a score."""
    quiet: tuple[tuple[Beat, Beat], ...] = ()
    """Where nobody is written louder than p."""
    labelled: bool = False
    """Whether names of sound files end in their start timecode, as all sound of a cue."""
    notes: tuple[str, ...] = ()
    """What to know of the map."""

    def soft(self, house: House) -> tuple[SoftPassage, ...]:
        """Where the click is softer, as the house has it."""
        level = house.click.soft_db
        return tuple(SoftPassage(start, end, level) for start, end in self.quiet if level)


@dataclass(frozen=True, slots=True)
class ClickWish:
    """What a person asks of the click, before what the house says; None or empty: as the house."""

    warning: int | None = None
    warning_bpm: str = ""
    accents: bool | None = None
    subdivide_below: str = ""
    additive: str = ""
    patterns: tuple[str, ...] = ()
    """`7/8=3+2+2`, `6/8=X.-x.-`."""
    reentry: int | None = None
    prepare: int | None = None
    soft_db: str = ""
    stop: str = ""
    """Bar, or bar:beat, of the last attack: no click sounds after it."""
    stop_early: int | None = None
    variants: tuple[str, ...] = ()
    """Sections of the house that get files of their own; `all` for each."""
    count_offs: tuple[str, ...] = ()

    def house(self, house: House) -> House:
        """The house with these wishes."""
        style = house.click
        if self.additive and self.additive not in tuple(AdditiveClick):
            raise InputError(f"{self.additive!r} is no way to click", do="say units or groups")
        style = replace(
            style,
            warning_bpm=_bpm(self.warning_bpm, style.warning_bpm),
            subdivide_below_bpm=_bpm(self.subdivide_below, style.subdivide_below_bpm),
            additive=AdditiveClick(self.additive) if self.additive else style.additive,
            patterns=(*map(_pattern, self.patterns), *style.patterns),
            reentry_clicks=_count(self.reentry, style.reentry_clicks),
            fermata_clicks=_count(self.prepare, style.fermata_clicks),
            stop_early_clicks=_count(self.stop_early, style.stop_early_clicks),
            soft_db=_gain(self.soft_db, style.soft_db),
        )
        accents = house.click_accents if self.accents is None else self.accents
        warning = _count(self.warning, house.warning_clicks)
        return replace(house, click=style, click_accents=accents, warning_clicks=warning)


@dataclass(frozen=True, slots=True)
class PlainMusic:
    """Music without a project: a map of any kind, or a tempo, a meter and a number of bars."""

    map: Path | None = None
    bpm: str = ""
    meter: str = "4/4"
    bars: int = 0
    rate: str = "24"
    start: str = "00:00:00:00"
    """Timecode of the film's first frame."""
    at: str = ""
    """Where bar 1 begins; empty: as the map has it, else 01:00:00:00."""
    house: str = USUAL_HOUSE
    choose: int = 1


def plain_music(wanted: PlainMusic) -> Music:
    """The map and the house that a click without a project is made from."""
    rate = frame_rate(wanted.rate)
    clock = FilmClock(rate, Timecode.parse(wanted.start, rate).frames)
    house = load_house(wanted.house, user_library())
    if (wanted.map is None) == (not wanted.bpm):
        raise InputError("a click needs a map or a tempo", do="give --map FILE, or --bpm 96")
    if wanted.bars < 0 or wanted.bars > _MOST_BARS:
        raise InputError(f"{wanted.bars} bars are not clicked", do=f"say 1 to {_MOST_BARS}")
    if wanted.map is not None:
        tempo_map = read_map_alone(wanted.map, clock, wanted.choose)
        tempo_map = _of_bars(tempo_map, wanted.bars) if wanted.bars else tempo_map
        if wanted.at:
            tempo_map = tempo_map.shifted(clock.read(wanted.at) - tempo_map.start)
        notes = rate_doubt(wanted.map, rate, float(tempo_map.end.seconds), wanted.choose)
        title = f"{wanted.map.stem}  clicks"
        return _led_in(Music(tempo_map, clock, house, title, notes=notes))
    if not wanted.bars:
        raise InputError("how many bars are to be clicked?", do="say for example --bars 32")
    meter = read_meter(wanted.meter)
    tempo = read_tempo(wanted.bpm, rate, meter.click)
    start = clock.read(wanted.at or USUAL_PLACE)
    grid = BarGrid.regular(wanted.bars, meter)
    return _led_in(Music(TempoMap.steady(start, tempo, grid), clock, house))


def _led_in(music: Music) -> Music:
    """Bar numbers and warning clicks as the house's free bars have them."""
    tempo_map = numbered_by(music.house, music.tempo_map)
    return replace(music, tempo_map=tempo_map, house=led_in(music.house, tempo_map))


def make_clicks(
    music: Music,
    wish: ClickWish,
    sound: SoundWish,
    targets: Sequence[Path],
    everybody: bool = True,
    every_click: bool = True,
) -> dict[str, Any]:
    """Plan the clicks, write them to `targets` (.wav, .mid, .csv, .pdf) and answer what they are.

    Variants and count-offs are written beside each, with their name behind its own; without
    `everybody` only they are. `every_click` tells each click by itself. Nothing is written where
    one of the targets cannot be.
    """
    _refuse_unknown(targets)
    house = wish.house(music.house)
    tempo_map, clock = music.tempo_map, music.clock
    timeline = cue_timeline(
        tempo_map, house.warning_clicks, clock.rate, clock.start_frames, style=house.click
    )
    stop = _stop(wish.stop, tempo_map) if wish.stop else music.stop
    takes = click_takes(tempo_map, house, timeline.file, stop, music.soft(house))
    extras = [*_variants(house, takes, wish.variants)]
    extras += [
        count_off_take(CountOff.parse(text), tempo_map, takes[0], clock) for text in wish.count_offs
    ]
    chosen = [takes[0], *extras] if everybody or not extras else extras
    files = [one for target in targets for one in _write(target, chosen, music, sound)]
    return {
        "files": files,
        "rate": clock.rate.name,
        "house": house.id,
        "accents": house.click_accents,
        "warning_clicks": house.warning_clicks,
        **tell_moment("first_click", timeline.first_click),
        **tell_moment("downbeat", timeline.downbeat),
        **tell_moment("end", tempo_map.end),
        **tell_moment("last_click", takes[0].strokes[-1].at if takes[0].strokes else None),
        "same_for": list(same_as_main(house, takes)),
        "sample_rate_hz": sound.rate_hz,
        "rounding": "each click to the nearest sample of its own exact moment",
        "takes": [_told(take, music, sound, every_click) for take in chosen],
        "notes": list(music.notes),
    }


def _told(take: ClickTake, music: Music, sound: SoundWish, every_click: bool) -> dict[str, Any]:
    clicks = told_clicks(take, music.tempo_map, sound.rate_hz) if every_click else ()
    return {
        "name": take.name or "click",
        **tell_moment("file_start", take.file.start),
        "file_start_timecode": _label(take.file.start, music.clock),
        "start_samples": stamp_of(take, music.clock, sound.rate_hz),
        "length_samples": take.length_samples(sound.rate_hz),
        "counts": dict(Counter(map(kind_of, take.strokes))),
        "clicks": list(clicks),
    }


def _write(
    target: Path, takes: Sequence[ClickTake], music: Music, sound: SoundWish
) -> list[dict[str, Any]]:
    suffix = target.suffix.lower()
    if suffix in SHEET:
        write_click_list(target, click_list(takes[0], music.tempo_map, music.clock, music.title))
        return [{"path": str(target), "kind": "list of clicks"}]
    found = []
    for take in takes:
        path = target.with_stem(f"{target.stem}-{take.name}") if take.name else target
        path.parent.mkdir(parents=True, exist_ok=True)
        if suffix in MIDI:
            write_click_midi(path, take, music.tempo_map, music.clock)
            found.append({"path": str(path), "kind": "MIDI click", "name": take.name or "click"})
        else:
            if music.labelled:
                label = re.sub(r"[:;]", "-", _label(take.file.start, music.clock))
                path = path.with_stem(f"{path.stem}_{label}")
            found.append(_write_sound(path, take, music, sound))
    return found


def _write_sound(path: Path, take: ClickTake, music: Music, sound: SoundWish) -> dict[str, Any]:
    stamp = stamp_of(take, music.clock, sound.rate_hz)
    length = write_take(path, take, sound, stamp, f"{music.title} {take.name}".strip())
    return {
        "path": str(path),
        "kind": "click track",
        "name": take.name or "click",
        "sample_rate_hz": sound.rate_hz,
        "bits": sound.bits,
        "dither": sound.dither_words,
        "length_samples": length,
        "start_timecode": _label(take.file.start, music.clock),
        "start_samples": stamp,
    }


def _label(at: FilmTime, clock: FilmClock) -> str:
    frames = clock.start_frames + clock.rate.nearest_frame(at)
    return str(Timecode(frames, clock.rate).round_the_clock)


def _refuse_unknown(targets: Sequence[Path]) -> None:
    for target in targets:
        if target.suffix.lower() not in (*SOUND, *MIDI, *SHEET):
            do = "end the name in .wav, .mid, .csv or .pdf"
            raise InputError("a click is not written so", Where(file=target), do)


def _variants(house: House, takes: Sequence[ClickTake], names: Sequence[str]) -> list[ClickTake]:
    """The takes of the sections named; one that is as everybody's is not made twice."""
    known = [variant.name for variant in house.click.variants]
    for name in names:
        if name != "all" and name not in known:
            raise InputError(f"the house has no click for {name!r}", do=f"known: {known or 'none'}")
    return [take for take in takes[1:] if "all" in names or take.name in names]


def _of_bars(tempo_map: TempoMap, count: int) -> TempoMap:
    """The map with so many bars: cut, or going on in its last meter and tempo."""
    bars = list(tempo_map.grid.bars[:count])
    while len(bars) < count:
        label = BarLabel(bars[-1].label.number + 1)
        bars.append(Bar(bars[-1].meter, label))
    return replace(tempo_map, grid=BarGrid(tuple(bars), tempo_map.grid.pickup))


def _stop(text: str, tempo_map: TempoMap) -> Beat:
    """The beat meant by `31` or `31:3`."""
    words, _, beat = text.partition(":")
    label = BarLabel.parse(words.strip().upper())
    labels = [bar.label for bar in tempo_map.grid.bars]
    if label not in labels:
        raise InputError(f"there is no bar {label}", do=f"bars: {labels[0]} to {labels[-1]}")
    number = read_number(beat) if beat else Fraction(1)
    return tempo_map.grid.beat_of(Position(labels.index(label), label, number))


def _pattern(text: str) -> ClickPattern:
    meter, equals, pattern = text.partition("=")
    if not equals:
        raise InputError(f"{text!r} is no pattern", do="write for example 7/8=3+2+2")
    return ClickPattern(read_meter(meter.strip()), pattern.strip())


def _bpm(text: str, default: Fraction) -> Fraction:
    if not text:
        return default
    return Fraction(0) if text.strip() == "0" else read_tempo(text, frame_rate("24")).bpm


def _count(number: int | None, default: int) -> int:
    if number is None:
        return default
    if not 0 <= number <= _MOST_WARNING:
        raise InputError(f"{number} clicks are not given", do=f"say 0 to {_MOST_WARNING}")
    return number


def _gain(text: str, default: Fraction) -> Fraction:
    if not text:
        return default
    gain = -read_number(text.strip().removeprefix("-"))
    if gain < -_SOFTEST_DB:
        raise InputError(f"{text} dB cannot be heard", do="say 0 to -40")
    return gain
