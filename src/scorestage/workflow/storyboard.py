"""`storyboard`: a folder of drawings becomes an animatic, and the picture of a production."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from scorestage.adapters.formats.otio import write_otio
from scorestage.adapters.formats.panel_list import read_panel_list
from scorestage.adapters.machines.animatic import IMAGES, write_animatic
from scorestage.adapters.store import write_bytes, writing
from scorestage.breakdown import Panel, lasting, panel_names
from scorestage.errors import InputError, Where
from scorestage.production import CutEvent, CutList, CutSource, Scene, plain_number
from scorestage.timebase import FilmRange, FrameRate, Timecode
from scorestage.workflow.editorial import edit_file
from scorestage.workflow.job import Job
from scorestage.workflow.new import add_picture, next_picture
from scorestage.workflow.scenes import scenes_of
from scorestage.workflow.script import ScriptChange, change_scenes

FIRST_HOUR_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Animatic:
    """A film made of panels, each with its frames; `scenes` are those placed by it."""

    film: Path
    panels: tuple[tuple[Panel, int], ...]
    rate: FrameRate
    change: ScriptChange | None = None

    @property
    def frames(self) -> int:
        """How long it is."""
        return sum(frames for _, frames in self.panels)


@dataclass(frozen=True, slots=True)
class Board:
    """What a storyboard is made from and into."""

    folder: Path
    listed: Path | None = None
    out: Path | None = None
    size_px: tuple[int, int] = (1280, 720)
    label: str = ""


def panels_of(board: Board, rate: FrameRate) -> tuple[Panel, ...]:
    """The panels in order: as a list tells, else all drawings of the folder by their names."""
    if not board.folder.is_dir():
        raise InputError("there is no such folder", Where(file=board.folder))
    there = {path.name: path for path in board.folder.iterdir() if path.suffix.lower() in IMAGES}
    if not there:
        raise InputError(
            "no drawings in it", Where(file=board.folder), f"save them as {', '.join(IMAGES)}"
        )
    named = {panel.name: panel for panel in panel_names(sorted(there), rate)}
    if board.listed is None:
        return tuple(named.values())
    if not board.listed.is_file():
        raise InputError("there is no such file", Where(file=board.listed), "check the name")
    told = read_panel_list(board.listed.read_bytes(), board.listed.name, rate)
    missing = [panel.name for panel in told if panel.name not in named]
    if missing or not told:
        what = f"not in the folder: {', '.join(missing[:8])}" if missing else "the list is empty"
        raise InputError(what, Where(file=board.listed))
    return tuple(
        replace(
            one,
            scene=one.scene or named[one.name].scene,
            seconds=one.seconds if one.seconds is not None else named[one.name].seconds,
        )
        for one in told
    )


def animatic_alone(
    board: Board, rate: FrameRate, progress: Callable[[float], None] = lambda share: None
) -> Animatic:
    """An animatic without a project."""
    if board.out is None:
        raise InputError("say where the film is to go", do="--out animatic.mp4")
    shown = lasting(panels_of(board, rate), {}, rate)
    _write(board, board.out, shown, rate, progress)
    return Animatic(board.out, shown, rate)


def animatic_in(
    job: Job, board: Board, progress: Callable[[float], None] = lambda share: None
) -> Animatic:
    """An animatic as the picture in force; scenes that panels are named after get their place."""
    rate = job.production.rate
    scripted = scenes_of(job) if job.production.script else ()
    estimates = {plain_number(one.scene.number): one.length.likely_seconds for one in scripted}
    shown = lasting(panels_of(board, rate), estimates, rate)
    version = next_picture(job.production)
    film = board.out or job.folder.root / "pictures" / f"{version}-animatic.mp4"
    with writing(job.folder.root):
        _write(board, film, shown, rate, progress)
    job = add_picture(job, film, board.label or "animatic")
    _keep_edit(job, shown)
    placed = _placed(job, shown, {plain_number(one.scene.number): one.scene for one in scripted})
    change = change_scenes(job, placed) if placed else None
    return Animatic(film, shown, rate, change)


def _write(
    board: Board,
    film: Path,
    shown: tuple[tuple[Panel, int], ...],
    rate: FrameRate,
    progress: Callable[[float], None],
) -> None:
    start = Timecode(FIRST_HOUR_SECONDS * rate.nominal, rate)
    if rate.drop:
        start = Timecode.parse("01:00:00;00", rate)
    panels = [(board.folder / panel.name, frames) for panel, frames in shown]
    write_animatic(film, panels, rate, start, board.size_px, progress)


def _keep_edit(job: Job, shown: tuple[tuple[Panel, int], ...]) -> None:
    """The panels as the edit of the picture, each a clip of its name."""
    version = job.picture()
    at, events = version.start_frames, []
    for number, (panel, frames) in enumerate(shown, start=1):
        source = CutSource(clip=Path(panel.name).stem, file=panel.name)
        remarks = (f"* COMMENT: {panel.words}",) if panel.words else ()
        events.append(
            CutEvent(
                at,
                at + frames,
                source,
                Fraction(0),
                Fraction(frames),
                number=f"{number:03}",
                remarks=remarks,
            )
        )
        at += frames
    cut = CutList(version.label, version.rate, tuple(events), start_frames=version.start_frames)
    with writing(job.folder.root):
        write_bytes(edit_file(job, version), write_otio(cut).content)


def _placed(
    job: Job, shown: tuple[tuple[Panel, int], ...], scenes: dict[str, Scene]
) -> list[Scene]:
    """The scenes from their first panel to the end of their last."""
    spans: dict[str, tuple[int, int]] = {}
    at = 0
    for panel, frames in shown:
        if panel.scene in scenes:
            first, _ = spans.get(panel.scene, (at, at))
            spans[panel.scene] = first, at + frames
        at += frames
    rate = job.production.rate
    found = []
    for name, (first, end) in spans.items():
        span = FilmRange(rate.time_of(first), rate.time_of(end))
        record = scenes[name]
        found.append(
            replace(
                record,
                start=span.start,
                end=span.end,
                picture=job.production.picture,
                by_hand=False,
                drawn=True,
            )
        )
    return found
