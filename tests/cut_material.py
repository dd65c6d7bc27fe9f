"""Cut lists for tests: random ones, and the editors' own from the reference material."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from scorestage.adapters.formats.edl import read_edl
from scorestage.production import (
    CutEvent,
    CutList,
    CutMarker,
    CutSource,
    Transition,
    TransitionKind,
)
from scorestage.timebase import RATES, FrameRate
from tests.shared_material import shared

EDLS = (
    "25fps.edl",
    "ISSUE_14_conform_edl_issue_03.edl",
    "TEST.edl",
    "ToD_R4_LOCK3.1_030618_Video.edl",
    "avid_example.edl",
    "cdl_example01.edl",
    "dissolve_test_3.edl",
    "gap_test.edl",
    "premiere_example.edl",
    "speed_effects_small.edl",
    "test_24psf.edl",
    "test_25.edl",
    "timecode_mismatch.edl",
)
WORDS = st.text("abcdefgh äé-_.()0123456789", min_size=1, max_size=16).map(
    lambda text: " ".join(text.split()) or "x"
)
COLOURS = st.sampled_from(["red", "green", "yellow", "white"])


def real_cut(name: str) -> CutList:
    """A cut list of the reference material; skips where it is absent."""
    return read_edl(shared(f"editorial/{name}").read_bytes(), name).cut


def in_order(cut: CutList) -> list[CutEvent]:
    """Its events by moment, track and number."""
    return sorted(cut.events, key=lambda one: (one.record_in_frames, one.track, one.number))


def plain(cut: CutList) -> list[CutEvent]:
    """Its events without what only an EDL knows: lines kept, numbers, places of effects."""
    return [replace(one, remarks=(), number="", entry_frames=None) for one in in_order(cut)]


@st.composite
def cut_lists(draw: st.DrawFn, *, rates: tuple[FrameRate, ...] = tuple(RATES.values())) -> CutList:
    """A picture track of clips, some dissolved into, some retimed, with gaps and markers."""
    rate = draw(st.sampled_from([one for one in rates if one.nominal <= 60]))
    start = draw(st.integers(0, 20)) * 3600 * rate.nominal // 4
    at, events = start, []
    for number in range(1, draw(st.integers(1, 8)) + 1):
        at += draw(st.sampled_from([0, 0, 0, 7]))
        frames = draw(st.integers(12, 90))
        source_in = Fraction(draw(st.integers(0, 80_000)))
        speed = draw(st.sampled_from([Fraction(1)] * 4 + [Fraction(2), Fraction(-1), Fraction(0)]))
        transition = None
        if number > 1 and draw(st.integers(0, 3)) == 0:
            kind = draw(st.sampled_from([TransitionKind.DISSOLVE, TransitionKind.WIPE]))
            code = "W021" if kind is TransitionKind.WIPE else ""
            transition = Transition(kind, draw(st.integers(1, 10)), code)
        event = CutEvent(
            record_in_frames=at,
            record_out_frames=at + frames,
            source=CutSource(
                draw(st.sampled_from(["A001", "B002C003", "AX", "TAPE_7"])), draw(WORDS)
            ),
            source_in_frames=source_in,
            source_out_frames=source_in + frames * speed,
            number=f"{number:03}",
            speed=speed,
            transition=transition,
        )
        if event.source_out_frames < 0:
            event = replace(event, speed=Fraction(1), source_out_frames=source_in + frames)
        events.append(event)
        at += frames
    markers = [
        CutMarker(Fraction(draw(st.integers(start, at - 1))), draw(WORDS), colour=draw(COLOURS))
        for _ in range(draw(st.integers(0, 4)))
    ]
    markers.sort(key=lambda one: one.at_frames)
    return CutList(draw(WORDS), rate, tuple(events), tuple(markers))


def shown(cut: CutList) -> list[tuple[object, ...]]:
    """What every format has to hold: place, source, entry, speed and transition of each shot."""
    found: list[tuple[object, ...]] = []
    for one in cut.events:
        if not one.frames or (one.source.black and one.transition is None and not one.source.file):
            continue
        change = one.transition
        told = (change.kind, change.frames, change.before_frames) if change else None
        entry = one.source_in_frames if one.entry_frames is None else one.entry_frames
        if one.source.black and not one.source.file:
            found.append((one.track, one.record_in_frames, one.record_out_frames, told))
            continue
        source = (one.source.reel, one.source.clip, one.source.file)
        place = (one.track, one.record_in_frames, one.record_out_frames)
        found.append((*place, told, *source, one.shown_speed(cut.rate), entry))
    return sorted(found, key=str)


def one_sided(cut: CutList) -> CutList:
    """The list as formats without wipe codes hold it, on the tracks of pictures and single sounds.

    A transition needs a neighbour that it follows at once, and comes after no other of its kind.
    """
    events = []
    for one in cut.events:
        change = one.transition
        if change is not None:
            kept = replace(change, code="", from_source=None, from_frames=None)
            met = any(o.record_out_frames == one.record_in_frames and o.frames for o in cut.events)
            one = replace(one, transition=kept if met else None)
        events.append(one)
    return replace(cut, events=tuple(events))
