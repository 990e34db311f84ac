"""Okta: the port through which the operator speaks to an organisation, and its adapter on the `okta` SDK."""
