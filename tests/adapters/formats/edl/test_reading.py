"""EDLs as they come: real ones, dialects, and files that mean harm."""

from __future__ import annotations

import io
import time
from fractions import Fraction
from itertools import pairwise

import pytest
from tests.cut_material import EDLS, real_cut
from tests.shared_material import shared

from scorestage.adapters.formats.edl import FORMAT, read_edl
from scorestage.errors import FormatError
from scorestage.production import CutSource, TransitionKind
from scorestage.timebase import FRAMES_24, FRAMES_25, FRAMES_29_97, FRAMES_29_97_DROP, Timecode

HEAD = "TITLE: x\nFCM: NON-DROP FRAME\n"
EVENT = "001  AX       V     C        00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\n"
GRAMMAR = """TITLE: FCM: NON-DROP FRAME DROP C D W001 M2 * FROM TO CLIP NAME: SOURCE FILE:
LOC: *LOC: *FROM EFFECTS NAME IS"""
MIXED = """TITLE: mixed
FCM: DROP FRAME
001  TAPE1    V     C        00:00:59:00 00:01:01:00 01:00:59:00 01:01:01:00
* LOC: 01:00:59;10 RED     door
FCM: NON-DROP FRAME
002  TAPE2    V     C        00:00:59:00 00:01:01:00 01:01:01:00 01:01:03:00
"""


@pytest.mark.parametrize("name", EDLS)
def test_every_event_of_a_real_list_is_as_pycmx_reads_it(name: str) -> None:
    """pycmx is an independent reader of the same lists."""
    pycmx = pytest.importorskip("pycmx")
    path = shared(f"editorial/{name}")
    text = path.read_text(encoding="utf-8-sig").replace("\r", "")
    theirs = [
        (edit.source, edit.source_in, edit.source_out, edit.record_in, edit.record_out)
        for event in pycmx.parse_cmx3600(io.StringIO(text)).events
        for edit in event.edits
    ]
    cut = read_edl(path.read_bytes(), name).cut
    ours = []
    for one in cut.events:
        change = one.transition
        if change is not None and change.from_source is not None and change.from_frames is not None:
            at = str(Timecode(int(change.from_frames), cut.rate))
            place = cut.label(one.record_in_frames)
            ours.append((change.from_source.reel, at, at, place, place))
        places = (one.source_in_frames, one.source_out_frames)
        record = (one.record_in_frames, one.record_out_frames)
        labels = [cut.label(frame) for frame in (*places, *record)]
        ours.append((one.source.reel, *labels))
    assert ours == theirs


@pytest.mark.parametrize("name", EDLS)
def test_no_line_of_a_real_list_is_lost(name: str) -> None:
    """Every word of the file is in a field, or in a line kept as it stands."""
    text = shared(f"editorial/{name}").read_text(encoding="utf-8-sig")
    read = read_edl(text.encode(), name)
    held = [read.cut.title, *read.cut.head]
    for event in read.cut.events:
        change = event.transition
        held += [event.source.clip, event.source.file, event.source.reel, *event.remarks]
        if change is not None:
            held.append(change.name)
            if change.from_source is not None:
                held += [change.from_source.clip, change.from_source.file]
    for marker in read.cut.markers:
        held += [marker.words, marker.who, marker.colour]
    known = set(" ".join(held).split())
    for line in text.splitlines():
        for word in line.split():
            if word in known or word in GRAMMAR.split() or any(sign.isdigit() for sign in word):
                continue
            assert word in {event.track.rstrip("1") for event in read.cut.events} | {"V", "A"}, line


def test_the_real_feature_reel() -> None:
    cut = real_cut("ToD_R4_LOCK3.1_030618_Video.edl")
    assert len(cut.events) == 376 and cut.label(cut.first_frame) == "04:00:00:00"
    speeds = {event.number: event.speed for event in cut.events if event.speed != 1}
    assert speeds == {"014": Fraction(-1), "154": Fraction(5, 4), "199": Fraction(3, 4)}
    gaps = [
        (one.record_out_frames, other.record_in_frames)
        for one, other in pairwise(cut.picture)
        if one.record_out_frames != other.record_in_frames
    ]
    assert [(cut.label(first), last - first) for first, last in gaps] == [
        ("04:03:39:15", 55),
        ("04:06:40:09", 3),
    ]


def test_fades_give_the_one_name_to_the_shot_and_not_to_black() -> None:
    events = {event.number: event for event in real_cut("TEST.edl").events}
    fade_in, fade_out = events["040"].transition, events["108"].transition
    assert fade_in is not None and fade_in.from_source is not None and fade_in.from_source.black
    assert events["040"].source.clip == "TC R1 V6 TEMP2 ST MX.WAV"
    assert fade_out is not None and fade_out.from_source is not None
    assert fade_out.from_source.clip == "TC R1 V1.2 TEMP1 BG ST.WAV"
    assert events["108"].source.black and events["108"].source.clip == ""


def test_a_media_file_goes_to_the_shot_of_its_name() -> None:
    event = {event.number: event for event in real_cut("TEST.edl").events}["028"]
    assert event.transition is not None and event.transition.from_source is not None
    assert event.transition.from_source.file == "TC R1 V6 TEMP2 M DX.WAV"
    assert event.source.clip == "TC R1 V1.2 TEMP1 DX M.WAV" and event.source.file == ""


def test_the_table_of_markers_at_the_end_of_a_real_list() -> None:
    markers = real_cut("TEST.edl").markers
    assert len(markers) == 30 and {one.who for one in markers} == {"WBROGO", "SCOTT_H"}
    assert markers[0].words == "002_020 - Phone Screen - CU"


def test_markers_and_colour_decisions_of_a_real_list() -> None:
    cut = real_cut("cdl_example01.edl")
    assert len(cut.markers) == 37 and cut.markers[0].words == "Sc 117 INTERCUT"
    assert sum("ASC_SOP" in line for event in cut.events for line in event.remarks) == 39


def test_a_dissolve_from_two_lines_with_a_mode_between() -> None:
    event = real_cut("dissolve_test_3.edl").events[1]
    change = event.transition
    assert change is not None and change.kind is TransitionKind.DISSOLVE and change.frames == 30
    assert change.name == "CROSS DISSOLVE"
    assert change.from_source == CutSource("AX", "Clip_B.mov")
    assert event.source.clip == "Clip_C.mov" and change.from_frames == 86400 + 6 * 24


def test_drop_frame_by_the_header_and_sources_by_later_modes() -> None:
    cut = read_edl(MIXED.encode(), "x.edl", FRAMES_29_97).cut
    assert cut.rate == FRAMES_29_97_DROP
    first, second = cut.events
    assert first.frames == 58 and first.source.rate is None
    assert first.source_out_frames - first.source_in_frames == 58
    assert second.source.rate == FRAMES_29_97
    assert second.source_out_frames - second.source_in_frames == 60
    assert cut.label(cut.markers[0].at_frames) == "01:00:59;10"


def test_wipes_keys_freezes_and_speeds() -> None:
    text = HEAD + (
        "001  A1  V  C        00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\n"
        "002  A1  V  C        00:00:02:00 00:00:02:00 01:00:02:00 01:00:02:00\n"
        "002  B1  V  W021 012 00:00:00:00 00:00:02:00 01:00:02:00 01:00:04:00\n"
        "M2   A1  048.0  00:00:02:00\nM2   B1  000.0  00:00:00:00\n"
        "003  C1  V  K B      00:00:00:00 00:00:02:00 01:00:04:00 01:00:06:00\n"
        "003  D1  V  K    006 00:00:00:00 00:00:02:00 01:00:04:00 01:00:06:00\n"
    )
    events = read_edl(text.encode(), "x.edl", FRAMES_24).cut.events
    wipe = events[1].transition
    assert wipe is not None and (wipe.code, wipe.from_speed, events[1].speed) == ("W021", 2, 0)
    keys = [one.transition for one in events[2:]]
    assert [(one.kind, one.code, one.frames) for one in keys if one] == [
        (TransitionKind.KEY, "KB", 0),
        (TransitionKind.KEY, "", 6),
    ]


@pytest.mark.parametrize(
    "encoded",
    [
        (HEAD + EVENT).encode("utf-16"),
        (HEAD + EVENT).encode("utf-16-le"),
        (HEAD + EVENT).encode("utf-16-be"),
        b"\xef\xbb\xbf" + (HEAD + EVENT).replace("\n", "\r\n").encode(),
        (HEAD + EVENT).replace("\n", "\r").encode(),
        (HEAD + EVENT + "* FROM CLIP NAME: Brückner\n").encode("latin-1"),
        (HEAD + EVENT + "\x1a").encode(),
    ],
)
def test_encodings_and_line_ends(encoded: bytes) -> None:
    cut = read_edl(encoded, "x.edl", FRAMES_24).cut
    assert cut.title == "x" and len(cut.events) == 1
    assert cut.events[0].source.clip in ("", "Brückner")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "holds no events.*empty"),
        ("just words\nand more\n", "holds no events"),
        (HEAD + EVENT.replace("01:00:02:00", "00:59:00:00"), "line 3: the record out"),
        (HEAD + EVENT.replace("01:00:02:00", "25:61:61:99"), "line 3: .*does not exist"),
        (HEAD + EVENT.replace("01:00:02:00", "01:00:02:24"), "line 3: .*does not exist at 24"),
        (HEAD + "\0\0\0\0", "not text"),
    ],
)
def test_what_cannot_be_is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(FormatError, match=told):
        read_edl(text.encode(), "x.edl", FRAMES_24)


def test_a_marker_that_cannot_be_and_an_event_that_is_none_are_kept_and_told() -> None:
    text = HEAD + EVENT + "* LOC: 99:99:99:99 RED x\n002  AX  V  C  01:00:02:00\n"
    read = read_edl(text.encode(), "x.edl", FRAMES_24)
    assert read.cut.events[0].remarks == ("* LOC: 99:99:99:99 RED x", "002  AX  V  C  01:00:02:00")
    assert [loss.split(",")[0].split(" begins")[0] for loss in read.losses] == ["line 4", "line 5"]


@pytest.mark.parametrize("filler", [" ", "0", "* ", "001 ", "M2 ", "* LOC: ", "01:"])
def test_endless_lines_are_kept_and_cost_nothing(filler: str) -> None:
    text = HEAD + EVENT + filler * (10_000_000 // len(filler)) + "x\n"
    began = time.perf_counter()
    read = read_edl(text.encode(), "x.edl", FRAMES_24)
    assert time.perf_counter() - began < 3
    assert "characters long" in read.losses[0]


@pytest.mark.parametrize("filler", ["001 A V C ", "1:1:1:1 ", "* 1 a b ", "M2 1 ", "CLIP NAME "])
def test_lines_just_short_enough_to_be_read_are_read_quickly(filler: str) -> None:
    text = HEAD + EVENT + (filler * (1990 // len(filler)) + "\n") * 50
    began = time.perf_counter()
    read_edl(text.encode(), "x.edl", FRAMES_24)
    assert time.perf_counter() - began < 3


def test_a_rate_that_has_not_the_labels_says_which_to_say() -> None:
    with pytest.raises(FormatError, match="--rate 25"):
        read_edl(shared("editorial/25fps.edl").read_bytes(), "25fps.edl", FRAMES_24)
    assert read_edl(shared("editorial/25fps.edl").read_bytes(), "x", FRAMES_25).cut.events


def test_marker_lists_of_resolve_are_another_format() -> None:
    assert FORMAT.recognises is not None
    assert FORMAT.recognises(HEAD.encode()) and not FORMAT.recognises(b" |C:ResolveColorBlue |M:x")
