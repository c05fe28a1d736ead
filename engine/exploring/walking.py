"""Every situation that the people of one assignment can bring a subject into, and how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.definition import Transition
from engine.exploring.company import NOTHING, Company, Earned
from engine.exploring.ground import Ground, Situation
from engine.exploring.people import PEOPLE, Holders
from engine.exploring.playing import Way


@dataclass(frozen=True, slots=True)
class Made:
    """A move that was made: which one of the text, from which situation, and by whom."""

    number: int
    origin: Situation
    way: Way


@dataclass(slots=True)
class Walked:
    """What was found.

    Attributes:
        arrivals: Each situation that can be reached, with the move that first led there.
        following: For each situation those that follow it.
        taken: The moves that were made, by their number in the text.
    """

    arrivals: dict[Situation, Made | None]
    following: dict[Situation, set[Situation]] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def path(self, to: Situation) -> tuple[Made, ...]:
        """Give the moves that first led to a situation, in their order."""
        steps: list[Made] = []
        made = self.arrivals[to]
        while made is not None:
            steps.append(made)
            made = self.arrivals[made.origin]
        return tuple(reversed(steps))

    def leading_to(self, goals: set[Situation]) -> set[Situation]:
        """Give the situations from which one of some goals can be reached, the goals among them."""
        before: dict[Situation, list[Situation]] = {}
        for situation, following in self.following.items():
            for after in following:
                before.setdefault(after, []).append(situation)
        found, frontier = set(goals), list(goals)
        while frontier:
            for earlier in before.get(frontier.pop(), ()):
                if earlier not in found:
                    found.add(earlier)
                    frontier.append(earlier)
        return found


class Walker:
    """Walks everywhere the people of one assignment can go."""

    def __init__(self, ground: Ground, company: Company, holders: Holders) -> None:
        self._ground = ground
        self._company = company
        self._holders = holders
        self._people = dict(zip(company.roles, holders, strict=True))
        self._known: dict[tuple[int, Earned], list[tuple[Way, frozenset[int]]]] = {}
        self._earned = self._that_matters()

    def _that_matters(self) -> Earned:
        """Relations that somebody may come by and that change who can make a move."""
        earned = frozenset(
            (related.relation, person)
            for related in self._ground.definition.known.related
            for transition in self._ground.definition.transitions
            if transition.trigger in related.triggers
            for role in transition.proposed_by
            for person in self._people[role]
        )
        matters = any(
            self._company.matters(kind.number, self._holders, earned) for kind in self._company.kinds
        )
        return earned if matters else NOTHING

    def outline(self) -> object:
        """Give what the walk depends on; assignments with the same outline are walked alike."""
        if self._earned:
            return self._holders
        outlines = [self._company.outline(kind.number, self._holders) for kind in self._company.kinds]
        by_person = frozenset(
            frozenset(number for number, outline in enumerate(outlines) if person in outline.alone)
            for person in PEOPLE
        )
        return tuple(outline.ways for outline in outlines), by_person

    def walk(self, starts: Iterable[Situation], alone: int | None = None) -> Walked:
        """Walk from some situations.

        Args:
            starts: Where to begin.
            alone: The one person who acts; None lets everybody act.
        """
        walked = Walked(dict.fromkeys(starts))
        frontier = list(walked.arrivals)
        for at in frontier:
            walked.following[at] = set()
            for number, transition in self._ground.open_moves(at):
                for way, done in self._ways(number, transition, at.earned):
                    if alone is not None and not (way.alone and way.proposer == alone):
                        continue
                    after = self._ground.after(at, transition, done, (way.proposer,) if self._earned else ())
                    walked.taken.add(number)
                    walked.following[at].add(after)
                    if after not in walked.arrivals:
                        walked.arrivals[after] = Made(number, at, way)
                        frontier.append(after)
        return walked

    def _ways(self, number: int, transition: Transition, earned: Earned) -> list[tuple[Way, frozenset[int]]]:
        """The ways of making a move that make a difference, each with the needs it fulfils."""
        if (number, earned) not in self._known:
            played = self._company.ways(self._company.kind_of[number], self._holders, earned)
            found: dict[object, tuple[Way, frozenset[int]]] = {}
            for way in played.made:
                done = self._ground.fulfilled(transition, way, self._people)
                who = way.proposer if way.alone or self._earned else None
                found.setdefault((who, done), (way, done))
            self._known[number, earned] = list(found.values())
        return self._known[number, earned]
