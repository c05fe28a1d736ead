"""Versions of definitions: published, moved to, rehearsed."""
