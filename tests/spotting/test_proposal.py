"""The proposal: sensible cues for any film, and the same a second later for a later film."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.drawn_clips import Frame, blend, cut, flat, mixed, scene
from tests.spotting.footage_kit import (
    DETECTORS,
    heard,
    real_footage,
    real_frames,
    seconds,
    spoken,
    watched,
)

from scorestage.production import Cue, WayIn, WayOut
from scorestage.spotting import (
    Amount,
    Footage,
    Speech,
    SpottingProposal,
    SpottingRules,
    propose,
    watch,
)
from scorestage.spotting.choosing import SHARES
from scorestage.spotting.talk import Talk
from scorestage.timebase import FRAMES_24, FilmSpan, FilmTime, FrameRate


def shot(number: int, frames: int) -> list[Frame]:
    """A shot of its own look, small."""
    return cut((scene(number, WIDTH_PX, HEIGHT_PX), frames))


def even(level: int, frames: int) -> list[Frame]:
    """An even field."""
    return [flat(level, WIDTH_PX, HEIGHT_PX)] * frames


def story() -> list[Frame]:
    """Sixty-six seconds: fade in, calm scenes, a talk, black, a chase with a flash, fade out."""
    black = even(0, 1)[0]
    calm = [*shot(1, 120), *shot(2, 110)]
    calm = [blend(black, frame, min(1, n / 36)) for n, frame in enumerate(calm)]
    talk = [frame for _ in range(4) for frame in (*shot(5, 50), *shot(6, 60))]
    chase = [frame for n in range(30) for frame in shot(20 + n, 14 + n % 5)]
    chase[200:202] = even(250, 2)
    old, new = shot(60, 150), shot(61, 260)
    after = [*old[:126], *mixed(old[126:], new[:24]), *new[24:]]
    after = [blend(black, frame, min(1, (len(after) - n) / 40)) for n, frame in enumerate(after)]
    return [*calm, *talk, *even(0, 36), *chase, *after, *even(0, 30)]


WIDTH_PX, HEIGHT_PX = 64, 36
LINES = tuple((240 + 60 * n, 276 + 60 * n) for n in range(6))


def noise(frames: int) -> NDArray[np.float64]:
    """Room tone, and a slam in the calm after the chase."""
    sound = np.random.default_rng(1).normal(0, 0.003, frames * 1000)
    slam = seconds(1320 / 24)
    sound[slam : slam + 8000] += np.random.default_rng(2).normal(0, 0.5, 8000)
    return sound


def proposal(
    frames: list[Frame],
    sound: NDArray[np.float64] | None = None,
    speech: tuple[Speech, ...] = (),
    amount: Amount = Amount.NORMAL,
    rate: FrameRate = FRAMES_24,
) -> SpottingProposal:
    index = None if sound is None else heard(sound)
    footage = Footage(watched(frames, rate), index, speech)
    return propose(footage, watch(footage, DETECTORS), SpottingRules(amount))


@pytest.fixture(scope="module")
def frames() -> list[Frame]:
    return story()


@pytest.fixture(scope="module")
def spotted(frames: list[Frame]) -> SpottingProposal:
    return proposal(frames, noise(len(frames)), spoken(*LINES))


def places(cues: tuple[Cue, ...]) -> list[tuple[FilmTime, FilmTime]]:
    return [(cue.start, cue.end) for cue in cues if cue.start is not None and cue.end is not None]


def sensible(found: SpottingProposal, footage_end: FilmTime, talk: Talk) -> None:
    """What holds for every proposal."""
    spans = places(found.cues)
    assert len(spans) == len(found.cues)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert len({cue.title for cue in found.cues}) == len(spans)
    assert len({cue.id for cue in found.cues}) == len(spans)
    for one in found.proposed:
        cue = one.cue
        assert cue.start is not None
        assert cue.end is not None
        assert FilmTime(0) <= cue.start < cue.end <= footage_end
        assert talk.line_at(cue.start) is None
        assert talk.line_at(cue.end) is None
        assert cue.why
        assert all("frame" in reason for reason in cue.why[:2])
        assert [hit_id for hit_id, _ in one.hits] == [hit.id for hit in cue.hits]
        assert all(cue.start < hit.at < cue.end and hit.why for hit in cue.hits)
        assert all(two.at - one.at >= FilmSpan("3/2") for one, two in pairwise(cue.hits))
        for line in cue.dialogue:
            assert cue.start <= line.start < line.end <= cue.end


def test_the_story_is_spotted_sensibly(frames: list[Frame], spotted: SpottingProposal) -> None:
    sensible(spotted, FRAMES_24.time_of(len(frames)), Talk(spoken(*LINES)))
    assert 2 <= len(spotted.cues) <= 5
    first, last = spotted.cues[0], spotted.cues[-1]
    assert first.start is not None
    assert FRAMES_24.nearest_frame(first.start) <= 4
    assert first.way_in is WayIn.SNEAK
    assert last.way_out in (WayOut.FADE, WayOut.RING_OFF)
    assert all(cue.seconds is not None and cue.seconds >= 8 for cue in spotted.cues)
    hits = [FRAMES_24.nearest_frame(hit.at) for cue in spotted.cues for hit in cue.hits]
    flash = 230 + 440 + 36 + 200
    assert flash in hits
    assert 1320 in hits
    assert len(hits) < 20


def test_one_more_second_at_the_head_moves_everything_and_changes_nothing(
    frames: list[Frame], spotted: SpottingProposal
) -> None:
    late = proposal(
        [*even(0, 24), *frames],
        np.concatenate((np.zeros(24_000), noise(len(frames)))),
        spoken(*((a + 24, b + 24) for a, b in LINES)),
    )
    assert [_moved(cue, -FilmSpan(1)) for cue in late.cues] == [
        _moved(cue, FilmSpan(0)) for cue in spotted.cues
    ]


def test_so_it_is_with_a_real_film() -> None:
    name = "sintel-trailer"
    footage = real_footage(name)
    plain = propose(footage, watch(footage, DETECTORS))
    late_picture = watched([*[flat(0)] * 24, *real_frames(name)])
    sound = footage.sound
    assert sound is not None
    silence = {"level_db": -90, "low_db": -90, "attack_db": 0, "tonal": 0}
    curves = {
        key: np.concatenate((np.full(100, silence[key], curve.dtype), curve))
        for key, curve in sound.to_arrays().items()
    }
    late_footage = Footage(late_picture, type(sound).from_arrays(curves))
    late = propose(late_footage, watch(late_footage, DETECTORS))
    assert [_moved(cue, -FilmSpan(1)) for cue in late.cues] == [
        _moved(cue, FilmSpan(0)) for cue in plain.cues
    ]


def _moved(cue: Cue, by: FilmSpan) -> tuple[object, ...]:
    """Everything of a cue but the frame numbers in its reasons, moved."""
    assert cue.start is not None
    assert cue.end is not None
    hits = tuple(replace(hit, at=hit.at + by, why="") for hit in cue.hits)
    lines = tuple((line.start + by, line.end + by) for line in cue.dialogue)
    ways = (cue.way_in, cue.way_out, cue.segue_to, cue.title, cue.tone, cue.number)
    return (cue.start + by, cue.end + by, hits, lines, *ways)


def test_twice_the_same(frames: list[Frame], spotted: SpottingProposal) -> None:
    again = proposal(frames, noise(len(frames)), spoken(*LINES))
    assert again.cues == spotted.cues


@pytest.mark.parametrize("amount", list(Amount))
def test_the_directors_amount(frames: list[Frame], amount: Amount) -> None:
    found = proposal(frames, noise(len(frames)), spoken(*LINES), amount)
    covered = sum(float((end - start).seconds) for start, end in places(found.cues))
    share = covered / (len(frames) / 24)
    low, high = {
        Amount.NONE: (0, 0),
        Amount.SPARSE: (0.08, 0.6),
        Amount.NORMAL: (0.3, 0.95),
        Amount.WALL_TO_WALL: (0.9, 1),
    }[amount]
    assert low <= share <= high
    sensible(found, FRAMES_24.time_of(len(frames)), Talk(spoken(*LINES)))
    if amount is Amount.WALL_TO_WALL:
        assert all(one.way_out is WayOut.SEGUE for one in found.cues[:-1])
        assert [one.segue_to for one in found.cues[:-1]] == [two.id for two in found.cues[1:]]


FILMS = {
    "one shot": lambda: cut((scene(1), 300)),
    "one still": lambda: [flat(120)] * 200,
    "all black": lambda: [flat(0)] * 200,
    "three seconds": lambda: cut((scene(1), 72)),
    "one frame": lambda: [flat(9)],
    "only cuts": lambda: cut(*((scene(n), 5) for n in range(80))),
    "starts in the middle of it": lambda: cut((scene(1), 100), (scene(2), 200)),
}


@pytest.mark.parametrize("name", FILMS)
@pytest.mark.parametrize("amount", [Amount.SPARSE, Amount.NORMAL, Amount.WALL_TO_WALL])
def test_never_nothing(name: str, amount: Amount) -> None:
    drawn = FILMS[name]()
    found = proposal(drawn, amount=amount)
    assert found.cues
    sensible(found, FRAMES_24.time_of(len(drawn)), Talk(()))


def test_somebody_talks_all_the_time() -> None:
    drawn = cut((scene(1), 200), (scene(2), 200), (scene(3), 200))
    lines = spoken(*((12 + 24 * n, 34 + 24 * n) for n in range(23)))
    found = proposal(drawn, speech=lines)
    assert found.cues
    sensible(found, FRAMES_24.time_of(600), Talk(lines))


@pytest.mark.parametrize("line", [(0, 40), (250, 299), (250, 320), (0, 300)])
def test_somebody_talks_over_the_films_edge(line: tuple[int, int]) -> None:
    found = proposal([*cut((scene(1), 300)), *[flat(0)] * 40], speech=spoken(line))
    talk = Talk(spoken(line))
    assert found.cues
    for start, end in places(found.cues):
        assert talk.line_at(start) is None or line == (0, 300)
        assert talk.line_at(end) is None or line == (0, 300)


def test_nothing_at_all() -> None:
    assert proposal([]).cues == ()


@pytest.mark.parametrize("name", ["sintel-trailer", "big-buck-bunny-opening"])
@pytest.mark.parametrize("amount", [Amount.SPARSE, Amount.NORMAL, Amount.WALL_TO_WALL])
def test_real_films(name: str, amount: Amount) -> None:
    footage = real_footage(name)
    found = propose(footage, watch(footage, DETECTORS), SpottingRules(amount))
    sensible(found, footage.picture.end, Talk(()))
    assert 1 <= len(found.cues) <= 5
    for cue in found.cues:
        assert cue.seconds is not None
        assert cue.seconds >= 8
        if cue.seconds > 15:
            assert 1 <= len(cue.hits) <= cue.seconds / 60 * 9
    covered = sum(float((end - start).seconds) for start, end in places(found.cues))
    low, high = (0.85, 1) if amount is Amount.WALL_TO_WALL else SHARES[amount]
    assert low <= covered / float(footage.picture.end.seconds) <= high + 0.02
    if amount is Amount.WALL_TO_WALL:
        assert FRAMES_24.nearest_frame(found.cues[0].start or FilmTime(0)) <= 15
