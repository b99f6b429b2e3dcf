"""Speed and memory over the public API, with real questions; and the same work on stock Rasa."""
