"""What is played where nobody sings: an introduction, an interlude, an ending made of the song."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from scorestage.music import ChordSymbol
from scorestage.music.harmony import roman
from scorestage.songs.song import Part, Song
from scorestage.timebase import BarGrid, Beat

INTRO_BARS = 4


def played_part(song: Song, kind: str) -> Part | None:
    """The introduction, interlude or ending of a song whose tune has none of its own.

    An introduction is the last line of the chorus (else of the verse), played; an interlude the
    whole verse's second half; an ending two bars of the tonic after the last line's cadence. None
    for another kind, or where there is nothing to take it from.
    """
    source = song.part("chorus") or song.part("verse") or (song.parts[0] if song.parts else None)
    if source is None or kind not in ("intro", "interlude", "ending"):
        return None
    if kind == "ending":
        return _ending(song, source)
    verse = song.part("verse") or source
    bars = len(verse.meters)
    if kind == "interlude":
        return replace(_tail(verse, bars - bars // 2 if bars > 7 else bars), kind=kind)
    return replace(_tail(source, INTRO_BARS), kind=kind)


def _tail(part: Part, bars: int) -> Part:
    """The last bars of a part, its tune without words."""
    grid = BarGrid.of_meters(part.meters)
    first = max(0, len(part.meters) - bars)
    start = grid.starts[first]
    shift = start - Beat(0)
    notes = tuple(
        replace(one, onset=one.onset - shift, lyric="", verses=())
        for one in part.notes
        if one.onset >= start
    )
    chords = [replace(one, at=one.at - shift) for one in part.chords if one.at >= start]
    earlier = [one for one in part.chords if one.at < start]
    if earlier and (not chords or chords[0].at > Beat(0)):
        chords.insert(0, replace(earlier[-1], at=Beat(0)))
    known = {one.id for one in notes}
    slurs = tuple(one for one in part.slurs if {one.first, one.last} <= known)
    tempos = [tempo for at, tempo in part.tempos if at <= start][-1:]
    return Part(
        part.kind,
        part.meters[first:],
        notes,
        tuple(chords),
        slurs,
        tuple((Beat(0), tempo) for tempo in tempos),
    )


def _ending(song: Song, source: Part) -> Part:
    """Two bars: the subdominant, where the song knows it, and the tonic held."""
    meter = source.meters[-1]
    minor = song.key.is_minor
    fourth = roman("iv" if minor else "IV", song.key, Beat(0))
    home = roman("i" if minor else "I", song.key, Beat(meter.length.quarters))
    tonics = [one for part in song.parts for one in part.chords if one.root == song.key.tonic]
    if tonics:
        kept = tonics[-1].quality in ("major-seventh", "minor-seventh", "major-sixth")
        home = replace(home, quality=tonics[-1].quality) if kept else home
    chords: tuple[ChordSymbol, ...] = (fourth, home)
    if meter.length.quarters < Fraction(2):
        chords = (fourth, home)
    return Part("ending", (meter, meter), (), chords)
