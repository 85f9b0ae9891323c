"""Read models: lists and work queues, made from the log and thrown away at will."""

from projections.assigned import assigned
from projections.background import start
from projections.cases import ListedCase, cases
from projections.covering import Staff
from projections.diary import Booked, BookedToo, diary, out_now
from projections.dossiers import Listed, dossiers, of_dossiers
from projections.drift import Difference, Differs, differences, differing
from projections.lapsing import lapsing
from projections.loop import behind, catch_up, rebuild, step, take_over
from projections.nightly import Proof, last_proof, prove
from projections.other_stores import OtherTask, joined, review_of_looks
from projections.persons import to_follow
from projections.place import Alarm, alarms
from projections.practitioners import AwayThen, Registered, away_then, practitioners
from projections.sight import AREA, TEAM
from projections.team import Load, Overview, team
from projections.views import PROJECTIONS, Views, open_views
from projections.waiting import (
    ALLOCATION,
    Standing,
    Waiting,
    followed_from,
    is_danger,
    owed,
    task_of,
    waiting,
)

__all__ = [
    "ALLOCATION",
    "AREA",
    "PROJECTIONS",
    "TEAM",
    "Alarm",
    "AwayThen",
    "Booked",
    "BookedToo",
    "Difference",
    "Differs",
    "Listed",
    "ListedCase",
    "Load",
    "OtherTask",
    "Overview",
    "Proof",
    "Registered",
    "Staff",
    "Standing",
    "Views",
    "Waiting",
    "alarms",
    "assigned",
    "away_then",
    "behind",
    "cases",
    "catch_up",
    "diary",
    "differences",
    "differing",
    "dossiers",
    "followed_from",
    "is_danger",
    "joined",
    "lapsing",
    "last_proof",
    "of_dossiers",
    "open_views",
    "out_now",
    "owed",
    "practitioners",
    "prove",
    "rebuild",
    "review_of_looks",
    "start",
    "step",
    "take_over",
    "task_of",
    "team",
    "to_follow",
    "waiting",
]
