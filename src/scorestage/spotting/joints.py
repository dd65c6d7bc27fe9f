"""Joints: the places where music could enter or leave, how well, and in which way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from math import ceil
from typing import Final, TypeVar

from scorestage.production import WayIn, WayOut
from scorestage.spotting.footage import Footage, Speech
from scorestage.spotting.moments import Evidence, Moment, MomentKind
from scorestage.spotting.picture import PictureIndex
from scorestage.spotting.room import RoomSpan
from scorestage.spotting.shots import Seam, Shot
from scorestage.spotting.talk import Talk
from scorestage.timebase import FilmSpan, FilmTime, FrameRate

BREATH: Final = FilmSpan("3/10")
"""Music comes in this long after the last word, and is out this long before the first."""
PAUSE: Final = FilmSpan("3/2")
"""Shorter pauses between words are part of the talk."""
WORD_MARGIN: Final = FilmSpan("1/10")
SLOW_FADE: Final = FilmSpan(1)
LOUD_STRENGTH: Final = 0.8


@dataclass(frozen=True, slots=True)
class Entrance:
    """How music could come in: how good a place it is (0 to 1), the way, the reason in words."""

    worth: float
    way: WayIn
    words: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Exit:
    """How music could go out."""

    worth: float
    way: WayOut
    words: str
    evidence: Evidence


_Way = TypeVar("_Way", Entrance, Exit)


@dataclass(frozen=True, slots=True)
class Joint:
    """A frame's start at which music may enter, leave, or both."""

    at: FilmTime
    entrance: Entrance | None
    exit: Exit | None


def joints_of(
    footage: Footage,
    shots: tuple[Shot, ...],
    seams: tuple[Seam, ...],
    moments: tuple[Moment, ...],
    dry: tuple[RoomSpan, ...] = (),
) -> tuple[Joint, ...]:
    """All joints in film order; none lies inside a word, unless the film itself ends in one.

    Music may go out where a `dry` stretch begins and come in where it ends, not between.
    """
    entrances: dict[FilmTime, Entrance] = {}
    exits: dict[FilmTime, Exit] = {}
    ways = chain(_ways(footage, shots, seams, moments), _around_dry(footage.picture, dry))
    for at, way in ways:
        if isinstance(way, Entrance):
            _keep_better(entrances, at, way)
        else:
            _keep_better(exits, at, way)
    talk = Talk(footage.speech)
    places = sorted({*entrances, *exits})
    return tuple(
        Joint(at, entrances.get(at), exits.get(at))
        for at in places
        if talk.line_at(at, WORD_MARGIN) is None or at == footage.picture.end
    )


def _keep_better(ways: dict[FilmTime, _Way], at: FilmTime, way: _Way) -> None:
    if at not in ways or ways[at].worth < way.worth:
        ways[at] = way


def _ways(
    footage: Footage,
    shots: tuple[Shot, ...],
    seams: tuple[Seam, ...],
    moments: tuple[Moment, ...],
) -> Iterator[tuple[FilmTime, Entrance | Exit]]:
    yield from _at_the_ends(footage, shots)
    for number, seam in enumerate(seams, 1):
        yield from _at_seam(footage.picture, seam, shots[number - 1], shots[number])
    for moment in moments:
        yield from _at_moment(footage.picture, moment)
    yield from _around_words(footage)


def whole_film(
    footage: Footage, shots: tuple[Shot, ...], over_talk: bool = True
) -> tuple[Joint, Joint] | None:
    """The film's first picture and its last; None for a film of no frames.

    Without `over_talk` each is moved to where a line spoken over it is over.
    """
    seen = [shot for shot in shots if not shot.empty] or list(shots)
    if not seen:
        return None
    picture = footage.picture
    talk = Talk(() if over_talk else footage.speech)
    first, last = seen[0], seen[-1]
    number = picture.frame(first.first)
    start = Evidence("the picture begins", first.light, "of 255", number, first.range.start)
    entrance = Entrance(0.96, WayIn.HARD, "the first picture", start)
    number = picture.frame(last.end - 1)
    end = Evidence("the picture ends", last.light, "of 255", number, last.range.end)
    way_out = Exit(1.0, WayOut.RING_OFF, "the last picture", end)
    return (
        Joint(_after_talk(picture, talk, first.range.start), entrance, None),
        Joint(_after_talk(picture, talk, last.range.end), None, way_out),
    )


def _at_the_ends(
    footage: Footage, shots: tuple[Shot, ...]
) -> Iterator[tuple[FilmTime, Entrance | Exit]]:
    for joint in whole_film(footage, shots, over_talk=False) or ():
        way = joint.entrance or joint.exit
        if way is not None:
            yield joint.at, way


def _after_talk(picture: PictureIndex, talk: Talk, at: FilmTime) -> FilmTime:
    """`at`, or the first frame after the talk that goes on over it; the film's end at most."""
    while (line := talk.line_at(at, WORD_MARGIN)) is not None and at < picture.end:
        at = min(_next_frame(picture.rate, line.range.end + WORD_MARGIN), picture.end)
    return at


def _next_frame(rate: FrameRate, at: FilmTime) -> FilmTime:
    return rate.time_of(ceil(at.seconds * rate.frames_per_second))


def _at_seam(
    picture: PictureIndex, seam: Seam, before: Shot, after: Shot
) -> Iterator[tuple[FilmTime, Entrance | Exit]]:
    kinds = {moment.kind for moment in seam.moments}
    proof = seam.moments[0].evidence[0] if seam.moments else seam.evidence
    if kinds <= {MomentKind.CUT}:
        yield from _at_cut(seam, before, after, proof)
    if kinds & {MomentKind.DISSOLVE, MomentKind.WIPE}:
        worth = 0.45 + 0.35 * seam.scene
        words = "a dissolve" if MomentKind.DISSOLVE in kinds else "a wipe"
        yield seam.at, Entrance(worth, WayIn.SNEAK, words, proof)
        yield seam.at, Exit(worth, WayOut.RING_OFF, words, proof)
    if MomentKind.TITLE in kinds:
        yield seam.at, Entrance(0.85, WayIn.HARD, "a title card", proof)
        yield seam.at, Exit(0.5, WayOut.RING_OFF, "a title card", proof)


def _at_cut(
    seam: Seam, before: Shot, after: Shot, proof: Evidence
) -> Iterator[tuple[FilmTime, Entrance | Exit]]:
    if after.empty:
        yield seam.at, Exit(0.95, WayOut.BUTTON, "a cut to black", proof)
        return
    if before.empty:
        yield seam.at, Entrance(0.95, WayIn.HARD, "a cut out of black", proof)
        yield seam.at, Exit(0.3, WayOut.RING_OFF, "the end of black", proof)
        return
    worth = 0.2 + 0.65 * seam.scene
    words = "a change of scene" if seam.scene >= 0.4 else "a cut"
    shown = seam.evidence if seam.scene >= 0.4 else proof
    livelier = after.stir > 1.5 * before.stir and after.stir > 0.05
    yield seam.at, Entrance(worth, WayIn.HARD if livelier else WayIn.SNEAK, words, shown)
    yield seam.at, Exit(worth, WayOut.RING_OFF, words, shown)


def _at_moment(picture: PictureIndex, moment: Moment) -> Iterator[tuple[FilmTime, Entrance | Exit]]:
    proof = moment.evidence[0]
    if moment.kind is MomentKind.FADE_IN:
        yield moment.span.start, Entrance(1.0, WayIn.SNEAK, f"a {moment.words}", proof)
    elif moment.kind is MomentKind.FADE_OUT:
        slow = moment.span.span >= SLOW_FADE
        way = WayOut.FADE if slow else WayOut.RING_OFF
        yield moment.span.end, Exit(1.0, way, f"a {moment.words}", proof)
    elif moment.kind is MomentKind.TITLE and "card" in moment.words:
        yield moment.span.end, Exit(0.6, WayOut.RING_OFF, "the title is gone", proof)
    elif moment.kind is MomentKind.FLASH or (
        moment.kind is MomentKind.SOUND and moment.strength * moment.confidence >= LOUD_STRENGTH
    ):
        at = picture.rate.time_of(picture.rate.nearest_frame(moment.at))
        at = moment.at if moment.kind is MomentKind.FLASH else at
        yield at, Entrance(0.3, WayIn.HARD, f"a {moment.words}", proof)
        yield at, Exit(0.15, WayOut.BUTTON, f"a {moment.words}", proof)


def _around_words(footage: Footage) -> Iterator[tuple[FilmTime, Entrance | Exit]]:
    """After the last word of a stretch of talk, and before the first."""
    lines = Talk(footage.speech).lines
    if not lines:
        return
    yield from _before_word(footage, lines[0])
    if len(lines) > 1:
        yield from _tail_under(footage, lines[0], lines[1])
    for number, (line, following) in enumerate(pairwise(lines)):
        if following.range.start - line.range.end >= PAUSE:
            yield from _after_word(footage, line)
            yield from _before_word(footage, following)
            if number + 2 < len(lines):
                yield from _tail_under(footage, following, lines[number + 2])
    if footage.picture.end - lines[-1].range.end >= PAUSE:
        yield from _after_word(footage, lines[-1])


def _tail_under(
    footage: Footage, line: Speech, following: Speech
) -> Iterator[tuple[FilmTime, Entrance | Exit]]:
    """Out in the breath after the first line: the tail lies under it."""
    first, last = line.range.end + WORD_MARGIN, following.range.start - WORD_MARGIN
    rate = footage.picture.rate
    at = _next_frame(rate, first)
    if at < last:
        said = f"“{line.words}”" if line.words else "the first line"
        words = f"the breath after {said}, the tail under it"
        yield at, Exit(0.3, WayOut.SNEAK, words, _spoken(footage, line, line.range.end))


def _after_word(footage: Footage, line: Speech) -> Iterator[tuple[FilmTime, Entrance | Exit]]:
    rate = footage.picture.rate
    at = _next_frame(rate, line.range.end + BREATH)
    proof = _spoken(footage, line, line.range.end)
    words = f"after “{line.words}”" if line.words else "after the last word"
    yield at, Entrance(0.6, WayIn.SNEAK, words, proof)


def _before_word(footage: Footage, line: Speech) -> Iterator[tuple[FilmTime, Entrance | Exit]]:
    rate = footage.picture.rate
    at = rate.time_of(rate.frame_at(line.range.start - BREATH))
    if at <= FilmTime(0):
        return
    proof = _spoken(footage, line, line.range.start)
    words = f"before “{line.words}”" if line.words else "before the first word"
    yield at, Exit(0.4, WayOut.SNEAK, words, proof)


def _around_dry(
    picture: PictureIndex, dry: tuple[RoomSpan, ...]
) -> Iterator[tuple[FilmTime, Entrance | Exit]]:
    """Out before what must stay dry, in after it."""
    for span in dry:
        if span.evidence is None:
            continue
        before = picture.rate.time_of(picture.rate.frame_at(span.range.start))
        after = _next_frame(picture.rate, span.range.end)
        if before > picture.at(0):
            yield before, Exit(0.6, WayOut.RING_OFF, f"the start of {span.words}", span.evidence)
        if after < picture.end:
            yield after, Entrance(0.5, WayIn.SNEAK, f"the end of {span.words}", span.evidence)


def _spoken(footage: Footage, line: Speech, at: FilmTime) -> Evidence:
    number = footage.picture.rate.frame_at(at)
    return Evidence("somebody speaks", line.confidence, "sure", number, at)
