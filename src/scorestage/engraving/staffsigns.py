"""Signs of a staff that its writer set: pedal, octave lines, brackets, harp pedals, jumps, figures.

LilyPond's words for what the model carries as `Sign`; every text passes through `quoted`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from scorestage.engraving.ink import quoted
from scorestage.engraving.notesigns import dynamic_words
from scorestage.music import Sign
from scorestage.music.written import WrittenBar

_HARP_ORDER = "DCBEFGA"
_OCTAVES = {"8": 1, "15": 2, "22": 3}
_PEDALS = {
    "start": (r"\sustainOn",),
    "stop": (r"\sustainOff",),
    "change": (r"\sustainOff", r"\sustainOn"),
    "resume": (r"\sustainOn",),
    "discontinue": (r"\sustainOff",),
    "sostenuto": (r"\sostenutoOn",),
}
_GLYPHS = {"segno": "scripts.segno", "coda": "scripts.coda"}
_WORDS = {
    "damp": "damp",
    "damp-all": "damp all",
    "eyeglasses": "👓\ufe0e",
    "scordatura": "scordatura",
}


@dataclass(frozen=True, slots=True)
class PlacedWords:
    """Commands and what is hung on the skip at one offset of the bar."""

    offset: Fraction
    before: str = ""
    after: str = ""


@dataclass(slots=True)
class SignPen:
    """Writes the signs of one staff from left to right, knowing which spans are open."""

    spans: set[str] = field(default_factory=set)
    pedals: int = 0
    arrows: frozenset[str] = frozenset()
    """Which spans, by name and number, end in an arrow."""

    def bar(self, bar: WrittenBar) -> Iterator[PlacedWords]:
        """What a bar's further signs say, in order."""
        for offset, sign in bar.signs:
            if sign.name == "direction":
                for kind in sign.inner:
                    for one in kind.inner if kind.name == "direction-type" else ():
                        under = sign.detail("placement") == "below"
                        yield from self._direction(offset, one, under=under)
            elif sign.name == "harmony":
                yield from _worded(offset, harmony_text(sign), r"^\markup \technique")
            elif sign.name == "figured-bass":
                yield from _figures(offset, sign)

    def _direction(
        self, offset: Fraction, sign: Sign, *, under: bool = False
    ) -> Iterator[PlacedWords]:
        name, kind = sign.name, sign.detail("type")
        if name == "pedal":
            yield PlacedWords(offset, "", self._pedal(kind))
        elif name == "octave-shift":
            size = _OCTAVES.get(sign.detail("size", "8"), 1)
            shift = {"down": size, "up": -size, "stop": 0}.get(kind)
            if shift is not None:
                yield PlacedWords(offset, rf"\ottava #{shift}")
        elif name in ("dashes", "bracket"):
            yield from self._span(offset, sign)
        elif name == "harp-pedals":
            side = "_" if under else "^"
            yield PlacedWords(offset, "", rf"{side}\markup \harp-pedal {quoted(harp_text(sign))}")
        elif name in _GLYPHS:
            glyph = rf"\markup \fontsize #2 \musicglyph {quoted(_GLYPHS[name])}"
            yield PlacedWords(offset, "", "^" + glyph)
        elif name == "dynamics":
            said = " ".join(one.text or one.name for one in sign.inner)
            yield PlacedWords(offset, "", dynamic_words(said) if said else "")
        elif name == "metronome":
            yield from _worded(offset, metronome_text(sign), r"^\markup \technique")
        else:
            yield from _worded(offset, direction_text(sign), r"^\markup \words")

    def _pedal(self, kind: str) -> str:
        if kind in ("stop", "change", "discontinue") and not self.pedals:
            return r"\sustainOn" if kind == "change" else ""
        if kind in ("start", "resume", "sostenuto") and self.pedals:
            return ""
        self.pedals = 0 if kind in ("stop", "discontinue") else 1
        return "".join(_PEDALS.get(kind, ()))

    def _span(self, offset: Fraction, sign: Sign) -> Iterator[PlacedWords]:
        """Dashes and brackets; of several at once the later ones are not drawn."""
        key = f"{sign.name} {sign.detail('number', '1')}"
        if sign.detail("type") == "start" and not self.spans:
            self.spans.add(key)
            usual = "dashed" if sign.name == "dashes" else "solid"
            style = {"dashed": "dashed-line", "dotted": "dotted-line"}.get(
                sign.detail("line-type", usual), "line"
            )
            ends = "" if sign.name == "dashes" else _hooks(sign)
            begins = rf"\once \override TextSpanner.style = #'{style}{ends}"
            if key in self.arrows:
                begins = r"\arrowToCutOff"
            yield PlacedWords(offset, begins, r"\startTextSpan")
        elif sign.detail("type") == "stop" and key in self.spans:
            self.spans.discard(key)
            yield PlacedWords(offset, "", r"\stopTextSpan")


def arrow_names(signs: Iterable[Sign]) -> frozenset[str]:
    """The brackets of a staff, by name and number, that end in an arrow."""
    return frozenset(
        f"bracket {line.detail('number', '1')}"
        for sign in signs
        if sign.name == "direction" and (line := sign.find("bracket")) is not None
        if line.detail("type") == "stop" and line.detail("line-end") == "arrow"
    )


def _hooks(sign: Sign) -> str:
    down = sign.detail("line-end") != "up"
    hook = rf"\markup \draw-line #'(0 . {-1 if down else 1})"
    return (
        rf" \once \override TextSpanner.bound-details.left.text = {hook}"
        rf" \once \override TextSpanner.bound-details.right.text = {hook}"
    )


def _worded(offset: Fraction, said: str, command: str) -> Iterator[PlacedWords]:
    if said.strip():
        yield PlacedWords(offset, "", f"{command} {quoted(said)}")


def _figures(offset: Fraction, sign: Sign) -> Iterator[PlacedWords]:
    rows = figure_rows(sign)
    if rows:
        column = " ".join(map(quoted, rows))
        yield PlacedWords(offset, "", rf"_\markup \fontsize #-2 \left-column {{ {column} }}")


_FIGURE_SIGNS = {"sharp": "♯", "flat": "♭", "natural": "♮", "slash": "/", "backslash": "\\",
                 "plus": "+", "double-sharp": "𝄪", "flat-flat": "♭♭"}  # fmt: skip


def figure_rows(sign: Sign) -> list[str]:
    """The figures of a figured bass from the top.

    >>> six = Sign("figure", inner=(Sign("figure-number", "6"), Sign("suffix", "sharp")))
    >>> figure_rows(Sign("figured-bass", inner=(six,)))
    ['6♯']
    """
    rows = []
    for figure in sign.inner:
        told = "".join(_FIGURE_SIGNS.get(one.text, one.text) for one in figure.inner)
        if figure.name == "figure" and told:
            rows.append(told)
    return rows


def harp_text(sign: Sign) -> str:
    """A harp's pedals as a row: flat up, natural in the middle, sharp down.

    >>> harp_text(Sign("harp-pedals"))
    '---|----'
    """
    set_to = {}
    for tuning in sign.inner:
        step, alter = tuning.find("pedal-step"), tuning.find("pedal-alter")
        if step is not None and alter is not None:
            set_to[step.text] = "^" if alter.text.startswith("-") else "v"
            if alter.text.strip() in ("0", "0.0", "-0", ""):
                set_to[step.text] = "-"
    row = [set_to.get(step, "-") for step in _HARP_ORDER]
    return "".join(row[:3]) + "|" + "".join(row[3:])


def harmony_text(sign: Sign) -> str:
    """A chord told by numeral or function, without a root."""
    told = [sign.find(name) for name in ("numeral-root", "function", "kind")]
    return " ".join(
        one.detail("text") or one.text for one in told if one is not None and one.text != "none"
    )


def metronome_text(sign: Sign) -> str:
    """A metric modulation in plain words: `eighth = quarter`."""
    told = []
    for one in sign.inner:
        if one.name in ("beat-unit", "per-minute"):
            told.append(one.text)
        elif one.name == "beat-unit-dot" and told:
            told[-1] = f"dotted {told[-1]}"
        elif one.name == "metronome-note":
            kind = one.find("metronome-type")
            told.append(kind.text if kind is not None else "")
    return " = ".join(filter(None, told))


def direction_text(sign: Sign) -> str:
    """What a direction says in words; empty for one that is drawn otherwise.

    >>> direction_text(Sign("damp-all"))
    'damp all'
    """
    if sign.name == "string-mute":
        return "con sord." if sign.detail("type") == "on" else "senza sord."
    if sign.name == "staff-divide":
        return "div."
    if sign.name == "principal-voice":
        return sign.text if sign.detail("type") == "start" else ""
    return _WORDS.get(sign.name, sign.text)


DRAWN = frozenset(
    ("pedal", "octave-shift", "dashes", "bracket", "harp-pedals", "segno", "coda", "dynamics",
     "metronome", "words", "rehearsal", "symbol", "string-mute", "staff-divide", "other-direction",
     "principal-voice", *_WORDS)
)  # fmt: skip
"""Directions that are printed; the others are named by whoever engraves."""
