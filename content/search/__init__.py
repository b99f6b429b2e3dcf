"""Search: from a question in any language to ranked answers with an honest score."""
