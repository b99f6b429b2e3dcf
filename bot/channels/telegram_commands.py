"""Our commands on Telegram: what each asks for, and the command menus in people's languages.

A command that only opens what a button opens is a payload; `/start` and `/stop` are
Telegram's own and answered in `telegram_replies`.
"""

import re

from telegram import Bot, BotCommand

from content.words import SOURCE_LANGUAGE, Words

PAYLOADS = {
    "help": "help",
    "menu": "menu",
    "language": "languages",
    "danger": "danger",
    "person": "person",
    "privacy": "privacy",
}
# In the order of the menu: what helps most first.
MENU = ("menu", "language", "danger", "person", "help", "privacy", "stop", "start")

_TWO_LETTERS = re.compile("[a-z]{2}")


async def set_menus(bot: Bot, words: Words) -> None:
    """Set the command menu of every language that Telegram can tell apart, and one for all others."""
    await bot.set_my_commands(_commands(words, SOURCE_LANGUAGE))
    for language in words.languages():
        # Telegram takes only codes of two letters (ISO 639-1): no Tok Pisin, no Tetum.
        if _TWO_LETTERS.fullmatch(language):
            await bot.set_my_commands(_commands(words, language), language_code=language)


def _commands(words: Words, language: str) -> list[BotCommand]:
    return [BotCommand(name, words.say(f"telegram.command.{name}", language)) for name in MENU]
