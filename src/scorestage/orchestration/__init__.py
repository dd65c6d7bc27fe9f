"""Orchestration: a sketch scored for an ensemble, every choice explained, every note playable."""

from scorestage.orchestration.check import check
from scorestage.orchestration.engine import orchestrate
from scorestage.orchestration.overview import overview
from scorestage.orchestration.proposing import Proposal, propose
from scorestage.orchestration.result import (
    Fault,
    FaultKind,
    OrchestrationResult,
    Reason,
    Severity,
)
from scorestage.orchestration.settings import GROOVES, Assignment, Settings

__all__ = [
    "GROOVES",
    "Assignment",
    "Fault",
    "FaultKind",
    "OrchestrationResult",
    "Proposal",
    "Reason",
    "Settings",
    "Severity",
    "check",
    "orchestrate",
    "overview",
    "propose",
]
