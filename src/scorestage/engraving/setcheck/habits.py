"""What every part must have whatever the score says: dynamics at entries, techniques cancelled."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from scorestage.engraving.setcheck.music import beat_text
from scorestage.engraving.setcheck.values import (
    SetFault,
    SetSeverity,
    Sheet,
    SheetSign,
    Sound,
    in_order,
)

_LONG_REST_BARS = 4
"""After so many bars' rest a player wants to be told again how loud."""
_ON = {"con sord": "mute", "con sordino": "mute", "con sordini": "mute", "mute": "mute",
       "straight mute": "mute", "cup mute": "mute", "harmon mute": "mute", "muted": "mute",
       "pizz": "pizz", "pizzicato": "pizz", "col legno": "legno",
       "sul pont": "bow", "sul tasto": "bow", "flutter": "flutter"}  # fmt: skip
_OFF = {"senza sord": "mute", "senza sordino": "mute", "senza sordini": "mute", "open": "mute",
        "mute off": "mute", "mutes off": "mute", "via sord": "mute", "arco": "pizz",
        "ord": "", "norm": "", "nat": "", "naturale": ""}  # fmt: skip
_NAMES = {"mute": "a mute", "pizz": "pizz.", "legno": "col legno", "bow": "the bow's place"}
_CANCELS = {
    "mute": "senza sord.",
    "pizz": "arco",
    "legno": "arco",
    "bow": "ord.",
    "flutter": "ord.",
}


def entry_faults(sheet: Sheet, file: str) -> Iterator[SetFault]:
    """The first entry, and entries after long rests, that no dynamic stands at."""
    dynamics = {
        (sign.bar, sign.offset_quarters)
        for sign in sheet.signs
        if sign.kind in ("dynamic", "wedge")
    }
    sounding_until = -_LONG_REST_BARS - 1
    for sound in in_order(sheet.sounds):
        if sound.bar - sounding_until > _LONG_REST_BARS and not _has_dynamic(sound, dynamics):
            first = sounding_until < 0
            yield SetFault(
                "entry without dynamic",
                "the first note has no dynamic" if first else "no dynamic after a long rest",
                sheet.name,
                file,
                sheet.bars[sound.bar].label,
                sound.bar,
                beat_text(sheet.bars[sound.bar], sound.offset_quarters),
                SetSeverity.WRONG if first else SetSeverity.DOUBTFUL,
                "write one under the note",
            )
        sounding_until = max(sounding_until, _last_bar(sheet, sound))


def _has_dynamic(sound: Sound, dynamics: set[tuple[int, Fraction]]) -> bool:
    """Whether a dynamic stands in the bar of an entry, at its note or before it."""
    return any(
        bar == sound.bar and offset <= sound.offset_quarters + Fraction(1, 2)
        for bar, offset in dynamics
    ) or any(bar == sound.bar - 1 for bar, _ in dynamics)


def _last_bar(sheet: Sheet, sound: Sound) -> int:
    left, bar = sound.offset_quarters + sound.length_quarters, sound.bar
    while bar < len(sheet.bars) - 1 and left > sheet.bars[bar].quarters:
        left -= sheet.bars[bar].quarters
        bar += 1
    return bar


def technique_faults(sheet: Sheet, file: str) -> Iterator[SetFault]:
    """Mutes, pizzicato and the like that are put on twice, or still on where they cannot be."""
    on: dict[str, SheetSign] = {}
    for sign in sorted(sheet.signs):
        told = _technique(sign)
        if told is None:
            continue
        kind, puts_on = told
        if puts_on and kind == "mute" and kind in on and on[kind].text == sign.text:
            message = f"{sign.text} although {on[kind].text} was never cancelled"
            yield _fault(
                sheet, file, sign, message, f"write {_CANCELS[kind]} before it, or strike one"
            )
        if puts_on:
            on[kind] = sign
        elif not kind:
            on = {one: held for one, held in on.items() if one == "mute"}
        else:
            on.pop(kind, None)
    if "pizz" in on:
        yield from _bowed_while_plucked(sheet, file, on["pizz"])
    if "mute" in on:
        message = f"{on['mute'].text} is not cancelled before the end of the cue"
        yield _fault(
            sheet,
            file,
            on["mute"],
            message,
            "write senza sord. at the last note",
            SetSeverity.DOUBTFUL,
        )


def _bowed_while_plucked(sheet: Sheet, file: str, pizz: SheetSign) -> Iterator[SetFault]:
    """Slurs and bowed tremolos after the last `pizz.`: `arco` was forgotten."""
    for sign in sorted(sheet.signs):
        after = (sign.bar, sign.offset_quarters) >= (pizz.bar, pizz.offset_quarters)
        if after and sign.kind in ("slur", "tremolo"):
            message = f"{sign.kind} while pizz. (from bar {sheet.bars[pizz.bar].label}) still holds"
            yield _fault(sheet, file, sign, message, "write arco before it")
            return


def _technique(sign: SheetSign) -> tuple[str, bool] | None:
    if sign.kind not in ("words", "technique"):
        return None
    text = sign.text.casefold().strip(" .()")
    if text in _ON:
        return _ON[text], True
    if text in _OFF:
        return _OFF[text], False
    return None


def _fault(
    sheet: Sheet,
    file: str,
    sign: SheetSign,
    message: str,
    repair: str,
    severity: SetSeverity = SetSeverity.WRONG,
) -> SetFault:
    bar = sheet.bars[sign.bar]
    beat = beat_text(bar, sign.offset_quarters)
    return SetFault(
        "technique", message, sheet.name, file, bar.label, sign.bar, beat, severity, repair
    )
