"""The people store: the only door to personal data. A database of its own, with its own retention."""
