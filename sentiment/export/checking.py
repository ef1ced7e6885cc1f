"""What another program gets from an exported model, asked in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import sentiment
from sentiment.datasets.buckets import pad
from sentiment.errors import ModelError

_ROOT = Path(sentiment.__file__).parent.parent
_KERAS = """
import json, sys
import keras, numpy, sentiment.networks
network = keras.saving.load_model(sys.argv[1])
token_ids = numpy.array(json.load(sys.stdin), "int32")
logits = keras.ops.convert_to_numpy(network(token_ids, training=False))
json.dump((1 / (1 + numpy.exp(-logits.astype("float64")))).tolist(), sys.stdout)
"""
_TENSORFLOW = """
import json, sys
import tensorflow
answer = tensorflow.saved_model.load(sys.argv[1]).signatures["serving_default"]
found = answer(texts=tensorflow.constant(json.load(sys.stdin)))["probability"]
assert "sentiment" not in sys.modules
json.dump(found.numpy().tolist(), sys.stdout)
"""


def answers_of_keras(path: Path, rows: list[NDArray[np.int32]]) -> NDArray[np.float64]:
    """P(positive) of token ids by a `.keras` file, <float64>[num_texts].

    Raises:
        ModelError: the file cannot be loaded or run.
    """
    token_ids = pad(rows, max(1, *map(len, rows)))
    return _run(_KERAS, path, token_ids.tolist())


def answers_of_saved_model(path: Path, texts: list[str]) -> NDArray[np.float64]:
    """P(positive) of texts by a SavedModel and TensorFlow alone, <float64>[num_texts].

    Raises:
        ModelError: the folder cannot be loaded or run.
    """
    return _run(_TENSORFLOW, path, texts)


def _run(program: str, path: Path, values: Any) -> NDArray[np.float64]:
    given = os.environ.get("PYTHONPATH")
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        input=json.dumps(values),
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(_ROOT), *filter(None, [given])])},
    )
    if done.returncode != 0:
        last = next((line for line in reversed(done.stderr.splitlines()) if line.strip()), "")
        raise ModelError(f"what was written cannot be loaded: {last.strip()}; nothing is kept")
    return np.array(json.loads(done.stdout), np.float64)
