"""The diagram as Mermaid text, for documents that draw it themselves."""

from __future__ import annotations

from engine.definition import Definition
from engine.diagram.graph import edges, self_moves
from engine.diagram.labels import Labels

_UNSAFE = str.maketrans({":": "：", ";": "；", '"': "”", "#": "＃", "\n": " "})
"""Signs that Mermaid gives a meaning, and what looks like them."""


def mermaid(definition: Definition, labels: Labels) -> str:
    """Give a definition as a Mermaid state diagram.

    Args:
        definition: What is drawn.
        labels: The words.
    """
    lines = ["stateDiagram-v2", f"    accTitle: {_clean(labels.title)}"]
    lines += [
        f'    state "{_clean(labels.state(state.name))}" as {state.name}' for state in definition.states
    ]
    lines.append(f"    [*] --> {definition.initial}")
    for edge in edges(definition):
        lines.append(f"    {edge.origin} --> {edge.target} : {_clean(labels.moves(edge.triggers))}")
    for name, moves in self_moves(definition).items():
        if moves:
            lines.append(f"    {name} --> {name} : {_clean(labels.moves(moves))}")
    lines += [f"    {state.name} --> [*]" for state in definition.states if state.end]
    return "\n".join(lines) + "\n"


def _clean(text: str) -> str:
    return text.translate(_UNSAFE)
