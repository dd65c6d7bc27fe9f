"""Phrases of the tune, the breath after each in seconds, and the cadence that each ends with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from scorestage.composing.heard import HeardChord
from scorestage.music import Articulation, Note, Score
from scorestage.music.feel import felt_beats
from scorestage.timebase import BarGrid, Beat

LONG = 2.0
"""A note so many times as long as those before it closes a phrase, if it is a beat and a half."""
LONG_BEATS = 1.5
REST_BEATS = 0.5
MELODY = "sketch-melody"
_MAJOR_LIKE = ("major", "dominant", "major-seventh", "major-sixth", "dominant-ninth", "augmented",
               "suspended-fourth", "major-ninth")  # fmt: skip
_MINOR_LIKE = ("minor", "minor-seventh", "minor-sixth", "major-minor", "minor-ninth")
_LEADING = ("diminished", "half-diminished", "diminished-seventh")
_AT_REST = (
    *("major", "minor", "power", "major-seventh", "major-sixth", "minor-sixth", "minor-seventh"),
    *("suspended-second", "major-ninth", "minor-ninth"),
)

Seconds = Callable[[Beat], float]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the tune: where it runs, how long it lasts, what stands between it and the next.

    `cadence` is the kind in words, empty where the harmony does not move there; `chords` the two
    that make it, `key` where it is heard.
    """

    start: Beat
    end: Beat
    seconds: float
    breath_seconds: float
    cadence: str
    chords: tuple[str, ...]
    key: str
    bar: str
    bar_index: int
    at: Beat


def tune_of(score: Score) -> list[tuple[Beat, Beat, int, bool]]:
    """Onset, end, MIDI key and fermata of the tune, one tone after the other.

    A sketch's own melody; in other scores whatever sounds on top, attack by attack.
    """
    own = [line for line in score.lines if line.player.instrument.id == MELODY]
    notes = sorted(
        (n for line in own or score.lines for n in line.notes if n.sounding and n.end > n.onset),
        key=lambda note: (note.onset, -note.sounding[-1].key),
    )
    found: list[tuple[Beat, Beat, int, bool]] = []
    for note in notes:
        key = note.sounding[-1].key
        if found and found[-1][1] > note.onset:
            start, end, before, held = found[-1]
            if before > key or start == note.onset:
                continue
            found[-1] = (start, min(end, note.onset), before, held)
        found.append((note.onset, note.end, key, _held(note)))
    return found


def _held(note: Note) -> bool:
    return Articulation.FERMATA in note.articulations or "fermata" in note.sign_names


def phrases_of(score: Score, chords: Sequence[HeardChord], seconds: Seconds) -> tuple[Phrase, ...]:
    """The phrases of the tune in order, each with its cadence."""
    tune = tune_of(score)
    grid = score.grid
    found: list[Phrase] = []
    first = before = 0
    for number in range(len(tune)):
        if not _closes(grid, tune, first, number):
            continue
        if number - first < 2 and found and not found[-1].breath_seconds:
            found.pop()
            first = before
        start, (at, end, key, _) = tune[first][0], tune[number]
        after = tune[number + 1][0] if number + 1 < len(tune) else grid.end
        kind, pair = _cadence(grid, chords, at, end, key % 12)
        bar = grid.index_at(at)
        found.append(
            Phrase(
                start,
                end,
                seconds(end) - seconds(start),
                max(0.0, seconds(after) - seconds(end)),
                kind,
                tuple(one.name for one in pair),
                pair[-1].key if pair else "",
                str(grid.bars[bar].label),
                bar,
                at,
            )
        )
        before, first = first, number + 1
    return tuple(found)


def _beat(grid: BarGrid, at: Beat) -> float:
    return float(felt_beats(grid.bars[grid.index_at(at)].meter)[0])


def _closes(
    grid: BarGrid, tune: Sequence[tuple[Beat, Beat, int, bool]], first: int, number: int
) -> bool:
    """Whether a tone ends a phrase: the last, before a rest, held, or long after short ones."""
    at, end, _, held = tune[number]
    if number + 1 == len(tune) or held:
        return True
    beat = _beat(grid, at)
    rest = float((tune[number + 1][0] - end).quarters)
    if number - first < 2:
        return rest >= 2 * beat and number > first
    lasting = float((tune[number + 1][0] - at).quarters)
    before = [float((tune[n + 1][0] - tune[n][0]).quarters) for n in range(first, number)][-8:]
    return (rest >= REST_BEATS * beat and lasting >= beat) or (
        lasting >= LONG_BEATS * beat and lasting >= LONG * median(before)
    )


def _cadence(
    grid: BarGrid, chords: Sequence[HeardChord], at: Beat, end: Beat, tone: int
) -> tuple[str, tuple[HeardChord, ...]]:
    """What kind of close the harmony makes under a phrase's last tone, and with which chords."""
    low = grid.starts[max(0, grid.index_at(at) - 1)]
    arrivals = [
        number
        for number, chord in enumerate(chords)
        if number and low <= chord.start < end and chord.end > at
    ]
    named = [(kind_of(chords[number - 1], chords[number], tone), number) for number in arrivals]
    for kind, number in named:
        if kind:
            return kind, (chords[number - 1], chords[number])
    return "", (chords[arrivals[0]],) if arrivals else ()


def kind_of(before: HeardChord, arrival: HeardChord, tone: int) -> str:
    """The cadence that two chords make in the key of the second, `tone` on top of it.

    Perfect and imperfect authentic, plagal, half, Phrygian, deceptive, modal (bVII, bII, minor v
    to the tonic), chromatic (a third away to the tonic); empty for what closes nothing.
    """
    fall = (before.root - arrival.root) % 12
    leads = before.quality in _MAJOR_LIKE and before.quality != "major-seventh"
    home = arrival.degree == 0
    rests = arrival.quality in _AT_REST
    if rests and fall == 7 and leads and (home or _points(before, arrival)):
        rooted = before.bass == before.root and arrival.bass == arrival.root
        return "perfect authentic" if rooted and tone == arrival.root else "imperfect authentic"
    if rests and home and before.quality in _LEADING and before.degree in (11, 2):
        return "imperfect authentic"
    if rests and home:
        return _home(before)
    if before.degree == 7 and leads and arrival.degree in (8, 9) and rests:
        return "deceptive"
    if _dominant(arrival):
        down = before.bass == (arrival.bass + 1) % 12
        return "phrygian" if down and before.quality in _MINOR_LIKE else "half"
    return ""


def _points(before: HeardChord, arrival: HeardChord) -> bool:
    """Whether a dominant points to a chord that is not the tonic: by its seventh, or its third."""
    if before.quality in ("dominant", "dominant-ninth"):
        return arrival.quality != "minor-seventh"
    relative = before.minor and arrival.degree == 3
    scale = _MINOR_SCALE if before.minor else _MAJOR_SCALE
    return relative or (before.degree + 4) % 12 not in scale


def _dominant(arrival: HeardChord) -> bool:
    """Whether a phrase may stay open on it: the dominant, or that of a near key."""
    if arrival.degree == 7:
        return arrival.quality in ("major", "dominant", "power")
    near = (10,) if arrival.minor else (4, 9, 11)
    return arrival.quality == "major" and arrival.degree in near


_MAJOR_SCALE, _MINOR_SCALE = (0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10, 11)


def _home(before: HeardChord) -> str:
    """What leads home without a dominant."""
    if before.degree == 5 or (before.degree == 2 and before.quality in _MINOR_LIKE + _LEADING):
        return "plagal"
    if before.degree in (1, 10) or (before.degree == 7 and before.quality in _MINOR_LIKE):
        return "modal"
    if before.degree == 7 and before.quality == "power":
        return "imperfect authentic"
    if before.degree in (3, 4, 8, 9):
        return "chromatic" if before.quality in ("major", "minor") else ""
    return "modal" if before.degree == 2 else ""
