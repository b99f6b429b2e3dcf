"""YAML of the library, read and written so that no byte of a person's text is lost.

Reading: every value is a string (or null), so that `000`, `no` and `2024-10` stay what was typed;
the schema says which of them are numbers and days. A key that stands twice is an error.
Writing: block text for several lines, short lists on one line, keys in the order given.
"""

from datetime import date
from typing import Any

import yaml

_WIDTH = 110


class Loader(yaml.CSafeLoader):
    """Reads strings, nulls, lists and mappings only."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own attribute
        first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """A mapping whose keys are all different; refuses the second of two equal ones."""
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="a key must be a word", problem_mark=key.start_mark)
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"the key {key.value!r} stands twice", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


class Dumper(yaml.SafeDumper):
    """Writes text the way a person would."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        """Never `&id001`: what stands twice is written twice."""
        return True

    def increase_indent(
        self,
        flow: bool = False,
        indentless: bool = False,  # noqa: ARG002 - PyYAML's signature
    ) -> None:
        """Lists are indented under their key."""
        super().increase_indent(flow, indentless=False)


class OneLine(list[str]):
    """A list of short words, written on one line."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    if "\x85" in value:  # PyYAML writes this line break as it is, and reads it as a space
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _one_line(dumper: yaml.SafeDumper, value: OneLine) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)


def _day(dumper: yaml.SafeDumper, value: date) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", value.isoformat())


Dumper.add_representer(str, _text)
Dumper.add_representer(OneLine, _one_line)
Dumper.add_representer(date, _day)


def load(text: str) -> Any:
    """The content of a YAML text; yaml.YAMLError says where it is wrong."""
    return yaml.load(text, Loader)  # noqa: S506 - Loader is a safe loader that reads even less


def dump(value: Any) -> str:
    """The YAML text of a value; `load` gives the same value again (numbers and days as text)."""
    return yaml.dump(value, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
