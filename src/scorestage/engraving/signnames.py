"""What both engravers know of the signs of a note: those told in words, and what is printed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from scorestage.music import NoteSign, Sign, is_box

TEXTS = {
    "scoop": "scoop",
    "plop": "plop",
    "stress": "ˊ",
    "unstress": "˘",
    "tap": "T",
    "golpe": "golpe",
    "brass-bend": "bend",
    "flip": "flip",
    "smear": "smear",
    "bend": "bend",
    "fingernails": "nails",
    "schleifer": "slide",
}
"""Signs told in words by both, for want of a glyph."""
SAYING = frozenset(
    ("pluck", "hammer-on", "pull-off", "other-ornament", "other-technical", "other-articulation",
     "handbell")
)  # fmt: skip
"""Signs whose own text is printed."""
ACCIDENTALS = frozenset(("sharp", "flat", "natural", "double-sharp", "flat-flat"))
_LETTERS = {"hammer-on": "H", "pull-off": "P"}


ONTO_GRACES = ("14", "15")
"""Numbers of slurs that end on grace notes."""
WITHIN_VOICE = (*ONTO_GRACES, "16")
"""Numbers of slurs told by signs that stay within a voice: these, and one over a held note."""


def leaves(signs: Sequence[NoteSign]) -> Iterator[Sign]:
    """The signs proper; a group of dynamics stays together, a diamond needs no circle beside it."""
    diamond = any(one.sign.name == "notehead" and one.sign.text == "diamond" for one in signs)
    for one in signs:
        if one.sign.name in ("ornaments", "technical", "articulations"):
            yield from (
                leaf for leaf in one.sign.inner if not (diamond and leaf.name == "harmonic")
            )
        else:
            yield one.sign


def said_in_words(sign: Sign, texts: Mapping[str, str], saying: Collection[str]) -> str:
    """What a sign is told by where it has no glyph; empty for all others.

    >>> said_in_words(Sign("golpe"), TEXTS, SAYING), said_in_words(Sign("pull-off"), {}, SAYING)
    ('golpe', 'P')
    """
    if sign.name in texts:
        return sign.text or texts[sign.name]
    if sign.name not in saying or sign.detail("type") == "stop":
        return ""
    return sign.text or _LETTERS.get(sign.name, "")


def dynamics_text(sign: Sign) -> str:
    """What a group of dynamics on a note says.

    >>> dynamics_text(Sign("dynamics", inner=(Sign("sf"), Sign("other-dynamics", "subito"))))
    'sf subito'
    """
    told = (one.text if one.name == "other-dynamics" else one.name for one in sign.inner)
    return " ".join(filter(None, told))


def printed_by_both(sign: Sign, heads: Collection[str]) -> bool | None:
    """Whether a sign that both engravers treat alike is printed; None for all others.

    `heads` are the shapes of heads that the engraver has.
    """
    if sign.name == "notehead":
        return sign.text in heads or sign.text in ("normal", "")
    if sign.name == "accidental":
        return sign.text in ACCIDENTALS
    if sign.name == "stem":
        return sign.text == "none"
    if sign.name == "other-notation":
        return is_box(sign)
    return None
