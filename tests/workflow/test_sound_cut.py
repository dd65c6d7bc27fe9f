"""What a new cut did to a cue's sound, as it is kept: a file that says nothing is no cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.errors import FormatError, InputError
from scorestage.timebase import FilmTime
from scorestage.workflow.sound_cut import SOUND_CUT, kept_sound_cut


def test_what_is_kept_is_of_the_picture_in_force_and_whole(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, 20, 32)
    write_map(again(job), cue, map_of_bars(FilmTime(20)))
    path = job.folder.cue_folder(cue.id) / SOUND_CUT
    for edits, fault in (
        ('[["0", "1", "0", "1"]]', None),
        ('[["0", "1", "0", "1/0"]]', FormatError),
        ('[["0"]]', FormatError),
    ):
        path.write_text(
            f'{{"version": "v1", "was": "v1", "now": "v1", "edits": {edits}}}', encoding="utf-8"
        )
        if fault is None:
            assert kept_sound_cut(again(job), cue).edits[0].new_out == 1
            continue
        with pytest.raises(fault):
            kept_sound_cut(again(job), cue)
    path.write_text('{"version": "v1", "was": "v1", "now": "v9", "edits": []}', encoding="utf-8")
    with pytest.raises(InputError, match="no new cut was applied"):
        kept_sound_cut(again(job), cue)
