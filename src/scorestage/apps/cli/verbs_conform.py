"""`conform` and `undo`: the picture was re-cut; the score answers in music."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorestage.production import BarState
    from scorestage.workflow.conform import Conforming, CueConform
    from scorestage.workflow.conform_cut import NewCut
    from scorestage.workflow.job import Job
    from scorestage.workflow.sound_cut import SoundCut

JSON = typer.Option(False, "--json", help="Answer as JSON.")


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    app.command("conform")(conform)
    app.command("undo")(undo)


def conform(
    context: typer.Context,
    new_cut: Path = typer.Argument(
        help="The new cut: an EDL, OTIO, FCPXML …, a film, or what compare --json told; the name "
        "of the picture in force for --sound that comes later."
    ),
    film: Path | None = typer.Option(None, "--film", help="With a list: the film of the new cut."),
    label: str = typer.Option("", "--label", help="What the editor calls this cut."),
    choose: list[str] = typer.Option(
        None, "--choose", metavar="CUE=N", help="Take the cue's N-th repair; else its first."
    ),
    issued: list[str] = typer.Option(
        None, "--issued", metavar="CUE:BARS", help="Bars that are on the stands: 1m01:5-12."
    ),
    recorded: list[str] = typer.Option(
        None, "--recorded", metavar="CUE:BARS", help="Bars that are recorded: 1m01:5-12."
    ),
    free: list[str] = typer.Option(
        None, "--free", metavar="CUE:BARS", help="Bars that may still be changed at no cost."
    ),
    top: int = typer.Option(6, "--top", min=1, max=20, help="Repairs looked for per cue."),
    apply: bool = typer.Option(False, "--apply", help="Write the new versions; undo takes back."),
    report: list[Path] = typer.Option(
        None, "--report", help="Write the change report: .pdf or .html; may be said twice."
    ),
    podium: Path | None = typer.Option(
        None, "--podium", help="One page for the podium: what changed, biggest first; a .pdf."
    ),
    sound: list[str] = typer.Option(
        None,
        "--sound",
        metavar="CUE[=WAV]",
        help="Cut a take, stem or mock-up as the cue's music; without a file all there are of the "
        "cue, or of all cues (all).",
    ),
    workers: int = typer.Option(0, "--workers", "-j", help="Processes; 0: one for each core."),
    json: bool = JSON,
) -> None:
    """Move every cue with its picture, and mend the written music of those cut into.

    Without --apply nothing is written: it tells what moved, and for each cue changed inside the
    repairs, ranked, with every hit before and after.
    """
    from scorestage.workflow.job import Job

    job = Job.open(context.obj)
    if not new_cut.exists() and str(new_cut) == job.production.picture:
        _later_sounds(job, sound or [], json=json)
        return
    choices = _choices(choose or [])
    states = _states(issued, recorded, free)
    cut, found = _mended(job, (new_cut, film, label), states, top, workers)
    for name in choices:
        found.cue(name).chosen(choices[name])
    answer, cost = _written(job, found, cut, choices, report, podium, applied=apply)
    answer |= _cut_sounds(job, found, cut, choices, sound or [])
    if apply:
        from scorestage.workflow.conform_apply import apply_conform

        apply_conform(job, found, cut, choices)
    _say(cut, found, choices, answer, cost, json=json)


def _mended(
    job: Job,
    given: tuple[Path, Path | None, str],
    states: dict[str, list[tuple[str, BarState]]],
    top: int,
    workers: int,
) -> tuple[NewCut, Conforming]:
    """The new cut read (its list or film, the film beside it, its label), and each cue mended."""
    from scorestage.apps.cli import say
    from scorestage.workflow.conform import conform as conform_job
    from scorestage.workflow.conform_cut import read_new_cut

    with say.progress("comparing") as progress:
        cut = read_new_cut(job, *given, progress)
    with say.progress("mending"):
        return cut, conform_job(job, cut.changes, states, top, workers, cut.edit)


def _written(
    job: Job,
    found: Conforming,
    cut: NewCut,
    choices: dict[str, int],
    report: list[Path] | None,
    podium: Path | None,
    *,
    applied: bool,
) -> tuple[dict[str, Any], str]:
    """The papers asked for (all, where it is applied), the whole answer, and what it costs."""
    from scorestage.workflow.conform_answers import tell_conforming, tell_cost
    from scorestage.workflow.conform_cost import cost_of, cost_words
    from scorestage.workflow.conform_podium import podium_table, write_podium
    from scorestage.workflow.conform_report import change_report, write_change_report

    cost = cost_of(job, found, cut, choices)
    answer = tell_conforming(job, cut, found, choices) | {"cost": tell_cost(cost)}
    answer["applied"] = applied
    pages = report or _usual_reports(job, cut, applied)
    told = change_report(job, found, cut, cost, choices, drawn=bool(pages or podium))
    running = f"{job.production.title} {cut.picture.label} picture change"
    for path in pages:
        write_change_report(told, path, running)
        answer.setdefault("reports", []).append(str(path))
    summary = podium or (pages[0].with_name(f"{cut.picture.id}-podium.pdf") if applied else None)
    if summary is not None:
        write_podium(podium_table(job, found, cut, choices), summary, told.music)
        answer["podium"] = str(summary)
    return answer, cost_words(cost)


def _say(
    cut: NewCut,
    found: Conforming,
    choices: dict[str, int],
    answer: dict[str, Any],
    cost: str,
    *,
    json: bool,
) -> None:
    from scorestage.apps.cli import say

    if json:
        say.as_json(answer)
        return
    _tell(cut, found, choices, answer["applied"])
    print(f"to build: {cost}")
    _tell_sounds(answer)
    for path in answer.get("reports", []):
        print(f"change report: {path}")
    if "podium" in answer:
        print(f"for the podium: {answer['podium']}")


def undo(context: typer.Context, json: bool = JSON) -> None:
    """Take back the last conform: every file gets the bytes it had before."""
    from scorestage.apps.cli import say
    from scorestage.workflow.conform_apply import undo as undo_job
    from scorestage.workflow.job import Job

    kept = undo_job(Job.open(context.obj))
    if json:
        say.as_json({"undone": kept.words, "files": list(kept.files)})
        return
    print(f"taken back: {kept.words} ({len(kept.files)} files)")


def _cut_sounds(
    job: Job, found: Conforming, cut: NewCut, choices: dict[str, int], texts: list[str]
) -> dict[str, Any]:
    """Cut the sound files named, each as its cue's chosen repair has it."""
    from scorestage.workflow.sound_cut import sound_cut

    def planned(number: str) -> SoundCut:
        one = found.cue(number)
        return sound_cut(job, one, one.chosen(choices.get(one.cue.number, 1)), cut)

    return _sounds_cut(job, texts, planned)


def _later_sounds(job: Job, texts: list[str], *, json: bool) -> None:
    """Sound that came after its cue was conformed, cut as the music was then."""
    from scorestage.apps.cli import say
    from scorestage.errors import InputError
    from scorestage.workflow.sound_cut import kept_sound_cut

    if not texts:
        raise InputError(
            f"picture {job.production.picture} is in force already",
            do="give the new cut; or, for a recording that came later, --sound 1m01=take3.wav",
        )
    told = _sounds_cut(job, texts, lambda number: kept_sound_cut(job, job.cue(number)))
    if json:
        say.as_json(told)
    else:
        _tell_sounds(told)


def _sounds_cut(job: Job, texts: list[str], planned: Callable[[str], SoundCut]) -> dict[str, Any]:
    """Each cue's files cut as planned: those named, or all there are; and why others were not."""
    from scorestage.workflow.conform_answers import tell_audio_edit
    from scorestage.workflow.conform_session import write_open_edits
    from scorestage.workflow.conform_sound import conform_sounds
    from scorestage.workflow.sound_cut import recordings_named

    named, passed_over = recordings_named(job, texts, planned)
    told = []
    for plan, sources in named:
        for made in conform_sounds(plan, sources, job.folder.build / "changes"):
            opened = write_open_edits(plan, made)
            told.append(
                {
                    "cue": plan.number,
                    "source": str(made.source),
                    "path": str(made.path),
                    "open": [str(written.path) for written in opened],
                    "edits": [tell_audio_edit(edit) for edit in made.edits],
                }
            )
    others = [{"cue": number, "why": why} for number, why in passed_over]
    return {"sound": told, "sound_passed_over": others}


def _tell_sounds(told: dict[str, Any]) -> None:
    for one in told["sound"]:
        print(f"sound cut with the music: {one['path']}")
        for path in one["open"]:
            print(f"    its edits: {path}")
    for one in told["sound_passed_over"]:
        print(f"no sound cut: {one['why']}")


def _usual_reports(job: Job, cut: NewCut, applied: bool) -> list[Path]:
    """Where the report lies when a cut is applied and nothing is said."""
    if not applied:
        return []
    folder = job.folder.build / "changes"
    return [folder / f"{cut.picture.id}-change-report{end}" for end in (".html", ".pdf")]


def _choices(texts: list[str]) -> dict[str, int]:
    from scorestage.errors import InputError

    found = {}
    for text in texts:
        name, _, number = text.partition("=")
        if not number.isdigit():
            raise InputError(f"{text!r} chooses nothing", do="write for example --choose 1m01=2")
        found[name.strip()] = int(number)
    return found


def _states(
    issued: list[str] | None, recorded: list[str] | None, free: list[str] | None
) -> dict[str, list[tuple[str, BarState]]]:
    from scorestage.errors import InputError
    from scorestage.production import BarState

    found: dict[str, list[tuple[str, BarState]]] = {}
    pairs = ((issued, BarState.ISSUED), (recorded, BarState.RECORDED), (free, BarState.FREE))
    for texts, state in pairs:
        for text in texts or []:
            cue, _, bars = text.partition(":")
            if not bars:
                raise InputError(f"{text!r} names no bars", do="write for example 1m01:5-12")
            found.setdefault(cue.strip(), []).append((bars.strip(), state))
    return found


def _tell(cut: NewCut, found: Conforming, choices: dict[str, int], applied: bool) -> None:
    from scorestage.workflow.conform_answers import changes_words

    print(changes_words(found.changes))
    for note in cut.notes:
        print(f"  note: {note}")
    for one in found.cues:
        _tell_cue(one, choices.get(one.cue.number, 1))
    if applied:
        print(f"picture {cut.picture.id} is in force; scorestage build makes what changed,")
        print("scorestage undo takes all of it back")
    elif any(one.repairs for one in found.cues):
        print("nothing is written yet: add --apply, and --choose CUE=N for another repair")


def _tell_cue(one: CueConform, chosen: int) -> None:
    from scorestage.apps.cli import say
    from scorestage.workflow.conform_report import position_words

    title = f" {one.cue.title}" if one.cue.title else ""
    print(f"{one.cue.number}{title}: {one.move.words}")
    for hit in one.move.lost:
        print(f"    lost its picture: {hit.words or hit.id}")
    if one.fault:
        print(f"    {one.fault}")
    for number, (repair, joints) in enumerate(
        zip(one.repairs, one.joint_words, strict=True), start=1
    ):
        mark = "→" if number == chosen else " "
        heard = f" ({'; '.join(joints)})" if joints else ""
        words = f"{mark} {number}  {repair.name}: {repair.why}{heard}"
        say.paragraph(words, indent=2, hang=5)
    if one.repairs:
        best = one.repairs[chosen - 1]
        rows = [
            (
                hit.hit.words or hit.hit.id,
                f"{float(hit.before_frames):+.2f}",
                "cut away" if hit.after_frames is None else f"{float(hit.after_frames):+.2f}",
                position_words(hit.position),
            )
            for hit in best.hits
        ]
        if rows:
            say.table(("hit", "before", "after", "bar"), rows, indent=7)
