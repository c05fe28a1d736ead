"""The pages around the work: what the public reads, and what an administrator keeps."""

from __future__ import annotations
