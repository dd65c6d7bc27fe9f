"""A choir that doubles the orchestra has something to sing, at each entry and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests import sketches

from scorestage.adapters.catalogue import load_ensemble
from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.music import Family
from scorestage.orchestration import Severity, check, orchestrate
from scorestage.orchestration.vowels import with_vowels


@pytest.mark.parametrize("name", ["lament", "adventure", "changing"])
@pytest.mark.parametrize("ensemble", ["choir", "choir-and-orchestra"])
def test_every_entry_of_a_singer_has_a_vowel(name: str, ensemble: str) -> None:
    written = getattr(sketches, name)()
    result = orchestrate(written.sketch, load_ensemble(ensemble), written.tempo_map)
    entries = 0
    for line in result.score.lines:
        sings = line.player.instrument.family is Family.VOICE
        for staff in line.staves:
            end = None
            for note in staff.notes:
                begins = end is None or note.onset > end
                assert bool(note.lyric) == (sings and begins), (line.player.id, note.onset)
                before = [one.dynamic.value for one in staff.dynamics if one.at <= note.onset]
                if note.lyric == "Oo":
                    assert before[-1] in ("p", "pp", "ppp", "pppp")
                entries += bool(note.lyric)
                end = note.end if end is None else max(end, note.end)
    assert entries or ensemble != "choir"
    errors = [one for one in check(result.score, written.tempo_map) if one.kind == "words"]
    assert not [one for one in errors if one.severity is Severity.ERROR]
    again = read_score(write_score(result.score, written.tempo_map), "x").score
    texts = [note.lyric for line in result.score.lines for note in line.notes if note.lyric]
    assert [note.lyric for line in again.lines for note in line.notes if note.lyric] == texts


def test_words_of_the_sketch_are_all_that_is_sung() -> None:
    written = sketches.lament()
    score = orchestrate(written.sketch, load_ensemble("choir"), written.tempo_map).score
    line = next(one for one in score.lines if one.notes)
    (staff, *rest) = line.staves
    first = staff.voices[0]
    said = replace(first, notes=(replace(first.notes[0], lyric="Ky"), *first.notes[1:]))
    bare = replace(line, staves=(replace(staff, voices=(said, *staff.voices[1:])), *rest))
    assert with_vowels([bare]) == (bare,)


def test_who_whistles_sings_no_vowel() -> None:
    written = sketches.adventure()
    western = load_ensemble("western-band")
    whistlers = [one.id for one in western.players if one.instrument.id == "whistler"]
    assert whistlers
    score = orchestrate(written.sketch, western, written.tempo_map).score
    played = [line for line in score.lines if line.player.id in whistlers]
    assert any(line.notes for line in played)
    assert not any(note.lyric for line in played for note in line.notes)
