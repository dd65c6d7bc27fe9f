"""Signs that hang on a note, as MEI tells them: in the note, or beside the music at its id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scorestage.engraving.mei.ink import element, rend
from scorestage.engraving.signnames import (
    ONTO_GRACES,
    SAYING,
    TEXTS,
    dynamics_text,
    leaves,
    printed_by_both,
    said_in_words,
)
from scorestage.music import NoteSign, Sign
from scorestage.music.written import WrittenEvent

_IN_NOTE = {
    "up-bow": "upbow",
    "down-bow": "dnbow",
    "harmonic": "harm",
    "open-string": "harm",
    "stopped": "stop",
    "open": "open",
    "snap-pizzicato": "snap",
    "staccato": "stacc",
    "accent": "acc",
    "tenuto": "ten",
    "strong-accent": "marc",
    "spiccato": "stacciss",
    "staccatissimo": "stacciss",
    "double-tongue": "dbltongue",
    "triple-tongue": "trpltongue",
}
_ORNAMENTS: dict[str, tuple[str, dict[str, str]]] = {
    "trill-mark": ("trill", {}),
    "turn": ("turn", {"form": "upper"}),
    "delayed-turn": ("turn", {"form": "upper", "delayed": "true"}),
    "inverted-turn": ("turn", {"form": "lower"}),
    "delayed-inverted-turn": ("turn", {"form": "lower", "delayed": "true"}),
    "vertical-turn": ("turn", {"form": "upper"}),
    "inverted-vertical-turn": ("turn", {"form": "lower"}),
    "mordent": ("mordent", {"form": "lower"}),
    "inverted-mordent": ("mordent", {"form": "upper"}),
    "shake": ("mordent", {"form": "upper", "long": "true"}),
    "caesura": ("caesura", {}),
    "breath-mark": ("breath", {}),
}
_FERMATAS = {"angled": "angular", "double-angled": "angular", "square": "square",
             "double-square": "square"}  # fmt: skip
_TEXTS = {
    **TEXTS,
    "doit": "doit",
    "falloff": "fall",
    "soft-accent": "<>",
    "thumb-position": "thumb",
    "haydn": "turn",
    "detached-legato": "port.",
    "heel": "heel",
    "toe": "toe",
}
_SAYING = SAYING | {"string"}
_POINTS = 9


def articulations_of(signs: Sequence[NoteSign]) -> Iterator[str]:
    """The signs that stand in the note itself, in MEI's words."""
    for sign in leaves(signs):
        if sign.name in _IN_NOTE:
            yield _IN_NOTE[sign.name]


def beside(
    event: WrittenEvent, note_id: str, next_id: str, staff: int, points: float, says: str = "dir"
) -> Iterator[str]:
    """What stands beside the music for the signs of an event; `next_id` is the note after it.

    Words are told by an element called `says`.
    """
    at: dict[str, str | int] = {"startid": f"#{note_id}", "staff": staff}
    for sign in leaves(event.signs):
        yield from _told(sign, at, next_id, points, says)


def _told(
    sign: Sign, at: dict[str, str | int], next_id: str, points: float, says: str
) -> Iterator[str]:
    name, text = sign.name, sign.text
    if name in _ORNAMENTS:
        kind, more = _ORNAMENTS[name]
        yield element(kind, place="above", **more, **at)
    elif name == "fermata":
        below = sign.detail("type") == "inverted"
        place, form = ("below", "inv") if below else ("above", "")
        yield element("fermata", place=place, form=form, shape=_FERMATAS.get(text, ""), **at)
    elif name == "arpeggiate":
        way = sign.detail("direction")
        yield element("arpeg", order=way, **at)
    elif name == "non-arpeggiate" and sign.detail("type") != "top":
        yield element("arpeg", order="nonarp", **at)
    elif name in ("glissando", "slide") and sign.detail("type") == "start" and next_id:
        yield element("gliss", endid=f"#{next_id}", lform=line_form(sign), **at)
    elif name == "tied" and sign.detail("type") == "let-ring":
        yield element("lv", **at)
    elif name == "fingering" and text:
        yield element("fing", rend(text), place="above", **at)
    elif name == "dynamics" and dynamics_text(sign):
        yield element("dynam", rend(dynamics_text(sign)), place="below", **at)
    else:
        said = said_in_words(sign, _TEXTS, _SAYING)
        if said:
            inner = rend(said, _POINTS * points, fontstyle="italic", fontweight="normal")
            yield element(says, inner, place="above", **at)


def line_form(sign: Sign) -> str:
    """How the line of a glissando or a slide is drawn."""
    return sign.detail("line-type", "wavy" if sign.name == "glissando" else "solid")


def is_printed(sign: Sign) -> bool:
    """Whether a sign of a note is printed by way of MEI, or says nothing to a reader.

    >>> is_printed(Sign("up-bow")), is_printed(Sign("hole"))
    (True, False)
    """
    if (told := printed_by_both(sign, HEADS)) is not None:
        return told
    if sign.name == "slur" and sign.detail("number") in ONTO_GRACES:
        return sign.detail("type") != "start"
    if sign.name in ("fingering", *_SAYING):
        return bool(sign.text or sign.detail("type"))
    known = ("fermata", "arpeggiate", "non-arpeggiate", "glissando", "slide", "tied", "dynamics",
             "tremolo", "play", "slur")  # fmt: skip
    return sign.name in (*known, *_IN_NOTE, *_ORNAMENTS, *_TEXTS)


HEADS = {
    "x": "x",
    "cross": "x",
    "diamond": "diamond",
    "triangle": "isotriangle",
    "slash": "slash",
    "slashed": "slash",
    "back slashed": "backslash",
    "circle-x": "circle",
    "square": "square",
}
"""Shapes of heads by MusicXML's names."""


def head_shape(signs: Sequence[NoteSign], head: int) -> str:
    """The shape of one head; empty for a plain one."""
    told = (one.sign.text for one in signs if one.head == head and one.sign.name == "notehead")
    return next((HEADS[shape] for shape in told if shape in HEADS), "")
