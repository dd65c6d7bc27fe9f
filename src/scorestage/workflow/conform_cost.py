"""What a new cut costs before anything is built: deliverables, pages, minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from scorestage.adapters.machines.bound_pages import page_count
from scorestage.adapters.store import ProjectFolder, copy_texts
from scorestage.builder import kept_result, last_make
from scorestage.production import Production
from scorestage.workflow.build import plan
from scorestage.workflow.conform import Conforming
from scorestage.workflow.conform_apply import chosen_repairs, conform_in
from scorestage.workflow.conform_cut import NewCut
from scorestage.workflow.job import Job


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A deliverable to be made again: whose it is, what, how many files and pages it had, and how
    many seconds its last make took (0: it was never made)."""

    cue: str
    kind: str
    files: int
    pages: int
    seconds: float


@dataclass(frozen=True, slots=True)
class ConformCost:
    """All that would be made again, and how many deliverables stay as they are."""

    rebuilt: tuple[Rebuilt, ...]
    kept: int

    @property
    def seconds(self) -> float:
        """What building took last time, of all that is made again."""
        return sum(one.seconds for one in self.rebuilt)

    @property
    def pages(self) -> int:
        """Pages of all PDF files among them."""
        return sum(one.pages for one in self.rebuilt)


def cost_of(
    job: Job, conforming: Conforming, cut: NewCut, choices: Mapping[str, int] | None = None
) -> ConformCost:
    """What `build` would make again after the new cut was applied; nothing is written."""
    build_folder = job.folder.build
    chosen = chosen_repairs(conforming, choices or {})
    with TemporaryDirectory(prefix="scorestage-") as room:
        stage = Path(room)
        copy_texts(job.folder.root, stage)
        conform_in(stage, job, conforming, cut.picture, chosen)
        folder = ProjectFolder(stage)
        staged = Job.of(folder)
        production = _found_from(job.folder.root, staged.production)
        products = plan(replace(staged, production=production))
        rebuilt, kept = [], 0
        for product in products:
            if kept_result(product, build_folder) is not None:
                kept += 1
                continue
            seconds, files = last_make(product, build_folder) or (0.0, ())
            pages = sum(_pages(build_folder / name) for name in files)
            rebuilt.append(Rebuilt(product.cue, product.kind, len(files), pages, seconds))
    return ConformCost(tuple(rebuilt), kept)


def cost_words(cost: ConformCost) -> str:
    """The cost in a line."""
    made = len(cost.rebuilt)
    minutes = cost.seconds / 60
    lasting = f"{minutes:.1f} minutes" if minutes >= 1 else f"{cost.seconds:.0f} seconds"
    return f"{made} deliverables again ({cost.pages} pages, about {lasting}), {cost.kept} stay"


def _found_from(root: Path, production: Production) -> Production:
    """The production with its own files named so that they are found from anywhere."""

    def named(path: str) -> str:
        return str((root / path).resolve()) if path else ""

    return replace(
        production,
        script=named(production.script),
        subtitles=named(production.subtitles),
        temp=tuple(named(one) for one in production.temp),
    )


def _pages(path: Path) -> int:
    """The pages of a PDF; 0 for other files, and for those that are gone."""
    if path.suffix.lower() != ".pdf" or not path.is_file():
        return 0
    return page_count(path.read_bytes())
