"""Sound as AAC in an M4A file, for pages and mails."""

from __future__ import annotations

import io
from fractions import Fraction

import av
import numpy as np
from av.audio.frame import AudioFrame

from scorestage.adapters.machines.film import Sound

MIME_TYPE = "audio/mp4"
_CHUNK_SAMPLES = 1024


def m4a_of(sound: Sound, rate_hz: int, bits_per_second: int = 160_000) -> bytes:
    """`sound` (float32, samples x 2) as an M4A file that browsers play.

    The last chunk is filled up with silence: a short one would be lost on the way.
    """
    file = io.BytesIO()
    with av.open(file, "w", format="mp4", container_options={"fflags": "+bitexact"}) as out:
        track = out.add_stream("aac", rate=rate_hz, layout="stereo")
        track.bit_rate = bits_per_second
        for start in range(0, max(1, len(sound)), _CHUNK_SAMPLES):
            piece = np.zeros((2, _CHUNK_SAMPLES), dtype=np.float32)
            heard = sound[start : start + _CHUNK_SAMPLES]
            piece[:, : len(heard)] = heard.T
            frame = AudioFrame.from_ndarray(piece, format="fltp", layout="stereo")
            frame.sample_rate = rate_hz
            frame.pts = start
            frame.time_base = Fraction(1, rate_hz)
            out.mux(track.encode(frame))
        out.mux(track.encode(None))
    return file.getvalue()
