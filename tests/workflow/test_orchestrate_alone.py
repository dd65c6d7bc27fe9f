"""`orchestrate --sketch`: files of any kind for any ensemble."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.orchestration.prover import proved
from tests.sketches import SKETCHES

from scorestage.adapters.formats.midi import write_midi
from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.errors import FormatError, InputError
from scorestage.music import Role
from scorestage.orchestration import Settings
from scorestage.workflow.orchestrate_alone import AloneWish, orchestrate_file, write_alone


def written(folder: Path, name: str, suffix: str = ".musicxml") -> Path:
    made = SKETCHES[name]()
    path = folder / f"sketch{suffix}"
    writer = write_score if suffix == ".musicxml" else write_midi
    path.write_bytes(writer(made.sketch.as_score(), made.tempo_map))
    return path


def wish(path: Path, ensemble: str = "small-orchestra", **more: object) -> AloneWish:
    return AloneWish(path, ensemble, Settings(), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("suffix", [".musicxml", ".mid"])
def test_a_file_becomes_a_full_score_with_every_note_of_it(tmp_path: Path, suffix: str) -> None:
    made = orchestrate_file(wish(written(tmp_path, "lament", suffix)))
    proof = proved(made.short.sketch, made.score)
    assert proof.notes >= 33
    assert (proof.lost, proof.cut) == ((), ())
    target = tmp_path / "out.musicxml"
    write_alone(made, target)
    back = read_score(target.read_bytes()).score
    assert proved(made.short.sketch, back).lost == ()


def test_a_bare_tune_is_offered_several_harmonies_and_says_whose_they_are(tmp_path: Path) -> None:
    path = written(tmp_path, "one line")
    first, second = (orchestrate_file(wish(path, harmony=number)) for number in (1, 2))
    assert len(first.harmonies) >= 3
    assert len({one.chords for one in first.harmonies}) == len(first.harmonies)
    assert first.short.sketch.chords != second.short.sketch.chords
    added = [one for one in first.result.reasons if one.added and one.role == Role.HARMONY.value]
    assert added
    with pytest.raises(InputError, match="no harmony 9"):
        orchestrate_file(wish(path, harmony=9))


def test_the_composers_word_is_heeded_for_the_bars_it_names(tmp_path: Path) -> None:
    path = written(tmp_path, "adventure")
    made = orchestrate_file(wish(path, "studio-orchestra", assign=("melody=Hn 1, Ob 1",)))
    carriers = {one.player for one in made.result.reasons if one.rule == "tune.carrier"}
    assert carriers <= {"hn1", "ob1"}
    with pytest.raises(InputError, match="nobody is called"):
        orchestrate_file(wish(path, assign=("melody=kazoo",)))
    with pytest.raises(InputError, match="names no strand"):
        orchestrate_file(wish(path, assign=("whistle=fl1",)))


def test_what_cannot_be_read_or_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        orchestrate_file(wish(tmp_path / "none.musicxml"))
    made = orchestrate_file(wish(written(tmp_path, "lament")))
    with pytest.raises(FormatError, match="cannot be written"):
        write_alone(made, tmp_path / "out.doc")
