"""Themes made from a style and words of tone.

Forms after Caplin as film uses them: a sentence is an idea, its answer, a continuation and a
cadence (2+2+2+2 bars); a period puts the idea twice, open and closed (4+4); a hybrid opens like a
period and goes on like a sentence; a small ternary puts its idea twice, turns away for two bars and
comes back to its head; a loop comes back to its cell three times before it closes.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

from scorestage.errors import MusicError
from scorestage.music.harmony import mode_family
from scorestage.music.key import Key
from scorestage.music.mood import Mood, mood_of
from scorestage.music.note import Note
from scorestage.music.pitch import Pitch
from scorestage.music.style import Style
from scorestage.music.theme import Theme
from scorestage.thematics.drafting import Draft, draft_tune
from scorestage.thematics.facts import demerits
from scorestage.thematics.line import key_under
from scorestage.thematics.rhythm import Pace
from scorestage.thematics.sheet import draw_sheet
from scorestage.timebase import Beat, Beats, Meter

FORMS = ("sentence", "period", "hybrid", "ternary", "loop")
DRAFTS = 16
"""The most drafts made; fewer where a good one comes sooner."""
GOOD_ENOUGH = 1.5
"""Demerits below which no further draft is made, once `FEWEST_DRAFTS` are."""
FEWEST_DRAFTS = 4


def make_theme(
    style: Style,
    seed: int,
    tone: tuple[str, ...] = (),
    *,
    mode: str = "",
    key: str = "",
    meter: Meter | None = None,
    theme_id: str = "theme",
    title: str = "",
    stands_for: str = "",
    form: str = "",
) -> Theme:
    """An eight-bar theme in `style` for words of `tone`: the best of several drafts by its facts.

    Mode, key (a tonic), meter and form (one of `FORMS`) are the style's and the tone's where they
    are not given. The same arguments make the same theme.

    >>> theme = make_theme(Style("folk", "Folk"), 3, ("tender",))
    >>> theme.length, len(theme.chords) >= 5
    (Beats('32'), True)
    """
    mood = mood_of(tone)
    random = Random(f"{seed}|{style.id}|{'/'.join(tone)}|{theme_id}")
    chosen_mode = mode or choose_mode(style, mood)
    chosen = Key(key or random.choice(style.keys), chosen_mode).moved(0)
    chosen_meter = meter or random.choice(style.meters)
    form = _form(random.choice(style.forms), form)
    pace = pace_of(style, mood)
    leaps = _leaps(style, mood)
    best: tuple[float, int, Theme] | None = None
    for number in range(DRAFTS):
        own = Random(f"{seed}|{theme_id}|draft {number}|{form}|{chosen}")
        sheet = draw_sheet(style, mood, chosen, chosen_meter, form, own)
        draft = draft_tune(sheet, form, pace, leaps, mood.rising, own)
        theme = Theme(
            id=theme_id,
            title=title or theme_id,
            notes=_notes(draft, style, theme_id),
            meter=chosen_meter,
            key=chosen.tonic,
            mode=chosen.mode,
            chords=sheet.chords(),
            stands_for=stands_for,
            made_by=f"scorestage, {form}, {style.id}, seed {seed}",
            motif_notes=draft.motif_notes,
        )
        marked = (demerits(theme, leaps), number, theme)
        best = marked if best is None else min(best, marked, key=lambda entry: entry[:2])
        if best[0] < GOOD_ENOUGH and number + 1 >= FEWEST_DRAFTS:
            break
    if best is None:
        raise AssertionError("at least one draft is made")
    return best[2]


def _form(own: str, wished: str) -> str:
    if wished and wished not in FORMS:
        raise MusicError(f"{wished!r} is no form of a theme", do=f"one of {', '.join(FORMS)}")
    return wished or own


def choose_mode(style: Style, mood: Mood) -> str:
    """The style's favourite mode among those of the family the mood asks for.

    >>> choose_mode(Style("x", "X", modes=("major", "dorian")), mood_of(["grief"]))
    'dorian'
    """
    if mood.minor is None:
        return style.modes[0]
    family = "minor" if mood.minor else "major"
    fitting = [mode for mode in style.modes if mode_family(mode) == family]
    return fitting[0] if fitting else family


def pace_of(style: Style, mood: Mood) -> Pace:
    """How the tune's rhythm moves in a style under a mood."""
    motion = style.motion + (mood.arousal > 0) - (mood.arousal < 0)
    return Pace(max(0, min(4, motion)), style.dotted, style.syncopation)


def _leaps(style: Style, mood: Mood) -> int:
    return max(0, min(4, style.leaps + mood.leaps))


def _notes(draft: Draft, style: Style, theme_id: str) -> tuple[Note, ...]:
    """The draft as notes, in the octave that suits the style's register."""
    key = draft.sheet.key
    keys = [key_under(key, step, slot.chord) for slot, step in draft.line]
    middle = Fraction(max(keys) + min(keys), 2)
    wished = Fraction(style.melody.low.key + style.melody.high.key, 2)
    octaves = round((wished - middle) / 12)
    found = []
    for slot, step in draft.line:
        pitch = draft.pitch_of(slot, step)
        bar, offset = divmod(slot.onset, draft.sheet.bar_quarters)
        found.append(
            Note(
                id=f"{theme_id}-{bar + 1}-{offset}",
                onset=Beat(slot.onset),
                length=Beats(slot.length),
                pitches=(Pitch(pitch.step, pitch.alter, pitch.octave + octaves),),
                origin=f"theme:{theme_id}:statement",
            )
        )
    return tuple(found)
