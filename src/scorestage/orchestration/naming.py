"""Players by the names people write in a sketch: `Hn 1-2`, `Vln. I div.`, `fl1`, `ww`, `brass`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scorestage.music import Ensemble, Player
from scorestage.orchestration.practice import Colour, colour

_HOW = re.compile(
    r"\b(div|divisi|unis|solo|soli|pizz|arco|trem|con sord|senza sord|sord|cant|cantabile|espr|"
    r"dolce|a\s?[2-8]|gli altri|with|only|desk)\b\.?",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_KINDS = {
    "flute": "fl flt flute flutes flöte flauto flauti fls",
    "piccolo": "picc piccolo",
    "oboe": "ob oboe oboes obs oboi",
    "english-horn": "eh ca englishhorn coranglais engl englhn enghn",
    "clarinet": "cl clar clt clarinet clarinets klarinette clarinetto clarinetti",
    "bass-clarinet": "bcl bclar bassclarinet bassclar",
    "bassoon": "bn bsn fg fag bassoon bassoons fagott fagotto fagotti bns bsns",
    "contrabassoon": "cbn cbsn contrabassoon cfg",
    "saxophone": "sax saxes saxophone saxophones asax tsax bsax",
    "horn": "hn hr hrn cor horn horns hns frenchhorn frenchhorns corni corno",
    "trumpet": "tpt trp tr trpt trumpet trumpets tpts tromba trombe",
    "trombone": "tbn trb pos tbne trombone trombones tbns tromboni",
    "bass-trombone": "btbn btrb basstrombone",
    "tuba": "tba tuba tub tubas",
    "timpani": "timp timpani tmp kettledrums",
    "percussion": "perc percussion prc",
    "harp": "hp hrp harp harps arpa",
    "celesta": "cel cel celesta celeste",
    "glockenspiel": "glock glsp glockenspiel",
    "piano": "pno pf pfte piano",
    "violin": "vn vl vln vlns vns violin violins violini violine violinen",
    "viola": "va vla vlas vle viola violas viole bratsche bratschen",
    "cello": "vc vlc vcl cello celli cellos violoncello violoncelli violoncellos",
    "double-bass": "db cb kb dbs bassi contrabass contrabasses doublebass doublebasses basses",
    "guitar": "gtr guitar guitars git",
    "organ": "org organ",
    "soprano": "sop soprano sopranos",
    "alto": "alt alto altos",
    "tenor": "ten tenor tenors",
}
_WORDS = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_CHOIRS: dict[str, tuple[Colour, ...]] = {
    "strings": (Colour.STRINGS,),
    "strgs": (Colour.STRINGS,),
    "str": (Colour.STRINGS,),
    "ww": (Colour.WOODWIND,),
    "woodwind": (Colour.WOODWIND,),
    "woodwinds": (Colour.WOODWIND,),
    "wws": (Colour.WOODWIND,),
    "winds": (Colour.WOODWIND,),
    "brass": (Colour.BRASS,),
    "brs": (Colour.BRASS,),
    "choir": (Colour.VOICES,),
    "chorus": (Colour.VOICES,),
}


def players_named(text: str, ensemble: Ensemble) -> tuple[str, ...]:
    """Ids of the players that some words name, in score order; none where a word is unknown.

    Words for how to play (`div.`, `solo`, `pizz.`) are passed over; a number or a roman numeral
    picks one of a kind, `1-3` and `1.3.` several.
    """
    seats = [player.id for player in ensemble.players]
    found: list[str] = _named(text.strip(), ensemble)
    if found:
        return tuple(found)
    for part in re.split(r"[,/+&;]|\band\b|\bund\b", _HOW.sub(" ", text)):
        if not part.strip(" ."):
            continue
        named = _named(part.strip(), ensemble)
        if not named:
            named = _numbered_again(part, found, ensemble)
        if not named:
            return ()
        found += [one for one in named if one not in found]
    return tuple(sorted(found, key=seats.index))


def _named(part: str, ensemble: Ensemble) -> list[str]:
    """One name: an id, a player's own name, a choir, or a kind with numbers."""
    plain = _plain(part)
    for player in ensemble.players:
        if plain in (player.id.lower(), _plain(player.name), _plain(player.abbreviation)):
            return [player.id]
    if plain in _CHOIRS:
        return [one.id for one in ensemble.players if colour(one.instrument) in _CHOIRS[plain]]
    word, numbers = _word_and_numbers(part)
    kind = _WORDS.get(word)
    if kind is None:
        return []
    own = [one for one in ensemble.players if _is_of(one, kind)]
    return _picked(own, numbers)


def _numbered_again(part: str, before: Iterable[str], ensemble: Ensemble) -> list[str]:
    """A number alone goes on with the kind named before it: `Hn 1, 3`."""
    numbers = _numbers(part.strip(" .").lower())
    last = list(before)[-1:]
    if not numbers or not last:
        return []
    player = next(one for one in ensemble.players if one.id == last[0])
    own = [one for one in ensemble.players if one.instrument.id == player.instrument.id]
    return _picked(own, numbers)


def _picked(own: list[Player], numbers: list[int]) -> list[str]:
    if not numbers:
        return [one.id for one in own]
    return [own[number - 1].id for number in numbers if 0 < number <= len(own)]


def _is_of(player: Player, kind: str) -> bool:
    """Whether a player's first instrument is of a kind; a bass trombone is no trombone by name."""
    held = player.instrument.id
    if kind in ("clarinet", "trombone", "flute", "horn", "saxophone", "guitar"):
        others = ("bass-", "contra", "alto-flute", "english", "flugel")
        inside = kind in held.split("-") and not held.startswith(others)
        return inside or (kind == "trombone" and held.endswith("-trombone"))
    return held == kind or (kind in held.split("-") and not held.startswith(("contra", "bass-")))


def _word_and_numbers(part: str) -> tuple[str, list[int]]:
    """`Vln. II` → (`vln`, [2]); `Hn 1-2` → (`hn`, [1, 2]); `2. Flöte` → (`flöte`, [2])."""
    tokens = re.findall(r"[^\W\d_]+|\d+\s*-\s*\d+|\d+", part.lower())
    words: list[str] = []
    numbers: list[int] = []
    for token in tokens:
        found = _numbers(token)
        if found and not (token in _ROMAN and not words):
            numbers += found
        else:
            words.append(token)
    return "".join(words), numbers


def _numbers(token: str) -> list[int]:
    if token in _ROMAN:
        return [_ROMAN[token]]
    found: list[int] = []
    for piece in re.findall(r"\d+\s*-\s*\d+|\d+", token):
        low, _, high = piece.partition("-")
        if len(low) > 3 or len(high) > 3:
            return []
        found += list(range(int(low), int(high or low) + 1))
    return found if re.fullmatch(r"[\d\s.\-]+", token) else []


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())
