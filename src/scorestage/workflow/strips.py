"""`reprint --strips`: of each issued part the lines that changed, to be pasted over."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scorestage.adapters.formats.musicxml import read_score
from scorestage.adapters.machines.engravers import Engraver
from scorestage.adapters.machines.page_facts import page_file
from scorestage.adapters.machines.strip_sheets import Strip, StripSheet, strip_sheets
from scorestage.adapters.store import PAGES, ROOMS, PageShelf, passing_room, room_in, write_bytes
from scorestage.adapters.store.map_file import read_map
from scorestage.engraving import Edition, PageKind, set_stems
from scorestage.engraving.mei import mei_part
from scorestage.engraving.strips import (
    BarFace,
    PrintedSystem,
    StripPlan,
    bar_faces,
    line_starts,
    placed_bars,
    printed_systems,
    strip_plans,
)
from scorestage.errors import InputError, Where
from scorestage.music import Line, Score
from scorestage.production import Cue
from scorestage.timebase import BarGrid, TempoMap
from scorestage.workflow.fit import MAP
from scorestage.workflow.issue import Issued, issued_as, last_issued
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import SCORE, read_cue_score
from scorestage.workflow.part_set import print_set
from scorestage.workflow.products.cuefacts import edition_of, facts_of


@dataclass(frozen=True, slots=True)
class IssuedMusic:
    """What was handed out: its score and map, and where each player's bars stand on paper."""

    issued: Issued
    score: Score
    tempo_map: TempoMap
    systems: dict[str, tuple[PrintedSystem, ...]]


@dataclass(frozen=True, slots=True)
class PlayerStrips:
    """What one player has to paste: the lines that changed, bars before and now, the new part.

    `systems` are the lines as printed, `shares` the new bars that stand in the place of each: none
    where nothing can be pasted, and the player gets a whole part.
    """

    was: Line
    line: Line
    systems: tuple[PrintedSystem, ...]
    plans: tuple[StripPlan, ...]
    old: tuple[BarFace, ...]
    new: tuple[BarFace, ...]
    shares: tuple[tuple[int, int], ...]


def issued_music(
    job: Job, cue: Cue, issued: Issued, engraver: Engraver = Engraver.AUTOMATIC
) -> IssuedMusic:
    """The music of an issue, and the lines of its parts as they were printed.

    Pages are read from the set that was handed out; parts that no longer lie there are engraved
    again from the frozen score.
    """
    path = issued.folder / SCORE
    if not path.is_file():
        raise InputError(f"{cue.number} {issued.version} has no score", Where(file=path))
    score = read_score(path.read_bytes(), path.name).score
    tempo_map = read_map(issued.folder / MAP, job.clock)
    return IssuedMusic(
        issued, score, tempo_map, _systems(job, cue, issued, score, tempo_map, engraver)
    )


def _systems(
    job: Job, cue: Cue, issued: Issued, score: Score, tempo_map: TempoMap, engraver: Engraver
) -> dict[str, tuple[PrintedSystem, ...]]:
    labels = [str(bar.label) for bar in score.grid.bars]
    contents = _held_parts(job, cue, issued)
    if any(part.player and part.player not in contents for part in issued.parts):
        edition = replace(edition_of(job, cue, facts_of(job, cue).house), version=issued.version)
        with room_in(job.folder.build / ROOMS) as room:
            shelf = PageShelf(job.folder.build / PAGES)
            made = print_set(score, tempo_map, edition, engraver, room, shelf=shelf)
        parts = (file for file in made.files if file.kind in (PageKind.PART, PageKind.TACET))
        contents = {file.player: file.content for file in parts} | contents
    return {
        player: printed_systems(page_file(content, player).pages, labels)
        for player, content in contents.items()
    }


def _held_parts(job: Job, cue: Cue, issued: Issued) -> dict[str, bytes]:
    """The parts that were handed out, by player, as far as they still lie there."""
    home = job.folder.build / "issued" / job.folder.cue_folder(cue.id).name / issued.version
    return {
        part.player: (home / part.file).read_bytes()
        for part in issued.parts
        if part.player and (home / part.file).is_file()
    }


def stand_words(job: Job, cue: Cue, grid: BarGrid, bars: Collection[int]) -> dict[str, str]:
    """Player by player where bars stand in the part handed out last: `page 1 system 2, 3`.

    Empty where nothing was issued, or the parts no longer lie there.
    """
    issued = last_issued(job, cue)
    if issued is None:
        return {}
    labels = [str(bar.label) for bar in grid.bars]
    found = {}
    for player, content in _held_parts(job, cue, issued).items():
        pages: dict[int, list[str]] = {}
        for one in printed_systems(page_file(content, player).pages, labels):
            if any(one.first <= bar < one.last for bar in bars):
                pages.setdefault(one.page, []).append(str(one.system))
        told = (f"page {page} system {', '.join(systems)}" for page, systems in pages.items())
        found[player] = "; ".join(told)
    return found


def player_strips(
    before: IssuedMusic, score: Score, tempo_map: TempoMap, edition: Edition
) -> tuple[PlayerStrips, ...]:
    """Player by player what is to be pasted over, or mended by hand; who has neither is left out.

    Who rested throughout, or does so now, or whose printed lines are not found, has nothing to
    paste. Not here are players that are new, who had no part, and those who are tacet as before.
    """
    lines = {line.player.id: line for line in before.score.lines}
    found = []
    for line in score.lines:
        was = lines.get(line.player.id)
        systems = before.systems.get(line.player.id, ())
        if was is None or (was.is_silent and line.is_silent):
            continue
        old = bar_faces(before.score, was, before.tempo_map, edition)
        new = bar_faces(score, line, tempo_map, edition)
        if old == new:
            continue
        whole = was.is_silent or line.is_silent or not systems
        plans = () if whole else strip_plans(systems, old, new)
        shares = () if whole else tuple(placed_bars(systems, old, new))
        found.append(PlayerStrips(was, line, systems, plans, old, new, shares))
    return tuple(found)


def strip_words(one: PlayerStrips, plan: StripPlan) -> str:
    """`Page 2, system 3: paste over bars 12–14 (now 12, 12A, 14)`."""
    at = f"Page {plan.over.page}, system {plan.over.system}"
    was = [face.label for face in one.old[plan.over.first : plan.over.last]]
    now = [face.label for face in one.new[plan.first : plan.last]]
    if not now:
        return f"{at}: cross out bars {span(was)}, which are cut"
    told = "" if now == was else f" (now {span(now)})"
    return f"{at}: paste over bar{'s' * (len(was) > 1)} {span(was)}{told}"


def span(labels: Sequence[str]) -> str:
    """Bar numbers told shortly: whole numbers that follow one another are drawn together.

    >>> span(["5", "6", "7", "7A", "7B", "9"])
    '5–7, 7A, 7B, 9'
    """
    runs: list[list[str]] = []
    for label in labels:
        before = runs[-1][-1] if runs else ""
        follows = before.isdecimal() and label.isdecimal() and int(label) == int(before) + 1
        if follows:
            runs[-1].append(label)
        else:
            runs.append([label])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A cue as it was handed out and as it is now, and what that changes for each player."""

    before: IssuedMusic
    score: Score
    tempo_map: TempoMap
    edition: Edition
    players: tuple[PlayerStrips, ...]

    @property
    def whole_parts(self) -> tuple[str, ...]:
        """Names of the players who get a whole part: new ones, and those with nothing to paste."""
        known = {line.player.id for line in self.before.score.lines}
        whole = {one.line.player.id for one in self.players if not one.shares}
        players = (line.player for line in self.score.lines)
        return tuple(one.name for one in players if one.id in whole or one.id not in known)


def handed_out(
    job: Job, name: str, against: str = "", engraver: Engraver = Engraver.AUTOMATIC
) -> HandedOut:
    """The cue now beside the version issued last, or as `against`.

    Raises `InputError` where nothing was issued.
    """
    cue = job.cue(name)
    before = issued_music(job, cue, issued_as(job, cue, against), engraver)
    facts = facts_of(job, cue)
    score, edition = read_cue_score(job, cue), edition_of(job, cue, facts.house)
    players = player_strips(before, score, facts.tempo_map, edition)
    return HandedOut(before, score, facts.tempo_map, edition, players)


def paste_over(found: HandedOut, folder: Path) -> tuple[Path, ...]:
    """Write one PDF of strips for each player whose lines changed; gives the files.

    Raises `MachineError` where Verovio, which sets strips, is not here.
    """
    pasting = [one for one in found.players if one.plans]
    if not pasting:
        return ()
    sheets = [
        _sheet_of(one, found.score, found.tempo_map, found.edition, found.before.issued.version)
        for one in pasting
    ]
    with passing_room() as room:
        contents = strip_sheets(sheets, room)
    stems = set_stems(found.edition, [one.line.player.name for one in pasting])
    paths = tuple(folder / f"{stem}-strips.pdf" for stem in stems)
    for path, content in zip(paths, contents, strict=True):
        write_bytes(path, content)
    return paths


def _sheet_of(
    one: PlayerStrips, score: Score, tempo_map: TempoMap, edition: Edition, was: str
) -> StripSheet:
    starts = line_starts(one.shares, one.plans)
    book = mei_part(score, one.line.player.id, tempo_map, edition, lines_at=starts)
    pickups = 1 if score.grid.pickup.quarters else 0
    strips = tuple(
        Strip(
            strip_words(one, plan),
            plan.first + pickups if plan.first else 0,
            plan.last + pickups if plan.last > plan.first else 0,
        )
        for plan in one.plans
    )
    cue = f"{edition.cue_number} {edition.title}".strip()
    told = (edition.production, cue, f"{was} → {edition.version}", "cut at the dotted lines")
    facts = "   ·   ".join(word for word in told if word)
    return StripSheet(book, one.line.player.name, facts, strips)
