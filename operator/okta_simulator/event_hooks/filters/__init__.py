"""Filters of event hooks: the part of Okta Expression Language that Okta documents for them.

`parser` turns an expression into a condition on events, or says what is wrong with it.
"""
