"""How much the server takes at a time, and what it says to a request that asks for more."""

from collections.abc import Sequence
from dataclasses import dataclass

from sentiment.errors import RequestTooLargeError


@dataclass(frozen=True)
class Limits:
    """What one request may ask for, and how many may wait.

    Attributes:
        max_body_bytes: of a request.
        max_texts: of a request.
        max_characters: of a text.
        max_all_characters: of the texts of a request and their scrambles; enough for one text of
            any length and any number of scrambles.
        queue_size: texts that may wait for a model; where none waits, any request is taken.
    """

    max_body_bytes: int = 2 << 20
    max_texts: int = 256
    max_characters: int = 20_000
    max_all_characters: int = 2_100_000
    queue_size: int = 2_048

    def check(self, texts: Sequence[str], num_scrambles: int = 0) -> None:
        """Refuse what is too much.

        Args:
            texts: to be answered.
            num_scrambles: of each text, to be answered too.

        Raises:
            RequestTooLargeError: there are too many texts, or one is too long.
        """
        if len(texts) > self.max_texts:
            raise RequestTooLargeError(
                f"the request has {len(texts):,} texts, and at most {self.max_texts:,} are "
                "answered at a time; send them in several requests"
            )
        for number, text in enumerate(texts, start=1):
            if len(text) > self.max_characters:
                which = "the text" if len(texts) == 1 else f"text {number}"
                raise RequestTooLargeError(
                    f"{which} has {len(text):,} characters, and at most {self.max_characters:,} "
                    "are read; shorten it"
                )
        num_characters = sum(map(len, texts)) * (1 + num_scrambles)
        if num_characters > self.max_all_characters:
            raise RequestTooLargeError(
                f"the texts and their scrambles have {num_characters:,} characters, and at most "
                f"{self.max_all_characters:,} are read at a time; ask for fewer"
            )
