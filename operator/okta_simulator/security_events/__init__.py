"""Signals from others: signed security event tokens (RFC 8417) that Okta takes in and acts upon."""
