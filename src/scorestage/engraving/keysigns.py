"""Key signatures, for houses that print them: LilyPond's words and MEI's."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from scorestage.engraving.staffsigns import PlacedWords
from scorestage.music import KeyChange
from scorestage.music.written import WrittenBar

_TONICS = ("ces", "ges", "des", "as", "es", "bes", "f", "c", "g", "d", "a", "e", "b", "fis", "cis")
_MOST = 7
_STEPS = "CDEFGAB"
_ACCIDENTALS = {
    Fraction(-2): "ff",
    Fraction(-1): "f",
    Fraction(-1, 2): "1qf",
    Fraction(1, 2): "1qs",
    Fraction(1): "s",
    Fraction(2): "x",
}


def lily_key(key: KeyChange) -> str:
    r"""LilyPond's words for a key signature; one of no usual kind tells its alterations.

    >>> from scorestage.timebase import Beat
    >>> print(lily_key(KeyChange(Beat(0), -3)))
    \key es \major
    """
    if not key.alterations and abs(key.fifths) <= _MOST:
        return rf"\key {_TONICS[key.fifths + _MOST]} \major"
    told = " ".join(
        f"({_STEPS.index(step)} . {Fraction(alter) / 2})" for step, alter in key.altered().items()
    )
    return rf"\set Staff.keyAlterations = #'({told})"


def keys_at_barline(bar: WrittenBar) -> list[str]:
    """The signature that begins with a bar, in LilyPond's words."""
    return [lily_key(key) for offset, key in bar.keys if not offset][-1:]


def keys_within(bar: WrittenBar) -> Iterator[PlacedWords]:
    """Signatures in the course of a bar."""
    for offset, key in bar.keys:
        if offset:
            yield PlacedWords(offset, lily_key(key))


def mei_key(key: KeyChange) -> str:
    """MEI's short name of a signature: `3f`, `2s`, `0`; empty for one of no usual kind.

    >>> from scorestage.timebase import Beat
    >>> mei_key(KeyChange(Beat(0), -3)), mei_key(KeyChange(Beat(0), 0))
    ('3f', '0')
    """
    if key.alterations or abs(key.fifths) > _MOST:
        return ""
    return f"{abs(key.fifths)}{'f' if key.fifths < 0 else 's' if key.fifths else ''}"


def mei_signature(key: KeyChange) -> tuple[str, str]:
    """What a `keySig` says as its `sig`, and the accidentals inside one of no usual kind."""
    if told := mei_key(key):
        return told, ""
    inner = "".join(
        f'<keyAccid pname="{step.lower()}" accid="{_ACCIDENTALS[Fraction(alter)]}"/>'
        for step, alter in key.altered().items()
        if Fraction(alter) in _ACCIDENTALS
    )
    return "", inner
