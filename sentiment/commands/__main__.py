"""Runs the command line: `python -m sentiment.commands`."""

from sentiment.commands import main

main(prog_name="sentiment")
