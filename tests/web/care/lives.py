"""A state machine of Hypothesis, played: examples are lives, steps are what people do in one."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test


def play(
    machine: type[RuleBasedStateMachine], *, examples: int, steps: int, phases: Any = tuple(Phase)
) -> None:
    """The same lives every time where there are few; other ones in every run where there are many."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            phases=phases,
            database=None,
            derandomize=examples < 20,
            suppress_health_check=list(HealthCheck),
        ),
    )
