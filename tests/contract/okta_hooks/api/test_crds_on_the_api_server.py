"""Every rule of the custom resources, accepted and refused by a real API server.

The cases are a table: a change of a valid object, and the sentence it is refused with. A rule without a refusal here
fails the last test.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from pydantic import JsonValue

from contract.okta_hooks.api import sink_cases, stream_cases
from contract.okta_hooks.api.cases import CLUSTER_ORG, HOOK, ORG, SECRET, Case, Object
from localcluster.controlplane import ControlPlane
from localcluster.errors import ClusterError

pytestmark = pytest.mark.controlplane


CRDS = Path(__file__).parents[4] / "crds"
SET_BY_OTHERS = (
    "Accept",
    "Host",
    "CONTENT-length",
    "Transfer-Encoding",
    "connection",
    "Upgrade",
    "x-OKTA-team",
    "Oktahooks-Owner",
)
SERVICE_APP: JsonValue = {"clientId": "0oa1", "privateKeySecretRef": SECRET}

ACCEPTED = [
    Case("the smallest hook", HOOK, {}),
    Case("a name of 40 characters", HOOK, {}, metadata_name="a" * 40),
    Case("300 event types", HOOK, {"eventTypes": [f"user.event.n{number}" for number in range(300)]}),
    Case("a filter for a listed type", HOOK, {"filters": [{"eventType": "user.session.start", "expression": "true"}]}),
    Case("an ingress", HOOK, {"exposure": {"ingress": {"host": "hooks.example.com"}}}),
    Case(
        "an HTTPRoute",
        HOOK,
        {"exposure": {"httpRoute": {"hostname": "hooks.example.com", "parentRefs": [{"name": "public"}]}}},
    ),
    Case("an address with a port", HOOK, {"exposure": {"url": "https://a.example.com:8443/sign-ins"}}),
    Case("an address with encoded signs", HOOK, {"exposure": {"url": "https://a.example.com/%7Ea%2fb?to=(us)&$=1"}}),
    Case("an ingress with a path", HOOK, {"exposure": {"ingress": {"host": "a.example.com", "path": "/.a/b..c/"}}}),
    Case("gaps that are only told", HOOK, {"delivery": {"backfill": "DetectOnly"}}),
    Case("types that are polled for", HOOK, {"systemLog": {"eventTypes": ["security.threat.detected"]}}),
    Case("a history of 90 days", HOOK, {"delivery": {"history": "2160h"}}),
    Case("headers of the user's own", HOOK, {"headers": {"X-Team": "identity", "x-team-2": "b"}}),
    Case("the secret in a header of the user's own", HOOK, {"auth": {"headerName": "X-Hook-Secret"}}),
    Case("the secret in the usual header", HOOK, {"auth": {"headerName": "authorization"}}),
    Case(
        "the secret beside other headers",
        HOOK,
        {"headers": {"X-Team": "identity"}, "auth": {"headerName": "X-Hook-Secret"}},
    ),
    Case("adoption with the secret", HOOK, {"adoptionPolicy": "Adopt", "auth": {"secretRef": SECRET}}),
    Case(
        "adoption by identifier",
        HOOK,
        {"adoptionPolicy": "Adopt", "adoptHookId": "who00000000000000000", "auth": {"secretRef": SECRET}},
    ),
    Case("an endpoint of the user's own", HOOK, {"receiver": {"mode": "External"}, "auth": {"secretRef": SECRET}}),
    Case("rotation of the generated secret", HOOK, {"auth": {"rotation": {"interval": "720h"}}}),
    Case("a journal on a volume", HOOK, {"receiver": {"journal": {"persistentVolume": {"size": "20Gi"}}}}),
    Case("a journal for trials", HOOK, {"receiver": {"journal": {"emptyDir": {}}}}),
    Case("an org with a token", ORG, {}),
    Case("an org with a service app", ORG, {"auth": {"oauth": SERVICE_APP}}),
    Case("an org on a custom domain", ORG, {"url": "https://login.example.com"}),
    Case("an org of the American government", ORG, {"url": "https://agency.okta.mil"}),
    Case("a small share of the rate limits", ORG, {"rateLimitShare": "0.01"}),
    Case("all of the rate limits", ORG, {"rateLimitShare": "1"}),
    Case("a log that is polled twice a minute", ORG, {"logPollInterval": "30s"}),
    Case("a cluster-wide org", CLUSTER_ORG, {"namespaceSelector": {"matchLabels": {"team": "identity"}}}),
    Case("a cluster-wide org that allows adoption", CLUSTER_ORG, {"adoption": "Allowed"}),
    Case("an org that forbids adoption", ORG, {"adoption": "Forbidden"}),
    *sink_cases.ACCEPTED,
    *stream_cases.ACCEPTED,
]

REFUSED = [
    Case("a name of 41 characters", HOOK, {}, "choose a name of at most 40", metadata_name="a" * 41),
    Case("a name with a dot", HOOK, {}, "choose a name of at most 40", metadata_name="sign.ins"),
    Case("an org's name that is too long", ORG, {}, "choose a name of at most 40", metadata_name="a" * 41),
    Case("no event types", HOOK, {"eventTypes": []}, "should have at least 1 items"),
    Case("301 event types", HOOK, {"eventTypes": [f"user.event.n{number}" for number in range(301)]}, "at most 300"),
    Case("a type twice", HOOK, {"eventTypes": ["user.session.start"] * 2}, "Duplicate value"),
    Case("a type that is none", HOOK, {"eventTypes": ["sign in"]}, "should match"),
    Case(
        "a filter for another type",
        HOOK,
        {"filters": [{"eventType": "user.session.end", "expression": "true"}]},
        "each filter is for one of eventTypes",
    ),
    Case("no exposure", HOOK, {"exposure": {"probe": "Off"}}, "give exactly one of url, ingress or httpRoute"),
    Case(
        "two exposures",
        HOOK,
        {"exposure": {"url": "https://a.example.com", "ingress": {"host": "a.example.com"}}},
        "give exactly one of url, ingress or httpRoute",
    ),
    Case("an http address", HOOK, {"exposure": {"url": "http://a.example.com/x"}}, "write https://a.example.com/x"),
    Case("an address without a host", HOOK, {"exposure": {"url": "https:///x"}}, "a host name"),
    Case("an address with half a bracket", HOOK, {"exposure": {"url": "https://[a/x"}}, "a host name"),
    Case("an address with a port that is none", HOOK, {"exposure": {"url": "https://a.example.com:99999/"}}, "a port"),
    Case("an address with a password", HOOK, {"exposure": {"url": "https://a:b@c.example.com/"}}, "no password"),
    Case("an address with a space", HOOK, {"exposure": {"url": "https://a.example.com/a b"}}, "no spaces"),
    Case(
        "an address with a letter of another script", HOOK, {"exposure": {"url": "https://a.example.com/ü"}}, "others"
    ),
    Case("an address with a fragment", HOOK, {"exposure": {"url": "https://a.example.com/a#b"}}, "what follows a #"),
    *(
        Case(f"a percent sign before {rest!r}", HOOK, {"exposure": {"url": f"https://a.example.com/%{rest}"}}, "%25")
        for rest in ("", "7", "7g", "zz", "%20")
    ),
    *(
        Case(
            f"an ingress at {path}",
            HOOK,
            {"exposure": {"ingress": {"host": "a.example.com", "path": path}}},
            "no empty",
        )
        for path in ("//a", "/a//b", "/a/./b", "/a/..")
    ),
    *(
        Case(f"the header {name}", HOOK, {"headers": {name: "a"}}, "sets one of these headers, or it carries")
        for name in (*SET_BY_OTHERS, "Authorization")
    ),
    *(
        Case(f"the secret in {name}", HOOK, {"auth": {"headerName": name}}, "sets the header of this headerName")
        for name in SET_BY_OTHERS
    ),
    Case("a header that is none", HOOK, {"headers": {"my team": "a"}}, "write it like X-Team"),
    Case("a header twice", HOOK, {"headers": {"X-Team": "a", "x-team": "b"}}, "give it once"),
    Case(
        "the secret in one of headers",
        HOOK,
        {"headers": {"x-hook-secret": "a"}, "auth": {"headerName": "X-Hook-Secret"}},
        "take it out of headers",
    ),
    Case("a history of 91 days", HOOK, {"delivery": {"history": "2184h"}}, "the 90 days that Okta keeps"),
    Case("a back-fill by another name", HOOK, {"delivery": {"backfill": "Always"}}, "Repair"),
    Case("adoption without the secret", HOOK, {"adoptionPolicy": "Adopt"}, "adopting needs auth.secretRef"),
    Case("adoptHookId alone", HOOK, {"adoptHookId": "who00000000000000000"}, "adoptHookId needs adoptionPolicy: Adopt"),
    Case("types to poll for, and none named", HOOK, {"systemLog": {"eventTypes": []}}, "at least 1 items"),
    Case(
        "types that are polled for, for an endpoint of the user's own",
        HOOK,
        {
            "systemLog": {"eventTypes": ["security.threat.detected"]},
            "receiver": {"mode": "External"},
            "auth": {"secretRef": SECRET},
        },
        "set receiver.mode: Managed",
    ),
    Case("External without the secret", HOOK, {"receiver": {"mode": "External"}}, "name it in auth.secretRef"),
    Case(
        "External behind an ingress",
        HOOK,
        {
            "receiver": {"mode": "External"},
            "auth": {"secretRef": SECRET},
            "exposure": {"ingress": {"host": "a.example.com"}},
        },
        "exposure.url names your endpoint",
    ),
    Case(
        "External with a journal",
        HOOK,
        {"receiver": {"mode": "External", "journal": {"emptyDir": {}}}, "auth": {"secretRef": SECRET}},
        "leave out journal, replicas, resources and scheduling",
    ),
    Case(
        "rotation of a secret of the user's own",
        HOOK,
        {"auth": {"secretRef": SECRET, "rotation": {"interval": "720h"}}},
        "rotation is for the generated secret",
    ),
    Case(
        "two journals",
        HOOK,
        {"receiver": {"journal": {"emptyDir": {}, "persistentVolume": {}}}},
        "give exactly one of persistentVolume, emptyDir or jetStream",
    ),
    Case("a duration in words", HOOK, {"resyncInterval": "5 minutes"}, "should match"),
    Case("an unknown policy", HOOK, {"deletionPolicy": "Keep"}, "Unsupported value"),
    Case("the admin console", ORG, {"url": "https://a-admin.okta.com"}, "write https://a.okta.com"),
    Case("the admin console of okta.mil", ORG, {"url": "https://a-admin.okta.mil"}, "write https://a.okta.mil"),
    Case("an org's path", ORG, {"url": "https://a.okta.com/app/x"}, "write scheme and host only: https://a.okta.com"),
    Case("an org without TLS", ORG, {"url": "http://a.okta.com"}, "write scheme and host only: https://a.okta.com"),
    Case("adoption neither forbidden nor allowed", CLUSTER_ORG, {"adoption": "Never"}, "Unsupported value"),
    *(
        Case(f"a share of {share}", org, {"rateLimitShare": share}, "write more than 0")
        for org in (ORG, CLUSTER_ORG)
        for share in ("0.0", "0.00")
    ),
    Case("a log that is polled without a pause", ORG, {"logPollInterval": "100ms"}, "write it like 60s"),
    Case("a log that is polled twice a day", CLUSTER_ORG, {"logPollInterval": "12h"}, "write it like 60s"),
    Case("more than all", ORG, {"rateLimitShare": "1.5"}, "should match"),
    Case("no credential", ORG, {"auth": {"apiToken": None}}, "give exactly one of apiToken or oauth"),
    Case(
        "two credentials",
        ORG,
        {"auth": {"apiToken": {"secretRef": SECRET}, "oauth": SERVICE_APP}},
        "give exactly one of apiToken or oauth",
    ),
    *sink_cases.REFUSED,
    *stream_cases.REFUSED,
]

CHANGES_REFUSED = [
    Case("another org", HOOK, {"orgRef": {"name": "other"}}, "orgRef cannot change"),
    Case("another address of the org", ORG, {"url": "https://other.okta.com"}, "url cannot change"),
    *stream_cases.CHANGES_REFUSED,
]


@pytest.fixture
def api(kinds: ControlPlane) -> ControlPlane:
    return kinds


def create(api: ControlPlane, document: Object, *options: str) -> str:
    return api.kubectl("create", "--filename", "-", *options, stdin=yaml.safe_dump(document))


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case.name)
def test_is_accepted(api: ControlPlane, case: Case) -> None:
    create(api, case.document(), "--dry-run=server")


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_is_refused_with_a_sentence_that_says_what_to_write(api: ControlPlane, case: Case) -> None:
    with pytest.raises(ClusterError, match=case.refusal):
        create(api, case.document(), "--dry-run=server")


@pytest.mark.parametrize("case", CHANGES_REFUSED, ids=lambda case: case.name)
def test_a_change_is_refused(api: ControlPlane, case: Case) -> None:
    create(api, case.base)
    try:
        with pytest.raises(ClusterError, match=case.refusal):
            api.kubectl("replace", "--filename", "-", stdin=yaml.safe_dump(case.document()))
    finally:
        api.kubectl("delete", "--filename", "-", stdin=yaml.safe_dump(case.base))


def test_a_new_object_is_not_ready_before_the_operator_has_seen_it(api: ControlPlane) -> None:
    create(api, HOOK)
    try:
        shown = api.kubectl("get", "oeh", "sign-ins", "--no-headers").split()
        assert shown[1:3] == ["Unknown", "Pending"]
    finally:
        api.kubectl("delete", "oeh", "sign-ins")


def test_every_rule_has_a_refusal_in_the_table() -> None:
    sentences = [case.refusal for case in REFUSED + CHANGES_REFUSED]
    for file in CRDS.glob("*.yaml"):
        for rule in _rules(yaml.safe_load(file.read_text())):
            said = f"{rule['message']} {rule.get('messageExpression', '')}"
            assert any(_tells(said, sentence) for sentence in sentences), rule


def _tells(said: str, sentence: str) -> bool:
    return sentence in said or sentence.split(" https://", maxsplit=1)[0] in said


def _rules(node: JsonValue) -> Iterator[dict[str, str]]:
    if isinstance(node, list):
        for each in node:
            yield from _rules(each)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "x-kubernetes-validations" and isinstance(value, list):
                yield from ({str(k): str(v) for k, v in each.items()} for each in value if isinstance(each, dict))
            else:
                yield from _rules(value)
