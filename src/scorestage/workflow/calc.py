"""`calc`: moments, lengths and tempos of film, by themselves and exact."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scorestage.errors import InputError, TimecodeError
from scorestage.timebase import (
    FRAMES_PER_FOOT_16,
    FRAMES_PER_FOOT_35,
    Beat,
    Beats,
    FeetFrames,
    FilmClock,
    FilmSpan,
    FilmTime,
    FrameRate,
    Ramp,
    RampLaw,
    Tempo,
    Timecode,
    clock_text,
    end_tempo,
    feet_text,
    frame_rate,
    read_feet,
    read_number,
    read_tempo,
    timecode_text,
)
from scorestage.workflow.tell import tell_moment

NEAREST_FRAME = "nearest frame, a tie goes later"
_HALF = Fraction(1, 2)
_16MM = re.compile(r"-?\d+\+\d{1,2}(\.\d+)?")
_DAY_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked, worked out: `told` for programs, `lines` (what, how much) for people."""

    told: dict[str, Any]
    lines: tuple[tuple[str, str], ...]


def exact_and_float(key: str, number: Fraction) -> dict[str, Any]:
    """A number for an answer: exact as text, and the float beside it.

    >>> exact_and_float("bpm", Fraction(1920, 17))
    {'bpm': '1920/17', 'bpm_float': 112.94117647058823}
    """
    return {key: str(number), f"{key}_float": float(number)}


def shown(number: Fraction, decimals: int = 4) -> str:
    """A number for people: exact where it is short, else rounded and marked as such.

    >>> shown(Fraction(96)), shown(Fraction("93.5")), shown(Fraction(1920, 17))
    ('96', '93.5', '≈112.9412')
    """
    scaled = number * 10**decimals
    text = f"{float(number):.{decimals}f}".rstrip("0").rstrip(".")
    return text if scaled.denominator == 1 else f"≈{text}"


def read_length(text: str, rate: FrameRate, tempo: Tempo | None = None) -> FilmSpan:
    """A length: seconds (`2`, `2 2/3`), frames (`48f`), feet (`3+00`), timecode, beats (`4b`).

    Beats count the click of `tempo`; without one they are refused.
    """
    text = text.strip()
    if match := re.fullmatch(r"(.+?)\s*(?:b|beats?)", text):
        if tempo is None:
            raise InputError(f"{text!r} needs a tempo", do="name it: --bpm 96")
        return FilmSpan(60 * read_number(match[1]) / tempo.bpm)
    try:
        return FilmSpan(read_number(text))
    except TimecodeError:
        return FilmClock(rate).read(text) - FilmTime(0)


def moment(text: str, rate: str, start: str, gauge: int = 35, rate_hz: int = 48_000) -> Answer:
    """One moment in every way the trade writes it; `gauge` 16 reads feet as those of 16 mm film."""
    frames_per_second = frame_rate(rate)
    first = Timecode.parse(start, frames_per_second).frames
    clock = FilmClock(frames_per_second, first)
    at = _read_16mm(text, clock) if gauge == 16 else clock.read(text)
    frame = frames_per_second.nearest_frame(at)
    exact_frames = at.seconds * frames_per_second.frames_per_second
    stamp = (first / frames_per_second.frames_per_second + at.seconds) % _DAY_SECONDS * rate_hz
    told = {
        **tell_moment("at", at),
        "timecode": clock.nearest_label(at),
        "frame": frame,
        "feet_35mm": str(FeetFrames(frame)),
        "feet_16mm": str(FeetFrames(frame, FRAMES_PER_FOOT_16)),
        "clock": clock_text(at.seconds),
        "rate": frames_per_second.name,
        "rounding": NEAREST_FRAME,
        "off_frames": str(frame - exact_frames),
        **exact_and_float("frames", exact_frames),
        "timecode_unrounded": timecode_text(first + exact_frames, frames_per_second),
        "feet_35mm_unrounded": feet_text(exact_frames, FRAMES_PER_FOOT_35),
        "feet_16mm_unrounded": feet_text(exact_frames, FRAMES_PER_FOOT_16),
        "samples_hz": rate_hz,
        **exact_and_float("samples_since_midnight", stamp),
        "samples_since_midnight_rounded": (stamp + _HALF).__floor__(),
    }
    off = frame - exact_frames
    lines = [
        ("timecode", f"{told['timecode']}  ({frames_per_second.name} frames a second)"),
        ("clock", str(told["clock"])),
        ("seconds", f"{at.seconds}" + _about(at.seconds)),
        ("frame", str(frame)),
        ("feet+frames", f"{told['feet_35mm']} (35 mm)  {told['feet_16mm']} (16 mm)"),
        ("BWF stamp", f"{told['samples_since_midnight_rounded']} samples at {rate_hz} Hz"),
    ]
    if off:
        lines.append(("rounded", f"to the {NEAREST_FRAME}; by {shown(off)} frames"))
        lines.append(("unrounded", f"{told['timecode_unrounded']}  {told['feet_35mm_unrounded']}"))
    return Answer(told, tuple(lines))


def _read_16mm(text: str, clock: FilmClock) -> FilmTime:
    """Feet+frames of 16 mm where that is what is written."""
    if not _16MM.fullmatch(text.strip()):
        return clock.read(text)
    return FilmTime(read_feet(text, FRAMES_PER_FOOT_16) / clock.rate.frames_per_second)


def _about(number: Fraction) -> str:
    return "" if number.denominator == 1 else f"  = {float(number):.6f}"


def added(terms: tuple[str, ...], rate: str) -> Answer:
    """Lengths added and taken off: `39+14 plus 1769+07 minus 1f`; each in any way of writing."""
    frames_per_second = frame_rate(rate)
    if len(terms) % 2 == 0 or any(word not in ("plus", "minus") for word in terms[1::2]):
        told = "write for example: calc sum 39+14 plus 1769+07 minus 1f"
        raise InputError("lengths must stand between 'plus' and 'minus'", do=told)
    whole = read_length(terms[0], frames_per_second)
    for word, term in zip(terms[1::2], terms[2::2], strict=True):
        length = read_length(term, frames_per_second)
        whole = whole + length if word == "plus" else whole - length
    return length_answer(whole, frames_per_second, "sum")


def length_answer(length: FilmSpan, rate: FrameRate, what: str) -> Answer:
    """A length in seconds, frames, feet+frames of both gauges and as timecode."""
    frames = rate.frames_in(length)
    whole = (frames + _HALF).__floor__()
    told = {
        **tell_moment("length", length.seconds),
        **exact_and_float("frames", frames),
        "frames_rounded": whole,
        "feet_35mm": str(FeetFrames(whole)),
        "feet_16mm": str(FeetFrames(whole, FRAMES_PER_FOOT_16)),
        "timecode": Timecode(whole, rate).as_length,
        "clock": clock_text(length.seconds),
        "rate": rate.name,
        "rounding": NEAREST_FRAME,
        "off_frames": str(whole - frames),
    }
    lines = [
        (what, f"{clock_text(length.seconds)}  {length.seconds} s"),
        ("frames", f"{shown(frames)}  at {rate.name}"),
        ("feet+frames", f"{told['feet_35mm']} (35 mm)  {told['feet_16mm']} (16 mm)"),
        ("timecode", str(told["timecode"])),
    ]
    if whole != frames:
        lines.append(("rounded", f"to the {NEAREST_FRAME}; by {shown(whole - frames)} frames"))
    return Answer(told, tuple(lines))


def streamer(length: str, rate: str, hit: str = "", bpm: str = "") -> Answer:
    """A streamer's length in every measure; with a `hit`, the frame where it must start.

    Its line arrives on the hit's frame: the start is counted back in frames, never in labels.
    """
    frames_per_second = frame_rate(rate)
    tempo = read_tempo(bpm, frames_per_second) if bpm else None
    answer = length_answer(
        read_length(length, frames_per_second, tempo), frames_per_second, "length"
    )
    frames = int(answer.told["frames_rounded"])
    if frames < 1:
        raise InputError(f"a streamer of {length} is shorter than a frame", do="make it longer")
    told, lines = dict(answer.told), list(answer.lines)
    if hit:
        clock = FilmClock(frames_per_second)
        last = frames_per_second.nearest_frame(clock.read(hit))
        labels = [str(Timecode(frame, frames_per_second)) for frame in (last - frames, last)]
        told |= {"start_frame": last - frames, "start_timecode": labels[0]}
        told |= {"hit_frame": last, "hit_timecode": labels[1]}
        lines += [("starts at", labels[0]), ("arrives at", labels[1])]
    return Answer(told, tuple(lines))


def tempo_of(beats: str, length: str, rate: str) -> Answer:
    """The tempo at which so many beats last so long."""
    frames_per_second = frame_rate(rate)
    count, played = read_number(beats), read_length(length, frames_per_second)
    if count <= 0 or played.seconds <= 0:
        raise InputError("no tempo has no beats or no length", do="give more than nothing of both")
    bpm = 60 * count / played.seconds
    told = {
        **exact_and_float("bpm", bpm),
        **exact_and_float("beats", count),
        **tell_moment("length", played.seconds),
        **exact_and_float("frames_per_beat", frames_per_second.frames_in(played) / count),
        "rounding": "none: exact",
    }
    per_beat = shown(frames_per_second.frames_in(played) / count)
    lines = (("tempo", f"{shown(bpm)} bpm"), ("frames a beat", per_beat))
    return Answer(told, lines)


def ramp(start: str, end: str, beats: str, length: str, rate: str) -> Answer:
    """A gradual change under every law: how long it lasts, or (with a length) where it must end."""
    frames_per_second = frame_rate(rate)
    first, count = read_tempo(start, frames_per_second), Beats(read_number(beats))
    if bool(end) == bool(length):
        raise InputError("a ramp needs its end tempo or its length", do="give --to or --length")
    if count.quarters <= 0:
        raise InputError(f"a ramp over {beats} beats is none", do="give more than nothing")
    told: dict[str, Any] = {"rounding": "1 ns, and 1e-9 bpm where no exact value exists"}
    lines, refused = [], list[InputError]()
    for law in RampLaw:
        try:
            last, played = _ramp_by(law, first, count, end, length, frames_per_second)
        except InputError as fault:
            refused.append(fault)
            told[str(law).replace(" ", "_")] = None
            lines.append((str(law), f"not possible: {fault.what}"))
            continue
        told[str(law).replace(" ", "_")] = {
            **exact_and_float("to_bpm", last.bpm),
            **tell_moment("length", played.seconds),
            **exact_and_float("frames", frames_per_second.frames_in(played)),
        }
        lasting = f"{float(played.seconds):.6f} s, {shown(frames_per_second.frames_in(played), 3)}"
        lines.append((str(law), f"to {shown(last.bpm, 5)} bpm in {lasting} frames"))
    if len(refused) == len(RampLaw):
        raise refused[0]
    return Answer(told, tuple(lines))


def _ramp_by(
    law: RampLaw, first: Tempo, count: Beats, end: str, length: str, rate: FrameRate
) -> tuple[Tempo, FilmSpan]:
    """The tempo a ramp ends at and what it lasts, one of the two said."""
    if length:
        played = read_length(length, rate)
        return end_tempo(first, count, played, law), played
    last = read_tempo(end, rate)
    return last, FilmSpan(Ramp(Beat(0), count, first, last, law).seconds_after(count))


def pull(tempo: str, first: str, then: str, length: str) -> Answer:
    """What becomes of a tempo, of sound and of a length where film of one rate runs at another."""
    was, now = frame_rate(first), frame_rate(then)
    ratio = now.frames_per_second / was.frames_per_second
    wanted = read_tempo(tempo, was)
    told: dict[str, Any] = {
        **exact_and_float("bpm", wanted.bpm),
        **exact_and_float("pulled_bpm", wanted.bpm * ratio),
        **exact_and_float("percent", 100 * (ratio - 1)),
        "cents_float": 1200 * math.log2(ratio),
        **exact_and_float("sample_rate_48000_hz", 48_000 * ratio),
        "rounding": "none: exact; cents to double precision",
    }
    lines = [
        ("tempo", f"{shown(wanted.bpm)} bpm at {was.name} is {shown(wanted.bpm * ratio)}"),
        ("speed", f"{shown(100 * (ratio - 1))} %, {told['cents_float']:+.4f} cents"),
        ("48000 Hz", f"runs as {shown(48_000 * ratio, 3)} Hz"),
    ]
    if length:
        span = read_length(length, was)
        late = FilmSpan(span.seconds / ratio - span.seconds)
        told |= tell_moment("length", span.seconds)
        told |= tell_moment("pulled_length", span.seconds / ratio)
        told |= exact_and_float("drift_frames", now.frames_in(late))
        side = "later" if late.seconds >= 0 else "earlier"
        words = f"{float(span.seconds + late.seconds):.4f} s"
        ends = f"they end {shown(abs(now.frames_in(late)))} frames {side}"
        lines.append((f"{shown(span.seconds)} s", f"last {words}; {ends}"))
    return Answer(told, tuple(lines))
