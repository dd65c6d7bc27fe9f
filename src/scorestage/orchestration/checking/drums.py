"""Timpani: which drum plays what, and when each is tuned; found over all drums and seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise, permutations

from scorestage.music import pitch_of_key
from scorestage.orchestration.checking.repairs import octave_away
from scorestage.orchestration.inspection import Heard, Inspection
from scorestage.orchestration.limits import DRUMS, RETUNE_SECONDS
from scorestage.orchestration.practice import Colour, colour
from scorestage.orchestration.result import FaultKind, Severity

USUAL = (0, 1, 2, 3)
"""Four of the five drums, from large to small, that stand in every orchestra."""
_SIZES = ("32-inch", "29-inch", "26-inch", "23-inch", "20-inch")
_LONG_AGO = -1e6
_KEPT = 128
_MISSED = 1000.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """Keys struck together from `start` to `end` (seconds); `at` in quarters."""

    start: float
    end: float
    at: Fraction
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Retune:
    """A drum tuned anew for a stroke: number of the stroke, drum, key, time it has and needs."""

    stroke: int
    drum: int
    key: int
    needs_seconds: float
    has_seconds: float

    @property
    def in_time(self) -> bool:
        """Whether there is time."""
        return self.has_seconds >= self.needs_seconds - 1e-9


@dataclass(frozen=True, slots=True)
class _Label:
    tuned: tuple[int, ...]
    used: tuple[float, ...]
    foot: float
    cost: float
    changes: tuple[Retune, ...]


def tunings(
    strokes: Sequence[Stroke],
    ranges: Sequence[tuple[int, int]],
    retune_seconds: float = RETUNE_SECONDS,
) -> tuple[Retune, ...] | None:
    """Every retuning of the best way through a part; None where a key lies on no drum.

    A drum is tuned anew after its last stroke ends, one at a time; at the start all are tuned at
    leisure (key 0 stands for a drum not tuned yet). The way with the fewest that come too late is
    taken, then the one with the fewest.
    """
    count = len(ranges)
    labels = [_Label((0,) * count, (_LONG_AGO,) * count, _LONG_AGO, 0.0, ())]
    for number, stroke in enumerate(strokes):
        reached: dict[tuple[int, ...], list[_Label]] = {}
        for label in labels:
            for drums in permutations(range(count), len(stroke.keys)):
                after = _struck(label, number, stroke, drums, ranges, retune_seconds)
                if after is not None:
                    reached.setdefault(after.tuned, []).append(after)
        labels = [one for own in reached.values() for one in sorted(own, key=_rank)[:4]]
        labels = sorted(labels, key=_rank)[:_KEPT]
        if not labels:
            return None
    return min(labels, key=_rank).changes


def _rank(label: _Label) -> tuple[float, float]:
    return label.cost, label.foot


def _struck(
    label: _Label,
    number: int,
    stroke: Stroke,
    drums: tuple[int, ...],
    ranges: Sequence[tuple[int, int]],
    needs: float,
) -> _Label | None:
    tuned, used = list(label.tuned), list(label.used)
    foot, cost, changes = label.foot, label.cost, list(label.changes)
    for key, drum in zip(stroke.keys, drums, strict=True):
        low, high = ranges[drum]
        if not low <= key <= high:
            return None
        if tuned[drum] not in (0, key):
            free = max(foot, used[drum])
            change = Retune(number, drum, key, needs, max(0.0, stroke.start - free))
            changes.append(change)
            cost += 1.0 if change.in_time else _MISSED + needs - change.has_seconds
            foot = free + needs
        tuned[drum] = key
        used[drum] = stroke.end
    return _Label(tuple(tuned), tuple(used), foot, cost, tuple(changes))


def check_drums(inspection: Inspection) -> None:
    """Drums that cannot be tuned in time; with four drums, then with five."""
    own = [one for one in inspection.heard if colour(one.instrument) is Colour.TIMPANI and one.keys]
    if not own:
        return
    strokes, heard = _strokes(inspection, own)
    four = tunings(strokes, [DRUMS[drum] for drum in USUAL])
    late = [change for change in four or () if not change.in_time]
    if four is not None and not late:
        return
    five = tunings(strokes, DRUMS)
    if five is None:
        _unreachable(inspection, heard)
        return
    late = [change for change in five if not change.in_time]
    if not late:
        if not inspection.session:
            text = "four drums do not do: a fifth is needed to have every note in tune"
            inspection.tell(FaultKind.TUNING, heard[0].start, text, Severity.ADVICE, "hire it")
        return
    for change in late:
        one, stroke = heard[change.stroke], strokes[change.stroke]
        name = pitch_of_key(change.key)
        written = next((p for p in one.note.sounding if p.key == change.key), name)
        text = (
            f"tuning a drum to {written} needs {change.needs_seconds:.1f} s, "
            f"has {change.has_seconds:.1f} s"
        )
        repair = _other_key(change, strokes) or f"leave out the {written} of " + inspection.place(
            stroke.at
        )
        inspection.tell(FaultKind.TUNING, one.start, text, Severity.ERROR, repair)


def _strokes(inspection: Inspection, own: Sequence[Heard]) -> tuple[list[Stroke], list[Heard]]:
    """Strokes in order; the same drum struck again and again is one long stroke."""
    found: list[Stroke] = []
    heard: list[Heard] = []
    for at, struck in groupby(own, key=lambda one: one.start):
        together = list(struck)
        keys = tuple(sorted({key for one in together for key in one.keys}))
        if len(keys) > 2:
            text = f"{len(keys)} drums at once need more than two hands"
            repair = "leave one out, or ask for a second timpanist"
            inspection.tell(FaultKind.POLYPHONY, at, text, Severity.ERROR, repair)
            keys = keys[:2]
        start = inspection.timing.at(at)
        end = start + min(inspection.timing.at(together[0].end) - start, 0.3)
        if together[0].note.tremolo:
            end = inspection.timing.at(together[0].end)
        if found and found[-1].keys == keys:
            found[-1] = Stroke(found[-1].start, end, found[-1].at, keys)
            continue
        found.append(Stroke(start, end, at, keys))
        heard.append(together[0])
    return found, heard


def _unreachable(inspection: Inspection, heard: Sequence[Heard]) -> None:
    for one in heard:
        for pitch in one.note.sounding:
            if not any(low <= pitch.key <= high for low, high in DRUMS):
                text = f"no drum reaches {pitch}"
                repair = octave_away(one.instrument, pitch)
                inspection.tell(FaultKind.TUNING, one.start, text, Severity.ERROR, repair)


def _other_key(change: Retune, strokes: Sequence[Stroke]) -> str:
    """When the drum could be tuned instead: the longest silence before, if one is long enough."""
    before = strokes[max(0, change.stroke - 4) : change.stroke + 1]
    gaps = [(after.start - one.end, one) for one, after in pairwise(before)]
    if not gaps:
        return ""
    longest, _after = max(gaps, key=lambda gap: gap[0])
    size = _SIZES[change.drum]
    if longest >= change.needs_seconds * 0.7:
        key = pitch_of_key(change.key)
        return f"retune the {size} drum to {key} in the {longest:.1f} s before, and rest there"
    tuned = sorted({key for one in before[:-1] for key in one.keys})
    near = min(tuned, key=lambda key: abs(key - change.key), default=None)
    return f"strike {pitch_of_key(near)} instead, which is tuned" if near is not None else ""
