"""`import`, `export`: tempo maps, markers and sessions between this house and other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from scorestage.adapters.session import Exported
    from scorestage.timebase import FilmClock
    from scorestage.workflow.exchange import Brought
    from scorestage.workflow.exchange_in import HitChange, ImportReport, ImportWish

JSON = typer.Option(False, "--json", help="Answer as JSON.")
CUES = typer.Argument(None, metavar="[CUE]...", help="Cue numbers; none: all.")
RATE = typer.Option(
    "", "--rate", "-r", help="Without a project: frames per second; else as the file tells, or 24."
)
TIMECODE = typer.Option("", help="Without a project: timecode of the film's first frame.")
CHOOSE = typer.Option(1, min=1, help="Of a fit's answer (.json): this candidate.")


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    app.command("import")(import_)
    app.command("export")(export)


def import_(
    context: typer.Context,
    file: Path = typer.Argument(
        help="MIDI, Reaper, DAWproject, Pro Tools, Avid, CSV, JSON; EDL, OTIO, FCPXML, XML, AAF."
    ),
    cue: str = typer.Option("", help="The cue that takes the map; without it the file is shown."),
    hits: bool = typer.Option(
        False, "--hits", help="Take markers as hits; without --cue, in all cues."
    ),
    at: str = typer.Option("", help="Where bar 1 stands: a moment, or file, cue, map."),
    bar_one: int = typer.Option(1, "--bar-one", min=1, help="The bar of the file that is bar 1."),
    choose: int = CHOOSE,
    accept_misses: bool = typer.Option(
        False, "--accept-misses", help="Take the map even where it misses what is caught now."
    ),
    again: bool = typer.Option(False, "--again", help="Also over a map changed by hand."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Show the difference, change nothing."),
    edit: bool = typer.Option(
        False, "--edit", help="Keep a cut list as the edit of the picture in force."
    ),
    picture: str = typer.Option("", help="With --edit: the picture version, by id."),
    notes: bool = typer.Option(False, "--notes", help="Keep its markers as notes of the talk."),
    reel: int = typer.Option(0, "--reel", min=0, help="Its timecode is this reel's."),
    sketch: bool = typer.Option(
        False, "--sketch", help="With --cue: take MusicXML or MIDI as the cue's sketch."
    ),
    form: str = typer.Option("", "--from", help="The format, where its name does not tell."),
    out: Path | None = typer.Option(None, help="Write the map here instead: .toml, .json, .mid …"),
    rate: str = RATE,
    timecode: str = TIMECODE,
    json: bool = JSON,
) -> None:
    """Take in a tempo map, markers or a cut list made in another program."""
    from scorestage.apps.cli import cut_lists
    from scorestage.workflow.exchange import bring
    from scorestage.workflow.exchange_in import ImportWish
    from scorestage.workflow.targets import refuse_own_source

    refuse_own_source([out], file)
    if sketch:
        from scorestage.apps.cli.sketching import import_sketch

        import_sketch(context.obj, file, cue, again=again, dry=dry_run, json=json)
        return
    if edit or notes:
        kept = cut_lists.keep(
            context.obj, file, form, edit=edit, notes=notes, picture=picture, reel=reel
        )
        if not hits:
            cut_lists.tell_kept(kept, json)
            return
    if not cue and not hits:
        clock = _clock(context, rate, timecode)
        counting = cut_lists.counting(context.obj, rate, timecode)
        brought = bring(file, clock, form, choose, counting)
        if brought.cut is not None:
            cut_lists.show(brought, clock, file, out, json)
            return
        _show(brought, clock, file, out, json)
        return
    wish = ImportWish(at, bar_one, hits, accept_misses, again, dry_run)
    _import_into(context, file, cue, wish, form, choose, json, reel)


def _clock(context: typer.Context, rate: str, timecode: str) -> FilmClock:
    """The project's clock where there is one, else what is said."""
    from scorestage.errors import ProjectError
    from scorestage.workflow.exchange import clock_of
    from scorestage.workflow.job import Job

    if context.obj is not None:
        return Job.open(context.obj).clock
    asked = clock_of(rate or "24", timecode)
    if timecode or rate:
        return asked
    try:
        return Job.open().clock
    except ProjectError as fault:
        if "no project here" not in fault.what:
            raise
        return asked


def _show(brought: Brought, clock: FilmClock, file: Path, out: Path | None, json: bool) -> None:
    from scorestage.apps.cli import say
    from scorestage.workflow.exchange import plain_session, put
    from scorestage.workflow.exchange_in import tell_map

    session = plain_session(brought, clock, file.stem)
    path, written = put(session, out, "") if out is not None else (None, None)
    found = brought.found
    answer: dict[str, Any] = {
        "file": str(file),
        "format": brought.format,
        "map": tell_map(found.tempo_map),
        "markers": [
            {"at_seconds": str(one.at.seconds), "at_seconds_float": float(one.at.seconds),
             "timecode": clock.nearest_label(one.at), "words": one.words, "kind": str(one.kind)}
            for one in found.markers
        ],
        "placed": found.placed,
        "notes": list(found.notes),
        "not_read": list(found.losses),
        "written": str(path) if path is not None else None,
        "not_carried": list(written.not_carried) if written is not None else [],
    }  # fmt: skip
    if json:
        say.as_json(answer)
        return
    print(f"{file}: {brought.title}")
    if found.tempo_map is not None:
        print(f"  {_map_words(answer['map'])}")
    for one in answer["markers"]:
        print(f"  {one['timecode']}  {one['words']}")
    _tell(found.notes, found.losses, "not read")
    if written is not None:
        print(f"written: {path}")
        _tell(written.notes, written.not_carried, "not carried")


def _map_words(told: dict[str, Any]) -> str:
    low, high = told["lowest_bpm"], told["highest_bpm"]
    tempo = f"♩ {low:.4g}" if low == high else f"♩ {low:.4g}–{high:.4g}"
    meters = ", ".join(told["meters"])
    return (
        f"{told['bars']} bars in {meters}, {tempo} ({told['tempo_events']} tempo events), "
        f"{told['start_seconds_float']:.3f} to {told['end_seconds_float']:.3f} s"
    )


def _tell(notes: tuple[str, ...], lost: tuple[str, ...], what: str) -> None:
    for one in notes:
        print(f"  note: {one}")
    for one in lost:
        print(f"  {what}: {one}")


def _import_into(
    context: typer.Context,
    file: Path,
    name: str,
    wish: ImportWish,
    form: str,
    choose: int,
    json: bool,
    reel: int,
) -> None:
    from dataclasses import replace

    from scorestage.apps.cli import say
    from scorestage.workflow.editorial import counting_of, reel_clock
    from scorestage.workflow.exchange import bring
    from scorestage.workflow.exchange_in import import_into
    from scorestage.workflow.job import Job

    job = Job.open(context.obj)
    found = bring(file, reel_clock(job, reel), form, choose, counting_of(job, reel)).found
    reports = []
    if name:
        reports.append(import_into(job, job.cue(name), found, wish))
    else:
        markers = replace(found, tempo_map=None)
        for cue in job.cues():
            if cue.start is not None and cue.end is not None:
                reports.append(import_into(job, cue, markers, wish))
                job = Job.open(job.folder.root)
    if json:
        say.as_json({"file": str(file), "cues": [_import_answer(one) for one in reports]})
        return
    for one in reports:
        _tell_import(one, alone=bool(name))
    if not name:
        known = {marker for one in reports for marker in one.outside}
        for note in found.notes:
            print(f"note: {note}")
        for marker in sorted(known, key=lambda one: one.at):
            if all(marker in one.outside for one in reports):
                film, burned = (c.nearest_label(marker.at) for c in (job.clock, job.reel_clock))
                told = f"  (in its reel {burned})" if burned != film else ""
                print(f"in no cue: {film}  {marker.words}{told}")


def _import_answer(report: ImportReport) -> dict[str, Any]:
    from scorestage.workflow.exchange_in import tell_map

    return {
        "cue": report.cue.number,
        "applied": report.applied,
        "placed_by": report.placed_by,
        "before": tell_map(report.old_map),
        "after": tell_map(report.new_map),
        "hits": [_hit_answer(one) for one in report.hits],
        "lost": [one.hit.id for one in report.lost],
        "outside": [one.words for one in report.outside],
        "notes": list(report.notes),
        "not_read": list(report.losses),
    }


def _hit_answer(change: HitChange) -> dict[str, Any]:
    from scorestage.workflow.tell import tell_exact

    answer: dict[str, Any] = {
        "id": change.hit.id,
        "words": change.hit.words,
        "change": change.what,
    }
    for when, landing in (("before", change.before), ("after", change.after)):
        key = f"off_frames_{when}"
        told = {key: None, f"{key}_exact": None}
        answer |= tell_exact(key, landing.off_frames) if landing is not None else told
        answer[f"caught_{when}"] = landing.caught if landing is not None else None
    return answer


def _tell_import(report: ImportReport, alone: bool) -> None:
    from scorestage.apps.cli import say
    from scorestage.workflow.exchange_in import tell_map

    changed = [one for one in report.hits if one.what and one.what != "same"]
    if not alone and not changed:
        return
    done = "taken" if report.applied else "not taken (dry run)"
    print(f"{report.cue.number}: {done}; {report.placed_by}")
    for words, one in (("before", report.old_map), ("after", report.new_map)):
        if one is not None and report.new_map is not None:
            print(f"  {words:6}  {_map_words(tell_map(one) or {})}")
    rows = [
        (
            one.hit.id,
            f"{float(one.before.off_frames):+.2f}" if one.before else "",
            f"{float(one.after.off_frames):+.2f}" if one.after else "",
            "MISSED" if one.after is not None and not one.after.caught else "",
            one.what,
            one.hit.words,
        )
        for one in report.hits
    ]
    if rows:
        say.table(("hit", "before", "after", "", "", ""), rows, indent=2)
    for marker in report.outside if alone else ():
        print(f"  outside the cue: {marker.words}")
    _tell(report.notes if alone else (), report.losses if alone else (), "not read")


def export(
    context: typer.Context,
    cues: list[str] | None = typer.Argument(
        None, metavar="[CUE]...", help="Cue numbers; none: all."
    ),
    to: str = typer.Option(
        "",
        help="midi, reaper, dawproject, aaf, protools, avid, csv, json, toml; the whole film as "
        "edl, otio, fcpxml, xmeml, resolve.",
    ),
    session: str = typer.Option(
        "", help="A whole session with its media: reaper, dawproject, aaf."
    ),
    out: Path | None = typer.Option(None, help="File to write; with several cues, a folder."),
    film: bool = typer.Option(
        False, "--film", help="One file for the whole film: its edit, cues and hits as markers."
    ),
    reel: int = typer.Option(0, help="Of the film: this reel alone."),
    sketch: bool = typer.Option(
        False, "--sketch", help="The sketch as MusicXML or MIDI: themes, hits and timings in it."
    ),
    map_: Path | None = typer.Option(
        None, "--map", help="Without a project: this map or fit answer."
    ),
    choose: int = CHOOSE,
    rate: str = RATE,
    timecode: str = TIMECODE,
    house: str = typer.Option("", help="Without a project: whose free bars are counted."),
    json: bool = JSON,
) -> None:
    """Give tempo maps, markers, whole sessions, or the film's edit with our markers to others."""
    from scorestage.apps.cli import cut_lists

    if sketch:
        from scorestage.apps.cli.sketching import export_sketches

        export_sketches(context.obj, tuple(cues or ()), out, to, json=json)
    elif map_ is not None:
        _export_file(context, map_, to, out, choose, (rate, timecode), house, json)
    elif session:
        _export_sessions(context, tuple(cues or ()), session, out, json)
    elif film or reel or cut_lists.asks_for_film(to, out):
        _tell_exports(cut_lists.export_film(context.obj, tuple(cues or ()), to, out, reel), json)
    else:
        _export_cues(context, tuple(cues or ()), to, out, json)


def _export_file(
    context: typer.Context,
    source: Path,
    to: str,
    out: Path | None,
    choose: int,
    film: tuple[str, str],
    house: str,
    json: bool,
) -> None:
    from dataclasses import replace

    from scorestage.workflow.exchange import bring, counted_by, plain_session, put
    from scorestage.workflow.map_alone import rate_doubt
    from scorestage.workflow.targets import refuse_own_source

    refuse_own_source([out], source)
    clock = _clock(context, *film)
    brought = bring(source, clock, "", choose)
    brought = counted_by(brought, house) if house else brought
    session = plain_session(brought, clock, source.stem)
    path, written = put(session, out, to)
    if session.tempo_map is not None:
        end_seconds = float(session.tempo_map.end.seconds)
        doubts = rate_doubt(source, clock.rate, end_seconds, choose)
        written = replace(written, notes=(*doubts, *written.notes))
    _tell_exports([("", path, written)], json)


def _export_cues(
    context: typer.Context, names: tuple[str, ...], to: str, out: Path | None, json: bool
) -> None:
    from scorestage.errors import InputError
    from scorestage.workflow.exchange import map_session, put, target_in
    from scorestage.workflow.job import Job

    job = Job.open(context.obj)
    chosen = job.cues(names)
    if len(chosen) > 1 and out is not None and out.suffix:
        raise InputError("several cues go into a folder", do="name one cue, or a folder as --out")
    done = []
    for cue in chosen:
        session = map_session(job, cue)
        path, written = put(session, target_in(out, session, to), to)
        done.append((cue.number, path, written))
    _tell_exports(done, json)


def _export_sessions(
    context: typer.Context, names: tuple[str, ...], form: str, out: Path | None, json: bool
) -> None:
    from scorestage.apps.cli import say
    from scorestage.workflow.sessions import export_sessions

    project = context.obj if context.obj is not None else Path.cwd()
    with say.progress("session") as progress:
        done = export_sessions(project, names, form, out, progress)
    _tell_exports(done, json)


def _tell_exports(done: list[tuple[str, Path, Exported]], json: bool) -> None:
    from scorestage.apps.cli import say

    if json:
        answers = [
            {
                "cue": number or None,
                "file": str(path),
                "not_carried": list(written.not_carried),
                "notes": list(written.notes),
            }
            for number, path, written in done
        ]
        say.as_json({"exports": answers})
        return
    for number, path, written in done:
        print(f"{number}: {path}" if number else str(path))
        _tell(written.notes, written.not_carried, "not carried")
