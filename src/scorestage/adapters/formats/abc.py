"""Tunes in ABC notation (standard 2.1): the first tune of a file, its first voice.

Read by ourselves: the libraries that read ABC bring a whole music system with them, and of a
theme only key, meter, notes and chord symbols are wanted. What is not taken over is counted.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

from scorestage.adapters.format import Format
from scorestage.errors import FormatError, MusicError, Where
from scorestage.music import Articulation, ChordSymbol, Note, Pitch
from scorestage.music.key import Key
from scorestage.timebase import Beat, Beats, Meter, Tempo

_TOKEN = re.compile(
    r"""(?P<field>\[[A-Za-z]:[^\]]*\])
      | "(?P<words>[^"]*)"
      | (?P<grace>\{[^}]*\})
      | (?P<sign>![^!]*!|\+[^+]*\+|[~.HLMOPSTuv])
      | (?P<tuplet>\((?P<p>\d)(?::(?P<q>\d?))?(?::(?P<r>\d?))?)
      | (?P<ending>\|?\s*\[\d[-,\d]*|:?\|+\d[-,\d]*)
      | (?P<bar>:*\|+[\]:]*|\[\||::)
      | (?P<chord>\[(?P<inside>[^\]]*)\])(?P<chordlength>\d*(?:/+\d*)?)
      | (?P<rest>[zx])(?P<restlength>\d*(?:/+\d*)?)
      | (?P<bars>[ZX])(?P<count>\d*)
      | (?P<accidental>\^\^|\^|__|_|=)?(?P<step>[A-Ga-g])(?P<octave>[',]*)
        (?P<length>\d*(?:/+\d*)?)
      | (?P<broken>>+|<+)
      | (?P<tie>-)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_PITCH = re.compile(r"(\^\^|\^|__|_|=)?([A-Ga-g])([',]*)(\d*(?:/+\d*)?)")
_ALTERS = {"^^": 2, "^": 1, "__": -2, "_": -1, "=": 0}
_MODES = {
    "": "major", "maj": "major", "ion": "major", "m": "minor", "min": "minor", "aeo": "aeolian",
    "dor": "dorian", "phr": "phrygian", "lyd": "lydian", "mix": "mixolydian", "loc": "locrian",
}  # fmt: skip
_KEY = re.compile(r"([A-G])([#b]?)\s*([A-Za-z]*)")
_CHORD = re.compile(r"([A-G])([#b]?)([^/]*)(?:/([A-G][#b]?))?")
_QUALITIES = {
    "": "major", "m": "minor", "min": "minor", "-": "minor", "7": "dominant",
    "maj7": "major-seventh", "m7": "minor-seventh", "dim": "diminished", "o": "diminished",
    "aug": "augmented", "+": "augmented", "sus4": "suspended-fourth", "sus2": "suspended-second",
    "dim7": "diminished-seventh", "m7b5": "half-diminished", "6": "major-sixth",
    "m6": "minor-sixth", "9": "dominant-ninth", "5": "power",
}  # fmt: skip
_TUPLETS = {2: 3, 3: 2, 4: 3, 6: 2, 8: 3}
_UNTOLD = "WNwZHrsFGABDSORI"
_HELD = ("H", "!fermata!", "+fermata+", "!invertedfermata!", "+invertedfermata+")
_TEMPO = re.compile(r"((?:\d+/\d+\s*)+)=\s*(\d+)|(?:C\d*\s*=\s*)?(\d+)")


@dataclass(frozen=True, slots=True)
class AbcTune:
    """A tune: its first full bar begins at `Beat(0)`, a pickup is negative; what was not read."""

    notes: tuple[Note, ...]
    meter: Meter
    key: Key | None
    chords: tuple[ChordSymbol, ...]
    title: str
    composer: str
    losses: tuple[str, ...]
    tempos: tuple[tuple[Beat, Tempo], ...] = ()
    """Its tempos from their places on, the first at `Beat(0)`; empty where it tells none."""


@dataclass(slots=True)
class _Reader:
    """Reads one tune from left to right."""

    name: str
    meter: Meter = field(default_factory=lambda: Meter(4, 4))
    unit: Fraction = Fraction(0)
    key: Key | None = None
    at: Fraction = Fraction(0)
    notes: list[tuple[Fraction, Fraction, tuple[Pitch, ...]]] = field(default_factory=list)
    chords: list[ChordSymbol] = field(default_factory=list)
    bar_at: Fraction | None = None
    altered: dict[tuple[str, int], int] = field(default_factory=dict)
    tuplet: list[Fraction] = field(default_factory=list)
    broken: Fraction | None = None
    tied: bool = False
    losses: Counter[str] = field(default_factory=Counter)
    tempos: list[tuple[Fraction, Tempo]] = field(default_factory=list)
    held: bool = False
    fermatas: set[Fraction] = field(default_factory=set)

    def length(self, text: str) -> Fraction:
        """A length as written (`3/2`, `/`, `//`, `4`) in quarters, tuplets and dots applied."""
        number, _, rest = text.partition("/")
        times = Fraction(int(number or 1))
        if "/" in text:
            slashes = 1 + rest.count("/")
            digits = rest.replace("/", "")
            times /= int(digits) if digits else 2**slashes
        quarters = times * (self.unit or _usual_unit(self.meter)) * 4
        if self.tuplet:
            quarters *= self.tuplet.pop()
        if self.broken is not None:
            quarters *= self.broken
            self.broken = None
        return quarters

    def pitch(self, accidental: str | None, step: str, octaves: str) -> Pitch:
        """A pitch as the key and the accidentals of the bar have it."""
        octave = (5 if step.islower() else 4) + octaves.count("'") - octaves.count(",")
        upper = step.upper()
        if accidental:
            self.altered[upper, octave] = _ALTERS[accidental]
        alter = self.altered.get((upper, octave), _in_key(self.key, upper))
        return Pitch(upper, alter, octave)

    def put(self, length: Fraction, pitches: tuple[Pitch, ...]) -> None:
        """A note or a rest; a tied one lengthens the one before."""
        if self.held:
            if pitches:
                self.fermatas.add(self.at)
            else:
                self.losses["fermatas over rests"] += 1
            self.held = False
        if pitches:
            if self.tied and self.notes and self.notes[-1][2] == pitches:
                start, before, _ = self.notes[-1]
                self.notes[-1] = (start, before + length, pitches)
            else:
                self.notes.append((self.at, length, pitches))
        self.tied = False
        self.at += length

    def take(self, found: re.Match[str]) -> None:
        """One token of the music."""
        part = found.groupdict()
        if part["step"]:
            pitch = self.pitch(part["accidental"], part["step"], part["octave"])
            self.put(self.length(part["length"]), (pitch,))
        elif part["rest"]:
            self.put(self.length(part["restlength"]), ())
        elif part["bars"]:
            self.put(self.meter.length.quarters * int(part["count"] or 1), ())
        elif part["chord"]:
            self.take_chord(part["inside"], part["chordlength"])
        elif part["bar"] or part["ending"]:
            self.take_bar(found[0])
        elif part["tuplet"]:
            self.take_tuplet(part)
        elif part["broken"]:
            self.take_broken(part["broken"])
        elif part["tie"]:
            self.tied = True
        elif part["field"]:
            self.take_field(found[0][1], found[0][3:-1].strip())
        elif part["words"]:
            self.take_words(part["words"])
        elif part["sign"] in _HELD:
            self.held = True
        elif part["grace"] or part["sign"]:
            self.losses["grace notes" if part["grace"] else "signs"] += 1

    def take_chord(self, inside: str, length: str) -> None:
        """Notes struck together; the first one's length counts, times what follows the bracket."""
        parts = _PITCH.findall(inside)
        if not parts:
            return
        pitches = tuple(self.pitch(one[0], one[1], one[2]) for one in parts)
        own = parts[0][3]
        quarters = self.length(own or length)
        if own and length:
            quarters *= self.length(length) / self.length("")
        self.put(quarters, tuple(sorted(pitches, key=lambda pitch: pitch.midi)))

    def take_bar(self, text: str) -> None:
        """A barline: accidentals end; the first one after notes tells of a pickup."""
        self.altered.clear()
        if self.bar_at is None and self.at > 0:
            self.bar_at = self.at
        if ":" in text:
            self.losses["repeats (read once)"] += 1
        if any(sign.isdigit() for sign in text):
            self.losses["endings (read one after the other)"] += 1

    def take_tuplet(self, part: dict[str, str | None]) -> None:
        """So many notes in the time of so many others."""
        count = int(part["p"] or 3)
        compound = self.meter.numerator % 3 == 0 and self.meter.numerator > 3
        into = int(part["q"] or 0) or _TUPLETS.get(count, 3 if compound else 2)
        self.tuplet = [Fraction(into, count)] * int(part["r"] or count)

    def take_broken(self, text: str) -> None:
        """A dotted pair: `>` lengthens the note before and shortens the next, `<` the other way."""
        if not self.notes:
            return
        short = Fraction(1, 2 ** len(text))
        before, after = (2 - short, short) if text[0] == ">" else (short, 2 - short)
        start, length, pitches = self.notes[-1]
        self.at += length * (before - 1)
        self.notes[-1] = (start, length * before, pitches)
        self.broken = after

    def take_words(self, words: str) -> None:
        """A chord symbol; other words over the staff are left out."""
        match = _CHORD.fullmatch(words.strip())
        quality = _QUALITIES.get(match[3].strip()) if match else None
        if match is None or quality is None:
            self.losses["words over the staff"] += 1
            return
        self.chords.append(ChordSymbol(Beat(self.at), match[1] + match[2], quality, match[4] or ""))

    def take_field(self, letter: str, words: str) -> None:
        """A field of the header, or one inside the music."""
        if letter == "M" and words:
            meter = _meter(words, self.name)
            if self.notes and meter != self.meter:
                self.losses["changes of meter"] += 1
            else:
                self.meter = meter
        elif letter == "L":
            self.unit = Fraction(words)
        elif letter == "K":
            self.key = _key(words, self.name)
        elif letter == "Q":
            self.take_tempo(words)
        elif letter in _UNTOLD:
            self.losses[f"fields {letter}:"] += 1

    def take_tempo(self, words: str) -> None:
        """A tempo: `1/4=96`, `1/4 1/8=60`, `"Andante" 3/8=50`; a bare number counts units."""
        match = _TEMPO.fullmatch(re.sub(r'"[^"]*"', "", words).strip())
        if match is None or not int(match[2] or match[3]):
            self.losses["tempos in words"] += 1
            return
        unit = self.unit or _usual_unit(self.meter)
        if match[1]:
            unit = sum((Fraction(one) for one in match[1].split()), Fraction(0))
        self.tempos.append((self.at, Tempo(int(match[2] or match[3]), Beats(unit * 4))))


def read_abc(content: bytes, name: str = "file") -> AbcTune:
    """The first tune of an ABC file: repeats are read once, only the first voice.

    Raises `FormatError` for what is no tune, or one without notes.
    """
    text = content.decode("utf-8", errors="replace").lstrip("\ufeff")
    lines = _first_tune(text)
    if not any(line.startswith("K:") for line in lines):
        raise FormatError("there is no key (K:) in it", Where(file=name), "give an ABC tune")
    reader = _Reader(name)
    title = composer = ""
    voice, in_body = "", False
    for line in lines:
        letter, words = line[:1], line[2:].split("%")[0].strip()
        if line[1:2] == ":" and letter.isalpha():
            title = title or (words if letter == "T" else "")
            composer = composer or (words if letter == "C" else "")
            if letter == "V" and in_body:
                voice = voice or words.split()[0] if words else voice
                in_body = not words or words.split()[0] == voice
                if not in_body:
                    reader.losses["further voices"] = 1
                    continue
            if in_body or letter in "MLKQ":
                _taken_field(reader, letter, words)
            in_body = in_body or letter == "K"
        elif in_body:
            for found in _TOKEN.finditer(line.split("%")[0]):
                reader.take(found)
    if not reader.notes:
        raise FormatError("there are no notes in it", Where(file=name), "give an ABC tune")
    return _tune(reader, title, composer)


def _taken_field(reader: _Reader, letter: str, words: str) -> None:
    try:
        reader.take_field(letter, words)
    except (ValueError, ZeroDivisionError):
        raise FormatError(f"{letter}:{words} cannot be read", Where(file=reader.name)) from None


def _first_tune(text: str) -> list[str]:
    """The lines of the first tune: from X: (or the beginning) to the first empty line after K:."""
    lines = [line.rstrip() for line in text.splitlines()]
    starts = [place for place, line in enumerate(lines) if line.startswith("X:")]
    found: list[str] = []
    begun = False
    for line in lines[starts[0] if starts else 0 :]:
        if begun and not line.strip():
            break
        begun = begun or line.startswith("K:")
        if line.strip() and not line.startswith("%"):
            found.append(line.removesuffix("\\"))
    return found


def _tune(reader: _Reader, title: str, composer: str) -> AbcTune:
    bar = reader.meter.length.quarters
    pickup = reader.bar_at if reader.bar_at is not None and reader.bar_at < bar else Fraction(0)
    notes = tuple(
        Note(
            f"abc-{place}",
            Beat(at - pickup),
            Beats(length),
            pitches,
            (Articulation.FERMATA,) if at in reader.fermatas else (),
        )
        for place, (at, length, pitches) in enumerate(reader.notes)
    )
    chords = tuple(
        ChordSymbol(Beat(max(chord.at.quarters - pickup, Fraction(0))), chord.root, chord.quality,
                    chord.bass)
        for chord in reader.chords
    )  # fmt: skip
    losses = tuple(f"{what} ({count})" for what, count in sorted(reader.losses.items()))
    tempos = {max(at - pickup, Fraction(0)): tempo for at, tempo in reader.tempos}
    steps = tuple((Beat(at), tempo) for at, tempo in sorted(tempos.items()))
    return AbcTune(notes, reader.meter, reader.key, chords, title, composer, losses, steps)


def _usual_unit(meter: Meter) -> Fraction:
    """The unit length where none is given: a sixteenth in bars of less than three quarters."""
    return Fraction(1, 16) if meter.length.quarters < 3 else Fraction(1, 8)


def _meter(words: str, name: str) -> Meter:
    plain = {"C": "4/4", "C|": "2/2", "none": "4/4"}.get(words, words).replace(" ", "")
    try:
        return Meter.parse(plain.replace("(", "").replace(")", ""))
    except MusicError:
        raise FormatError(f"M:{words} is no meter", Where(file=name)) from None


def _key(words: str, name: str) -> Key | None:
    """The key a K: field names; None for one without a tonic."""
    if not words or words.startswith(("none", "clef")):
        return None
    if words.startswith(("HP", "Hp")):
        return Key("A", "mixolydian")
    match = _KEY.match(words)
    mode = _MODES.get(match[3].lower()[:3] if match and match[3] != "m" else "m") if match else None
    if match is None or (mode is None and not match[3].startswith(("clef", "exp", "oct"))):
        raise FormatError(f"K:{words} is no key", Where(file=name), "for example K:Gm or K:D dor")
    return Key(match[1] + match[2], mode or "major")


def _in_key(key: Key | None, step: str) -> int:
    if key is None:
        return 0
    return next(int(key.at(place).alter) for place in range(7) if key.at(place).step == step)


FORMAT = Format(
    name="abc",
    title="ABC notation",
    suffixes=(".abc",),
    read=read_abc,
)
