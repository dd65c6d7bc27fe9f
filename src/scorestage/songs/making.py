"""A tune made for words, in a style: form of lines, harmony, rhythm and line of each part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

from scorestage.errors import InputError
from scorestage.music import ChordSymbol, Note, PitchRange
from scorestage.music.feel import felt_beats, middle_of_bar, stress_in_bar
from scorestage.music.harmony import bared, roman
from scorestage.music.key import Key
from scorestage.music.progressions import in_bar
from scorestage.music.style import Style
from scorestage.songs.melody import Place, sing
from scorestage.songs.rhythm import Pace, Sung, bars_for, clash, line_rhythm, upbeat_of
from scorestage.songs.song import Part, Song
from scorestage.songs.text import Line, Stanza, Words
from scorestage.timebase import Beat, Beats, Meter, Tempo

_SCHEMES = {
    1: ("a",),
    2: ("ab",),
    3: ("aab",),
    4: ("abac", "aaba", "aabc", "abcb"),
    5: ("ababc",),
    6: ("aabccb", "ababcd"),
    8: ("abacabad", "aabcaabc"),
}
_SHAPES = {"verse": (0.35, 0.75), "chorus": (0.6, 1.0), "bridge": (0.5, 0.9)}
"""How high a part lies in the voice, and how high it climbs, from 0 (lowest) to 1."""
_BRIDGE_MAJOR, _BRIDGE_MINOR = ("IV", "I", "ii", "V"), ("VI", "III", "iv", "V")
_PLAIN_MODES = ("major", "minor", "dorian", "mixolydian")
_CLASH = 1.5
"""How much worse the words may go to a rhythm that comes again, for each line."""


@dataclass(frozen=True, slots=True)
class TuneWish:
    """What a tune should be; None or empty: as the style has it."""

    style: Style
    voice: PitchRange
    seed: int = 1
    key: Key | None = None
    tempo: Tempo | None = None
    meter: Meter | None = None


def make_song(words: Words, wish: TuneWish) -> Song:
    """A song in a style, its tune made for the words; the same wish gives the same song.

    Each kind of stanza gets one part, made for the longest line of all verses at each place, so
    that further verses fit it. Raises `InputError` where there is nothing to sing.
    """
    style = wish.style
    random = Random(f"{wish.seed}|{style.id}|{words.title}")
    key = wish.key or _key(style, random)
    meter = wish.meter or style.meters[0]
    tempo = wish.tempo or Tempo(Fraction(style.bpm_wish), Beats(felt_beats(meter)[0]))
    parts = []
    tail = max(upbeat_of(one.lines[0], meter) for one in words.stanzas)
    for kind in dict.fromkeys(one.kind for one in words.stanzas):
        own = [one for one in words.stanzas if one.kind == kind]
        parts.append(_part(kind, model_of(own), wish, key, meter, tail))
    if not parts:
        raise InputError("there are no words to make a tune for")
    return Song(
        words.title,
        key,
        tempo,
        tuple(parts),
        words.form,
        words,
        composer=words.composer,
        lyricist=words.lyricist,
        style=style.id,
    )


def _key(style: Style, random: Random) -> Key:
    """A key of the style that is read easily."""
    plain = [mode for mode in style.modes if mode in _PLAIN_MODES]
    mode = random.choice(plain[:2] or style.modes[:1])
    keys = [Key(tonic, mode).moved(0) for tonic in style.keys]
    return random.choice([one for one in keys if one.accidentals() <= 4] or keys)


def model_of(stanzas: Sequence[Stanza]) -> Stanza:
    """The stanza that a part is made for: at each place the line with the most syllables."""
    most = max(stanzas, key=lambda one: len(one.lines))
    lines = []
    for at, line in enumerate(most.lines):
        same = [one.lines[at] for one in stanzas if at < len(one.lines)]
        lines.append(max(same, key=lambda one: (one.notes, one is line)))
    return replace(most, lines=tuple(lines))


def _part(
    kind: str, stanza: Stanza, wish: TuneWish, key: Key, meter: Meter, tail: Fraction
) -> Part:
    """One part; `tail` is what the upbeat of the part after it takes of its last bar."""
    style = wish.style
    random = Random(f"{wish.seed}|{kind}|{style.id}")
    bars = bars_for(stanza.lines, meter)
    pace = Pace(meter, bars, style.dotted, style.syncopation)
    scheme = _scheme(len(stanza.lines), random)
    rhythms = _rhythms(stanza.lines, scheme, pace, random, tail)
    chords = _harmony(kind, len(stanza.lines), pace, wish, key, random)
    places = _places(kind, stanza.lines, scheme, rhythms, chords, pace, wish, key)
    first = sing(places, key, wish.voice, random, style.gaps, style.leaps)
    steps = [key.steps_of(pitch)[0] for pitch in first]
    like = _motifs(scheme, rhythms, steps)
    again = [replace(place, like=step) for place, step in zip(places, like, strict=True)]
    pitches = sing(again, key, wish.voice, random, style.gaps, style.leaps)
    notes = []
    number = 0
    for at, rhythm in enumerate(rhythms):
        start = pace.length * at
        for one in rhythm:
            name = f"{kind}-{number + 1}"
            onset = Beat(start + one.onset)
            notes.append(Note(name, onset, Beats(one.length), (pitches[number],), origin="song"))
            number += 1
    count = pace.bars * len(stanza.lines)
    return Part(kind, (meter,) * count, tuple(_clipped(notes)), chords)


def _clipped(notes: Sequence[Note]) -> list[Note]:
    """An upbeat takes its place from the note that is held before it, and the breath with it."""
    found = []
    for note, following in zip(notes, [*notes[1:], None], strict=False):
        if following is not None and note.end > following.onset:
            note = replace(note, length=following.onset - note.onset)
        found.append(note)
    return found


def _scheme(lines: int, random: Random) -> str:
    """Which lines are alike: `abac`."""
    if lines in _SCHEMES:
        return random.choice(_SCHEMES[lines])
    return "".join("ab"[at % 2] for at in range(lines - 1)) + "c"


def _rhythms(
    lines: Sequence[Line], scheme: str, pace: Pace, random: Random, tail: Fraction
) -> list[tuple[Sung, ...]]:
    """The rhythm of each line; lines that are alike share one where the words allow it."""
    known: dict[str, tuple[Sung, ...]] = {}
    found = []
    tails = [upbeat_of(one, pace.meter) for one in lines[1:]] + [tail]
    for line, letter, room in zip(lines, scheme, tails, strict=True):
        own = line_rhythm(line, pace, random, room)
        before = known.get(letter)
        if before is not None and len(before) == len(own):
            worse = clash(line, before, pace.meter) - clash(line, own, pace.meter)
            fits = before[-1].onset < pace.length - room and before[0].onset >= own[0].onset
            own = before if fits and worse <= _CLASH else own
        known.setdefault(letter, own)
        found.append(own)
    return found


def _harmony(
    kind: str, lines: int, pace: Pace, wish: TuneWish, key: Key, random: Random
) -> tuple[ChordSymbol, ...]:
    """The chords of a part, a bar each: a progression of the style, its cadence at the end."""
    harmony = wish.style.harmony
    count = lines * pace.bars
    phrase = list(random.choice(harmony.progressions(key.mode)))
    if kind == "bridge" and key.mode in ("major", "minor") and not harmony.plain:
        phrase = list(_BRIDGE_MINOR if key.is_minor else _BRIDGE_MAJOR)
    elif kind == "bridge":
        phrase = [*phrase[len(phrase) // 2 :], *phrase[: len(phrase) // 2]]
    entries = [phrase[at % len(phrase)] for at in range(count)]
    cadence = list(random.choice(harmony.cadences(key.mode)))[-3:]
    if kind == "bridge":
        entries[-1] = cadence[-2] if len(cadence) > 1 else "V"
    else:
        entries[-len(cadence) :] = cadence[-count:]
    if kind != "bridge" and count >= 8:
        entries[count // 2 - 1] = (
            "V" if entries[count // 2 - 1] in ("I", "i") else entries[count // 2 - 1]
        )
    entries[0] = ("i" if key.is_minor else "I") if kind == "verse" else entries[0]
    found: list[ChordSymbol] = []
    bar = pace.meter.length.quarters
    for at, entry in enumerate(entries):
        numerals = in_bar(entry)
        for number, numeral in enumerate(numerals[:2]):
            into = middle_of_bar(pace.meter) if number else Fraction(0)
            chord = roman(numeral, key, Beat(bar * at + into))
            chord = bared(chord, key, harmony.plain) if harmony.plain == "fifths" else chord
            if not found or str(found[-1]) != str(chord):
                found.append(chord)
    return tuple(found)


def _places(
    kind: str,
    lines: Sequence[Line],
    scheme: str,
    rhythms: Sequence[Sequence[Sung]],
    chords: Sequence[ChordSymbol],
    pace: Pace,
    wish: TuneWish,
    key: Key,
) -> list[Place]:
    """What is asked of each note: its chord, its weight, where the contour would have it."""
    low, high = _span(key, wish.voice)
    base, top = _SHAPES.get(kind, _SHAPES["verse"])
    found: list[Place] = []
    peak = _peak(len(lines), kind)
    for at, (line, rhythm) in enumerate(zip(lines, rhythms, strict=True)):
        held = [part for one in line.syllables for part in (False, *(True,) * one.held)]
        crest = top if at == peak else base + (top - base) * 0.55
        for number, one in enumerate(rhythm):
            onset = pace.length * at + one.onset
            share = number / max(1, len(rhythm) - 1)
            arch = base + (crest - base) * (1 - (2 * share - 1.1) ** 2)
            strong = stress_in_bar(pace.meter, one.onset % pace.meter.length.quarters)
            ends = number == len(rhythm) - 1
            found.append(
                Place(
                    _chord_at(chords, onset),
                    strong,
                    one.length,
                    low + (high - low) * arch,
                    None,
                    _finals(kind, at, len(lines)) if ends else (),
                    opens=number == 0,
                    same_syllable=held[number],
                )
            )
    return found


def _peak(lines: int, kind: str) -> int:
    """The line that climbs highest: the third of four."""
    return max(0, (lines * 2) // 3 - (1 if lines % 3 == 0 else 0)) if lines > 1 else 0


def _finals(kind: str, line: int, lines: int) -> tuple[int, ...]:
    """The steps a line may end on: the last one at home, others open."""
    if line == lines - 1:
        return (1, 4, 6) if kind == "bridge" else (0,)
    return (1, 2, 4) if line % 2 else (2, 4, 0, 5)


def _span(key: Key, voice: PitchRange) -> tuple[int, int]:
    inside = [
        step for step in range(-21, 29) if voice.low.key <= key.at(step).key <= voice.high.key
    ]
    return inside[0], inside[-1]


def _chord_at(chords: Sequence[ChordSymbol], at: Fraction) -> ChordSymbol:
    found = chords[0]
    for one in chords:
        if one.at.quarters > at:
            break
        found = one
    return found


def _motifs(
    scheme: str, rhythms: Sequence[Sequence[Sung]], steps: Sequence[int]
) -> list[int | None]:
    """For lines that come again, how the line they are like moved from note to note."""
    starts = [0]
    for rhythm in rhythms:
        starts.append(starts[-1] + len(rhythm))
    found: list[int | None] = [None] * len(steps)
    for at, letter in enumerate(scheme):
        model = scheme.index(letter)
        if model == at:
            continue
        for number in range(1, min(len(rhythms[at]), len(rhythms[model]))):
            here = starts[model] + number
            if rhythms[at][number].onset == rhythms[model][number].onset:
                found[starts[at] + number] = steps[here] - steps[here - 1]
    return found
