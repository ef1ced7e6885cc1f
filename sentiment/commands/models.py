"""`sentiment models`."""

import click

from sentiment.commands.options import json_option
from sentiment.commands.terminal import output, print_json

EXAMPLES = """
\b
Examples:
  sentiment models list
  sentiment models show gru-20261125-143015
  sentiment models use gru-20261125-143015
  sentiment models remove gru-20261125-143015
"""


@click.group(epilog=EXAMPLES)
def models() -> None:
    """List, show, choose and remove trained models."""


@models.command("list", epilog="\b\nExample:\n  sentiment models list --json")
@json_option
def list_command(as_json: bool) -> None:
    """List the models there are; the one that answers by default is marked."""
    from sentiment.model_store import list_models

    found = list_models()
    if as_json:
        for entry in found:
            print_json(entry.to_dict())
        return
    from sentiment.report.store import models_report

    output().print(models_report(found))


@models.command(epilog="\b\nExample:\n  sentiment models show gru-20261125-143015")
@click.argument("name", required=False)
@json_option
def show(name: str | None, as_json: bool) -> None:
    """Show a model's card, after a check of all its files."""
    from sentiment.artifact import load_model
    from sentiment.model_store import find_model

    model = load_model(find_model(name))
    if as_json:
        values = {"model": model.name, "path": str(model.path), **model.info}
        print_json({**values, "config": model.config.to_dict(), "metrics": model.metrics})
        return
    from sentiment.report.store import card_report

    output().print(card_report(model.card))


@models.command(epilog="\b\nExample:\n  sentiment models use gru-20261125-143015")
@click.argument("name")
def use(name: str) -> None:
    """Let a model answer wherever none is named."""
    from sentiment.model_store import use_model

    use_model(name)
    click.echo(f"{name} answers from now on")


@models.command(epilog="\b\nExample:\n  sentiment models remove gru-20261125-143015 --yes")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(name: str, yes: bool) -> None:
    """Delete a model."""
    from sentiment.model_store import model_path, remove_model

    if not yes and model_path(name).exists():
        click.confirm(f"Delete {model_path(name)}?", abort=True, err=True)
    remove_model(name)
    click.echo(f"{name} is gone")
