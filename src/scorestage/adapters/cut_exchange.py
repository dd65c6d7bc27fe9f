"""What goes between cut-list formats and the rest of the house: reading, losses, markers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.adapters.session import Imported, Marker, MarkerKind, Session
from scorestage.production import CutEvent, CutList, CutMarker, CutSource, Reel
from scorestage.timebase import FilmClock, FilmTime, FrameRate, Timecode
from scorestage.timebase.rate import RATES

MOST_EVENTS = 200_000
_NEAR = Fraction(1, 5000)


@dataclass(frozen=True, slots=True)
class ReadCut:
    """A cut list as it was read: `losses` were not understood, `notes` say how it was read."""

    cut: CutList
    notes: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()


def near_rate(per_second: Fraction, drop: bool = False) -> FrameRate:
    """The frame rate meant by a rounded number such as 23.976 or 29.97.

    >>> near_rate(Fraction("23.98")).name, near_rate(Fraction("29.97"), drop=True).name
    ('23.976', '29.97 drop')
    """
    for rate in RATES.values():
        away = abs(per_second / rate.frames_per_second - 1)
        if rate.drop == drop and away <= _NEAR:
            return rate
    if drop:
        return near_rate(per_second)
    return FrameRate(per_second)


def imported_of(read: ReadCut, clock: FilmClock, reels: tuple[Reel, ...] = ()) -> Imported:
    """The markers of a cut list as film time; its place in the film is that of its timecode."""
    cut = read.cut
    notes = list(read.notes)
    if cut.rate.frames_per_second != clock.rate.frames_per_second:
        told = f"the list counts {cut.rate.name} frames, the project {clock.rate.name}"
        notes.append(f"{told}: real seconds are kept")
    markers = []
    for one in cut.markers:
        at = film_time(one.at_frames, cut.rate, clock, reels)
        end = film_time(one.at_frames + one.frames, cut.rate, clock, reels)
        words = f"{one.words}: {one.note}" if one.words and one.note else one.words or one.note
        kind = MarkerKind.HIT if one.frames <= 1 else MarkerKind.CUE
        stretch = end if one.frames > 1 else None
        markers.append(Marker(at, words, stretch, kind, "", one.colour))
    return Imported(
        title=cut.title,
        markers=tuple(markers),
        placed=True,
        rate=cut.rate,
        losses=read.losses,
        notes=tuple(notes),
    )


def film_time(
    record: Fraction, rate: FrameRate, clock: FilmClock, reels: tuple[Reel, ...] = ()
) -> FilmTime:
    """The film time of a record frame: within the reel whose timecode holds it, else from start.

    >>> reels = (Reel(1, 0, 999, 86400), Reel(2, 1000, 1999, 172800))
    >>> clock = FilmClock(FrameRate(24), 86400)
    >>> film_time(Fraction(172824), FrameRate(24), clock, reels).seconds * 24
    Fraction(1024, 1)
    """
    same = rate.frames_per_second == clock.rate.frames_per_second
    for reel in reels if same else ():
        into = record - reel.start_frames
        if 0 <= into <= reel.last_frame - reel.first_frame + 1:
            return FilmTime((reel.first_frame + into) / rate.frames_per_second)
    start = Fraction(clock.start_frames)
    if not same:
        label = str(Timecode(clock.start_frames, clock.rate)).replace(";", ":")
        head = label.rsplit(":", 1)[0]
        start = Fraction(Timecode.parse(f"{head}:00", replace_drop(rate)).frames)
        whole = Timecode.parse(f"{head}:00", replace_drop(clock.rate)).frames
        ratio = Fraction(1)
        if rate.nominal != clock.rate.nominal:
            ratio = rate.frames_per_second / clock.rate.frames_per_second
        start += (clock.start_frames - whole) * ratio
    return FilmTime((record - start) / rate.frames_per_second)


def replace_drop(rate: FrameRate) -> FrameRate:
    """The same rate with labels that skip no numbers."""
    return replace(rate, drop=False) if rate.drop else rate


def cut_of_session(session: Session) -> CutList:
    """The film as one event with the session's markers: what every cut-list format can hold."""
    rate = session.clock.rate
    origin = session.clock.start_frames

    def frame_of(at: FilmTime) -> Fraction:
        return origin + at.seconds * rate.frames_per_second

    first = frame_of(session.start).__floor__()
    last = max(first + 1, -(-frame_of(session.last) // 1))
    film = CutSource("FILM", session.title or "film")
    event = CutEvent(first, last, film, Fraction(first), Fraction(last), number="001")
    markers = tuple(
        cut_marker(frame_of(one.at), None if one.end is None else frame_of(one.end), one)
        for one in session.markers
    )
    return CutList(session.title, rate, (event,), markers, first, last)


def cut_marker(at: Fraction, end: Fraction | None, marker: Marker) -> CutMarker:
    """A hit, cue or text as a marker of a cut list; green hits, yellow cues, white text."""
    colours = {MarkerKind.HIT: "green", MarkerKind.CUE: "yellow", MarkerKind.TEXT: "white"}
    frames = Fraction(1) if end is None else max(Fraction(1), end - at)
    words = " ".join((marker.words or marker.id).split())
    return CutMarker(at, words, frames, marker.colour or colours[marker.kind], "V1")


def session_losses(session: Session) -> tuple[str, ...]:
    """What of a session no cut list can hold."""
    found = ["the tempo map"] if session.tempo_map is not None else []
    found += ["tracks and their media"] if session.tracks else []
    return tuple(found)


def counted(kind: str, found: Iterable[object], places: Iterable[str] = ()) -> tuple[str, ...]:
    """One line of a loss report: how many, and the first few places; none where there are none.

    >>> counted("speeds", [1, 2], ["001", "004"])
    ('speeds (2): 001, 004',)
    """
    count = len(list(found))
    named = list(dict.fromkeys(places))
    told = ", ".join(named[:5]) + (" …" if len(named) > 5 else "")
    return (f"{kind} ({count})" + (f": {told}" if told else ""),) if count else ()


def layers_of(cut: CutList) -> tuple[tuple[str, tuple[CutEvent, ...]], ...]:
    """Each track's events without overlap: what overlaps goes to a further layer of that track."""
    found: list[tuple[str, tuple[CutEvent, ...]]] = []
    for track in cut.tracks:
        layers: list[list[CutEvent]] = []
        for event in cut.on_track(track):
            first = event.record_in_frames
            layer = next((one for one in layers if one[-1].record_out_frames <= first), None)
            if layer is None:
                layers.append([event])
            else:
                layer.append(event)
        found += [(track, tuple(layer)) for layer in layers]
    return tuple(found)


def media_changes(
    source: CutSource, first_frame: Fraction, last_frame: Fraction
) -> tuple[str, ...]:
    """The kinds of loss where a file says media from `first_frame` up to `last_frame` of a source.

    >>> told = CutSource("A", media_in_frames=Fraction(0), media_out_frames=Fraction(100))
    >>> media_changes(told, Fraction(0), Fraction(100))
    ()
    >>> media_changes(told, Fraction(0), Fraction(120))
    ('media that are used beyond their told ends',)
    """
    ends = source.media_in_frames, source.media_out_frames
    if None in ends:
        return ("lengths of media that nobody told, written as what is used",)
    found = []
    for told, written in zip(ends, (first_frame, last_frame), strict=True):
        if told is not None and told != written:
            near = abs(told - written) < 1 and told.denominator != 1
            kind = "ends of media within a frame" if near else ""
            found.append(kind or "media that are used beyond their told ends")
    return tuple(dict.fromkeys(found))


def as_shown(cut: CutList) -> tuple[CutList, tuple[str, ...]]:
    """The list with every speed told, for formats that know lengths by speed alone.

    Shots whose lengths mean a simple ratio get it as their speed. The second answer is a line of
    the loss report for source outs that fit neither the length nor such a ratio.
    """
    events, misfits = [], []
    for one in cut.events:
        speed = one.shown_speed(cut.rate)
        told = replace(one, speed=speed)
        out = told.source_at(one.record_out_frames, cut.rate)
        if one.speed == 1 and abs(out - one.source_out_frames) > max(Fraction(1), abs(speed)):
            misfits.append(one.number or one.source.name)
        if speed != one.speed:
            told = replace(told, source_out_frames=out)
        events.append(told)
    words = "source outs that do not fit the length of their shot"
    return replace(cut, events=tuple(events)), counted(words, misfits, misfits)
