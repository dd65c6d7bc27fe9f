"""The options that say what is wished of a tempo map: the same for `fit` and `cue tempo`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from scorestage.production import ReelClock
    from scorestage.timebase import FilmClock
    from scorestage.workflow.fit_wish import FitWish

BPM = typer.Option("", help="Range of tempos: 60:140; one alone: exactly that.")
WISH = typer.Option("", help="The tempo wished for.")
METERS = typer.Option("", help="Meters allowed, the usual one first: 4/4,3/4.")
BREATH = typer.Option("", help="Largest step of tempo as a share: 0.025.")
RAMPS = typer.Option(
    None, "--ramps/--no-ramps", help="Written ritardandi and accelerandi; allowed by default."
)
FERMATAS = typer.Option(
    None, "--fermatas/--no-fermatas", help="Held notes; by default the last one."
)
FREE_BARS = typer.Option(
    None, "--free-bars/--no-free-bars", help="Bars without pulse; not by default."
)
PICKUP = typer.Option("", help="Upbeats allowed before bar 1, in beats: 0,1.")
START_LATE = typer.Option("", help="Frames that the first sound may come late.")
STEADY = typer.Option([], help="A span with no change of tempo: 10-22.5; may be given again.")


def asked(
    *,
    bpm: str,
    wish: str,
    meters: str,
    breath: str,
    ramps: bool | None,
    fermatas: bool | None,
    free_bars: bool | None,
    pickup: str,
    start_late: str,
    steady: Sequence[str],
    clock: FilmClock | ReelClock,
) -> FitWish:
    """What the options say; raises `InputError` for what cannot be read."""
    from scorestage.workflow import fit_wish as reading

    lowest, highest = reading.tempo_range(bpm)
    return reading.FitWish(
        lowest_bpm=lowest,
        highest_bpm=highest,
        wish_bpm=reading.number(wish, "a tempo") if wish else None,
        meters=reading.meters(meters),
        breath_percent=reading.breath(breath),
        pickups_beats=reading.numbers(pickup, "an upbeat"),
        start_late_frames=reading.start_late(start_late),
        ramps=ramps,
        fermatas=fermatas,
        free_bars=free_bars,
        steady=reading.spans(steady, clock),
    )
