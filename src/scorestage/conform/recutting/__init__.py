"""Picture re-edited to music: the smallest changes that land cuts and actions on bars and beats."""

from scorestage.conform.recutting.conflicts import conflicts_of
from scorestage.conform.recutting.judging import action_frame, judged, untouched
from scorestage.conform.recutting.manners import LEAST_CHANGE, MOST, recuts
from scorestage.conform.recutting.obstacles import Obstacle, obstacles_of
from scorestage.conform.recutting.search import Found, cheapest
from scorestage.conform.recutting.values import (
    NO_LIMIT,
    Aim,
    Conflict,
    Landed,
    Limits,
    Place,
    Placed,
    Prices,
    Recut,
    Shot,
    ShotChange,
    Target,
    Task,
)

__all__ = [
    "LEAST_CHANGE",
    "MOST",
    "NO_LIMIT",
    "Aim",
    "Conflict",
    "Found",
    "Landed",
    "Limits",
    "Obstacle",
    "Place",
    "Placed",
    "Prices",
    "Recut",
    "Shot",
    "ShotChange",
    "Target",
    "Task",
    "action_frame",
    "cheapest",
    "conflicts_of",
    "judged",
    "obstacles_of",
    "recuts",
    "untouched",
]
