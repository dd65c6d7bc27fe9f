"""`map pull FILE`: a map, a hit list or a sound file by itself, run at another speed."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

from scorestage.adapters.formats.wav import SampleFormat, read_wav, write_wav
from scorestage.adapters.session import Marker
from scorestage.adapters.store import write_bytes
from scorestage.errors import FormatError, InputError, ScorestageError, Where
from scorestage.timebase import RATES, FilmClock, FilmTime, Timecode
from scorestage.timebase.pull import Pull
from scorestage.workflow.exchange import bring, plain_session, put

MOST_PARTS = 30_000
"""Numerator and denominator of a pull of sound: more, and it is no ratio of frame rates."""
MOMENTS = ("at", "start", "end", "time", "seconds", "timecode", "position")
LOUDEST = 0.999


@dataclass(frozen=True, slots=True)
class PulledFile:
    """A file that was pulled, and what to know of it."""

    path: Path
    remarks: tuple[str, ...]


def pull_file(path: Path, pull: Pull, clock: FilmClock, out: Path | None = None) -> PulledFile:
    """Run what is in a file at another speed; written beside it, or to `out`."""
    if not path.is_file():
        raise InputError(f"there is no such file: {path}", do="check the name")
    target = out or path.with_name(f"{path.stem}_pulled{path.suffix}")
    if target.exists() and target.samefile(path):
        raise InputError("this would write over its own source", Where(file=target), "name another")
    suffix = path.suffix.lower()
    after = pulled_clock(pull, clock)
    if suffix == ".wav":
        return _pulled_sound(path, pull, (clock, after), target)
    if suffix in (".csv", ".tsv") and not _is_map(path):
        return _pulled_list(path, pull, clock, target)
    return _pulled_map(path, pull, (clock, after), target)


def pulled_clock(pull: Pull, clock: FilmClock) -> FilmClock:
    """How the pulled film counts: from the same label at its new rate, if that is of the trade.

    >>> pulled_clock(Pull("1000/1001"), FilmClock(RATES["24"], 86_400)).rate.name
    '23.976'
    """
    rate = clock.rate.frames_per_second * pull.factor
    known = [one for one in RATES.values() if one.frames_per_second == rate]
    same = [one for one in known if one.drop == clock.rate.drop]
    if not known:
        return clock
    after = (same or known)[0]
    first = str(Timecode(clock.start_frames, clock.rate)).replace(";", ":")
    seconds, _, frames = first.rpartition(":")
    label = f"{seconds}:{min(int(frames), after.nominal - 1):02}"
    return FilmClock(after, Timecode.parse(label, after).frames)


def _pulled_map(
    path: Path, pull: Pull, clocks: tuple[FilmClock, FilmClock], target: Path
) -> PulledFile:
    """A map with its markers; timecode keeps its labels, at the new rate."""
    brought = bring(path, clocks[0])
    found = brought.found
    if found.tempo_map is None and not found.markers:
        raise FormatError("the file holds neither a tempo map nor markers", Where(file=path))
    moved = replace(
        found,
        tempo_map=pull.map(found.tempo_map) if found.tempo_map is not None else None,
        markers=tuple(_pulled_marker(one, pull) for one in found.markers),
    )
    session = plain_session(replace(brought, found=moved), clocks[1], path.stem)
    _, written = put(session, target, "")
    remarks = [f"not carried: {words}" for words in written.not_carried]
    if found.losses:
        remarks.append(f"not read: {', '.join(found.losses)}")
    remarks = [*_counted(*clocks), *remarks]
    return PulledFile(target, tuple(remarks))


def _counted(before: FilmClock, after: FilmClock) -> tuple[str, ...]:
    """What becomes of timecode."""
    if after.rate == before.rate:
        return ()
    if (after.rate.nominal, after.rate.drop) == (before.rate.nominal, before.rate.drop):
        return (f"timecode keeps its labels, at {after.rate.name} frames a second",)
    first = after.nearest_label(FilmTime(0))
    return (
        f"timecode counts the same frames at {after.rate.name} a second, from the film's first, "
        f"{first} (--film-start says another)",
    )


def _pulled_marker(marker: Marker, pull: Pull) -> Marker:
    end = None if marker.end is None else pull.time(marker.end)
    return replace(marker, at=pull.time(marker.at), end=end)


def _pulled_sound(
    path: Path, pull: Pull, clocks: tuple[FilmClock, FilmClock], target: Path
) -> PulledFile:
    """Sound resampled to the new speed at its own sample rate; pitch moves with it."""
    factor = pull.factor
    if max(factor.numerator, factor.denominator) > MOST_PARTS:
        raise InputError(f"sound is not pulled by {factor}", do="name frame rates: --from --to")
    sound, header = read_wav(path)
    pulled = resample_poly(sound, factor.denominator, factor.numerator, axis=0, padtype="line")
    length = round(header.length_samples / factor)
    pulled = pulled[:length].astype(np.float32)
    remarks = [
        f"{header.length_samples} samples are {len(pulled)} now, {pull.cents:+.4f} cents; the same "
        f"samples would need {float(header.rate_hz * factor):.3f} Hz"
    ]
    peak = float(np.abs(pulled).max()) if len(pulled) else 0.0
    if peak > LOUDEST:
        pulled *= LOUDEST / peak
        remarks.append(f"turned down by {20 * np.log10(peak / LOUDEST):.2f} dB, or it would clip")
    stamp, about = header.stamp, pull.about.seconds
    if stamp is not None:
        begins, begins_then = (one.start_frames / one.rate.frames_per_second for one in clocks)
        at = Fraction(stamp.start_samples, header.rate_hz) - begins
        moved = max(Fraction(0), begins_then + (at - about) / factor + about)
        stamp = replace(stamp, start_samples=round(moved * header.rate_hz))
    kind = SampleFormat.FLOAT_32 if header.is_float else SampleFormat.PCM_24
    kind = SampleFormat.PCM_16 if header.bits == 16 else kind
    write_wav(target, pulled, header.rate_hz, kind, stamp)
    return PulledFile(target, tuple(remarks))


def _is_map(path: Path) -> bool:
    """Whether a table is a tempo map and no list of moments."""
    head = path.read_bytes()[:4096].decode("utf-8-sig", "replace").splitlines()[:1]
    return bool(head) and "bpm" in head[0].lower()


def _pulled_list(path: Path, pull: Pull, clock: FilmClock, target: Path) -> PulledFile:
    """A list of hits or markers: every column of moments, as exact seconds; the rest as it was."""
    try:
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error) as fault:
        raise FormatError(f"this is no list: {fault}", Where(file=path)) from None
    heads = [cell.strip().lower() for cell in rows[0]] if rows else []
    columns = [index for index, head in enumerate(heads) if head in MOMENTS]
    if not columns:
        known = ", ".join(MOMENTS)
        raise FormatError("no column holds moments", Where(file=path, line=1), f"known: {known}")
    for line, row in enumerate(rows[1:], start=2):
        for index in columns:
            if index < len(row) and row[index].strip():
                try:
                    row[index] = str(pull.time(clock.read(row[index])).seconds)
                except ScorestageError as fault:
                    where = Where(file=path, line=line)
                    raise FormatError(fault.what, where, fault.do) from None
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    write_bytes(target, text.getvalue().encode("utf-8"))
    return PulledFile(target, (f"{len(rows) - 1} rows moved",))
