"""Okta's management API over HTTP: one module a resource, and the path each request takes to reach it."""
