"""Messages about the corridor: from where to where, and by which scheme, as far as we know it."""

from collections.abc import Sequence

from content.compose.writer import Writer
from content.messages import Message

_APPLY, _ABOUT = "how-to-apply", "what-is-it"
_MOST = 5
_MOST_KEYS = 3


def corridor(writer: Writer, keys: Sequence[str], *, names_alone: bool) -> Message:
    """What we now remember, and questions that may follow: `keys`, and those of its schemes.

    The schemes' come first if nothing but names was said.
    """
    text = writer.say("corridor.noted", places=places(writer))
    schemes = _of_schemes(writer)
    wanted = dict.fromkeys((*schemes, *keys) if names_alone else (*keys[:_MOST_KEYS], *schemes))
    return writer.message(
        "clarify",
        text,
        *writer.answer_buttons(tuple(wanted), most=_MOST),
        writer.button("menu.button", "menu"),
    )


def places(writer: Writer) -> str:
    """The corridor in the person's language, "Vanuatu → Australia (PALM)"; empty if nothing is known."""
    known = writer.corridor
    way = " → ".join(writer.name_of("country", code) for code in (known.origin, known.destination) if code)
    if known.scheme is None:
        return way
    scheme = writer.name_of("scheme", known.scheme)
    return f"{way} ({scheme})" if way else scheme


def _of_schemes(writer: Writer) -> list[str]:
    """How to go by the schemes that are open to them, what the schemes there are; by their names' rule."""
    known, schemes = writer.corridor, writer.repository.gazetteer("scheme")
    to = [scheme for scheme in schemes if known.destination in (None, scheme.destination)]
    to = [scheme for scheme in to if known.scheme in (None, scheme.value)]
    if known.origin:
        return [f"{scheme.value.lower()}.{_APPLY}" for scheme in to if known.origin in scheme.origins]
    return [f"{scheme.value.lower()}.{_ABOUT}" for scheme in to] if known.destination else []
