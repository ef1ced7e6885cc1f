"""What a network did at each word: its gates, its states, and how its verdict formed.

Gates and states come from the NumPy recurrence, probabilities from the network that `predict`
runs. Knows nothing about tables and pictures.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from sentiment.artifact import SavedModel
from sentiment.errors import ConfigError
from sentiment.predictions import label_name
from sentiment.predictor import Predictor
from sentiment.recurrence import Trace, Weights, run_network
from sentiment.tokenizer import UNKNOWN_ID, cut
from sentiment.words import readable

MAX_WORDS = 200
QUANTITIES: Mapping[str, tuple[str, ...]] = {
    "bow": (),
    "simple_rnn": ("hidden",),
    "lstm": ("input_gate", "forget_gate", "output_gate", "cell_state", "hidden"),
    "gru": ("update_gate", "reset_gate", "hidden"),
}


@dataclass(frozen=True)
class ReadWord:
    """A word and what the model made of the text up to it.

    Attributes:
        word: as the text spells it.
        known: whether the vocabulary has it.
        probability: P(positive) of the words up to and including this one, as a text of their
            own. A network that reads from both ends reads each such beginning from both ends, so
            this is what it would have answered had the text ended here.
    """

    word: str
    known: bool
    probability: float


@dataclass(frozen=True)
class Quantity:
    """A gate or a state at each word, over the units of one direction of a layer.

    Attributes:
        direction: `forward` or `backward`; a backward reader comes to the last word first.
        name: of a field of the cell's trace in `recurrence`, such as `forget_gate`.
        mean: over the units, one value a word; from 0 to 1 for a gate.
        deviation: standard deviation over the units, one value a word.
    """

    direction: str
    name: str
    mean: tuple[float, ...]
    deviation: tuple[float, ...]

    @property
    def is_gate(self) -> bool:
        """Whether its values are shares from 0 to 1; else it is a state, of either sign."""
        return self.name.endswith("_gate")

    @property
    def title(self) -> str:
        """The name in words, such as `forget gate`."""
        return "hidden state" if self.name == "hidden" else self.name.replace("_", " ")


@dataclass(frozen=True)
class TextTrace:
    """How one text was read.

    Attributes:
        text: as it was read, with what is not a character replaced.
        label: `positive` or `negative`.
        probability: P(positive) of the whole text.
        num_tokens: words of the whole text.
        num_read: those of them that the model reads; fewer where the text was cut.
        words: the first of those read, at most `max_words` of them.
        quantities: the same words' gates and states; empty for a bag of words.
    """

    text: str
    label: str
    probability: float
    num_tokens: int
    num_read: int
    words: tuple[ReadWord, ...]
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True)
class GatesReport:
    """How one or more texts were read by a model.

    Attributes:
        model: its name.
        cell: of its network.
        layer: the recurrent layer that was looked into, from 1; None for a bag of words.
        num_layers: layers of the network.
        units: of each direction of a layer.
        texts: how each was read, in the order given.
    """

    model: str
    cell: str
    layer: int | None
    num_layers: int
    units: int
    texts: tuple[TextTrace, ...]

    @property
    def state_scale(self) -> tuple[float, float]:
        """(low, high) of the scale that all states share, about 0 and as far as any mean goes."""
        states = (q for text in self.texts for q in text.quantities if not q.is_gate)
        end = max((abs(value) for q in states for value in q.mean), default=0.0) or 1.0
        return -end, end

    def to_dict(self) -> dict[str, Any]:
        """The object that `gates --json` prints."""
        return asdict(self)


def trace_gates(
    model: SavedModel,
    text: str,
    *others: str,
    scramble_seed: int | None = None,
    layer: int | None = None,
    max_words: int = MAX_WORDS,
    predictor: Predictor | None = None,
) -> GatesReport:
    """Read texts word by word.

    Args:
        model: the network and its tokenizer.
        text: cut to `max_tokens` words, as `predict` does.
        *others: texts to set beside it.
        scramble_seed: decides an order of the words of `text` to set beside it too; None for none.
        layer: the recurrent layer to look into, from 1; None for the last.
        max_words: most words of each text to show.
        predictor: the model ready to answer, where it is already.

    Returns:
        Both directions of the layer, each text through the whole of which the network went: what
        is left out is only left out of the record.

    Raises:
        ConfigError: the network has no such layer.
        ModelError: the network cannot be run.
    """
    settings = model.config.model
    if settings.cell == "bow":
        if layer is not None:
            raise ConfigError(
                f"{model.name} is a bag of words and has no recurrent layers; leave out the layer"
            )
    else:
        layer = settings.layers if layer is None else layer
        if not 1 <= layer <= settings.layers:
            raise ConfigError(
                f"{model.name} has no layer {layer}; choose one from 1 to {settings.layers}"
            )
    predictor = predictor or Predictor.of(model)
    weights = model.weights()
    texts = [text, *others]
    if scramble_seed is not None:
        texts += [scramble.text for scramble in predictor.scramble(text, 1, scramble_seed)]
    return GatesReport(
        model=model.name,
        cell=settings.cell,
        layer=layer,
        num_layers=settings.layers,
        units=settings.units,
        texts=tuple(
            _trace(model, predictor, weights, each, layer=layer, max_words=max_words)
            for each in texts
        ),
    )


def _trace(
    model: SavedModel,
    predictor: Predictor,
    weights: Weights,
    text: str,
    *,
    layer: int | None,
    max_words: int,
) -> TextTrace:
    text = readable(text)
    words = [word.surface for word in model.tokenizer.words(text)]
    token_ids = model.tokenizer.encode(text)
    data = model.config.data
    places = cut(np.arange(len(words), dtype=np.int32), data.max_tokens, data.truncation)
    read = token_ids[places]
    shown = min(len(read), max_words)
    ends = list(range(1, shown + 1))
    if shown < len(read) or not ends:
        ends.append(len(read))
    probabilities = predictor.probabilities([read[:end] for end in ends]).tolist()
    quantities: tuple[Quantity, ...] = ()
    if layer is not None:
        batch = read[None] if len(read) else np.zeros((1, 1), np.int32)
        traces = run_network(model.config.model, weights, batch).layers[layer - 1]
        names = QUANTITIES[model.config.model.cell]
        quantities = tuple(_quantities(traces, names, shown))
    return TextTrace(
        text=text,
        label=label_name(probabilities[-1]),
        probability=probabilities[-1],
        num_tokens=len(words),
        num_read=len(read),
        words=tuple(
            ReadWord(words[place], bool(token_ids[place] != UNKNOWN_ID), probability)
            for place, probability in zip(places[:shown], probabilities, strict=False)
        ),
        quantities=quantities,
    )


def _quantities(
    traces: Mapping[str, Trace], names: tuple[str, ...], shown: int
) -> Iterable[Quantity]:
    """Yield mean and deviation over units of the first words of a batch of one text."""
    for direction, trace in traces.items():
        for name in names:
            values = getattr(trace, name)[0, :shown].astype(np.float64)
            mean, deviation = values.mean(axis=-1), values.std(axis=-1)
            yield Quantity(direction, name, tuple(mean.tolist()), tuple(deviation.tolist()))
