"""Translating answers: the board of languages, and files for translators (XLIFF, CSV), out and in."""
