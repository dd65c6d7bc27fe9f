"""What a repair does to the music, as music: the changed places before and after, bar for bar."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from scorestage.adapters.formats.conform_page import MusicPlace
from scorestage.adapters.machines.verovio_pages import draw, has_verovio
from scorestage.adapters.store import passing_room
from scorestage.engraving.mei import mei_score
from scorestage.engraving.shortscore import short_score as as_read
from scorestage.music import Score
from scorestage.music.replaying import PlayedSpan, replayed
from scorestage.production import Paper
from scorestage.tempofit.repairs import BarSource, Origin, Repair
from scorestage.timebase import BarGrid, Beat, Beats, TempoMap
from scorestage.workflow.compose import SKETCH, read_sketch
from scorestage.workflow.conform import CueConform
from scorestage.workflow.conform_earlier import kept_score
from scorestage.workflow.job import Job
from scorestage.workflow.library import house_of
from scorestage.workflow.orchestrate import SCORE, read_cue_score
from scorestage.workflow.products.cuefacts import edition_of

_MEASURE = re.compile(r'id="bar-(\d+)" class="measure"')
_HEIGHT = re.compile(r'd="M-?[\d.]+[ ,](-?[\d.]+)')
_MARGIN = re.compile(r'class="page-margin" transform="translate\(([\d.]+), ([\d.]+)\)"')
_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_SIZE = re.compile(r'width="([\d.]+)px" height="([\d.]+)px"')
_BELOW, _ABOVE = 2900.0, 60.0
_HALF_PAGE = Paper(Fraction(170), Fraction(280), Fraction(5), Fraction(4))
"""What the music of one side is set for, in mm: half a report's page, a little larger."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A place that changes: bars by index, ends exclusive, with an unchanged bar on either side.

    `cut` are the old bars that are gone or broken into, `fresh` the new ones that are not as any
    old bar was.
    """

    old_first: int
    old_last: int
    new_first: int
    new_last: int
    cut: tuple[int, ...]
    fresh: tuple[int, ...]


def passages(sources: Sequence[BarSource], old_bars: int) -> tuple[Passage, ...]:
    """The places in which new bars do not follow one another as the old ones did.

    >>> plain = [BarSource(Origin.SAME, (bar,)) for bar in (0, 1, 2, 5, 6)]
    >>> [(one.old_first, one.old_last, one.cut) for one in passages(plain, 7)]
    [(2, 6, (3, 4))]
    """
    same = [
        (new, source.old_bars[0])
        for new, source in enumerate(sources)
        if source.origin is Origin.SAME
    ]
    found: list[Passage] = []
    for (new, old), (then, further) in pairwise([(-1, -1), *same, (len(sources), old_bars)]):
        if then - new == 1 and further - old == 1:
            continue
        low, high = min(old, further), max(old, further)
        cut = tuple(range(old + 1, further))
        broken = {bar for source in sources[new + 1 : then] for bar in source.old_bars}
        found.append(
            Passage(
                max(0, low),
                min(old_bars, high + 1),
                max(0, new),
                min(len(sources), then + 1),
                tuple(bar for bar in range(low, high + 1) if bar in cut or bar in broken),
                tuple(range(new + 1, then)),
            )
        )
    return tuple(found)


def excerpt(score: Score, tempo_map: TempoMap, first: int, last: int) -> tuple[Score, TempoMap]:
    """Bars `first` up to `last` of a score by themselves, all that holds there said again."""
    grid = score.grid
    low = grid.starts[first]
    alone = BarGrid(grid.bars[first:last])
    length = Beats((grid.starts[last] - low).quarters)
    music = replayed(score, (PlayedSpan(Beat(0), length, low),), alone)
    steady = TempoMap.steady(tempo_map.time_at(low), tempo_map.tempo_at(low), alone)
    return music, steady


def short_score(job: Job, one: CueConform) -> Score | None:
    """The music of a cue on as few staves as there are: the sketch, else the score."""
    folder = job.folder.cue_folder(one.cue.id)
    if (folder / SKETCH).exists():
        return as_read(read_sketch(job, one.cue))
    return read_cue_score(job, one.cue) if (folder / SCORE).exists() else None


def music_places(job: Job, one: CueConform, repair: Repair) -> tuple[MusicPlace, ...]:
    """The changed places of a cue drawn, old beside new, the bars that change coloured.

    Empty where there is no music yet, or nothing here to draw it with.
    """
    score = short_score(job, one)
    old = job.folder.map(one.cue.id, job.clock)
    if score is None or old is None or not has_verovio():
        return ()
    after = replayed(score, repair.spans, repair.tempo_map.grid)
    if repair.returns and one.earlier is not None:
        after = kept_score(one.earlier.folder) or after
    places = []
    for place in passages(repair.sources, len(old.grid.bars)):
        bars = (place.old_first, place.old_last), (place.new_first, place.new_last)
        playing = _playing(score, *bars[0]) | _playing(after, *bars[1])
        then, later = _only(score, playing), _only(after, playing)
        before = _drawn(job, one, then, old, *bars[0], place.cut)
        now = _drawn(job, one, later, repair.tempo_map, *bars[1], place.fresh)
        places.append(
            MusicPlace(
                _bars(old.grid, place.old_first, place.old_last),
                _bars(repair.tempo_map.grid, place.new_first, place.new_last),
                before,
                now,
            )
        )
    return tuple(places)


def _playing(score: Score, first: int, last: int) -> set[str]:
    """Who plays anything in some bars."""
    low, high = score.grid.starts[first], score.grid.starts[last]
    return {
        line.player.id
        for line in score.lines
        if any(note.onset < high and note.end > low for note in line.notes)
    }


def _only(score: Score, playing: set[str]) -> Score:
    """The score of those players alone; all of it where nobody plays."""
    lines = tuple(line for line in score.lines if line.player.id in playing)
    return replace(score, lines=lines or score.lines)


def _bars(grid: BarGrid, first: int, last: int) -> str:
    if last - first == 1:
        return f"bar {grid.bars[first].label}"
    return f"bars {grid.bars[first].label}–{grid.bars[last - 1].label}"


def _drawn(
    job: Job,
    one: CueConform,
    score: Score,
    tempo_map: TempoMap,
    first: int,
    last: int,
    changed: Sequence[int],
) -> str:
    """Some bars as a drawing, as wide as the page and as high as the music."""
    music, steady = excerpt(score, tempo_map, first, last)
    house = replace(house_of(job), large_time_signatures=False, score_paper=_HALF_PAGE)
    edition = replace(edition_of(job, one.cue, house), hits=(), podium_marks=())
    with passing_room() as room:
        drawings, _ = draw(mei_score(music, steady, edition), room)
    marked = {bar - first for bar in changed}
    return "".join(_marked(drawing, marked) for drawing in drawings)


def _marked(drawing: str, changed: set[int]) -> str:
    """The drawing without empty paper below, changed bars of class `changed`."""

    def told(match: re.Match[str]) -> str:
        more = " changed" if int(match[1]) in changed else ""
        return f'class="measure{more}"'

    drawing = drawing[drawing.index("<svg") :]
    margin = _MARGIN.search(drawing)
    lowest = max((float(at) for at in _HEIGHT.findall(drawing)), default=0.0) + _BELOW
    lowest += float(margin[2]) if margin else 0.0
    size, box = _SIZE.search(drawing), _BOX.search(drawing)
    if size is not None and box is not None:
        wide, high = float(size[1]), float(size[2])
        shown = min(high, lowest * high / float(box[2]))
        whole = f'width="{wide:g}" height="{high:g}" {box[0]}'
        drawing = drawing.replace(box[0], whole, 1)
        drawing = drawing.replace(size[0], f'viewBox="0 {-_ABOVE:g} {wide:g} {shown:g}"', 1)
    return _MEASURE.sub(told, drawing)
