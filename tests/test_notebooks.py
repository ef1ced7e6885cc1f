"""Notebooks: they run on small data, and what is committed came from whole runs on IMDB."""

import ast
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import papermill
import pytest

from sentiment import paths
from sentiment.config import DataConfig
from sentiment.datasets.loading import load_dataset
from sentiment.errors import DataUnavailableError

TFDS_DATA_DIR = os.environ.get("TFDS_DATA_DIR")  # before a fixture takes it away
FOLDER = Path(__file__).parents[1] / "notebooks"
TINY = {
    "units": 4,
    "embedding_dim": 4,
    "epochs": 1,
    "batch_size": 512,
    "max_tokens": 12,
    "word_vectors": False,
}
SMALL: dict[str, dict[str, Any]] = {
    "01_pipeline": {"data": "pairs", "settings": TINY, "caps": [2, 4, 8]},
    "02_cells": {
        "data": "pairs", "settings": TINY, "num_texts": 20, "budget": 1_000,
        "compared": ["bow", "gru"], "num_seeds": 1,
    },
    "03_word_order": {"data": "pairs", "settings": TINY, "max_texts": 100},
    "04_gradients": {
        "cells": ["simple_rnn", "gru"], "length": 8, "units": 2, "num_seeds": 1, "layers": 2,
        "train_steps": 20, "adding_lengths": [4, 8], "adding_steps": 20,
    },
    "05_gates": {"data": "pairs", "settings": TINY},
}  # fmt: skip

BUILT_IN = ("dataclasses", "logging")
RUN_WORDS = 8
_WORD = re.compile(r"[a-z']+")
_PATH = re.compile(r"(?<![\w.:/])/[\w.-]+/[\w.-]+|[A-Z]:\\|site-packages")


def cells_of(notebook: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def python(cell: dict[str, Any]) -> str:
    """A code cell without the line that is IPython's."""
    return source(cell).removeprefix("%matplotlib inline\n")


def read(path: Path) -> dict[str, Any]:
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def check_outputs(notebook: dict[str, Any]) -> None:
    """Everything ran, in order; pictures and texts are there, and nothing that is not a result."""
    code = cells_of(notebook, "code")
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell["outputs"]]
    kinds = {(output["output_type"], output.get("name")) for output in outputs}
    assert kinds <= {("stream", "stdout"), ("execute_result", None)}
    assert any("image/png" in output.get("data", {}) for output in outputs)
    for output in outputs:
        data = output.get("data", {})
        assert set(data) in (set(), {"image/png", "text/plain"})
        assert ("image/png" in data) == output["output_type"].startswith("execute")
    found = _PATH.search("\n".join(text_outputs(notebook)))
    assert found is None, found


def text_outputs(notebook: dict[str, Any]) -> list[str]:
    outputs = [output for cell in cells_of(notebook, "code") for output in cell["outputs"]]
    return ["".join(output["text"]) for output in outputs if "text" in output]


def test_there_is_a_small_run_for_every_notebook() -> None:
    assert [path.stem for path in sorted(FOLDER.glob("*.ipynb"))] == list(SMALL)


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the notebooks find each other's networks."""
    return tmp_path_factory.mktemp("notebooks")


@pytest.mark.parametrize("name", SMALL)
def test_a_notebook_runs_from_top_to_bottom_on_small_data(
    name: str, shared_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(shared_home))
    place = tmp_path / "executed.ipynb"
    papermill.execute_notebook(
        FOLDER / f"{name}.ipynb", place, parameters=SMALL[name], cwd=tmp_path, progress_bar=False
    )
    check_outputs(read(place))


@pytest.mark.parametrize("name", SMALL)
def test_a_small_run_sets_parameters_that_there_are(name: str) -> None:
    assert set(SMALL[name]) <= set(papermill.inspect_notebook(str(FOLDER / f"{name}.ipynb")))


@pytest.mark.parametrize("name", SMALL)
def test_committed_outputs_are_those_of_a_whole_run(name: str) -> None:
    notebook = read(FOLDER / f"{name}.ipynb")
    check_outputs(notebook)
    tags = [tag for cell in notebook["cells"] for tag in cell["metadata"].get("tags", [])]
    assert tags == ["parameters"]
    if "data" in SMALL[name]:
        (parameters,) = [c for c in notebook["cells"] if "parameters" in c["metadata"]["tags"]]
        assert 'data = "imdb"' in source(parameters)


@pytest.mark.parametrize("name", SMALL)
def test_a_notebook_has_text_and_formulas_and_no_logic_of_its_own(name: str) -> None:
    notebook = read(FOLDER / f"{name}.ipynb")
    text = [source(cell) for cell in cells_of(notebook, "markdown")]
    assert text[0].startswith("# ")
    assert any("$$" in each for each in text)
    code = "\n".join(python(cell) for cell in cells_of(notebook, "code"))
    for node in ast.walk(ast.parse(code)):
        own = (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.If, ast.IfExp, ast.While, ast.Try)
        assert not isinstance(node, own), ast.unparse(node)
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            module = node.names[0].name if isinstance(node, ast.Import) else str(node.module)
            assert module.partition(".")[0] in ("sentiment", "numpy", "rich", *BUILT_IN)
            assert not any(each.name.startswith("_") for each in node.names)


@pytest.mark.parametrize("name", SMALL)
def test_every_picture_is_one_of_the_librarys(name: str) -> None:
    """Their titles, labels and legends are asserted where they are drawn."""
    notebook = read(FOLDER / f"{name}.ipynb")
    imported = {
        each.name
        for cell in cells_of(notebook, "code")
        for node in ast.walk(ast.parse(python(cell)))
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("sentiment.plots.")
        for each in node.names
    }
    for cell in cells_of(notebook, "code"):
        if any("image/png" in output.get("data", {}) for output in cell["outputs"]):
            last = ast.parse(python(cell)).body[-1]
            assert isinstance(last, ast.Expr)
            assert isinstance(last.value, ast.Call)
            assert ast.unparse(last.value.func) in imported


@pytest.mark.imdb
def test_no_output_quotes_a_review() -> None:
    """No committed output has eight words in a row that stand so in a review."""
    try:
        dataset = load_dataset("imdb", DataConfig(data_dir=TFDS_DATA_DIR))
    except DataUnavailableError as error:
        pytest.skip(str(error))
    outputs = [t for name in SMALL for t in text_outputs(read(FOLDER / f"{name}.ipynb"))]
    shown = {run for text in outputs for run in runs(text)}
    assert shown
    for split in dataset.splits.values():
        for text in split.texts:
            assert shown.isdisjoint(runs(text))


def runs(text: str) -> Iterator[str]:
    """Every eight words in a row, whatever stands between them."""
    words = _WORD.findall(text.lower())
    return (" ".join(words[i : i + RUN_WORDS]) for i in range(len(words) - RUN_WORDS + 1))
