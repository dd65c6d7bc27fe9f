"""Names and versions: every file of a set speaks of the same cue."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from scorestage.engraving.setcheck.matching import plain_name
from scorestage.engraving.setcheck.values import (
    PageFile,
    SetFault,
    SetNames,
    SetSeverity,
    SheetFile,
)

_VERSION = re.compile(r"(?<![A-Za-z0-9])v(\d+)(?![A-Za-z0-9])", re.IGNORECASE)
_CUE = re.compile(r"(?<![A-Za-z0-9])(\d{1,2}m\d{1,3}[A-Za-z]{0,3})(?![A-Za-z0-9])", re.IGNORECASE)
_KINDS = ("production", "cue", "version", "title")


def told_faults(file: SheetFile, wanted: SetNames, player: str) -> Iterator[SetFault]:
    """What a music file says of production, cue, version and title, against the score's words."""
    for kind in _KINDS:
        own, right = getattr(file.names, kind), getattr(wanted, kind)
        if own and right and not _same(own, right, {file.names.cue, wanted.cue}):
            message = f"says {kind} {own!r}, the score says {right!r}"
            yield SetFault(kind, message, player, file.file, repair=f"print it again as {right}")
        elif right and not own and kind in ("cue", "version"):
            message = f"does not say its {kind} ({right})"
            yield SetFault(
                kind, message, player, file.file, severity=SetSeverity.DOUBTFUL, repair="name it"
            )


def _same(own: str, right: str, cues: Collection[str]) -> bool:
    """Whether two names are one; a title may have the cue's number before it."""
    bare = [
        {plain_name(told), *(plain_name(told.removeprefix(f"{cue} ")) for cue in cues if cue)}
        for told in (own, right)
    ]
    return bool(bare[0] & bare[1])


def file_name_faults(name: str, wanted: SetNames, player: str) -> Iterator[SetFault]:
    """The version and the cue in a file's own name."""
    stem = name.rpartition("/")[2].rpartition(".")[0]
    right = _VERSION.findall(wanted.version)
    found = _VERSION.findall(stem.replace("_", " "))
    if right and found and right[0] not in found:
        message = f"the file's name says v{found[0]}, the score is {wanted.version}"
        yield SetFault("version", message, player, name, repair="rename it, or print it again")
    cues = [cue.casefold() for cue in _CUE.findall(stem.replace("_", " "))]
    if cues and wanted.cue and wanted.cue.casefold() not in stem.casefold():
        message = f"the file's name says {cues[0]}, the score is {wanted.cue}"
        yield SetFault("cue", message, player, name, repair="rename it, or print it again")


def owner_faults(
    name: str, wanted: SetNames, player: str, players: Sequence[str]
) -> Iterator[SetFault]:
    """A file that is named after another player than the one whose music it holds."""
    stem = name.rpartition("/")[2].rpartition(".")[0]
    for told in (wanted.production, wanted.title, wanted.cue):
        stem = _without(stem, told)
    plain = plain_name(stem)
    own = plain_name(player)
    named = [one for one in players if plain_name(one) and plain_name(one) in plain]
    other = max(named, key=lambda one: len(plain_name(one)), default="")
    if not own or not other or own in plain or plain_name(other) in own:
        return
    message = f"the file's name says {other}, it holds the music of {player}"
    yield SetFault("player name", message, player, name, repair="rename it, or print it again")


def _without(stem: str, words: str) -> str:
    """A file's name without the cue's own words, however they are joined."""
    parts = [re.escape(one) for one in re.findall(r"\w+", words.replace("_", " "))]
    return re.sub(r"[\W_]+".join(parts), " ", stem, flags=re.IGNORECASE) if parts else stem


def head_faults(file: PageFile, wanted: SetNames, player: str) -> Iterator[SetFault]:
    """What stands on the pages: cue and player on every page, version on the first."""
    for number, page in enumerate(file.pages, start=1):
        text = page.text
        cues = {cue.casefold() for cue in _CUE.findall(text)}
        if wanted.cue and wanted.cue.casefold() not in text.casefold():
            told = f"says {sorted(cues)[0]}" if cues else "does not name the cue"
            message = f"page {number} {told}, it should say {wanted.cue}"
            yield SetFault("cue", message, player, file.file, repair="print it again")
        if player and plain_name(player) not in plain_name(text) and not _cut(player, text):
            message = f"page {number} does not name {player}"
            yield SetFault("player name", message, player, file.file, repair="print it again")
        versions = set(_VERSION.findall(text))
        right = _VERSION.findall(wanted.version)
        if right and versions and right[0] not in versions:
            message = f"page {number} says v{min(versions)}, it should say {wanted.version}"
            yield SetFault("version", message, player, file.file, repair="print it again")
        elif right and not versions and file.ours and number == 1:
            message = f"page {number} does not say its version ({wanted.version})"
            yield SetFault("version", message, player, file.file, repair="print it again")


def _cut(player: str, text: str) -> bool:
    """Whether a very long name stands there shortened, its words in lines."""
    words = [plain_name(word) for word in player.split()]
    said = plain_name(text)
    return len(player) > 30 and all(word in said for word in words[:2])
