"""Choosing the hits: the few moments of a cue that music should meet."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from scorestage.production import HitKind, HitWant
from scorestage.spotting.footage import Footage
from scorestage.spotting.moments import Evidence, Moment, MomentKind, rising
from scorestage.spotting.shots import Seam, Shot
from scorestage.spotting.talk import Talk
from scorestage.timebase import FilmRange, FilmSpan, FilmTime

TOGETHER_FRAMES: Final = 3
"""A sound this near to a change of picture belongs to it."""
SPOKEN_SHARE: Final = 0.5
"""What a moment is still worth while somebody speaks."""


@dataclass(frozen=True, slots=True)
class HitRules:
    """How many hits and how strong.

    Hits lie `apart` from each other and from the cue's ends. All of at least `sure_strength` are
    taken, up to `most_per_minute`; weaker ones, down to `least_strength`, only until there are
    `fewest_per_minute`.
    """

    apart: FilmSpan = FilmSpan("3/2")  # noqa: RUF009 (an exact constant)
    from_ends: FilmSpan = FilmSpan(1)  # noqa: RUF009 (an exact constant)
    sure_strength: float = 0.5
    least_strength: float = 0.25
    most_per_minute: float = 8.0
    fewest_per_minute: float = 5.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A moment that could be a hit: where, how strong (0 to 1), what music would do there."""

    at: FilmTime
    strength: float
    kind: HitKind
    words: str
    evidence: tuple[Evidence, ...]

    @property
    def weight(self) -> int:
        """From 1 (nice) to 5 (must)."""
        return 1 + sum(self.strength >= step for step in (0.25, 0.4, 0.55, 0.75))

    @property
    def want(self) -> HitWant:
        """Where in the bar it should fall."""
        if self.kind is HitKind.CHANGE or self.kind is HitKind.START:
            return HitWant.DOWNBEAT if self.weight >= 3 else HitWant.STRONG
        if self.weight >= 4:
            return HitWant.STRONG
        return HitWant.BEAT


def candidates_of(
    footage: Footage,
    shots: tuple[Shot, ...],
    seams: tuple[Seam, ...],
    moments: tuple[Moment, ...],
) -> tuple[Candidate, ...]:
    """Every moment that could be a hit, in film order; sounds on a cut are joined with it."""
    seen = [*_cuts(footage, shots, seams), *_others(moments)]
    joined = _with_sounds(footage, seen)
    talk = Talk(footage.speech)
    heard = [_under_words(footage, talk, candidate) for candidate in joined]
    return tuple(sorted(heard, key=lambda one: (one.at, -one.strength)))


def choose_hits(
    candidates: tuple[Candidate, ...], cue: FilmRange, rules: HitRules
) -> tuple[Candidate, ...]:
    """The hits of one cue, in film order: the strongest first, spaced, not too many."""
    first, last = cue.start + rules.from_ends, cue.end - rules.from_ends
    inside = [one for one in candidates if first <= one.at <= last]
    minutes = float(cue.span.seconds) / 60
    most = max(1, round(rules.most_per_minute * minutes))
    fewest = max(1, round(rules.fewest_per_minute * minutes))
    kept: list[Candidate] = []
    for one in sorted(inside, key=lambda one: (-one.strength, one.at)):
        wanted = rules.sure_strength if len(kept) >= fewest else rules.least_strength
        if len(kept) >= most or one.strength < wanted:
            break
        if all(abs(one.at - other.at) >= rules.apart for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.at))


def _cuts(
    footage: Footage, shots: tuple[Shot, ...], seams: tuple[Seam, ...]
) -> Iterator[Candidate]:
    for number, seam in enumerate(seams, 1):
        cut = next((m for m in seam.moments if m.kind is MomentKind.CUT), None)
        if cut is None:
            continue
        before, after = shots[number - 1], shots[number]
        evidence = cut.evidence
        if after.empty:
            yield Candidate(seam.at, 0.8, HitKind.STOP, "cut to black", evidence)
        elif before.empty:
            yield Candidate(seam.at, 0.75, HitKind.START, "cut out of black", evidence)
        else:
            yield _cut(footage, before, after, seam, cut)


def _cut(footage: Footage, before: Shot, after: Shot, seam: Seam, cut: Moment) -> Candidate:
    """An ordinary cut is worth more at a change of scene, after calm, and with a leap of light."""
    calm = rising(before.seconds, 2.5, 8) * rising(before.stir, 0.08, 0.02)
    wakes = rising(after.stir - before.stir, 0.02, 0.12)
    leap = rising(abs(after.light - before.light), 20, 100)
    strength = 0.12 + 0.33 * seam.scene + 0.15 * leap + 0.2 * wakes + 0.15 * calm
    number, at = cut.evidence[0].frame, seam.at
    evidence = [*cut.evidence]
    words = cut.words
    if seam.scene >= 0.4:
        words = "new scene" if cut.words == "cut" else f"new scene, {cut.words}"
        evidence.insert(0, seam.evidence)
    if wakes > 0.5:
        words += ", movement starts"
        shown = Evidence("movement grows by", after.stir - before.stir, "of contrast", number, at)
        evidence.append(shown)
    elif calm > 0.5:
        words += " after calm"
        evidence.append(Evidence("calm before lasted", before.seconds, "s", number, at))
    return Candidate(
        at,
        round(strength * (0.5 + 0.5 * cut.confidence), 4),
        HitKind.CHANGE,
        words,
        tuple(evidence),
    )


def _others(moments: tuple[Moment, ...]) -> Iterator[Candidate]:
    for moment in moments:
        worth = _WORTH.get(moment.kind)
        if worth is None or moment.words.endswith(" goes"):
            continue
        base, more, kind = worth
        strength = (base + more * moment.strength) * (0.5 + 0.5 * moment.confidence)
        yield Candidate(moment.at, round(strength, 4), kind, moment.words, moment.evidence)


_WORTH: Final = {
    MomentKind.FLASH: (0.7, 0.3, HitKind.ACCENT),
    MomentKind.TITLE: (0.4, 0.35, HitKind.ACCENT),
    MomentKind.FADE_OUT: (0.2, 0.25, HitKind.CHANGE),
    MomentKind.FADE_IN: (0.25, 0.25, HitKind.START),
    MomentKind.DISSOLVE: (0.2, 0.35, HitKind.CHANGE),
    MomentKind.WIPE: (0.3, 0.35, HitKind.CHANGE),
    MomentKind.SOUND: (0.2, 0.5, HitKind.CATCH),
}


def _with_sounds(footage: Footage, seen: list[Candidate]) -> list[Candidate]:
    """Candidates with each sound given to the picture change next to it, if there is one."""
    rate = footage.picture.rate
    reach = TOGETHER_FRAMES * rate.frame_span
    pictures = sorted(
        (one for one in seen if one.kind is not HitKind.CATCH), key=lambda one: one.at
    )
    starts = [one.at for one in pictures]
    joined: list[Candidate] = list(pictures)
    for sound in (one for one in seen if one.kind is HitKind.CATCH):
        near = range(bisect_left(starts, sound.at - reach), bisect_right(starts, sound.at + reach))
        if not near:
            joined.append(_on_frame(footage, sound))
            continue
        place = min(near, key=lambda place: (abs(starts[place] - sound.at), place))
        joined[place] = _together(joined[place], sound)
    return joined


def _together(picture: Candidate, sound: Candidate) -> Candidate:
    strength = 1 - (1 - picture.strength) * (1 - sound.strength)
    kind = picture.kind if picture.kind in (HitKind.STOP, HitKind.START) else HitKind.ACCENT
    return Candidate(
        picture.at,
        round(strength, 4),
        kind,
        f"{picture.words}, {sound.words}",
        (*picture.evidence, *sound.evidence),
    )


def _on_frame(footage: Footage, sound: Candidate) -> Candidate:
    """A sound alone, at the frame that starts nearest to its onset."""
    rate = footage.picture.rate
    at = rate.time_of(rate.nearest_frame(sound.at))
    return Candidate(at, sound.strength, sound.kind, sound.words, sound.evidence)


def _under_words(footage: Footage, talk: Talk, one: Candidate) -> Candidate:
    line = talk.line_at(one.at)
    if line is None:
        return one
    number = footage.picture.rate.frame_at(one.at)
    spoken = Evidence("somebody speaks here", line.confidence, "sure", number, one.at)
    return Candidate(
        one.at,
        round(one.strength * SPOKEN_SHARE, 4),
        one.kind,
        one.words,
        (*one.evidence, spoken),
    )
