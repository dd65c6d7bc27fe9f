"""MusicXML as others write it: nothing crashes, nothing is lost without a word."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from tests.adapters.formats.musicxml_schema import faults
from tests.adapters.formats.score_facts import single
from tests.shared_material import shared, shared_folder

from scorestage.adapters.formats.musicxml import ReadScore, read_score, write_score
from scorestage.errors import FormatError
from scorestage.music import (
    Articulation,
    Dynamic,
    DynamicMark,
    Hairpin,
    MarkKind,
    Note,
    Sign,
    StaffSign,
    Technique,
    TechniqueMark,
    Unpitched,
    Words,
)
from scorestage.music.key import Key
from scorestage.timebase import Beat, Beats, Meter, Tempo

SUITE = sorted(shared_folder().glob("musicxml-suite/*.*x*ml")) or [Path("absent")]
SUITE += sorted(shared_folder().glob("musicxml-suite/*.mxl"))
HEAD = (
    "<attributes><divisions>2</divisions><key><fifths>-2</fifths><mode>minor</mode></key>"
    "<time><beats>4</beats><beat-type>4</beat-type></time></attributes>"
)
FLUTE = "<score-part id='P1'><part-name>Flute</part-name></score-part>"
START, STOP = "<tie type='start'/>", "<tie type='stop'/>"


def score_of(*measures: str, part_list: str = FLUTE, head: str = HEAD) -> ReadScore:
    """One part of measures as they stand in a file."""
    bars = "".join(
        f"<measure number='{at}'>{head if at == 1 else ''}{inner}</measure>"
        for at, inner in enumerate(measures, start=1)
    )
    return read_score(
        f"<score-partwise><part-list>{part_list}</part-list><part id='P1'>{bars}</part>"
        "</score-partwise>".encode()
    )


def note(name: str, eighths: int, more: str = "", voice: int = 1, before: str = "") -> str:
    """A `<note>`; `before` stands before the pitch, `more` after the voice."""
    alter = name.count("#") - name[1:].count("b")
    return (
        f"<note>{before}<pitch><step>{name[0]}</step><alter>{alter}</alter>"
        f"<octave>{name[-1]}</octave></pitch><duration>{eighths}</duration>"
        f"<voice>{voice}</voice>{more}</note>"
    )


def direction(inner: str, more: str = "") -> str:
    return f"<direction><direction-type>{inner}</direction-type>{more}</direction>"


def notes_of(read: ReadScore) -> list[Note]:
    return list(single(read.score).notes)


@pytest.mark.parametrize("path", SUITE, ids=lambda path: path.stem)
def test_every_file_of_the_suite_is_read_or_refused_in_words(path: Path) -> None:
    shared("musicxml-suite")
    try:
        read = read_score(path.read_bytes(), path.name)
    except FormatError as fault:
        assert path.name in str(fault)
        return
    assert read.score.grid.bars
    for line, one in read.score.notes():
        assert one.length.quarters > 0
        assert one.end <= read.score.grid.end, line.player.name


def test_the_suite_says_what_we_think_it_says() -> None:
    path = shared("musicxml-suite/72a-TransposingInstruments.xml")
    read = read_score(path.read_bytes(), path.name)
    tunes = {tuple(str(one.top) for one in line.notes) for line in read.score.lines}
    assert tunes == {("C4", "D4", "E4", "F4", "G4", "A4", "B4", "C5")}


def test_ties_make_one_note() -> None:
    read = score_of(note("C5", 8, START), note("C5", 4, STOP + START) + note("C5", 4, STOP))
    assert [(one.onset, one.length) for one in notes_of(read)] == [(Beat(0), Beats(8))]
    assert read.losses == ()


def test_a_chord_tied_in_part_keeps_every_length() -> None:
    chord = "<chord/>"
    read = score_of(
        note("C5", 8, START) + note("E5", 8, before=chord),
        note("C5", 8, STOP) + note("F5", 8, before=chord),
    )
    found = {
        str(one.pitches[0]): (one.onset.quarters, one.length.quarters) for one in notes_of(read)
    }
    assert found == {"C5": (0, 8), "E5": (0, 4), "F5": (4, 4)}


def test_signs_stay_with_their_heads_where_ties_divide_a_chord() -> None:
    diamond = "<notehead>diamond</notehead>"
    read = score_of(
        note("E5", 8, START) + note("A5", 8, diamond, before="<chord/>"),
        note("E5", 8, STOP) + note("A5", 8, diamond, before="<chord/>"),
    )
    told = {
        (str(one.pitches[0]), one.onset.quarters): [
            (sign.sign.name, sign.head) for sign in one.signs
        ]
        for one in notes_of(read)
    }
    looks = [("notehead", 0)]
    assert told == {("E5", 0): [], ("A5", 0): looks, ("A5", 4): looks}


def test_a_small_head_within_a_chord_is_told() -> None:
    read = score_of(note("E5", 8) + note("E6", 8, before="<cue/><chord/>"))
    assert read.losses == ("small head within a chord (told full size) (1, first in Flute bar 1)",)


def test_octaves_that_nobody_has_are_refused() -> None:
    with pytest.raises(FormatError, match=r"bar 1: an octave of 999999 does not exist"):
        score_of(note("C5", 8).replace("<octave>5", "<octave>999999"))


def test_a_tie_that_leads_nowhere_is_counted() -> None:
    read = score_of(note("C5", 8, START), note("D5", 8))
    assert read.losses == ("tie without an end (1, first in Flute)",)


def test_backup_begins_another_voice() -> None:
    backup = "<backup><duration>8</duration></backup>"
    read = score_of(note("C5", 8) + backup + note("C4", 4, voice=2) + note("D4", 4, voice=2))
    (staff,) = single(read.score).staves
    assert [len(voice.notes) for voice in staff.voices] == [1, 2]


def test_durations_rounded_by_other_programs_are_put_right() -> None:
    septuplet = (
        "<type>16th</type><time-modification><actual-notes>7</actual-notes>"
        "<normal-notes>4</normal-notes></time-modification>"
    )
    head = HEAD.replace("<divisions>2<", "<divisions>480<")
    bar = "".join(note("C5", 69 if at % 2 else 68, septuplet) for at in range(7))
    read = score_of(bar + note("D5", 1440), head=head)
    onsets = [one.onset.quarters for one in notes_of(read)]
    assert onsets == [Fraction(at, 7) for at in range(7)] + [Fraction(1)]


def test_a_first_measure_that_is_short_is_the_pickup() -> None:
    read = score_of(note("G4", 2), note("C5", 8))
    assert read.score.grid.pickup == Beats(1)
    assert [one.onset for one in notes_of(read)] == [Beat(-1), Beat(0)]
    assert str(read.score.grid.bars[0].label) == "2"


def test_a_bar_too_long_gets_a_meter_of_its_own() -> None:
    read = score_of(note("G4", 8), note("C5", 11), note("C5", 8))
    assert [str(bar.meter) for bar in read.score.grid.bars] == ["4/4", "11/8", "4/4"]
    hidden = Sign("time", details=(("print-object", "no"),))
    assert read.score.signs == (StaffSign(Beat(4), hidden), StaffSign(Beat("19/2"), hidden))


@pytest.mark.parametrize(
    ("told", "sounds", "semitones"),
    [
        ("<diatonic>-4</diatonic><chromatic>-7</chromatic>", "F4", -7),
        ("<chromatic>-14</chromatic>", "Bb3", -14),
        ("<chromatic>0</chromatic><octave-change>1</octave-change>", "C6", 0),
    ],
)
def test_transposing_instruments_sound_as_they_should(
    told: str, sounds: str, semitones: int
) -> None:
    head = HEAD.replace("</attributes>", f"<transpose>{told}</transpose></attributes>")
    read = score_of(note("C5", 8), head=head)
    assert [str(one.pitches[0]) for one in notes_of(read)] == [sounds]
    assert single(read.score).player.instrument.transposition.semitones == semitones


def test_what_stands_beside_the_notes() -> None:
    metronome = (
        "<metronome><beat-unit>quarter</beat-unit><beat-unit-dot/><per-minute>60</per-minute>"
        "</metronome>"
    )
    harmony = (
        "<harmony><root><root-step>E</root-step><root-alter>-1</root-alter></root>"
        "<kind>major-seventh</kind></harmony>"
    )
    read = score_of(
        direction("<dynamics><mf/></dynamics>")
        + direction("<wedge type='crescendo'/>")
        + direction("<words>PIZZ.</words>")
        + direction("<words>dolce</words>", "<offset>1</offset>")
        + direction("<rehearsal>B</rehearsal>")
        + note("C5", 4)
        + direction("<wedge type='stop'/>")
        + direction("<dynamics><sfz/></dynamics>")
        + note("D5", 4),
        direction(metronome, "<sound tempo='90'/>") + harmony + note("E5", 8),
    )
    (staff,) = single(read.score).staves
    assert staff.dynamics == (DynamicMark(Beat(0), Dynamic.MF),)
    assert staff.hairpins == (Hairpin(Beat(0), Beat(2), True),)
    assert staff.techniques == (TechniqueMark(Beat(0), Technique.PIZZICATO, "PIZZ."),)
    assert staff.words == (Words(Beat("1/2"), "dolce"),)
    assert notes_of(read)[1].articulations == (Articulation.SFORZATO,)
    assert [(mark.kind, mark.text) for mark in read.score.marks] == [(MarkKind.REHEARSAL, "B")]
    assert read.tempo_map is not None
    assert read.tempo_map.tempo_at(Beat(4)) == Tempo(60, Beats("3/2"))
    assert [str(chord) for chord in read.score.chords] == ["Ebmaj7"]
    assert read.key == Key("G", "minor")
    assert read.losses == ()


def test_slurs_graces_and_lyrics_hang_on_their_notes() -> None:
    grace = (
        "<note><grace/><pitch><step>B</step><octave>4</octave></pitch><voice>1</voice>"
        "<notations><slur type='start' number='2'/></notations></note>"
    )
    both = (
        "<notations><slur type='stop' number='2'/><slur type='start' number='1'/></notations>"
        "<lyric><syllabic>begin</syllabic><text>Glo</text></lyric>"
    )
    stop = "<notations><slur type='stop' number='1'/></notations>"
    read = score_of(grace + note("C5", 4, both) + note("D5", 4, stop))
    first, second = notes_of(read)
    slurs = {(slur.first, slur.last) for slur in single(read.score).staves[0].slurs}
    assert slurs == {(first.id, first.id), (first.id, second.id)}
    assert [str(one) for one in first.grace] == ["B4"]
    assert first.lyric == "Glo-"


def test_a_word_on_a_held_note_goes_to_where_it_begins_if_there_is_none() -> None:
    def lyric(text: str) -> str:
        return f"<lyric><text>{text}</text></lyric>"

    start = "<tie type='start'/><notations><tied type='start'/></notations>"
    stop = "<tie type='stop'/><notations><tied type='stop'/></notations>"
    moved = score_of(note("C5", 4, start) + note("C5", 4, stop + lyric("Ah")))
    assert [one.lyric for one in notes_of(moved)] == ["Ah"]
    assert "moved to where it begins" in moved.losses[0]
    second = score_of(note("C5", 4, start + lyric("Ah")) + note("C5", 4, stop + lyric("men")))
    assert [one.lyric for one in notes_of(second)] == ["Ah"]
    assert "lyric on a note that is only held" in second.losses[0]


def test_strokes_are_known_by_their_instrument() -> None:
    listed = (
        "<score-part id='P1'><part-name>Drums</part-name><score-instrument id='I1'>"
        "<instrument-name>Snare Drum</instrument-name></score-instrument>"
        "<midi-instrument id='I1'><midi-channel>10</midi-channel>"
        "<midi-unpitched>41</midi-unpitched></midi-instrument></score-part>"
    )
    stroke = (
        "<note><unpitched><display-step>C</display-step><display-octave>5</display-octave>"
        "</unpitched><duration>8</duration>{}<voice>1</voice></note>"
    )
    named, unnamed = stroke.format("<instrument id='I1'/>"), stroke.format("")
    read = score_of(named, unnamed, part_list=listed)
    sounds = [one.pitches[0] for one in notes_of(read)]
    assert sounds == [Unpitched("snare-drum"), Unpitched("drums-c5")]
    drums = {drum.id: drum.drum_key for drum in single(read.score).player.instrument.drums}
    assert drums == {"snare-drum": 40, "drums-c5": 38}


def test_signs_without_a_place_of_their_own_are_kept_as_they_stand() -> None:
    trill = "<notations><ornaments><trill-mark/></ornaments><arpeggiate/></notations>"
    bar = note("C5", 8, trill) + "<barline><repeat direction='backward'/></barline>"
    figures = "<figured-bass><figure><figure-number>6</figure-number></figure></figured-bass>"
    read = score_of(bar, figures + bar)
    assert read.losses == ()
    assert {"trill-mark", "arpeggiate"} <= notes_of(read)[0].sign_names
    assert [one.sign.name for one in read.score.signs] == ["barline", "barline"]
    (staff,) = single(read.score).staves
    assert [(one.at, one.sign.name) for one in staff.signs] == [(Beat(4), "figured-bass")]


def test_what_is_not_taken_over_is_told_with_its_element_and_first_place() -> None:
    odd = "<notations><ornaments><wiggle/></ornaments></notations>"
    read = score_of(note("C5", 8), note("C5", 8, odd), note("C5", 8, odd))
    (loss,) = (one for one in read.report if not one.layout)
    assert (loss.path, loss.count) == ("note/notations/ornaments/wiggle", 2)
    assert (loss.part, loss.measure) == ("Flute", "2")


def test_cue_notes_do_not_sound_but_are_kept() -> None:
    read = score_of(note("C5", 4, before="<cue/>") + note("D5", 4))
    assert [one.onset for one in notes_of(read)] == [Beat(2)]
    assert read.losses == ()
    (staff,) = single(read.score).staves
    assert [one.onset for voice in staff.cues for one in voice.notes] == [Beat(0)]


def test_ids_of_the_file_are_kept_and_missing_ones_clash_with_none() -> None:
    named = note("C5", 4).replace("<note>", "<note id='n1'>")
    assert [one.id for one in notes_of(score_of(note("E5", 4) + named))] == ["n2", "n1"]


def test_groupings_written_out_are_read() -> None:
    head = HEAD.replace("<beats>4<", "<beats>3+2+2<").replace("<beat-type>4<", "<beat-type>8<")
    assert score_of(note("C5", 7), head=head).score.grid.bars[0].meter == Meter(7, 8, (3, 2, 2))


def test_a_key_without_its_mode_is_left_open() -> None:
    assert score_of(note("C5", 8), head=HEAD.replace("<mode>minor</mode>", "")).key is None


def test_a_chord_without_a_voice_belongs_to_the_note_before_it() -> None:
    below = note("G4", 8, voice=2)
    chord = note("B4", 8, before="<chord/>").replace("<voice>1</voice>", "")
    read = score_of(note("C5", 8) + "<backup><duration>8</duration></backup>" + below + chord)
    upper, lower = read.score.lines[0].staves[0].voices
    assert [len(one.notes[0].pitches) for one in (upper, lower)] == [1, 2]


def test_one_stroke_shown_at_two_places_is_two() -> None:
    def struck(step: str, more: str = "") -> str:
        return (
            f"<note>{more}<unpitched><display-step>{step}</display-step>"
            "<display-octave>4</display-octave></unpitched><duration>8</duration>"
            "<instrument id='P1-I1'/></note>"
        )

    drums = (
        "<score-part id='P1'><part-name>Drums</part-name><score-instrument id='P1-I1'>"
        "<instrument-name>Bongos</instrument-name></score-instrument><midi-instrument id='P1-I1'>"
        "<midi-unpitched>61</midi-unpitched></midi-instrument></score-part>"
    )
    read = score_of(struck("F") + struck("A", "<chord/>"), part_list=drums)
    again = read_score(write_score(read.score, read.tempo_map))
    for found in (read, again):
        (instrument,) = found.score.lines[0].player.instruments
        assert [(one.staff_step, one.drum_key) for one in instrument.drums] == [
            ("F4", 60),
            ("A4", 60),
        ]
        assert len(single(found.score).notes[0].pitches) == 2


def test_what_sounds_for_a_whole_part_stands_at_its_first_staff() -> None:
    pedal = (
        "<direction><direction-type><pedal type='start'/></direction-type><staff>2</staff>"
        "<sound damper-pedal='yes'/></direction>"
    )
    read = score_of(pedal + note("C5", 8), head=HEAD.replace("<time>", "<staves>2</staves><time>"))
    again = read_score(write_score(read.score, read.tempo_map))
    assert again.score == read.score
    first, second = read.score.lines[0].staves
    assert [one.sign.name for one in first.signs] == ["sound"]
    assert [one.sign.name for one in second.signs] == ["direction"]


def test_a_clef_behind_the_last_bar_is_told_as_lost() -> None:
    clef = "<attributes><clef><sign>F</sign><line>4</line></clef></attributes>"
    read = score_of(note("C5", 8) + clef)
    assert [loss for loss in read.losses if "clef behind the last bar" in loss]
    assert read.score.lines[0].staves[0].clefs == ()


def test_harmonies_that_others_leave_unfinished_are_written_whole() -> None:
    head = "<harmony><root><root-step>B</root-step></root>"
    twice = f"{head}<kind/><kind>major</kind></harmony>"
    degree = "<degree><degree-value>5</degree-value><degree-type>subtract</degree-type></degree>"
    read = score_of(twice + note("C5", 4) + f"{head}<kind>major</kind>{degree}</harmony>")
    assert [str(one) for one in read.score.chords][:1] == ["B"]
    content = write_score(read.score, read.tempo_map)
    assert not faults(content)
    assert b"<degree-alter>0</degree-alter><degree-type>subtract" in content


def test_a_file_that_names_another_encoding_than_it_has_is_read() -> None:
    read = read_score(
        b"<?xml version='1.0' encoding='UTF-16'?><score-partwise><part-list>"
        b"<score-part id='P1'><part-name>Fl\xc3\xb6te</part-name></score-part></part-list>"
        b"<part id='P1'><measure number='1'><note><rest/><duration>4</duration></note></measure>"
        b"</part></score-partwise>"
    )
    assert read.score.lines[0].player.name == "Fl\u00f6te"


def test_staves_and_clefs_that_a_file_leaves_out_come_back_as_they_were() -> None:
    lower = note("C3", 8, voice=5).replace("</note>", "<staff>2</staff></note>")
    clef = "<attributes><clef><sign>F</sign><line>4</line></clef></attributes>"
    read = score_of(note("C5", 8) + "<backup><duration>8</duration></backup>" + lower)
    assert read.score.lines[0].player.instrument.staves == 2
    assert read_score(write_score(read.score, read.tempo_map)).score == read.score
    read = score_of(note("C5", 8), clef + note("C3", 8))
    assert [one.clef for one in read.score.lines[0].staves[0].clefs] == ["G2", "F4"]
    assert read_score(write_score(read.score, read.tempo_map)).score == read.score


def test_a_length_of_its_own_within_a_chord_is_told() -> None:
    read = score_of(note("C5", 8) + note("E5", 4, before="<chord/>"))
    assert any("another length within a chord" in loss for loss in read.losses)
