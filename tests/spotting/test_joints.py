"""Joints: where music may come and go, never inside a word."""

from __future__ import annotations

from fractions import Fraction

from tests.drawn_clips import Frame, blend, cut, flat, scene
from tests.spotting.detectors.test_wipes import WAYS, wiped
from tests.spotting.footage_kit import DETECTORS, spoken, watched

from scorestage.production import WayIn, WayOut
from scorestage.spotting import Footage, Speech, watch
from scorestage.spotting.joints import Joint, joints_of
from scorestage.spotting.shots import seams_of, shots_of
from scorestage.timebase import FRAMES_23_976, FRAMES_24, FilmRange, FilmTime, FrameRate


def joints(
    frames: list[Frame], speech: tuple[Speech, ...] = (), rate: FrameRate = FRAMES_24
) -> dict[int, Joint]:
    footage = Footage(watched(frames, rate), None, speech)
    moments = watch(footage, DETECTORS)
    shots = shots_of(footage.picture, moments)
    found = joints_of(footage, shots, seams_of(footage.picture, shots), moments)
    return {rate.nearest_frame(joint.at): joint for joint in found}


def test_the_film_begins_and_ends() -> None:
    found = joints(cut((scene(1), 60)))
    assert list(found) == [0, 60]
    assert found[0].entrance is not None
    assert found[0].exit is None
    assert found[60].exit is not None
    assert found[60].entrance is None


def test_music_may_come_softly_with_a_wipe() -> None:
    first, second = cut((scene(3), 76)), cut((scene(8), 76))
    joined = wiped(first[60:], second[:16], WAYS["from the left"])
    found = joints([*first[:60], *joined, *second[16:]])
    (place,) = (frame for frame in found if 58 <= frame <= 78)
    entrance = found[place].entrance
    assert entrance is not None
    assert (entrance.way, entrance.words) == (WayIn.SNEAK, "a wipe")


def test_black_leader_is_not_the_film() -> None:
    found = joints([*[flat(0)] * 24, *cut((scene(1), 60)), *[flat(0)] * 24])
    assert found[24].entrance is not None
    assert found[24].entrance.way is WayIn.HARD
    assert found[84].exit is not None
    assert 0 not in found
    assert 108 not in found


def test_fades_let_music_sneak_in_and_fade_out() -> None:
    shot = cut((scene(1), 120))
    frames = [blend(flat(0), frame, min(1, n / 30, (119 - n) / 30)) for n, frame in enumerate(shot)]
    found = joints(frames)
    ways = [(joint.entrance, joint.exit) for joint in found.values()]
    entrance = next(one for one, _ in ways if one)
    way_out = max((one for _, one in ways if one), key=lambda one: one.worth)
    assert (entrance.way, entrance.words) == (WayIn.SNEAK, "a fade in from black")
    assert way_out.way in (WayOut.FADE, WayOut.RING_OFF)


def test_a_cut_to_black_is_a_button() -> None:
    found = joints([*cut((scene(1), 60)), *[flat(0)] * 30, *cut((scene(2), 60))])
    assert found[60].exit is not None
    assert found[60].exit.way is WayOut.BUTTON
    assert found[60].entrance is None
    assert found[90].entrance is not None
    assert found[90].entrance.words == "a cut out of black"


def test_no_joint_inside_a_word() -> None:
    frames = cut((scene(1), 60), (scene(2), 60), (scene(3), 60))
    assert {60, 120} <= set(joints(frames))
    found = joints(frames, spoken((50, 70)))
    assert 60 not in found
    assert 120 in found


def test_after_the_last_word_and_before_the_first() -> None:
    frames = [scene(1)(0)] * 480
    found = joints(frames, spoken((100, 140), (150, 180), (300, 340)))
    after = {n: j.entrance.words for n, j in found.items() if j.entrance and n}
    before = {n: j.exit.words for n, j in found.items() if j.exit and n < 480}
    assert after == {188: "after the last word", 348: "after the last word"}
    tail = "the breath after the first line, the tail under it"
    assert before == {92: "before the first word", 143: tail, 292: "before the first word"}


def test_known_words_are_quoted() -> None:
    line = Speech(FilmRange(FilmTime(2), FilmTime(3)), 1.0, "Come back!")
    found = joints(cut((scene(1), 240)), (line,))
    assert "after “Come back!”" in [j.entrance.words for j in found.values() if j.entrance]


def test_every_joint_lies_on_a_frame() -> None:
    line = Speech(FilmRange(FilmTime("2.017"), FilmTime("3.0013")))
    footage_frames = cut((scene(1), 120), (scene(2), 120))
    rate = FRAMES_23_976
    found = joints(footage_frames, (line,), rate)
    assert len(found) == 5
    for joint in found.values():
        assert rate.frames_in(joint.at - FilmTime(0)).denominator == 1
    after = next(j.at for j in found.values() if j.entrance and "word" in j.entrance.words)
    assert Fraction(3, 10) <= (after - line.range.end).seconds < Fraction(3, 10) + Fraction(1, 23)
