"""Training that is a number of steps, kept on disk now and then so that a kill costs little.

What epochs, validation and a choice of weights come with has a loop of its own: `fit`. Knows
nothing about what is learned.
"""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from sentiment.progress import Progress
from sentiment.training.interruption import interruptible
from sentiment.training.state import Course, load_state, save_state

SAVE_SECONDS = 60.0


class Learner(Protocol):
    """What learns step by step, each of which follows from its number and the variables.

    Attributes:
        num_steps: how many there are.
    """

    num_steps: int

    @property
    def variables(self) -> Sequence[Any]:
        """Keras variables, all that the steps change, in a fixed order."""

    def step(self, number: int) -> None:
        """Learn from the batch of that number, from 0."""


class _Steps:
    interrupted = False


def take_steps(
    learner: Learner,
    description: str,
    *,
    state_dir: Path | None = None,
    save_seconds: float = SAVE_SECONDS,
    progress: Progress,
) -> None:
    """Take all steps, from the saved state on where there is one.

    Args:
        learner: in its first state; is left in its last.
        description: what whoever watches the progress is told.
        state_dir: where to keep the state, also of what is finished; None keeps none.
        save_seconds: time between two saves.
        progress: is told of every step.

    Raises:
        ModelError: the saved state is damaged or of another network.
        KeyboardInterrupt: Ctrl-C ended it; its state is saved.
    """
    done = 0
    if state_dir is not None and (saved := load_state(state_dir, learner.variables)):
        done = saved[0].batch
    steps = _Steps()
    saved_at = time.perf_counter()
    with interruptible(steps):
        for number in range(done, learner.num_steps):
            learner.step(number)
            done = number + 1
            progress(description, done, learner.num_steps)
            if state_dir is not None and (
                steps.interrupted
                or done == learner.num_steps
                or time.perf_counter() - saved_at >= save_seconds
            ):
                save_state(state_dir, Course(batch=done), learner.variables, {})
                saved_at = time.perf_counter()
            if steps.interrupted:
                raise KeyboardInterrupt
