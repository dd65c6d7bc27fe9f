"""A film's own sound carried over to another film of the same picture, track by track, in sync."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Protocol

import av.error
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream

from scorestage.adapters.machines.film.facts import FilmFacts, title_of
from scorestage.adapters.machines.film.opening import broken, local_file, open_film
from scorestage.adapters.machines.film.sound import Sound, sound_chunks

COPIED_CODECS = {
    "mp4": ("aac", "mp3", "ac3", "eac3", "alac"),
    "mov": (
        "aac",
        "mp3",
        "ac3",
        "eac3",
        "alac",
        "pcm_s16le",
        "pcm_s24le",
        "pcm_s16be",
        "pcm_s24be",
    ),
}
"""What each container holds as it is; every other sound is encoded anew."""
EARLIEST_SECONDS = Fraction(-1, 5)
"""Packets that end this long before the first frame are left out; nearer ones warm up decoders."""


class Lane(Protocol):
    """One track of sound on its way into a film."""

    def write_until(self, reached_seconds: Fraction) -> None:
        """Write the sound up to `reached_seconds` of the film."""

    def finish(self) -> None:
        """Write what is left."""


class SoundSource:
    """A film's sound as it is to be carried: which tracks can be copied, and the others' samples.

    Use it in a `with` block around the writing. The film's first frame becomes second 0.
    """

    def __init__(self, path: Path | str, facts: FilmFacts) -> None:
        self.path = local_file(path)
        self.facts = facts
        self._container: InputContainer | None = None

    def close(self) -> None:
        """Let go of the file."""
        if self._container is not None:
            self._container.close()

    def copied(self, out: OutputContainer, kind: str) -> tuple[Lane | None, tuple[int, ...]]:
        """A lane that copies what `kind` of file can hold, and the numbers of all other tracks."""
        self._container = open_film(self.path)
        tracks = self._container.streams.audio
        fitting = [track for track in tracks if track.codec_context.name in COPIED_CODECS[kind]]
        fitting = [track for track in fitting if track.codec_context.sample_rate]
        others = tuple(number for number, one in enumerate(tracks) if one not in fitting)
        if not fitting:
            return None, others
        return _CopiedLane(self.path, self._container, fitting, out, self.facts), others

    def samples(self, track: int, rate_hz: int, channels: int) -> Iterator[Sound]:
        """The sound of a track that must be encoded anew."""
        return sound_chunks(self.path, rate_hz, channels, facts=self.facts, track=track)

    def shape(self, track: int) -> tuple[str, int]:
        """Title of a track, and its channels: one, or two where it has more."""
        if self._container is None:
            raise ValueError("ask for the copied tracks first")
        stream = self._container.streams.audio[track]
        return title_of(stream), 1 if stream.codec_context.layout.nb_channels == 1 else 2


class _CopiedLane:
    """Packets of one or more tracks, moved so that the film's first frame is second 0."""

    def __init__(
        self,
        path: Path,
        container: InputContainer,
        tracks: list[AudioStream],
        out: OutputContainer,
        facts: FilmFacts,
    ) -> None:
        self._path, self._out = path, out
        self._made = {track.index: out.add_stream_from_template(track) for track in tracks}
        for track in tracks:
            title = title_of(track)
            if title:
                self._made[track.index].metadata["title"] = title
                self._made[track.index].metadata["handler_name"] = title
        self._zero_seconds = facts.first_pts_seconds
        self._until_seconds = facts.duration.seconds
        self._packets = container.demux(tracks)
        self._held: Packet[Stream] | None = None

    def write_until(self, reached_seconds: Fraction) -> None:
        while (packet := self._next()) is not None:
            base = packet.time_base
            if packet.pts is None or base is None:
                self._held = None
                continue
            at = packet.pts * base - self._zero_seconds
            if at > reached_seconds:
                return
            self._held = None
            if at + (packet.duration or 0) * base > EARLIEST_SECONDS and at < self._until_seconds:
                self._mux(packet, base)

    def finish(self) -> None:
        self.write_until(self._until_seconds + 1)

    def _next(self) -> Packet[Stream] | None:
        if self._held is None:
            try:
                self._held = next(self._packets, None)
            except av.error.FFmpegError as fault:
                raise broken(
                    self._path, f"its sound cannot be read on: {fault.strerror}"
                ) from fault
        return self._held

    def _mux(self, packet: Packet[Stream], base: Fraction) -> None:
        back = round(self._zero_seconds / base)
        packet.pts = (packet.pts or 0) - back
        if packet.dts is not None:
            packet.dts -= back
        packet.stream = self._made[packet.stream_index]
        self._out.mux(packet)
