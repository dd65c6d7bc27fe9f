"""A built project as anybody could read it: its text files, its folder, and `fit --json`."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path

WARNING_CLICKS = 8
FERMATA_CLICKS, REENTRY_CLICKS = 1, 2
"""What every house of the package clicks out of a fermata, and out of free bars."""


@dataclass(frozen=True)
class JudgedCue:
    """One cue: what `fit --json` says of it, and where its files lie."""

    root: Path
    id: str
    number: str
    facts: dict[str, object]
    fit: dict[str, list[dict[str, object]]]
    rate: Fraction
    start_frames: int

    @property
    def folder(self) -> Path:
        return self.root / "build/cues" / self.number

    def audio(self, what: str) -> Path:
        (path,) = (self.folder / "audio").glob(f"*_{what}_*.wav")
        return path

    @property
    def stems(self) -> list[Path]:
        return sorted((self.folder / "audio/stems").glob("*.wav"))

    @cached_property
    def beats(self) -> list[Fraction]:
        """Film seconds of every beat of the map."""
        return [Fraction(str(beat["at_seconds"])) for beat in self.fit["beats"]]

    @cached_property
    def quarters(self) -> list[Fraction]:
        """Score position of every beat of the map."""
        return [Fraction(str(beat["quarters"])) for beat in self.fit["beats"]]

    @property
    def pickup(self) -> Fraction:
        """Quarters before bar 1."""
        return Fraction(str(self.fit.get("pickup_quarters", "0")))

    @property
    def led_in(self) -> Fraction:
        """Quarters of the whole bars that a MIDI file has before bar 1, for a pickup."""
        beats, unit = str(self.fit["bars"][0]["meter"]).split("/")
        bar = Fraction(4 * sum(int(one) for one in beats.split("+")), int(unit))
        return -(-self.pickup // bar) * bar

    @property
    def upbeats(self) -> list[Fraction]:
        """Film seconds of the beats before bar 1."""
        return [Fraction(str(beat["at_seconds"])) for beat in self.fit.get("upbeats", [])]

    @cached_property
    def held(self) -> list[tuple[Fraction, Fraction, str]]:
        """Where nothing clicks: from and to which quarter, and whether `fermata` or `free`.

        Free bars that follow one another are one.
        """
        found: list[tuple[Fraction, Fraction, str]] = []
        for event in self.fit["tempos"]:
            if event["law"] not in ("fermata", "free"):
                continue
            start = Fraction(str(event["quarters"]))
            end = start + Fraction(str(event["length_quarters"]))
            if found and event["law"] == found[-1][2] == "free" and found[-1][1] == start:
                start = found.pop()[0]
            found.append((start, end, str(event["law"])))
        return found

    def seconds_at(self, quarters: Fraction) -> Fraction:
        """Film second of a score position that a beat or an event of the map stands on."""
        for one in (*self.fit["beats"], *self.fit["tempos"]):
            if Fraction(str(one["quarters"])) == quarters:
                return Fraction(str(one["at_seconds"]))
        raise KeyError(f"nothing of the map stands at quarter {quarters}")

    @property
    def end(self) -> Fraction:
        """Film second of the final barline."""
        return Fraction(str(self.fit["end_seconds"]))

    @property
    def click_seconds(self) -> Fraction:
        """The opening click."""
        return self.beats[1] - self.beats[0]

    @property
    def file_start(self) -> Fraction:
        """Film second at which the cue's sound files begin, from their file names."""
        label = self.audio("mockup").stem.rsplit("_", 1)[1].replace("-", ":")
        nominal = -(-self.rate.numerator // self.rate.denominator)
        hours, minutes, seconds, frames = (int(part) for part in label.split(":"))
        count = ((hours * 60 + minutes) * 60 + seconds) * nominal + frames
        day = 24 * 3600 * nominal
        count = (count - self.start_frames + day // 2) % day - day // 2
        return count / self.rate

    @cached_property
    def hits(self) -> list[dict[str, object]]:
        """Hits that still stand, with the film second of the picture and what fit says of them."""
        text = (self.root / "cues" / self.id / "hits.toml").read_text(encoding="utf-8")
        written = {one["id"]: one for one in tomllib.loads(text).get("hit", [])}
        found = []
        for landing in self.fit["hits"]:
            own = written[str(landing["id"])]
            at = seconds_of(own["at"], self.rate, self.start_frames)
            found.append({**own, **landing, "seconds": at})
        return found


def seconds_of(text: str, rate: Fraction, start_frames: int) -> Fraction:
    """Film seconds of a non-drop timecode or an exact number of seconds."""
    if text.count(":") != 3:
        return Fraction(text)
    nominal = -(-rate.numerator // rate.denominator)
    hours, minutes, seconds, frames = (int(part) for part in text.split(":"))
    return (((hours * 60 + minutes) * 60 + seconds) * nominal + frames - start_frames) / rate


def scorestage(root: Path, *arguments: str) -> str:
    """What the program prints, run as a person runs it."""
    command = [str(Path(sys.executable).with_name("scorestage")), "--project", str(root)]
    done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=True)
    return done.stdout


def judged_cues(root: Path) -> list[JudgedCue]:
    """Every cue of a built project."""
    production = tomllib.loads((root / "production.toml").read_text(encoding="utf-8"))
    start_frames = 0
    if production.get("picture"):
        text = (root / "pictures" / f"{production['picture']}.toml").read_text(encoding="utf-8")
        start_frames = tomllib.loads(text).get("start_frames", 0)
    found = []
    for path in sorted((root / "cues").glob("*/cue.toml")):
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
        if not (path.parent / "score.musicxml").exists():
            continue
        answer = json.loads(scorestage(root, "fit", facts["number"], "--json"))
        number = facts["number"]
        fit = answer["candidates"][0]
        rate = Fraction(str(fit["rate"]) if "/" in str(fit["rate"]) else _rate(str(fit["rate"])))
        found.append(JudgedCue(root, path.parent.name, number, facts, fit, rate, start_frames))
    return found


def _rate(text: str) -> Fraction:
    """Frames a second from a rate's name: 23.976 is 24000/1001."""
    named = Fraction(text.split()[0].rstrip("df"))
    nominal = -(-named.numerator // named.denominator)
    return named if named.denominator == 1 else Fraction(nominal * 1000, 1001)
