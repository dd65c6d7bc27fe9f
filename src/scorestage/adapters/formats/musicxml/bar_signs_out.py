"""Signs that the model carries as they stood in a file, put back: barlines, keys, and the rest."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from scorestage.adapters.formats.musicxml.grid_in import plain_time
from scorestage.adapters.formats.musicxml.names import decimal, words
from scorestage.adapters.formats.musicxml.signs_out import Sign
from scorestage.adapters.formats.musicxml.trees import attributes, inside, sign_xml
from scorestage.music import KeyChange, StaffSign
from scorestage.music import Sign as Carried
from scorestage.music.written import WrittenBar
from scorestage.timebase import Meter


@dataclass(slots=True)
class BarSigns:
    """What stands at one bar of every part."""

    left: list[Carried] = field(default_factory=list)
    right: list[Carried] = field(default_factory=list)
    page: Carried | None = None
    time: Carried | None = None

    def is_partial(self, meter: Meter) -> bool:
        """Whether the bar is drawn with a signature that it does not fill."""
        time = self.time
        plain = time is not None and not time.details and time.find("beat-type") is not None
        return (
            plain
            and time is not None
            and time.inner != plain_time(meter).inner
            and (len(time.inner) == 2 and "+" not in time.inner[0].text)
        )


def by_bar(signs: Sequence[StaffSign], bars: Sequence[WrittenBar]) -> dict[int, BarSigns]:
    """Signs at bars by place of the bar."""
    starts = [bar.start for bar in bars]
    found: dict[int, BarSigns] = defaultdict(BarSigns)
    for one in signs:
        sign = one.sign
        right = sign.name == "barline" and sign.detail("location") == "right"
        place = (bisect_left(starts, one.at) if right else bisect_right(starts, one.at)) - 1
        own = found[max(0, min(place, len(bars) - 1))]
        if sign.name == "print":
            own.page = sign
        elif sign.name == "time":
            upbeat = len(bars) > 1 and bars[0].index < 0 and place == 1
            (found[0] if upbeat and found[0].time is None else own).time = sign
        elif sign.name == "barline":
            (own.right if right else own.left).append(sign)
    return found


def key_xml(key: KeyChange, staff: int) -> str:
    """A key signature; one of its own kind names its alterations."""
    number = f' number="{staff}"' if staff else ""
    if key.alterations:
        inner = "".join(
            f"<key-step>{step}</key-step><key-alter>{decimal(alter)}</key-alter>"
            for step, alter in key.alterations
        )
        return f"<key{number}>{inner}</key>"
    mode = f"<mode>{key.mode}</mode>" if key.mode in _MODES else ""
    return f"<key{number}><fifths>{key.fifths}</fifths>{mode}</key>"


_MODES = words("major minor dorian phrygian lydian mixolydian aeolian ionian locrian none")


def further_sign(
    offset: Fraction, sign: Carried, staff: int, staff_xml: str, divisions: int
) -> Sign:
    """A carried sign at its place in the bar, with the staff it belongs to."""
    if sign.name == "direction":
        types = inside(one for one in sign.inner if one.name == "direction-type")
        sounds = inside(one for one in sign.inner if one.name == "sound")
        head = f"<direction{attributes(sign.details)}>{types}"
        return Sign(offset, head, f"{staff_xml}{sounds}</direction>")
    if sign.name == "harmony":
        head = f"<harmony{attributes(sign.details)}>{inside(sign.inner)}"
        return Sign(offset, head, f"{staff_xml}</harmony>")
    if sign.name == "sound":
        head = f"<sound{attributes(sign.details)}>{inside(sign.inner)}"
        return Sign(offset, head, "</sound>")
    if sign.name == "figured-bass":
        inner = "".join(
            f"<duration>{_in_divisions(one.text, divisions)}</duration>"
            if one.name == "duration"
            else sign_xml(one)
            for one in sign.inner
        )
        head = f"<figured-bass{attributes(sign.details)}>{inner}"
        return Sign(offset, head, "</figured-bass>", fixed=True)
    if sign.name == "attributes" and staff:
        inner = "".join(
            sign_xml(Carried(one.name, one.text, (("number", str(staff)), *one.details), one.inner))
            for one in sign.inner
        )
        return Sign(offset, f"<attributes>{inner}", "</attributes>", fixed=True)
    return Sign(offset, sign_xml(sign), "", fixed=True)


def _in_divisions(told: str, divisions: int) -> str:
    return decimal(Fraction(told) * divisions, 12)
