"""Text that somebody typed, as the small Markdown of messages: shown as it was typed, line by line."""

import re

_ACTIVE = re.compile(r"[\\`*_\[\]<&]|^[#>+=~|-]|^(\d+)([.)])")
_ADDRESS = re.compile(r"(https://[^\s<>]*[^\s<>.,;:!?)\"'»”])")
_PARAGRAPHS = re.compile(r"\n\s*\n")


def as_markdown(text: str) -> str:
    """Typed text as Markdown: nothing in it is markup; addresses become links."""
    paragraphs = _PARAGRAPHS.split(text.strip())
    return "\n\n".join("  \n".join(_line(line.strip()) for line in one.split("\n")) for one in paragraphs)


def _line(line: str) -> str:
    parts = _ADDRESS.split(line)
    return "".join(f"<{part}>" if number % 2 else _escaped(part) for number, part in enumerate(parts))


def _escaped(text: str) -> str:
    return _ACTIVE.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[0]}", text)
