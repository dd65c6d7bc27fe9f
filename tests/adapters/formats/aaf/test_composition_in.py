"""AAF compositions read: built with pyaaf2 as editing systems lay them out, and our own."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import aaf2
import pytest
from aaf2.auid import AUID
from tests.adapters.formats.aaf.test_composition_out import clock, session

from scorestage.adapters.cut_exchange import imported_of
from scorestage.adapters.formats.aaf import read_aaf, write_aaf
from scorestage.errors import FormatError
from scorestage.production import TransitionKind
from scorestage.timebase import FRAMES_24, FRAMES_29_97_DROP, Timecode

HOUR = 86400


def built(path: Path, lay: Callable[[Any, Any, Any], None], rate: str = "24000/1001") -> bytes:
    """A sequence from 01:00:00:00 whose picture track `lay` fills from a tape at 02:00:00:00."""
    with aaf2.open(str(path), "w") as file:
        tape = file.create.SourceMob("TAPE7")
        tape.descriptor = file.create.TapeDescriptor()
        shots = tape.create_empty_slot(rate, "picture")
        shots.segment.length = 2000
        code = tape.create_timeline_slot(rate)
        code.segment = file.create.Timecode(24, drop=False)
        code.segment.start = 2 * HOUR
        master = file.create.MasterMob("SC 12 TK 3")
        slot = master.create_timeline_slot(rate)
        slot.segment = tape.create_source_clip(shots.slot_id, 100, 1500, "picture")
        sequence = file.create.CompositionMob("Reel 1")
        sequence.usage = "Usage_TopLevel"
        stamp = sequence.create_timeline_slot(rate)
        stamp.segment = file.create.Timecode(24, drop=False)
        stamp.segment.start = HOUR
        track = sequence.create_empty_sequence_slot(rate, media_kind="picture")
        for mob in (tape, master, sequence):
            file.content.mobs.append(mob)
        lay(file, track.segment, master)
    return path.read_bytes()


def operation(file: Any, name: str, length: int) -> Any:
    """An effect of the file's own."""
    kind = file.create.OperationDef(AUID(int=hash_of(name)), name)
    kind.media_kind = "picture"
    kind["NumberInputs"].value = 1
    file.dictionary.register_def(kind)
    return file.create.OperationGroup(kind, length, "picture")


def hash_of(name: str) -> int:
    return int.from_bytes(name.encode().ljust(16, b".")[:16], "big")


def test_clips_gaps_and_effects_lie_where_the_editor_put_them(tmp_path: Path) -> None:
    def lay(file: Any, sequence: Any, master: Any) -> None:
        parts = sequence.components
        parts.append(file.create.Filler("picture", 24))
        parts.append(master.create_source_clip(1, 10, 48))
        effect = operation(file, "Resize", 36)
        parts.append(effect)
        effect.segments.append(master.create_source_clip(1, 500, 36))

    read = read_aaf(built(tmp_path / "a.aaf", lay), "a.aaf")
    assert (read.cut.title, read.cut.rate.name, read.cut.start_frames) == ("Reel 1", "23.976", HOUR)
    places = [
        (one.record_in_frames - HOUR, one.record_out_frames - HOUR) for one in read.cut.events
    ]
    assert places == [(24, 72), (72, 108)]
    first, second = read.cut.events
    assert (first.source.clip, first.source.reel) == ("SC 12 TK 3", "TAPE7")
    assert first.source_in_frames == 2 * HOUR + 110, "ten frames into the clip, 100 into the tape"
    assert second.source_in_frames == 2 * HOUR + 600
    assert read.losses == ("effects (their picture is taken as shot) (1)",)


def test_a_dissolve_is_an_overlap_whose_second_shot_takes_over_where_it_begins(
    tmp_path: Path,
) -> None:
    def lay(file: Any, sequence: Any, master: Any) -> None:
        sequence.components.append(master.create_source_clip(1, 0, 60))
        dissolve = file.create.Transition("picture", 12)
        dissolve["CutPoint"].value = 6
        dissolve["OperationGroup"].value = operation(file, "Dissolve", 12)
        sequence.components.append(dissolve)
        sequence.components.append(master.create_source_clip(1, 300, 50))

    cut = read_aaf(built(tmp_path / "a.aaf", lay), "a.aaf").cut
    out, into = cut.events
    assert (out.record_out_frames - HOUR, into.record_in_frames - HOUR) == (48, 48)
    assert into.record_out_frames - HOUR == 98 == (cut.end_frames or 0) - HOUR
    taking = into.transition
    assert taking is not None and taking.kind is TransitionKind.DISSOLVE
    assert (taking.frames, taking.before_frames) == (12, 6)
    assert taking.from_frames == 2 * HOUR + 100 + 48


def test_locators_of_an_editing_system_tell_words_colour_and_who(tmp_path: Path) -> None:
    def lay(file: Any, sequence: Any, master: Any) -> None:
        sequence.components.append(master.create_source_clip(1, 0, 60))

    path = tmp_path / "a.aaf"
    built(path, lay)
    with aaf2.open(str(path), "rw") as file:
        (sequence,) = file.content.toplevel()
        slot = file.create.EventMobSlot()
        slot["SlotID"].value = 9
        slot.edit_rate = "24000/1001"
        slot.segment = file.create.Sequence("DescriptiveMetadata")
        marker = file.create.DescriptiveMarker()
        marker["Position"].value = 33
        marker["Comment"].value = "music in"
        marker["CommentMarkerUser"].value = "anna"
        slot.segment.components.append(marker)
        sequence.slots.append(slot)
    (found,) = read_aaf(path.read_bytes(), "a.aaf").cut.markers
    assert (found.at_frames, found.words, found.who) == (HOUR + 33, "music in", "anna")


@pytest.mark.parametrize("rate", [FRAMES_24, FRAMES_29_97_DROP])
def test_our_own_session_comes_back_with_its_markers_in_film_time(rate: Any) -> None:
    made = session(rate, tempo_map=None)
    read = read_aaf(write_aaf(made).content, "x.aaf")
    first = clock(rate).start_frames + rate.nearest_frame(made.start)
    assert read.cut.rate == rate and read.cut.start_frames == first
    assert [one.track for one in read.cut.events] == ["V1", "A1", "A2", "A3"]
    click = read.cut.events[-1]
    assert click.source.file == "../audio/c.wav"
    assert click.record_in_frames - first == round(2 * rate.frames_per_second)
    frame = Fraction(1) / rate.frames_per_second
    for told, own in zip(imported_of(read, clock(rate)).markers, sorted(
        made.markers, key=lambda one: one.at
    ), strict=True):  # fmt: skip
        assert abs(told.at.seconds - own.at.seconds) <= frame / 2
        assert told.words == own.words and (told.end is None) == (own.end is None)
    assert Timecode(first, rate).round_the_clock.frames == first


def test_what_is_no_aaf_is_told(tmp_path: Path) -> None:
    content = write_aaf(session()).content
    for wrong in (b"", b"RIFF", content[:3000], b"\xd0\xcf\x11\xe0" + bytes(600)):
        with pytest.raises(FormatError):
            read_aaf(wrong, "x.aaf")
