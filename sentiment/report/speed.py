"""How fast networks train and answer, on what machine, and beside plain Keras."""

from collections.abc import Sequence
from statistics import median

from rich.console import Group, RenderableType
from rich.table import Table

from sentiment.experiments.intervals import Interval
from sentiment.experiments.speed import ModelSpeed, Side, SpeedReport
from sentiment.experiments.timing import Machine
from sentiment.report.text import plain

OURS, KERAS, RATIO = "sentiment", "plain Keras", "ratio"


def speed_report(report: SpeedReport) -> RenderableType:
    """The machine, then a table of speeds, one of latencies and one of fresh processes."""
    return Group(
        _machine_table(report.machine),
        *(plain(_about(model)) for model in report.models),
        _speed_table(report.models),
        _latency_table(report.models),
        _start_table(report.models),
    )


def _machine_table(machine: Machine) -> Table:
    table = Table(title="Machine", title_justify="left", show_header=False)
    memory = "unknown" if machine.memory_gib is None else f"{machine.memory_gib:.1f} GiB"
    table.add_row("processor", plain(f"{machine.processor}, {machine.num_cores} cores usable"))
    table.add_row("memory", memory)
    table.add_row("system", plain(machine.system))
    versions = [f"{name} {version}" for name, version in machine.versions.items()]
    table.add_row("versions", plain(", ".join([f"Python {machine.python}", *versions])))
    return table


def _about(model: ModelSpeed) -> str:
    config = model.config.model
    shape = f"{config.layers} × {config.units} units"
    if len(config.directions) == 2:
        shape += ", both directions"
    return (
        f"{model.model}: {config.cell}, {shape}, {model.num_parameters:,} parameters; "
        f"{model.num_train_texts:,} training and {model.num_test_texts:,} test texts of "
        f"{', '.join(model.data)} a round, batches of {model.config.training.batch_size}"
    )


def _speed_table(models: Sequence[ModelSpeed]) -> Table:
    table = Table(title="Speed in reviews/s, and memory", title_justify="left")
    table.add_column("model")
    for name in ("training", "compiling", "memory", "inference"):
        table.add_column(name, justify="right")
    for model in models:
        for name, side in _sides(table, model):
            table.add_row(
                plain(name),
                _spread(side.train_speeds),
                f"{side.compile_seconds:.1f} s",
                _memory(side.train_memory_mib),
                _spread(side.inference_speeds),
            )
        if model.keras is not None:
            row = (_ratio(model.train_ratio), "", "", _ratio(model.inference_ratio))
            table.add_row(RATIO, *row, style="bold")
    table.caption = (
        "median (least–most) of the rounds; compiling: by how much the first round, which is left "
        "out, was slower; memory: most resident in a process that trains; inference: from text to "
        "probability, tokenizing included"
    )
    if any(model.keras for model in models):
        table.caption += "; ratio: to plain Keras, with its 95 % interval"
    return table


def _latency_table(models: Sequence[ModelSpeed]) -> Table:
    table = Table(title="Latency of one text in ms, p50 / p99", title_justify="left")
    table.add_column("model")
    for latency in models[0].ours.latencies:
        table.add_column(f"{latency.num_tokens} words", justify="right")
    for model in models:
        for name, side in _sides(table, model):
            row = [f"{1e3 * t.p50_seconds:.3g} / {1e3 * t.p99_seconds:.3g}" for t in side.latencies]
            table.add_row(plain(name), *row)
        if model.keras is not None:
            pairs = zip(model.ours.latencies, model.keras.latencies, strict=True)
            row = [f"{o.p50_seconds / k.p50_seconds:.3g}" for o, k in pairs]
            table.add_row(RATIO, *row, style="bold")
    num_calls = models[0].ours.latencies[0].num_calls
    table.caption = f"from text to answer, loaded and warm, {num_calls} calls each"
    if any(model.keras for model in models):
        table.caption += "; ratio of p50: below 1 is quicker than plain Keras"
    return table


def _start_table(models: Sequence[ModelSpeed]) -> Table:
    table = Table(title="Cold start of sentiment predict", title_justify="left")
    for name in ("model", "seconds", "memory"):
        table.add_column(name, justify="left" if name == "model" else "right")
    for model in models:
        seconds = [f"{f(model.cold_start_seconds):.2f}" for f in (median, min, max)]
        table.add_row(
            plain(model.model),
            f"{seconds[0]} ({seconds[1]}–{seconds[2]})",
            _memory(model.predict_memory_mib),
        )
    table.caption = "from the start of a process to its first answer, its files read before"
    return table


def _sides(table: Table, model: ModelSpeed) -> list[tuple[str, Side]]:
    """What the rows of a model are called; beside plain Keras a row with its name comes first."""
    table.add_section()
    if model.keras is None:
        return [(model.model, model.ours)]
    table.add_row(plain(model.model, "bold"))
    return [(OURS, model.ours), (KERAS, model.keras)]


def _spread(values: Sequence[float]) -> str:
    return f"{median(values):,.0f} ({min(values):,.0f}–{max(values):,.0f})"


def _memory(mib: float | None) -> str:
    return "unknown" if mib is None else f"{mib:,.0f} MiB"


def _ratio(ratio: Interval | None) -> str:
    return "" if ratio is None else f"{ratio.mean:.2f} ({ratio.low:.2f}–{ratio.high:.2f})"
