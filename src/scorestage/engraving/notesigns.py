"""Signs that hang on a note, as LilyPond prints them: ornaments, bowings, fingers, slides, heads.

Words come from `Sign` by MusicXML's names. Every text passes through `quoted`. What is not in
these tables is named by `unprinted`, so that whoever engraves can say so.
"""

from __future__ import annotations

from collections.abc import Sequence

from scorestage.engraving.ink import quoted, quoted_list
from scorestage.engraving.signnames import (
    SAYING,
    TEXTS,
    WITHIN_VOICE,
    dynamics_text,
    leaves,
    printed_by_both,
    said_in_words,
)
from scorestage.music import NoteSign, Sign, is_box

_PLAIN = {
    "trill-mark": r"\trill",
    "turn": r"\turn",
    "delayed-turn": r"\turn",
    "inverted-turn": r"\reverseturn",
    "delayed-inverted-turn": r"\reverseturn",
    "vertical-turn": r"\slashturn",
    "inverted-vertical-turn": r"\slashturn",
    "shake": r"\prallprall",
    "mordent": r"\mordent",
    "inverted-mordent": r"\prall",
    "haydn": r"\haydnturn",
    "up-bow": r"\upbow",
    "down-bow": r"\downbow",
    "harmonic": r"\flageolet",
    "open-string": r"\open",
    "thumb-position": r"\thumb",
    "stopped": r"\stopped",
    "snap-pizzicato": r"\snappizzicato",
    "heel": r"\lheel",
    "toe": r"\ltoe",
    "half-muted": r"\halfopen",
    "open": r"\open",
    "staccato": "-.",
    "accent": "->",
    "tenuto": "--",
    "strong-accent": "-^",
    "detached-legato": "-_",
    "spiccato": "-!",
    "staccatissimo": "-!",
    "soft-accent": r"\espressivo",
    "doit": r"\bendAfter #5",
    "falloff": r"\bendAfter #-5",
    "tied": r"\laissezVibrer",
}
_TEXTS = {
    **TEXTS,
    "double-tongue": "•\u200a•",
    "triple-tongue": "•\u200a•\u200a•",
}
"""Signs told in words, for want of a glyph."""
_FERMATAS = {
    "angled": r"\shortfermata",
    "square": r"\longfermata",
    "double-angled": r"\veryshortfermata",
    "double-square": r"\verylongfermata",
}
_ACCIDENTALS = {
    "sharp": r"\sharp",
    "flat": r"\flat",
    "natural": r"\natural",
    "double-sharp": r"\doublesharp",
    "flat-flat": r"\doubleflat",
}
HEADS = {
    "x": "cross",
    "cross": "cross",
    "diamond": "diamond",
    "triangle": "triangle",
    "slash": "slash",
    "slashed": "slash",
    "circle-x": "xcircle",
    "back slashed": "slash",
    "do": "do",
    "re": "re",
    "mi": "mi",
    "fa": "fa",
    "so": "sol",
    "la": "la",
    "ti": "ti",
}
"""Shapes of heads by MusicXML's names."""
_HIGHEST_STRING = 9
_ELSEWHERE = frozenset(("tremolo", "wavy-line", "breath-mark", "caesura", "dynamics", "notehead",
                        "stem", "glissando", "slide", "arpeggiate", "non-arpeggiate", "fermata",
                        "slur", "string", "accidental-mark", "accidental", "play"))  # fmt: skip


def post_words(signs: Sequence[NoteSign]) -> str:
    """What follows a note for its signs."""
    kept = _without_pairs(list(leaves(signs)))
    edges = {sign.detail("type") for sign in kept if is_box(sign)}
    if {"start", "stop"} <= edges:
        kept = [sign for sign in kept if not is_box(sign)]
        return "".join(map(_word, kept)) + r"\boxedAlone"
    return "".join(map(_word, kept))


def _without_pairs(signs: list[Sign]) -> list[Sign]:
    """A trill that is drawn on needs no second sign; a line that ends where it begins none."""
    waved = {sign.detail("type") for sign in signs if sign.name == "wavy-line"}
    if {"start", "stop"} <= waved or waved == {"continue"}:
        return [sign for sign in signs if sign.name != "wavy-line"]
    if "start" in waved:
        return [sign for sign in signs if sign.name != "trill-mark"]
    return signs


def _word(sign: Sign) -> str:
    name, kind = sign.name, sign.detail("type")
    if name in _PLAIN:
        if name == "tied" and kind != "let-ring":
            return ""
        return ("_" if kind == "down" and name == "strong-accent" else "") + _PLAIN[name].lstrip(
            "-" if kind == "down" and name == "strong-accent" else ""
        )
    if name == "fingering":
        return _finger(text=sign.text)
    if said := said_in_words(sign, _TEXTS, SAYING):
        return _text(said)
    maker = _SHAPED.get(name)
    return maker(sign) if maker else ""


def _finger(text: str) -> str:
    if text in tuple("12345"):
        return f"-{text}"
    return rf"^\markup \finger {quoted(text)}" if text else ""


def _text(said: str) -> str:
    return rf"^\markup \words {quoted(said)}" if said.strip() else ""


def _waved(sign: Sign) -> str:
    return {"start": r"\startTrillSpan", "stop": r"\stopTrillSpan"}.get(sign.detail("type"), "")


def _fermata(sign: Sign) -> str:
    side = "_" if sign.detail("type") == "inverted" else ""
    return side + _FERMATAS.get(sign.text, r"\fermata")


def _arpeggio(sign: Sign) -> str:
    ways = {"up": "#1", "down": "#-1"}
    way = ways.get(sign.detail("direction"))
    return (rf"-\tweak arpeggio-direction {way} " if way else "") + r"\arpeggio"


def _bracketed(sign: Sign) -> str:
    if sign.detail("type") == "top":
        return ""
    return r"-\tweak stencil #ly:arpeggio::brew-chord-bracket \arpeggio"


def glissando_word(sign: Sign) -> str:
    """A glissando or slide to the next note of the voice; nothing at its end."""
    if sign.detail("type") != "start":
        return ""
    usual = "wavy" if sign.name == "glissando" else "solid"
    styles = {"wavy": "zigzag", "dashed": "dashed-line", "dotted": "dotted-line"}
    style = styles.get(sign.detail("line-type", usual))
    return (rf"-\tweak style #'{style} " if style else "") + r"\glissando"


def _slur(sign: Sign) -> str:
    """A slur over a note that is only held, or one that ends on a grace note.

    Those from staff to staff have voices of their own.
    """
    number = sign.detail("number")
    if number not in WITHIN_VOICE:
        return ""
    return {"start": rf"\={number}(", "stop": rf"\={number})"}.get(sign.detail("type"), "")


def _string(sign: Sign) -> str:
    usable = sign.text.isascii() and sign.text.isdigit() and int(sign.text[:3]) > 0
    return rf"\{int(sign.text[:3])}" if usable and int(sign.text[:3]) <= _HIGHEST_STRING else ""


def _accidental_mark(sign: Sign) -> str:
    side = "_" if sign.detail("placement") == "below" else "^"
    word = _ACCIDENTALS.get(sign.text)
    return rf"{side}\markup \fontsize #-4 {word}" if word else ""


def dynamic_words(said: str) -> str:
    r"""A dynamic as printed, whatever it is: letters of dynamics in their type, words in italics.

    >>> print(dynamic_words("più f"))
    -\printedDynamic #'("più" "f")
    """
    return rf"-\printedDynamic {quoted_list(said.split())}"


def _dynamics(sign: Sign) -> str:
    said = dynamics_text(sign)
    return dynamic_words(said) if said else ""


def _boxed(sign: Sign) -> str:
    """The edge of an aleatoric box."""
    edges = {"start": r"\startGroup", "stop": r"\stopGroup"}
    return edges.get(sign.detail("type"), "") if is_box(sign) else ""


_SHAPED = {
    "wavy-line": _waved,
    "fermata": _fermata,
    "arpeggiate": _arpeggio,
    "non-arpeggiate": _bracketed,
    "glissando": glissando_word,
    "slide": glissando_word,
    "slur": _slur,
    "string": _string,
    "accidental-mark": _accidental_mark,
    "dynamics": _dynamics,
    "other-notation": _boxed,
}


def breath_word(signs: Sequence[NoteSign]) -> str:
    """What stands after a note: a breath of another shape, a caesura."""
    for sign in leaves(signs):
        if sign.name == "caesura":
            shape = "curved" if sign.text == "curved" else "straight"
            glyph = rf'\markup \musicglyph "scripts.caesura.{shape}"'
            return rf"\once \override BreathingSign.text = {glyph} \breathe"
        if sign.name == "breath-mark":
            if sign.text == "tick":
                glyph = r'\markup \musicglyph "scripts.tickmark"'
                return rf"\once \override BreathingSign.text = {glyph} \breathe"
            return r"\breathe"
    return ""


def head_word(signs: Sequence[NoteSign], head: int) -> str:
    """What goes before one head of a chord: its shape, brackets round it."""
    words = ""
    for one in signs:
        if one.head != head or one.sign.name != "notehead":
            continue
        shape = one.sign.text
        if shape == "diamond" and one.sign.detail("filled") == "no":
            words += r"\tweak style #'harmonic "  # open at any length
            continue
        if shape in HEADS:
            words += rf"\tweak style #'{HEADS[shape]} "
        elif shape == "none":
            words += r"\tweak transparent ##t "
        filled = {"yes": "2", "no": "1"}.get(one.sign.detail("filled"))
        words += rf"\tweak duration-log #{filled} " if filled else ""
        words += r"\parenthesize " if one.sign.detail("parentheses") == "yes" else ""
    return words


def is_bracketed(signs: Sequence[NoteSign], head: int) -> bool:
    """Whether the accidental of a head is printed in brackets, as its writer had it."""
    return any(
        one.head == head
        and one.sign.name == "accidental"
        and "yes" in (one.sign.detail("parentheses"), one.sign.detail("bracket"))
        for one in signs
    )


def stemless(signs: Sequence[NoteSign]) -> bool:
    """Whether a note has no stem."""
    return any(one.sign.name == "stem" and one.sign.text == "none" for one in signs)


def tremolo_edge(signs: Sequence[NoteSign]) -> tuple[str, int]:
    """Whether a tremolo between two notes starts or stops here, and its strokes."""
    for sign in leaves(signs):
        if sign.name == "tremolo" and sign.detail("type") in ("start", "stop"):
            digits = sign.text if sign.text.isascii() and sign.text.isdigit() else "3"
            return sign.detail("type"), max(1, min(8, int(digits[:2])))
    return "", 0


def is_printed(sign: Sign) -> bool:
    """Whether a sign of a note is printed by LilyPond (or says nothing to a reader).

    >>> is_printed(Sign("up-bow")), is_printed(Sign("hole"))
    (True, False)
    """
    name, text = sign.name, sign.text
    if (known := printed_by_both(sign, HEADS)) is not None:
        return known or (name == "notehead" and text == "none")
    if name in _PLAIN or name in _TEXTS:
        return True
    if name == "fingering" or name in SAYING:
        return bool(text or sign.detail("type"))
    if name == "accidental-mark":
        return text in _ACCIDENTALS
    if name == "slur":
        return True
    if name == "string":
        return bool(_string(sign))
    return name in _ELSEWHERE
