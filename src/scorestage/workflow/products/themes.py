"""The theme ledger as a paper: where each theme sounds, made anew when music or themes change."""

from __future__ import annotations

from pathlib import Path

from scorestage.adapters.formats.csv_table import csv_of
from scorestage.adapters.formats.theme_chart import chart_of, chart_page
from scorestage.adapters.store import write_bytes
from scorestage.builder import Output, Product, code_of, fingerprint
from scorestage.paperwork import Column, Table
from scorestage.thematics.ledger import Ledger, ThemeStory
from scorestage.workflow.job import Job
from scorestage.workflow.theme_ledger import SCORE, SKETCH, ledger_of
from scorestage.workflow.theme_ledger_answers import ledger_answer
from scorestage.workflow.themes import load_themes

THEME_LEDGER = "theme ledger"
PAGE, SHEET = "paper/themes.html", "paper/themes.csv"
_CODE = ("thematics", "adapters/formats/theme_chart.py", "workflow/theme_ledger.py")


def theme_papers(job: Job) -> tuple[Product, ...]:
    """The ledger of the film's themes; none where there is no theme or no cue in the film."""
    themes = load_themes(job)
    cues = [cue for cue in job.cues() if cue.start is not None]
    if not themes or not cues:
        return ()
    music = [
        (cue.number, cue.start, cue.end, *(folder / name for name in (SKETCH, SCORE, *_BESIDE)))
        for cue in cues
        for folder in (job.folder.cue_folder(cue.id),)
    ]
    return (
        Product(
            name="themes",
            kind=THEME_LEDGER,
            make=make_theme_ledger,
            arguments=(str(job.folder.root), str(job.folder.build)),
            inputs=fingerprint(
                tuple(themes), job.production.title, job.production.current_picture,
                *(part for row in music for part in row), code_of(*_CODE),
            ),
            picture_version=job.production.picture,
        ),
    )  # fmt: skip


_BESIDE = ("map.toml", "provenance.jsonl")


def make_theme_ledger(root: str, build: str) -> tuple[Output, ...]:
    """Write the ledger as a page with its picture, and as a table."""
    job = Job.open(Path(root))
    ledger = ledger_of(job)
    page = chart_page(chart_of(ledger_answer(job, ledger)))
    write_bytes(Path(build) / PAGE, page.encode("utf-8"))
    write_bytes(Path(build) / SHEET, csv_of(ledger_table(ledger)))
    return Output(PAGE, THEME_LEDGER), Output(SHEET, THEME_LEDGER)


def ledger_table(ledger: Ledger) -> Table:
    """Themes by cues, with the first full statement, the longest drought and the notes."""
    columns = (
        Column("Theme", 3),
        Column("Stands for", 3),
        *(Column(number, 1, right=True) for number, _ in ledger.cues),
        Column("First whole", 2),
        Column("Longest away, seconds", 2, right=True),
        Column("Notes", 8),
    )
    return Table("Themes", columns, tuple(_row(one) for one in ledger.themes))


def _row(one: ThemeStory) -> tuple[str, ...]:
    whole, drought = one.first_whole, one.longest_drought
    return (
        one.title or one.theme,
        one.stands_for,
        *(str(count) if count else "" for count in one.cells),
        f"{whole.cue} bar {whole.bar}" if whole is not None else "",
        f"{float(drought.seconds):.1f}" if drought is not None else "",
        "; ".join(one.notes),
    )
