"""``python -m cli`` is ``zhenggai``, for whoever has the repository and no installed command."""

from __future__ import annotations

from cli import main

if __name__ == "__main__":
    main(prog_name="zhenggai")
