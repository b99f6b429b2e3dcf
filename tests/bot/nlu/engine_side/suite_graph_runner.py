"""bot.nlu.graph_runner"""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path
from typing import Any

from bot.nlu.graph_runner import OrderedGraphRunner
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage


class Joined(GraphComponent):
    """Joins its inputs with its own mark, and counts its runs."""

    runs: list[str] = []

    def __init__(self, mark: str) -> None:
        self._mark = mark

    @classmethod
    def create(cls, config: dict[str, Any], **_: Any) -> Joined:
        return cls(config["mark"])

    def join(self, left: str, right: str = "") -> str:
        Joined.runs.append(self._mark)
        if left == "bad":
            raise RuntimeError("bad input")
        return f"{self._mark}({left}{right})"


def node(mark: str, **needs: str) -> SchemaNode:
    """A node of the graph."""
    return SchemaNode(needs=needs, uses=Joined, fn="join", constructor_name="create", config={"mark": mark})


SCHEMA = GraphSchema(
    {
        "end": node("end", left="middle", right="first"),
        "middle": node("middle", left="first", right="word"),
        "first": node("first", left="word"),
        "other": node("other", left="word"),
    }
)


class GraphRunner(unittest.TestCase):
    def runner(self, kind: type[DaskGraphRunner]) -> DaskGraphRunner:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        context = ExecutionContext(SCHEMA)
        Joined.runs.clear()
        return kind.create(SCHEMA, LocalModelStorage(Path(folder.name)), context)

    def test_gives_what_dask_gives_for_every_target(self) -> None:
        ours, dasks = self.runner(OrderedGraphRunner), self.runner(DaskGraphRunner)
        for targets in (["end"], ["middle", "other"], ["first"], ["end", "other"]):
            for word in ("one", "two"):
                with self.subTest(targets=targets, word=word):
                    result = ours.run({"word": word}, targets)
                    self.assertEqual(result, dasks.run({"word": word}, targets))
                    self.assertEqual(set(result), set(targets))

    def test_runs_each_node_that_is_needed_once_and_no_other(self) -> None:
        self.runner(OrderedGraphRunner).run({"word": "one"}, ["end"])
        self.assertEqual(Joined.runs, ["first", "middle", "end"])

    def test_an_error_in_a_node_is_rasas_error(self) -> None:
        for kind in (OrderedGraphRunner, DaskGraphRunner):
            with self.subTest(kind=kind.__name__), self.assertRaises(Exception) as raised:
                self.runner(kind).run({"word": "bad"}, ["end"])
            self.assertEqual(type(raised.exception).__name__, "GraphComponentException")

    def test_a_missing_input_is_an_error(self) -> None:
        with self.assertRaises(GraphRunError):
            self.runner(OrderedGraphRunner).run({}, ["first"])
