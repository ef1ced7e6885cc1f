"""The model card that goes with a trained model."""

from sentiment.results import DataResult, Evaluation, TrainingResult


def model_card(result: TrainingResult) -> str:
    """Markdown: what the model is, what it was trained on, and every figure that was measured."""
    model, training = result.config.model, result.config.training
    directions = "both directions" if model.bidirectional else "one direction"
    shape = f"{model.layers} × {model.units} units"
    if model.cell != "bow":
        shape += f", {directions}, {model.pooling} pooling"
    best = result.epochs[result.best_epoch]
    return "\n".join(
        [
            f"# {result.model}",
            "",
            f"Tells positive from negative English text. Cell `{model.cell}`, {shape}, word "
            f"vectors of {model.embedding_dim}, {result.vocabulary_size:,} words, "
            f"{result.num_parameters:,} parameters. Reads {result.config.data.max_tokens:,} words.",
            "",
            "## Training",
            "",
            f"Epoch {result.best_epoch + 1} of {len(result.epochs)}, validation loss "
            f"{best.validation_loss:.4f}, seed {training.seed}, {result.train_seconds:.0f} s.",
            "",
            *(f"- {data.data}: {data.source}" for data in result.results),
            "",
            "## Figures",
            "",
            "| data | split | texts | accuracy | 95 % interval |",
            "|---|---|---|---|---|",
            *(row for data in result.results for row in _rows(data)),
            "",
            f"Command: `sentiment evaluate --model {result.model} --data DATA --split SPLIT`",
            "",
            "## Use",
            "",
            "For texts like those it was trained on. It answers every text, also one that says "
            "nothing or is in another language; the share of unknown words that `sentiment "
            "predict` reports tells how far to trust it. Not for decisions about people.",
            "",
        ]
    )


def _rows(result: DataResult) -> list[str]:
    rows = [_row(result.data, "validation", result.validation)]
    if result.test is not None:
        rows.append(_row(result.data, "test", result.test))
    return rows


def _row(data: str, split: str, found: Evaluation) -> str:
    low, high = found.accuracy_interval
    return (
        f"| {data} | {split} | {found.num_examples:,} | {found.accuracy:.2%} | "
        f"{low:.2%} to {high:.2%} |"
    )
