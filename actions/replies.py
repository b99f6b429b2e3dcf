"""Sending messages: the only caller of `dispatcher.utter_message`."""

from rasa_sdk.executor import CollectingDispatcher

from content.messages import Message


def send(dispatcher: CollectingDispatcher, *messages: Message) -> None:
    """Hand messages to the engine; they travel whole in Rasa's `custom` field."""
    for message in messages:
        dispatcher.utter_message(json_message=message.model_dump(mode="json", exclude_none=True))
