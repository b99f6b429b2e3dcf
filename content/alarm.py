"""Hears that a message speaks of present danger: by the net's patterns, and by the ear.

It stands before the engine and works without it. The net names the kind of danger, but its words are
said in jest too ("this heat kills me"): where the ear is sure that nobody is in danger, the net does not
count. What only the ear hears has no kind, and unless it is certain the question is answered too, after
the safety reply. Where either is in doubt, the reply must show the way to help.

Measured on cries, look-alikes and questions held out: docs/evaluation.md.
"""

from dataclasses import dataclass

from content.danger import DangerNet
from content.ear import Ear

UNTOLD = "untold"
"""The kind of a danger of which only the ear heard."""
_CERTAIN_FROM = 0.95  # the chance from which on nothing else is answered
_HEARD_FROM = 0.5  # the chance from which on the ear alone is enough
_DOUBTED_FROM = 0.3  # the chance from which on the way to help is shown
_SURELY_NONE = 0.12  # the chance below which it is not danger, whatever the net says


@dataclass(frozen=True, slots=True)
class Heard:
    """What the alarm makes of a message.

    `kind` is the kind of danger it speaks of, or UNTOLD; None of a message that is taken for no cry.
    `certain` if a cry asks nothing else; `doubtful` if what is taken for none may be one all the same.
    """

    kind: str | None = None
    certain: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Alarm:
    """The net, and the ear if there is one."""

    net: DangerNet
    ear: Ear | None = None

    def heard(self, text: str) -> Heard:
        """Listen to a message, once."""
        kind = self.net.kind_of(text)
        if self.ear is None:
            return Heard(kind, certain=kind is not None)
        chance = self.ear.chance(text)
        if chance >= (_HEARD_FROM if kind is None else _SURELY_NONE):
            return Heard(kind or UNTOLD, certain=kind is not None or chance >= _CERTAIN_FROM)
        return Heard(doubtful=kind is not None or chance >= _DOUBTED_FROM)
