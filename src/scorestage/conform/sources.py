"""Whether two lists speak of the same source: reels cut to 8 letters, case, endings, versions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from scorestage.production import CutSource

SAME, VERSION, OTHER = "same", "version", "other"
_NOBODY = frozenset(("", "AX", "BL", "BLACK", "NONE", "UNKNOWN"))
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}$")
_VERSION = re.compile(r"(?<![A-Za-z])[vV](\d{1,5})(?![0-9])")
_PLAIN = re.compile(r"[\W_]+")
_RENAMED = 0.8
_SHORT = 8
"""CMX3600 holds reel names of 8 letters."""


@dataclass(frozen=True, slots=True)
class SourceName:
    """A name without what programs change: `plain` for comparing, `version` of a VFX shot."""

    plain: str
    base: str
    version: str
    length: int


@lru_cache(maxsize=65536)
def source_name(text: str) -> SourceName:
    """The name behind a reel, clip or path.

    >>> source_name("S:/vfx/ZZ100_0120_v003.mov").plain, source_name("zz100-0120 V003").version
    ('ZZ1000120V003', '3')
    """
    last = text.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1].strip()
    last = _ENDING.sub("", last)
    found = _VERSION.search(last)
    base = _VERSION.sub("", last) if found else last
    plain, without = (_PLAIN.sub("", one).upper() for one in (last, base))
    return SourceName(plain, without, found[1].lstrip("0") or "0" if found else "", len(last))


def relation(
    one: CutSource,
    other: CutSource,
    shared_reels: frozenset[str],
    strange_reels: frozenset[str] = frozenset(),
) -> tuple[str, float]:
    """Whether two sources are the same, versions of one shot, or others; and how sure that is.

    `shared_reels` are reels under which several clips have the same timecode, so that the clip has
    to agree too. `strange_reels` are those that only one of the lists knows: where both are, reels
    may have been named anew, and the clip tells.
    """
    if one == other:
        return SAME, 1.0
    if one.black or other.black:
        return (SAME, 1.0) if one.black and other.black else (OTHER, 1.0)
    reels = one.reel.strip().upper(), other.reel.strip().upper()
    if reels[0] not in _NOBODY and reels[1] not in _NOBODY:
        told = _names(one.reel, other.reel)
        if told[0] is OTHER and {source_name(text).plain for text in reels} <= strange_reels:
            clips = _names(one.clip, other.clip) if one.clip and other.clip else told
            return clips[0], min(_RENAMED, clips[1])
        if told[0] is not SAME:
            return told
        if not shared_reels & {source_name(one.reel).plain, source_name(other.reel).plain}:
            return _unless_versions(one, other, told)
        clips = _names(one.clip, other.clip) if one.clip and other.clip else (SAME, 0.8)
        return clips[0], min(told[1], clips[1])
    return _by_clip(one, other)


def _unless_versions(
    one: CutSource, other: CutSource, told: tuple[str, float]
) -> tuple[str, float]:
    """The same reel; but a clip of another version is another picture."""
    clip = _names(one.clip, other.clip) if one.clip and other.clip else told
    return clip if clip[0] is VERSION else told


def _by_clip(one: CutSource, other: CutSource) -> tuple[str, float]:
    """Without reels on both sides: by clip, by file, or by one's reel in the other's file."""
    found = [
        _names(first, second)
        for first, second in ((one.clip, other.clip), (one.file, other.file))
        if first and second
    ]
    crossed = [
        _names(first, second)
        for first, second in (
            (one.reel, other.file),
            (one.file, other.reel),
            (one.reel, other.clip),
            (one.clip, other.reel),
        )
        if first.upper() not in _NOBODY and second.upper() not in _NOBODY
    ]
    for told in (*found[:1], *[one for one in crossed if one[0] is SAME], *found[1:]):
        if told[0] is not OTHER:
            return told[0], told[1] if told in found[:1] else min(told[1], 0.95)
    return OTHER, 1.0


def _names(one: str, other: str) -> tuple[str, float]:
    first, second = source_name(one), source_name(other)
    if one.strip().upper() == other.strip().upper() or (first.plain == second.plain != ""):
        return SAME, 1.0
    if first.base == second.base and first.base and first.version != second.version:
        return VERSION, 0.95
    for short, long in ((first, second), (second, first)):
        if short.length == _SHORT < long.length and long.plain.startswith(short.plain):
            return SAME, 0.9
    return OTHER, 1.0


def reels_shared(spans: Iterable[tuple[CutSource, int, int]]) -> frozenset[str]:
    """Reels under which clips of different names have the same source timecode.

    >>> still, other = CutSource("SC00.JPG", "s001"), CutSource("SC00.JPG", "s002")
    >>> sorted(reels_shared([(still, 0, 24), (other, 0, 48)]))
    ['SC00']
    """
    by_reel: dict[str, list[tuple[int, int, str]]] = {}
    for source, first, last in spans:
        if source.reel.strip().upper() not in _NOBODY and source.clip:
            key = source_name(source.reel).plain
            name = source_name(source.clip).base
            by_reel.setdefault(key, []).append((min(first, last), max(first, last), name))
    found = set()
    for reel, uses in by_reel.items():
        uses.sort()
        reached, holder = -1, ""
        for first, last, name in uses:
            if first < reached and name != holder:
                found.add(reel)
                break
            if last > reached:
                reached, holder = last, name
    return frozenset(found)
