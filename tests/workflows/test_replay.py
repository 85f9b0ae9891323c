"""Running cases survive a release: what was saved of earlier ones replays, answers included."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from temporalio import workflow

import workflows.append
import workflows.outcome
from tests.workflows.replaying import FOLDER, EmptyCorpus, Saved, corpus, differences

if TYPE_CHECKING:
    from domain.message import Reply


def with_answers() -> Saved:
    """Return a saved run with at least one command that was accepted, and one that was not."""
    return next(saved for saved in corpus() if saved.name == "refusals-1")


@pytest.mark.parametrize("saved", corpus(), ids=lambda saved: saved.name)
async def test_a_saved_run_goes_the_way_it_went_and_answers_as_it_answered(saved: Saved) -> None:
    assert await differences(saved) == []


def test_an_empty_corpus_guards_nothing_and_fails(tmp_path: Path) -> None:
    with pytest.raises(EmptyCorpus):
        corpus(tmp_path)


async def test_another_step_in_the_workflow_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = workflows.append.append

    async def slower(*given: Any) -> Reply:
        await workflow.sleep(1)
        return await real(*given)

    monkeypatch.setattr(workflows.append, "append", slower)
    assert len(await differences(with_answers())) == 1


async def test_a_file_opened_in_the_workflow_is_noticed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = workflows.append.append
    (tmp_path / "file").touch()

    async def looking_aside(*given: Any) -> Reply:
        with open(tmp_path / "file"):  # noqa: ASYNC230, PTH123 - the guarded builtin itself
            return await real(*given)

    monkeypatch.setattr(workflows.append, "append", looking_aside)
    assert len(await differences(with_answers())) == 1


async def test_an_answer_silently_rewritten_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = workflows.append.append

    async def rewritten(*given: Any) -> Reply:
        reply = await real(*given)
        return reply.model_copy(update={"answer": {**reply.answer, "version": 1000}})

    monkeypatch.setattr(workflows.append, "append", rewritten)
    assert len(await differences(with_answers())) >= 1


async def test_a_refusal_silently_told_otherwise_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workflows.outcome, "failure", lambda _: None)
    assert len(await differences(with_answers())) >= 1


def test_what_is_saved_holds_no_trace_of_the_machine_that_it_was_saved_on() -> None:
    for file in FOLDER.glob("*.json"):
        text = file.read_text()
        assert "stackTrace" not in text
        assert "Traceback" not in text
        assert str(Path.cwd()) not in text
