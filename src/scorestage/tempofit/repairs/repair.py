"""What a search for repairs returns: what is done to the music, and what each hit gets by it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from scorestage.music.replaying import PlayedSpan
from scorestage.production import Hit
from scorestage.timebase import Beat, Position, TempoMap


class EditKind(StrEnum):
    """What is done to the written music at one place."""

    BEND = "bend"
    CUT = "cut"
    REPEAT = "repeat"
    HOLD = "hold"
    FREE_BAR = "free bar"
    NEW_MUSIC = "new music"
    RETURN = "as before"


class Origin(StrEnum):
    """Where a bar of the repaired cue comes from."""

    SAME = "same"
    JOINT = "joint"
    AGAIN = "again"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing done to the music, in words and in places of the written cue.

    From `low` to `high` (old places) the tempo is bent, the music is cut, or gone through
    `times` more; a hold or new music stands at `high`. `percent` is the change of tempo over the
    whole stretch from `bend_low` to `bend_high`, `seconds` what a hold or new music lasts.
    """

    kind: EditKind
    words: str
    low: Beat
    high: Beat
    times: int = 1
    percent: Fraction = Fraction(0)
    bend_low: Beat | None = None
    bend_high: Beat | None = None
    seconds: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class BarSource:
    """Of what written bars (by index) a bar is made; none where it is new."""

    origin: Origin
    old_bars: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class HitAfter:
    """A hit before and after: frames off, where its accent now stands (None: it was cut away)."""

    hit: Hit
    before_frames: Fraction
    caught_before: bool
    after_frames: Fraction | None
    caught_after: bool
    position: Position | None


@dataclass(frozen=True, slots=True)
class Repair:
    """One way to mend a written cue after a re-cut; `points` rank it, less is better.

    `spans` and `sources` tell how the new bars are made of the old ones. `reprint` are written
    bars (by index) on the stands whose page changes, `retake` recorded bars that no longer fit,
    `touched` all written bars that are not played exactly as they were. `new_music_bars` counts
    the bars that somebody has to write. `returns` names the earlier version of the music that is
    played again as it was; bars of it that the music now lacks count as new in `sources`.
    """

    name: str
    why: str
    tempo_map: TempoMap
    edits: tuple[Edit, ...]
    spans: tuple[PlayedSpan, ...]
    sources: tuple[BarSource, ...]
    hits: tuple[HitAfter, ...]
    points: Fraction
    largest_step_percent: Fraction
    touched: tuple[int, ...]
    reprint: tuple[int, ...]
    retake: tuple[int, ...]
    new_music_bars: int = 0
    returns: str = ""

    @property
    def missed(self) -> tuple[HitAfter, ...]:
        """Hits that the written music reached and this one does not."""
        return tuple(one for one in self.hits if one.caught_before and not one.caught_after)
