"""`map overdub`: clicks made after the recording, for players who are to join what was played."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from scorestage.adapters.catalogue import load_house
from scorestage.adapters.formats.wav import BroadcastStamp, write_wav
from scorestage.errors import InputError, Where
from scorestage.production import House
from scorestage.sync import click_strokes, click_track
from scorestage.tempofit.played import Follow, PlayedMap
from scorestage.timebase import Beat, FilmClock, FilmSpan, FilmTime
from scorestage.workflow.job import user_library
from scorestage.workflow.library import house_of
from scorestage.workflow.played import PlayedAnswer, PlayedWish, Stage, follow_map, tap_map
from scorestage.workflow.played_answers import tell_played, write_map_file
from scorestage.workflow.played_files import SOUND, origin_of, read_sound_take
from scorestage.workflow.targets import refuse_own_source

RATE_HZ = 48_000
RING_OUT_SECONDS = 2
NAMES = {Follow.BEATS: "exact", Follow.SPANS: "smooth", Follow.BARS: "bars"}


@dataclass(frozen=True, slots=True)
class Overdub:
    """One click for a take: the map it follows, the files it was written to."""

    answer: PlayedAnswer
    click: Path
    tempo_map: Path
    clicks: int
    left_out: int
    """Count-off clicks that would lie before the recording begins."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a click file shares with the take: where it begins, how long it is, at which rate."""

    origin: FilmTime
    length_samples: int
    rate_hz: int
    stamp: BroadcastStamp | None


def overdub_clicks(
    take: Path,
    wish: PlayedWish,
    stage: Stage,
    ways: tuple[Follow, ...],
    taps: Path | None = None,
    count_off: int | None = None,
    folder: Path | None = None,
) -> tuple[Overdub, ...]:
    """Clicks that lie on a recording: sample for sample as long, with the same time stamp.

    The beats are those of `taps` (tapped to the recording), else found in the take. Files are
    written beside the take, or into `folder`.
    """
    place = folder or take.parent
    if folder is not None and folder.exists() and not folder.is_dir():
        raise InputError("this is a file, not a folder", Where(file=folder))
    house = (
        house_of(stage.job) if stage.job is not None else load_house("los-angeles", user_library())
    )
    asked = house.warning_clicks if count_off is None else count_off
    targets = [path for way in ways for path in _targets(place, take.stem, way)]
    refuse_own_source(targets, take, taps, wish.score, wish.hits)
    found = []
    for way in ways:
        told = replace(wish, follow=str(way), end="take")
        answer = tap_map(taps, told, stage) if taps is not None else follow_map(take, told, stage)
        sheet = _sheet(take, stage, wish, answer)
        found.append(_written(answer, way, sheet, house, asked, stage, place, take.stem))
    return tuple(found)


def _sheet(take: Path, stage: Stage, wish: PlayedWish, answer: PlayedAnswer) -> _Sheet:
    if take.suffix.lower() in SOUND:
        header = read_sound_take(take).header
        origin = origin_of(stage.clock, wish.starts, header, stage.start)
        stamp = header.stamp
        if stamp is not None:
            stamp = replace(stamp, description=f"click for {take.stem}"[:256])
        return _Sheet(origin.at, header.length_samples, header.rate_hz, stamp)
    last = max(answer.played.tempo_map.end, answer.played.beats[-1].mapped)
    length = (last - answer.origin.at).seconds + RING_OUT_SECONDS
    return _Sheet(answer.origin.at, round(length * RATE_HZ), RATE_HZ, None)


def _written(
    answer: PlayedAnswer,
    way: Follow,
    sheet: _Sheet,
    house: House,
    count_off: int,
    stage: Stage,
    folder: Path,
    stem: str,
) -> Overdub:
    played = answer.played
    strokes = click_strokes(played.tempo_map, count_off, _last_played(played))
    ends = sheet.origin + FilmSpan(Fraction(sheet.length_samples, sheet.rate_hz))
    inside = tuple(one for one in strokes if sheet.origin <= one.at < ends)
    left_out = sum(one.warning and one.at < sheet.origin for one in strokes)
    sound = click_track(inside, sheet.origin, sheet.length_samples, house, sheet.rate_hz)
    folder.mkdir(parents=True, exist_ok=True)
    click, tempo_map = _targets(folder, stem, way)
    write_wav(click, sound, sheet.rate_hz, stamp=sheet.stamp)
    write_map_file(tempo_map, played.tempo_map, stage.clock, answer.name, answer.hits)
    return Overdub(answer, click, tempo_map, len(inside), left_out)


def _targets(folder: Path, stem: str, way: Follow) -> tuple[Path, Path]:
    """The click's sound, and its map."""
    name = f"{stem}_click-{NAMES[way]}"
    return folder / f"{name}.wav", folder / f"{name}.mid"


def _last_played(played: PlayedMap) -> Beat | None:
    """The last place that was played: no click sounds after it."""
    return max((one.at for one in played.beats if one.heard is not None), default=None)


def tell_overdub(one: Overdub, clock: FilmClock) -> dict[str, Any]:
    """One click and its map as an answer."""
    return {
        "click": str(one.click),
        "map": str(one.tempo_map),
        "clicks": one.clicks,
        "count_off_left_out": one.left_out,
        **tell_played(one.answer, clock),
    }
