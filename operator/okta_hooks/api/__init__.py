"""The custom resources of `oktahooks.dev/v1alpha1`: the one source of the CRDs and of every type that names a field.

| module | what it is for |
|---|---|
| `okta_event_hook` | OktaEventHook: what people write |
| `exposure`, `receiver`, `jet_stream`, `route`, `sinks` | parts of its spec |
| `delivery`, `system_log` | parts of its spec and status: events that did not come, and what Okta's log says |
| `hook_status` | its status |
| `okta_org` | OktaOrg and ClusterOktaOrg |
| `resource`, `group` | the kinds as the Kubernetes API serves them: names, scope, columns |
| `crd` | CRDs, made from the models |
| `conditions` | the words of conditions, and the reasons that each may give |
| `model`, `values`, `url` | what every model has in common, types of single values, rules of addresses |
| `address`, `endpoint` | a hook's address in the one form that all who name it use |
"""
