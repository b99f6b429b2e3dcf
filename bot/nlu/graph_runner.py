"""Running a model's graph of components in order, one after the other.

Rasa hands the graph to dask, which plans it anew on every run, three runs a turn. The graph of a
model never changes, so here it is planned once for each target.
Figures: docs/decisions/0003-engine-adapters.md.
"""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import Any

import rasa.core.processor
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner

Plan = list[tuple[str, tuple[str, ...]]]


class OrderedGraphRunner(DaskGraphRunner):
    """Runs the nodes that a target needs, in an order found once."""

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """Run the graph and return the outputs of the targets; see Rasa's GraphRunner."""
        wanted = tuple(targets or self._graph_schema.target_names)
        done = {name: (name, value) for name, value in (inputs or {}).items()}
        try:
            for node, needs in self._plan(wanted):
                done[node] = self._instantiated_nodes[node](*(done.get(need, need) for need in needs))
        except RuntimeError as error:
            raise GraphRunError("Error running the graph.") from error
        return dict(done[target] for target in wanted)

    def _plan(self, targets: tuple[str, ...]) -> Plan:
        plans: dict[tuple[str, ...], Plan] = self.__dict__.setdefault("_plans", {})
        if targets not in plans:
            nodes = self._graph_schema.minimal_graph_schema(list(targets)).nodes
            needs = {name: tuple(node.needs.values()) for name, node in nodes.items()}
            order = TopologicalSorter(needs).static_order()
            plans[targets] = [(name, needs[name]) for name in order if name in needs]
        return plans[targets]


def use() -> None:
    """Make Rasa's message processor run models with it."""
    rasa.core.processor.DaskGraphRunner = OrderedGraphRunner
