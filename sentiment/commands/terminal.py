"""What commands share in talking to the terminal: errors, JSON, progress, and how much is said.

Results go to standard output, progress and warnings to standard error.
"""

import gc
import json
import os
import sys
from collections import UserDict
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

from sentiment.errors import SentimentError

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from rich.console import Console

    from sentiment.results import EpochResult
    from sentiment.training.state import Course

INTERRUPTED = 130
_QUIET = "sentiment.quiet"
_GC_THRESHOLD = 50_000  # imports make many objects and no garbage; the default looks at 700


class Group(click.Group):
    """The place where errors become one line and an exit status."""

    verbose = False

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run a command; see `click.Command.main`."""
        run: Callable[[], Any] = partial(super().main, *args, standalone_mode=False, **extra)
        if not standalone_mode:
            return run()
        self.verbose = False
        gc.set_threshold(_GC_THRESHOLD)
        try:
            status = run()
            sys.stdout.flush()
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            status = error.exit_code
        except click.ClickException as error:
            error.show()
            status = error.exit_code
        except SentimentError as error:
            if self.verbose:
                import traceback

                traceback.print_exc()
            _say("Error", str(error))
            status = 1
        except (KeyboardInterrupt, click.Abort):
            _say("Interrupted", "stopped before the end")
            status = INTERRUPTED
        except BrokenPipeError:  # such as `| head`; nothing is wrong
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            status = 0
        gc.freeze()  # or up to a tenth of the time goes into looking for garbage at exit
        sys.exit(status if isinstance(status, int) else 0)


class LazyCommands(UserDict[str, click.Command]):
    """Commands by name, each imported when it is asked for.

    Args:
        modules: the module of each command, in which it has its own name.
    """

    def __init__(self, modules: Mapping[str, str]) -> None:
        super().__init__()
        self._modules = modules
        self.data = dict.fromkeys(modules)  # type: ignore[assignment]  # until imported

    def __getitem__(self, name: str) -> click.Command:
        if self.data[name] is None:
            command = getattr(import_module(self._modules[name]), name)
            _add_verbosity(command)
            self.data[name] = command
        return self.data[name]


def verbosity_options() -> list[click.Parameter]:
    """`--quiet` and `--verbose`, which every command has."""
    return [
        click.Option(
            ["-q", "--quiet"],
            is_flag=True,
            expose_value=False,
            callback=_be_quiet,
            help="Show no progress and no notes, only results and errors.",
        ),
        click.Option(
            ["-v", "--verbose"],
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=_be_verbose,
            help="Show TensorFlow's notes too, and where in the code an error arose.",
        ),
    ]


def _add_verbosity(command: click.Command) -> None:
    """Give a command, and all below it, those options."""
    command.params += verbosity_options()
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _add_verbosity(inner)


def _be_quiet(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted:
        context.meta[_QUIET] = True


def _be_verbose(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted:
        os.environ["TF_CPP_MIN_LOG_LEVEL"] = "0"
        root = context.find_root().command
        assert isinstance(root, Group)
        root.verbose = True


def _is_quiet() -> bool:
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(_QUIET))


def warn(message: str) -> None:
    """Say something on standard error that is no error."""
    if not _is_quiet():
        _say("Note", message)


def draw(figure: "Figure", path: Path) -> None:
    """Write a picture, and say so."""
    from sentiment.plots.pictures import save_figure

    save_figure(figure, path)
    warn(f"the picture is in {path}")


def _say(kind: str, message: str) -> None:
    line = " ".join(message.split())
    click.echo(f"{click.style(f'{kind}:', bold=True)} {line}", err=True)


def print_json(value: Any, *, on_stderr: bool = False) -> None:
    """Print a value as one line of JSON."""
    click.echo(json.dumps(value, ensure_ascii=False), err=on_stderr)


def output(*, on_stderr: bool = False) -> "Console":
    """Where tables go: standard output, or standard error where something else goes there."""
    from rich.console import Console

    return Console(stderr=on_stderr, soft_wrap=False, highlight=False, emoji=False)


class ProgressBar:
    """One bar on standard error for whatever is being waited for; a `progress.Progress`.

    Where standard error is no terminal, each stage is a line.
    """

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            Progress,
            SpinnerColumn,
            TextColumn,
            TimeRemainingColumn,
        )

        self.console = Console(stderr=True, highlight=False, quiet=_is_quiet())
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=20),
            TimeRemainingColumn(elapsed_when_finished=True),
            console=self.console,
            transient=True,
            disable=not self.console.is_terminal,
        )
        self._task = self._bar.add_task("", total=None, visible=False)
        self._stage = ""

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.stop()

    def __call__(self, description: str, completed: int, total: int | None) -> None:
        """Show how far a stage has come."""
        self._show(description, description, completed, total)

    def _show(self, stage: str, description: str, completed: int, total: int | None) -> None:
        if stage != self._stage:
            self._stage = stage
            self._bar.reset(self._task, total=total, visible=True)
            if not self.console.is_terminal:
                self.console.print(stage, soft_wrap=True)
        self._bar.update(self._task, description=description, completed=completed, total=total)


class ScoringProgress(ProgressBar):
    """Shows rows in the bar; a `scoring.Listener`."""

    def rows(self, num_rows: int, per_second: float, completed: int, total: int | None) -> None:
        """Move the bar; where there is none, nothing is said."""
        if self.console.is_terminal:
            description = f"{num_rows:,} rows, {per_second:,.0f} rows/s"
            self._show("scoring", description, completed, total)


class TrainingProgress(ProgressBar):
    """Shows batches in the bar and prints a line for each epoch; a `training.fit.Listener`."""

    def __init__(self, num_epochs: int) -> None:
        super().__init__()
        self._num_epochs = num_epochs

    def batch(self, course: "Course", num_batches: int, reviews_per_second: float) -> None:
        """Move the bar."""
        description = (
            f"epoch {course.epoch + 1}/{self._num_epochs}, batch {course.batch}/{num_batches}, "
            f"loss {course.batches_loss:.3f}, accuracy {course.batches_accuracy:.1%}, "
            f"{reviews_per_second:,.0f} reviews/s"
        )
        done = course.epoch * num_batches + course.batch
        self._show("training", description, done, self._num_epochs * num_batches)

    def epoch(self, result: "EpochResult") -> None:
        """Print a line."""
        self.console.print(
            f"epoch {result.epoch + 1}/{self._num_epochs}: loss {result.loss:.3f}, accuracy "
            f"{result.accuracy:.1%}, validation loss {result.validation_loss:.3f}, validation "
            f"accuracy {result.validation_accuracy:.1%}, {result.seconds:.0f} s",
            soft_wrap=True,
        )
