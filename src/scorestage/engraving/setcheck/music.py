"""Part against score: the same bars, the same notes, the same signs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

from scorestage.engraving.setcheck.values import (
    CHORD,
    WRITTEN,
    SetFault,
    Sheet,
    SheetBar,
    SheetSign,
    Sound,
    in_order,
)

_MOST_TOLD = 8
"""So many single faults of one kind are told for a player; then only their number."""
_STEPS = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")


def bar_faults(part: Sheet, score: Sheet, file: str) -> Iterator[SetFault]:
    """Bars too many or too few, of another meter, or under another number than in the score."""
    if len(part.bars) != len(score.bars):
        place = _first_difference(part.bars, score.bars)
        message = f"has {len(part.bars)} bars, the score has {len(score.bars)}"
        repair = "print the part again from the score"
        yield _fault(part, score, file, "bars", place, message, repair)
        return
    for place, (own, other) in enumerate(zip(part.bars, score.bars, strict=True)):
        if own.label != other.label:
            told = f"is numbered {own.label or 'not at all'}, in the score {other.label}"
            yield _fault(part, score, file, "bar label", place, told, f"number it {other.label}")
            break
    for place, (own, other) in enumerate(zip(part.bars, score.bars, strict=True)):
        if own.meter and other.meter and own.meter != other.meter:
            told = f"is in {own.meter}, in the score in {other.meter}"
            yield _fault(part, score, file, "meter", place, told, "print the part again")
            break
        if own.quarters != other.quarters and not other.implicit:
            told = f"lasts {own.quarters} quarters, in the score {other.quarters}"
            yield _fault(part, score, file, "meter", place, told, "print the part again")
            break


def _first_difference(own: Sequence[SheetBar], other: Sequence[SheetBar]) -> int:
    for place, (one, two) in enumerate(zip(own, other, strict=False)):
        if (one.label, one.quarters) != (two.label, two.quarters):
            return place
    return min(len(own), len(other))


def note_faults(part: Sheet, score: Sheet, file: str) -> Iterator[SetFault]:
    """Notes that are in the part and not in the score, or the other way round.

    A part that is the score's music moved by one interval throughout is told as one fault.
    """
    own, other = Counter(part.sounds), Counter(score.sounds)
    if own == other:
        return
    moved = constant_shift(part.sounds, score.sounds)
    if moved is not None:
        told = (
            f"sounds {abs(moved)} semitones too {'high' if moved > 0 else 'low'} from first to last"
        )
        repair = "mend the transposition of the part"
        yield _fault(part, score, file, "transposition", part.sounds[0].bar, told, repair)
        return
    yield from _single_notes(part, score, file, own - other, other - own)


def _single_notes(
    part: Sheet, score: Sheet, file: str, extra: Counter[Sound], missing: Counter[Sound]
) -> Iterator[SetFault]:
    places = sorted({(sound.bar, sound.offset_quarters) for sound in (*extra, *missing)})
    for told, (bar, offset) in enumerate(places):
        if told == _MOST_TOLD:
            rest = len(places) - told
            message = f"and {rest} more places where notes differ from the score"
            yield _fault(part, score, file, "notes", bar, message, "print the part again")
            return
        here = [
            in_order(s for s in kind if (s.bar, s.offset_quarters) == (bar, offset))
            for kind in (extra, missing)
        ]
        message = _notes_told(*here)
        yield _fault(part, score, file, "notes", bar, message, "print the part again", offset)


def _notes_told(extra: Sequence[Sound], missing: Sequence[Sound]) -> str:
    if extra and missing:
        if [sound.key for sound in extra] == [sound.key for sound in missing]:
            lengths = (
                f"{extra[0].length_quarters} quarters, in the score {missing[0].length_quarters}"
            )
            return f"{_keys(extra)} lasts {lengths}"
        return f"sounds {_keys(extra)}, in the score {_keys(missing)}"
    if missing:
        return f"lacks {_keys(missing)}, which the score has"
    return f"has {_keys(extra)}, which the score has not"


def _keys(sounds: Sequence[Sound]) -> str:
    return " ".join(key_text(sound.key) for sound in sounds)


def key_text(key: Fraction | str) -> str:
    """A sounding pitch in words.

    >>> key_text(Fraction(60)), key_text("drum C5")
    ('C4', 'drum C5')
    """
    if isinstance(key, str):
        return key
    nearest = round(key)
    off = key - nearest
    sign = "" if not off else f"{'+' if off > 0 else ''}{float(off):g}"
    return f"{_STEPS[nearest % 12]}{nearest // 12 - 1}{sign}"


def constant_shift(own: Sequence[Sound], other: Sequence[Sound]) -> Fraction | None:
    """By how many semitones all of `own` is higher than `other`; None where it is not one shift."""
    if not own or len(own) != len(other):
        return None
    shifts = set()
    for one, two in zip(in_order(own), in_order(other), strict=True):
        if isinstance(one.key, str) or isinstance(two.key, str):
            return None
        if (one.bar, one.offset_quarters, one.length_quarters) != (
            two.bar,
            two.offset_quarters,
            two.length_quarters,
        ):
            return None
        shifts.add(one.key - two.key)
    return shifts.pop() if len(shifts) == 1 and shifts != {Fraction(0)} else None


def sign_faults(part: Sheet, score: Sheet, file: str) -> Iterator[SetFault]:
    """Dynamics, techniques, articulations, slurs … of the score that the part lacks, or more.

    Clefs are looked at apart: a transposed part has its player's own. What the part's page shows
    otherwise than its notes say is told as it stands, unless the score does the same.
    """
    heard = [{(one.bar, one.offset_quarters, str(one.key)) for one in sheet.sounds}
             for sheet in (part, score)]  # fmt: skip
    told = heard[0] ^ heard[1]
    own, other = (
        Counter(
            sign
            for sign in sheet.signs
            if sign.kind not in ("clef", WRITTEN) and not _is_of_note(sign, told)
        )
        for sheet in (part, score)
    )
    slips = {(sign.bar, sign.offset_quarters) for sign in score.signs if sign.kind == WRITTEN}
    for sign in part.signs:
        if sign.kind == WRITTEN and (sign.bar, sign.offset_quarters) not in slips:
            place = sign.bar, sign.text, "print the part again", sign.offset_quarters
            yield _fault(part, score, file, WRITTEN, *place)
    for sign, count in sorted((other - own).items()):
        message = f"lacks {_sign(sign)}, which the score has"
        if count:
            yield _fault(
                part,
                score,
                file,
                f"missing {sign.kind}",
                sign.bar,
                message,
                "print the part again",
                sign.offset_quarters,
            )
    for sign in sorted(own - other):
        if sign.kind == "words":
            continue
        message = f"has {_sign(sign)}, which the score has not"
        yield _fault(
            part,
            score,
            file,
            f"extra {sign.kind}",
            sign.bar,
            message,
            "print the part again",
            sign.offset_quarters,
        )


def _is_of_note(sign: SheetSign, told: Collection[tuple[int, Fraction, str]]) -> bool:
    """Whether a sign says on which staff a note stands that is told as another note anyway."""
    key = sign.text.partition(": ")[2]
    return sign.kind == "staff" and (sign.bar, sign.offset_quarters, key) in told


def mark_faults(
    part: Sheet, score: Sheet, marks: Collection[SheetSign], file: str
) -> Iterator[SetFault]:
    """Letters, tempos, repeats and barlines, which `marks` has for all, that a part lacks or adds.

    `score` is the player's line of the score, `marks` what any line of it says. A score without
    any tempo leaves tempos to whoever prints.
    """
    timed = any(mark.kind == "tempo" for mark in marks)
    own, repair = {mark for mark in part.marks if timed or mark.kind != "tempo"}, "print it again"
    if not any(mark.kind == CHORD for mark in own):
        marks = [mark for mark in marks if mark.kind != CHORD]
    differing = [
        *((sign, "missing", "lacks", "which the score has") for sign in sorted(set(marks) - own)),
        *((sign, "extra", "has", "which the score has not") for sign in sorted(own - set(marks))),
    ]
    for sign, kind, verb, against in differing[:_MOST_TOLD]:
        message = f"{verb} {_sign(sign)}, {against}"
        yield _fault(part, score, file, f"{kind} {sign.kind}", sign.bar, message, repair)
    if len(differing) > _MOST_TOLD:
        message = f"and {len(differing) - _MOST_TOLD} more marks that differ from the score"
        sign = differing[_MOST_TOLD][0]
        yield _fault(part, score, file, f"missing {sign.kind}", sign.bar, message, repair)


def _sign(sign: SheetSign) -> str:
    return f"the {sign.kind} {sign.text!r}"


def beat_text(bar: SheetBar, offset_quarters: Fraction) -> str:
    """A place in a bar counted from 1 in the beats of its meter."""
    unit = bar.meter.rpartition("/")[2]
    quarters = Fraction(4, int(unit)) if unit.isdigit() and int(unit) else Fraction(1)
    return str(offset_quarters / quarters + 1)


def _fault(
    part: Sheet,
    score: Sheet,
    file: str,
    kind: str,
    place: int,
    message: str,
    repair: str,
    offset: Fraction | None = None,
) -> SetFault:
    bars = score.bars if place < len(score.bars) else part.bars
    bar = bars[place] if place < len(bars) else None
    return SetFault(
        kind,
        message,
        score.name or part.name,
        file,
        bar.label if bar else "",
        place if bar else None,
        beat_text(bar, offset) if bar and offset is not None else "",
        repair=repair,
    )
