"""Names of slots, entities and metadata, as constants: a wrong name fails at import, not in silence."""

LANGUAGE = "language"
LANGUAGE_CHOSEN = "language_chosen"
ORIGIN = "origin"
DESTINATION = "destination"
SCHEME = "scheme"
LAST_ANSWER = "last_answer"
SUGGESTIONS = "suggestions"
REPEATED = "repeated"

COUNTRY = "country"
ANSWER = "answer"
TOPIC = "topic"
VERDICT = "verdict"

# Of a guided journey: Rasa's own slot of a form, and what its buttons say.
REQUESTED = "requested_slot"
JOURNEY_CONTROL = "journey_control"
CONTROL = "control"
STEP = "step"
VALUE = "value"

# Of the message metadata; the hint is a slot as well, so that a switch is noticed.
CHANNEL = "channel"
LANGUAGE_HINT = "language_hint"
WRITTEN_IN = "written_in"
BESIDES_DANGER = "besides_danger"
DANGER_KIND = "danger_kind"
TRIAL = "trial"

# Values of `repeated` beside answer keys: what the last reply was.
DANGER = "danger"
ERASE = "erase"
FALLBACK = "fallback"
PERSON = "person"
