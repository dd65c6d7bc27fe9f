"""`build`: everything a production delivers, and only what changed is made again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path

from scorestage.adapters.machines.engravers import Engraver
from scorestage.adapters.store import ROOMS, sweep, writing
from scorestage.builder import BuildReport, Executor, Product, build, executor_for, fingerprint
from scorestage.errors import InputError, ScorestageError
from scorestage.production import Cue
from scorestage.workflow.compose import COMPOSE
from scorestage.workflow.fit import FIT
from scorestage.workflow.form import FORM_SOURCE
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import ORCHESTRATE, written_cues
from scorestage.workflow.products.films import review_film, stage_film
from scorestage.workflow.products.orchestration import cue_account
from scorestage.workflow.products.pages import cue_pages
from scorestage.workflow.products.papers import cue_papers, film_papers
from scorestage.workflow.products.report import report_product
from scorestage.workflow.products.session import cue_session
from scorestage.workflow.products.sketch_why import cue_reasons
from scorestage.workflow.products.songs import song_products
from scorestage.workflow.products.sound import cue_sound
from scorestage.workflow.products.stopclock import stop_clock
from scorestage.workflow.products.themes import theme_papers
from scorestage.workflow.sources import SourceReport, SourceState, refresh, settled
from scorestage.workflow.themes import ensure_theme
from scorestage.workflow.to_write import cues_to_write

Progress = Callable[[float, str], None]
KINDS = (
    *("score and parts", "sketch", "MusicXML", "MIDI", "click track", "mock-up", "stage film"),
    *("session media", "session", "timing notes", "stop clock", "review film", "cue sheet"),
    *("theme ledger", "orchestration", "sketch reasons", "report"),
    *("lead sheet", "piano-vocal", "playback"),
)
"""What is built; `only` names kinds, or parts of their names."""
SOURCES = (FIT, FORM_SOURCE, COMPOSE, ORCHESTRATE)
FIRST_VERSION = "v1"
SOURCES_SHARE = 0.15
"""How much of the progress bar maps, sketches and scores take."""


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """What a build did to the cues' own files, and to the deliverables."""

    job: Job
    sources: tuple[SourceReport, ...]
    report: BuildReport


def build_project(
    project: Path,
    cues: tuple[str, ...] = (),
    only: tuple[str, ...] = (),
    workers: int = 0,
    progress: Progress = lambda share, name: None,
    engraver: Engraver = Engraver.AUTOMATIC,
) -> BuildOutcome:
    """Bring maps, sketches and scores up to date, then every deliverable.

    `cues` and `only` (kinds, such as `click`) narrow what is made; what is left out stays as it
    is. `engraver` prints the pages. One build at a time holds the project; rooms of one that was
    killed are swept.
    """
    job = Job.open(project)
    for kind in only:
        if not any(kind in known for known in KINDS):
            do = f"kinds: {', '.join(KINDS)}"
            raise InputError(f"nothing that is built is a {kind!r}", do=do)
    job.cues(cues)  # an unknown one is refused before anything is made
    with writing(job.folder.root):
        sweep(job.folder.build / ROOMS)
        job = ensure_theme(job) if job.cues() else job
        wanted, left = cues_to_write(job, cues)
        executor = executor_for(workers)
        try:
            sources = (*refresh_sources(job, wanted, executor, progress), *left)
        except BaseException:
            executor.close(at_once=True)
            raise
        job = Job.open(project)
        products = plan(job, engraver)
        chosen = narrowed(products, tuple(cue.number for cue in wanted) if cues else (), only)

        def told(share: float, name: str) -> None:
            progress(SOURCES_SHARE + (1 - SOURCES_SHARE) * share, name)

        report = build(
            chosen,
            job.folder.build,
            job.production.title,
            executor,
            told,
            also=products if chosen != products else (),
        )
    return BuildOutcome(job, sources, report)


def refresh_sources(
    job: Job, cues: tuple[Cue, ...], executor: Executor, progress: Progress
) -> tuple[SourceReport, ...]:
    """Fit, compose and orchestrate what is out of date, a cue on each worker.

    Cues that need nothing are told apart here, so that no worker is begun for them.
    """
    root = str(job.folder.root)
    told: list[tuple[SourceReport, ...] | Future[tuple[SourceReport, ...]]] = [
        settled_cue(job, cue) or executor.submit(refresh_cue, root, cue.id) for cue in cues
    ]
    found: list[SourceReport] = []
    for number, (cue, one) in enumerate(zip(cues, told, strict=True)):
        progress(SOURCES_SHARE * number / len(cues), f"{cue.number} map, sketch, score")
        found += one.result() if isinstance(one, Future) else one
    return tuple(found)


def settled_cue(job: Job, cue: Cue) -> tuple[SourceReport, ...]:
    """What there is to say of a cue whose three files need not be made; else nothing."""
    found: list[SourceReport] = []
    for source in SOURCES:
        try:
            report = settled(job, cue, source)
        except ScorestageError:
            return ()
        if report is None:
            return ()
        found.append(report)
    return tuple(found)


def refresh_cue(root: str, cue_id: str) -> tuple[SourceReport, ...]:
    """Bring one cue's map, sketch and score up to date, in this order.

    A fault is reported and stops this cue; other cues go on.
    """
    job = Job.open(Path(root))
    cue = job.cue(cue_id)
    found: list[SourceReport] = []
    for source in SOURCES:
        try:
            found.append(refresh(job, cue, source))
        except ScorestageError as fault:
            told, status = (str(fault),), fault.exit_status
            found.append(SourceReport(cue.number, source.file, SourceState.FAILED, told, status))
            break
    return tuple(found)


def plan(job: Job, engraver: Engraver = Engraver.AUTOMATIC) -> tuple[Product, ...]:
    """Every product of the production as it now is; cues nobody has written yet have none."""
    products: list[Product] = []
    mockups: list[Product] = []
    for cue in written_cues(job):
        pages = cue_pages(job, cue, engraver)
        click, mockup = cue_sound(job, cue)
        mockups.append(mockup)
        session = cue_session(job, cue, (click, mockup))
        products += [*pages, click, mockup, stage_film(job, cue), *session, *cue_papers(job, cue)]
        products += (*stop_clock(job, cue), *cue_account(job, cue), *cue_reasons(job, cue))
    products += [*review_film(job, tuple(mockups)), *film_papers(job), *theme_papers(job)]
    products += song_products(job)
    versions = {cue.number: cue.version for cue in job.cues()}
    named = tuple(_of_version(one, versions) for one in products)
    return (*named, report_product(job, named))


def _of_version(product: Product, versions: Mapping[str, str]) -> Product:
    """A cue's product made anew when a new version begins: its files are called after it."""
    version = versions.get(product.cue, FIRST_VERSION)
    if version == FIRST_VERSION:
        return product
    return replace(product, inputs=fingerprint(product.inputs, version))


def narrowed(
    products: tuple[Product, ...], cues: tuple[str, ...], only: tuple[str, ...]
) -> tuple[Product, ...]:
    """The products of some cues or kinds, with all that they need."""
    if not cues and not only:
        return products
    by_name = {product.name: product for product in products}
    wanted = {
        product.name
        for product in products
        if (not cues or product.cue in cues) and (not only or any(k in product.kind for k in only))
    }
    waiting = list(wanted)
    while waiting:
        for need in by_name[waiting.pop()].needs:
            if need not in wanted:
                wanted.add(need)
                waiting.append(need)
    return tuple(product for product in products if product.name in wanted)
