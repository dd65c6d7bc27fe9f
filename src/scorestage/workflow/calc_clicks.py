"""`calc`: frame clicks, written clicks and sync beats."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from scorestage.errors import InputError
from scorestage.timebase import (
    FRAMES_PER_FOOT_16,
    FRAMES_PER_FOOT_35,
    WRITTEN_COUNTS,
    FilmClock,
    FilmSpan,
    FilmTime,
    FrameClick,
    FrameRate,
    Meter,
    Tempo,
    Timecode,
    WrittenClick,
    beat_text,
    best_written_click,
    click_number,
    clock_text,
    drift_per_minute,
    feet_text,
    frame_rate,
    nearest_third,
    read_meter,
    read_number,
    read_tempo,
    thirds_of,
    timecode_text,
)
from scorestage.workflow.calc import Answer, exact_and_float, shown
from scorestage.workflow.tell import tell_moment

THIRD_UP = "nearest third of a second, a tie goes up"
BEAT_THIRD = "nearest third of a beat, a tie goes later"
EIGHTH = "nearest eighth of a frame"
_MICROSECONDS = 60_000_000
_LONGEST_BEATS = 999
_UNITS = {Fraction(1): "♩", Fraction(3, 2): "♩.", Fraction(1, 2): "♪", Fraction(2): "half note"}


def frame_click(tempo: str, rate: str) -> Answer:
    """Beats a minute and frame clicks (frames-eighths), both ways, with what rounding costs."""
    fps = frame_rate(rate)
    if re.fullmatch(r"\s*\d+[-/]\d+\s*", tempo):
        click = FrameClick.parse(tempo)
        wanted = click.tempo(fps)
    else:
        wanted = read_tempo(tempo, fps)
        click = FrameClick.nearest(wanted, fps)
    real = click.tempo(fps)
    drift = fps.frames_in(drift_per_minute(wanted, real))
    per_beat = 60 * fps.frames_per_second / wanted.bpm
    midi = (_MICROSECONDS / wanted.bpm + Fraction(1, 2)).__floor__()
    late_ms = midi - _MICROSECONDS / wanted.bpm
    steps = [FrameClick(click.eighths + step) for step in (-1, 1) if click.eighths + step > 0]
    neighbours = [_neighbour(one, wanted, fps) for one in steps]
    told = {
        **exact_and_float("bpm", wanted.bpm),
        "frame_click": str(click),
        **exact_and_float("frame_click_bpm", real.bpm),
        **exact_and_float("frames_per_beat", per_beat),
        "drift_frames_per_minute": float(drift),
        "drift_frames_per_minute_exact": str(drift),
        **tell_moment("click", click.span(fps).seconds),
        "rate": fps.name,
        "rounding": EIGHTH,
        "neighbours": neighbours,
        "midi_microseconds_per_beat": midi,
        "midi_drift_ms_per_1000_beats": float(late_ms),
        "written": _written(best_written_click(wanted), wanted, fps),
    }
    lines = [
        ("tempo", f"{shown(wanted.bpm)} bpm, {shown(per_beat)} frames a beat"),
        ("frame click", f"{click}  = {shown(real.bpm)} bpm at {fps.name} ({EIGHTH})"),
        ("drift", _drift_words(drift_per_minute(wanted, real), fps)),
        ("beside it", ", ".join(f"{n['frame_click']} = {n['bpm_float']:.4f}" for n in neighbours)),
        ("written click", _written_words(best_written_click(wanted), wanted, fps)),
    ]
    return Answer(told, tuple(lines))


def _neighbour(click: FrameClick, wanted: Tempo, fps: FrameRate) -> dict[str, Any]:
    drift = fps.frames_in(drift_per_minute(wanted, click.tempo(fps)))
    return {
        "frame_click": str(click),
        **exact_and_float("bpm", click.tempo(fps).bpm),
        **exact_and_float("drift_frames_per_minute", drift),
    }


def written_click(tempo: str, rate: str, beats: int = 0, meter: str = "") -> Answer:
    """What a conductor is told by the stop clock: beats in seconds and thirds, and what it costs.

    `beats` counts clicks; without them one bar of `meter`, and without that 4. The tempo counts the
    click unit of the meter: 6/8 at 88 is 88 dotted quarters.
    """
    fps = frame_rate(rate)
    bar = read_meter(meter) if meter else None
    unit = bar.click if bar is not None else Meter(4, 4).click
    wanted = read_tempo(tempo, fps, unit)
    count = beats or (len(bar.clicks) if bar is not None else 4)
    if not 1 <= count <= _LONGEST_BEATS:
        raise InputError(f"nobody counts {count} beats", do=f"count 1 to {_LONGEST_BEATS}")
    asked, best = WrittenClick.nearest(wanted, count), best_written_click(wanted)
    told = {
        **exact_and_float("bpm", wanted.bpm),
        "unit_quarters": str(unit.quarters),
        "meter": str(bar) if bar is not None else None,
        "rate": fps.name,
        **_written(asked, wanted, fps),
        "best": _written(best, wanted, fps),
        "counts": [_written(WrittenClick.nearest(wanted, n), wanted, fps) for n in WRITTEN_COUNTS],
        "rounding": THIRD_UP,
    }
    name = _UNITS.get(unit.quarters, f"{unit.quarters} quarters")
    lines = [
        ("tempo", f"{name} = {shown(wanted.bpm)}" + (f" in {bar}" if bar is not None else "")),
        ("written click", _written_words(asked, wanted, fps)),
        ("best of 2 to 16", _written_words(best, wanted, fps)),
        ("rounded", f"to the {THIRD_UP}"),
    ]
    return Answer(told, tuple(lines))


def _written(click: WrittenClick, wanted: Tempo, fps: FrameRate) -> dict[str, Any]:
    exact = 60 * click.beats / wanted.bpm
    drift = drift_per_minute(wanted, click.tempo)
    return {
        "beats": click.beats,
        "text": str(click),
        **exact_and_float("seconds", click.played.seconds),
        **exact_and_float("unrounded_seconds", exact),
        **exact_and_float("real_bpm", click.tempo.bpm),
        **exact_and_float("drift_seconds_per_minute", drift.seconds),
        **exact_and_float("drift_frames_per_minute", fps.frames_in(drift)),
        "exact": exact == click.played.seconds,
    }


def _written_words(click: WrittenClick, wanted: Tempo, fps: FrameRate) -> str:
    if click.tempo.bpm == wanted.bpm:
        return f"{click}  = {shown(wanted.bpm)} bpm exactly"
    drift = _drift_words(drift_per_minute(wanted, click.tempo), fps)
    return f"{click}  = {shown(click.tempo.bpm)} bpm really; {drift}"


def _drift_words(drift: FilmSpan, fps: FrameRate) -> str:
    if not drift.seconds:
        return "none"
    side = "late" if drift.seconds > 0 else "early"
    frames = abs(float(fps.frames_in(drift)))
    return f"{abs(float(drift.seconds)):.3f} s ({frames:.2f} frames) {side} after a minute"


def sync_beat(
    tempo: str, at: str, rate: str, start: str = "", beats: int = 0, meter: str = ""
) -> Answer:
    """On which beat a sync point falls: B = bpm · sp / 60 + 1, exactly and in thirds.

    `sp` runs from `start` (beat 1) to `at`. From the nominal tempo, from what the written click of
    `beats` (else of a bar, else of 4) really is, from the best written click and the frame click.
    """
    fps = frame_rate(rate)
    bar = read_meter(meter) if meter else Meter(4, 4)
    wanted = read_tempo(tempo, fps, bar.click)
    clock = FilmClock(fps)
    into = clock.read(at) - (clock.read(start) if start else FilmTime(0))
    asked = WrittenClick.nearest(wanted, beats or len(bar.clicks))
    best, click = best_written_click(wanted), FrameClick.nearest(wanted, fps)
    real = {
        "real": (str(asked), Tempo(asked.tempo.bpm)),
        "best_written": (str(best), Tempo(best.tempo.bpm)),
        "frame_click": (str(click), click.tempo(fps)),
    }
    told: dict[str, Any] = {
        **exact_and_float("bpm", wanted.bpm),
        **tell_moment("sync_point", into.seconds),
        **_beat(into, wanted, fps),
        **{key: {"click": text, **_beat(into, one, fps)} for key, (text, one) in real.items()},
        "rate": fps.name,
        "rounding": BEAT_THIRD,
    }
    names = {"real": "written click", "best_written": "best written", "frame_click": "frame click"}
    lines = [("sync point", f"{clock_text(into.seconds)} after beat 1")]
    lines.append((f"{shown(wanted.bpm)} bpm", _beat_words(into, wanted, fps)))
    for key, (text, one) in real.items():
        words = f"{text} = {shown(one.bpm)} bpm: {_beat_words(into, one, fps)}"
        lines.append((names[key], words))
    lines.append(("rounded", f"to the {BEAT_THIRD}"))
    return Answer(told, tuple(lines))


def _beat(into: FilmSpan, tempo: Tempo, fps: FrameRate) -> dict[str, Any]:
    exact = click_number(into, tempo)
    third = nearest_third(exact)
    late = FilmSpan((third - exact) * 60 / tempo.bpm)
    return {
        **exact_and_float("tempo_bpm", tempo.bpm),
        **exact_and_float("beat", exact),
        "beat_thirds": str(third),
        "beat_text": beat_text(thirds_of(exact)),
        **exact_and_float("off_frames", fps.frames_in(late)),
    }


def _beat_words(into: FilmSpan, tempo: Tempo, fps: FrameRate) -> str:
    told = _beat(into, tempo, fps)
    off = Fraction(told["off_frames"])
    if not off:
        return f"beat {told['beat_text']} exactly"
    side = "late" if off > 0 else "early"
    return f"beat {told['beat_text']} ({abs(float(off)):.2f} frames {side})"


def beat_time(tempo: str, beat: str, rate: str, start: str = "00:00:00:00") -> Answer:
    """When a beat sounds: (n - 1) · 60 / bpm after beat 1, whose timecode is `start`."""
    fps = frame_rate(rate)
    wanted, number = read_tempo(tempo, fps), read_number(beat)
    first = Timecode.parse(start, fps).frames
    seconds = (number - 1) * 60 / wanted.bpm
    frames = seconds * fps.frames_per_second
    at = FilmTime(seconds)
    told = {
        **exact_and_float("bpm", wanted.bpm),
        **exact_and_float("beat", number),
        **tell_moment("at", at),
        "clock": clock_text(seconds),
        **exact_and_float("frames", frames),
        "frame": fps.nearest_frame(at),
        "timecode": FilmClock(fps, first).nearest_label(at),
        "timecode_unrounded": timecode_text(first + frames, fps),
        "feet_35mm": feet_text(Fraction(fps.nearest_frame(at)), FRAMES_PER_FOOT_35, 0),
        "feet_16mm": feet_text(Fraction(fps.nearest_frame(at)), FRAMES_PER_FOOT_16, 0),
        "off_frames": str(fps.nearest_frame(at) - frames),
        "rate": fps.name,
        "rounding": "nearest frame, a tie goes later",
    }
    lines = (
        (f"beat {beat.strip()}", f"{clock_text(seconds)}  {seconds} s"),
        ("frames", f"{shown(frames, 3)}  at {fps.name}"),
        ("timecode", str(told["timecode"])),
        ("feet+frames", f"{told['feet_35mm']} (35 mm)  {told['feet_16mm']} (16 mm)"),
    )
    return Answer(told, lines)
