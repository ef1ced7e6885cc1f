"""The documentation holds every page, command, example and module; `.ci/run` builds it."""

import re
import shlex
from pathlib import Path

import click
import pytest

from sentiment.commands import main

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
EXAMPLES = sorted(DOCS.glob("examples/*.txt"))
WITHOUT_A_PAGE = {"sentiment/commands/*", "sentiment/*/__init__.py"}


def mentioned(pattern: str, *paths: Path) -> list[str]:
    return [name for path in paths for name in re.findall(pattern, path.read_text("utf-8"), re.M)]


@pytest.mark.parametrize("name", main.commands)
def test_every_command_has_a_page_with_its_help_and_an_example(name: str) -> None:
    page = (DOCS / "commands" / f"{name}.md").read_text("utf-8")
    assert f":command: {name}\n" in page
    assert f'--8<-- "docs/examples/{name}.txt"' in page
    example = (DOCS / "examples" / f"{name}.txt").read_text("utf-8")
    assert f"$ sentiment {name} " in example


def test_every_page_of_a_command_is_about_one_that_exists() -> None:
    pages = {path.stem for path in DOCS.glob("commands/*.md")} - {"index"}
    assert pages == set(main.commands) == {path.stem for path in EXAMPLES}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_line_of_an_example_can_be_parsed(path: Path) -> None:
    lines = mentioned(r"^\$ sentiment (.*?)(?: &| \| .*)?$", path)
    assert lines
    for line in lines:
        command: click.Command = main
        name, arguments = "sentiment", shlex.split(line)
        while isinstance(command, click.Group):
            name = arguments.pop(0)
            command = command.commands[name]
        command.make_context(name, arguments)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_example_shows_the_machine_it_ran_on(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"/(home|root|tmp|Users|usr|var)\b|Traceback|\.local", text)
    assert not re.search(r"https?://(?!127\.0\.0\.1)", text)


def test_the_navigation_holds_every_page() -> None:
    listed = mentioned(r"([\w/]+\.md)$", ROOT / "mkdocs.yml")
    assert sorted(listed) == sorted(
        path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")
    )


def test_every_module_is_in_the_reference() -> None:
    shown = mentioned(r"^::: ([\w.]+)$", *DOCS.glob("reference/*.md"))
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in ROOT.glob("sentiment/**/*.py")
        if not any(path.relative_to(ROOT).match(pattern) for pattern in WITHOUT_A_PAGE)
    ]
    assert sorted(shown) == sorted(modules)


def test_what_pages_include_is_there() -> None:
    for path in DOCS.rglob("*.md"):
        for name in mentioned(r'^--8<-- "(.*)"$', path):
            file, _, section = name.partition(":")
            text = (ROOT / file).read_text("utf-8")
            assert not section or f"[start:{section}]" in text, f"{path.name}: {name}"
