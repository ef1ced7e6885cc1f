"""A model as one whole ONNX file that says how texts become its input."""

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray

from sentiment.artifact import SavedModel
from sentiment.datasets.buckets import pad
from sentiment.tokenizer import PADDING_ID, UNKNOWN_ID, Tokenizer, cut

_PROBABILITY = "probability"


def onnx_file(model: SavedModel) -> bytes:
    """The network with a second output, `probability`, and its pre-processing as metadata.

    The metadata are texts: `model`, `tokenizer` (a Hugging Face tokenizer file), `max_tokens`,
    `truncation`, `padding_id`, `unknown_id`, and `preprocessing`, the same in words.
    """
    network = onnx.load_from_string(model.onnx)
    network.graph.node.append(
        onnx.helper.make_node("Sigmoid", ["logit"], [_PROBABILITY], name=_PROBABILITY)
    )
    network.graph.output.append(
        onnx.helper.make_tensor_value_info(_PROBABILITY, onnx.TensorProto.FLOAT, ["batch_size"])
    )
    data = model.config.data
    notes = {
        "model": model.name,
        "tokenizer": model.tokenizer.to_json(),
        "max_tokens": str(data.max_tokens),
        "truncation": data.truncation,
        "padding_id": str(PADDING_ID),
        "unknown_id": str(UNKNOWN_ID),
        "preprocessing": (
            f"token_ids: ids of each text by the tokenizer; of more than {data.max_tokens}, "
            f"{kept_part(data.max_tokens, data.truncation)} are kept; then padded at the end with "
            f"{PADDING_ID} to the longest of the batch, to one at least. lengths: ids of each text "
            "before its padding. probability: that a text is positive."
        ),
    }
    for key, value in notes.items():
        network.metadata_props.append(onnx.StringStringEntryProto(key=key, value=value))
    onnx.checker.check_model(network)
    content: bytes = network.SerializeToString(deterministic=True)
    return content


def kept_part(max_tokens: int, truncation: str) -> str:
    """Which tokens of a longer text a model reads, in words."""
    head = (max_tokens + 1) // 2
    return {
        "head": f"the first {max_tokens}",
        "tail": f"the last {max_tokens}",
        "both": f"the first {head} and the last {max_tokens - head}",
    }[truncation]


def answers_of_onnx(path: Path, texts: list[str]) -> NDArray[np.float64]:
    """P(positive) as the file alone gives it, through ONNX Runtime, <float64>[num_texts]."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    notes = session.get_modelmeta().custom_metadata_map
    tokenizer = Tokenizer.from_json(notes["tokenizer"])
    max_tokens, truncation = int(notes["max_tokens"]), notes["truncation"]
    rows = [cut(row, max_tokens, truncation) for row in tokenizer.encode_batch(texts)]
    lengths = np.array([len(row) for row in rows], np.int32)
    inputs = {"token_ids": pad(rows, max(1, lengths.max())), "lengths": lengths}
    (found,) = session.run([_PROBABILITY], inputs)
    return np.asarray(found, np.float64)
