"""Room for music: where it may enter, where it must thin out, where it should stay out, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d, uniform_filter1d

from scorestage.spotting.footage import Footage
from scorestage.spotting.moments import Evidence
from scorestage.spotting.sound_kinds import LOUD_LU, Heard, SoundKind
from scorestage.timebase import FilmRange, FilmTime

Curve = NDArray[np.float64]

SPEECH_MARGIN_STEPS: Final = 4
DENSE_STEPS: Final = 100
DENSE_SHARE: Final = 0.72
"""This share of ten seconds spoken leaves no air for music to be heard in."""
DENSE_SECONDS: Final = 6
MEANT_SECONDS: Final = 2
"""A shorter silence is a breath; a longer one is there to be heard."""
DENSE_TALK: Final = "talk without a breath"
STEP: Final = Fraction(1, 10)


class Verdict(StrEnum):
    """What music may do."""

    ENTER = "enter"
    THIN = "thin out under"
    OUT = "stay out"


@dataclass(frozen=True, slots=True)
class RoomSpan:
    """A stretch with one verdict: how much room there is (0 to 1) and the reason with its measure.

    `evidence` is None where nothing speaks against music.
    """

    range: FilmRange
    verdict: Verdict
    room: float
    words: str
    evidence: Evidence | None


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """Room for music in each tenth of a second (0 to 1), and as spans with reasons."""

    curve: Curve
    spans: tuple[RoomSpan, ...]

    def at(self, when: FilmTime) -> RoomSpan | None:
        """The span at a moment: of a beat, of a hit."""
        return next((one for one in self.spans if one.range.holds(when)), None)

    def between(self, span: FilmRange) -> float:
        """The mean room in a stretch: of a beat, of a bar; 1 past the sound's end."""
        first = int(span.start.seconds // STEP)
        last = max(first + 1, -int(-span.end.seconds // STEP))
        part = self.curve[first:last]
        return round(float(part.mean()), 3) if len(part) else 1.0

    @property
    def dry(self) -> tuple[RoomSpan, ...]:
        """The spans music should stay out of."""
        return tuple(one for one in self.spans if one.verdict is Verdict.OUT)


@dataclass(frozen=True, slots=True)
class _Claim:
    """Something that takes room, over steps of the curve."""

    first: int
    last: int
    room: float
    verdict: Verdict
    words: str
    evidence: Evidence


def room_for_music(footage: Footage, heard: Heard | None) -> Room:
    """Where there is room for music in the film.

    Out: a silence that is meant, talk without a breath that the film's own sound leaves dry, music
    that sounds in the scene. Thin: under every spoken word, and under effects louder than the film.
    """
    if heard is None:
        return _all_free(footage)
    claims = [*_silent(heard), *_talk(footage, heard), *_source(heard), *_loud(heard)]
    count = len(heard.tones)
    curve = np.ones(count)
    owner = np.full(count, -1)
    for number, claim in sorted(enumerate(claims), key=lambda one: -one[1].room):
        part = slice(claim.first, claim.last)
        lower = curve[part] >= claim.room
        curve[part] = np.where(lower, claim.room, curve[part])
        owner[part] = np.where(lower, number, owner[part])
    return Room(curve, _to_the_end(footage, _spans(heard, claims, owner)))


def _all_free(footage: Footage) -> Room:
    picture = footage.picture
    if not len(picture):
        return Room(np.ones(0), ())
    span = FilmRange(picture.at(0), picture.end)
    count = -int(-picture.end.seconds // STEP)
    words = "the film has no sound of its own"
    return Room(np.ones(count), (RoomSpan(span, Verdict.ENTER, 1.0, words, None),))


def _spans(heard: Heard, claims: list[_Claim], owner: NDArray[np.intp]) -> tuple[RoomSpan, ...]:
    edges = np.flatnonzero(np.diff(owner, prepend=-2, append=-2))
    found = []
    for first, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        span = FilmRange(heard.tones.at(first), heard.tones.at(last))
        if owner[first] < 0:
            found.append(RoomSpan(span, Verdict.ENTER, 1.0, "nothing is in its way", None))
        else:
            claim = claims[owner[first]]
            room = round(claim.room, 2)
            found.append(RoomSpan(span, claim.verdict, room, claim.words, claim.evidence))
    return tuple(found)


def _to_the_end(footage: Footage, spans: tuple[RoomSpan, ...]) -> tuple[RoomSpan, ...]:
    """The spans cut to the picture; where its sound ends before it, one more up to its end."""
    end = footage.picture.end
    if not len(footage.picture) or not spans:
        return spans
    found = [
        replace(one, range=FilmRange(one.range.start, min(one.range.end, end)))
        for one in spans
        if one.range.start < end
    ]
    if not found:
        return spans
    last = found[-1]
    reached = last.range.end
    if (end - reached).seconds < STEP:
        found[-1] = replace(last, range=FilmRange(last.range.start, end))
    else:
        words = "the film has no sound here"
        found.append(RoomSpan(FilmRange(reached, end), Verdict.ENTER, 1.0, words, None))
    return tuple(found)


def _range(heard: Heard, span: FilmRange) -> tuple[int, int]:
    first = int(span.start.seconds // STEP)
    return max(0, first), min(len(heard.tones), -int(-span.end.seconds // STEP))


def _silent(heard: Heard) -> list[_Claim]:
    claims = []
    for one in heard.stretches:
        if one.kind is SoundKind.SILENCE:
            long = one.range.span.seconds >= MEANT_SECONDS
            room, verdict = (0.0, Verdict.OUT) if long else (0.4, Verdict.THIN)
            words = "a silence of the film's own" if long else "a short silence"
            claims.append(_Claim(*_range(heard, one.range), room, verdict, words, one.evidence))
    return claims


def _talk(footage: Footage, heard: Heard) -> list[_Claim]:
    """Each line takes room; talk without a breath, dry in the film's own sound, takes it all."""
    claims = []
    rate = footage.picture.rate
    for line in footage.speech:
        first, last = _range(heard, line.range)
        start = line.range.start
        said = f"“{line.words}”" if line.words else "somebody speaks"
        proof = Evidence(said, line.confidence, "sure", rate.frame_at(start), start)
        low, high = max(0, first - SPEECH_MARGIN_STEPS), last + SPEECH_MARGIN_STEPS
        high = min(high, len(heard.tones))
        room = 0.55 - 0.25 * line.confidence
        claims.append(_Claim(low, high, room, Verdict.THIN, "under dialogue", proof))
    share = uniform_filter1d((heard.spoken > 0).astype(float), DENSE_STEPS, mode="constant")
    dense = maximum_filter1d(share, DENSE_STEPS // 2, mode="constant") >= DENSE_SHARE
    dense &= heard.music_curve() < 0.5
    dense &= maximum_filter1d(heard.spoken, 15, mode="constant") > 0
    for first, last in _runs(dense):
        if (last - first) * STEP < DENSE_SECONDS:
            continue
        at = heard.tones.at(first)
        filled = float((heard.spoken[first:last] > 0).mean())
        frame = rate.nearest_frame(at)
        proof = Evidence("spoken", 100 * filled, "% of the time, dry in this cut", frame, at)
        claims.append(_Claim(first, last, 0.1, Verdict.OUT, DENSE_TALK, proof))
    return claims


def _source(heard: Heard) -> list[_Claim]:
    return [
        _Claim(
            *_range(heard, one.range),
            0.05,
            Verdict.OUT,
            "music sounds in the scene",
            one.evidence[2],
        )
        for one in heard.music
        if one.source >= 0.5
    ]


def _loud(heard: Heard) -> list[_Claim]:
    claims = []
    for one in heard.stretches:
        over = one.loudness_lufs - heard.loudness_lufs
        if one.kind is SoundKind.EFFECTS and over >= LOUD_LU and one.range.span.seconds >= 1:
            room = max(0.25, 0.75 - over / 20)
            span = _range(heard, one.range)
            claims.append(_Claim(*span, room, Verdict.THIN, "under loud effects", one.evidence))
    return claims


def _runs(inside: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inside.astype(np.int8), [0]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
