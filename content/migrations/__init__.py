"""Steps from one schema to the next: `content/` for the content store, `people/` for the people store."""
