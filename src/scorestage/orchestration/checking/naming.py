"""Who plays a part of anybody's score: the catalogue's instrument, and how many share the staff."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from scorestage.music import Instrument
from scorestage.orchestration.checking.vocabulary import INSTRUMENTS, OF_PROGRAM, SOUNDS

SECTION = 8
"""How many people a string or choir section is taken to have."""
_MOST_SHARING = 8
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}
_KEY = (
    r"(?:[a-h](?: ?(?:b|flat|sharp|dur|moll|is|es|s))?|es|as|si b(?:emol)?|la|re|fa|mi b?|do|ut"
    r"|sol|sib|mib|bb|eb)"
)
_IN_KEY = re.compile(rf"\b(?:in|en) {_KEY}\b")
_LEADING_KEY = re.compile(r"^(?:[a-g](?:b|#)?|[a-g] flat)(?: [a-g](?:b|#)?)* (?=[a-z]{2})")
_NUMBERS = re.compile(r"\b(\d{1,2}|i{1,3}|iv|vi{0,3})\b")
_DROPPED = re.compile(
    r"\b(solo|soli|sic|div(isi)?|unis|tutti|obbligato|concertato|principale|ripieno|di|da|de|a2|a 2"
    r"|a 3|zu 2|desks?|stand|grand(e|es)?|auf|der|b[uü]hne|offstage|muted|ord|section|ensemble"
    r"|tremolo|pizzicato|staccato|legato|1st|2nd|3rd|4th|first|second|third|primo|secondo|[ivx]+)\b"
)
_ELISIONS = {"ß": "ss", "♭": "b", "♯": "#", "æ": "ae", "œ": "oe"}
_COUNT_WORDS = {"due": 2, "zwei": 2, "two": 2, "deux": 2, "three": 3, "drei": 3, "four": 4,
                "vier": 4, "quatre": 4, "quattro": 4, "tre": 3, "trois": 3}  # fmt: skip
_A_CLARINET = re.compile(r"\b(in|en) (a|la)\b|^a cl|\(a\)")
_E_FLAT_CLARINET = re.compile(r"\b(in|en) (es|eb|e b|e flat|mi b|mib)\b|^(eb|e flat|es) cl")

_NOT_B_FLAT = re.compile(r"\b(in|en) (c|d|e|f|es|ut|re|do|mi|fa)\b|^[c-f] (t|clarino)|\(c\)")


@dataclass(frozen=True, slots=True)
class Named:
    """The instrument a part name means, how many players share its staff, and how we know.

    `how` is `name`, `sound` (the file's sound id) or `program` (General MIDI); `other` says which
    instrument stands in where the catalogue has not the one named.
    """

    instrument: Instrument
    count: int
    how: str
    section: bool = False
    other: str = ""


def named(
    name: str, sound: str, program: int | None, catalogue: Mapping[str, Instrument]
) -> Named | None:
    """The instrument of a part by its name, else by its sound id, else by its MIDI program.

    None where nothing tells. `catalogue` holds instruments by id.
    """
    plain = normal(name)
    own = _by_own_name(plain, catalogue)
    if own is not None:
        right = _right_clarinet((own.id,), plain)[0]
        own = catalogue.get(right, own)
        if own.id == "trumpet-bb" and _NOT_B_FLAT.search(plain):
            own = catalogue.get("trumpet-c", own)
        return Named(own, how_many(name), "name", is_plural(name))
    found = _by_name(plain)
    how = "name"
    if found is None and sound:
        found, how = _by_sound(sound), "sound"
    if found is not None:
        ids = _right_clarinet(found, plain)
        held = next((catalogue[one] for one in ids if one in catalogue), None)
        if held is not None:
            other = held.name if held.id != ids[0] and how == "name" else ""
            return Named(held, how_many(name), how, is_plural(name), other)
    if program is not None:
        held = _by_program(program, catalogue)
        if held is not None:
            return Named(held, how_many(name), "program")
    return None


def _by_own_name(plain: str, catalogue: Mapping[str, Instrument]) -> Instrument | None:
    """The instrument whose own name, or another it goes by, is exactly this."""
    bare = set(_shorter(plain))
    for one in catalogue.values():
        for own in (one.name, *one.aliases):
            if normal(own) in bare:
                return one
    return None


@lru_cache(maxsize=4096)
def normal(name: str) -> str:
    """A name without accents, capitals and punctuation.

    >>> normal("Hörner I & II in F"), normal("Große Trommel")
    ('horner i & ii in f', 'grosse trommel')
    """
    text = name.casefold()
    for sign, plain in _ELISIONS.items():
        text = text.replace(sign, plain)
    text = unicodedata.normalize("NFKD", text)
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^a-z0-9#&+/\-()]", " ", text).split())


@lru_cache(maxsize=1024)
def _by_name(plain: str) -> tuple[str, ...] | None:
    """Ids for a name as `normal` gives it: whole, then without keys and numbers, then in parts."""
    before = re.sub(r"\(.*", "", plain).strip()
    pieces = [piece.strip() for piece in re.split(r"[/&+()]| u | und | and | e | et ", plain)]
    for whole in dict.fromkeys((before, plain, *(piece for piece in pieces if len(piece) > 1))):
        for text in _shorter(whole):
            for pattern, ids in _compiled() if text else ():
                if pattern.fullmatch(text):
                    return ids
    return _inside(_IN_KEY.sub(" ", plain))


def _shorter(plain: str) -> Iterable[str]:
    yield plain
    spaced = re.sub(r"[^a-z0-9# ]", " ", _IN_KEY.sub(" ", plain))
    bare = " ".join(_NUMBERS.sub(" ", _digits_apart(spaced)).split())
    yield bare
    bare = " ".join(_DROPPED.sub(" ", bare).split())
    yield bare
    without = _LEADING_KEY.sub("", bare)
    yield without
    yield " ".join(_COUNTED.sub(" ", without).split())


_COUNTED = re.compile(rf"\b({'|'.join(_COUNT_WORDS)})\b")


def _digits_apart(text: str) -> str:
    return re.sub(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])", " ", text)


def _inside(plain: str) -> tuple[str, ...] | None:
    """A name somewhere inside, of four letters or more: `Solo Violin (offstage)`."""
    for pattern, ids in _compiled_inside():
        for match in pattern.finditer(plain):
            if len(match[0]) >= 4:
                return ids
    return None


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple((re.compile(f"(?:{pattern})"), ids) for pattern, ids in INSTRUMENTS)


@lru_cache(maxsize=1)
def _compiled_inside() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple((re.compile(rf"\b(?:{pattern})\b"), ids) for pattern, ids in INSTRUMENTS)


def _by_sound(sound: str) -> tuple[str, ...] | None:
    return next((ids for start, ids in SOUNDS if sound.startswith(start)), None)


def _right_clarinet(ids: tuple[str, ...], plain: str) -> tuple[str, ...]:
    if ids == ("clarinet-bb",):
        if _E_FLAT_CLARINET.search(plain):
            return ("clarinet-eb",)
        if _A_CLARINET.search(plain):
            return ("clarinet-a",)
    return ids


def _by_program(program: int, catalogue: Mapping[str, Instrument]) -> Instrument | None:
    meant = catalogue.get(OF_PROGRAM.get(program, ""))
    if meant is not None:
        return meant
    fitting = [one for one in catalogue.values() if one.midi_program == program and not one.drums]
    return min(fitting, key=lambda one: (one.order, one.id), default=None)


@lru_cache(maxsize=1024)
def how_many(name: str) -> int:
    """How many players share a staff of this name.

    >>> [how_many(one) for one in ("Horn 1", "Horns 1.2", "2 Oboes", "Corni I-IV", "Flute 1 & 2")]
    [1, 2, 2, 4, 2]
    """
    plain = _IN_KEY.sub(" ", normal(name))
    words = plain.split()
    if words and words[0] in _COUNT_WORDS and len(words) > 1:
        return _COUNT_WORDS[words[0]]
    leading = re.match(r"(\d) (?=[a-z]{2})", plain)
    if leading and int(leading[1]) <= _MOST_SHARING and not re.search(r"\d", plain[2:]):
        return max(1, int(leading[1]))
    digits = [_number(one) for one in _NUMBERS.findall(_digits_apart(plain.replace("-", " - ")))]
    if len(digits) >= 2:
        ranged = re.search(r"(\d|\b[iv]+)\s*-\s*(\d|[iv]+\b)", plain)
        span = digits[-1] - digits[0] + 1
        return min(_MOST_SHARING, max(1, span if ranged else len(digits)))
    if not digits and is_plural(name):
        return 2
    return 1


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _ROMAN.get(text, 1)


_PLURALS = re.compile(
    r"\b(flutes|floten|flauti|oboes|oboen|oboi|hautbois|clarinets|klarinetten|clarinetti"
    r"|clarinettes|bassoons|fagotte|fagotti|bassons|horns|horner|corni|cors|trumpets|trompeten"
    r"|trombe|trompettes|trombones|posaunen|tromboni|violins|violinen|violini|violons|violas"
    r"|bratschen|viole|altos|cellos|celli|violoncelli|violoncelles|basses|kontrabasse|contrabassi"
    r"|contrebasses|sopranos|soprani|tenors|tenori|bassi|saxophones|voices|choir|chor|coro"
    r"|chorus|strings)\b"
)


def is_plural(name: str) -> bool:
    """Whether a name speaks of several players.

    >>> is_plural("Violini"), is_plural("Violino I")
    (True, False)
    """
    return bool(_PLURALS.search(normal(name)))
