"""The 100 texts that an exported model is checked on: short, long, empty, odd."""

from sentiment.datasets.lessons_sentences import written_sentences
from sentiment.datasets.pairs import pairs

NUM_TEXTS = 100

_MAX_WORDS = 1_000
_NUM_LONG = 14
_ODD = (
    "",
    " \t\n",
    "👍🏽 so good 👨‍👩‍👧",
    "It’s ‘fine’, isn't it? don`t",
    "Great<br /><br />film &amp; <b>GREAT</b> cast &lt;3",
    "8/10, 3.5 stars; 2.5x better, 1.2.3rd",
    "well... no.. maybe.",
    "cafe\u0301 ½ ＦＵＬＬ ﬁne İstanbul",
    "a\u0302\u0323 e\u0323\u0302 가각 \u1100\u1161\u11a8",
    "이 영화 정말 좋아요",
    "co\u00adop zero\u200bwidth \ufeffmark",
    "[PAD] [UNK] zebraquagga",
    "!?" * 40,
    "\x00\x01\x02\x1b[31m_x_",
)


def checked_texts(max_tokens: int) -> list[str]:
    """The texts, the same each time.

    Args:
        max_tokens: of the model; the longest texts have more words, up to 1,000.
    """
    written = [text for _, text in written_sentences()]
    words = " ".join(written).split()
    most = min(max_tokens + max_tokens // 5 + 1, _MAX_WORDS)
    long = [" ".join(words[: most * number // _NUM_LONG]) for number in range(1, _NUM_LONG + 1)]
    drawn = pairs(NUM_TEXTS).test.texts
    half = (NUM_TEXTS - len(_ODD) - len(long)) // 2
    short = [*written[:: len(written) // half][:half], *drawn[:half]]
    return [*_ODD, *long, *short]
