"""Makes the archive of an office document the same bytes for the same content, for its digest is signed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date

_FIRST_YEAR = 1980
_READABLE = 0o100644 << 16


def frozen(data: bytes, made_on: date, replaced: Mapping[str, bytes] | None = None) -> bytes:
    """Write an archive anew: same order and content, every entry's time the given day's beginning.

    Args:
        data: The archive as a library made it, with the current time in it.
        made_on: The day to write instead.
        replaced: Parts to put in place of those of the same name.
    """
    moment = (max(made_on.year, _FIRST_YEAR), made_on.month, made_on.day, 0, 0, 0)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = _READABLE
            content = (replaced or {}).get(name)
            new.writestr(entry, old.read(name) if content is None else content)
    return out.getvalue()
