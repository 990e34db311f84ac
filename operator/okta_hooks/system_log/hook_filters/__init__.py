"""Filters of hooks, evaluated as Okta does, to tell what it left out from what it failed to deliver. Pure.

Only what Okta documents for event hooks is known here ("Okta Expression Language and event hooks" in its product help):
eleven fields, `eq`, `ne`, `&&` and `||`, a selection of targets with its size, `contains`, and the other spellings of
these. Whatever else an expression has, nobody here guesses at: it can't be evaluated, and the sentence says why.

| module | what it is for |
|---|---|
| `tokens` | words and signs of an expression |
| `conditions` | what an expression means |
| `parsing` | from the one to the other |
| `subject` | what a filter sees of an event |
"""
