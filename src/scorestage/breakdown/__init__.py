"""The script's breakdown: pages in eighths, lengths, moods; scenes through drafts, on the film."""

from scorestage.breakdown.identity import same_scenes, same_words, words_digest
from scorestage.breakdown.lengths import NOTHING_CUT, CutScenes, SceneLength, cut_scenes, lengths_of
from scorestage.breakdown.moods import SceneMood, moods_of
from scorestage.breakdown.pages import eighths_of
from scorestage.breakdown.placing import PlacedScene, places_by_slates, places_by_words
from scorestage.breakdown.saying import SaidLine, said_in, speakers_of
from scorestage.breakdown.storyboard import Panel, lasting, panel_names

__all__ = [
    "NOTHING_CUT",
    "CutScenes",
    "Panel",
    "PlacedScene",
    "SaidLine",
    "SceneLength",
    "SceneMood",
    "cut_scenes",
    "eighths_of",
    "lasting",
    "lengths_of",
    "moods_of",
    "panel_names",
    "places_by_slates",
    "places_by_words",
    "said_in",
    "same_scenes",
    "same_words",
    "speakers_of",
    "words_digest",
]
