"""A court per test, copied from one that was made once. A missing sentence is an error."""

from __future__ import annotations

from tests.web.conftest import first_court, seeded, seeded_both, strict_sentences

__all__ = ["first_court", "seeded", "seeded_both", "strict_sentences"]
