"""`temp compare`: how near a cue comes to the temp, and by what that is known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scorestage.errors import InputError, Where
from scorestage.music import Score, pitch_of_key
from scorestage.spotting.temp import (
    AMBER_POINTS,
    TEMPO_SHARE,
    ExposedLine,
    HeardNote,
    SharedRun,
    TempPiece,
    harmony_shared,
    likeness_in_sound,
    mode_of,
    rhythm_shared,
    scoring_shared,
)
from scorestage.spotting.temp.written import SCORING_COUNTS
from scorestage.thematics import of_score
from scorestage.thematics.recognition import theme_likeness
from scorestage.thematics.skeletons import (
    AMBER,
    BEATS,
    DEEP_RED,
    NOTES_AMBER,
    NOTES_RED,
    RED,
    SharedPitches,
    shared_notes,
    shared_pitches,
)
from scorestage.timebase import Beat
from scorestage.workflow.convert import ReadMusic, read_music
from scorestage.workflow.tell import tell_moment
from scorestage.workflow.temp import HeardTemp, hear_file
from scorestage.workflow.theme_search import likeness_facts, place_facts

WRITTEN = (".musicxml", ".xml", ".mxl", ".mid", ".midi", ".smf")
LEAST_NOTES = 12
VERDICTS = ("green", "amber", "red")


def compare_with_temp(temp: Path, cue: Path) -> dict[str, Any]:
    """How near a cue comes to the temp: both as sound, or both as score or MIDI."""
    kinds = [path.suffix.lower() in WRITTEN for path in (temp, cue)]
    if kinds[0] != kinds[1]:
        raise InputError(
            "a score and a recording cannot be compared",
            do="give both as sound, or both as MusicXML or MIDI",
        )
    if all(kinds):
        return _written_likeness(read_music(temp), read_music(cue))
    return _heard_likeness(*(_longest(hear_file(path)) for path in (temp, cue)))


def _longest(heard: HeardTemp) -> tuple[TempPiece, ExposedLine]:
    if not heard.track.pieces:
        raise InputError("no music is heard in it", Where(file=heard.file), "is it the right file?")
    pairs = zip(heard.track.pieces, heard.lines, strict=True)
    return max(pairs, key=lambda one: one[0].range.span)


def _heard_likeness(
    temp: tuple[TempPiece, ExposedLine], cue: tuple[TempPiece, ExposedLine]
) -> dict[str, Any]:
    found = likeness_in_sound(temp[0], cue[0])
    line = line_shared(temp[1], cue[1])
    worst = max(str(found.verdict), line["verdict"], key=VERDICTS.index)
    melody = "one exposed line" if line["known"] else "no line stands out in both: no melody"
    return {
        "verdict": worst,
        "known_by": f"sound: tempo, key, form, loudness, pitch classes; {melody}",
        "points": [
            {"name": one.name, "alike": one.alike, "counts": one.counts, "words": one.words}
            for one in found.points
        ]
        + [{key: line[key] for key in ("name", "alike", "counts", "words")}],
        "line": line,
    }


def line_shared(temp: ExposedLine, cue: ExposedLine) -> dict[str, Any]:
    """The lines that stand out in two recordings, note by note: what they have in common.

    A note that is struck again counts once. The limits are those of runs of 32 notes; fewer agree
    by chance more easily and make amber at most.
    """
    sung = [_sung(line) for line in (temp, cue)]
    sure = round(min(temp.confidence, cue.confidence), 2)
    told = {"name": "line", "alike": 0.0, "counts": False, "known": False, "verdict": "green"}
    told |= {"confidence": sure, "aligned": [], "shared_percent": None}
    told |= {"limits_percent": {"amber": NOTES_AMBER, "red": NOTES_RED}}
    if min(len(notes) for notes in sung) < LEAST_NOTES:
        who = [name for name, notes in zip(("temp", "cue"), sung, strict=True) if not notes]
        why = f"no line stands out in the {' nor the '.join(who)}" if who else "too few notes"
        return told | {"words": f"{why}: no melody is compared", "confidence": 0.0}
    found = shared_notes(*([note.key for note in notes] for notes in sung))
    percent = found.percent if found is not None else 0.0
    short = min(len(notes) for notes in sung) < BEATS
    verdict = "amber" if percent >= NOTES_AMBER else "green"
    if percent > NOTES_RED and not short:
        verdict = "red"
    words = f"{percent:g} % of the notes of the line that stands out agree"
    words += f" (amber {NOTES_AMBER:g}, red {NOTES_RED:g}; sure to {sure:g})"
    return told | {
        "known": True,
        "alike": round(percent / 100, 3),
        "counts": verdict != "green",
        "verdict": verdict,
        "shared_percent": percent,
        "words": words + ("; fewer than 32 notes: amber at most" if short else ""),
        "aligned": _sung_alike(found, sung),
    }


def _sung(line: ExposedLine) -> list[HeardNote]:
    """Its notes, each once however often it is struck."""
    found: list[HeardNote] = []
    for note in line.notes:
        if not found or found[-1].key != note.key:
            found.append(note)
    return found


def _sung_alike(
    found: SharedPitches | None, sung: Sequence[Sequence[HeardNote]]
) -> list[dict[str, Any]]:
    rows = []
    for places in found.beats if found is not None else ():
        notes = [own[int(at.quarters)] for own, at in zip(sung, places, strict=True)]
        row = {
            name: {**tell_moment("at", note.range.start), "name": str(pitch_of_key(note.key))}
            for name, note in zip(("temp", "cue"), notes, strict=True)
        }
        rows.append(row)
    return rows


def _written_likeness(temp: ReadMusic, cue: ReadMusic) -> dict[str, Any]:
    tune, other = (of_score(music.score, theme_id="tune") for music in (temp, cue))
    shared = shared_pitches(tune, other)
    percent = shared.percent if shared is not None else 0.0
    harmony = harmony_shared(temp.score, cue.score)
    rhythm = rhythm_shared(tune, other, temp.score.grid, cue.score.grid)
    points = [_tempo(temp, cue), _mode(temp.score, cue.score)]
    points += [_run("harmony", harmony, "chords"), _run("rhythm", rhythm, "bars of the tune")]
    points.append(_scoring(temp.score, cue.score))
    joint = sum(point["counts"] for point in points) >= AMBER_POINTS
    verdict = "red" if percent > RED else "amber" if percent >= AMBER or joint else "green"
    return {
        "verdict": verdict,
        "known_by": "notes: melody, harmony, rhythm, scoring, and the bars that agree",
        "shared_percent": percent,
        "limits_percent": {"amber": AMBER, "red": RED, "deep_red": DEEP_RED},
        "as_near_as_a_variation": percent > DEEP_RED,
        "melody": likeness_facts(theme_likeness(tune, other)),
        "points": points,
        "points_for_amber": AMBER_POINTS,
        "aligned": _aligned(shared.beats if shared is not None else (), temp.score, cue.score),
        "harmony": _aligned(harmony.pairs, temp.score, cue.score, harmony.names),
        "rhythm": _aligned(rhythm.pairs, temp.score, cue.score),
    }


def _point(name: str, alike: float, counts: bool, words: str) -> dict[str, Any]:
    return {"name": name, "alike": round(alike, 3), "counts": counts, "words": words}


def _tempo(temp: ReadMusic, cue: ReadMusic) -> dict[str, Any]:
    if not temp.tempo_told or not cue.tempo_told:
        return _point("tempo", 0.0, False, "one of them tells no tempo")
    one, other = (float(music.tempo_map.tempo_at(Beat(0)).bpm) for music in (temp, cue))
    apart = abs(other / one - 1)
    words = f"{other:g} against {one:g} bpm in the temp"
    return _point("tempo", max(0.0, 1 - apart / 0.2), apart <= TEMPO_SHARE, words)


def _mode(temp: Score, cue: Score) -> dict[str, Any]:
    one, other = mode_of(temp), mode_of(cue)
    if one is None or other is None:
        return _point("mode", 0.0, False, "one of them has no pitches")
    same = one.minor == other.minor
    return _point("mode", float(same), same, f"{other.name} against {one.name} in the temp")


def _run(name: str, run: SharedRun, what: str) -> dict[str, Any]:
    words = f"{len(run)} {what} on end agree" if run.pairs else f"no {what} agree"
    return _point(name, float(run.counts), run.counts, words)


def _scoring(temp: Score, cue: Score) -> dict[str, Any]:
    share = scoring_shared(temp, cue)
    words = f"{share:.0%} of the instruments play in both"
    return _point("scoring", share, share >= SCORING_COUNTS, words)


def _aligned(
    pairs: Sequence[tuple[Beat, Beat]],
    temp: Score,
    cue: Score,
    names: Sequence[tuple[str, str]] = (),
) -> list[dict[str, Any]]:
    """The places that agree, with their bars in both, and chords where there are."""
    rows = []
    for number, (one, other) in enumerate(pairs):
        places = (
            place_facts(at.quarters, at.quarters + 1, score)
            for at, score in ((one, temp), (other, cue))
        )
        row = [{key: place[key] for key in ("bar", "beat")} for place in places]
        if names:
            row = [told | {"chord": name} for told, name in zip(row, names[number], strict=True)]
        rows.append({"temp": row[0], "cue": row[1]})
    return rows
