from __future__ import annotations

import hashlib
import subprocess
import sys
import time

from tests.documents.test_papers import PAPERS
from tests.documents.test_tables import TABLES

DOCUMENTS = {**PAPERS, **TABLES}


def digests() -> dict[str, str]:
    return {name: hashlib.sha256(write()).hexdigest() for name, write in DOCUMENTS.items()}


def test_the_same_record_gives_the_same_bytes_at_any_time() -> None:
    first = digests()
    # An archive tells the time in steps of two seconds.
    time.sleep(2.1)
    assert digests() == first
    assert len(set(first.values())) == len(first)


def test_the_same_record_gives_the_same_bytes_in_another_process() -> None:
    code = "from tests.documents.test_same_bytes import digests; print(digests())"
    command = [sys.executable, "-c", code]
    runs = {
        subprocess.run(command, capture_output=True, check=True, env={"PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    }
    assert runs == {f"{digests()}\n".encode()}
