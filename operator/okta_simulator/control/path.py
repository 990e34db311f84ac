"""Where the control API is found."""

PREFIX = "/simulator/v1"
"""The path of the control API; nothing of Okta's begins like this."""
