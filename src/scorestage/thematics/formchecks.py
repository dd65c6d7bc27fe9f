"""Whether a theme holds what the forms of film themes promise.

Caplin's forms as Richards (2016) finds them in 482 main themes; the checks are those a listener
would make: does the answer answer, does the second half press on, does the end close.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorestage.music.harmony import in_chord
from scorestage.music.key import Key
from scorestage.music.note import Note
from scorestage.music.theme import Theme
from scorestage.thematics.facts import chord_under, theme_facts
from scorestage.thematics.invariants import invariants_of
from scorestage.thematics.recognition.between import melody_likeness
from scorestage.thematics.recognition.strands import Strand, skyline

TWELFTH = 19


@dataclass(frozen=True, slots=True)
class FormCheck:
    """One promise: whether it holds, what was measured and what is asked."""

    name: str
    holds: bool
    measured: str
    asked: str


def form_checks(theme: Theme, form: str = "") -> tuple[FormCheck, ...]:
    """The checks that apply to a theme; `form` is what it was made as, where that is known.

    Forms: `sentence period hybrid ternary loop`; without one it is looked for in `made_by`.
    """
    facts, own = theme_facts(theme), invariants_of(theme)
    found = [
        FormCheck("lies within a twelfth", facts.range_semitones <= TWELFTH,
                  f"{facts.range_semitones} semitones", f"at most {TWELFTH}"),
        FormCheck("has one clear apex", facts.apex_count == 1, f"{facts.apex_count} times",
                  "once"),
        FormCheck("has a rhythm that returns", bool(own.returning_rhythm),
                  " ".join(str(one) for one in own.returning_rhythm) or "none",
                  "two to four quarters long"),
    ]  # fmt: skip
    made = form or _form_in(theme.made_by)
    if int(theme.length.quarters / theme.meter.length.quarters) == 8:
        found += _of_eight_bars(theme, made)
    return tuple(found)


def _form_in(made_by: str) -> str:
    words = made_by.replace(",", " ").split()
    forms = ("sentence", "period", "hybrid", "ternary", "loop")
    return next((word for word in words if word in forms), "")


def _of_eight_bars(theme: Theme, form: str) -> list[FormCheck]:
    found = []
    starts = {"sentence": (0, 2), "loop": (0, 2), "ternary": (0, 2), "period": (0, 4)}.get(form)
    if starts is not None:
        like = _likeness(theme, *starts)
        found.append(
            FormCheck("its idea comes back", like >= 0.8, f"likeness {like:.2f}", "at least 0.80")
        )
    if form in ("sentence", "hybrid"):
        early, late = _notes(theme, 0, 4), _notes(theme, 4, 7)
        before, after = Fraction(len(early), 4), Fraction(len(late), 3)
        found.append(
            FormCheck("its second half presses on", after >= before,
                      f"{float(after):.1f} notes a bar", f"at least {float(before):.1f}")
        )  # fmt: skip
    weak, strong = closing_strength(theme, 3), closing_strength(theme, 7)
    found.append(
        FormCheck("its last close is the strongest", strong > weak or form == "loop",
                  f"{strong} against {weak} halfway", "stronger")
    )  # fmt: skip
    return found


def _notes(theme: Theme, first: int, last: int) -> list[Note]:
    bar = theme.meter.length.quarters
    return [note for note in theme.notes if first * bar <= note.onset.quarters < last * bar]


def _likeness(theme: Theme, first: int, other: int) -> float:
    strands: Sequence[Strand] = [
        Strand.of_tones(0, skyline(_notes(theme, start, start + 2))) for start in (first, other)
    ]
    if min(len(one.onsets) for one in strands) < 2:
        return 0.0
    return melody_likeness(*strands).joined


def closing_strength(theme: Theme, bar: int) -> int:
    """How strongly the music closes in a bar: a tonic chord, the tonic sung, a long last note.

    0 to 5 points: 2 for the tonic chord at the end of the bar, 2 for the tonic in the tune (1 for
    another tone of its chord), 1 for a last note of half a bar or more.
    """
    key = Key(theme.key, theme.mode)
    length = theme.meter.length.quarters
    end = (bar + 1) * length
    inside = [note for note in theme.notes if note.onset.quarters < end]
    if not inside or inside[-1].top is None:
        return 0
    last = inside[-1]
    chord = chord_under(theme.chords, end - Fraction(1, 16))
    tonic = key.home.key % 12
    points = 0
    if chord is not None and chord.root == key.tonic:
        points += 2
    top = last.top
    if top is not None and top.key % 12 == tonic:
        points += 2
    elif top is not None and chord is not None and in_chord(top, chord):
        points += 1
    return points + (last.length.quarters * 2 >= length)
