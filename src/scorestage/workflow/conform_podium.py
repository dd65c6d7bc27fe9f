"""One page for the podium: what changed, in which bars, for which section; biggest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from scorestage.adapters.formats.conform_page import MusicPlace
from scorestage.adapters.formats.pdf_table import pdf_of
from scorestage.adapters.machines.music_diff_pages import DiffPlace, one_page
from scorestage.adapters.store import write_bytes
from scorestage.errors import InputError, Where
from scorestage.music import Score
from scorestage.paperwork import Column, Table
from scorestage.tempofit.repairs import Repair
from scorestage.timebase import BarGrid
from scorestage.workflow.conform import Conforming, CueConform
from scorestage.workflow.conform_apply import chosen_repairs
from scorestage.workflow.conform_cut import NewCut
from scorestage.workflow.conform_report import bars_words, changed_on_paper
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import SCORE, read_cue_score

_COLUMNS = (
    Column("Cue", 14),
    Column("What is done", 40),
    Column("Bars", 14),
    Column("Who plays something else", 32),
)
_MOST_ROWS, _MOST_NAMED = 14, 24


_AS_PRINTED = "nobody: the notes stay, the time changes"


def podium_table(
    job: Job, conforming: Conforming, cut: NewCut, choices: Mapping[str, int] | None = None
) -> Table:
    """The summary; made before the cut is applied, from the old music."""
    chosen = chosen_repairs(conforming, choices or {})
    mended: list[tuple[int, tuple[str, ...]]] = []
    moved, same = [], 0
    for one in conforming.cues:
        repair = chosen[one.cue.id]
        old = job.folder.map(one.cue.id, job.clock)
        if repair is not None and repair.edits and old is not None:
            mended.append(_row(job, one, repair, old.grid))
        elif str(one.move.state) == "untouched":
            same += 1
        else:
            moved.append(f"{one.cue.number} {one.fault or one.move.words}")
    mended.sort(key=lambda each: -each[0])
    rows = [row for _, row in mended[:_MOST_ROWS]]
    left = len(mended) - len(rows)
    facts = [
        ("Production", job.production.title),
        ("To picture", cut.picture.label or cut.picture.id),
        ("Music changed", f"{len(mended)} of {len(conforming.cues)} cues"),
        ("Untouched", f"{same} cues"),
    ]
    legend = [_list_words("The music is the same, its place is not: ", moved)] if moved else []
    if left:
        legend.append(f"{left} cues with smaller changes are in the change report.")
    return Table("For the podium", _COLUMNS, tuple(rows), tuple(facts), legend=tuple(legend))


def _list_words(words: str, cues: Sequence[str]) -> str:
    more = len(cues) - _MOST_NAMED
    told = "; ".join(cues[:_MOST_NAMED])
    return f"{words}{told}{f' and {more} more' if more > 0 else ''}."


def _row(job: Job, one: CueConform, repair: Repair, old: BarGrid) -> tuple[int, tuple[str, ...]]:
    """How many bars change, and the row."""
    changed = changed_on_paper(repair, len(old.bars))
    sections = ""
    if (job.folder.cue_folder(one.cue.id) / SCORE).exists():
        sections = section_words(read_cue_score(job, one.cue), changed, old)
    done = "; ".join(edit.words for edit in repair.edits)
    title = f"{one.cue.number} {one.cue.title}".strip()
    bars = bars_words(changed or sorted(repair.touched), old)
    sections = sections or ("" if changed else _AS_PRINTED)
    return len(set(repair.touched) | set(changed)), (title, done, bars, sections)


def section_words(score: Score, changed: Sequence[int], old: BarGrid) -> str:
    """Section by section the changed bars in which it plays: `strings 5-8; brass 8`."""
    playing: dict[str, set[int]] = {}
    for line in score.lines:
        found = playing.setdefault(str(line.player.instrument.family), set())
        found |= {
            bar
            for bar in changed
            if any(
                note.onset < old.starts[bar + 1] and note.end > old.starts[bar]
                for note in line.notes
            )
        }
    return "; ".join(
        f"{family} {bars_words(sorted(bars), old)}" for family, bars in playing.items() if bars
    )


def podium_places(
    table: Table, music: Sequence[tuple[str, Sequence[MusicPlace]]]
) -> tuple[DiffPlace, ...]:
    """The changed places in the order of the table, headed by what is done and who plays it.

    Empty where a changed cue has no music drawn: the table alone tells all of them then.
    """
    drawn = {title: places for title, places in music if places}
    found: list[DiffPlace] = []
    for title, done, _, who in table.rows:
        if title not in drawn:
            return ()
        head = f"{title}: {done}" + (f" ({who})" if who else "")
        for place in drawn[title]:
            found.append(DiffPlace(head, place.old_bars, place.new_bars, place.before, place.after))
    return tuple(found)


def write_podium(
    table: Table, path: Path, music: Sequence[tuple[str, Sequence[MusicPlace]]] = ()
) -> None:
    """Write it as PDF: the changed bars as music where one page holds them, else the table.

    Raises `InputError` for another ending.
    """
    if path.suffix.lower() != ".pdf":
        raise InputError("the page for the podium is a .pdf", Where(file=path))
    facts = ["   ".join(f"{word}: {told}" for word, told in table.facts)]
    places = podium_places(table, music)
    page = one_page(places, facts, table.legend, table.title) if places else None
    write_bytes(path, page or pdf_of([table], "For the podium", landscape=True))
