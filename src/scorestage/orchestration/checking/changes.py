"""What a player has in hand: another instrument, a mute, other sticks; each change takes time."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from scorestage.music import Family, Technique
from scorestage.orchestration.checking.repairs import give_away, shortened
from scorestage.orchestration.checking.walk import Event, walk
from scorestage.orchestration.inspection import Heard, Inspection
from scorestage.orchestration.practice import change_seconds
from scorestage.orchestration.result import FaultKind, Severity
from scorestage.orchestration.technique import mute_seconds

_SPARE = 0.9
_HURRIED = 0.6
"""The share of the time a change takes in which it can still be done in a hurry."""
_PIZZ_SECONDS, _ARCO_SECONDS = 0.3, 0.4
_STICK_SECONDS = 2.0
_MUTED = (Technique.CON_SORDINO, Technique.SENZA_SORDINO)
_BOWED = (Technique.PIZZICATO, Technique.ARCO, Technique.COL_LEGNO)
_STICKS = {
    "soft sticks": "soft", "soft mallets": "soft", "weich": "soft", "spugna": "soft",
    "sponge": "soft", "medium sticks": "medium", "medium mallets": "medium", "felt": "medium",
    "hard sticks": "hard", "hard mallets": "hard", "hart": "hard", "holzschl": "wood",
    "wood sticks": "wood", "wooden sticks": "wood", "snare sticks": "wood",
    "bacchette di legno": "wood", "baguettes de bois": "wood", "baguettes d'eponge": "soft",
    "brushes": "brushes", "besen": "brushes", "rods": "rods", "with bow": "bow", "bowed": "bow",
    "triangle beater": "metal", "metal beater": "metal", "brass mallets": "metal",
    "rubber": "rubber", "yarn": "yarn", "hands": "hands", "with the hands": "hands",
}  # fmt: skip


def check_changes(inspection: Inspection) -> None:
    """Instruments taken up, mutes put on and off, sticks, pizzicato and arco."""
    _instruments(inspection)
    _mutes(inspection)
    _bows(inspection)
    _sticks(inspection)


def _instruments(inspection: Inspection) -> None:
    """The instrument in hand, note by note; the end of the last note to the start of the next."""
    if len({one.instrument.id for one in inspection.heard}) < 2:
        return
    by_id = {one.instrument.id: one.instrument for one in inspection.heard}

    def seconds(before: str, after: str) -> float:
        return 0.0 if before == after else change_seconds(by_id[after])

    events = [_event(inspection, one, (one.instrument.id,)) for one in inspection.heard]
    for short in walk(events, seconds, spare=_SPARE).shortages:
        one, after = inspection.heard[short.index - 1], inspection.heard[short.index]
        text = (
            f"taking up the {after.instrument.name} needs {short.needs_seconds:.1f} s, "
            f"has {short.has_seconds:.1f} s"
        )
        repair = _earlier(inspection, one, short.needs_seconds - short.has_seconds)
        hurried = short.has_seconds >= _HURRIED * short.needs_seconds
        severity = Severity.WARNING if hurried else Severity.ERROR
        inspection.tell(FaultKind.CHANGE, after.start, text, severity, repair)


def _event(inspection: Inspection, one: Heard, states: tuple[str, ...]) -> Event[str]:
    timing = inspection.timing
    return Event(timing.at(one.start), timing.at(one.end), one.start, states)


def _earlier(inspection: Inspection, before: Heard, lacking: float) -> str:
    """Time won before a change: the note before it shorter, or in another's hands."""
    given = give_away(inspection, before)
    shorter = shortened(inspection, before, lacking) if lacking > 0 else ""
    return " or ".join(part for part in (shorter, given) if part) or (
        f"make room for {max(lacking, 0.1):.1f} s more before it"
    )


def _mutes(inspection: Inspection) -> None:
    """Mute on or off: from the end of the last note without it to the first note with it."""
    on, off = mute_seconds(inspection.line.player.instrument)
    seconds = {Technique.CON_SORDINO: on, Technique.SENZA_SORDINO: off}
    for staff in inspection.line.staves:
        now = Technique.SENZA_SORDINO
        for mark in sorted(staff.techniques, key=lambda one: one.at):
            if mark.technique not in _MUTED or mark.technique is now:
                continue
            now = mark.technique
            _sign(inspection, mark.at.quarters, FaultKind.MUTE, now.value, seconds[now])


def _sign(inspection: Inspection, at: Fraction, kind: FaultKind, what: str, needs: float) -> None:
    """A change that a sign asks for, between the last note before it and the first one after."""
    before = [one for one in inspection.near(at, 40) if one.start < at]
    after = [one for one in inspection.near(at, 40) if one.start >= at]
    if not before or not after:
        return
    last = max(before, key=lambda one: one.end)
    has = max(0.0, inspection.seconds(last.end, after[0].start))
    if has >= needs * _SPARE:
        return
    grave = inspection.session or has < needs * 0.35
    if inspection.line.player.instrument.family is Family.STRINGS and inspection.is_section:
        grave = inspection.session and grave
        repair = "let half the desks change first, " + _earlier(inspection, last, needs - has)
    else:
        repair = _earlier(inspection, last, needs - has)
    text = f"{what} needs {needs:.1f} s, has {has:.1f} s"
    severity = Severity.ERROR if grave else Severity.WARNING
    inspection.tell(kind, after[0].start, text, severity, repair)


def _bows(inspection: Inspection) -> None:
    """From bow to finger and back; the bow can be taken from the string while a note rings."""
    if inspection.line.player.instrument.family is not Family.STRINGS:
        return
    for staff in inspection.line.staves:
        now = Technique.ARCO
        for mark in sorted(staff.techniques, key=lambda one: one.at):
            if mark.technique not in _BOWED or mark.technique is now:
                continue
            now, before = mark.technique, now
            if Technique.COL_LEGNO in (now, before):
                continue
            plucks = now is Technique.PIZZICATO
            needs = _PIZZ_SECONDS if plucks else _ARCO_SECONDS
            _stroke_change(inspection, mark.at.quarters, now.value, needs)


def _stroke_change(inspection: Inspection, at: Fraction, what: str, needs: float) -> None:
    near = inspection.near(at, 8)
    before = [one for one in near if one.start < at]
    after = [one for one in near if one.start >= at]
    if not before or not after:
        return
    has = inspection.seconds(before[-1].start, after[0].start)
    if has < needs * _SPARE:
        text = f"{what} needs {needs:.1f} s, has {has:.1f} s"
        severity = Severity.WARNING if has < needs / 2 else Severity.ADVICE
        if inspection.session and has < needs / 2:
            severity = Severity.ERROR
        repair = _earlier(inspection, before[-1], needs - has)
        inspection.tell(FaultKind.BOW, after[0].start, text, severity, repair)


def _sticks(inspection: Inspection) -> None:
    """Sticks named in words: the change takes two seconds unless both pairs are in hand."""
    if inspection.line.player.instrument.family not in (Family.PERCUSSION, Family.RHYTHM):
        return
    told: list[tuple[Fraction, str]] = []
    for staff in inspection.line.staves:
        for words in staff.words:
            plain = words.text.casefold()
            kind = next((_STICKS[name] for name in _STICKS if name in plain), "")
            if kind:
                told.append((words.at.quarters, kind))
    if len(told) < 2:
        return
    in_force = partial(_in_force, sorted(told))
    events = [_event(inspection, one, (in_force(one.start),)) for one in inspection.heard]
    lasting = inspection.line.player.instrument.stick_seconds or _STICK_SECONDS

    def seconds(before: str, after: str) -> float:
        return 0.0 if before == after else lasting

    for short in walk(events, seconds, spare=_SPARE).shortages:
        after = inspection.heard[short.index]
        text = (
            f"from {short.before} to {short.after} sticks needs {short.needs_seconds:.1f} s, "
            f"has {short.has_seconds:.1f} s"
        )
        repair = _earlier(
            inspection,
            inspection.heard[short.index - 1],
            short.needs_seconds - short.has_seconds,
        )
        inspection.tell(FaultKind.STICKS, after.start, text, Severity.WARNING, repair)


def _in_force(told: list[tuple[Fraction, str]], at: Fraction) -> str:
    before = [kind for since, kind in told if since <= at]
    return before[-1] if before else told[0][1]
