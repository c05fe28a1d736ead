"""The offline archive: what is in it, and that it installs with the network off."""

from __future__ import annotations
