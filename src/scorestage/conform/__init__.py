"""Old cut against new cut: what changed in the picture, and where written music may be joined."""

from scorestage.conform.changes import Change, ChangeKind, ChangeList, made_list
from scorestage.conform.film_and_list import FilmShots, compare_list_with_film
from scorestage.conform.films import compare_films
from scorestage.conform.hearing import sounds_differ
from scorestage.conform.lists import compare_lists
from scorestage.conform.pictures import FilmFrames
from scorestage.conform.sounds import SOUND_BANDS, SOUND_RATE_HZ, sound_signatures

__all__ = [
    "SOUND_BANDS",
    "SOUND_RATE_HZ",
    "Change",
    "ChangeKind",
    "ChangeList",
    "FilmFrames",
    "FilmShots",
    "compare_films",
    "compare_list_with_film",
    "compare_lists",
    "made_list",
    "sound_signatures",
    "sounds_differ",
]
