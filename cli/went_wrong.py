"""`rj complaint` and `rj adverse`: dealing with what went wrong, step by step, until it is closed.

Either begins with `rj concern`, which anybody may type.
"""

from __future__ import annotations

from cli.grouped import Commands, add_commands, group_of

COMPLAINT: Commands = {
    "acknowledge": ("acknowledge_complaint", ("task",)),
    "look-into": ("look_into_complaint", ("task",)),
    "answer": ("answer_complaint", ("task", "outcome")),
    "further": ("take_complaint_further", ("task", "to")),
    "close": ("complete_task", ("task",)),
}
"""A complaint's steps; `further` begins the second and third of them again."""
ADVERSE: Commands = {
    "done": ("record_adverse_steps", ("task", "steps")),
    "close": ("complete_task", ("task",)),
}

complaint = group_of("complaint", "a complaint, from when it is acknowledged until it is closed")
adverse = group_of("adverse", "what is done after something went wrong, until it is closed")
add_commands(complaint, COMPLAINT, "CASE")
add_commands(adverse, ADVERSE, "CASE")
