"""The addresses of a whole cluster. Each has a network of its own, so that all clusters may use the same."""

NODE = "node1"
NODE_ADDRESS = "10.250.0.1"
POD_ADDRESSES = "10.244.0.0/16"
SERVICE_ADDRESSES = "10.96.0.0/16"
API_SERVICE_ADDRESS = "10.96.0.1"
"""The first of the range, by Kubernetes' own rule."""
DNS_ADDRESS = "10.96.0.10"
