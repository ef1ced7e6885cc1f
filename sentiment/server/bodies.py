"""What goes in and out as JSON, for the OpenAPI document and for what is checked before any work.

Records that the library has already are used as they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from sentiment.experiments.explanation import Interaction
from sentiment.predictions import Prediction, Scramble
from sentiment.server.limits import Limits

MAX_SCRAMBLES = 100
MIN_PERMUTATIONS = 5  # as `sentiment order` has it
MAX_PERMUTATIONS = 20
MAX_SEED = 2**32 - 1

_EXAMPLE = "the plot was dull but the acting was superb"
_LONGEST_DETAIL = 500
_NOT_AN_OBJECT = ("missing", "model_type", "model_attributes_type")

Text = Annotated[str, Field(examples=[_EXAMPLE])]


def _whole(value: object) -> object:
    """5 for 5.0, which are one number in JSON; anything else as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


_Whole = BeforeValidator(_whole)

Seed = Annotated[int, Field(ge=0, le=MAX_SEED, description="Decides the orders."), _Whole]
Scrambles = Annotated[
    int, Field(ge=0, le=MAX_SCRAMBLES, description="Scrambles of each text."), _Whole
]
Permutations = Annotated[
    int,
    Field(
        ge=MIN_PERMUTATIONS,
        le=MAX_PERMUTATIONS,
        description="Orders to try at each strength that chance decides.",
    ),
    _Whole,
]


class _Request(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    model: str | None = Field(None, description="Name from /models; without it, the default.")


class PredictRequest(_Request):
    """A text or several, and how many scrambles of each."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["text"]}, {"required": ["texts"]}]}
    )

    text: Text = ""
    texts: list[Text] = []
    num_scrambles: Scrambles = 0
    seed: Seed = 0

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if ("text" in self.model_fields_set) == ("texts" in self.model_fields_set):
            raise PydanticCustomError("one_of_both", "send either text or texts")
        return self

    def all_texts(self) -> list[str]:
        """The texts, one or several."""
        return self.texts if "texts" in self.model_fields_set else [self.text]


class TextRequest(_Request):
    """A text."""

    text: Text


class OrderRequest(TextRequest):
    """A text, and in how many orders to try it."""

    num_permutations: Permutations = MIN_PERMUTATIONS
    seed: Seed = 0


class Problem(BaseModel):
    """What was wrong, and what to do, in one line."""

    detail: str


@dataclass(frozen=True)
class Answer(Prediction):
    """A prediction, with its scrambles where they were asked for."""

    scrambles: tuple[Scramble, ...] = ()


class PredictResponse(BaseModel):
    """The answers, in the order of the texts."""

    predictions: list[Answer]


class ExplainedWord(BaseModel):
    """A word, how much it moved P(positive), and P(positive) of the words up to it."""

    word: str
    effect: float
    running_probability: float


class ExplainResponse(BaseModel):
    """What each word did, and the clearest pairs of words."""

    words: list[ExplainedWord]
    interactions: list[Interaction]


class ModelEntry(BaseModel):
    """A model that may be asked."""

    name: str
    cell: str
    num_parameters: int
    default: bool


class ModelsResponse(BaseModel):
    """The models there are, the default first."""

    models: list[ModelEntry]


class HealthResponse(BaseModel):
    """That the server answers, and with what."""

    status: Literal["ok"]
    model: str
    version: str


def describe_limits(schemas: Mapping[str, Any], limits: Limits) -> None:
    """Write limits of a server into the schemas of its OpenAPI document."""
    for name in (PredictRequest.__name__, TextRequest.__name__, OrderRequest.__name__):
        schemas[name]["properties"]["text"]["maxLength"] = limits.max_characters
    texts = schemas[PredictRequest.__name__]["properties"]["texts"]
    texts["maxItems"] = limits.max_texts
    texts["items"]["maxLength"] = limits.max_characters


def one_line(detail: str) -> str:
    """A message as `Problem` has it, whatever is in it."""
    line = " ".join(detail.split())
    return line if len(line) <= _LONGEST_DETAIL else line[: _LONGEST_DETAIL - 1] + "…"


def what_is_wrong(errors: Sequence[Mapping[str, Any]]) -> str:
    """Pydantic's errors in one line."""
    return one_line("; ".join(map(_what_is_wrong, errors[:3])))


def _what_is_wrong(error: Mapping[str, Any]) -> str:
    place = ".".join(str(part) for part in error["loc"][1:])
    if error["type"] == "json_invalid":
        return f"the body is not JSON: {error['ctx']['error']} at character {place}"
    if not place and error["type"] in _NOT_AN_OBJECT:
        return "send a JSON object, with Content-Type: application/json"
    return f"{place}: {error['msg']}" if place else str(error["msg"])
