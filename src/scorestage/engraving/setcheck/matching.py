"""Whose part a file is: by id, by name, else by the music in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from scorestage.engraving.setcheck.values import PageFile, Sheet, SheetFile

_LEAST_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Match:
    """A part file and the player of the score it belongs to; `renamed` where the name differs."""

    file: SheetFile
    player: int
    renamed: bool = False


def plain_name(name: str) -> str:
    """A name as it is compared: letters and figures only, small.

    >>> plain_name("Clarinet 1 (B♭)") == plain_name("clarinet_1-Bb")
    True
    """
    flat = unicodedata.normalize("NFKD", name.replace("♭", "b").replace("♯", "#")).casefold()
    return re.sub(r"[^\w#]|_", "", flat)


def matched(files: Sequence[SheetFile], players: Sequence[Sheet]) -> tuple[Match, ...]:
    """Each part file with the index of its player in the score; strangers are left out.

    First whose names agree; then, for those left over, whose music agrees best.
    """
    found: list[Match] = []
    left: list[SheetFile] = []
    for file in files:
        index = _by_name(file, players)
        if index is None:
            left.append(file)
        else:
            found.append(Match(file, index))
    free = set(range(len(players))) - {match.player for match in found}
    for file in left:
        alike = [(likeness(file, players[index]), index) for index in sorted(free)]
        best = max(alike, default=(0.0, -1))
        if best[0] >= _LEAST_ALIKE:
            found.append(Match(file, best[1], renamed=True))
            free.discard(best[1])
    return tuple(found)


def _by_name(file: SheetFile, players: Sequence[Sheet]) -> int | None:
    told = {plain_name(sheet.name) for sheet in file.sheets if sheet.name}
    same = [index for index, one in enumerate(players) if plain_name(one.name) in told]
    if len(same) > 1:
        ids = {sheet.player for sheet in file.sheets if sheet.player}
        same = [index for index in same if players[index].player in ids] or same
    return same[0] if same else None


def _titles(title: str) -> set[str]:
    """A title as it may stand on a page: with the cue's number before it, or without."""
    whole = plain_name(title)
    return {whole, plain_name(title.partition(" ")[2])} - {""}


def likeness(file: SheetFile, player: Sheet) -> float:
    """How much of the music of both is common, 0 to 1, whatever the transposition."""
    own = {(sound.bar, sound.offset_quarters) for sheet in file.sheets for sound in sheet.sounds}
    other = {(sound.bar, sound.offset_quarters) for sound in player.sounds}
    return len(own & other) / len(own | other) if own and other else 0.0


def page_owner(file: PageFile, players: Sequence[Sheet], title: str = "") -> int | None:
    """The player whose name stands at the head of the first page, else in the file's name.

    The cue's own `title` is not taken for a name, though it may read like one. The longest name
    wins: `Flute 1` is not taken for `Flute`.
    """
    if not file.pages:
        return None
    page = file.pages[0]
    upper = [
        piece.text
        for piece in page.pieces
        if not piece.music and piece.bottom > page.height_points * 0.75
    ]
    titled = [text for text in upper if plain_name(text) in _titles(title)]
    if titled:
        upper.remove(titled[0])
    heads = {plain_name(text) for text in upper} | {
        plain_name(" ".join(upper[:count])) for count in (2, 3)
    }
    exact = [index for index, one in enumerate(players) if plain_name(one.name) in heads]
    if exact:
        return exact[0]
    whole = plain_name(" ".join(upper))
    stem = plain_name(file.file.rpartition("/")[2].rpartition(".")[0])
    for where in (stem, whole):
        held = [
            (len(plain_name(one.name)), index)
            for index, one in enumerate(players)
            if plain_name(one.name) and plain_name(one.name) in where
        ]
        if held:
            return max(held, key=lambda pair: (pair[0], -pair[1]))[1]
    return None
