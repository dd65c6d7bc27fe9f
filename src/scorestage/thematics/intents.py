"""The named operations: what each keeps, what it changes, what it says, how it is undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from scorestage.errors import MusicError
from scorestage.music.pitch import Interval
from scorestage.music.theme import Theme
from scorestage.thematics import colours, rewriting, turning
from scorestage.thematics import operations as plain
from scorestage.thematics.ornaments import ornament
from scorestage.timebase import Meter


@dataclass(frozen=True, slots=True)
class Operation:
    """One way to develop a theme.

    `keeps` and `changes` say it in a musician's words; `says` what it is used for; `undone_by`
    names the operation that gives the theme back (but for tones that its chords bend), or `its
    source`: a variant always names the theme it varies, whose notes stay as they are. `share` is
    how often it is used, per 1,000 later statements in Beethoven's sonatas (4,335 counted), None
    where nobody counted.
    `heard_as` are the names under which the search tells it, any of which will do.
    """

    name: str
    keeps: str
    changes: str
    says: str
    undone_by: str
    share: int | None
    heard_as: tuple[str, ...]
    make: Callable[[Theme, int], Theme]


SOURCE = "its source"
_TELLING_NOTES = 6


def _real(theme: Theme, seed: int) -> Theme:
    by = ((1, 2), (2, 3), (3, 5), (-1, -2), (-3, -5), (2, 4), (4, 7))
    return plain.transpose(theme, Interval(*by[seed % len(by)]))


def _waltz(theme: Theme, seed: int) -> Theme:
    triple, quadruple = Meter(3, 4), Meter(4, 4)
    others = [meter for meter in (triple, Meter(6, 8), quadruple) if meter != theme.meter]
    return rewriting.new_meter(theme, others[seed % len(others)])


def _sequence(theme: Theme, seed: int) -> Theme:
    return plain.sequence(theme, 1 if seed % 2 else -1, 3, _telling_bars(theme, last=False))


def _fragment(theme: Theme, seed: int) -> Theme:
    del seed
    return plain.fragment(theme, _telling_bars(theme, last=False))


def _extend(theme: Theme, seed: int) -> Theme:
    del seed
    return plain.extend(theme, _telling_bars(theme, last=True))


def _telling_bars(theme: Theme, *, last: bool) -> int:
    """Two bars from either end, or as many more as it takes for somebody to know them again."""
    bar = theme.meter.length.quarters
    end = theme.length.quarters
    whole = int(end / bar)
    for bars in range(2, whole):
        inside = [
            note
            for note in theme.notes
            if (
                note.onset.quarters >= end - bars * bar
                if last
                else note.onset.quarters < bars * bar
            )
        ]
        if len(inside) >= _TELLING_NOTES:
            return bars
    return whole


def _diatonic(theme: Theme, seed: int) -> Theme:
    return turning.transpose_diatonic(theme, (1, 2, -1, -2, 3)[seed % 5])


CATALOGUE: tuple[Operation, ...] = (
    Operation(
        "ornament", "its outline, its bars, its chords", "passing notes, neighbours and turns",
        "variation, growth", "thin", 382, ("ornamented",),
        lambda theme, seed: ornament(theme, seed),
    ),
    Operation(
        "fragment", "its first bars", "the rest is cut off", "memory, approach, urgency",
        SOURCE, 136, ("fragment",), _fragment,
    ),
    Operation(
        "same-rhythm", "its rhythm and chords", "all its pitches",
        "accompaniment, ostinato, menace", SOURCE, 108,
        ("same rhythm, new pitches", "same contour, stretched"), rewriting.same_rhythm,
    ),
    Operation(
        "stretch", "its rhythm and contour", "every move is twice as wide",
        "tension, distortion", SOURCE, 74, ("same contour, stretched",),
        lambda theme, seed: turning.stretch(theme),
    ),
    Operation(
        "transpose", "every interval, its rhythm", "its key", "a new place, rising stakes",
        "transpose", 69, ("transposed (real)",), _real,
    ),
    Operation(
        "sequence", "its opening", "put again, each time a step further", "rising stakes",
        SOURCE, 69, ("sequence",), _sequence,
    ),
    Operation(
        "extend", "all of it", "its close is put off and comes again", "longing, delay",
        SOURCE, 68, ("extended",), _extend,
    ),
    Operation(
        "transpose-diatonic", "its steps, its rhythm, its key", "where in the scale it stands",
        "the same thought, another shade", "transpose-diatonic", 54,
        ("transposed (diatonic)", "change of mode"), _diatonic,
    ),
    Operation(
        "change-mode", "its steps, its rhythm, its tonic", "major for minor or minor for major",
        "the same person in another mood", "change-mode", 54, ("change of mode",),
        lambda theme, seed: plain.change_mode(theme),
    ),
    Operation(
        "thin", "the notes that carry it", "passing notes are left out", "distance, memory",
        SOURCE, None, ("thinned out", "rhythm changed"),
        lambda theme, seed: rewriting.thin(theme),
    ),
    Operation(
        "new-meter", "its pitches, its felt beats", "its meter", "another world, a dance",
        "new-meter", 20, ("rhythm changed", "augmented", "diminished"), _waltz,
    ),
    Operation(
        "hint", "half of its head, slower", "broken off, without chords",
        "prefiguring: before it is first heard whole", SOURCE, None, ("augmented",), rewriting.hint,
    ),
    Operation(
        "augment", "its pitches", "every length is doubled", "nobility", "diminish", 10,
        ("augmented",), lambda theme, seed: plain.augment(theme),
    ),
    Operation(
        "diminish", "its pitches", "every length is halved", "pursuit", "augment", 10,
        ("diminished",), lambda theme, seed: plain.diminish(theme),
    ),
    Operation(
        "invert", "its rhythm, the size of its moves", "up for down", "the opposite, corruption",
        "invert", 5, ("inverted",), lambda theme, seed: plain.invert(theme),
    ),
    Operation(
        "retrograde", "its pitches", "the order of time", "time undone, a secret", "retrograde",
        2, ("retrograde",), lambda theme, seed: turning.retrograde(theme),
    ),
    Operation(
        "retrograde-invert", "the size of its moves", "the order of time, up for down",
        "its very opposite", "retrograde-invert", 1, ("retrograde inversion",),
        lambda theme, seed: turning.retrograde_invert(theme),
    ),
    Operation(
        "reharmonise", "every note of the tune", "its chords, with coloured ones",
        "corruption, redemption", SOURCE, None, ("as is",), plain.reharmonise,
    ),
    Operation(
        "reharmonise-functional", "every note of the tune", "other chords of its own key",
        "a new turn of mind", SOURCE, None, ("as is",), colours.functional,
    ),
    Operation(
        "reharmonise-modal", "every note of the tune", "chords without a leading tone",
        "old, wide, without urgency", SOURCE, None, ("as is",), colours.modal,
    ),
    Operation(
        "reharmonise-mediants", "every note of the tune", "triads a third apart (words of L, P, R)",
        "wonder, the uncanny", SOURCE, None, ("as is",), colours.mediants,
    ),
    Operation(
        "reharmonise-quartal", "every note of the tune", "stacks of fourths",
        "open, modern, undecided", SOURCE, None, ("as is",), colours.quartal,
    ),
    Operation(
        "reharmonise-pedal", "every note of the tune, its chords", "one held bass",
        "waiting, threat, calm", SOURCE, None, ("as is",),
        lambda theme, seed: colours.pedal(theme, 4 if seed % 2 else 0),
    ),
    Operation(
        "cluster", "the tune on top, its rhythm", "its scale's neighbours sound with it",
        "frost, dread", SOURCE, None, ("as is",), lambda theme, seed: rewriting.cluster(theme),
    ),
)  # fmt: skip
"""Every operation that needs nothing but the theme and a seed, the most used first."""

BY_NAME = {operation.name: operation for operation in CATALOGUE}


def operation_named(name: str) -> Operation:
    """One operation; raises `MusicError` for a name nobody knows."""
    if name not in BY_NAME:
        raise MusicError(f"{name!r} is no operation on a theme", do=f"known: {', '.join(BY_NAME)}")
    return BY_NAME[name]


def drawn(count: int, seed: int = 0) -> tuple[Operation, ...]:
    """Different operations drawn as often as composers use them; uncounted ones like rare ones."""
    random = Random(f"{seed}|operations")
    left = list(CATALOGUE)
    found: list[Operation] = []
    while left and len(found) < count:
        weights = [float(Fraction(one.share or 15)) for one in left]
        one = random.choices(left, weights)[0]
        left.remove(one)
        found.append(one)
    return tuple(found)
