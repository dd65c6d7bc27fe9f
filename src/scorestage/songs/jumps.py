"""Da capo, dal segno, coda and fine: where a score jumps, by its signs, sounds and words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from scorestage.music import Line, Mark, MarkKind, Score, Staff, StaffSign
from scorestage.timebase import Beat

_CAPO = re.compile(r"\(?(?:D\.\s?C\.?|DC\b|[Dd]a [Cc]apo\b)")
_SEGNO = re.compile(r"\(?(?:D\.\s?S\.?|DS\b|[Dd]al [Ss]egno\b)")
_TO_CODA = re.compile(r"\b(?:to|al|alla)\s+(?:the\s+)?coda\b|\bto\s*[\U0001d10c⊕]", re.IGNORECASE)
_AL_CODA = re.compile(r"\bcoda\b|[\U0001d10c⊕]", re.IGNORECASE)
_AL_FINE = re.compile(r"\bfine\b", re.IGNORECASE)
_FINE = re.compile(r"fine\.?", re.IGNORECASE)
_CODA = re.compile(r"[\U0001d10c⊕]?\s*coda\s*[\U0001d10c⊕]?", re.IGNORECASE)
_REPEATING = re.compile(r"\bcon rep|\bwith rep|\brepeats? good|\bwith all rep", re.IGNORECASE)
_SOUNDS = ("dacapo", "dalsegno", "segno", "coda", "tocoda", "fine")
_ENDED = ("light-light", "light-heavy", "heavy-heavy", "heavy", "heavy-light")


@dataclass(frozen=True, slots=True)
class Leap:
    """A jump back to a sign (empty: to the beginning), until `coda`, `fine` or either; with
    repeats only where that is written."""

    capo: bool
    sign: str = ""
    until: str = ""
    repeats: bool = False


@dataclass(slots=True)
class Jumps:
    """Where a score jumps, by bars: targets at their beginning, all others at their end."""

    segnos: dict[int, str] = field(default_factory=dict)
    codas: dict[int, str] = field(default_factory=dict)
    leaps: dict[int, Leap] = field(default_factory=dict)
    to_codas: dict[int, str] = field(default_factory=dict)
    fines: set[int] = field(default_factory=set)

    def back(self, leap: Leap, bar: int) -> int:
        """The bar that a leap at the end of a bar goes back to."""
        if leap.capo:
            return 0
        named = [at for at, name in self.segnos.items() if name == leap.sign and at <= bar]
        known = [at for at in self.segnos if at <= bar]
        return max(named or known, default=0)

    def coda(self, bar: int) -> int | None:
        """The bar that `to coda` at the end of a bar goes on in."""
        name = self.to_codas[bar]
        named = [at for at, own in self.codas.items() if own == name and at > bar]
        return min(named or [at for at in self.codas if at > bar], default=None)


def is_jump(text: str) -> bool:
    """Whether words tell a player to go elsewhere in the music.

    >>> is_jump("D.S. al Coda"), is_jump("Fine"), is_jump("To Coda"), is_jump("Fine weather")
    (True, True, True, False)
    """
    plain = text.strip()
    return bool(
        _CAPO.match(plain)
        or _SEGNO.match(plain)
        or _TO_CODA.search(plain)
        or _FINE.fullmatch(plain)
        or _CODA.fullmatch(plain)
    )


def jumps_of(score: Score) -> Jumps:
    """All jumps of a score, told by MusicXML's sounds, by signs, or only by words."""
    found = Jumps()
    facts = sorted(set(_facts(score)), key=lambda one: (one[1], one[0] != "tocoda", one))
    leaving = {at for kind, at, _ in facts if kind == "tocoda"}
    glyphs = sorted({at for kind, at, _ in facts if kind == "coda" and at not in leaving})
    if len(glyphs) > 1 and not leaving:
        leaving = {glyphs.pop(0)}
        found.to_codas = {_end(score, at, "tocoda"): "" for at in leaving}
    grid = score.grid
    for kind, at, told in facts:
        if kind == "segno":
            _named(found.segnos, grid.index_at(at), told)
        elif kind == "coda" and at not in leaving:
            _named(found.codas, grid.index_at(at), told)
    for kind, at, told in facts:
        bar = _end(score, at, kind, found.codas)
        if kind == "tocoda":
            _named(found.to_codas, bar, told)
        elif kind == "fine":
            found.fines.add(bar)
        elif kind in ("dacapo", "dalsegno"):
            known = found.leaps.get(bar, Leap(kind == "dacapo"))
            found.leaps[bar] = replace(known, sign=known.sign or told)
    for text, at in _texts(score):
        bar = _end(score, at, "dacapo", found.codas)
        if bar in found.leaps and (_CAPO.match(text) or _SEGNO.match(text)):
            until = "coda" if _AL_CODA.search(text) else "fine" if _AL_FINE.search(text) else ""
            repeats = bool(_REPEATING.search(text))
            found.leaps[bar] = replace(found.leaps[bar], until=until, repeats=repeats)
    return found


def _named(places: dict[int, str], bar: int, name: str) -> None:
    places[bar] = places.get(bar, "") or name


def _facts(score: Score) -> Iterator[tuple[str, Beat, str]]:
    """Kind, place and name of everything that has to do with jumps."""
    for line in score.lines:
        for staff in line.staves:
            for one in staff.signs:
                yield from _of_sign(one)
    for one in score.signs:
        if one.sign.name == "barline":
            for name in ("segno", "coda"):
                if one.sign.find(name) is not None:
                    yield name, one.at, one.sign.detail(name)
    for text, at in _texts(score):
        if _CAPO.match(text):
            yield "dacapo", at, ""
        elif _SEGNO.match(text):
            yield "dalsegno", at, ""
        elif _TO_CODA.search(text):
            yield "tocoda", at, ""
        elif _FINE.fullmatch(text):
            yield "fine", at, ""
        elif _CODA.fullmatch(text):
            yield "coda", at, ""


def _of_sign(one: StaffSign) -> Iterator[tuple[str, Beat, str]]:
    if one.sign.name == "sound":
        for name in _SOUNDS:
            told = one.sign.detail(name)
            if told and told != "no":
                yield name, one.at, "" if told == "yes" else told
    elif one.sign.name == "direction":
        for name in ("segno", "coda"):
            if one.sign.find(name) is not None:
                yield name, one.at, ""


def _texts(score: Score) -> Iterator[tuple[str, Beat]]:
    for mark in score.marks:
        if mark.kind is not MarkKind.HIT:
            yield mark.text.strip(), mark.at
    for line in score.lines:
        for staff in line.staves:
            for one in staff.words:
                yield one.text.strip(), one.at


def _end(score: Score, at: Beat, kind: str, codas: Collection[int] = ()) -> int:
    """The bar at whose end a player leaves who reads a jump at a place.

    What stands on a barline means the bar before it. But da capo, dal segno and fine may stand
    over the bar that they close: then the barline behind it is a double one, or the last.
    """
    grid = score.grid
    bar = grid.index_at(at)
    if at >= grid.end or at != grid.starts[bar] or not bar:
        return bar
    closed = {
        next((n for n, start in enumerate(grid.starts) if start >= one.at), 0)
        for one in score.signs
        if one.sign.name == "barline"
        and one.sign.detail("location") == "right"
        and (style := one.sign.find("bar-style")) is not None
        and style.text in _ENDED
    }
    if kind != "fine":
        closed |= {len(grid.bars), *codas}
    over = kind != "tocoda" and bar not in closed and bar + 1 in closed
    return bar if over else bar - 1


def without_jumps(score: Score) -> Score:
    """The score without its jumps, for music in which they have been gone through."""
    marks = tuple(one for one in score.marks if not _jumping(one))
    return replace(score, marks=marks, lines=tuple(_plain_line(one) for one in score.lines))


def _jumping(mark: Mark) -> bool:
    return mark.kind is not MarkKind.HIT and is_jump(mark.text)


def _plain_line(line: Line) -> Line:
    return replace(line, staves=tuple(_plain_staff(one) for one in line.staves))


def _plain_staff(staff: Staff) -> Staff:
    return replace(
        staff,
        words=tuple(one for one in staff.words if not is_jump(one.text)),
        signs=tuple(one for one in staff.signs if not any(_of_sign(one))),
    )
