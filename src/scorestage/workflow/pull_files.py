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
from scorestage.adapters.store import write_bytes
from scorestage.errors import FormatError, InputError, ScorestageError, Where
from scorestage.timebase import FilmClock
from scorestage.timebase.pull import Pull
from scorestage.workflow.map_alone import read_map_alone
from scorestage.workflow.played_answers import write_map_file

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
    if suffix == ".wav":
        return _pulled_sound(path, pull, clock, target)
    if suffix in (".csv", ".tsv") and not _is_map(path):
        return _pulled_list(path, pull, clock, target)
    tempo_map = pull.map(read_map_alone(path, clock))
    lost = write_map_file(target, tempo_map, clock, path.stem)
    return PulledFile(target, tuple(f"not carried: {words}" for words in lost))


def _pulled_sound(path: Path, pull: Pull, clock: FilmClock, target: Path) -> PulledFile:
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
    stamp = header.stamp
    if stamp is not None:
        begins = Fraction(clock.start_frames) / clock.rate.frames_per_second
        at = Fraction(stamp.start_samples, header.rate_hz) - begins
        moved = max(Fraction(0), begins + at / factor)
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
