"""Where a network's parameters are: counted by formula, without building the network.

With `d` the width of a layer's input and `u` its units, one direction of a recurrent layer has

    SimpleRNN     u·(d+u) + u
    LSTM      4·(u·(d+u) + u)       input, forget, candidate, output
    GRU       3·(u·(d+u) + 2u)      update, reset, candidate; two biases since the reset comes after

parameters. An embedding of `v` words has v·d, the output f+1 for `f` pooled features, and a hidden
layer of a bag of words u·f + u.
"""

import bisect
import dataclasses
import math
from dataclasses import dataclass
from typing import Any

from sentiment.config import ModelConfig
from sentiment.errors import ConfigError

NUM_GATES = {"simple_rnn": 1, "lstm": 4, "gru": 3}


@dataclass(frozen=True)
class WeightParameters:
    """One weight array.

    Attributes:
        name: as `networks.network_weights` names it.
        shape: of the array.
        count: its parameters.
        formula: the count with the numbers put in, gates outside, such as `3·(100·128)`.
    """

    name: str
    shape: tuple[int, ...]
    count: int
    formula: str


@dataclass(frozen=True)
class LayerParameters:
    """One layer, both directions together.

    Attributes:
        name: such as `gru_1`, which the names of its weights begin with.
        count: its parameters.
        formula: the count with the numbers put in, such as `3·(128·(100+128)+2·128) = 88,320`.
    """

    name: str
    count: int
    formula: str


@dataclass(frozen=True)
class ParameterReport:
    """Every parameter of a network.

    Attributes:
        cell: the network's cell.
        total: all parameters.
        layers: one row a weight array, from the words up.
        subtotals: one row a layer, in the same order.
    """

    cell: str
    total: int
    layers: tuple[WeightParameters, ...]
    subtotals: tuple[LayerParameters, ...]

    def to_dict(self) -> dict[str, Any]:
        """`{"cell", "total", "layers": [{"name", "shape", "count", "formula"}]}`, as JSON takes it.

        Subtotals are sums of these rows and stay out.
        """
        rows = [{**dataclasses.asdict(row), "shape": list(row.shape)} for row in self.layers]
        return {"cell": self.cell, "total": self.total, "layers": rows}


def count_parameters(config: ModelConfig, vocabulary_size: int) -> ParameterReport:
    """Count a network's parameters.

    Args:
        config: the network.
        vocabulary_size: number of token ids, padding and unknown included.

    Returns:
        Counts and formulas; the total is that of Keras's `count_params`.
    """
    width, units = config.embedding_dim, config.units
    layers = [_embedding(vocabulary_size, width)]
    for level in range(1, config.layers + 1 if config.directions else 1):
        layers.append(_recurrent(config, f"{config.cell}_{level}", width))
        width = len(config.directions) * units
    if config.pooling == "max_mean":
        width *= 2
    for level in range(1, config.layers + 1 if config.cell == "bow" else 1):
        layers.append(_dense(f"hidden_{level}", width, units))
        width = units
    layers.append(_dense("output", width, 1))
    return ParameterReport(
        cell=config.cell,
        total=sum(subtotal.count for subtotal, _ in layers),
        layers=tuple(weight for _, weights in layers for weight in weights),
        subtotals=tuple(subtotal for subtotal, _ in layers),
    )


@dataclass(frozen=True)
class BudgetRow:
    """The units with which a cell fits a budget.

    Attributes:
        cell: the cell.
        units: the most that fit.
        besides_embedding: parameters of all layers but the embedding.
        total: all parameters.
    """

    cell: str
    units: int
    besides_embedding: int
    total: int


def units_for_budget(config: ModelConfig, vocabulary_size: int, budget: int) -> BudgetRow:
    """The units whose parameters come closest to a budget without exceeding it.

    The embedding is left out: it is the same for every cell, and larger than all the rest.

    Args:
        config: the network; its own `units` do not matter.
        vocabulary_size: number of token ids, padding and unknown included.
        budget: most parameters besides the embedding's.

    Raises:
        ConfigError: not even one unit fits.
    """
    embedding = vocabulary_size * config.embedding_dim

    def besides(units: int) -> int:
        changed = dataclasses.replace(config, units=units)
        return count_parameters(changed, vocabulary_size).total - embedding

    if (smallest := besides(1)) > budget:
        raise ConfigError(
            f"{config.cell} cannot fit {budget:,} parameters besides the embedding: with 1 unit it "
            f"has {smallest:,}; raise the budget, or lower layers or embedding_dim"
        )
    units = bisect.bisect_right(range(1, budget + 1), budget, key=besides)
    return BudgetRow(config.cell, units, besides(units), besides(units) + embedding)


_Layer = tuple[LayerParameters, list[WeightParameters]]


def _embedding(vocabulary_size: int, width: int) -> _Layer:
    formula = f"{vocabulary_size}·{width}"
    shape = (vocabulary_size, width)
    return _layer("embedding", [_weight("embedding/embeddings", shape, formula)], formula)


def _dense(name: str, width: int, units: int) -> _Layer:
    weights = [
        _weight(f"{name}/kernel", (width, units), f"{width}·{units}"),
        _weight(f"{name}/bias", (units,), f"{units}"),
    ]
    return _layer(name, weights, f"{width}+1" if units == 1 else f"{units}·{width}+{units}")


def _recurrent(config: ModelConfig, name: str, width: int) -> _Layer:
    units, num_gates = config.units, NUM_GATES[config.cell]
    columns = num_gates * units
    num_biases = 2 if config.cell == "gru" else 1
    bias = f"{num_biases}·{units}" if num_biases > 1 else f"{units}"
    shapes = {
        "kernel": ((width, columns), f"{width}·{units}"),
        "recurrent_kernel": ((units, columns), f"{units}·{units}"),
        "bias": ((num_biases, columns) if num_biases > 1 else (columns,), bias),
    }
    weights = [
        _weight(f"{name}/{direction}/{part}", shape, _times([num_gates], per_gate))
        for direction in config.directions
        for part, (shape, per_gate) in shapes.items()
    ]
    per_gate = f"{units}·({width}+{units})+{bias}"
    return _layer(name, weights, _times([len(config.directions), num_gates], per_gate))


def _times(factors: list[int], term: str) -> str:
    """`2·3·(term)`, without the factors that are 1 and needless parentheses."""
    shown = "".join(f"{factor}·" for factor in factors if factor > 1)
    return f"{shown}({term})" if shown and not term.isdecimal() else f"{shown}{term}"


def _weight(name: str, shape: tuple[int, ...], formula: str) -> WeightParameters:
    return WeightParameters(name, shape, math.prod(shape), formula)


def _layer(name: str, weights: list[WeightParameters], formula: str) -> _Layer:
    count = sum(weight.count for weight in weights)
    return LayerParameters(name, count, f"{formula} = {count:,}"), weights
