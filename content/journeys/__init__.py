"""The policy of each journey as pure functions: facts, rules and a date in; an outcome out.

Not here: words for people, sessions, the database, Rasa. An outcome has ids and figures; what is said of
them is in the library and in the catalogues.
"""
