"""The words of a song: a plain text file of stanzas, each line a phrase, each word in syllables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from scorestage.errors import InputError, Where
from scorestage.songs.dividing import by_hand, divided, language_named
from scorestage.songs.lines import heading_in, lines_in

UNDERTIE = "\u203f"
"""Joins two words that share a note: what `~` becomes."""
SUNG = ("verse", "pre-chorus", "chorus", "bridge")
PLAYED = ("intro", "interlude", "ending")
"""Parts of a form that nobody sings."""
_SAME = {
    "refrain": "chorus",
    "pre chorus": "pre-chorus",
    "prechorus": "pre-chorus",
    "lift": "pre-chorus",
    "instrumental": "interlude",
    "hook": "chorus",
    "strophe": "verse",
    "stanza": "verse",
    "middle eight": "bridge",
    "introduction": "intro",
    "solo": "interlude",
    "outro": "ending",
    "coda": "ending",
    "tag": "ending",
}
_HEADER = re.compile(
    r"(title|lyricist|author|words|composer|music|language|form|key|tempo)\s*:\s*(.*)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(.*?)[ .]*(\d+)?")
_PARTED = re.compile(r"(?<=\w)[-\u2010\u2011]+(?=[\w*'’])")
_LETTERS = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Syllable:
    """What is sung on one note: text as printed, whether its word goes on, how strong it is.

    `stress` is 2 for a stressed syllable, 0 for an unstressed one, 1 between. `held` asks for so
    many further notes. `word` is the whole word, for a person to find it by.
    """

    text: str
    goes_on: bool = False
    stress: int = 1
    held: int = 0
    word: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words: a phrase of the tune; `number` is its line of the file, from 1."""

    syllables: tuple[Syllable, ...]
    number: int = 0

    @property
    def notes(self) -> int:
        """How many notes it asks for."""
        return sum(1 + one.held for one in self.syllables)

    def __str__(self) -> str:
        return told(self.syllables)


@dataclass(frozen=True, slots=True)
class Stanza:
    """Some lines of one kind: `verse`, `chorus`, `bridge` …; verses are numbered from 1."""

    kind: str
    number: int
    lines: tuple[Line, ...]

    @property
    def name(self) -> str:
        """What stands over it: `Verse 2`, `Chorus`."""
        return heading(self.kind, self.number if self.kind == "verse" else 0)


@dataclass(frozen=True, slots=True)
class Turn:
    """One place in the form: a part of the tune, and for a verse which one."""

    kind: str
    number: int = 0

    @property
    def name(self) -> str:
        """What stands over it."""
        return heading(self.kind, self.number if self.kind == "verse" else 0)


@dataclass(frozen=True, slots=True)
class Words:
    """All words of a song with what their file says of it."""

    stanzas: tuple[Stanza, ...]
    form: tuple[Turn, ...]
    title: str = ""
    lyricist: str = ""
    composer: str = ""
    language: str = "en"
    key: str = ""
    tempo: str = ""

    def stanza(self, turn: Turn) -> Stanza | None:
        """The words sung at a place of the form; None where nobody sings."""
        own = [one for one in self.stanzas if one.kind == turn.kind]
        for one in own:
            if one.number == (turn.number or 1):
                return one
        return own[-1] if own and turn.kind != "verse" else None


def heading(kind: str, number: int) -> str:
    """`Verse 2`, `Chorus`."""
    return f"{kind.capitalize()} {number}" if number else kind.capitalize()


def told(syllables: tuple[Syllable, ...]) -> str:
    """Syllables as text again, with their hyphens."""
    return "".join(one.text + ("-" if one.goes_on else " ") for one in syllables).strip()


def read_words(text: str, name: str = "words", language: str = "") -> Words:
    """The words in a text.

    `[Verse 1]`, `[Chorus]`, `[Bridge]` begin a stanza; one without words (`[Chorus]`, `[Intro]`)
    is that place of the form again, and without any heading each paragraph is a verse; `x2` behind
    a heading or a line is twice. A word is
    divided by hand (`won-der-ful`, or `won -- der`) or by the rule of its language; `*` before a
    syllable stresses it, `_` after it holds it over another note, `~` sings two words on one note.
    A line that begins with `#` is a remark.

    >>> [str(line) for line in read_words("Wonderful night_").stanzas[0].lines]
    ['Won-der-ful night']

    Raises `InputError`, with the line, for what is neither words nor heading.
    """
    facts: dict[str, str] = {}
    blocks: list[_Block] = []
    fresh = True
    for number, raw in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        line = raw.strip()
        header = _HEADER.fullmatch(line)
        if line.startswith("#"):
            continue
        if header is not None and not blocks:
            facts[header[1].lower()] = header[2].strip()
        elif (found := heading_in(line, _is_place)) is not None:
            told, times = found
            blocks.append(_Block(_place(told, name, number), times))
            fresh = False
        elif not line:
            fresh = fresh or bool(blocks and blocks[-1].lines)
        else:
            if not blocks or (fresh and blocks[-1].lines):
                blocks.append(_Block(_following(blocks)))
            plain = lines_in(line, Where(file=name, line=number))
            blocks[-1].lines.extend((number, one) for one in plain)
            fresh = False
    spoken = language or facts.get("language", "") or "en"
    language_named(spoken)
    return _words(blocks, facts, spoken, name)


@dataclass(frozen=True, slots=True)
class _Block:
    """A heading with its lines and their numbers in the file; gone through so many times."""

    place: Turn
    times: int = 1
    lines: list[tuple[int, str]] = field(default_factory=list)


def _following(blocks: list[_Block]) -> Turn:
    """A paragraph without a heading: the next verse."""
    verses = (one.place.number for one in blocks if one.place.kind == "verse")
    return Turn("verse", 1 + max(verses, default=0))


def _is_place(text: str) -> bool:
    return place_of(text) is not None


def place_of(text: str) -> Turn | None:
    """A place of the form by name: `Verse 2`, `refrain`; None for what is none.

    >>> place_of("Refrain"), place_of("verse 2")
    (Turn(kind='chorus', number=0), Turn(kind='verse', number=2))
    """
    match = _NUMBERED.fullmatch(text.strip().lower())
    if match is None:
        return None
    kind = _SAME.get(match[1], match[1])
    if kind not in (*SUNG, *PLAYED):
        return None
    return Turn(kind, int(match[2] or 0))


def _place(text: str, name: str, number: int) -> Turn:
    found = place_of(text)
    if found is None:
        raise InputError(
            f"[{text}] is no part of a song",
            Where(file=name, line=number),
            f"known: {', '.join((*SUNG, *PLAYED))}",
        )
    return found


def _words(
    blocks: list[_Block],
    facts: dict[str, str],
    language: str,
    name: str,
) -> Words:
    stanzas: list[Stanza] = []
    form: list[Turn] = []
    for block in blocks:
        kind, number, lines = block.place.kind, block.place.number, block.lines
        if kind == "verse" and not number:
            number = 1 + max((one.number for one in stanzas if one.kind == "verse"), default=0)
        elif kind != "verse" and not number:
            same = [one.number for one in stanzas if one.kind == kind]
            number = (max(same, default=0) + 1) if lines else max(same, default=1)
        form += [Turn(kind, number if kind in SUNG else 0)] * block.times
        if not lines:
            continue
        if kind in PLAYED:
            raise InputError(
                f"nobody sings in the {kind}", Where(file=name, line=lines[0][0]), "name a verse"
            )
        if any(one.kind == kind and one.number == number for one in stanzas):
            told_name = heading(kind, number)
            raise InputError(f"{told_name} is there twice", Where(file=name, line=lines[0][0]))
        read = (Line(tuple(_syllables(line, language, name, at)), at) for at, line in lines)
        stanzas.append(Stanza(kind, number, tuple(read)))
    if not stanzas:
        raise InputError("there are no words in it", Where(file=name))
    given = facts.get("form", "")
    return Words(
        tuple(stanzas),
        tuple(form_of(given, name)) if given else tuple(form),
        title=facts.get("title", ""),
        lyricist=facts.get("lyricist", facts.get("words", facts.get("author", ""))),
        composer=facts.get("composer", facts.get("music", "")),
        language=language,
        key=facts.get("key", ""),
        tempo=facts.get("tempo", ""),
    )


def form_of(text: str, name: str = "form") -> Iterator[Turn]:
    """A form as people write it: `intro, verse 1, chorus, verse 2, chorus, ending`."""
    verse = 0
    for one in re.split(r"\s*[,;|/]\s*|\s+[-–—]\s+", text.strip()):
        found = place_of(one)
        if found is None:
            known = ", ".join((*SUNG, *PLAYED))
            raise InputError(f"{one!r} is no part of a song", Where(file=name), f"known: {known}")
        if found.kind == "verse":
            verse = found.number or verse + 1
            found = replace(found, number=verse)
        yield found


def _syllables(line: str, language: str, name: str, number: int) -> Iterator[Syllable]:
    """A line of words, syllable by syllable."""
    found: list[Syllable] = []
    joins = False
    plain = re.sub(r"\s+--\s+", "-", line).replace("~", " ~ ")
    for token in plain.split():
        if token == "~":
            joins = bool(found)
            continue
        held = len(token) - len(token.rstrip("_"))
        bare = token.rstrip("_")
        if not _LETTERS.search(bare):
            if not found:
                raise InputError(f"{token!r} stands before any word", Where(file=name, line=number))
            before = found[-1]
            text = before.text + (f" {bare}" if bare else "")
            found[-1] = replace(before, text=text, held=before.held + held)
            continue
        word = _word(bare, language, held)
        if joins:
            before = found[-1]
            first = word[0]
            stress = max(before.stress, first.stress)
            both = f"{before.text}{UNDERTIE}{first.text}"
            found[-1] = replace(first, text=both, stress=stress, held=before.held + first.held)
            word = word[1:]
            joins = False
        found += word
    yield from found


def _word(token: str, language: str, held: int) -> list[Syllable]:
    parts = _PARTED.split(token)
    holds = [len(one) - len(one.rstrip("_")) for one in parts]
    plain = tuple(one.rstrip("_") for one in parts)
    by = by_hand(plain, language) if len(plain) > 1 or "*" in token else divided(plain[0], language)
    whole = "".join(by.syllables)
    count = len(by.syllables)
    if len(holds) != count:
        holds = [0] * count
    holds[-1] += held
    return [
        Syllable(text, at + 1 < count, stress, holds[at], whole)
        for at, (text, stress) in enumerate(zip(by.syllables, by.stresses, strict=True))
    ]
