"""Orchestration: a sketch scored for an ensemble, every choice explained, every note playable."""

from scorestage.orchestration.check import check
from scorestage.orchestration.checking.seats import Seated, seated
from scorestage.orchestration.engine import orchestrate
from scorestage.orchestration.inspection import beat_text
from scorestage.orchestration.naming import players_named
from scorestage.orchestration.overview import overview
from scorestage.orchestration.proposing import Proposal, propose
from scorestage.orchestration.result import (
    Fault,
    FaultKind,
    OrchestrationResult,
    Reason,
    Severity,
)
from scorestage.orchestration.settings import GROOVES, LEVELS, OPTIONS, Assignment, Settings
from scorestage.orchestration.shortscore import ShortScore, short_score

__all__ = [
    "GROOVES",
    "LEVELS",
    "OPTIONS",
    "Assignment",
    "Fault",
    "FaultKind",
    "OrchestrationResult",
    "Proposal",
    "Reason",
    "Seated",
    "Settings",
    "Severity",
    "ShortScore",
    "beat_text",
    "check",
    "orchestrate",
    "overview",
    "players_named",
    "propose",
    "seated",
    "short_score",
]
