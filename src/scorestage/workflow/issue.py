"""`issue`: a version of the music as handed out; `reprint`: what has changed against it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from scorestage.adapters.formats.musicxml import read_sheets
from scorestage.adapters.machines.engravers import Engraver
from scorestage.adapters.machines.page_marks import page_marks
from scorestage.adapters.store import PAGES, ROOMS, PageShelf, room_in, write_bytes, writing
from scorestage.engraving import Edition, PageKind
from scorestage.engraving.reprint import (
    PageCount,
    PartPages,
    Reprint,
    count_pages,
    count_reprints,
    reprints,
)
from scorestage.engraving.setcheck import SetFault, Sheet
from scorestage.engraving.setcheck.music import bar_faults, note_faults, sign_faults
from scorestage.errors import FormatError, InputError, Where
from scorestage.production import Cue
from scorestage.workflow.bars_matched import changed_bars
from scorestage.workflow.fit import MAP
from scorestage.workflow.job import Job
from scorestage.workflow.music_versions import ISSUED, VERSION, free_version, issued_folder
from scorestage.workflow.orchestrate import SCORE, read_cue_score
from scorestage.workflow.part_set import SetFile, print_set, score_music, set_music
from scorestage.workflow.products.cuefacts import edition_of, facts_of

RECORD = "issue.json"
_FROZEN = (SCORE, "sketch.musicxml", MAP, "hits.toml", "cue.toml")
_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Issued:
    """A version that was handed out: what was on its pages, and what was counted."""

    cue: str
    version: str
    house: str
    bars: int
    parts: tuple[PartPages, ...]
    count: PageCount
    folder: Path


@dataclass(frozen=True, slots=True)
class Changes:
    """What must be printed again, and what of the music differs, player by player."""

    against: Issued
    now: str
    reprints: tuple[Reprint, ...]
    music: tuple[SetFault, ...]
    count: PageCount


def issue_cue(
    job: Job, name: str, engraver: Engraver = Engraver.AUTOMATIC, workers: int = 1
) -> Issued:
    """Freeze the cue's version as handed out, and write its set; what changes then is the next.

    The project keeps the music, the map and a mark of each page under `issued/`; the set itself
    lies below the build folder. Raises `InputError` for a cue without a score, or one in which
    nothing has changed since it was issued last.
    """
    cue = job.cue(name)
    before = last_issued(job, cue)
    if before is not None and _same_music(job, cue, before):
        raise InputError(
            f"nothing has changed in {cue.number} since {before.version} was issued",
            Where(cue=cue.number),
            "hand out that one again, or change the music first",
        )
    if issued_folder(job.folder, cue, cue.version).exists():
        cue = replace(cue, version=free_version(job.folder, cue))
    edition, files = _printed(job, cue, engraver, workers)
    score = read_cue_score(job, cue)
    parts = _part_pages(files, score_names(job, cue), cue.version)
    house = edition.house
    count = count_pages(
        len(score.grid.bars),
        parts,
        bars_a_page=house.score_page_bars,
        lines_a_page=house.part_page_lines,
    )
    folder = issued_folder(job.folder, cue, cue.version)
    made = Issued(cue.number, cue.version, house.id, len(score.grid.bars), parts, count, folder)
    with writing(job.folder.root):
        for file in _FROZEN:
            source = job.folder.cue_folder(cue.id) / file
            if source.is_file():
                write_bytes(folder / file, source.read_bytes())
        for one in files:
            write_bytes(_set_folder(job, cue) / one.name, one.content)
        write_bytes(folder / RECORD, _record(made))
    job.save_cue(cue)
    return made


def reprint_list(
    job: Job,
    name: str,
    against: str = "",
    engraver: Engraver = Engraver.AUTOMATIC,
    workers: int = 1,
) -> Changes:
    """The pages of the cue as it is now that differ from those handed out last, or as `against`.

    Raises `InputError` where nothing was issued.
    """
    cue = job.cue(name)
    issued = issued_as(job, cue, against)
    edition, files = _printed(job, cue, engraver, workers)
    parts = _part_pages(files, score_names(job, cue), cue.version)
    found = reprints(issued.parts, parts)
    before, now = _sheets(issued.folder / SCORE), _sheets(job.folder.cue_folder(cue.id) / SCORE)
    count = count_reprints(
        *(changed_bars(before, now), found, parts),
        bars_a_page=edition.house.score_page_bars,
        lines_a_page=edition.house.part_page_lines,
    )
    music = tuple(compare_sheets(before, now, SCORE)) if before else ()
    return Changes(issued, cue.version, found, music, count)


def issued_as(job: Job, cue: Cue, version: str = "") -> Issued:
    """A version of a cue that was handed out; without a name the last.

    Raises `InputError` where there is none.
    """
    issued = _read(job, cue, version) if version else last_issued(job, cue)
    if issued is None:
        raise InputError(
            f"{cue.number} was never issued",
            Where(cue=cue.number),
            f"scorestage issue {cue.number}",
        )
    return issued


def last_issued(job: Job, cue: Cue) -> Issued | None:
    """The version of a cue that was handed out last; None where none was."""
    folder = issued_folder(job.folder, cue, "v1").parent
    held = [one.name for one in folder.glob("v*") if VERSION.fullmatch(one.name)]
    newest = max(held, key=lambda version: int(version[1:]), default="")
    return _read(job, cue, newest) if newest else None


def score_names(job: Job, cue: Cue) -> dict[str, str]:
    """The players' names by id."""
    score = read_cue_score(job, cue)
    return {line.player.id: line.player.name for line in score.lines} | {"": "Score"}


def _printed(
    job: Job, cue: Cue, engraver: Engraver, workers: int
) -> tuple[Edition, tuple[SetFile, ...]]:
    facts = facts_of(job, cue)
    score, edition = read_cue_score(job, cue), edition_of(job, cue, facts.house)
    with room_in(job.folder.build / ROOMS) as room:
        shelf = PageShelf(job.folder.build / PAGES)
        made = print_set(
            *(score, facts.tempo_map, edition, engraver, room), workers=workers, shelf=shelf
        )
    music = set_music(score, facts.tempo_map, edition)
    whole = next(file for file in made.files if file.kind == PageKind.SCORE)
    name = whole.name.removesuffix(".pdf") + ".musicxml"
    own = SetFile(name, "MusicXML", score_music(score, facts.tempo_map, edition))
    return edition, (*made.files, *music, own)


def _part_pages(
    files: tuple[SetFile, ...], names: dict[str, str], version: str
) -> tuple[PartPages, ...]:
    found = []
    for file in files:
        if file.kind in (PageKind.SCORE, PageKind.PART, PageKind.TACET):
            marks, lines = page_marks(file.content, version)
            found.append(
                PartPages(
                    *(file.player, names[file.player], file.name, file.copies),
                    *(marks, sum(lines), lines),
                )
            )
    return tuple(found)


def _sheets(path: Path) -> tuple[Sheet, ...]:
    """The lines of a score; none where there is no such file."""
    return read_sheets(path.read_bytes(), path.name).sheets if path.is_file() else ()


def compare_sheets(
    before: tuple[Sheet, ...], after: tuple[Sheet, ...], file: str
) -> list[SetFault]:
    """Bars, notes and signs that `after` has otherwise than `before`, player by player."""
    known = {sheet.name: sheet for sheet in before}
    found: list[SetFault] = []
    for sheet in after:
        was = known.pop(sheet.name, None)
        if was is None:
            found.append(SetFault("player", f"{sheet.name} is new", sheet.name, file))
            continue
        bars = list(bar_faults(sheet, was, file))
        found += bars
        if not any(fault.kind == "bars" for fault in bars):
            found += [*note_faults(sheet, was, file), *sign_faults(sheet, was, file)]
    for name in known:
        found.append(SetFault("player", f"{name} is gone", name, file))
    return found


def _same_music(job: Job, cue: Cue, before: Issued) -> bool:
    """Whether score and map are what they were when the version was issued."""
    own = job.folder.cue_folder(cue.id)
    return all(
        (before.folder / file).is_file()
        and (own / file).is_file()
        and (before.folder / file).read_bytes() == (own / file).read_bytes()
        for file in (SCORE, MAP)
    )


def _set_folder(job: Job, cue: Cue) -> Path:
    return job.folder.build / ISSUED / job.folder.cue_folder(cue.id).name / cue.version


def _record(issued: Issued) -> bytes:
    told: dict[str, Any] = asdict(issued)
    del told["folder"]
    return (json.dumps({"schema": _SCHEMA, **told}, indent=1, ensure_ascii=False) + "\n").encode()


def _read(job: Job, cue: Cue, version: str) -> Issued:
    folder = issued_folder(job.folder, cue, version)
    path = folder / RECORD
    if not path.is_file():
        raise InputError(f"{cue.number} was never issued as {version}", Where(cue=cue.number))
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        parts = tuple(
            PartPages(
                **{
                    **part,
                    "marks": tuple(part["marks"]),
                    "page_lines": tuple(part.get("page_lines", ())),
                }
            )
            for part in told["parts"]
        )
        count = PageCount(**told["count"])
        return Issued(
            told["cue"], told["version"], told["house"], told["bars"], parts, count, folder
        )
    except (ValueError, KeyError, TypeError) as fault:
        raise FormatError(f"is no record of an issue: {fault}", Where(file=path)) from None
