"""Runs the commands from a checkout: `python cli.py train --cell gru`."""

from sentiment.commands import main

if __name__ == "__main__":
    main()
