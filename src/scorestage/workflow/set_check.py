"""`check --set`: the part files of a cue as they lie in a folder, against their score."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from scorestage.adapters.catalogue import load_house
from scorestage.adapters.formats.musicxml import read_score, read_sheets
from scorestage.adapters.machines.page_facts import page_file
from scorestage.engraving.alike import told_apart
from scorestage.engraving.setcheck import (
    ListedFile,
    Outlook,
    PageFile,
    SetFault,
    SetFiles,
    SheetBar,
    SheetFile,
    Turning,
    check_set,
)
from scorestage.errors import FormatError, InputError, ScorestageError, Where
from scorestage.production import House
from scorestage.timebase import TempoMap

MUSIC = (".musicxml", ".xml", ".mxl")
_NO_PARTS = (
    *("score", "sketch", "print-list", "print_list", "booklet", "reprint", "conductor"),
    *("stop-clock", "timing-notes", "_click"),
)
_SCORE_WORDS = ("Score in C", "Transposed score", "Full Score", "Sketch in C", "Print list")
_LARGEST_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True)
class SetReport:
    """What was read, and every fault found."""

    score: str
    music_files: tuple[str, ...]
    page_files: tuple[str, ...]
    faults: tuple[SetFault, ...]


def check_folder(
    folder: Path,
    score: Path | None = None,
    *,
    tempo_map: TempoMap | None = None,
    house: House | None = None,
) -> SetReport:
    """Check all part files in `folder` against `score`, or the score found there or one folder up.

    `tempo_map` is the click map (none: the score's own tempos tell how long a turn has).

    Raises `InputError` where there is no such folder, or no score to hold the parts against.
    """
    if not folder.is_dir():
        raise InputError("there is no such folder of parts", Where(file=folder))
    house = load_house("los-angeles") if house is None else house
    paths = sorted(one for one in folder.rglob("*") if one.is_file() and one.name[0] != ".")
    unread: list[tuple[str, str]] = []
    music = [one for one in paths if one.suffix.lower() in MUSIC]
    score = score or _score_in(music, folder)
    if not score.is_file():
        raise InputError("there is no such score", Where(file=score))
    whole = _sheets(score, score.name)
    parts = []
    for path in music:
        if path.samefile(score) or _named_as_no_part(path):
            continue
        try:
            parts.append(_sheets(path, _named(path, folder)))
        except ScorestageError as fault:
            unread.append((_named(path, folder), fault.what))
    whole = _with_names_apart(whole, parts)
    pages = _all_pages(paths, folder, unread)
    listed, score_pages = _listed(paths, folder, unread)
    outlook = _outlook(score, whole, tempo_map, house)
    files = SetFiles(whole, tuple(parts), pages, tuple(unread), listed, score_pages)
    faults = check_set(files, outlook)
    return SetReport(
        score.name, tuple(one.file for one in parts), tuple(one.file for one in pages), faults
    )


def set_report_told(report: SetReport) -> dict[str, Any]:
    """The report as the answer of `--json`."""
    faults = [
        {
            "kind": fault.kind,
            "severity": str(fault.severity),
            "player": fault.player,
            "file": fault.file,
            "bar": fault.bar,
            "bar_index": fault.bar_index,
            "beat": fault.beat,
            "message": fault.message,
            "repair": fault.repair,
        }
        for fault in report.faults
    ]
    return {
        "score": report.score,
        "music_files": list(report.music_files),
        "page_files": list(report.page_files),
        "faults": faults,
    }


def _named(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _named_as_no_part(path: Path) -> bool:
    stem = path.stem.casefold()
    return any(stem.endswith(word) for word in _NO_PARTS)


def _score_above(folder: Path) -> Path | None:
    """The one score beside a folder `parts`, as a cue is built."""
    if folder.resolve().name != "parts":
        return None
    beside = sorted(folder.resolve().parent.glob("*score.musicxml"))
    return beside[0] if len(beside) == 1 else None


def _score_in(music: list[Path], folder: Path) -> Path:
    """The file of a folder that is called a score, or beside it, else that with most players."""
    named = [one for one in music if one.stem.casefold().endswith("score")]
    if len(named) == 1:
        return named[0]
    if not named and (above := _score_above(folder)) is not None:
        return above
    counted = []
    for path in music:
        try:
            counted.append((len(_sheets(path, path.name).sheets), path))
        except ScorestageError:
            continue
    best = max(counted, key=lambda pair: pair[0], default=None)
    if best is None or best[0] < 2:
        raise InputError(
            "there is no score in this folder to hold the parts against",
            do="name it: scorestage check SCORE.musicxml --set DIR",
        )
    return best[1]


def _read(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST_BYTES:
        raise FormatError("is far too large", Where(file=path))
    return path.read_bytes()


def _sheets(path: Path, name: str) -> SheetFile:
    return read_sheets(_read(path), name, path.stat().st_mtime_ns)


def _all_pages(
    paths: list[Path], folder: Path, unread: list[tuple[str, str]]
) -> tuple[PageFile, ...]:
    found = []
    for path in paths:
        if path.suffix.lower() != ".pdf" or _named_as_no_part(path):
            continue
        name = _named(path, folder)
        try:
            file = page_file(_read(path), name, path.stat().st_mtime_ns)
        except ScorestageError as fault:
            unread.append((name, fault.what))
            continue
        if not file.pages or not any(word in file.pages[0].text for word in _SCORE_WORDS):
            found.append(file)
    return tuple(found)


def _with_names_apart(whole: SheetFile, parts: Sequence[SheetFile]) -> SheetFile:
    """The score with its players of one name numbered as the parts have them, if they have."""
    old = [sheet.name for sheet in whole.sheets]
    new = told_apart(old)
    called = {sheet.name for part in parts for sheet in part.sheets}
    if not called & (set(new) - set(old)):
        return whole
    sheets = (replace(sheet, name=name) for sheet, name in zip(whole.sheets, new, strict=True))
    return replace(whole, sheets=tuple(sheets))


def _listed(
    paths: list[Path], folder: Path, unread: list[tuple[str, str]]
) -> tuple[tuple[ListedFile, ...], tuple[PageFile, ...]]:
    """The rows of a print list in the folder, and the score's pages it counts too."""
    found = [one for one in paths if one.suffix.lower() == ".csv" and _is_list(one)]
    if len(found) != 1:
        return (), ()
    with found[0].open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    listed = tuple(
        ListedFile(*((row.get(column) or "").strip() for column in ("File", "Copies", "Pages")))
        for row in rows
        if row.get("File")
    )
    names = {row.file for row in listed}
    score_pages = []
    for path in (*paths, *(_above(folder, name) for name in names)):
        if path is None or path.name not in names or path.suffix.lower() != ".pdf":
            continue
        if not _named_as_no_part(path):
            continue
        name = _named(path, folder) if path.is_relative_to(folder) else f"../{path.name}"
        try:
            score_pages.append(page_file(_read(path), name))
        except ScorestageError as fault:
            unread.append((name, fault.what))
    return listed, tuple(score_pages)


def _above(folder: Path, name: str) -> Path | None:
    """A file of that name one folder up, where the folder itself has none."""
    plain = Path(name).name == name and not (folder / name).exists()
    above = folder.resolve().parent / name
    return above if plain and above.is_file() else None


def _is_list(path: Path) -> bool:
    return path.stem.casefold().replace("_", " ").replace("-", " ").endswith("print list")


def _outlook(score: Path, whole: SheetFile, tempo_map: TempoMap | None, house: House) -> Outlook:
    own = tempo_map or _own_map(score)
    map_bars = _map_bars(tempo_map) if tempo_map is not None else ()
    seconds: tuple[Fraction, ...] = ()
    if own is not None:
        seconds = _bar_seconds(own, len(whole.sheets[0].bars))
    return Outlook(map_bars, Turning(house.open_pages, house.turn_seconds, seconds))


def _own_map(score: Path) -> TempoMap | None:
    try:
        return read_score(_read(score), score.name).tempo_map
    except ScorestageError:
        return None


def _map_bars(tempo_map: TempoMap) -> tuple[SheetBar, ...]:
    grid = tempo_map.grid
    pickup = (
        (SheetBar(str(grid.pickup_label), "", grid.pickup.quarters, implicit=True),)
        if grid.pickup.quarters
        else ()
    )
    bars = (
        SheetBar(
            str(bar.label),
            f"{bar.meter.numerator}/{bar.meter.denominator}",
            bar.meter.length.quarters,
        )
        for bar in grid.bars
    )
    return (*pickup, *bars)


def _bar_seconds(tempo_map: TempoMap, count: int) -> tuple[Fraction, ...]:
    """When the bars of the files begin, and as one more where the last ends; empty if not alike."""
    grid = tempo_map.grid
    starts = [*grid.starts]
    if grid.pickup.quarters:
        starts.insert(0, grid.starts[0] - grid.pickup)
    if len(starts) != count + 1:
        return ()
    return tuple(tempo_map.time_at(at).seconds for at in starts)
