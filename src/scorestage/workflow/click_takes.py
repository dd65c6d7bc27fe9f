"""The clicks of one piece of music as files: the house's own, one per section, count-offs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from scorestage.adapters.formats.csv_table import csv_of
from scorestage.adapters.formats.midi import write_midi
from scorestage.adapters.formats.wav import BroadcastStamp, SampleFormat, write_wav
from scorestage.adapters.store import write_bytes
from scorestage.errors import InputError
from scorestage.music import (
    Dynamic,
    DynamicMark,
    Family,
    Instrument,
    Line,
    Note,
    Player,
    Score,
    Staff,
    Unpitched,
    Voice,
)
from scorestage.music.instrument import DrumSound
from scorestage.paperwork import Column, Table
from scorestage.production import House
from scorestage.sync import (
    ClickStroke,
    SoftPassage,
    click_blocks,
    count_off,
    dithered,
    plan_clicks,
    sample_of,
    whole_second,
)
from scorestage.timebase import (
    BarLabel,
    Beat,
    Beats,
    FeetFrames,
    FilmClock,
    FilmRange,
    TempoMap,
    clock_text,
)
from scorestage.workflow.tell import tell_moment

SAMPLE_RATES_HZ = (44_100, 48_000, 88_200, 96_000, 192_000)
DITHER_SEED = 1
_DAY_SECONDS = 24 * 60 * 60
DOWNBEAT = 3
_HALF = Fraction(1, 2)
_STROKE = Beats(Fraction(1, 8))
_KEYS = {3: (76, "high wood block"), 1: (77, "low wood block"), 0: (37, "side stick")}
_COUNT_OFF = re.compile(r"(\w+)(?:\s*:\s*|\s+free\s+(?:in)?to\s+)(?:the\s+)?(\w+)", re.IGNORECASE)
_NUMBERS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
)
_MOST_FREE = 64
COLUMNS = (
    Column("CLICK", 8, right=True),
    Column("BAR", 8, right=True),
    Column("BEAT", 8, right=True),
    Column("KIND", 40),
    Column("MIN:SEC", 16, right=True),
    Column("TIMECODE", 20, right=True),
    Column("35 MM", 16, right=True),
    Column("SECONDS", 16, right=True),
)


@dataclass(frozen=True, slots=True)
class ClickTake:
    """One click file to be: for whom, its clicks, how it sounds, what stretch of film it holds."""

    name: str
    """Empty: everybody's; else the section, or `8-free-to-26`."""
    strokes: tuple[ClickStroke, ...]
    house: House
    file: FilmRange

    def length_samples(self, rate_hz: int) -> int:
        """Samples of the file."""
        return round(self.file.span.seconds * rate_hz)


@dataclass(frozen=True, slots=True)
class CountOff:
    """So many free clicks into a bar: "eight free to 26"."""

    clicks: int
    bar: BarLabel | None
    """None: the top, whatever number the first bar bears."""

    @classmethod
    def parse(cls, text: str) -> CountOff:
        """Read `8:26`, `8 free to 26` or `eight free to 12A`; `top` is the first bar.

        >>> CountOff.parse("eight free to 26")
        CountOff(clicks=8, bar=BarLabel(number=26, letter=''))
        """
        match = _COUNT_OFF.fullmatch(text.strip())
        words = match[1].lower() if match else ""
        count = _NUMBERS.index(words) + 1 if words in _NUMBERS else 0
        count = int(words) if words.isdecimal() else count
        if match is None or not 1 <= count <= _MOST_FREE:
            raise InputError(f"{text!r} is no count-off", do="write 8:26 or 'eight free to 26'")
        top = match[2].lower() == "top"
        return cls(count, None if top else BarLabel.parse(match[2].upper()))

    @property
    def name(self) -> str:
        """What the file is called: `8-free-to-26`."""
        return f"{self.clicks}-free-to-{self.bar}"


def click_takes(
    tempo_map: TempoMap,
    house: House,
    file: FilmRange,
    stop: Beat | None = None,
    soft: Sequence[SoftPassage] = (),
) -> tuple[ClickTake, ...]:
    """Everybody's click first, then that of each section whose click is another."""
    main = plan_clicks(tempo_map, house.click, house.warning_clicks, stop, soft)
    found = [ClickTake("", main, house, file)]
    for variant in house.click.variants:
        strokes = plan_clicks(
            tempo_map, house.click.varied(variant), house.warning_clicks, stop, soft
        )
        if variant.gain_db:
            strokes = tuple(
                replace(one, level_db=one.level_db + variant.gain_db) for one in strokes
            )
        accents = house.click_accents if variant.accents is None else variant.accents
        if strokes != main or accents != house.click_accents:
            found.append(
                ClickTake(variant.name, strokes, replace(house, click_accents=accents), file)
            )
    return tuple(found)


def same_as_main(house: House, takes: Sequence[ClickTake]) -> tuple[str, ...]:
    """The sections that need no click of their own."""
    made = {take.name for take in takes}
    return tuple(one.name for one in house.click.variants if one.name not in made)


def count_off_take(
    wanted: CountOff, tempo_map: TempoMap, main: ClickTake, clock: FilmClock
) -> ClickTake:
    """A count-off with the music after it, as a file of its own from a whole second on."""
    labels = [bar.label for bar in tempo_map.grid.bars]
    bar = wanted.bar if wanted.bar is not None else labels[0]
    if bar not in labels:
        told = f"bars: {labels[0]} to {labels[-1]}"
        raise InputError(f"there is no bar {bar} to count off to", do=told)
    index = labels.index(bar)
    style = main.house.click
    strokes = count_off(tempo_map, index, wanted.clicks, main.strokes, style)
    rate = clock.rate
    first = rate.frame_at(strokes[0].at) - rate.nominal
    first = whole_second(first, rate, clock.start_frames, back=True)
    return ClickTake(
        replace(wanted, bar=bar).name,
        strokes,
        main.house,
        FilmRange(rate.time_of(first), main.file.end),
    )


@dataclass(frozen=True, slots=True)
class SoundWish:
    """How the sound files are to be written; 16 bits are dithered unless that is refused."""

    rate_hz: int = 48_000
    bits: int = 24
    dither: bool = True

    def __post_init__(self) -> None:
        if self.rate_hz not in SAMPLE_RATES_HZ:
            known = ", ".join(map(str, SAMPLE_RATES_HZ))
            raise InputError(f"{self.rate_hz} Hz is no rate of click tracks", do=f"say {known}")
        if self.bits not in (16, 24):
            raise InputError(f"click tracks of {self.bits} bits are not made", do="say 16 or 24")

    @property
    def dither_words(self) -> str:
        """What was done so that rounding adds no tone."""
        if self.bits == 24:
            return "none: 24 bits"
        return "triangular, one step either way" if self.dither else "none"


def write_take(path: Path, take: ClickTake, wish: SoundWish, stamp_samples: int, words: str) -> int:
    """Write one click file block by block, so that memory does not grow; gives its samples."""
    blocks = click_blocks(
        take.strokes, take.file.start, take.length_samples(wish.rate_hz), take.house, wish.rate_hz
    )
    if wish.bits == 16 and wish.dither:
        blocks = dithered(blocks, 16, DITHER_SEED)
    stored = SampleFormat.PCM_16 if wish.bits == 16 else SampleFormat.PCM_24
    description = words.encode("ascii", "replace").decode("ascii")[:256]
    return write_wav(path, blocks, wish.rate_hz, stored, BroadcastStamp(stamp_samples, description))


def stamp_of(take: ClickTake, clock: FilmClock, rate_hz: int) -> int:
    """Samples since midnight of the timecode day where the file starts, to the nearest."""
    seconds = clock.start_frames / clock.rate.frames_per_second + take.file.start.seconds
    return (seconds % _DAY_SECONDS * rate_hz + _HALF).__floor__()


def write_click_midi(path: Path, take: ClickTake, tempo_map: TempoMap, clock: FilmClock) -> None:
    """Write the clicks as notes of wood blocks (76, 77) and side stick (37) over the tempo map."""
    score = click_score(take, tempo_map)
    write_bytes(path, write_midi(score, tempo_map, title="Click", film=clock))


def click_score(take: ClickTake, tempo_map: TempoMap) -> Score:
    """The clicks as a score of one percussionist; a count-in lies before bar 1."""
    accents = take.house.click_accents
    drums = tuple(DrumSound(f"click-{key}", name, key) for key, name in _KEYS.values())
    notes, marks = [], []
    for number, stroke in enumerate(take.strokes, start=1):
        at = stroke.beat if stroke.beat is not None else tempo_map.beat_at(stroke.at)
        sound = (3 if stroke.stress == DOWNBEAT and accents else 1) if stroke.stress else 0
        notes.append(
            Note(f"c{number}", at, _STROKE, (Unpitched(drums[(3, 1, 0).index(sound)].id),))
        )
        steps = round(stroke.level_db / 4) - (0 if stroke.stress else 2)
        marks.append(DynamicMark(at, Dynamic.F.shifted(steps)))
    changes = (one for before, one in pairwise(marks) if before.dynamic is not one.dynamic)
    dynamics = (*marks[:1], *changes)
    instrument = Instrument("click", "Click", "Clk.", Family.PERCUSSION, None, None, drums=drums)
    player = Player("click", "Click", "Clk.", (instrument,))
    lead = max([tempo_map.grid.pickup.quarters, *(-note.onset.quarters for note in notes[:1])])
    grid = replace(tempo_map.grid, pickup=Beats(max(lead, Fraction(0))))
    staff = Staff((Voice(tuple(notes)),), dynamics=dynamics)
    return Score(grid, (Line(player, (staff,)),))


def told_clicks(take: ClickTake, tempo_map: TempoMap, rate_hz: int) -> Iterator[dict[str, Any]]:
    """Every click for an answer: what it is, where in the music, its moment and its sample."""
    for stroke in take.strokes:
        exact = (stroke.at - take.file.start).seconds * rate_hz
        sample = sample_of(stroke, take.file.start, rate_hz)
        told: dict[str, Any] = {"kind": kind_of(stroke), "bar": None, "beat": None}
        if stroke.beat is not None and not stroke.warning:
            position = tempo_map.grid.position(stroke.beat)
            told |= {"bar": str(position.label), "bar_index": position.bar_index}
            told |= {"beat": str(position.beat), "quarters": str(stroke.beat.quarters)}
        yield told | {
            "stress": stroke.stress,
            "level_db": float(stroke.level_db),
            **tell_moment("at", stroke.at),
            "sample": sample,
            "off_samples": float(sample - exact),
        }


def kind_of(stroke: ClickStroke) -> str:
    """What a click is, in a word."""
    if not stroke.stress:
        return "subdivision"
    if stroke.warning or stroke.prep:
        return "warning" if stroke.warning else "preparation"
    return "downbeat" if stroke.stress == DOWNBEAT else "beat"


def click_list(take: ClickTake, tempo_map: TempoMap, clock: FilmClock, title: str) -> Table:
    """Every click on paper: bar, beat, clock from bar 1, timecode, feet+frames, exact seconds."""
    rows, downbeats = [], set()
    for number, stroke in enumerate(take.strokes, start=1):
        bar = beat = ""
        if stroke.beat is not None and not stroke.warning:
            position = tempo_map.grid.position(stroke.beat)
            bar, beat = str(position.label), str(position.beat)
        if beat == "1":
            downbeats.add(number - 1)
        frame = clock.rate.nearest_frame(stroke.at)
        since = clock_text((stroke.at - tempo_map.start).seconds)
        label = clock.nearest_label(stroke.at)
        feet = str(FeetFrames(frame))
        exact = str(stroke.at.seconds)
        rows.append((str(number), bar, beat, kind_of(stroke), since, label, feet, exact))
    facts = (
        ("Bar 1", clock.nearest_label(tempo_map.start)),
        ("Sound file from", clock.nearest_label(take.file.start)),
        ("Frame rate", clock.rate.name),
        ("Clicks", str(len(rows))),
        ("Rounding", "nearest frame, a tie goes later"),
    )
    return Table(title, COLUMNS, tuple(rows), facts, frozenset(downbeats))


def write_click_list(path: Path, table: Table) -> None:
    """Write the list of clicks for a spreadsheet, or as pages (.pdf) without exact seconds."""
    if path.suffix.lower() != ".pdf":
        write_bytes(path, csv_of(table))
        return
    from scorestage.adapters.formats.pdf_table import pdf_of

    printed = replace(table, columns=table.columns[:-1], rows=tuple(row[:-1] for row in table.rows))
    write_bytes(path, pdf_of([printed], table.title))
