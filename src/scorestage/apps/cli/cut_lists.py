"""How cut lists are shown, kept, converted and written at the command line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scorestage.adapters.session import Exported
    from scorestage.production import Note
    from scorestage.timebase import FilmClock
    from scorestage.workflow.exchange import Brought, Counting


def counting(project: Path | None, rate: str, timecode: str) -> Counting:
    """How a cut list is to be read: as said, else as the project counts, else as it tells."""
    from scorestage.errors import ProjectError
    from scorestage.timebase import frame_rate
    from scorestage.workflow.exchange import Counting
    from scorestage.workflow.job import Job

    if rate:
        return Counting(frame_rate(rate), own_start=not timecode)
    try:
        job = Job.open(project)
    except ProjectError as fault:
        if project is not None or "no project here" not in fault.what:
            raise
        return Counting(own_start=not timecode)
    return Counting(job.production.rate, job.production.reels)


def show(brought: Brought, clock: FilmClock, file: Path, out: Path | None, json: bool) -> None:
    """Print a cut list, or write it as another format."""
    from scorestage.apps.cli import say
    from scorestage.workflow import editorial
    from scorestage.workflow.exchange import plain_session, put

    read = brought.cut
    if read is None:
        return
    written: Exported | None = None
    if out is not None and editorial.holds_cut("", out):
        written = editorial.write_cut_list(read.cut, out)
    elif out is not None:
        _, written = put(plain_session(brought, clock, file.stem), out, "")
    if json:
        answer = {
            "file": str(file),
            "format": brought.format,
            "map": None,
            **editorial.tell_cut(read.cut, clock),
            "markers": editorial.tell_cut_markers(read.cut, brought.found.markers),
            "placed": True,
            "notes": list(brought.found.notes),
            "not_read": list(read.losses),
            "written": str(out) if written is not None else None,
            "not_carried": list(written.not_carried) if written is not None else [],
        }
        say.as_json(answer)
        return
    _print(brought, file)
    if written is not None:
        print(f"written: {out}")
        _lines("not carried", written.not_carried)


def _print(brought: Brought, file: Path) -> None:
    from scorestage.apps.cli import say

    read = brought.cut
    if read is None:
        return
    cut = read.cut
    print(f"{file}: {brought.title}")
    print(
        f"  {cut.title or 'untitled'}, {cut.rate.name} fps, {cut.label(cut.first_frame)} to "
        f"{cut.label(cut.last_frame)}, {len(cut.events)} events, {len(cut.markers)} markers"
    )
    rows = []
    for event in cut.events:
        speed = "" if event.speed == 1 else f"{float(event.speed):.4g} ×"
        change = ""
        if event.transition is not None:
            change = f"{event.transition.kind} {event.transition.frames}"
        record = cut.label(event.record_in_frames), cut.label(event.record_out_frames)
        rows.append((event.number, event.track, *record, change, speed, event.source.name))
    if rows:
        say.table(("no.", "track", "in", "out", "change", "speed", "source"), rows, indent=2)
    for marker in cut.markers:
        words = f"{marker.words}: {marker.note}" if marker.note else marker.words
        print(f"  {cut.label(marker.at_frames)}  {marker.colour:8} {words}")
    _lines("note", brought.found.notes)
    _lines("not read", read.losses)


def _lines(what: str, lines: tuple[str, ...]) -> None:
    for one in lines:
        print(f"  {what}: {one}")


@dataclass(frozen=True, slots=True)
class Kept:
    """What of a cut list was kept in the project."""

    file: Path
    edit: Path | None
    notes: tuple[Note, ...]
    told: tuple[str, ...]
    not_read: tuple[str, ...]


def keep(
    project: Path | None, file: Path, form: str, *, edit: bool, notes: bool, picture: str, reel: int
) -> Kept:
    """Keep a cut list as a picture's edit, and its markers as notes."""
    from datetime import date

    from scorestage.errors import InputError, Where
    from scorestage.workflow import editorial
    from scorestage.workflow.exchange import bring
    from scorestage.workflow.job import Job

    job = Job.open(project)
    clock, reading = editorial.reel_clock(job, reel), editorial.counting_of(job, reel)
    brought = bring(file, clock, form, counting=reading)
    path, told = None, brought.found.notes
    if edit:
        if brought.cut is None:
            raise InputError(f"{brought.title}: this is no cut list", Where(file=file))
        path, doubts = editorial.keep_edit(job, brought.cut, picture)
        told += doubts
    found: tuple[Note, ...] = ()
    if notes:
        markers = brought.found.markers
        found = editorial.keep_notes(job, markers, "", date.today().isoformat())
    return Kept(file, path, found, told, brought.found.losses)


def tell_kept(kept: Kept, json: bool) -> None:
    """Say what was kept."""
    from scorestage.apps.cli import say

    if json:
        answer: dict[str, Any] = {
            "file": str(kept.file),
            "edit": str(kept.edit) if kept.edit is not None else None,
            "kept_notes": [{"text": one.text, "timecode": one.timecode} for one in kept.notes],
            "notes": list(kept.told),
            "not_read": list(kept.not_read),
        }
        say.as_json(answer)
        return
    if kept.edit is not None:
        print(f"the edit of the picture: {kept.edit}")
    for note in kept.notes:
        print(f"note kept: {note.timecode}  {note.text}")
    _lines("note", kept.told)
    _lines("not read", kept.not_read)


def is_cut_list(path: Path) -> bool:
    """Whether a file is a cut list."""
    from scorestage.workflow import editorial

    return editorial.is_cut_list(path)


def asks_for_film(form: str, out: Path | None) -> bool:
    """Whether an export is one file for the film: the format holds a cut (AAF: cues as well)."""
    if not form and out is None:
        return False
    from scorestage.workflow import editorial

    whole = form != "aaf" and (out is None or out.suffix.lower() != ".aaf")
    return whole and editorial.holds_cut(form, out)


def export_film(
    project: Path | None, names: tuple[str, ...], form: str, out: Path | None, reel: int
) -> list[tuple[str, Path, Exported]]:
    """Write the film's edit with our markers."""
    from scorestage.workflow import editorial
    from scorestage.workflow.job import Job

    job = Job.open(project)
    path, written = editorial.export_film(job, job.cues(names), form, out, reel)
    return [("", path, written)]


def convert(source: Path, target: Path, rate: str, json: bool) -> None:
    """Turn a cut list into another format."""
    from scorestage.apps.cli import say
    from scorestage.timebase import frame_rate
    from scorestage.workflow import editorial
    from scorestage.workflow.exchange import Counting
    from scorestage.workflow.targets import refuse_own_source

    refuse_own_source([target], source)
    read = editorial.read_cut_list(source, Counting(frame_rate(rate) if rate else None))
    written = editorial.write_cut_list(read.cut, target)
    if json:
        say.as_json(
            {
                "target": str(target),
                "rate": read.cut.rate.name,
                "events": len(read.cut.events),
                "markers": len(read.cut.markers),
                "not_read": list(read.losses),
                "losses": list(written.not_carried),
                "notes": [*read.notes, *written.notes],
            }
        )
        return
    _lines("note", read.notes)
    _lines("not read", read.losses)
    _lines("not carried", written.not_carried)
    print(target)
