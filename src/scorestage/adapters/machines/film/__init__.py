"""Films, in and out: the one place that talks to FFmpeg (PyAV)."""

from scorestage.adapters.machines.film.facts import FilmFacts, probe
from scorestage.adapters.machines.film.frames import Picture, read_frames
from scorestage.adapters.machines.film.overlay import (
    Draw,
    DrawPlanes,
    Overlay,
    Planes,
    overlay_drawn,
    overlay_film,
    overlay_planes,
)
from scorestage.adapters.machines.film.sound import (
    Sound,
    dialogue_chunks,
    read_recording,
    read_sound,
    sound_chunks,
)
from scorestage.adapters.machines.film.writer import FilmWriter, SoundTrack, even

__all__ = [
    "Draw",
    "DrawPlanes",
    "FilmFacts",
    "FilmWriter",
    "Overlay",
    "Picture",
    "Planes",
    "Sound",
    "SoundTrack",
    "dialogue_chunks",
    "even",
    "overlay_drawn",
    "overlay_film",
    "overlay_planes",
    "probe",
    "read_frames",
    "read_recording",
    "read_sound",
    "sound_chunks",
]
