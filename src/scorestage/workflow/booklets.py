"""`booklets`: for each player one booklet of the whole session, all cues in recording order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scorestage.adapters.formats.pdf_table import pdf_of
from scorestage.adapters.machines.bound_pages import bound, page_count
from scorestage.adapters.machines.engravers import Engraver
from scorestage.adapters.store import PAGES, ROOMS, PageShelf, room_in, write_bytes
from scorestage.engraving import Edition, PageKind
from scorestage.engraving.filenames import word
from scorestage.errors import InputError, Where
from scorestage.music import Player
from scorestage.paperwork import Column, Table
from scorestage.production import Cue
from scorestage.timebase.reading import clock_text
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import read_cue_score, written_cues
from scorestage.workflow.part_set import print_set
from scorestage.workflow.products.cuefacts import edition_of, facts_of


@dataclass(frozen=True, slots=True)
class BookletCue:
    """One cue of a booklet: its pages, and what its line of the contents says."""

    edition: Edition
    lasting: str
    bars: int
    content: bytes
    tacet: bool


@dataclass(frozen=True, slots=True)
class Booklet:
    """One player's booklet on disk."""

    player: str
    path: Path
    pages: int
    cues: tuple[str, ...]
    tacet: tuple[str, ...]


_COLUMNS = (
    Column("Page", 8, right=True),
    Column("Cue", 12),
    Column("Title", 42),
    Column("Version", 12),
    Column("Bars", 8, right=True),
    Column("Length", 12, right=True),
    Column("", 16),
)


def make_booklets(
    job: Job,
    into: Path | None = None,
    names: tuple[str, ...] = (),
    engraver: Engraver = Engraver.AUTOMATIC,
    workers: int = 1,
) -> tuple[Booklet, ...]:
    """Write one booklet for each player who is in any of the cues, in the order of `names`.

    Without names all written cues come in the order of the film. A cue in which a player rests
    keeps its tacet sheet. Each begins with the contents; two pages of a cue lie open together.

    Raises `InputError` where no cue has a score yet.
    """
    cues = tuple(job.cue(name) for name in names) if names else written_cues(job)
    if not cues:
        raise InputError("no cue has a score yet", do="scorestage build, or orchestrate")
    into = into or job.folder.build / "booklets"
    if into.exists() and not into.is_dir():
        raise InputError("this is no folder to put booklets into", Where(file=into))
    players: dict[str, Player] = {}
    bound_cues: dict[str, list[BookletCue]] = {}
    for cue in cues:
        for player, one in _parts_of(job, cue, engraver, workers):
            players.setdefault(player.id, player)
            bound_cues.setdefault(player.id, []).append(one)
    found = []
    for player_id, player in players.items():
        found.append(_written(job, player, bound_cues[player_id], into))
    return tuple(found)


def _parts_of(
    job: Job, cue: Cue, engraver: Engraver, workers: int
) -> list[tuple[Player, BookletCue]]:
    facts = facts_of(job, cue)
    score, edition = read_cue_score(job, cue), edition_of(job, cue, facts.house)
    with room_in(job.folder.build / ROOMS) as room:
        shelf = PageShelf(job.folder.build / PAGES)
        printed = print_set(
            *(score, facts.tempo_map, edition, engraver, room), workers=workers, shelf=shelf
        )
    players = {line.player.id: line.player for line in score.lines}
    lasting = clock_text((facts.tempo_map.end - facts.tempo_map.start).seconds)
    bars = len(score.grid.bars)
    return [
        (
            players[file.player],
            BookletCue(edition, lasting, bars, file.content, file.kind == PageKind.TACET),
        )
        for file in printed.files
        if file.player
    ]


def _written(job: Job, player: Player, cues: Sequence[BookletCue], into: Path) -> Booklet:
    """The booklet of one player: contents first, told after the pages are counted."""
    production = job.production.title
    front = pdf_of([_contents(production, player, cues, (0,) * len(cues))], production)
    _, begins = bound([front, *(cue.content for cue in cues)])
    front = pdf_of([_contents(production, player, cues, begins[1:])], production)
    content, begins = bound([front, *(cue.content for cue in cues)])
    name = "-".join(part for part in (word(production), word(player.name), "Booklet") if part)
    path = into / f"{name}.pdf"
    write_bytes(path, content)
    return Booklet(
        player.name,
        path,
        page_count(content),
        tuple(cue.edition.cue_number for cue in cues),
        tuple(cue.edition.cue_number for cue in cues if cue.tacet),
    )


def _contents(
    production: str, player: Player, cues: Sequence[BookletCue], begins: Sequence[int]
) -> Table:
    rows = tuple(
        (
            str(page),
            cue.edition.cue_number,
            cue.edition.title,
            cue.edition.version,
            str(cue.bars),
            cue.lasting,
            "tacet" if cue.tacet else "",
        )
        for cue, page in zip(cues, begins, strict=True)
    )
    return Table(player.name, _COLUMNS, rows, (("Production", production),))
