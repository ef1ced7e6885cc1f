"""What came of an export, and how another program uses it."""

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from sentiment.export.job import KERAS, ONNX, SAVED_MODEL, ExportResult
from sentiment.export.onnx_file import kept_part
from sentiment.report.text import plain

_USAGE = {
    KERAS: """\
import keras, numpy, sentiment.networks, tokenizers
read = tokenizers.Tokenizer.from_file({tokenizer!r}).encode_batch(["I like coffee"])
print(keras.ops.sigmoid(keras.saving.load_model({path!r})(numpy.array([r.ids for r in read]))))""",
    ONNX: """\
import numpy as np, onnxruntime, tokenizers
read = tokenizers.Tokenizer.from_file({tokenizer!r}).encode_batch(["I like coffee"])
lengths = np.int32([sum(r.attention_mask) for r in read])
inputs = {{"token_ids": np.int32([r.ids for r in read]), "lengths": lengths}}
print(onnxruntime.InferenceSession({path!r}).run(["probability"], inputs))""",
    SAVED_MODEL: """\
import tensorflow as tf
model = tf.saved_model.load({path!r})
print(model(tf.constant(["I like coffee"])))""",
}


def usage(result: ExportResult) -> str:
    """Python that answers a text with what was written."""
    return _USAGE[result.format].format(path=result.path, tokenizer=result.tokenizer_path)


def export_report(result: ExportResult) -> RenderableType:
    """Place, size, agreement, and a few lines of Python."""
    lines = [plain(f"{result.model} as {result.format}: {result.path}")]
    if result.tokenizer_path is not None:
        lines.append(plain(f"its tokenizer: {result.tokenizer_path}"))
    lines.append(plain(f"{result.num_bytes / 1e6:,.1f} MB"))
    lines.append(
        plain(
            f"P(positive) of {result.num_texts} texts differs from predict's by "
            f"{result.greatest_difference:.1e} at most"
        )
    )
    if result.tokenizer_path is not None:
        kept = kept_part(result.max_tokens, result.truncation)
        lines.append(plain(f"of a text of more than {result.max_tokens} ids, keep {kept}"))
    panel = Panel(Text("\n").join(lines), title="Exported", title_align="left", expand=False)
    return Group(panel, plain(usage(result)))
