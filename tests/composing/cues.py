"""Cues to be written in tests: by hand, or drawn at random from a number."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from random import Random

from scorestage.adapters.catalogue import names
from scorestage.adapters.catalogue.styles import load_style
from scorestage.composing import Composition, CueRequest, compose
from scorestage.music import Theme
from scorestage.production import Brief, Cue, Hit, HitKind, WayIn, WayOut, parse_curve
from scorestage.thematics import make_theme, variants
from scorestage.thematics.varying import SHARES
from scorestage.timebase import (
    BarGrid,
    Beat,
    Beats,
    FilmRange,
    FilmTime,
    Meter,
    Tempo,
    TempoMap,
)

START = FilmTime(10)
METERS = ("4/4", "3/4", "6/8", "2/4", "5/4", "2+2+3/8", "12/8", "9/8", "3/8", "2/2", "3+3+2/8")
TONES = ("heroic", "tender", "grief", "suspense", "wonder", "funny", "chase", "mystery", "calm")
OFTEN = tuple((name, int(share * 1000)) for name, share in SHARES.items())
HitSpec = tuple[str | int, str, int]
"""Beat, kind and weight."""


@cache
def themes(style: str, meter: str = "4/4", seed: int = 1) -> tuple[Theme, ...]:
    """A made theme with its variants."""
    theme = make_theme(load_style(style), seed, meter=Meter.parse(meter), theme_id="main")
    return (theme, *variants(theme, seed))


def request(
    style: str = "adventure",
    *,
    meters: Sequence[str] = ("4/4",) * 12,
    bpm: int = 120,
    hits: Sequence[HitSpec] = (),
    speech: Sequence[tuple[int, int]] = (),
    tone: tuple[str, ...] = (),
    way_in: str = "hard",
    way_out: str = "ring-off",
    pickup: str = "0",
    theme_meter: str = "4/4",
    seed: int = 1,
    brief: Brief | None = None,
    tension: str = "",
    arousal: str = "",
    valence: str = "",
) -> CueRequest:
    """A cue over bars at one tempo (of quarters), hits and speech given in beats."""
    grid = BarGrid.of_meters(tuple(Meter.parse(meter) for meter in meters), Beats(pickup))
    tempo_map = TempoMap.steady(START, Tempo(bpm), grid)
    cue = Cue(
        "c1",
        "1m01",
        start=START,
        end=tempo_map.end,
        way_in=WayIn(way_in),
        way_out=WayOut(way_out),
        tone=tone,
        tension=parse_curve(tension),
        arousal=parse_curve(arousal),
        valence=parse_curve(valence),
        hits=tuple(
            Hit(
                f"h{number}",
                tempo_map.time_at(Beat(at)),
                f"{kind} {number}",
                HitKind(kind),
                weight,
            )
            for number, (at, kind, weight) in enumerate(hits, start=1)
        ),
        dialogue=tuple(
            FilmRange(tempo_map.time_at(Beat(start)), tempo_map.time_at(Beat(end)))
            for start, end in speech
        ),
    )
    return CueRequest(
        cue,
        tempo_map,
        themes(style, theme_meter),
        load_style(style),
        brief or Brief(),
        seed,
        shares=OFTEN,
    )


def random_request(number: int) -> CueRequest:
    """Any cue: style, meters, tempo, length from 2 s to 3 min, hits, speech, ways in and out."""
    random = Random(number)
    meter = random.choice(METERS)
    bpm = random.choice((50, 66, 80, 96, 120, 150, 170))
    seconds = random.choice((2, 4, 8, 15, 30, 60, 60, 120, 180))
    length = Meter.parse(meter).length.quarters
    count = max(1, round(Fraction(seconds * bpm, 60) / length))
    meters = [meter] * count
    if random.random() < 0.3:
        meters = [random.choice(METERS[:6]) for _ in range(count)]
    end = sum((Meter.parse(one).length.quarters for one in meters), Fraction(0))
    hits: dict[str, HitSpec] = {}
    for _ in range(random.choice((0, 1, 3, 8))):
        at = str(Fraction(random.randrange(int(end * 4)), 4))
        kind = random.choice([kind.value for kind in HitKind])
        hits[at] = (at, kind, random.randint(1, 5))
    speech = []
    for _ in range(random.choice((0, 0, 1, 3))):
        start = random.randrange(int(end))
        speech.append((start, min(int(end), start + random.choice((3, 8, 20)))))
    return request(
        random.choice(names("styles")),
        meters=meters,
        bpm=bpm,
        hits=sorted(hits.values(), key=lambda hit: Fraction(hit[0])),
        speech=[span for span in speech if span[0] < span[1]],
        tone=(random.choice(TONES),) if random.random() < 0.8 else (),
        way_in=random.choice(list(WayIn)).value,
        way_out=random.choice(list(WayOut)).value,
        pickup=random.choice(("0", "0", "1", "3/2")),
        seed=number,
    )


@cache
def random_piece(number: int) -> tuple[CueRequest, Composition]:
    """A random cue and what was written for it."""
    asked = random_request(number)
    return asked, compose(asked)
