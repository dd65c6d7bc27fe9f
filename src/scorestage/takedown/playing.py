"""Ways of playing, as the names of tracks, patches and key switches tell them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from scorestage.music import Articulation, Technique


@dataclass(frozen=True, slots=True)
class Playing:
    """How notes are played: what a copyist writes for the sound that was chosen.

    `technique` holds until the next (pizz., sul pont.); `mute` and `words` likewise; `tremolo` are
    strokes through the stem; `slurred` says the library binds what overlaps. `switch` is a key
    that nobody explained. `ignored` are sounds that are no writing (effects).
    """

    technique: Technique | None = None
    mute: bool = False
    articulations: tuple[Articulation, ...] = ()
    tremolo: int = 0
    trill: int = 0
    """Semitones of a trill; 0: none."""
    words: str = ""
    staccato: bool = False
    slurred: bool = False
    switch: int | None = None

    @property
    def without_strings(self) -> Playing:
        """What of it an instrument without strings to bow or pluck can do: a struck piano is a
        sound, no technique."""
        bowed = self.technique in _BOWED
        words = "" if bowed and self.words == "snap pizz." else self.words
        return replace(self, technique=None if bowed else self.technique, words=words)

    @property
    def is_short(self) -> bool:
        """Whether its notes are short whatever is written."""
        return self.staccato or self.technique in (Technique.PIZZICATO, Technique.COL_LEGNO)

    @property
    def holding(self) -> tuple[Technique | None, bool, str]:
        """What is printed once and holds."""
        return self.technique, self.mute, self.words

    def joined(self, other: Playing) -> Playing:
        """Two things said of one note: of the track and of its key switch."""
        return replace(
            other,
            technique=other.technique or self.technique,
            mute=self.mute or other.mute,
            articulations=tuple(dict.fromkeys((*self.articulations, *other.articulations))),
            tremolo=other.tremolo or self.tremolo,
            trill=other.trill or self.trill,
            words=other.words or self.words,
            staccato=self.staccato or other.staccato,
            slurred=self.slurred or other.slurred,
        )


_BOWED = (
    Technique.PIZZICATO,
    Technique.COL_LEGNO,
    Technique.SUL_PONTICELLO,
    Technique.SUL_TASTO,
)
ORDINARY = Playing()

_SHORT = Playing(staccato=True)
_WORDS: tuple[tuple[str, Playing], ...] = (
    (r"snap|bart[oó]k", Playing(Technique.PIZZICATO, words="snap pizz.")),
    (r"pizz(?:icato|icati|is|i|s)?|plucked|gezupft", Playing(Technique.PIZZICATO)),
    (r"col ?legno|coll?eg|struck", Playing(Technique.COL_LEGNO)),
    (r"meas\w* ?trem(?:olos?|olando|s)?", Playing(tremolo=2)),
    (r"trem(?:olos?|olando|oli|s)?", Playing(tremolo=3)),
    (r"trills? ?(?:m2|h|ht|half|semi|min\w* ?2\w*)|trill ?semi", Playing(trill=1)),
    (r"trills? ?\w*|\btr\b", Playing(trill=2)),
    (
        r"con ?sord\w*|muted?|sord(?:ino|ini|ina|s)?|cs|ged(?:ä|a)mpft|mit d(?:ä|a)mpfer",
        Playing(mute=True),
    ),
    (r"(?:sul ?)?pont\w*", Playing(Technique.SUL_PONTICELLO)),
    (r"(?:super )?(?:sul ?)?tasto|flaut\w*", Playing(Technique.SUL_TASTO)),
    (r"flut\w*[ -]?t\w*|flatt\w*|flz", Playing(Technique.FLUTTER)),
    (r"harm(?:onics?|s)?|flageolets?|flag", Playing(words="harm.")),
    (r"spicc?(?:ato|ati|s)?", Playing(staccato=True, words="spicc.")),
    (r"stacc?atissimo", Playing(articulations=(Articulation.STACCATISSIMO,), staccato=True)),
    (r"stacc?(?:ato|atos|ati|s)?|stc|stcc|shorts?|very short|k[uü]rz(?:e|er)?", _SHORT),
    (r"marc(?:ato|atissimo|s)?", Playing(articulations=(Articulation.MARCATO,))),
    (r"sfz\w*|sforz\w*|sfp", Playing(articulations=(Articulation.SFORZATO,))),
    (r"forte ?piano|fp", Playing(words="fp")),
    (r"accent\w*", Playing(articulations=(Articulation.ACCENT,))),
    (r"tenuto|portato|detach\w*|d[eé]tach[eé]", Playing(articulations=(Articulation.TENUTO,))),
    (r"leg(?:ato)?|slur\w*|portamento", Playing(slurred=True)),
)
_COMPILED = tuple((re.compile(rf"\b(?:{pattern})\b"), playing) for pattern, playing in _WORDS)
_PLAIN = re.compile(
    r"\b(?:sus\w*|longs?|lng|ord\w*|arco|normal|nat\w*|senza\w*|sord|off|on|vib\w*|non|espr\w*"
    r"|ks|arts?|articulations?|all|patch|main|core|keyswitch\w*|dyn\w*|xf\w*)\b"
)


def playing_of(words: str) -> tuple[Playing, str]:
    """How the words of a track or patch name say it is played, and the words that are left.

    >>> playing, rest = playing_of("Violins I pizz")
    >>> playing.technique, rest
    (<Technique.PIZZICATO: 'pizz.'>, 'Violins I')
    >>> playing_of("Vlns Spiccato")[0].staccato, playing_of("Horns a4 long")[1]
    (True, 'Horns a4')
    """
    text = re.sub(r"[_|:;]+", " ", words)
    lowered = text.casefold()
    spans: list[tuple[int, int]] = []
    playing = ORDINARY
    muted_off = re.search(r"senza ?sord\w*|sord\w* off|\bopen\b", lowered)
    for pattern, way in _COMPILED:
        match = pattern.search(lowered)
        if match is None or any(
            start < match.end() and match.start() < end for start, end in spans
        ):
            continue
        spans.append(match.span())
        if not (way.mute and muted_off):
            playing = way.joined(playing)
    spans += [match.span() for match in _PLAIN.finditer(lowered)]
    kept = "".join(
        sign
        for place, sign in enumerate(text)
        if not any(start <= place < end for start, end in spans)
    )
    return playing, _tidy(" ".join(kept.split()))


def _tidy(text: str) -> str:
    """Without brackets that are empty, and without signs that join nothing any more."""
    plain = re.sub(r"\(\s*[-,./]*\s*\)|\[\s*[-,./]*\s*\]", " ", text)
    plain = re.sub(r"(?:^|\s)[-–—,.+/&]+(?=\s|$)", " ", plain)
    return " ".join(plain.split()).strip(" -–—,+/&")
