"""A step that was refused, told in the words of the catalogue."""

from bot.console.console import Console
from bot.console.door import Visit
from content.record_rules import SheetError
from content.workflow import WorkflowError


def said(console: Console, visit: Visit, error: WorkflowError) -> str:
    """Why it was refused, in the language of the page."""
    language = console.language(visit.request)
    return console.words.say(error.sentence, language, **error.values)


def by_field(console: Console, visit: Visit, error: WorkflowError) -> list[tuple[str, str]]:
    """What is wrong, by the field of the form it belongs to; without a field what concerns none."""
    if not isinstance(error, SheetError):
        return [("", said(console, visit, error))]
    language = console.language(visit.request)
    return [(key, console.words.said(saying, language)) for key, saying in error.wrong]
