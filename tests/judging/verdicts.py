"""Verdicts on a built cue from its files alone: sync, sound, stage film, pages, MIDI."""

from __future__ import annotations

from fractions import Fraction

import mido
import numpy as np

from tests.judging import ears, eyes, pages
from tests.judging.project import (
    FERMATA_CLICKS,
    REENTRY_CLICKS,
    WARNING_CLICKS,
    JudgedCue,
)

RATE_HZ = 48_000
SHIFTS = 500
STOP_FALL_DB = 10.0


def frames_off(cue: JudgedCue, mono: ears.Sound, at_seconds: float) -> float:
    """How far the strongest attack within half a beat is from a film second, in frames."""
    beats = [float(beat) for beat in (*cue.beats, cue.end)]
    number = min(max(int(np.searchsorted(beats, at_seconds)) - 1, 0), len(beats) - 2)
    half = round((beats[number + 1] - beats[number]) / 2 * RATE_HZ)
    at = round((at_seconds - float(cue.file_start)) * RATE_HZ)
    heard, _ = ears.strongest_attack(mono, at - half, at + half)
    return (heard - at) / RATE_HZ * float(cue.rate)


def hit_met(cue: JudgedCue, mono: ears.Sound, hit: dict[str, object]) -> tuple[bool, str]:
    """Whether a caught hit is heard on its frame; for a stop, whether the level falls there."""
    seconds = float(Fraction(str(hit["seconds"])))
    off = frames_off(cue, mono, seconds)
    if hit.get("kind") != "stop" or abs(off) <= 1:
        return abs(off) <= 1, f"{off:+.2f} frames"
    at = round((seconds - float(cue.file_start)) * RATE_HZ)
    place, fall = ears.level_falls(mono, at, RATE_HZ)
    off = (place - at) / RATE_HZ * float(cue.rate)
    return abs(off) <= 1 and fall >= STOP_FALL_DB, f"{off:+.2f} frames, falls {fall:.0f} dB"


def by_chance(
    cue: JudgedCue, mono: ears.Sound, hits: list[dict[str, object]], shifts: int
) -> float:
    """The share of hits met when all are shifted together by random amounts, round the cue."""
    random = np.random.default_rng(1)
    start, length = float(cue.beats[0]), float(cue.end - cue.beats[0])
    met = []
    for shift in random.uniform(0, length, max(1, shifts // len(hits))):
        for hit in hits:
            moved = start + (float(Fraction(str(hit["seconds"]))) - start + shift) % length
            met.append(abs(frames_off(cue, mono, moved)) <= 1)
    return float(np.mean(met))


def judge_hits(cue: JudgedCue, shifts: int = SHIFTS) -> tuple[int, int, float]:
    """Prints every caught hit; how many were met, of how many, and the share met by chance."""
    mono = ears.read_sound(cue.audio("mockup")).mono
    hits = [hit for hit in cue.hits if hit["caught"]]
    verdicts = [hit_met(cue, mono, hit) for hit in hits]
    for hit, (met, told) in zip(hits, verdicts, strict=True):
        print(f"  {hit['id']:4} {told:28} {'met' if met else 'NOT MET':8} {hit.get('words', '')}")
    chance = by_chance(cue, mono, hits, shifts) if hits else 0.0
    return sum(met for met, _ in verdicts), len(hits), chance


def expected_clicks(cue: JudgedCue) -> list[Fraction]:
    """Film seconds of the warning clicks, then of every beat that is not held, and out of holds.

    The last warning clicks are the upbeats, where the music begins with some; there is none into
    a free bar.
    """
    warning: list[Fraction] = []
    if not any(start <= 0 < end and law == "free" for start, end, law in cue.held):
        known = [*cue.upbeats, cue.beats[0]]
        apart = known[1] - known[0] if cue.upbeats else cue.click_seconds
        missing = range(WARNING_CLICKS - len(cue.upbeats), 0, -1)
        warning = [*(known[0] - apart * n for n in missing), *cue.upbeats][-WARNING_CLICKS:]
    struck = [
        at
        for at, quarters in zip(cue.beats, cue.quarters, strict=True)
        if not any(
            start < quarters < end or (law == "free" and quarters == start)
            for start, end, law in cue.held
        )
    ]
    return sorted([*warning, *struck, *prepared(cue)])


def prepared(cue: JudgedCue) -> list[Fraction]:
    """Film seconds of the clicks that lead out of fermatas and free bars, at the tempo after them.

    One that would come less than a click after the hold began is left out, and all where the music
    does not go on.
    """
    found = []
    for start, end, law in cue.held:
        after = [at for at, place in zip(cue.beats, cue.quarters, strict=True) if place >= end]
        if not after or cue.quarters[-1] < end:
            continue
        apart = tempo_seconds(cue, end, after)
        began = cue.seconds_at(start)
        count = FERMATA_CLICKS if law == "fermata" else REENTRY_CLICKS
        clicks = [after[0] - apart * n for n in range(count, 0, -1)]
        found += [at for at in clicks if at - began >= apart]
    return found


def tempo_seconds(cue: JudgedCue, quarters: Fraction, after: list[Fraction]) -> Fraction:
    """Seconds of a click at the tempo that stands at a place; else from there to the next click."""
    for event in cue.fit["tempos"]:
        if Fraction(str(event["quarters"])) == quarters and "bpm" in event:
            places = [place for place in cue.quarters if place >= quarters]
            click = places[1] - places[0] if len(places) > 1 else Fraction(1)
            return click / Fraction(str(event["unit"])) * 60 / Fraction(str(event["bpm"]))
    return after[1] - after[0] if len(after) > 1 else cue.end - after[0]


def clicks_off_samples(cue: JudgedCue, mono: ears.Sound, start: Fraction) -> int:
    """The farthest that a click is from the map; clicks may end with the last attack."""
    heard = ears.clicks_of(mono, RATE_HZ)
    wanted = [round((at - start) * RATE_HZ) for at in expected_clicks(cue)][: len(heard)]
    assert WARNING_CLICKS < len(heard) == len(wanted), (len(heard), len(wanted))
    return int(np.abs(heard - np.array(wanted)).max())


def judge_sound(cue: JudgedCue) -> dict[str, float]:
    """One start, one length, one stamp; stems that add up; levels inside the cue in dBFS."""
    mix = ears.read_sound(cue.audio("mockup"))
    click = ears.read_sound(cue.audio("click"))
    stems = [ears.read_sound(path) for path in cue.stems]
    files = [mix, click, *stems]
    start = cue.file_start
    stamp = round(start * RATE_HZ + cue.start_frames / cue.rate * RATE_HZ) % (86_400 * RATE_HZ)
    first, last = (round((at - start) * RATE_HZ) for at in (cue.beats[0], cue.end))
    windows = [
        ears.level_db(mix.mono, at, at + 2 * RATE_HZ)
        for at in range(first, max(first + 1, last - 2 * RATE_HZ), RATE_HZ // 4)
    ]
    return {
        "lengths": len({len(one.sound) for one in files}),
        "stamps off": sum(one.stamp_samples != stamp for one in files),
        "not 24 bit, 48 kHz": sum((one.bits, one.rate_hz) != (24, RATE_HZ) for one in files),
        "stems - mix": float(np.abs(sum(one.sound for one in stems) - mix.sound).max()),
        "peak": float(np.abs(mix.sound).max()),
        "last 50 ms": float(np.abs(mix.sound[-RATE_HZ // 20 :]).max()),
        "softest 2 s dB": min(windows),
        "below -45 dB": float(np.mean(np.array(windows) < -45)),
        "click off samples": clicks_off_samples(cue, click.mono, start),
    }


def judge_midi(cue: JudgedCue) -> dict[str, float]:
    """How far the MIDI file's beats and markers are from the map, in milliseconds."""
    midi = mido.MidiFile(next(cue.folder.glob("*.mid")))
    changes, marks, tick, seconds, tempo = [(0, 0.0, 500_000)], {}, 0, 0.0, 500_000
    for message in mido.merge_tracks(midi.tracks):
        seconds += mido.tick2second(message.time, midi.ticks_per_beat, tempo)
        tick += message.time
        if message.type == "set_tempo":
            tempo = message.tempo
            changes.append((tick, seconds, tempo))
        elif message.type in ("marker", "cue_marker", "text"):
            marks.setdefault(message.text, seconds)

    def at(quarters: Fraction) -> float:
        place = int((quarters + cue.led_in) * midi.ticks_per_beat)
        since, base, speed = [one for one in changes if one[0] <= place][-1]
        return base + mido.tick2second(place - since, midi.ticks_per_beat, speed)

    offs = [
        at(quarters) - at(cue.quarters[0]) - float(beat - cue.beats[0])
        for quarters, beat in zip(cue.quarters, cue.beats, strict=True)
    ]
    unmarked = sum(str(hit.get("words") or hit["id"]) not in marks for hit in cue.hits)
    return {"drift ms": 1000 * max(map(abs, offs)), "hits unmarked": unmarked}


def judge_pages(cue: JudgedCue) -> dict[str, float]:
    """Whether the parts, back at sounding pitch, are the score, and no two parts are one."""
    score = pages.read_parts(next(cue.folder.glob("*_score.musicxml")))
    parts = {}
    for path in sorted((cue.folder / "parts").glob("*.musicxml")):
        parts |= pages.read_parts(path)
    lines = [tuple(sorted(part.notes)) for part in score.values() if part.notes]
    return {
        "parts that differ": sum(sorted(parts[n].notes) != sorted(score[n].notes) for n in score),
        "bars that differ": len({one.bars for one in (*score.values(), *parts.values())}) - 1,
        "bars not in the map": (
            len(cue.fit["bars"]) + bool(cue.pickup) - next(iter(score.values())).bars
        ),
        "twins": len(lines) - len(set(lines)),
        "without dynamics": sum(bool(p.notes) and not p.dynamics for p in score.values()),
    }


def judge_film(cue: JudgedCue) -> dict[str, object]:
    """Streamers against their frames; pre-roll; the click of the film; what its sound is like."""
    seen = eyes.watch(next(cue.folder.glob("*_stage.*")), cue.rate, cue.start_frames)

    def near(at: Fraction) -> int:
        return (at * cue.rate + Fraction(1, 2)).__floor__()

    clicks = expected_clicks(cue)
    wanted = {(near(clicks[0]), "yellow"), (near(cue.beats[0]), "green"), (near(cue.end), "red")}
    wanted |= {
        (near(Fraction(str(hit["seconds"]))), "white") for hit in cue.hits if hit.get("streamer")
    }
    start = seen.first_frame / cue.rate
    mix = ears.read_sound(cue.audio("mockup")).mono
    own = seen.sounds[1].mean(axis=1)[round((cue.file_start - start) * RATE_HZ) :]
    both = min(len(own), len(mix))
    alike = np.corrcoef(own[:both], mix[:both])[0, 1] if own[:both].any() else 0.0
    return {
        "arrivals not as wanted": sorted(set(seen.arrivals) ^ wanted),
        "pre-roll s": float(clicks[0] - start),
        "click off samples": clicks_off_samples(cue, seen.sounds[0][:, 0].astype(float), start),
        "likeness to the mock-up": round(float(alike), 4),
    }
