"""The staves of a system as an MEI score definition, and the bars of music on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate, groupby

from scorestage.engraving.barsigns import BarEdges, lines_between, mei_right
from scorestage.engraving.crossings import crossings, without_crossings
from scorestage.engraving.grouping import BRACKETED, Bracket, Tree, tree_of
from scorestage.engraving.ink import name_lines, plain
from scorestage.engraving.keysigns import mei_signature
from scorestage.engraving.lines import strokes
from scorestage.engraving.mei.ink import clef_attributes, element
from scorestage.engraving.mei.notes import LayerPlace, layer_content, rests
from scorestage.engraving.mei.octaves import under_lines
from scorestage.engraving.mei.rows import label_text
from scorestage.engraving.notes import Kit
from scorestage.engraving.stretches import Stretch
from scorestage.engraving.systems import SetLine, blocks_of, desk_of
from scorestage.music import KeyChange, Player
from scorestage.music.written import WrittenBar, WrittenStaff
from scorestage.timebase import Beat, Meter

_NAME_POINTS = 9


def full_definition(lines: Sequence[SetLine], points: float) -> str:
    """The staves of a full score: families in brackets, desks of one instrument together."""
    told = ""
    top = 1
    for family, members in blocks_of(lines):
        inner = ""
        for _, desk in groupby(members, key=desk_of):
            alike = tuple(desk)
            said = ""
            for member in alike:
                said += line_definition(member, top, points)
                top += len(member.staves)
            if len(alike) > 1 and len(members) > len(alike):
                said = element("staffGrp", said, symbol="bracketsq", bar_thru="true")
            inner += said
        bracketed = family in BRACKETED and sum(len(one.staves) for one in members) > 1
        symbol = {"symbol": "bracket", "bar_thru": "true"} if bracketed else {"bar_thru": "true"}
        told += element("staffGrp", inner, **symbol)
    return element("staffGrp", told)


def bracketed_definition(
    lines: Sequence[SetLine], points: float, brackets: Sequence[Bracket]
) -> str:
    """The staves of a full score in the brackets that a person set."""
    tops = list(accumulate((len(line.staves) for line in lines), initial=1))
    symbols = {"bracket": "bracket", "brace": "brace", "square": "bracketsq", "line": "line"}

    def told(tree: Tree) -> str:
        said = ""
        for one in tree:
            if isinstance(one, int):
                said += line_definition(lines[one], tops[one], points)
            else:
                symbol = symbols.get(one[0].symbol, "")
                barred = "true" if one[0].barred else "false"
                said += element("staffGrp", told(one[1]), symbol=symbol, bar_thru=barred)
        return said

    return element("staffGrp", told(tree_of(brackets, len(lines))))


def short_definition(lines: Sequence[SetLine], points: float) -> str:
    """The staves of a sketch, in one bracket."""
    told = ""
    top = 1
    for member in lines:
        told += line_definition(member, top, points)
        top += len(member.staves)
    return element("staffGrp", told, symbol="bracket", bar_thru="true")


def line_definition(member: SetLine, top: int, points: float, *, named: bool = True) -> str:
    """The staves of one player, those of one instrument joined by a brace."""
    player = member.line.player
    names = _names(player, points) if named else ""
    several = len(member.staves) > 1
    told = "".join(
        element(
            "staffDef",
            ("" if several else names) + key_element(staff.bars[0]),
            n=top + index,
            lines=5,
            **clef_attributes(staff.bars[0].clef or "G2", "clef_"),
        )
        for index, staff in enumerate(member.staves)
    )
    return element("staffGrp", names + told, symbol="brace", bar_thru="true") if several else told


def _names(player: Player, points: float) -> str:
    size = _NAME_POINTS * points
    full, short = name_lines(player.name), name_lines(player.abbreviation)
    return element("label", label_text(full, size)) + element("labelAbbr", label_text(short, size))


def numbered_staves(lines: Sequence[SetLine]) -> list[tuple[WrittenStaff, Kit]]:
    """All staves of the page from the top, each with the strokes of its player."""
    return [
        (under_lines(staff), strokes(one.line.player))
        for one in lines
        for staff in without_crossings(one.staves, crossings(one.staves))
    ]


def section(
    staves: Sequence[tuple[WrittenStaff, Kit]],
    stretches: tuple[Stretch, ...],
    beside: Sequence[str],
    breaks: Mapping[int, str],
    *,
    edges: Mapping[int, BarEdges] | None = None,
    hidden: Collection[Beat] = (),
    wide: bool = False,
) -> str:
    """The bars of all staves; `beside` are the signs of each stretch, `breaks` come before one.

    `edges` are repeats, endings and barlines by place of the bar; at `hidden` points the meter
    changes without its signature being drawn.
    """
    told = []
    edges = edges or {}
    rights = {
        line.place - 1: mei_right(line)
        for line in lines_between(dict(edges), len(staves[0][0].bars))
    }
    in_ending = False
    meter: Meter | None = None
    for at, stretch in enumerate(stretches):
        bar = staves[0][0].bars[stretch.first]
        if at in breaks:
            told.append(element(breaks[at]))
        changed = meter_attributes(bar.meter, wide=wide) if at and bar.meter != meter else {}
        if changed and bar.start in hidden:
            changed["meter_visible"] = "false"
        signed = _new_keys(staves, stretch.first) if at else ""
        if changed or signed:
            told.append(element("scoreDef", signed, **changed))
        meter = bar.meter
        inner = "".join(
            element("staff", _layers(staff, kit, number, stretch), n=number)
            for number, (staff, kit) in enumerate(staves, start=1)
        )
        more = {"right": "end"} if stretch is stretches[-1] else {}
        more |= {"metcon": "false"} if bar.index < 0 else {}
        if rights.get(stretch.first):
            more["right"] = rights[stretch.first]
        edge = edges.get(stretch.first, BarEdges())
        more |= {"left": "rptstart"} if edge.forward else {}
        if edge.ending is not None:
            told.append("</ending>" if in_ending else "")
            told.append(element("ending", n=plain(edge.ending))[:-2] + ">")
            in_ending = True
        name = f"bar-{stretch.first}"
        told.append(element("measure", inner + beside[at], id=name, n=str(bar.label), **more))
        if in_ending and edge.ends:
            told.append("</ending>")
            in_ending = False
    if in_ending:
        told.append("</ending>")
    return "\n".join(told)


def _new_keys(staves: Sequence[tuple[WrittenStaff, Kit]], place: int) -> str:
    """The staves on which a bar begins with a new key signature."""
    told = "".join(
        element("staffDef", key_element(staff.bars[place]), n=number)
        for number, (staff, _) in enumerate(staves, start=1)
        if key_element(staff.bars[place])
    )
    return element("staffGrp", told) if told else ""


def key_element(bar: WrittenBar) -> str:
    """The key signature that a bar begins with, as an element; empty where there is none."""
    keys = [key for offset, key in bar.keys if not offset]
    return _key(keys[-1]) if keys else ""


def _key(key: KeyChange) -> str:
    told, inner = mei_signature(key)
    return element("keySig", inner, sig=told)


def meter_attributes(meter: Meter, *, wide: bool = False) -> dict[str, str | int]:
    """A time signature as attributes of a score definition.

    A `wide` one is told as a sum, which leaves room for figures that are painted larger.

    >>> meter_attributes(Meter(7, 8), wide=True)
    {'meter_count': '3+4', 'meter_unit': 8}
    """
    count: str | int = meter.numerator
    if wide and meter.numerator > 1:
        count = f"{meter.numerator // 2}+{meter.numerator - meter.numerator // 2}"
    return {"meter_count": count, "meter_unit": meter.denominator}


def _layers(staff: WrittenStaff, kit: Kit, number: int, stretch: Stretch) -> str:
    bar = staff.bars[stretch.first]
    clef = _clef_after(staff, stretch)
    if stretch.count > 1:
        return element("layer", element("multiRest", num=stretch.count) + clef, n=1)
    if bar.index < 0 and bar.is_empty:
        return element("layer", rests(bar.length.quarters) + clef, n=1)
    told = []
    for order, voice in enumerate(bar.voices):
        within = [
            (offset, element("clef", **clef_attributes(name))) for offset, name in bar.clef_changes
        ]
        within += [(offset, _key(key)) for offset, key in bar.keys if offset]
        within.sort()
        place = LayerPlace(number, stretch.first, voice.number)
        content = layer_content(voice, kit, place, () if order else within)
        told.append(element("layer", content + (clef if order == 0 else ""), n=voice.number))
    return "".join(told)


def _clef_after(staff: WrittenStaff, stretch: Stretch) -> str:
    """A clef that holds from the next bar on stands at the end of this one."""
    place = stretch.places[-1] + 1
    following: WrittenBar | None = staff.bars[place] if place < len(staff.bars) else None
    if following is None or following.clef is None:
        return ""
    return element("clef", **clef_attributes(following.clef))
