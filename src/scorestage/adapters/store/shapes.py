"""What each file of the project folder may hold: keys, how they are written, their defaults."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from scorestage.adapters.store.toml_file import Field, TableShape
from scorestage.production import (
    Brief,
    Cue,
    CueStatus,
    CueTiming,
    Curve,
    CurveKind,
    Groove,
    Hit,
    HitKind,
    HitStatus,
    HitWant,
    Layer,
    Licence,
    Note,
    Person,
    Production,
    Scene,
    ScoringLevel,
    ScoringOption,
    Task,
    WayIn,
    WayOut,
    parse_curve,
    reel_and_cue,
)
from scorestage.timebase import FilmClock, FilmRange, FilmTime, FrameRate, Timecode, frame_rate

SCHEMA = 1


def as_text(raw: Any) -> str:
    """Text as it stands."""
    if not isinstance(raw, str):
        raise ValueError(f"{raw!r} must be text in quotes")
    return raw


def as_whole(raw: Any) -> int:
    """A whole number."""
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise ValueError(f"{raw!r} must be a whole number")
    return int(raw)  # the file's own kind of number would go through all arithmetic


def as_switch(raw: Any) -> bool:
    """true or false."""
    if not isinstance(raw, bool):
        raise ValueError(f"{raw!r} must be true or false")
    return raw


def as_exact(raw: Any) -> Fraction:
    """An exact number: a whole number, or text such as `"19/8"` or `"2.375"`."""
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        raise ValueError(f'{raw!r} must be exact: a whole number or text such as "19/8"')
    try:
        return Fraction(int(raw) if isinstance(raw, int) else str(raw))
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"{raw!r} is no number") from None


def as_day(raw: Any) -> str:
    """A day as `2026-12-01`; empty for none."""
    if isinstance(raw, date):
        return date(raw.year, raw.month, raw.day).isoformat()
    return date.fromisoformat(raw).isoformat() if as_text(raw) else ""


def as_words(raw: Any) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(raw, list):
        raise ValueError(f"{raw!r} must be a list of texts")
    return tuple(as_text(one) for one in raw)


def as_exacts(raw: Any) -> tuple[Fraction, ...]:
    """A list of exact numbers."""
    if not isinstance(raw, list):
        raise ValueError(f"{raw!r} must be a list of numbers")
    return tuple(as_exact(one) for one in raw)


def as_curve(raw: Any) -> Curve:
    """A drawn curve: a list of points such as `"0:20=8"`."""
    return parse_curve(", ".join(as_words(raw)))


def _curve_out(points: Curve) -> list[str]:
    return [str(point) for point in points]


def _exacts_out(numbers: tuple[Fraction, ...]) -> list[int | str]:
    return [_exact_out(one) for one in numbers]


def _exact_out(number: Fraction) -> int | str:
    return int(number) if number.denominator == 1 else str(number)


def _choice(kind: type[StrEnum]) -> Callable[[Any], StrEnum]:
    def read(raw: Any) -> StrEnum:
        try:
            return kind(as_text(raw))
        except ValueError:
            raise ValueError(f"{raw!r} is none of: {', '.join(kind)}") from None

    return read


def _default_of(cls: type, name: str) -> Any:
    for field in fields(cls):
        if field.name == name:
            return None if field.default is MISSING else field.default
    raise AttributeError(f"{cls.__name__} has no {name}")


def _texts(cls: type, *keys: str) -> tuple[Field, ...]:
    return tuple(Field(key, as_text, str, _default_of(cls, key)) for key in keys)


def _moment(clock: FilmClock, key: str, *, required: bool = False) -> Field:
    def read(raw: Any) -> FilmTime:
        return clock.read(as_text(raw))

    return Field(key, read, clock.label, None, required)


def _cue_number(raw: Any) -> str:
    reel_and_cue(as_text(raw))
    return str(raw)


PRODUCTION = TableShape(
    (
        Field("title", as_text, str, required=True),
        Field("rate", lambda raw: frame_rate(as_text(raw)), lambda rate: rate.name, required=True),
        Field("sample_rate_hz", as_whole, int, 48000),
        *(
            Field(key, as_text, str, _default_of(Production, key), required=True)
            for key in ("ensemble", "style", "house")
        ),
        Field("seed", as_whole, int, 1),
        Field("picture", as_text, str, ""),
        *_texts(Production, "script", "subtitles", "detector"),
        Field("recording", as_day, str, ""),
        Field("temp", as_words, list, ()),
        Field("themes", as_words, list, ()),
    )
)
PERSON = TableShape(
    (
        Field("id", as_text, str, required=True),
        Field("name", as_text, str, required=True),
        *_texts(Person, "society", "ipi"),
        Field("roles", as_words, list, ()),
    )
)
LICENCE = TableShape(
    (
        Field("cue", as_text, str, required=True),
        Field("work", as_text, str, required=True),
        *_texts(Licence, *(one.name for one in fields(Licence) if one.name not in ("cue", "work"))),
    )
)
CREDIT = TableShape(
    (
        Field("person", as_text, str, required=True),
        Field("role", as_text, str, required=True),
        Field("share_percent", as_exact, _exact_out, required=True),
    )
)
BRIEF = TableShape(
    (
        *(Field(key, as_words, list, ()) for key in ("style", "tone", "references", "avoid")),
        Field("amount", as_text, str, _default_of(Brief, "amount")),
    )
)
NOTE = TableShape(
    (
        Field("text", as_text, str, required=True),
        *_texts(Note, "who", "when", "timecode", "cue"),
    )
)
TASK = TableShape(
    (
        Field("id", as_text, str, required=True),
        Field("what", as_text, str, required=True),
        *_texts(Task, "person", "cue"),
        Field("due", as_day, str, ""),
        Field("done", as_day, str, ""),
    )
)


def picture_shape() -> TableShape:
    """`pictures/<id>.toml`: a cut as it was turned over."""
    return TableShape(
        (
            Field("label", as_text, str, required=True),
            Field("media", as_text, str, required=True),
            Field("sha256", as_text, str, ""),
            Field(
                "rate", lambda raw: frame_rate(as_text(raw)), lambda rate: rate.name, required=True
            ),
            Field("frames", as_whole, int, required=True),
            Field("start_frames", as_whole, int, 0),
            Field("width", as_whole, int, 0),
            Field("height", as_whole, int, 0),
            Field("has_sound", as_switch, bool, False),
        )
    )


def reel_shape(rate: FrameRate) -> TableShape:
    """`[[reel]]` of production.toml; its start is written as timecode."""
    return TableShape(
        (
            Field("number", as_whole, int, required=True),
            Field("first_frame", as_whole, int, required=True),
            Field("last_frame", as_whole, int, required=True),
            Field(
                "start",
                lambda raw: Timecode.parse(as_text(raw), rate).frames,
                lambda frames: str(Timecode(frames, rate)),
                required=True,
                attribute="start_frames",
            ),
        )
    )


_MAP_WISHES = (
    *(
        Field(key, as_exact, _exact_out, None)
        for key in ("bpm_wish", "bpm_lowest", "bpm_highest", "breath_percent", "start_late_frames")
    ),
    Field("meters", as_words, list, ()),
    Field("ramps", as_switch, bool, None),
    Field("fermatas", as_switch, bool, False),
    Field("free_bars", as_switch, bool, False),
    Field("pickups_beats", as_exacts, _exacts_out, ()),
)
"""What a cue asks of its maps, spans left out."""


def cue_shape(clock: FilmClock) -> TableShape:
    """`cues/<id>/cue.toml`."""

    def spans(raw: Any) -> tuple[FilmRange, ...]:
        if not isinstance(raw, list) or any(len(as_words(pair)) != 2 for pair in raw):
            raise ValueError(f"{raw!r} must be a list of pairs: where it begins, where it ends")
        return tuple(FilmRange(clock.read(start), clock.read(end)) for start, end in raw)

    def spans_out(found: tuple[FilmRange, ...]) -> list[list[str]]:
        return [[clock.label(one.start), clock.label(one.end)] for one in found]

    return TableShape(
        (
            Field("id", as_text, str, required=True),
            Field("number", _cue_number, str, required=True),
            *_texts(Cue, "title"),
            _moment(clock, "start"),
            _moment(clock, "end"),
            Field("length_seconds", as_exact, _exact_out, None),
            Field("layer", _choice(Layer), str, Layer.SCORE),
            Field("way_in", _choice(WayIn), str, WayIn.HARD),
            Field("way_out", _choice(WayOut), str, WayOut.RING_OFF),
            Field("status", _choice(CueStatus), str, CueStatus.PROPOSED),
            Field("take", as_text, str, ""),
            Field("timing", _choice(CueTiming), str, CueTiming.HOUSE),
            Field("groove", _choice(Groove), str, Groove.AUTO),
            Field("added_notes", as_switch, bool, True),
            Field("everyone", as_switch, bool, True),
            Field("players", as_words, list, ()),
            Field("option", _choice(ScoringOption), str, ScoringOption.BALANCED),
            Field("level", _choice(ScoringLevel), str, ScoringLevel.FULL),
            Field("assign", as_words, list, ()),
            Field("tone", as_words, list, ()),
            *(Field(str(kind), as_curve, _curve_out, ()) for kind in CurveKind),
            *_MAP_WISHES,
            Field("steady", spans, spans_out, ()),
            *(Field(key, as_words, list, ()) for key in ("references", "avoid", "scenes")),
            Field("scene_from", as_exact, _exact_out, Fraction(0)),
            Field("scene_until", as_exact, _exact_out, Fraction(1)),
            *_texts(
                Cue,
                *("theme", "ensemble", "style", "composer", "orchestrator"),
                *("written_to", "segue_to", "song", "singer", "start_at"),
            ),
            Field("version", as_text, str, "v1"),
            Field("dialogue", spans, spans_out, ()),
            Field("why", as_words, list, ()),
            Field("kept", as_switch, bool, False),
        )
    )


def scene_shape(clock: FilmClock) -> TableShape:
    """`[[scene]]` of scenes.toml: what lasts of a scene through all drafts of the screenplay."""
    return TableShape(
        (
            Field("id", as_text, str, required=True),
            *_texts(Scene, "number", "heading"),
            Field("omitted", as_switch, bool, False),
            Field("timed_seconds", as_exact, _exact_out, None),
            _moment(clock, "start"),
            _moment(clock, "end"),
            *_texts(Scene, "picture"),
            Field("by_hand", as_switch, bool, False),
            Field("drawn", as_switch, bool, False),
            *_texts(Scene, "words"),
        )
    )


def hit_shape(clock: FilmClock) -> TableShape:
    """`[[hit]]` of `cues/<id>/hits.toml`; tolerances and aim in frames."""
    return TableShape(
        (
            Field("id", as_text, str, required=True),
            _moment(clock, "at", required=True),
            *_texts(Hit, "words"),
            Field("kind", _choice(HitKind), str, HitKind.ACCENT),
            Field("weight", as_whole, int, 3),
            Field("want", _choice(HitWant), str, HitWant.BEAT),
            *(
                Field(key, as_exact, _exact_out, _default_of(Hit, key))
                for key in ("early_frames", "late_frames", "aim_frames")
            ),
            Field("locked", as_switch, bool, False),
            Field("streamer", as_switch, bool, False),
            Field("status", _choice(HitStatus), str, HitStatus.PROPOSED),
            *_texts(Hit, "why"),
        )
    )
