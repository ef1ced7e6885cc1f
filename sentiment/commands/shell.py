"""`sentiment completion`, and `--version`: what a shell and a bug report need."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

_PACKAGES = ("tensorflow", "keras", "onnxruntime", "tokenizers", "numpy", "numba", "pyarrow")
EXAMPLES = """
\b
Examples:
  eval "$(sentiment completion bash)"      # in ~/.bashrc
  eval "$(sentiment completion zsh)"       # in ~/.zshrc
  sentiment completion fish > ~/.config/fish/completions/sentiment.fish
"""


@click.command(epilog=EXAMPLES)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what lets a shell complete commands, options and their values."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    root = context.find_root()
    click.echo(kind(root.command, {}, "sentiment", "_SENTIMENT_COMPLETE").source())


def version_option(command: Command) -> Command:
    """Add `--version`: this package, Python, and the packages that decide what comes out."""
    return click.option(
        "--version",
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_show_versions,
        help="Show the version, and those of the packages that matter, and exit.",
    )(command)


def _show_versions(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if not wanted:
        return
    import platform
    from importlib import metadata

    click.echo(f"sentiment {metadata.version('sentiment')}")
    click.echo(f"python {platform.python_version()}, {platform.system()} {platform.machine()}")
    click.echo(", ".join(f"{name} {metadata.version(name)}" for name in _PACKAGES))
    context.exit()
