"""The whole set against its score and its tempo map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from scorestage.engraving.setcheck.clefs import clef_faults
from scorestage.engraving.setcheck.habits import entry_faults, technique_faults
from scorestage.engraving.setcheck.listing import list_faults
from scorestage.engraving.setcheck.marks import music_mark
from scorestage.engraving.setcheck.matching import Match, matched, page_owner, plain_name
from scorestage.engraving.setcheck.music import bar_faults, mark_faults, note_faults, sign_faults
from scorestage.engraving.setcheck.naming import (
    file_name_faults,
    head_faults,
    owner_faults,
    told_faults,
)
from scorestage.engraving.setcheck.pages import (
    Turning,
    age_faults,
    collision_faults,
    empty_page_faults,
    label_faults,
    order_faults,
    paper_faults,
    turn_faults,
)
from scorestage.engraving.setcheck.values import (
    ListedFile,
    PageFile,
    SetFault,
    SetSeverity,
    Sheet,
    SheetBar,
    SheetFile,
)


@dataclass(frozen=True, slots=True)
class SetFiles:
    """The files of one cue: its score, its parts as music and as pages, and what cannot be read."""

    score: SheetFile
    parts: tuple[SheetFile, ...]
    pages: tuple[PageFile, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
    """Files that could not be read, with the reason."""
    listed: tuple[ListedFile, ...] = ()
    """The rows of the print list; empty where there is none."""
    score_pages: tuple[PageFile, ...] = ()
    """The pages of the score, which only the print list is held against."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the set is held against besides its score.

    `map_bars` are the click map's own bars, empty where there is no map; `turning` how pages turn.
    """

    map_bars: tuple[SheetBar, ...] = ()
    turning: Turning = field(default_factory=Turning)


_NO_OUTLOOK = Outlook()


def check_set(files: SetFiles, outlook: Outlook = _NO_OUTLOOK) -> tuple[SetFault, ...]:
    """Every fault of a set of parts, gravest first, then by player as they stand in the score."""
    players = files.score.sheets
    matches = matched(files.parts, players)
    owners = {file.file: page_owner(file, players, files.score.names.title) for file in files.pages}
    found = [
        *(SetFault("unreadable", why, file=name) for name, why in files.unread),
        *_score_faults(files.score, outlook),
        *_who_is_there(files, matches, owners),
    ]
    for match in matches:
        found += _part_faults(match, files.score)
    found += _page_faults(files, matches, owners, outlook)
    order = {plain_name(sheet.name): place for place, sheet in enumerate(players)}
    return tuple(
        sorted(
            dict.fromkeys(found),
            key=lambda fault: (
                fault.severity is not SetSeverity.WRONG,
                order.get(plain_name(fault.player), len(order)),
            ),
        )
    )


def _score_faults(score: SheetFile, outlook: Outlook) -> Iterator[SetFault]:
    """The score against the click map: as many bars, of the same lengths and labels."""
    bars = score.sheets[0].bars if score.sheets else ()
    if not outlook.map_bars:
        return
    if len(bars) != len(outlook.map_bars):
        message = f"has {len(bars)} bars, the click map has {len(outlook.map_bars)}"
        yield SetFault("click map", message, file=score.file)
        return
    for place, (own, other) in enumerate(zip(bars, outlook.map_bars, strict=True)):
        if own.label != other.label and not own.implicit:
            message = f"bar {own.label} is bar {other.label} in the click map"
            yield SetFault("click map", message, "", score.file, own.label, place)
            return
        if own.quarters != other.quarters:
            message = f"lasts {own.quarters} quarters, in the click map {other.quarters}"
            yield SetFault("click map", message, "", score.file, own.label, place)
            return


def _who_is_there(
    files: SetFiles, matches: tuple[Match, ...], owners: Mapping[str, int | None]
) -> Iterator[SetFault]:
    """Parts that are missing, there twice, under another name, or nobody's."""
    players = files.score.sheets
    music = defaultdict(list)
    for match in matches:
        music[match.player].append(match.file.file)
        if match.renamed:
            names = ", ".join(sheet.name for sheet in match.file.sheets) or match.file.file
            wanted = players[match.player].name
            message = f"is called {names}, but holds the music of {wanted}"
            yield SetFault(
                "player name", message, wanted, match.file.file, repair=f"call it {wanted}"
            )
    for file in files.parts:
        if all(match.file is not file for match in matches):
            names = ", ".join(sheet.name for sheet in file.sheets)
            yield SetFault("stranger", f"nobody in the score is called {names!r}", names, file.file)
    pages = defaultdict(list)
    for name, owner in owners.items():
        if owner is None:
            yield SetFault("stranger", "nobody in the score is named on these pages", "", name)
        else:
            pages[owner].append(name)
    for kind, held, whole in (("music", music, files.parts), ("pages", pages, files.pages)):
        for place, player in enumerate(players):
            if whole and not held[place]:
                message = f"there is no part ({kind}) for {player.name}"
                yield SetFault("missing part", message, player.name, repair="print it")
            elif len(held[place]) > 1:
                message = (
                    f"there are {len(held[place])} parts ({kind}) for {player.name}: "
                    + ", ".join(held[place])
                )
                yield SetFault("two parts", message, player.name, held[place][1])


def _sheet_of(file: SheetFile, player: Sheet) -> Sheet | None:
    named = [one for one in file.sheets if plain_name(one.name) == plain_name(player.name)]
    return next(iter(named or file.sheets), None)


def _part_faults(match: Match, score: SheetFile) -> Iterator[SetFault]:
    file, player = match.file, score.sheets[match.player]
    sheet = _sheet_of(file, player)
    if sheet is None:
        return
    yield from told_faults(file, score.names, player.name)
    yield from file_name_faults(file.file, score.names, player.name)
    names = [one.name for one in score.sheets]
    yield from owner_faults(file.file, score.names, player.name, names)
    bars = list(bar_faults(sheet, player, file.file))
    yield from bars
    if any(fault.kind == "bars" for fault in bars):
        return
    yield from note_faults(sheet, player, file.file)
    yield from sign_faults(sheet, player, file.file)
    yield from clef_faults(sheet, player, file.file)
    marks = {mark for one in score.sheets for mark in one.marks}
    yield from mark_faults(sheet, player, marks, file.file)
    yield from entry_faults(sheet, file.file)
    yield from technique_faults(sheet, file.file)


def _page_faults(
    files: SetFiles,
    matches: tuple[Match, ...],
    owners: Mapping[str, int | None],
    outlook: Outlook,
) -> Iterator[SetFault]:
    players = files.score.sheets
    by_player = {match.player: match.file for match in matches}
    names = {name: players[owner].name for name, owner in owners.items() if owner is not None}
    yield from paper_faults(files.pages, names)
    yield from list_faults(files.listed, (*files.score_pages, *files.pages), names)
    for file in files.pages:
        owner = owners[file.file]
        player = players[owner].name if owner is not None else ""
        yield from empty_page_faults(file, player)
        yield from file_name_faults(file.file, files.score.names, player)
        yield from owner_faults(file.file, files.score.names, player, [one.name for one in players])
        yield from head_faults(file, files.score.names, player)
        yield from collision_faults(file, player)
        if owner is None:
            continue
        silent = not players[owner].sounds
        if not silent and file.ours:
            yield from label_faults(file, players[owner])
            yield from order_faults(file, players[owner])
        yield from turn_faults(file, players[owner], outlook.turning)
        part = by_player.get(owner)
        if part is not None:
            mark = music_mark(part.sheets)
            yield from age_faults(file, mark, part.file, part.modified_ns, player)
