"""``python -m trials``: lists the trials; with a name it runs one and prints one JSON object."""

from __future__ import annotations

import argparse
import importlib
import json
import random
import secrets
import sys
import time

from tests.support.surroundings import SurroundingsError
from trials.court.machine import machine
from trials.court.places import BACKENDS, places
from trials.outcome import keep

NAMES = ("crash", "race", "races", "restarts", "writers")
"""Every trial; each is a package here with ``run(place, n, dice)``, and with the ``n`` of a full run as
``DEFAULT``."""


def main() -> int:
    """Run what was named; 0 where all held, 1 where not, 3 where the surroundings failed."""
    options = _parser().parse_args()
    if options.name is None:
        print("\n".join(NAMES))
        return 0
    trial = importlib.import_module(f"trials.{options.name}")
    seed = secrets.randbelow(1_000_000) if options.seed is None else options.seed
    began = time.monotonic()
    try:
        with places(options.backend, durable=False) as place:
            outcome = trial.run(place, options.n or trial.DEFAULT, random.Random(seed))
    except SurroundingsError as error:
        print(error, file=sys.stderr)
        return 3
    record = outcome.record(options.name, options.backend, seed, time.monotonic() - began)
    print(json.dumps(record, ensure_ascii=False))
    if options.keep:
        print(keep(record, machine()), file=sys.stderr)
    return 0 if outcome.passed else 1


def _parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="python -m trials", description="Without a name: lists the trials.")
    found.add_argument("name", nargs="?", choices=NAMES)
    found.add_argument("--backend", choices=BACKENDS, default="sqlite")
    found.add_argument(
        "--n", type=_number, help="how often it is tried; by default as often as in a full run"
    )
    found.add_argument("--seed", type=int, help="what the dice begin with; by default chosen and printed")
    found.add_argument("--keep", action="store_true", help="keep the figures in trials/results/")
    return found


def _number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


if __name__ == "__main__":
    sys.exit(main())
