"""Parameter counts by formula against those of Keras."""

import itertools

import pytest

from sentiment.config import CELLS, ModelConfig
from sentiment.errors import ConfigError
from sentiment.experiments.parameters import count_parameters, units_for_budget
from sentiment.networks import build_network, network_weights

NETWORKS = [
    ModelConfig(
        cell=cell,
        layers=layers,
        units=units,
        embedding_dim=embedding_dim,
        bidirectional=bidirectional,
        pooling=pooling,
    )
    for cell, layers, (units, embedding_dim), bidirectional, pooling in itertools.product(
        CELLS, (1, 2), ((1, 4), (3, 2)), (False, True), ("last", "mean", "max_mean")
    )
    if cell != "bow" or (pooling != "last" and not bidirectional)
]


def value(formula: str) -> object:
    return eval(formula.replace("·", "*"), {})


@pytest.mark.parametrize("config", NETWORKS, ids=str)
def test_counts_are_those_of_keras(config: ModelConfig) -> None:
    report = count_parameters(config, vocabulary_size=7)
    model = build_network(config, vocabulary_size=7, seed=0)
    assert report.total == model.count_params()
    shapes = {name: weight.shape for name, weight in network_weights(model).items()}
    assert {row.name: row.shape for row in report.layers} == shapes


def test_enough_networks_are_compared() -> None:
    assert len(NETWORKS) >= 40


@pytest.mark.parametrize("config", NETWORKS, ids=str)
def test_formulas_give_the_counts(config: ModelConfig) -> None:
    report = count_parameters(config, vocabulary_size=7)
    for row in report.layers:
        assert value(row.formula) == row.count, row
    for subtotal in report.subtotals:
        formula, _, result = subtotal.formula.partition(" = ")
        assert value(formula) == subtotal.count, subtotal
        assert result == f"{subtotal.count:,}"
        rows = [row for row in report.layers if row.name.startswith(f"{subtotal.name}/")]
        assert sum(row.count for row in rows) == subtotal.count
    assert sum(subtotal.count for subtotal in report.subtotals) == report.total


@pytest.mark.parametrize(
    ("cell", "bidirectional", "formula"),
    [
        ("simple_rnn", False, "128·(100+128)+128 = 29,312"),
        ("lstm", False, "4·(128·(100+128)+128) = 117,248"),
        ("gru", False, "3·(128·(100+128)+2·128) = 88,320"),
        ("gru", True, "2·3·(128·(100+128)+2·128) = 176,640"),
    ],
)
def test_formulas_show_gates_and_numbers(cell: str, bidirectional: bool, formula: str) -> None:
    config = ModelConfig(cell=cell, units=128, bidirectional=bidirectional)
    report = count_parameters(config, vocabulary_size=30_000)
    assert [row.formula for row in report.subtotals if row.name == f"{cell}_1"] == [formula]


def test_report_as_json_has_one_row_a_weight() -> None:
    config = ModelConfig(cell="lstm", units=2, embedding_dim=3, bidirectional=False, pooling="max")
    assert count_parameters(config, vocabulary_size=10).to_dict() == {
        "cell": "lstm",
        "total": 81,
        "layers": [
            {"name": "embedding/embeddings", "shape": [10, 3], "count": 30, "formula": "10·3"},
            {
                "name": "lstm_1/forward/kernel",
                "shape": [3, 8],
                "count": 24,
                "formula": "4·(3·2)",
            },
            {
                "name": "lstm_1/forward/recurrent_kernel",
                "shape": [2, 8],
                "count": 16,
                "formula": "4·(2·2)",
            },
            {"name": "lstm_1/forward/bias", "shape": [8], "count": 8, "formula": "4·2"},
            {"name": "output/kernel", "shape": [2, 1], "count": 2, "formula": "2·1"},
            {"name": "output/bias", "shape": [1], "count": 1, "formula": "1"},
        ],
    }


@pytest.mark.parametrize("config", NETWORKS[::5], ids=str)
@pytest.mark.parametrize("budget", [150, 1_000, 12_345])
def test_budget_is_met_as_closely_as_whole_units_allow(config: ModelConfig, budget: int) -> None:
    row = units_for_budget(config, vocabulary_size=7, budget=budget)

    def besides(units: int) -> int:
        changed = ModelConfig(**{**vars(config), "units": units})
        return count_parameters(changed, vocabulary_size=7).total - 7 * config.embedding_dim

    assert besides(row.units) <= budget < besides(row.units + 1)
    assert row.besides_embedding == besides(row.units)
    assert row.total == besides(row.units) + 7 * config.embedding_dim


def test_budget_that_is_met_exactly_gives_its_units() -> None:
    config = ModelConfig(cell="gru", units=5, embedding_dim=4)
    total = count_parameters(config, vocabulary_size=7).total
    assert units_for_budget(config, vocabulary_size=7, budget=total - 7 * 4).units == 5


def test_budget_too_small_for_one_unit_names_the_smallest() -> None:
    config = ModelConfig(cell="gru", embedding_dim=4, bidirectional=False, pooling="max")
    smallest = 3 * (1 * (4 + 1) + 2) + 2
    assert units_for_budget(config, vocabulary_size=7, budget=smallest).units == 1
    with pytest.raises(ConfigError, match=f"with 1 unit it has {smallest};") as caught:
        units_for_budget(config, vocabulary_size=7, budget=smallest - 1)
    assert "\n" not in str(caught.value)
