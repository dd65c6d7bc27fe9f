"""Orchestration: a sketch scored for an ensemble, every choice explained, every note playable."""

from scorestage.orchestration.balance import LineBalance, balance_of, tune_margins
from scorestage.orchestration.check import check
from scorestage.orchestration.checking.seats import Seated, seated
from scorestage.orchestration.comparing import OptionRow, compared
from scorestage.orchestration.differences import (
    Change,
    Difference,
    change_counts,
    differences,
)
from scorestage.orchestration.engine import orchestrate
from scorestage.orchestration.explaining import (
    Account,
    Kind,
    PlayedNote,
    SketchNote,
    account_of,
    shares_of,
)
from scorestage.orchestration.inspection import beat_text
from scorestage.orchestration.lineups import Lineup, lineups
from scorestage.orchestration.marked import NotGiven
from scorestage.orchestration.naming import players_named
from scorestage.orchestration.overview import overview
from scorestage.orchestration.proposing import Proposal, propose
from scorestage.orchestration.resizing import resized
from scorestage.orchestration.result import (
    Fault,
    FaultKind,
    Ground,
    OrchestrationResult,
    Reason,
    Severity,
)
from scorestage.orchestration.settings import GROOVES, LEVELS, OPTIONS, Assignment, Settings
from scorestage.orchestration.shortscore import ShortScore, short_score
from scorestage.orchestration.symbols import written_out
from scorestage.orchestration.ways import Way, ways_of

__all__ = [
    "GROOVES",
    "LEVELS",
    "OPTIONS",
    "Account",
    "Assignment",
    "Change",
    "Difference",
    "Fault",
    "FaultKind",
    "Ground",
    "Kind",
    "LineBalance",
    "Lineup",
    "NotGiven",
    "OptionRow",
    "OrchestrationResult",
    "PlayedNote",
    "Proposal",
    "Reason",
    "Seated",
    "Settings",
    "Severity",
    "ShortScore",
    "SketchNote",
    "Way",
    "account_of",
    "balance_of",
    "beat_text",
    "change_counts",
    "check",
    "compared",
    "differences",
    "lineups",
    "orchestrate",
    "overview",
    "players_named",
    "propose",
    "resized",
    "seated",
    "shares_of",
    "short_score",
    "tune_margins",
    "ways_of",
    "written_out",
]
