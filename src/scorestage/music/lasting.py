"""What holds until it is taken back: dynamics, techniques, clefs, instruments, lines over notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from scorestage.music.marks import DynamicMark, Technique, TechniqueMark
from scorestage.music.notation import ClefChange, Sign, StaffSign
from scorestage.music.score import Staff
from scorestage.timebase import Beat

_MUTES = (Technique.CON_SORDINO, Technique.SENZA_SORDINO)
_DIVISION = (Technique.DIVISI, Technique.UNISONO)
_SPANS = ("octave-shift", "pedal", "dashes", "bracket")
_ENDS = ("stop", "discontinue")


@dataclass(frozen=True, slots=True)
class Lasting:
    """What holds at a point of a staff; `techniques` by their group (mute, division, bow)."""

    dynamic: DynamicMark | None = None
    techniques: Mapping[str, Technique] = field(default_factory=dict)
    clef: str = ""

    @classmethod
    def before(cls, staff: Staff, at: Beat) -> Lasting:
        """What was said on a staff before `at`."""
        marks = [one for one in sorted(staff.dynamics, key=lambda one: one.at) if one.at < at]
        clefs = [one for one in sorted(staff.clefs, key=lambda one: one.at) if one.at < at]
        told = {
            _group(one.technique): one.technique
            for one in sorted(staff.techniques, key=lambda one: one.at)
            if one.at < at
        }
        clef = clefs[-1].clef if clefs else staff.clef
        return cls(marks[-1] if marks else None, told, clef)


@dataclass(frozen=True, slots=True)
class Restored:
    """Signs that hold, with those that had to be said again."""

    dynamics: tuple[DynamicMark, ...]
    techniques: tuple[TechniqueMark, ...]
    clefs: tuple[ClefChange, ...]


def restored(pieces: Sequence[tuple[Beat, Staff, Lasting]]) -> Restored:
    """The lasting signs of pieces (start, staff, what held there) that now follow one another.

    What the music of a piece relies on and the piece before it left otherwise is said again at the
    piece's first note.
    """
    whole = Staff(())
    for low, staff, lasting in pieces:
        onset = min((note.onset for note in staff.notes), default=None)
        now = Lasting.before(whole, low)
        if onset is not None and low > pieces[0][0]:
            staff = _said_again(staff, onset, now, lasting)
        whole = replace(
            whole,
            dynamics=(*whole.dynamics, *staff.dynamics),
            techniques=(*whole.techniques, *staff.techniques),
            clefs=(*whole.clefs, *staff.clefs),
        )
    return Restored(whole.dynamics, whole.techniques, whole.clefs)


def _said_again(staff: Staff, onset: Beat, now: Lasting, meant: Lasting) -> Staff:
    dynamics, techniques, clefs = list(staff.dynamics), list(staff.techniques), list(staff.clefs)
    loud = meant.dynamic
    told = any(one.at <= onset for one in dynamics)
    held = now.dynamic.dynamic if now.dynamic is not None else None
    if loud is not None and not told and held is not loud.dynamic:
        dynamics.insert(0, DynamicMark(onset, loud.dynamic))
    for group in dict.fromkeys((*now.techniques, *meant.techniques)):
        way, wanted = now.techniques.get(group), meant.techniques.get(group)
        wanted = wanted or (None if way is None or _idle(way) else _plain(way))
        told = any(one.at <= onset and _group(one.technique) == group for one in techniques)
        if wanted is not None and not told and wanted is not way and (way or not _idle(wanted)):
            techniques.insert(0, TechniqueMark(onset, wanted))
    turned = meant.clef and now.clef and meant.clef != now.clef
    if turned and not any(one.at <= onset for one in clefs):
        clefs.insert(0, ClefChange(onset, meant.clef))
    return replace(
        staff, dynamics=tuple(dynamics), techniques=tuple(techniques), clefs=tuple(clefs)
    )


def _group(technique: Technique) -> str:
    if technique in _MUTES:
        return "mute"
    return "division" if technique in _DIVISION else "bow"


def _plain(held: Technique) -> Technique:
    """What takes a technique back."""
    if held in _MUTES:
        return Technique.SENZA_SORDINO
    if held in _DIVISION:
        return Technique.UNISONO
    return Technique.ARCO if held is Technique.PIZZICATO else Technique.ORDINARIO


def _idle(technique: Technique) -> bool:
    """Whether a technique says no more than that nothing else holds."""
    return technique in (
        Technique.SENZA_SORDINO,
        Technique.UNISONO,
        Technique.ARCO,
        Technique.ORDINARIO,
    )


def put_back(
    mine: Sequence[tuple[Beat, str]],
    hers: Sequence[tuple[Beat, str]],
    runs: Sequence[tuple[Beat, Beat, bool, Beat]],
    first: str,
) -> tuple[tuple[Beat, str], ...]:
    """Changes of instrument of two hands: runs are start, end, whether hers, where it stood.

    >>> zero, four = Beat(0), Beat(4)
    >>> runs = [(zero, four, True, zero), (four, Beat(8), False, four)]
    >>> [name for _, name in put_back((), ((zero, "piccolo"),), runs, "flute")]
    ['piccolo', 'flute']
    """
    found: list[tuple[Beat, str]] = []
    for low, high, theirs, old in runs:
        source = hers if theirs else mine
        until = old + (high - low)
        meant = [name for at, name in source if at < old]
        begins = any(at == old for at, _ in source)
        now, wanted = (found[-1][1] if found else first), (meant[-1] if meant else first)
        if now != wanted and not begins:
            found.append((low, wanted))
        found += [(at + (low - old), name) for at, name in source if old <= at < until]
    return tuple(found)


def closed_signs(signs: Iterable[StaffSign], low: Beat, high: Beat) -> tuple[StaffSign, ...]:
    """The signs from `low` to `high`; a line (pedal, octave) that is cut begins and ends here."""
    found: list[StaffSign] = []
    opened: dict[tuple[str, str], StaffSign] = {}
    for one in sorted(signs, key=lambda sign: sign.at):
        span = _span(one.sign)
        if span is not None and one.at < low:
            _follow(opened, one, span)
        if low <= one.at < high:
            found.append(one)
    entering = [replace(one, at=low) for one in opened.values()]
    for one in found:
        span = _span(one.sign)
        if span is not None:
            _follow(opened, one, span)
    leaving = [replace(one, at=high, sign=_stopped(one.sign)) for one in opened.values()]
    return (*entering, *found, *leaving)


def _follow(opened: dict[tuple[str, str], StaffSign], one: StaffSign, span: Sign) -> None:
    key = span.name, span.detail("number", "1")
    if span.detail("type") in _ENDS:
        opened.pop(key, None)
    elif span.detail("type") not in ("continue", "change"):
        opened[key] = one


def _span(sign: Sign) -> Sign | None:
    """The line that a sign begins or ends; None where it does neither."""
    if sign.name in _SPANS:
        return sign
    return next((found for name in _SPANS if (found := sign.find(name)) is not None), None)


def _stopped(sign: Sign) -> Sign:
    """The sign that ends a line."""
    if sign.name in _SPANS:
        told = tuple((key, "stop" if key == "type" else one) for key, one in sign.details)
        return replace(sign, details=told)
    return replace(sign, inner=tuple(_stopped(one) for one in sign.inner))
