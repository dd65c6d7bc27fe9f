"""One player's tasks made into a line of the score: what can be played, and how it is marked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate, groupby, islice, pairwise

from scorestage.music import (
    Articulation,
    Dynamic,
    DynamicMark,
    Line,
    Pitch,
    Player,
    Staff,
    Strand,
    Unpitched,
    Voice,
    Words,
)
from scorestage.orchestration.breath import with_breaths
from scorestage.orchestration.fingers import double_stop, is_bowed
from scorestage.orchestration.harmonics import drawn
from scorestage.orchestration.job import Job
from scorestage.orchestration.keyboard import in_hands
from scorestage.orchestration.levels import LevelCurve
from scorestage.orchestration.limits import Drums, Pedals, Stations, spellings
from scorestage.orchestration.loudness import dynamics_of
from scorestage.orchestration.placing import Placed, in_limbs, in_one_voice, in_two_parts
from scorestage.orchestration.practice import (
    Colour,
    breath_seconds,
    breathes,
    can_divide,
    change_seconds,
    colour,
    is_chordal,
    is_harp,
    is_kit,
)
from scorestage.orchestration.repeats import at_ease
from scorestage.orchestration.signs_kept import boxed, in_one_hand, signed
from scorestage.orchestration.sweeps import paired
from scorestage.orchestration.technique import techniques_of
from scorestage.orchestration.timing import Timing
from scorestage.orchestration.touch import articulated, slurs_of
from scorestage.orchestration.values import Task
from scorestage.timebase import Beat

_BLOWN = {Dynamic.P: "sfp", Dynamic.PP: "sfpp"}
_HELD_SECONDS = 0.5
"""A struck note that lasts so long is held on after its blow."""


@dataclass(frozen=True, slots=True)
class Library:
    """What all desks look things up in: the sketch's strands and their curves, and the clock."""

    strands: Mapping[int, Strand]
    curves: Mapping[int, LevelCurve]
    timing: Timing


def library_of(job: Job) -> Library:
    """Everything of a job that is looked up."""
    strands = {one.index: one.strand for one in job.strands}
    return Library(strands, job.curves, job.timing)


def settle(player: Player, tasks: Sequence[Task], rank: int, library: Library) -> list[Placed]:
    """The notes a player can really play of all that was asked, with time to change and breathe."""
    wanted = [Placed(note, task) for task in tasks for note in task.notes]
    wanted = _with_changes(wanted, library.timing)
    placed: list[Placed] = []
    for instrument in dict.fromkeys(task.instrument for task in tasks):
        own = [one for one in wanted if one.task.instrument is instrument]
        if is_kit(instrument):
            placed += in_limbs(own)[0]
        elif is_chordal(instrument):
            placed += _spelled_on_harp(in_hands(instrument, own), library.timing)
        elif can_divide(player, instrument):
            placed += in_two_parts(own)[0]
        else:
            placed += _alone(own, rank, library)
    return at_ease(placed, library.timing)


def _alone(own: Sequence[Placed], rank: int, library: Library) -> list[Placed]:
    """A single line: strokes at one time joined, air found, drums tuned, stations reached."""
    if not own:
        return []
    instrument = own[0].task.instrument
    placed, _ = in_one_voice(_stopped_together(_struck_together(own)))
    placed = _at_hand(placed, library.timing)
    if breathes(instrument):
        limit = breath_seconds(instrument, loudest(placed, library))
        return with_breaths(placed, limit, rank, library.timing)
    if colour(instrument) is Colour.TIMPANI:
        drums = Drums(library.timing)
        return [
            one
            for one in placed
            if drums.take([pitch.key for pitch in one.note.sounding], one.start, one.end)
        ]
    if instrument.drums:
        stations = Stations(library.timing)
        return [one for one in placed if reached(stations, one)]
    return placed


def _at_hand(placed: Sequence[Placed], timing: Timing) -> list[Placed]:
    """Doublings that repeat a note faster than the instrument can hold it instead."""
    found: list[Placed] = []
    for one in placed:
        last = found[-1] if found else None
        again = last is not None and last.note.pitches == one.note.pitches
        if last is not None and again and not _carries(one) and not _carries(last):
            seconds = timing.between(last.start, one.start)
            if seconds * one.task.instrument.repeat_notes_per_second < 1:
                found[-1] = last.until(one.end)
                continue
        found.append(one)
    return found


def _carries(one: Placed) -> bool:
    return one.task.rule.endswith(".carrier")


def loudest(placed: Sequence[Placed], library: Library) -> float:
    """The loudest level that a player reaches, in steps from mf."""
    levels = []
    for one in placed:
        curve = library.curves.get(one.task.strand)
        levels.append((curve.at(one.start) if curve else 0.0) + one.task.level_shift)
    return max(levels, default=0.0)


def reached(stations: Stations, one: Placed) -> bool:
    """Whether a percussionist is there in time; if so, they stay until it is played."""
    return stations.take(_sounds(one), one.start, one.end, roll=bool(one.note.tremolo))


def _sounds(one: Placed) -> list[str]:
    return [stroke.sound for stroke in one.note.pitches if isinstance(stroke, Unpitched)]


def _struck_together(own: Sequence[Placed]) -> list[Placed]:
    """On two-mallet instruments notes of one moment become one note of two pitches at most."""
    most = own[0].task.instrument.max_polyphony
    if most < 2:
        return list(own)
    found: dict[Fraction, Placed] = {}
    for one in sorted(own, key=lambda placed: placed.rank):
        first = found.get(one.start)
        if first is None:
            found[one.start] = one
            continue
        pitches = tuple(dict.fromkeys((*first.note.pitches, *one.note.pitches)))[:most]
        found[one.start] = replace(first, note=replace(first.note, pitches=pitches))
    return list(found.values())


def _stopped_together(own: Sequence[Placed]) -> list[Placed]:
    """Two notes of the sketch that begin together become a double stop where a hand has it.

    One of them has to be played, by rule or as nobody else has it; a line beside it is let go with
    it, and joins only if it lasts as long or longer.
    """
    found: dict[Fraction, Placed] = {}
    rest: list[Placed] = []
    for one in sorted(own, key=lambda placed: placed.rank):
        first = found.get(one.start)
        lined = one.task.essential or (_carries(one) and first is not None)
        if not lined or not is_bowed(one.task.instrument):
            rest.append(one)
        elif first is None:
            found[one.start] = one
        else:
            pitches = (*first.note.pitches, *one.note.pitches)
            keys = tuple(sorted(pitch.key for pitch in pitches if isinstance(pitch, Pitch)))
            lasting = one.task.essential or one.end >= first.end
            if lasting and len(set(keys)) == 2 and double_stop(one.task.instrument, keys):
                note = replace(first.note, pitches=pitches)
                found[one.start] = replace(first, note=note)
            else:
                rest.append(one)
    return [*found.values(), *rest]


def _with_changes(wanted: Sequence[Placed], timing: Timing) -> list[Placed]:
    """Where another instrument is taken up there must be time: the second instrument gives way."""
    ordered = sorted(wanted, key=lambda one: (one.start, one.rank))
    if len({one.task.instrument.id for one in ordered}) < 2:
        return ordered
    main = [one for one in ordered if _is_main(one)]
    others = [one for one in ordered if not _is_main(one)]
    around = _Main(main, timing)
    kept = [one for one in others if around.leaves(one)]
    return sorted([*main, *kept], key=lambda one: (one.start, one.rank))


def _is_main(one: Placed) -> bool:
    return not one.task.alternate


class _Main:
    """The notes on a player's own instrument, asked whether there is time for another there."""

    def __init__(self, main: Iterable[Placed], timing: Timing) -> None:
        self._placed = sorted(main, key=_start)
        self._ends = list(accumulate((one.end for one in self._placed), max))
        needs = (change_seconds(one.task.instrument) for one in self._placed)
        self._most_seconds = max(needs, default=0.0)
        self._timing = timing

    def leaves(self, one: Placed) -> bool:
        """Whether a note stands in a rest that is long enough to change before and after it."""
        place = bisect_left(self._placed, one.end, key=_start)
        if place and self._ends[place - 1] > one.start:
            return False
        need = change_seconds(one.task.instrument)
        if place and self._timing.between(self._ends[place - 1], one.start) < need:
            return False
        for other in islice(self._placed, place, None):
            gap = self._timing.between(one.end, other.start)
            if gap >= self._most_seconds:
                return True
            if gap < change_seconds(other.task.instrument):
                return False
        return True


def _start(one: Placed) -> Fraction:
    return one.start


def line_of(player: Player, placed: Sequence[Placed], library: Library) -> Line:
    """The player's line with all its signs; silent staves where nothing is played.

    Of two staves the upper one has the dynamics of both: they stand between the hands.
    """
    count = max((instrument.staves for instrument in player.instruments), default=1)
    staves = {index: strand.staff for index, strand in library.strands.items()}
    timing = library.timing
    section = can_divide(player, player.instrument)
    if count > 1:
        placed = in_one_hand(placed, staves)
    written: list[Staff] = []
    for number in range(count):
        own = [one for one in placed if one.staff == number]
        slurs = slurs_of(own, staves, timing)
        own = articulated(own, slurs, timing)
        heard = (list(placed) if number == 0 else []) if count > 1 else own
        marks, pins = dynamics_of(heard, library.curves, timing)
        marks = blown_softly(marks, own, timing)
        own = _forced_once(own, {mark.at for mark in (*marks, *_dynamics(written))})
        own = signed(own, staves)
        voices = tuple(
            Voice(tuple(drawn(one.note) for one in own if one.voice == voice))
            for voice in range(1 + max((one.voice for one in own), default=0))
        )
        techniques = techniques_of(own, staves, timing, section=section)
        words = _words(own, library.strands)
        known = {one.note.id for one in own}
        slurs = tuple(slur for slur in slurs if slur.first in known and slur.last in known)
        written.append(boxed(Staff(voices, marks, pins, slurs, techniques, words), own, staves))
    return Line(player, tuple(written), _changes(placed))


def blown_softly(
    marks: Sequence[DynamicMark], own: Sequence[Placed], timing: Timing
) -> tuple[DynamicMark, ...]:
    """Where a struck note is held on softly its dynamic says both: `sfp`, `sfpp`."""
    struck = {
        one.note.onset
        for one in own
        if Articulation.SFORZATO in one.note.articulations
        and (breathes(one.task.instrument) or is_bowed(one.task.instrument))
        and timing.between(one.start, one.end) >= _HELD_SECONDS
    }
    return tuple(
        replace(mark, shown=_BLOWN[mark.dynamic])
        if mark.at in struck and mark.dynamic in _BLOWN and not mark.shown
        else mark
        for mark in marks
    )


def _dynamics(staves: Sequence[Staff]) -> tuple[DynamicMark, ...]:
    """The dynamics of the staves above: they hold for those below too."""
    return staves[0].dynamics if staves else ()


def _forced_once(own: Sequence[Placed], marked: Collection[Beat]) -> list[Placed]:
    """Where a dynamic is printed a struck note has its wedge, and no `sfz` beside the `ff`."""
    found = []
    for one in own:
        signs = one.note.articulations
        if Articulation.SFORZATO in signs and one.note.onset in marked:
            kept = tuple(sign for sign in signs if sign is not Articulation.SFORZATO)
            wedge = () if Articulation.MARCATO in kept else (Articulation.MARCATO,)
            one = replace(one, note=replace(one.note, articulations=kept + wedge))
        found.append(one)
    return found


def _words(own: Sequence[Placed], strands: Mapping[int, Strand]) -> tuple[Words, ...]:
    """The sketch's words over the notes of those who carry the strand."""
    found: dict[tuple[Beat, str], Words] = {}
    for one in own:
        if not one.task.rule.endswith(".carrier") or one.task.strand not in strands:
            continue
        for words in strands[one.task.strand].staff.words:
            if one.note.onset <= words.at < one.note.end:
                found[one.note.onset, words.text] = Words(one.note.onset, words.text)
    return tuple(found[key] for key in sorted(found, key=lambda key: (key[0], key[1])))


def _spelled_on_harp(own: Sequence[Placed], timing: Timing) -> list[Placed]:
    """Harp notes respelled, or left out, so that two feet can set the pedals in time.

    Of tones struck at once those that find no pedal come first in a second try: the others may
    be spelled round them.
    """
    if not own or not is_harp(own[0].task.instrument):
        return list(own)
    pedals = Pedals(timing)
    found: list[Placed] = []
    for _, struck in groupby(own, key=_start):
        here = list(struck)
        first = pedals.fork()
        taken = _pedalled(here, first)
        out = [one for one, spelled in zip(here, taken, strict=True) if spelled is None]
        if out:
            again = sorted(here, key=lambda one: one not in out)
            second = pedals.fork()
            other = _pedalled(again, second)
            if _left_out(again, other) < _left_out(here, taken):
                first, taken = second, other
        pedals = first
        found += [one for one in taken if one is not None]
    return paired(sorted(found, key=lambda one: (one.start, one.staff, one.voice)))


def _pedalled(here: Sequence[Placed], pedals: Pedals) -> list[Placed | None]:
    """Each note as the pedals can be set for it after those before; None where they cannot."""
    found: list[Placed | None] = []
    for one in here:
        ways = spellings(one.note.sounding)
        pitches = next((way for way in ways if pedals.take(way, one.start)), None)
        found.append(
            replace(one, note=replace(one.note, pitches=pitches)) if pitches is not None else None
        )
    return found


def _left_out(here: Sequence[Placed], taken: Sequence[Placed | None]) -> tuple[int, int]:
    """How much is not played: notes that must be, and others."""
    out = [one for one, spelled in zip(here, taken, strict=True) if spelled is None]
    return sum(one.task.essential for one in out), len(out)


def _changes(placed: Sequence[Placed]) -> tuple[tuple[Beat, str], ...]:
    """Where another instrument is taken up: at the first note on it."""
    if not placed:
        return ()
    ordered = sorted(placed, key=lambda one: one.start)
    found = []
    if ordered[0].task.alternate:
        found.append((ordered[0].note.onset, ordered[0].task.instrument.id))
    for one, after in pairwise(ordered):
        if one.task.instrument.id != after.task.instrument.id:
            found.append((after.note.onset, after.task.instrument.id))
    return tuple(found)
