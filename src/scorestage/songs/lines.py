"""What stands in files of words beside the words: headings, repeats, dashes, chords, figures."""

from __future__ import annotations

import re
from collections.abc import Callable

from scorestage.errors import InputError, Where

_TIMES = r"[(\[]?(?:[x×]\s?(\d)|(\d)\s?[x×])[)\]]?"
_REPEATED = re.compile(rf"(.+?)\s+{_TIMES}", re.IGNORECASE)
_BRACKETED = re.compile(rf"\[\s*([^\]]+?)\s*\]\s*:?\s*(?:{_TIMES})?", re.IGNORECASE)
_BARE = re.compile(rf"([^:]+?)\s*:\s*(?:{_TIMES})?", re.IGNORECASE)
_APART = re.compile(r"(?<=[^\s\d_-])(?:--+|[—–…/]+|\.\.+)(?=[^\s\d_—–…/.,;:!?)”\"-])")
_CHORD = re.compile(
    r"[A-G][#b♯♭]?(?:m|min|maj|dim|aug|sus|add)?\d{0,2}(?:maj|sus|add|dim|[#b+-])?\d{0,2}"
    r"(?:/[A-G][#b♯♭]?)?"
)
_INLINE = re.compile(r"\[([^\]\s]+)\]")
_ALONE = re.compile(
    r"(?:verse|pre-?\s?chorus|chorus|refrain|bridge|intro|interlude|instrumental|outro|ending)"
    r"[ .]*\d*",
    re.IGNORECASE,
)
"""What is a heading even where it stands alone on its line without a sign."""
_FIGURE = re.compile(r"\S*\d\S*")


def heading_in(line: str, is_place: Callable[[str], bool]) -> tuple[str, int] | None:
    """What a line names as a part, and how often; None for words that are sung.

    `[Verse 1: Ann]`, `[Chorus x2]`, `Chorus:` and a line that is nothing but `Chorus` all count.

    >>> heading_in("[Chorus: Ann] (x2)", lambda text: text == "Chorus")
    ('Chorus', 2)
    """
    match = _BRACKETED.fullmatch(line)
    if match is not None and not _CHORD.fullmatch(match[1]):
        named, times = match[1].partition(":")[0], match[2] or match[3]
        inside = _REPEATED.fullmatch(named)
        if inside is not None:
            named, times = inside[1], inside[2] or inside[3]
        return named.strip(), max(1, int(times or 1))
    match = _BARE.fullmatch(line)
    if match is not None and is_place(match[1]):
        return match[1], max(1, int(match[2] or match[3] or 1))
    return (line, 1) if _ALONE.fullmatch(line) and is_place(line) else None


def lines_in(line: str, where: Where) -> list[str]:
    """A line of words as it is sung: as often as it says, words on both sides of a dash apart.

    Raises `InputError` for what nobody sings: chord symbols, and numbers in figures.

    >>> lines_in("Love—and night (x2)", Where())
    ['Love— and night', 'Love— and night']
    """
    match = _REPEATED.fullmatch(line)
    times = max(1, int(match[2] or match[3])) if match is not None else 1
    plain = match[1] if match is not None else line
    tokens = plain.split()
    if all(_CHORD.fullmatch(one) for one in tokens) and tokens not in (["A"], ["Am"]):
        do = "leave them out here; they stand over the tune"
        raise InputError("these are chord symbols, not words", where, do)
    inline = next((one for one in _INLINE.findall(plain) if _CHORD.fullmatch(one)), None)
    if inline is not None:
        do = "leave chord symbols out here; they stand over the tune"
        raise InputError(f"[{inline}] is a chord symbol, not words", where, do)
    figure = _FIGURE.search(plain)
    if figure is not None:
        do = "spell it as it is sung: ninety-nine"
        raise InputError(f"{figure[0]!r} has figures in it", where, do)
    return [_APART.sub(lambda found: f"{found[0]} ", plain)] * times
