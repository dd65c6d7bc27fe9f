"""What a person asks of a fit, on the command line or in the cue, in place of what style says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.errors import FitError, InputError
from scorestage.production import ReelClock
from scorestage.tempofit import FitSettings
from scorestage.timebase import (
    BarLabel,
    Beats,
    FilmClock,
    FilmRange,
    FilmTime,
    Meter,
    TempoMap,
    exact,
)

TOP = 5
SLOWEST_BPM, FASTEST_BPM = Fraction(10), Fraction(500)
LONGEST_SECONDS = Fraction(4 * 3600)


@dataclass(frozen=True, slots=True)
class FitWish:
    """What is said about the maps of a cue; what is None or empty is left as it was.

    `pickups_beats` counts click beats of the usual meter; 0 among them allows none.
    """

    lowest_bpm: Fraction | None = None
    highest_bpm: Fraction | None = None
    wish_bpm: Fraction | None = None
    meters: tuple[Meter, ...] = ()
    breath_percent: Fraction | None = None
    pickups_beats: tuple[Fraction, ...] = ()
    start_late_frames: Fraction | None = None
    ramps: bool | None = None
    fermatas: bool | None = None
    free_bars: bool | None = None
    steady: tuple[FilmRange, ...] = ()
    top: int = TOP
    seed: int | None = None
    draws: int | None = None
    fast: bool = False
    """One good map at once, neither ranked nor set against luck."""
    mend: bool = False
    """The map there already, changed only near hits that it no longer reaches."""

    @property
    def says_anything(self) -> bool:
        """Whether anything is asked beside how many maps to offer."""
        return self != FitWish(top=self.top)

    def settings(self, base: FitSettings) -> FitSettings:
        """`base` with what was said put in its place; what was not said gives way to it.

        Raises `FitError` where the slowest tempo said is above the fastest.
        """
        lowest, wish, highest = self._tempos(base)
        meters = self.meters or base.meters
        return replace(
            base,
            lowest_bpm=lowest,
            highest_bpm=highest,
            wish_bpm=wish,
            meters=meters,
            breath_percent=_said(self.breath_percent, base.breath_percent),
            pickups=_pickups(self.pickups_beats, meters[0]) or base.pickups,
            start_late_frames=_said(self.start_late_frames, base.start_late_frames),
            ramps=base.ramps if self.ramps is None else self.ramps,
            fermatas=base.fermatas if self.fermatas is None else self.fermatas,
            end_hold=base.end_hold if self.fermatas is None else self.fermatas,
            free_bars=base.free_bars if self.free_bars is None else self.free_bars,
            steady=self.steady or base.steady,
            top=self.top,
            seed=base.seed if self.seed is None else self.seed,
            draws=base.draws if self.draws is None else self.draws,
        )

    def _tempos(self, base: FitSettings) -> tuple[Fraction, Fraction, Fraction]:
        """Slowest, wished and fastest tempo."""
        lowest = base.lowest_bpm if self.lowest_bpm is None else self.lowest_bpm
        highest = base.highest_bpm if self.highest_bpm is None else self.highest_bpm
        if lowest > highest:
            if self.lowest_bpm is not None and self.highest_bpm is not None:
                raise FitError(
                    f"the slowest tempo, {float(lowest):g} bpm, is above the fastest, "
                    f"{float(highest):g} bpm",
                    do="swap the two",
                )
            lowest = highest = lowest if self.highest_bpm is None else highest
        wish = min(max(base.wish_bpm, lowest), highest) if self.wish_bpm is None else self.wish_bpm
        self._refuse_outside(wish)
        for bpm in (lowest, wish, highest):
            if bpm < SLOWEST_BPM or bpm > FASTEST_BPM:
                raise FitError(
                    f"nobody plays at {float(bpm):g} bpm",
                    do=f"stay within {SLOWEST_BPM} to {FASTEST_BPM} bpm",
                )
        return min(lowest, wish), wish, max(highest, wish)

    def _refuse_outside(self, wish: Fraction) -> None:
        below = self.lowest_bpm is not None and wish < self.lowest_bpm
        if below or (self.highest_bpm is not None and wish > self.highest_bpm):
            side = "slowest" if below else "fastest"
            raise FitError(
                f"the wished tempo, {float(wish):g} bpm, is {'below' if below else 'above'} the "
                f"{side} allowed",
                do="wish a tempo of the range, or widen it",
            )


def refuse_both(wish: FitWish, keep: Sequence[str]) -> None:
    """`InputError` where a map is to be mended and bars of it are named besides."""
    if wish.mend and keep:
        raise InputError(
            "a map that is mended keeps by itself what bars it can",
            do="leave out --mend, or the bars",
        )


def refuse_endless(start: FilmTime, end: FilmTime | None) -> None:
    """`FitError` for a cue longer than any film."""
    if end is not None and (end - start).seconds > LONGEST_SECONDS:
        raise FitError(
            f"the cue would last {float((end - start).seconds):g} s",
            do="check start, end and the frame rate; four hours are the most",
        )


def _said(said: Fraction | None, usual: Fraction) -> Fraction:
    return usual if said is None else said


def _pickups(beats: tuple[Fraction, ...], usual: Meter) -> tuple[Beats, ...]:
    """Upbeats in quarters; `FitError` for one that is no upbeat of a bar of `usual`."""
    found = []
    for count in beats:
        upbeat = usual.click * count
        finest = usual.click * Fraction(1, 3 if usual.compound else 2)
        if not 0 <= upbeat.quarters < usual.length.quarters:
            raise FitError(
                f"an upbeat of {count} beats is no part of a bar of {usual}",
                do="write beats below a whole bar: 0,1,2",
            )
        if (upbeat.quarters / finest.quarters).denominator != 1:
            raise FitError(
                f"an upbeat of {count} beats is off the grid", do="write halves of beats"
            )
        found.append(upbeat)
    return tuple(found)


def tempo_range(text: str) -> tuple[Fraction | None, Fraction | None]:
    """Read `60:140`; one tempo alone is meant exactly, and either side may be left open.

    >>> tempo_range("60:140"), tempo_range(":120")
    ((Fraction(60, 1), Fraction(140, 1)), (None, Fraction(120, 1)))
    >>> tempo_range("96")
    (Fraction(96, 1), Fraction(96, 1))
    """
    if not text.strip():
        return None, None
    lowest, colon, highest = text.partition(":")
    if not colon:
        one = number(lowest, "a tempo")
        return one, one
    return (
        number(lowest, "a tempo") if lowest.strip() else None,
        number(highest, "a tempo") if highest.strip() else None,
    )


def start_late(text: str) -> Fraction | None:
    """How many frames late the first sound may come; None where nothing is said.

    >>> start_late("2")
    Fraction(2, 1)
    """
    if not text.strip():
        return None
    frames = number(text, "frames")
    if frames < 0:
        raise InputError(
            f"--start-late: the first sound cannot come {text.strip()} frames late",
            do="write 0 or more; for music before it, use --pickup or an earlier start",
        )
    return frames


def breath(text: str) -> Fraction | None:
    """Read how freely the tempo may breathe, as a share (`0.025`) or in percent (`2.5%`): percent.

    >>> breath("0.025") == breath("2.5 %") == Fraction(5, 2)
    True
    """
    if not text.strip():
        return None
    percent = text.strip().endswith("%")
    share = number(text.strip().removesuffix("%"), "a share") / (100 if percent else 1)
    if share < 0:
        raise InputError(
            f"--breath: a step of {text.strip()} is below nothing",
            do="write a share, 0.025 for steps of up to 2.5 %, or 0 for one tempo",
        )
    if share > Fraction(1, 2):
        raise InputError(
            f"a breath of {text} would be {float(share * 100):g} %",
            do="write a share: 0.025 is 2.5 %",
        )
    return share * 100


def meters(text: str) -> tuple[Meter, ...]:
    """Read `4/4,3/4`, the usual meter first."""
    return tuple(Meter.parse(one) for one in text.split(",") if one.strip())


def spans(texts: Sequence[str], clock: FilmClock | ReelClock) -> tuple[FilmRange, ...]:
    """Read spans such as `10-22.5`, each end in any form; `InputError` where one has no length."""
    found = []
    for text in texts:
        first, dash, last = text.strip().partition("-")
        if not dash or not first.strip():
            raise InputError(f"{text!r} is no span", do="write its start and end: 10-22.5")
        start, end = clock.read(first), clock.read(last)
        if end <= start:
            raise InputError(f"the span {text!r} ends before it starts", do="swap the two")
        found.append(FilmRange(start, end))
    return tuple(found)


def kept_bars(texts: Sequence[str], tempo_map: TempoMap) -> tuple[tuple[int, int], ...]:
    """Read runs of printed bar numbers (`1-8`, or one: `12A`) as bar indexes, the end excluded.

    Raises `InputError` for bars that the map does not have.
    """
    labels = {str(bar.label): index for index, bar in enumerate(tempo_map.grid.bars)}
    found = []
    for text in texts:
        first, _, last = (part.strip() for part in text.partition("-"))
        ends = [str(BarLabel.parse(one)) for one in (first, last or first)]
        for label in ends:
            if label not in labels:
                known = f"{tempo_map.grid.bars[0].label} to {tempo_map.grid.bars[-1].label}"
                raise InputError(f"the map has no bar {label}", do=f"its bars run from {known}")
        start, stop = (labels[label] for label in ends)
        if stop < start:
            raise InputError(f"the bars {text!r} end before they begin", do="swap the two")
        found.append((start, stop + 1))
    return tuple(found)


def numbers(text: str, what: str) -> tuple[Fraction, ...]:
    """Read `0,1,3/2`."""
    return tuple(number(one, what) for one in text.split(",") if one.strip())


def number(text: str, what: str) -> Fraction:
    """Read an exact number; `InputError` says that it was to be `what`."""
    try:
        return exact(text.strip())
    except (ValueError, ZeroDivisionError):
        raise InputError(f"{text.strip()!r} is no number for {what}") from None
