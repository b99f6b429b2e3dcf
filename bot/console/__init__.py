"""The staff console under `/staff`: server-rendered pages, whole with scripts off, smoother with htmx.

One module a group of pages; `routes` lists them all, `door` lets people in. Not here: what editing means
(`content.workflow`, `content.editorial`), who the staff are (`content.staff`).
"""
