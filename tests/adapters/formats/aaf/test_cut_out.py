"""AAF compositions of cut lists: read back by us, by pyaaf2 and by its OpenTimelineIO adapter."""

from __future__ import annotations

from pathlib import Path

import aaf2
import pytest
from hypothesis import given, settings
from tests.cut_material import EDLS, cut_lists, one_sided, real_cut, shown

from scorestage.adapters.formats.aaf import read_aaf, write_cut_aaf
from scorestage.production import CutList

WHOLE = tuple(name for name in EDLS if name not in ("test_24psf.edl", "test_25.edl"))


@pytest.mark.parametrize("name", WHOLE)
def test_a_real_list_comes_back(name: str) -> None:
    cut = real_cut(name)
    back = read_aaf(write_cut_aaf(cut).content, "x.aaf").cut
    assert shown(back) == shown(cut) and (back.rate, back.title) == (cut.rate, cut.title)
    told = [(m.at_frames, m.words, m.track or "V1") for m in cut.markers]
    ours = [(m.at_frames, m.words, m.track) for m in back.markers]
    assert [one[:2] for one in ours] == [one[:2] for one in told]


@settings(max_examples=15, deadline=None)
@given(cut_lists())
def test_any_list_comes_back(cut: CutList) -> None:
    cut = one_sided(cut)
    back = read_aaf(write_cut_aaf(cut).content, "x.aaf").cut
    assert shown(back) == shown(cut) and back.start_frames == cut.first_frame


def test_the_same_list_gives_the_same_bytes() -> None:
    cut = real_cut("gap_test.edl")
    assert write_cut_aaf(cut).content == write_cut_aaf(cut).content


def test_the_library_reads_one_composition_with_its_clips_and_markers(tmp_path: Path) -> None:
    otio = pytest.importorskip("opentimelineio")
    pytest.importorskip("otio_aaf_adapter")
    cut = real_cut("cdl_example01.edl")
    path = tmp_path / "x.aaf"
    path.write_bytes(write_cut_aaf(cut).content)
    timeline = otio.adapters.read_from_file(str(path))
    clips = list(timeline.find_clips())
    assert [clip.name for clip in clips] == [event.source.clip for event in cut.events]
    assert [round(clip.source_range.duration.value) for clip in clips] == [
        event.frames for event in cut.events
    ]
    with aaf2.open(str(path)) as file:
        top = list(file.content.toplevel())
        assert len(top) == 1 and top[0].name == "cdl_example01"
