"""The Kubernetes operator for Okta event hooks, its receiver and its dispatcher."""

__version__ = "0.1.0"
