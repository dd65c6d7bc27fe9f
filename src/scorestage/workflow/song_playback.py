"""The playback track: a song or source cue with its count-in, for filming to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from scorestage.adapters.catalogue import load_house
from scorestage.adapters.formats.midi import write_midi
from scorestage.adapters.formats.wav import BroadcastStamp, write_wav
from scorestage.adapters.machines.sf2 import Sf2Synth
from scorestage.adapters.machines.sf2_fonts import find_soundfont
from scorestage.adapters.store import write_bytes, write_text
from scorestage.errors import InputError
from scorestage.mockup.clock import AudioClock
from scorestage.mockup.loudness import loudness_lufs, true_peak_dbfs
from scorestage.mockup.mix import Ends, mix, stems_of
from scorestage.mockup.perform import perform
from scorestage.music import Score
from scorestage.production import House, WayOut
from scorestage.songs.playback import Sound, earwig, laid, over_both, sync_pop, thump
from scorestage.sync import ClickStroke, click_blocks, plan_clicks, warning_strokes, whole_second
from scorestage.timebase import Beat, FilmClock, FilmRange, FilmSpan, FilmTime, TempoMap, Timecode
from scorestage.workflow.click_takes import ClickTake, write_click_midi
from scorestage.workflow.products.clicks import last_attack
from scorestage.workflow.products.naming import slug
from scorestage.workflow.tell import tell_moment

RATE_HZ = 48_000
POP_BEFORE = FilmSpan(2)
"""The sync pop sounds two seconds before the first click of the count-in."""
PLAYBACK_LUFS = -18.0
"""How loud the music of a track is, where its peaks leave the room."""
_CEILING_DBFS = -3.0
_RING_OUT = FilmSpan(4)
_MOST_BARS = 16
_DAY_SECONDS = 24 * 60 * 60
_DOWNBEAT = 3


@dataclass(frozen=True, slots=True)
class PlaybackWish:
    """What a playback track holds beside the music.

    `count_in_bars` of click stand before bar 1; `pre_roll_seconds` at least before the pop. The
    count-in alone is heard in the track; `click_through` lets the click go on in it.
    """

    count_in_bars: int = 2
    pre_roll_seconds: Fraction = Fraction(4)
    pop: bool = True
    click_through: bool = False
    earwig: bool = False
    thumper: bool = False
    house: str = "los-angeles"
    seed: int = 1


@dataclass(frozen=True, slots=True)
class PlaybackMusic:
    """What is played back: music, its map in film time, its name, where it is cut off, if it is."""

    score: Score
    tempo_map: TempoMap
    title: str
    about: str = ""
    cut_off: FilmTime | None = None


@dataclass(frozen=True, slots=True)
class Playback:
    """The moments of a playback track, and all its clicks."""

    music: PlaybackMusic
    clock: FilmClock
    house: House
    file: FilmRange
    pop: FilmTime | None
    count_in: tuple[ClickStroke, ...]
    clicks: tuple[ClickStroke, ...]

    @property
    def length_samples(self) -> int:
        """Samples of every file."""
        return self.sample(self.file.end)

    def sample(self, at: FilmTime) -> int:
        """The sample that sounds at a moment, rounded once."""
        return round((at - self.file.start).seconds * RATE_HZ)


def playback_of(music: PlaybackMusic, clock: FilmClock, wish: PlaybackWish) -> Playback:
    """Lay a playback track out round music that has its place in time.

    Count-in in the tempo and meter of the first bar, a pop two seconds before its first click, and
    from a whole second of timecode at least the pre-roll before that. Raises `InputError` for a
    count-in that nobody wants.
    """
    if not 0 <= wish.count_in_bars <= _MOST_BARS:
        raise InputError(f"nobody counts {wish.count_in_bars} bars in", do=f"say 0 to {_MOST_BARS}")
    if wish.pre_roll_seconds < 0:
        raise InputError("a pre-roll cannot be negative")
    house = load_house(wish.house)
    tempo_map = music.tempo_map
    pattern = [one for one in house.click.pattern(tempo_map.grid.bars[0].meter) if one.stress]
    count = wish.count_in_bars * len(pattern)
    count_in = warning_strokes(tempo_map, count, house.click) if count else ()
    first_sound = tempo_map.time_at(Beat(0) + -tempo_map.grid.pickup)
    first = min([first_sound, *(one.at for one in count_in[:1])])
    pop = first - POP_BEFORE if wish.pop else None
    earliest = (pop or first) - FilmSpan(wish.pre_roll_seconds)
    rate = clock.rate
    start = whole_second(rate.frame_at(earliest), rate, clock.start_frames, back=True)
    latest = (music.cut_off or tempo_map.end) + _RING_OUT
    end = whole_second(-(-rate.frames_in(latest - FilmTime(0)) // 1), rate, clock.start_frames)
    stop = last_attack(music.score)
    clicks = plan_clicks(tempo_map, house.click, 0, stop)
    if music.cut_off is not None:
        clicks = tuple(one for one in clicks if one.at < music.cut_off)
    file = FilmRange(rate.time_of(start), rate.time_of(end))
    return Playback(music, clock, house, file, pop, count_in, clicks)


def placed_from(
    tempo_map: TempoMap, clock: FilmClock, label: str, wish: PlaybackWish, house: House
) -> TempoMap:
    """The map moved so that a track with this count-in begins at a timecode."""
    pattern = [one for one in house.click.pattern(tempo_map.grid.bars[0].meter) if one.stress]
    count = wish.count_in_bars * len(pattern)
    strokes = warning_strokes(tempo_map, count, house.click) if count else ()
    first_sound = tempo_map.time_at(Beat(0) + -tempo_map.grid.pickup)
    first = min([first_sound, *(one.at for one in strokes[:1])])
    lead = first - FilmSpan(wish.pre_roll_seconds) - (POP_BEFORE if wish.pop else FilmSpan(0))
    return tempo_map.shifted(clock.read(label) - lead)


def write_playback(
    found: Playback, folder: Path, wish: PlaybackWish, name: str = ""
) -> dict[str, Any]:
    """Write the track, its click, MIDI and slate, and what else is wished; answers what they are.

    Onsets of the music are on their own samples, and so are all clicks.
    """
    music = found.music
    stem = slug(name or music.title)
    label = re.sub(r"[:;]", "-", _label(found, found.file.start))
    sound = _music(found, wish)
    click = _click(found, (*found.count_in, *found.clicks))
    counted = _click(found, (*found.count_in, *(found.clicks if wish.click_through else ())))
    sounds: dict[str, Sound] = {"playback": over_both(sound, counted), "click": click}
    if wish.earwig:
        sounds["earwig"] = earwig(sound, click)
    if wish.thumper:
        sounds["thumper"] = _thumps(found)
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for kind, audio in sounds.items():
        path = folder / f"{stem}_{kind}_{label}.wav"
        words = f"{music.title} {kind} {music.about}".encode("ascii", "replace").decode("ascii")
        write_wav(path, audio, RATE_HZ, stamp=BroadcastStamp(_stamp(found), words[:256]))
        files.append(_told(path, kind, audio, found))
    midi = folder / f"{stem}_playback.mid"
    write_bytes(midi, write_midi(music.score, music.tempo_map, title=music.title, film=found.clock))
    click_midi = folder / f"{stem}_click.mid"
    take = ClickTake("", (*found.count_in, *found.clicks), found.house, found.file)
    write_click_midi(click_midi, take, music.tempo_map, found.clock)
    slate = folder / f"{stem}_slate.txt"
    write_text(slate, slate_text(found, wish))
    files += [
        {"path": str(path), "kind": kind}
        for path, kind in ((midi, "MIDI"), (click_midi, "MIDI click"), (slate, "slate"))
    ]
    return {"files": files, **playback_answer(found)}


def playback_answer(found: Playback) -> dict[str, Any]:
    """The moments of a track, exact, with timecode."""
    first = (*found.count_in, *found.clicks)[:1]
    moments = {
        "file_start": found.file.start,
        "pop": found.pop,
        "first_click": first[0].at if first else None,
        "bar_one": found.music.tempo_map.start,
        "out": found.music.cut_off or found.music.tempo_map.end,
        "file_end": found.file.end,
    }
    return {
        "title": found.music.title,
        "rate": found.clock.rate.name,
        "sample_rate_hz": RATE_HZ,
        "length_samples": found.length_samples,
        "count_in_clicks": len(found.count_in),
        "clicks": len(found.clicks),
        **{key: one for name, at in moments.items() for key, one in _moment(found, name, at)},
    }


def _moment(found: Playback, name: str, at: FilmTime | None) -> list[tuple[str, Any]]:
    told = list(tell_moment(name, at).items())
    label = _label(found, at) if at is not None else None
    return [*told, (f"{name}_timecode", label)]


def slate_text(found: Playback, wish: PlaybackWish) -> str:
    """What is to be read on the slate, and into the microphone: what it is and where it begins."""
    music, grid = found.music, found.music.tempo_map.grid
    tempo = music.tempo_map.tempo_at(Beat(0))
    unit = {1: "quarter", Fraction(3, 2): "dotted quarter", 2: "half", Fraction(1, 2): "eighth"}
    note = unit.get(tempo.unit.quarters, f"{tempo.unit.quarters} quarters")
    rows = [
        ("PLAYBACK", music.title),
        ("What", music.about),
        ("Tempo", f"{note} = {float(tempo.bpm):g}, {grid.bars[0].meter}"),
        ("Bars", f"{grid.bars[0].label} to {grid.bars[-1].label}"),
        ("Count-in", f"{wish.count_in_bars} bars, {len(found.count_in)} clicks"),
        ("File begins", _label(found, found.file.start)),
        ("Pop", _label(found, found.pop) if found.pop is not None else "none"),
        ("Bar 1", _label(found, music.tempo_map.start)),
        ("Out", _label(found, music.cut_off or music.tempo_map.end)),
        ("Timecode", found.clock.rate.name),
        ("Sound", f"{RATE_HZ} Hz, 24 bits, {found.length_samples} samples"),
    ]
    return "".join(f"{head + ':':<13}{told}\n" for head, told in rows if told)


def _music(found: Playback, wish: PlaybackWish) -> Sound:
    music = found.music
    clock = AudioClock(music.tempo_map, found.file.start, RATE_HZ)
    synth = Sf2Synth(find_soundfont(), RATE_HZ)
    performances = perform(
        music.score, clock, synth, seed=wish.seed, cut_off=music.cut_off, tight=True
    )
    stems = stems_of(performances, synth, found.length_samples, RATE_HZ)
    if not stems:
        raise InputError("there is nothing to play", do="give the song a tune")
    last = found.sample(music.cut_off) if music.cut_off is not None else None
    ends = Ends(way_out=WayOut.CUT if last is not None else WayOut.RING_OFF, last_samples=last)
    plain = mix(stems, ends, RATE_HZ)
    wanted = min(PLAYBACK_LUFS - plain.loudness_lufs, _CEILING_DBFS - plain.true_peak_dbfs)
    return mix(stems, ends, RATE_HZ, plain.gain_db + wanted).mix


def _click(found: Playback, strokes: tuple[ClickStroke, ...]) -> Sound:
    blocks = click_blocks(
        strokes, found.file.start, found.length_samples, found.house, RATE_HZ, found.length_samples
    )
    return next(iter(blocks)) + _pop(found)


def _pop(found: Playback) -> Sound:
    frame = float(found.clock.rate.frame_span.seconds)
    waves = [(found.sample(found.pop), sync_pop(frame, RATE_HZ))] if found.pop is not None else []
    return laid(waves, found.length_samples)


def _thumps(found: Playback) -> Sound:
    strokes = [one for one in (*found.count_in, *found.clicks) if one.stress]
    waves = [
        (found.sample(one.at), thump(RATE_HZ, accent=one.stress == _DOWNBEAT)) for one in strokes
    ]
    return laid(waves, found.length_samples) + _pop(found)


def _told(path: Path, kind: str, sound: Sound, found: Playback) -> dict[str, Any]:
    stereo = sound if sound.ndim == 2 else sound[:, None].repeat(2, axis=1)
    return {
        "path": str(path),
        "kind": kind,
        "channels": sound.ndim,
        "length_samples": len(sound),
        "start_timecode": _label(found, found.file.start),
        "start_samples": _stamp(found),
        "loudness_lufs": round(loudness_lufs(stereo, RATE_HZ), 1),
        "true_peak_dbfs": round(true_peak_dbfs(stereo), 1),
    }


def _stamp(found: Playback) -> int:
    frames = found.clock.start_frames / found.clock.rate.frames_per_second
    seconds = Fraction(frames + found.file.start.seconds) % _DAY_SECONDS
    return (seconds * RATE_HZ + Fraction(1, 2)).__floor__()


def _label(found: Playback, at: FilmTime) -> str:
    frames = found.clock.start_frames + found.clock.rate.nearest_frame(at)
    return str(Timecode(frames, found.clock.rate).round_the_clock)


def without_line(score: Score, player: str) -> Score:
    """The score without one player: an accompaniment to be sung to."""
    lines = tuple(line for line in score.lines if line.player.id != player)
    if not lines:
        raise InputError("nobody would be left to play", do="leave --no-voice out")
    return replace(score, lines=lines)
