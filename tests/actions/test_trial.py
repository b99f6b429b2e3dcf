"""Staff try the bot: what it says on another day or with drafts, and how that came about."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from actions.answer_question import ActionAnswerQuestion, ActionTellAnswer
from actions.navigation import ActionGiveFeedback
from actions.resources import Resources
from content.messages import Message
from content.people.models import DailyCount, Feedback, UnansweredQuestion
from content.sight import Sight, TriedMessage
from content.store import open_store
from content.texts import Corridor
from content.workflow import Workflow
from tests.actions.conftest import Run

ASK, TELL, RATE = ActionAnswerQuestion(), ActionTellAnswer(), ActionGiveFeedback()
AS_IT_IS = {"day": None, "drafts": False}
DRAFTS = {"day": None, "drafts": True}
OWN = "This sentence is in the draft alone."


def sight_of(message: Message) -> Sight:
    assert isinstance(message, TriedMessage)
    assert message.sight is not None
    return message.sight


@pytest.fixture
def draft(shared: Resources) -> Iterator[str]:
    """The key of an answer with a draft that nobody is told."""
    workflow = Workflow(open_store(shared.settings.content_address))
    told = shared.repository.answer("palm.tax", "en")
    assert told is not None
    revision = workflow.draft("palm.tax", "en", title=told.title, body=f"{told.body}\n\n{OWN}", by="mere")
    yield told.key
    workflow.discard(revision, by="mere")


def test_a_reply_that_is_tried_says_how_it_came_about(run: Run) -> None:
    (message,), _ = run(
        ASK,
        "hamas mi mas pem blong joenem PALM",
        entities={"country": "VU", "scheme": "PALM"},
        trial=AS_IT_IS,
    )
    sight = sight_of(message)
    assert sight.intent is not None
    assert sight.intent.name == "ask_question"
    assert (sight.written_in, sight.language, sight.action) == ("bi", "bi", "action_answer_question")
    assert ("country", "VU") in [(one.name, one.value) for one in sight.entities]
    assert sight.corridor == Corridor(origin="VU", destination="AU", scheme="PALM")
    first, *_ = sight.looked
    assert first.verdict == "sure"
    assert first.chance >= first.sure_from > first.unsure_from
    assert first.candidates[0].answer == "palm.cost"
    assert len(first.candidates) > 1
    (chosen,) = sight.chosen
    assert (chosen.answer, chosen.draft) == ("palm.cost", False)


def test_the_variant_of_the_corridor_is_named(run: Run) -> None:
    (message,), _ = run(
        ASK, "How do I apply for PALM?", entities={"country": "VU", "scheme": "PALM"}, trial=AS_IT_IS
    )
    (chosen,) = sight_of(message).chosen
    assert chosen.answer == "palm.how-to-apply"
    assert chosen.of.origin == "VU"


def test_what_everybody_is_told_carries_no_sight(run: Run) -> None:
    (message,), _ = run(ASK, "how much do I pay to join PALM?")
    assert type(message) is Message


def test_nothing_that_is_tried_is_counted_or_kept(run: Run, shared: Resources) -> None:
    (message,), _ = run(ASK, "can i bring my dog and my surfboard", trial=AS_IT_IS)
    run(
        RATE, intent="give_feedback", entities={"answer": "palm.cost", "verdict": "unhelpful"}, trial=AS_IT_IS
    )
    run(TELL, intent="choose_answer", entities={"answer": "palm.cost"}, trial=AS_IT_IS)
    assert message.kind in {"fallback", "clarify"}
    assert sight_of(message).looked[0].verdict != "sure"
    shared.tally.close()
    with open_store(str(shared.people._engine.url)).connect() as store:
        for table in (DailyCount, UnansweredQuestion, Feedback):
            assert store.scalar(select(func.count()).select_from(table)) == 0


def test_an_answer_is_due_for_review_as_of_a_day_long_after(run: Run) -> None:
    asked = {"intent": "choose_answer", "entities": {"answer": "palm.cost"}}
    (today,), _ = run(TELL, **asked, trial=AS_IT_IS)
    (later,), _ = run(TELL, **asked, trial={"day": "2040-01-01", "drafts": False})
    assert (today.review_due, later.review_due) == (False, True)


def test_a_draft_is_told_to_those_who_try_it_and_to_nobody_else(run: Run, draft: str) -> None:
    asked = {"intent": "choose_answer", "entities": {"answer": draft}}
    (tried,), _ = run(TELL, **asked, trial=DRAFTS)
    (published,), _ = run(TELL, **asked, trial=AS_IT_IS)
    (told,), _ = run(TELL, **asked)
    assert OWN in tried.text
    assert [chosen.draft for chosen in sight_of(tried).chosen] == [True]
    assert OWN not in published.text
    assert OWN not in told.text


def test_a_draft_is_found_by_its_own_words(run: Run, shared: Resources) -> None:
    workflow = Workflow(open_store(shared.settings.content_address))
    told = shared.repository.answer("palm.tax", "en")
    assert told is not None
    title = "Does the flooble gribble take my money?"
    revision = workflow.draft("palm.tax", "en", title=title, body=told.body, by="mere")
    (tried,), _ = run(ASK, title, trial=DRAFTS)
    (published,), _ = run(ASK, title, trial=AS_IT_IS)
    workflow.discard(revision, by="mere")
    (gone,), _ = run(ASK, title, trial=DRAFTS)
    nearest = [
        look.candidates[0].nearest for m in (tried, published, gone) for look in sight_of(m).looked[:1]
    ]
    assert sight_of(tried).looked[0].candidates[0].answer == "palm.tax"
    assert nearest[0] > 0.99
    assert max(nearest[1:]) < nearest[0]
