"""Comparisons summed up, judged and shown: from records alone, nothing is trained."""

from collections.abc import Callable
from dataclasses import asdict

import numpy as np
import pytest
from rich.console import Console

from sentiment.experiments.comparison import CellRun, Comparison
from sentiment.experiments.comparison_verdicts import comparison_verdicts
from sentiment.experiments.verdict import CANNOT_TELL, FAILS, HOLDS, Verdict
from sentiment.plots.comparison import comparison_figure
from sentiment.report.comparison import comparison_report

NUM_TEXTS = 4_000
PARAMETERS = {"bow": 50, "simple_rnn": 100, "gru": 300, "lstm": 400}
SPEEDS = {"bow": 3000.0, "simple_rnn": 800.0, "gru": 600.0, "lstm": 400.0}
RIGHT = {"bow": 0.8, "simple_rnn": 0.85, "gru": 0.9, "lstm": 0.9}


def cell_run(
    cell: str, seed: int, *, data: str = "imdb", layers: int = 1, **given: float
) -> CellRun:
    """A run that answers a share `right` of the texts right, ± `shift` from seed to seed."""
    shift = given.get("shift", 0.0) * (seed - 1)
    share = given.get("right", RIGHT[cell]) + shift
    rng = np.random.default_rng((seed, layers, len(cell), len(data)))
    num_right = np.zeros(NUM_TEXTS, int)
    num_right[rng.permutation(NUM_TEXTS)[: round(share * NUM_TEXTS)]] = 1
    speed = given.get("speed", SPEEDS[cell])
    return CellRun(
        data=data,
        cell=cell,
        layers=layers,
        units=int(given.get("units", 64)),
        seed=seed,
        num_parameters=int(given.get("parameters", PARAMETERS[cell])),
        epoch_seconds=(10.0, 12.0),
        train_speeds=(speed * (1 + given.get("wobble", 0.0) * (seed - 1)), speed),
        inference_speed=5000.0,
        latency_seconds=0.0004,
        num_bytes=24_000_000,
        path=f"somewhere/comparisons/{cell}-{layers}-{seed}",
        unit_size=1,
        num_right="".join(map(str, num_right)),
    )


def comparison(
    num_seeds: int = 3,
    cells: tuple[str, ...] = ("bow", "simple_rnn", "lstm", "gru"),
    datasets: tuple[str, ...] = ("imdb", "pairs"),
    **given: dict[str, float],
) -> Comparison:
    """Runs of every cell; `gru={"right": 0.7}` changes those of one cell, `gru_2` adds a depth."""
    networks = [(cell, 1) for cell in cells]
    networks += [(name[:-2], 2) for name in given if name.endswith("_2")]
    runs = [
        cell_run(
            cell,
            seed,
            data=data,
            layers=layers,
            **given.get(cell if layers == 1 else f"{cell}_2", {}),
        )
        for data in datasets
        for seed in range(num_seeds)
        for cell, layers in networks
    ]
    return Comparison("imdb", 2, num_seeds, "units", tuple(runs))


def answer(claim: str, of: Comparison) -> Verdict:
    (found,) = (verdict for verdict in comparison_verdicts(of) if claim in verdict.claim)
    return found


@pytest.mark.parametrize(
    ("claim", "expected", "make"),
    [
        ("fewer parameters", HOLDS, comparison),
        ("fewer parameters", FAILS, lambda: comparison(gru={"parameters": 400})),
        ("fewer parameters", CANNOT_TELL, lambda: comparison(gru={"units": 75})),
        ("fewer parameters", CANNOT_TELL, lambda: comparison(cells=("bow", "gru"))),
        ("trains faster", HOLDS, comparison),
        ("trains faster", FAILS, lambda: comparison(gru={"speed": 350})),
        ("trains faster", CANNOT_TELL, lambda: comparison(gru={"speed": 405, "wobble": 0.4})),
        ("trains faster", CANNOT_TELL, lambda: comparison(cells=("lstm",))),
        ("about equally", HOLDS, lambda: comparison(gru={"right": 0.999}, lstm={"right": 0.999})),
        ("about equally", FAILS, lambda: comparison(gru={"right": 0.95}, lstm={"right": 0.85})),
        ("about equally", CANNOT_TELL, lambda: comparison(gru={"shift": 0.02})),
        ("about equally", CANNOT_TELL, lambda: comparison(num_seeds=1)),
        ("about equally", CANNOT_TELL, lambda: comparison(cells=("gru",))),
        ("than a SimpleRNN", HOLDS, comparison),
        ("than a SimpleRNN", FAILS, lambda: comparison(lstm={"right": 0.8})),
        ("than a SimpleRNN", CANNOT_TELL, lambda: comparison(gru={"shift": 0.05})),
        ("than a SimpleRNN", CANNOT_TELL, lambda: comparison(cells=("gru", "simple_rnn"))),
        ("where order decides", HOLDS, comparison),
        ("where order decides", FAILS, lambda: comparison(simple_rnn={"right": 0.7})),
        ("where order decides", CANNOT_TELL, lambda: comparison(lstm={"shift": 0.1})),
        ("where order decides", CANNOT_TELL, lambda: comparison(datasets=("imdb",))),
        ("layers help little", HOLDS, lambda: comparison(gru_2={"right": 0.87})),
        ("layers help little", FAILS, lambda: comparison(gru_2={"right": 0.97})),
        ("layers help little", CANNOT_TELL, lambda: comparison(gru_2={"shift": 0.02})),
        ("layers help little", CANNOT_TELL, comparison),
    ],
)
def test_a_claim_gets_the_answer_that_its_records_give(
    claim: str, expected: str, make: Callable[[], Comparison]
) -> None:
    assert answer(claim, make()).answer == expected


def test_every_claim_has_records_for_each_answer() -> None:
    (mark,) = (
        mark
        for mark in test_a_claim_gets_the_answer_that_its_records_give.pytestmark  # type: ignore[attr-defined]
        if mark.name == "parametrize"
    )
    tried = {(claim, expected) for claim, expected, _ in mark.args[1]}
    for verdict in comparison_verdicts(comparison()):
        for expected in (HOLDS, FAILS, CANNOT_TELL):
            assert any(c in verdict.claim and e == expected for c, e in tried), verdict.claim


def test_one_cell_that_fails_decides_against_all() -> None:
    found = answer(
        "where order decides", comparison(simple_rnn={"right": 0.7}, lstm={"shift": 0.1})
    )
    assert found.answer == FAILS
    for cell in ("simple_rnn", "lstm", "gru"):
        assert f"{cell} less bow on pairs" in found.evidence


def test_a_summary_is_over_seeds_and_epochs() -> None:
    (row,) = comparison(cells=("gru",), datasets=("imdb",), gru={"shift": 0.01}).summaries("imdb")
    assert row.num_seeds == 3
    assert row.accuracy == pytest.approx(0.9)
    assert row.accuracy_sd == pytest.approx(0.01)
    assert row.epoch_seconds == pytest.approx(11)
    assert row.train_speed == 600


def test_pairs_are_scored_by_the_share_of_their_texts() -> None:
    run = cell_run("gru", 0)
    both = CellRun(**{**asdict(run), "unit_size": 2, "num_right": "0122"})
    np.testing.assert_allclose(both.scores, [0, 0.5, 1, 1])


def test_json_has_figures_and_leaves_out_single_answers() -> None:
    found = comparison(gru_2={}).to_dict()
    assert len(found["runs"]) == 2 * 3 * 5
    assert len(found["networks"]) == 2 * 5
    assert len(found["pairs"]) == 2 * 10
    assert "num_right" not in found["runs"][0]


def test_the_report_shows_every_network_and_verdict_in_80_columns() -> None:
    compared = comparison(gru_2={"right": 0.97})
    console = Console(width=80, force_terminal=False)
    with console.capture() as capture:
        console.print(comparison_report(compared, comparison_verdicts(compared)))
    shown = capture.get()
    for expected in ("bow 1×64", "gru 2×64", "90.00 ±0.00", HOLDS, FAILS, "McNemar"):
        assert expected in shown
    assert "…" not in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_the_picture_has_titles_units_and_a_legend_of_every_network() -> None:
    figure = comparison_figure(comparison(gru_2={}))
    assert figure.get_suptitle()
    assert len(figure.axes) == 2
    for axes in figure.axes:
        assert axes.get_title()
        assert axes.get_xlabel() == "training speed (reviews/s)"
        assert axes.get_ylabel() == "accuracy on test texts (%)"
        legend = axes.get_legend()
        assert legend is not None
        assert len(legend.get_texts()) == 5
