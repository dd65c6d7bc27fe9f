"""The change report: what moved, what to print, tape in and record again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from scorestage.adapters.formats.conform_page import BarBox, CueStrip, MusicPlace, conform_page
from scorestage.adapters.formats.pdf_table import pdf_of
from scorestage.adapters.machines.bound_pages import bound
from scorestage.adapters.machines.music_diff_pages import DiffPlace, diff_pages
from scorestage.adapters.store import write_bytes
from scorestage.errors import InputError, Where
from scorestage.paperwork import Column, Table
from scorestage.tempofit.repairs import Origin, Repair
from scorestage.timebase import BarGrid, FilmClock, FilmTime, Position, TempoMap, mixed_text
from scorestage.workflow.conform import Conforming, CueConform
from scorestage.workflow.conform_answers import changes_words
from scorestage.workflow.conform_apply import chosen_repairs
from scorestage.workflow.conform_cost import ConformCost, cost_words
from scorestage.workflow.conform_cut import NewCut
from scorestage.workflow.conform_music import music_places
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import SCORE, read_cue_score
from scorestage.workflow.strips import stand_words

_RESTS_ONLY = "rests there: only meters or the count of rests change"


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """The report as tables and as strips of bars, cue by cue."""

    title: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    strips: tuple[CueStrip, ...]
    music: tuple[tuple[str, tuple[MusicPlace, ...]], ...] = ()


def change_report(
    job: Job,
    conforming: Conforming,
    cut: NewCut,
    cost: ConformCost | None = None,
    choices: Mapping[str, int] | None = None,
    *,
    drawn: bool = False,
) -> ChangeReport:
    """All that people must know of a new cut; made before it is applied, from the old music.

    With `drawn` the changed places are engraved too, old beside new.
    """
    chosen = chosen_repairs(conforming, choices or {})
    clock = FilmClock(cut.picture.rate, cut.picture.start_frames)
    facts = [
        ("Production", job.production.title),
        ("From picture", job.picture().label or job.picture().id),
        ("To picture", cut.picture.label or cut.picture.id),
        ("Changes", changes_words(conforming.changes)),
    ]
    if cost is not None:
        facts.append(("To build", cost_words(cost)))
    tables = [_overview(job, conforming, chosen, clock, tuple(facts))]
    strips: list[CueStrip] = []
    music: list[tuple[str, tuple[MusicPlace, ...]]] = []
    for one in conforming.cues:
        repair = chosen[one.cue.id]
        old = job.folder.map(one.cue.id, job.clock)
        if repair is None or old is None:
            continue
        tables.append(_cue_table(one, repair, old.grid, clock))
        players = _players_table(job, one, repair, old)
        if players is not None:
            tables.append(players)
        strips.append(_strip(one, repair, old.grid, clock))
        if drawn and repair.edits:
            music.append((strips[-1].title, music_places(job, one, repair)))
    if cost is not None and cost.rebuilt:
        tables.append(_cost_table(cost))
    return ChangeReport("Picture change", tuple(facts), tuple(tables), tuple(strips), tuple(music))


def write_change_report(report: ChangeReport, path: Path, running: str) -> None:
    """Write it as PDF or HTML, by the ending of `path`."""
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        write_bytes(
            path,
            _with_music(
                pdf_of(report.tables, running, landscape=True, flowing=True), report, running
            ),
        )
    elif suffix in (".html", ".htm"):
        page = conform_page(report.title, report.facts, report.tables, report.strips, report.music)
        write_bytes(path, page.encode("utf-8"))
    else:
        raise InputError("a change report is .pdf or .html", Where(file=path))


def _with_music(pages: bytes, report: ChangeReport, running: str) -> bytes:
    """The tables, and behind them the changed places as music where they are drawn."""
    places = [
        DiffPlace(title, place.old_bars, place.new_bars, place.before, place.after)
        for title, found in report.music
        for place in found
    ]
    if not places:
        return pages
    return bound([pages, diff_pages(places, running)], spreads=False)[0]


def _overview(
    job: Job,
    conforming: Conforming,
    chosen: Mapping[str, Repair | None],
    clock: FilmClock,
    facts: tuple[tuple[str, str], ...],
) -> Table:
    columns = (
        Column("Cue", 8),
        Column("Title", 18),
        Column("Was at", 13),
        Column("Is at", 13),
        Column("What happened", 24),
        Column("What is done", 42),
        Column("Hits", 9, right=True),
    )
    rows = []
    strong = set()
    for number, one in enumerate(conforming.cues):
        repair = chosen[one.cue.id]
        if repair is not None:
            strong.add(number)
        rows.append(
            (
                one.cue.number,
                one.cue.title,
                _label(job.clock, one.cue.start),
                _label(clock, one.move.start),
                one.move.words,
                done_words(one, repair),
                _hits_words(one, repair),
            )
        )
    legend = ("Hits: met again of those the music met before; lost ones have no picture any more.",)
    return Table("Picture change", columns, tuple(rows), facts, frozenset(strong), legend)


def _label(clock: FilmClock, at: FilmTime | None) -> str:
    return "" if at is None else clock.nearest_label(at)


def done_words(one: CueConform, repair: Repair | None) -> str:
    """What is done to the music of a cue, in a line."""
    if repair is not None:
        return "; ".join(edit.words for edit in repair.edits) or "the music stays as it is"
    if one.fault:
        return one.fault
    return {"orphaned": "omitted; its files are kept"}.get(str(one.move.state), "moves along")


def _hits_words(one: CueConform, repair: Repair | None) -> str:
    lost = f", {len(one.move.lost)} lost" if one.move.lost else ""
    if repair is None:
        return f"{len(one.move.hits) - len(one.move.lost)}{lost}" if one.move.hits else ""
    met = [hit for hit in repair.hits if hit.caught_before]
    return f"{sum(hit.caught_after for hit in met)} of {len(met)}{lost}"


def _cue_table(one: CueConform, repair: Repair, old: BarGrid, clock: FilmClock) -> Table:
    """The hits before and after, and the bars that are new, joined, gone or at another tempo."""
    columns = (
        Column("Hit", 34),
        Column("Timecode", 14),
        Column("Bar", 16),
        Column("Before", 10, right=True),
        Column("After", 10, right=True),
        Column("", 16),
    )
    rows = [
        (
            hit.hit.words or hit.hit.id,
            clock.nearest_label(hit.hit.at),
            position_words(hit.position),
            f"{float(hit.before_frames):+.2f}",
            "" if hit.after_frames is None else f"{float(hit.after_frames):+.2f}",
            _fate(hit.caught_before, hit.caught_after, hit.after_frames),
        )
        for hit in repair.hits
    ]
    rows += [(hit.words or hit.id, "", "", "", "", "lost its picture") for hit in one.move.lost]
    facts = (
        ("Repair", repair.name),
        ("Done", "; ".join(edit.words for edit in repair.edits) or "nothing"),
        ("Largest step of tempo", f"{float(repair.largest_step_percent):.2f} %"),
        ("Bars touched", bars_words(repair.touched, old)),
        ("New click and streamers", f"from bar {bars_words(repair.touched[:1], old)}")
        if repair.touched
        else ("Click and streamers", "the same, moved"),
        ("On the stands, to print", bars_words(repair.reprint, old) or "none"),
        ("Recorded, to play again", bars_words(repair.retake, old) or "none"),
    )
    title = f"{one.cue.number} {one.cue.title}".strip()
    told = "Frames: music minus picture." if rows else "No hit is tied to this cue."
    return Table(title, columns, tuple(rows), facts, legend=(told,))


def position_words(position: Position | None) -> str:
    """`7 beat 2½`, or nothing."""
    if position is None:
        return ""
    return f"{position.label} beat {mixed_text(position.beat)}"


def _fate(before: bool, after: bool, off: Fraction | None) -> str:
    if off is None:
        return "cut away"
    if after:
        return "met" if before else "met now"
    return "missed now" if before else "missed before too"


def bars_words(bars: Sequence[int], grid: BarGrid) -> str:
    """Bars by their printed numbers, neighbours drawn together."""
    runs: list[list[int]] = []
    for bar in bars:
        if runs and runs[-1][-1] == bar - 1:
            runs[-1].append(bar)
        else:
            runs.append([bar])
    labels = grid.bars
    return ", ".join(
        str(labels[run[0]].label)
        if len(run) == 1
        else f"{labels[run[0]].label}-{labels[run[-1]].label}"
        for run in runs
    )


def _players_table(job: Job, one: CueConform, repair: Repair, old: TempoMap) -> Table | None:
    """Player by player what to tape in: the bars whose notes or neighbours change."""
    if not (job.folder.cue_folder(one.cue.id) / SCORE).exists():
        return None
    score = read_cue_score(job, one.cue)
    paged = changed_on_paper(repair, len(old.grid.bars))
    starts = old.grid.starts
    stands = stand_words(job, one.cue, old.grid, paged)
    told: dict[tuple[str, str], list[str]] = {}
    for line in score.lines:
        playing = {
            bar
            for bar in paged
            if any(starts[bar] < note.end and note.onset < starts[bar + 1] for note in line.notes)
        }
        words = _RESTS_ONLY
        if playing:
            words = (
                f"{'bar' if len(playing) == 1 else 'bars'} {bars_words(sorted(playing), old.grid)}"
            )
        told.setdefault((words, stands.get(line.player.id, "")), []).append(line.player.name)
    rows = [
        (", ".join(names), words, stand)
        for (words, stand), names in sorted(told.items(), key=lambda one: one[0][0] == _RESTS_ONLY)
    ]
    if not rows or not paged:
        return None
    columns = (
        Column("Player", 44),
        Column("To print, or tape in", 30),
        Column("On the stand", 26),
    )
    strips = f"Strips to paste over: scorestage reprint {one.cue.number} --strips FOLDER"
    legend = (strips,) if stands else ()
    return Table(f"{one.cue.number}: parts", columns, tuple(rows), legend=legend)


def changed_on_paper(repair: Repair, count: int) -> list[int]:
    """Old bars that are joined, gone or played again: bars that only go faster keep their page."""
    found: set[int] = set()
    played: set[int] = set()
    for source in repair.sources:
        played |= set(source.old_bars)
        if source.origin is not Origin.SAME:
            found |= set(source.old_bars)
    return sorted(found | (set(range(count)) - played))


def _strip(one: CueConform, repair: Repair, old: BarGrid, clock: FilmClock) -> CueStrip:
    grid, tempo_map = repair.tempo_map.grid, repair.tempo_map
    bent = set(repair.touched)
    boxes = []
    for index, (bar, source) in enumerate(zip(grid.bars, repair.sources, strict=True)):
        origin = str(source.origin)
        if source.origin is Origin.SAME and bent & set(source.old_bars):
            origin = "bent"
        at = clock.nearest_label(tempo_map.time_at(grid.starts[index]))
        boxes.append(BarBox(str(bar.label), origin, source.old_bars, str(bar.meter), at))
    played = {bar for source in repair.sources for bar in source.old_bars}
    olds = tuple(
        BarBox(str(bar.label), "same" if index in played else "cut", (index,), str(bar.meter), "")
        for index, bar in enumerate(old.bars)
    )
    title = f"{one.cue.number} {one.cue.title}".strip()
    return CueStrip(title, f"{repair.name}: {repair.why}", olds, tuple(boxes))


def _cost_table(cost: ConformCost) -> Table:
    columns = (
        Column("Cue", 12),
        Column("Deliverable", 40),
        Column("Files", 12, right=True),
        Column("Pages", 12, right=True),
        Column("Seconds", 14, right=True),
    )
    rows = tuple(
        (
            one.cue,
            one.kind,
            str(one.files) if one.files else "",
            str(one.pages) if one.pages else "",
            f"{one.seconds:.1f}" if one.seconds else "",
        )
        for one in cost.rebuilt
    )
    legend = ("Files, pages and seconds are those of the last time each was made.",)
    return Table("To be built again", columns, rows, legend=legend)
