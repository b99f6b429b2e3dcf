"""A small ear, learnt in a moment, and messages of which it makes this and that."""

from content.alarm import Weighing
from content.ear import Ear, Lessons

_CRIES = ("the door has no handle on our side", "we are kept inside by men with guns", "he is beating us")
_LOOK_ALIKES = (
    "the gun of the glue is empty",
    "the door handle is broken",
    "we kill time at the wage office",
)
_QUESTIONS = ("who pays the ticket", "how much is the wage", "how much do i pay to join palm", "menu")
EAR = Ear.learnt(Lessons(cries=_CRIES * 3, look_alikes=_LOOK_ALIKES * 3, ordinary=_QUESTIONS * 5))
WEIGHING = Weighing((1.9, 1.1, 0.73, -0.27, 0.07, -0.08, 0.73), -3.2, heard=0.1, certain=0.9, doubted=0.03)
"""How much it counts: fixed here, so that fitting the product's anew changes no test."""
UNFORESEEN = "the door has no handle on our side, we are kept inside"
"""A cry that only an ear hears."""
IN_JEST = "we kill time at work"
"""No cry, though a net would ring."""
DOUBTFUL = "how much do I pay to join PALM? the door has no handle"
"""Perhaps a cry."""
PERHAPS = "do i pay to join palm? the door has no handle"
"""Likely a cry, and a question."""
