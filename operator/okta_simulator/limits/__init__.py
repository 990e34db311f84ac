"""How much Okta answers: requests a window and at a time."""
