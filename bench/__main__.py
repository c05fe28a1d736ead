"""``python -m bench``: lists the benches; with a name it runs one and prints one JSON object."""

from __future__ import annotations

import argparse
import importlib
import json
import sys

from tests.support.surroundings import SurroundingsError
from trials.court.places import BACKENDS

NAMES = ("transitions", "bulk", "sweep", "startup", "rehearse")
"""Every bench; each is a module here with ``run(backend, n)`` and the ``n`` of a full run as ``DEFAULT``."""


def main() -> int:
    """Run what was named; 0 where it ran, 3 where the surroundings failed."""
    options = _parser().parse_args()
    if options.name is None:
        print("\n".join(NAMES))
        return 0
    module = importlib.import_module(f"bench.{options.name}")
    try:
        figures = module.run(options.backend, options.n or module.DEFAULT)
    except SurroundingsError as error:
        print(error, file=sys.stderr)
        return 3
    print(json.dumps(figures.record(options.name, options.backend), ensure_ascii=False))
    return 0 if figures.sound else 1


def _parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="python -m bench", description="Without a name: lists the benches.")
    found.add_argument("name", nargs="?", choices=NAMES)
    found.add_argument("--backend", choices=BACKENDS, default="sqlite")
    found.add_argument("--n", type=_number, help="how much is done; by default as much as a full run")
    return found


def _number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


if __name__ == "__main__":
    sys.exit(main())
