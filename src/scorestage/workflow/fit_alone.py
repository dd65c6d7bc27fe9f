"""`fit --hits`: a fit from a list of hits, without a project."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from pathlib import Path

from scorestage.errors import FormatError, InputError, ScorestageError, Where
from scorestage.production import Hit, HitWant
from scorestage.tempofit import Candidate, FitSettings, fit
from scorestage.timebase import FilmClock, FrameRate, frame_rate
from scorestage.workflow.fit import FitWish

COLUMNS = ("id", "at", "weight", "want", "early_frames", "late_frames", "locked", "words")
_YES = ("1", "true", "yes", "y", "x")
_NO = ("", "0", "false", "no", "n")


def fit_alone(
    hits: Path, start: str, end: str, rate: str, wish: FitWish
) -> tuple[tuple[Candidate, ...], FrameRate]:
    """Ranked maps for the hits of a CSV file; timecode counts from 00:00:00:00."""
    frames = frame_rate(rate)
    clock = FilmClock(frames)
    found = read_hits(hits, clock)
    until = clock.read(end) if end else None
    settings = wish.settings(FitSettings())
    return fit(clock.read(start), until, found, frames, settings), frames


def read_hits(path: Path, clock: FilmClock) -> tuple[Hit, ...]:
    """Hits of a CSV with the columns `id,at` and, if wanted, the others of `COLUMNS`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError(f"the hits cannot be read: {fault}", Where(file=path)) from None
    rows = csv.DictReader(io.StringIO(text), skipinitialspace=True)
    heads = [head.strip() for head in rows.fieldnames or ()]
    if not {"id", "at"} <= set(heads):
        raise FormatError(
            "this is no list of hits: the first line must name the columns",
            Where(file=path, line=1),
            f"at least id,at; also {', '.join(COLUMNS[2:])}",
        )
    found = []
    try:
        for row in rows:
            cells = {key.strip(): (cell or "").strip() for key, cell in row.items() if key}
            found.append(_hit(cells, clock))
    except (csv.Error, ValueError, ZeroDivisionError, ScorestageError) as fault:
        what = fault.what if isinstance(fault, ScorestageError) else str(fault)
        do = fault.do if isinstance(fault, ScorestageError) else ""
        raise FormatError(what, Where(file=path, line=rows.line_num), do) from None
    ids = [hit.id for hit in found]
    if len(set(ids)) != len(ids):
        twin = next(one for one in ids if ids.count(one) > 1)
        raise FormatError(f"the id {twin!r} is used twice", Where(file=path))
    return tuple(found)


def _hit(cells: dict[str, str], clock: FilmClock) -> Hit:
    if not cells["id"]:
        raise ValueError("a hit without an id")
    plain = Hit("plain", clock.read("0"))
    return Hit(
        id=cells["id"],
        at=clock.read(cells["at"]),
        words=cells.get("words", ""),
        weight=_whole(cells.get("weight") or str(plain.weight)),
        want=_want(cells.get("want") or plain.want),
        early_frames=Fraction(cells.get("early_frames") or plain.early_frames),
        late_frames=Fraction(cells.get("late_frames") or plain.late_frames),
        locked=_switch(cells.get("locked", "")),
    )


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(f"the weight {text!r} is no whole number")
    return int(text)


def _want(text: str) -> HitWant:
    if text not in tuple(HitWant):
        raise ValueError(f"{text!r} is none of: {', '.join(HitWant)}")
    return HitWant(text)


def _switch(text: str) -> bool:
    if text.lower() not in _YES + _NO:
        raise ValueError(f"locked is {text!r}: write yes or no")
    return text.lower() in _YES
