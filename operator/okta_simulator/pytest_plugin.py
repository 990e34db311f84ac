"""Fixtures for tests that need an Okta organisation."""
