"""sentiment: recurrent text sentiment classification, every claim a report that you can run."""

__version__ = "0.1.0"
