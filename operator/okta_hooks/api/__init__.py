"""The custom resources of `oktahooks.dev/v1alpha1`: the one source of the CRDs and of every type that names a field."""
