"""Names under which the Kubernetes API serves our kinds."""

GROUP = "oktahooks.dev"
VERSION = "v1alpha1"
API_VERSION = f"{GROUP}/{VERSION}"
