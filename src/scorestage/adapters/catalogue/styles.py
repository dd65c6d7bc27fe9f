"""Musical styles as TOML: what a kind of music likes, one file each."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from scorestage.adapters.catalogue.shelves import read
from scorestage.adapters.catalogue.table import Table
from scorestage.errors import CatalogueError
from scorestage.music import Dynamic, Pitch, PitchRange
from scorestage.music.harmony import roman
from scorestage.music.key import MODES, Key
from scorestage.music.progressions import PROGRESSION_CLASSES, in_bar
from scorestage.music.style import (
    BASS_RANGE,
    MELODY_RANGE,
    PAD_RANGE,
    STRAIGHT,
    About,
    Harmony,
    Style,
)
from scorestage.timebase import Beat, Meter

FORMS = ("sentence", "period", "hybrid", "ternary", "loop")
ARTICULATIONS = ("legato", "detached", "staccato", "marcato")
Progressions = tuple[tuple[str, ...], ...]


def load_style(name: str, *libraries: Path) -> Style:
    """The style with this id; what its file leaves out is as in `Style` itself.

    Raises `CatalogueError` with file, line and key for whatever is wrong.

    >>> load_style("tender").bpm_wish
    69
    """
    table = read("styles", name, *libraries)
    style = _as_written(table)
    table.finish()
    _check(table, style)
    return style


def _as_written(table: Table) -> Style:
    plain = _pace(table, Style(table.string("id"), table.string("name")))
    plain = _tune(table, plain)
    return replace(
        plain,
        description=table.string("description", ""),
        harmony=_harmony(table.table("harmony")),
        idioms_calm=_some(table, "idioms_calm", plain.idioms_calm),
        idioms_moving=_some(table, "idioms_moving", plain.idioms_moving),
        idioms_driving=_some(table, "idioms_driving", plain.idioms_driving),
        pad=_range(table, "pad", PAD_RANGE),
        bass=_range(table, "bass", BASS_RANGE),
        counter_melody=table.truth("counter_melody", plain.counter_melody),
        one_tune=table.truth("one_tune", plain.one_tune),
        swing=table.exact("swing", STRAIGHT),
        playing=table.string("playing", ""),
        manner=table.string("manner", ""),
        own_modes=table.truth("own_modes", plain.own_modes),
        gaps=_gaps(table),
        about=_about(table.table("about")),
    )


def _about(table: Table) -> About:
    """What a person should know; every key may be left out."""
    about = About(
        period=table.string("period", ""),
        place=table.string("place", ""),
        forces=table.strings("forces", ()),
        ensembles=table.strings("ensembles", ()),
        scales=table.string("scales", ""),
        forms=table.string("forms", ""),
        hear=table.strings("hear", ()),
        sources=table.strings("sources", ()),
        cautions=table.strings("cautions", ()),
    )
    table.finish()
    return about


def _gaps(table: Table) -> tuple[int, ...]:
    """Steps that a tune leaves out: never the tonic, and four tones stay at least."""
    found = table.wholes("gaps", ())
    if any(not 2 <= step <= 7 for step in found) or len(set(found)) > 3:
        raise table.fault("gaps", "gaps are up to three steps from 2 to 7", "write gaps = [4, 7]")
    return found


def _pace(table: Table, plain: Style) -> Style:
    """Meters, tempos and dynamics."""
    meters = table.strings("meters", ("4/4",))
    return replace(
        plain,
        meters=tuple(table.make("meters", text, Meter.parse) for text in meters),
        bpm_low=table.whole("bpm_low", plain.bpm_low),
        bpm_high=table.whole("bpm_high", plain.bpm_high),
        bpm_wish=table.whole("bpm_wish", plain.bpm_wish),
        softest=table.make("softest", table.string("softest", plain.softest), Dynamic),
        normal=table.make("normal", table.string("normal", plain.normal), Dynamic),
        loudest=table.make("loudest", table.string("loudest", plain.loudest), Dynamic),
    )


def _tune(table: Table, plain: Style) -> Style:
    """Keys, forms and how a tune moves and is played."""
    return replace(
        plain,
        modes=_among(table, "modes", tuple(MODES), plain.modes),
        keys=_keys(table, plain.keys),
        forms=_among(table, "forms", FORMS, plain.forms),
        motion=_degree(table, "motion", plain.motion),
        leaps=_degree(table, "leaps", plain.leaps),
        dotted=_degree(table, "dotted", plain.dotted),
        syncopation=_degree(table, "syncopation", plain.syncopation),
        melody=_range(table, "melody", MELODY_RANGE),
        articulation=_one_of(table, "articulation", ARTICULATIONS, plain.articulation),
    )


def _harmony(table: Table) -> Harmony:
    plain = Harmony()
    harmony = Harmony(
        progressions_major=_phrases(table, "progressions_major", plain.progressions_major),
        progressions_minor=_phrases(table, "progressions_minor", plain.progressions_minor),
        cadences_major=_phrases(table, "cadences_major", plain.cadences_major),
        cadences_minor=_phrases(table, "cadences_minor", plain.cadences_minor),
        vamps_major=_phrases(table, "vamps_major", plain.vamps_major),
        vamps_minor=_phrases(table, "vamps_minor", plain.vamps_minor),
        classes=_among(table, "classes", tuple(PROGRESSION_CLASSES), ()),
        modules_per_chord=table.whole("modules_per_chord", 1),
        plain=_one_of(table, "plain", ("", "fifths", "drone"), ""),
        symbols=table.truth("symbols", plain.symbols),
    )
    table.finish()
    if harmony.modules_per_chord < 1:
        raise table.fault("modules_per_chord", "a chord lasts at least one bar")
    return harmony


def _phrases(table: Table, key: str, default: Progressions) -> Progressions:
    """Lists of numerals with a space between bars; each is read as a chord of C to be sure."""
    texts = table.strings(key, tuple(" ".join(phrase) for phrase in default))
    trial = Key("C", "minor" if key.endswith("minor") else "major")
    found = []
    for text in texts:
        phrase = tuple(text.split())
        for entry in phrase:
            for numeral in in_bar(entry):
                table.make(key, numeral, lambda one: roman(one, trial, Beat(0)))
        if not phrase:
            raise table.fault(key, f"{key} holds an empty phrase")
        found.append(phrase)
    if not found:
        raise table.fault(key, f"{key} is empty", "write at least one phrase, or leave it out")
    return tuple(found)


def _among(
    table: Table, key: str, known: tuple[str, ...], default: tuple[str, ...]
) -> tuple[str, ...]:
    found = table.strings(key, default)
    for one in found:
        if one not in known:
            raise table.fault(key, f"{one!r} is not known", f"known: {', '.join(known)}")
    if not found and default:
        raise table.fault(key, f"{key} is empty")
    return found


def _some(table: Table, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
    """Names that others look up: at least one."""
    found = table.strings(key, default)
    if not found:
        raise table.fault(key, f"{key} is empty")
    return found


def _one_of(table: Table, key: str, known: tuple[str, ...], default: str) -> str:
    found = table.string(key, default)
    if found not in known:
        raise table.fault(key, f"{found!r} is not known", f"known: {', '.join(known)}")
    return found


def _keys(table: Table, default: tuple[str, ...]) -> tuple[str, ...]:
    found = table.strings("keys", default)
    for tonic in found:
        table.make("keys", f"{tonic}4", Pitch.parse)
    if not found:
        raise table.fault("keys", "keys is empty")
    return found


def _degree(table: Table, key: str, default: int) -> int:
    found = table.whole(key, default)
    if not 0 <= found <= 4:
        raise table.fault(key, f"{key} must lie between 0 and 4")
    return found


def _range(table: Table, key: str, default: PitchRange) -> PitchRange:
    """Two pitches, the lower first."""
    texts = table.strings(key, (str(default.low), str(default.high)))
    pitches = tuple(table.make(key, text, Pitch.parse) for text in texts)
    if len(pitches) != 2 or pitches[1].midi - pitches[0].midi < 12:
        raise table.fault(
            key, f"{key} must be two pitches an octave or more apart", f'write {key} = ["C3", "C5"]'
        )
    return PitchRange(*pitches)


def _check(table: Table, style: Style) -> None:
    if not 20 <= style.bpm_low <= style.bpm_wish <= style.bpm_high <= 300:
        raise table.fault("bpm_wish", "the tempos must run low, wish, high, from 20 to 300 bpm")
    if not style.softest.level <= style.normal.level <= style.loudest.level:
        raise table.fault("normal", "the dynamics must run softest, normal, loudest")
    if not 0 < style.swing < 1:
        raise table.fault("swing", "the second eighth must fall inside its beat", 'write "2/3"')
    if style.one_tune and style.counter_melody:
        raise table.fault(
            "one_tune", "one tune alone has no counter-melody", "write counter_melody = false"
        )
    if style.meters == ():
        raise CatalogueError(f"the style {style.id} has no meter", do='write meters = ["4/4"]')
