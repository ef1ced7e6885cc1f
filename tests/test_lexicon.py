import pytest
from test_snippets import Serve, home, serve, tar_gz

from sentiment.config import DataConfig
from sentiment.datasets.lexicon import lexicon
from sentiment.datasets.loading import load_datasets
from sentiment.datasets.snippets import split_of
from sentiment.errors import DataUnavailableError

__all__ = ["home", "serve"]

RATED = {f"word{number}": (number % 9 - 4) / 2 for number in range(90)} | {":-)": 1.3, "%)": -0.4}


def sdist(lines: list[str]) -> bytes:
    return tar_gz({"vaderSentiment/vader_lexicon.txt": "\n".join(lines).encode()})


def listed() -> list[str]:
    return [f"{word}\t{mean}\t0.5\t[1, 2, 3]\r" for word, mean in RATED.items()]


def test_a_word_has_the_sign_of_its_rating_and_the_split_of_its_text(serve: Serve) -> None:
    serve(sdist([*listed(), "word5\t-4\t0\t[]", ""]))  # what comes twice counts as it came first
    dataset = lexicon()
    found = {
        (name, row["text"], row["label"], row["rating"])
        for name, split in dataset.splits.items()
        for row in split.table.to_pylist()
    }
    expected = {
        ("neutral", word, None, mean)
        if abs(mean) < 0.5
        else (split_of(word), word, int(mean > 0), mean)
        for word, mean in RATED.items()
    }
    assert found == expected
    assert ("neutral", "%)", None, -0.4) in found


def test_it_is_fetched_once(serve: Serve) -> None:
    commands = serve(sdist(listed()))
    first = lexicon()
    assert lexicon().fingerprint() == first.fingerprint()
    assert len(commands) == 1


def test_data_takes_it_by_name(serve: Serve) -> None:
    serve(sdist(listed()))
    (dataset,) = load_datasets(DataConfig(data=("lexicon",)))
    assert dataset.name == "lexicon"
    assert "MIT" in dataset.source


@pytest.mark.parametrize("lines", [["word"], ["word\tgood\t1"], []])
def test_another_layout_is_one_clear_line(serve: Serve, lines: list[str]) -> None:
    content = sdist(lines) if lines else tar_gz({"README.md": b""})
    serve(content)
    with pytest.raises(DataUnavailableError, match=r"lexicon.*not laid out as expected"):
        lexicon()
