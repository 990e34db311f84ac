"""What the operator reads each time that it starts."""

from __future__ import annotations

from crash.okta_hooks.controller.phases.phase import LIST

START_READS = (
    "get leases",
    "discover",
    "list customresourcedefinitions",
    "list clusteroktaorgs",
    "list oktaorgs",
    "list clusteroktaeventsinks",
    "list oktaeventsinks",
    "list oktaeventhooks",
    "list deployments",
    "list pods",
    "list ingresses",
    "list httproutes",
    "list leases",
    "watch customresourcedefinitions",
    "watch clusteroktaorgs",
    "watch oktaorgs",
    "watch clusteroktaeventsinks",
    "watch oktaeventsinks",
    "watch oktaeventhooks",
    "watch deployments",
    "watch pods",
    "watch ingresses",
    "watch httproutes",
    "watch leases",
    "get namespaces",
    "get secrets",
    "get oktaorgs",
    "get oktaeventhooks",
    "list configmaps",
    "list serviceaccounts",
    "list persistentvolumeclaims",
    "list networkpolicies",
    "list poddisruptionbudgets",
    "list services",
    LIST,
)
"""Leadership, kinds, watches, who it is, and then what there is of each object."""
