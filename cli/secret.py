"""The key that signs cookies, where nobody gave one: made once and kept in the data directory.

It must not know what is signed with it.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

from cli.settings import Settings

_FILE: Final = "secret.key"
_BYTES: Final = 32


def key_file(settings: Settings) -> Path:
    """Where the key is kept that nobody gave."""
    return settings.data_dir / _FILE


def secret_key(settings: Settings) -> str:
    """The installation's key; made at the first call where the settings give none.

    Raises:
        OSError: the data directory cannot be written or the file cannot be read.
    """
    if settings.secret_key is not None:
        return settings.secret_key
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    path = key_file(settings)
    if not path.exists():
        _place(path, secrets.token_hex(_BYTES))
    return path.read_text(encoding="ascii").strip()


def _place(path: Path, key: str) -> None:
    # Server and scheduler may start together: each writes a file of its own, and the first to link it wins,
    # so that nobody ever reads half a key.
    own = path.with_name(f"{_FILE}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(key + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(own)
    except FileExistsError:
        return
    finally:
        own.unlink()
