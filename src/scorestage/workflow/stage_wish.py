"""How one conductor wants it this time: what was asked for goes before cue and house."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scorestage.errors import InputError
from scorestage.production import Cue, CueTiming, House
from scorestage.sync import FlutterWish, StageScheme, StreamerLength


@dataclass(frozen=True, slots=True)
class StageWish:
    """Wishes for a stage or streamer film; what is empty or None is left to cue and house."""

    free: bool | None = None
    length: str = ""
    flutters: str = ""
    punches: int = 0
    clocks: bool = True
    zero: str = ""
    """Where the stop clock reads 0:00.0."""
    title: str = ""

    @property
    def changes_the_plan(self) -> bool:
        """Whether anything is wished that cue and house do not say."""
        return self != StageWish()

    def scheme(self, house: House, *, free: bool) -> StageScheme:
        """What is scribed, with these wishes."""
        usual = StageScheme.of_house(house, free=free)
        length = StreamerLength.parse(self.length) if self.length else usual.length
        punches = self.punches or usual.flutters.punches
        flutters = replace(usual.flutters, punches=punches)
        if self.flutters:
            flutters = FlutterWish.parse(self.flutters, punches)
        return StageScheme(length, flutters)


def is_free(cue: Cue, house: House) -> bool:
    """Whether a cue is recorded in free timing: its own choice, else the house's."""
    timing = house.timing if cue.timing is CueTiming.HOUSE else cue.timing
    return timing is CueTiming.FREE


def refuse_beats_without_music(scheme: StageScheme) -> None:
    """`InputError` where lengths in beats or flutters are wished and no tempo map is known."""
    marks = scheme.flutters
    if scheme.length.beats:
        raise InputError(
            "streamers in beats need a tempo map", do="add --map, or give their length in seconds"
        )
    if marks.every_bars or marks.phrases or marks.tempos:
        raise InputError("flutters at bars need a tempo map", do="add --map")
