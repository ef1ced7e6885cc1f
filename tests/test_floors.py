"""Reads every module's imports and holds the floors of ARCHITECTURE.md."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import sentiment

ROOT = Path(sentiment.__file__).parent

FLOORS = {
    "errors": 0,
    "config": 0,
    "cores": 0,
    "paths": 0,
    "progress": 0,
    "quiet": 0,
    "words": 1,
    "ascii_words": 1,
    "tokenizer": 1,
    "columns": 1,
    "table_files": 1,
    "tables": 1,
    "rows": 1,
    "row_reading": 1,
    "row_writing": 1,
    "unfinished": 1,
    "predictions": 1,
    "results": 1,
    "compact": 2,
    "artifact": 2,
    "model_store": 2,
    "recurrence": 2,
    "onnx_graph": 2,
    "datasets": 2,
    "kernels": 2,
    "compiled": 2,
    "fused": 2,
    "networks": 2,
    "surprise": 3,
    "predictor": 3,
    "evaluation": 3,
    "training": 3,
    "cluster": 4,
    "experiments": 4,
    "export": 4,
    "api": 4,
    "scoring_job": 4,
    "scoring_output": 4,
    "scoring": 4,
    "scoring_files": 4,
    "scoring_cluster": 4,
    "sklearn": 4,
    "server": 4,
    "report": 5,
    "plots": 5,
    "commands": 6,
}
STARRED = {
    "datasets.imdb",
    "experiments.adding",
    "experiments.gradients",
    "experiments.plain_keras",
    "fused",
    "export.graph_tokenizer",
    "export.keras_network",
    "export.saved_model",
    "networks",
    "training.adam",
    "training.fit",
    "training.adversarial",
    "training.language_model",
    "training.pretraining",
}
HEAVY = {"tensorflow", "keras", "tensorflow_datasets", "tensorboard"}


def modules() -> dict[str, Path]:
    """Path of each module, by its name below `sentiment`."""
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        if name:
            found[name] = path
    return found


def imports(path: Path) -> set[str]:
    """Full names of everything that a module imports, wherever it does."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def inner_imports(path: Path) -> set[str]:
    """Names below `sentiment` of the modules that a module imports."""
    known = modules()
    found = set()
    for name in imports(path):
        package, _, rest = name.partition(".")
        if package == "sentiment":
            while rest and rest not in known:
                rest = rest.rpartition(".")[0]
            if rest:
                found.add(rest)
    return found


def room(name: str) -> str:
    return name.partition(".")[0]


@pytest.mark.parametrize("name", modules())
def test_imports_only_go_down(name: str) -> None:
    floor = FLOORS[room(name)]
    for other in inner_imports(modules()[name]):
        assert FLOORS[room(other)] <= floor, f"{name} (floor {floor}) imports {other}"


def test_no_circle_of_imports_arises() -> None:
    edges = {name: inner_imports(path) for name, path in modules().items()}
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " → ".join([*above, name])
        if name not in done:
            for other in edges[name]:
                visit(other, (*above, name))
            done.add(name)

    for name in edges:
        visit(name, ())


@pytest.mark.parametrize("name", modules())
def test_only_starred_modules_import_tensorflow(name: str) -> None:
    heavy = {other.partition(".")[0] for other in imports(modules()[name])} & HEAVY
    assert not heavy or name in STARRED, f"{name} imports {sorted(heavy)}"


@pytest.mark.parametrize("name", modules())
def test_nothing_below_the_commands_prints_or_exits(name: str) -> None:
    if room(name) == "commands":
        return
    calls = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(modules()[name].read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    assert not calls & {"print", "sys.exit", "exit", "quit"}


def test_no_module_named_cli_is_in_the_package() -> None:
    assert "cli" not in modules()


def test_importing_the_package_imports_no_third_party() -> None:
    code = "import sys, sentiment; print(sorted({n.partition('.')[0] for n in sys.modules}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"click", "numpy", "rich", "keras", "tensorflow"} & set(ast.literal_eval(run.stdout))
