"""The staves of a system: families in brackets, desks of one instrument together, big meters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from scorestage.engraving.crossings import crossing_voices, crossings, without_crossings
from scorestage.engraving.grouping import BRACKETED, Bracket, Tree, tree_of
from scorestage.engraving.ink import name_lines, quoted_list
from scorestage.engraving.lines import strokes
from scorestage.engraving.staves import Frame, StaffSetting, staff_block
from scorestage.music import Family, Line
from scorestage.music.written import WrittenStaff

_FEWEST_FOR_TALL = 3
_MOST_FOR_TALL = 10


@dataclass(frozen=True, slots=True)
class SetLine:
    """A player's line with its staves as written."""

    line: Line
    staves: tuple[WrittenStaff, ...]

    @property
    def family(self) -> Family:
        """The block of the page it belongs to."""
        return self.line.player.instrument.family


def blocks_of(lines: Sequence[SetLine]) -> Iterator[tuple[Family, tuple[SetLine, ...]]]:
    """Neighbours of one family."""
    for family, members in groupby(lines, key=lambda line: line.family):
        yield family, tuple(members)


def tall_signatures(lines: Sequence[SetLine]) -> dict[int, int]:
    """By index of the staff (from the top) how many staves the signature beginning there spans.

    One for each family; small neighbouring families share one, and a very large one has several.
    """
    found: dict[int, int] = {}
    top = 0
    for size in _signature_sizes(lines):
        pieces = -(-size // _MOST_FOR_TALL)
        for piece in range(pieces):
            share = size // pieces + (piece < size % pieces)
            found[top] = share
            top += share
    return found


def _signature_sizes(lines: Sequence[SetLine]) -> list[int]:
    """How many staves share a signature: small families rather with small neighbours."""
    sizes: list[int] = []
    for _, members in blocks_of(lines):
        size = sum(len(member.staves) for member in members)
        if sizes and size < _FEWEST_FOR_TALL and sizes[-1] < _FEWEST_FOR_TALL:
            sizes[-1] += size
        else:
            sizes.append(size)
    grown: list[int] = []
    for size in sizes:
        if grown and (size < _FEWEST_FOR_TALL or grown[-1] < _FEWEST_FOR_TALL):
            grown[-1] += size
        else:
            grown.append(size)
    return grown


def full_system(
    lines: Sequence[SetLine],
    frame: Frame,
    *,
    tall: bool,
    again: str = "",
    chords: str = "",
    brackets: Sequence[Bracket] = (),
) -> str:
    """All staves of a full score's system, families in brackets.

    `again` is put over the last block (tempos, for its players), `chords` over the rhythm section.
    """
    signatures = tall_signatures(lines) if tall else {}
    if brackets:
        return _as_bracketed(lines, frame, signatures, brackets, chords, again)
    blocks = []
    top = 0
    for family, members in blocks_of(lines):
        size = sum(len(member.staves) for member in members)
        said = _members(members, frame, signatures, top)
        if family is Family.RHYTHM:
            said, chords = chords + said, ""
        kind = "ChoirStaff" if family is Family.VOICE else "StaffGroup"
        bracketed = family in BRACKETED and size > 1
        blocks.append(f"\\new {kind} <<\n{said}>>\n" if bracketed else said)
        top += size
    if len(blocks) > 1:
        blocks.insert(len(blocks) - 1, again)
    return "".join(blocks)


def _as_bracketed(
    lines: Sequence[SetLine],
    frame: Frame,
    signatures: dict[int, int],
    brackets: Sequence[Bracket],
    chords: str,
    again: str,
) -> str:
    """All staves in the brackets that a person set."""
    tops = [0, *accumulate(len(line.staves) for line in lines)]
    readers = [place for place, line in enumerate(lines) if line.family is Family.RHYTHM]

    def told(tree: Tree) -> str:
        said = ""
        for one in tree:
            if isinstance(one, int):
                said += chords if [one] == readers[:1] else ""
                said += line_block(lines[one], frame, signatures, tops[one])
            else:
                said += f"{_bracket_words(one[0])} <<\n{told(one[1])}>>\n"
        return said

    tree = tree_of(brackets, len(lines))
    if len(tree) < 2:
        return told(tree)
    return told(tree[:-1]) + again + told(tree[-1:])


_DELIMITERS = {
    "bracket": "SystemStartBracket",
    "brace": "SystemStartBrace",
    "square": "SystemStartSquare",
}


def _bracket_words(bracket: Bracket) -> str:
    kind = "StaffGroup" if bracket.barred else "ChoirStaff"
    shape = _DELIMITERS.get(bracket.symbol, "SystemStartBar")
    return rf"\new {kind} \with {{ systemStartDelimiter = #'{shape} }}"


def short_system(lines: Sequence[SetLine], frame: Frame, *, tall: bool, chords: str = "") -> str:
    """All staves of a sketch in one bracket, its chord symbols on top.

    Strands that play now and then (accents, counter-melody, colour) are printed in the first system
    and wherever they play.
    """
    size = sum(len(line.staves) for line in lines if not _is_now_and_then(line))
    signatures = {0: size} if tall else {}
    said = ""
    top = 0
    for line in lines:
        hidden = _is_now_and_then(line) and line is not lines[0]
        said += line_block(line, frame, signatures, top, words=r"\RemoveEmptyStaves" * hidden)
        top += len(line.staves)
    return f"{chords}\\new StaffGroup <<\n{said}>>\n"


_NOW_AND_THEN = ("sketch-accent", "sketch-counter", "sketch-colour")


def _is_now_and_then(line: SetLine) -> bool:
    return line.line.player.instrument.id in _NOW_AND_THEN


def _members(members: Sequence[SetLine], frame: Frame, signatures: dict[int, int], top: int) -> str:
    blocks = []
    for _, desk in groupby(members, key=desk_of):
        said = ""
        alike = list(desk)
        for member in alike:
            said += line_block(member, frame, signatures, top)
            top += len(member.staves)
        if len(alike) > 1 and len(members) > len(alike):
            said = (
                "\\new StaffGroup \\with { systemStartDelimiter = #'SystemStartSquare }"
                f" <<\n{said}>>\n"
            )
        blocks.append(said)
    return "".join(blocks)


def desk_of(member: SetLine) -> tuple[str, object]:
    """Players of the same instrument stand together; whoever needs several staves, alone."""
    player = member.line.player
    return player.instrument.id, player.id if len(member.staves) > 1 else None


def line_block(
    member: SetLine,
    frame: Frame,
    signatures: dict[int, int] | None = None,
    top: int = 0,
    *,
    named: bool = True,
    words: str = "",
) -> str:
    """A player's staves: one, or several joined by a brace with one name before them.

    `words` are said of each staff.
    """
    player = member.line.player
    names = (
        rf"instrumentName = {name_markup(player.name)}"
        rf" shortInstrumentName = {name_markup(player.abbreviation)}"
        if named
        else ""
    )
    setting = StaffSetting(strokes(player), player.name)
    single = len(member.staves) == 1
    crossing = crossings(member.staves)
    ids = [f"{player.id} {index}" for index in range(len(member.staves))] if crossing else []
    said = ""
    for index, staff in enumerate(without_crossings(member.staves, crossing)):
        within = [names if single else "", words, _signature(signatures, top + index)]
        told = " ".join(word for word in within if word)
        said += staff_block(staff, frame, setting, told, called=ids[index] if ids else "")
    said += crossing_voices(member.staves, crossing, frame, setting.kit, ids)
    if single:
        return said
    kind = "PianoStaff" if player.instrument.staves > 1 else "GrandStaff"
    return f"\\new {kind} \\with {{ {names} }} <<\n{said}>>\n"


def name_markup(name: str) -> str:
    """A name before a staff, in short lines."""
    return rf"\markup \staff-name {quoted_list(name_lines(name))}"


def _signature(signatures: dict[int, int] | None, index: int) -> str:
    if not signatures or index not in signatures:
        return ""
    return rf"\tallSignature \override TimeSignature.details.staves = #{signatures[index]}"
