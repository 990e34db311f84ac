"""What is made in the cluster for a hook."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from okta_hooks.cli.receiver import receiver
from okta_hooks.kube.children import names
from okta_hooks.kube.children.storage import LiveClaim, LiveClaimSpec, claim
from okta_hooks.kube.children.subject import Hook, SecretValues
from okta_hooks.kube.objects import JsonObject, Manifest
from okta_hooks.kube.resources import (
    CLAIM,
    CONFIG_MAP,
    DEPLOYMENT,
    HTTP_ROUTE,
    INGRESS,
    NETWORK_POLICY,
    SECRET,
    SERVICE,
    SERVICE_ACCOUNT,
)
from samples.kube import INSTALLATION, UID, VALUES, child, children_of, hook, within

HOOK_NAMES = st.from_regex(r"[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?", fullmatch=True)
JOURNAL_FOR_TRIALS: JsonValue = {"journal": {"emptyDir": {}}}


def siem(url: str, **auth: JsonValue) -> JsonValue:
    """A sink over HTTP."""
    http: JsonObject = {"url": url}
    if auth:
        http["auth"] = auth
    return {"name": "siem", "http": http}


def pod(subject: Hook) -> JsonValue:
    return within(child(subject, DEPLOYMENT), "spec", "template", "spec")


def container(subject: Hook, name: str) -> JsonObject:
    containers = within(pod(subject), "containers")
    assert isinstance(containers, list)
    (found,) = [each for each in containers if isinstance(each, dict) and each["name"] == name]
    return found


def arguments(subject: Hook, name: str = "receiver") -> list[JsonValue]:
    told = container(subject, name)["args"]
    assert isinstance(told, list)
    return told


def mounts(subject: Hook, name: str) -> dict[str, tuple[str, bool]]:
    """By folder: which volume, and whether it is read-only."""
    mounted = container(subject, name)["volumeMounts"]
    assert isinstance(mounted, list)
    return {
        str(each["mountPath"]): (str(each["name"]), each.get("readOnly") is True)
        for each in mounted
        if isinstance(each, dict)
    }


def metadata(subject: Hook) -> Iterator[tuple[str, Manifest]]:
    for resource, manifest in children_of(subject):
        yield resource.kind, Manifest.model_validate(manifest)


@given(HOOK_NAMES)
def test_no_name_is_longer_than_a_service_may_have(name: str) -> None:
    assert all(len(found.metadata.name) <= 63 for _, found in metadata(hook(name)))


@given(HOOK_NAMES, HOOK_NAMES)
def test_two_hooks_never_share_a_child(one: str, other: str) -> None:
    if one == other:
        return
    of_one, of_other = ({(kind, found.metadata.name) for kind, found in metadata(hook(name))} for name in (one, other))
    assert not of_one & of_other


def test_a_hook_named_like_the_child_of_another_shares_nothing_with_it() -> None:
    of_one = {(kind, found.metadata.name) for kind, found in metadata(hook("a"))}
    of_other = {(kind, found.metadata.name) for kind, found in metadata(hook("a-receiver"))}
    assert not of_one & of_other


def test_all_but_the_claim_go_with_the_hook() -> None:
    owners = {kind: [owner.uid for owner in found.metadata.owner_references] for kind, found in metadata(hook())}
    assert owners.pop("PersistentVolumeClaim") == []
    assert all(found == [UID] for found in owners.values())


def test_nothing_carries_the_label_by_which_argo_tracks() -> None:
    assert all("app.kubernetes.io/instance" not in found.metadata.labels for _, found in metadata(hook()))


def test_an_endpoint_of_the_users_own_needs_nothing() -> None:
    own = hook(receiver={"mode": "External"}, auth={"secretRef": {"name": "mine", "key": "secret"}})
    assert children_of(own) == ()


def test_one_pod_ends_before_the_next_begins() -> None:
    assert within(child(hook(), DEPLOYMENT), "spec", "strategy") == {"type": "Recreate", "rollingUpdate": None}


@pytest.mark.parametrize("name", ["receiver", "dispatcher"])
def test_no_container_may_do_more_than_it_needs(name: str) -> None:
    assert container(hook(), name)["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }


def test_the_pod_has_no_token_of_kubernetes() -> None:
    assert within(pod(hook()), "automountServiceAccountToken") is False
    assert within(child(hook(), SERVICE_ACCOUNT), "automountServiceAccountToken") is False


def test_the_receiver_writes_the_journal_and_nothing_else() -> None:
    assert {folder for folder, (_, read_only) in mounts(hook(), "receiver").items() if not read_only} == {
        "/var/lib/okta-hooks/journal"
    }


def test_the_dispatcher_writes_its_own_folder_and_nothing_else() -> None:
    assert {folder for folder, (_, read_only) in mounts(hook(), "dispatcher").items() if not read_only} == {
        "/var/lib/okta-hooks/dispatcher"
    }


def test_the_dispatcher_does_not_see_the_secret_that_okta_sends() -> None:
    assert "hook-secrets" not in {volume for volume, _ in mounts(hook(), "dispatcher").values()}


def test_the_receiver_does_not_see_the_configuration_of_sinks() -> None:
    assert "configuration" not in {volume for volume, _ in mounts(hook(), "receiver").values()}


def test_the_previous_secret_may_come_and_go_without_a_restart() -> None:
    during = SecretValues(admin_token=VALUES.admin_token, current="new", previous="old")
    assert child(hook(), DEPLOYMENT) == child(hook(), DEPLOYMENT, during)


def test_a_change_of_sinks_restarts_nothing() -> None:
    with_sink = hook(sinks=[{"name": "out", "stdout": {}}])
    assert child(hook(), DEPLOYMENT) == child(with_sink, DEPLOYMENT)
    assert child(hook(), CONFIG_MAP) != child(with_sink, CONFIG_MAP)


def test_no_secret_is_told_outside_of_secrets() -> None:
    told = json.dumps([manifest for kind, manifest in children_of(hook()) if kind != SECRET])
    assert VALUES.admin_token not in told
    assert VALUES.current not in told


def test_receivers_see_the_operators_copy_and_not_a_secret_of_the_users_own() -> None:
    own = hook(auth={"secretRef": {"name": "mine", "key": "value"}})
    assert within(pod(own), "volumes", 1, "secret", "secretName") == "sign-ins-secret"


def test_the_receiver_answers_on_the_path_of_the_public_address() -> None:
    assert "--path=/sign-ins" in arguments(hook())


def as_kubernetes_gives_it(argument: JsonValue) -> str:
    """An argument as a container gets it: `$(NAME)` is the value of a variable that there is, `$$` is a dollar sign."""
    variables = {"KUBERNETES_SERVICE_HOST": "10.0.0.1", "HOSTNAME": "sign-ins"}

    def meant(reference: re.Match[str]) -> str:
        return "$" if reference[0] == "$$" else variables.get(reference[1], reference[0])

    return re.sub(r"\$\$|\$\(([^)]*)\)", meant, str(argument))


@pytest.mark.parametrize(
    "path", ["/$(KUBERNETES_SERVICE_HOST)", "/$$", "/$$(HOSTNAME)", "/$(NONE)", "/$", "/$(HOSTNAME"]
)
def test_a_path_arrives_as_it_was_written_whatever_kubernetes_makes_of_dollar_signs(path: str) -> None:
    subject = hook(exposure={"url": f"https://hooks.example.com{path}"})
    assert f"--path={path}" in map(as_kubernetes_gives_it, arguments(subject))


@given(st.text(alphabet="$()HOSTNAME", max_size=20))
def test_any_path_arrives_as_it_was_written(path: str) -> None:
    subject = hook(exposure={"url": f"https://hooks.example.com/{path}"})
    assert f"--path=/{path}" in map(as_kubernetes_gives_it, arguments(subject))


def test_the_name_of_a_header_arrives_as_it_was_written() -> None:
    assert "--header-name=X-$$" in map(as_kubernetes_gives_it, arguments(hook(auth={"headerName": "X-$$"})))


def test_a_path_is_told_in_its_normal_form() -> None:
    assert "--path=/~hook" in arguments(hook(exposure={"url": "https://hooks.example.com/a/../%7Ehook"}))


def test_without_a_path_the_hook_has_that_of_its_namespace_and_name() -> None:
    routed = hook(exposure={"ingress": {"host": "hooks.example.com"}})
    assert "--path=/identity/sign-ins" in arguments(routed)
    assert within(child(routed, INGRESS), "spec", "rules", 0, "http", "paths", 0, "path") == "/identity/sign-ins"


def test_a_route_leads_to_the_service_on_the_hooks_path_alone() -> None:
    routed = hook(exposure={"httpRoute": {"hostname": "hooks.example.com", "parentRefs": [{"name": "public"}]}})
    rule = within(child(routed, HTTP_ROUTE), "spec", "rules", 0)
    assert within(rule, "matches", 0, "path") == {"type": "Exact", "value": "/identity/sign-ins"}
    assert within(rule, "backendRefs", 0) == {"name": "sign-ins-receiver", "port": 80}


def test_services_lead_to_a_pod_that_is_not_ready() -> None:
    services = [manifest for kind, manifest in children_of(hook()) if kind == SERVICE]
    assert [within(service, "spec", "publishNotReadyAddresses") for service in services] == [True, True]


@pytest.mark.parametrize("provider", ["traefik.ingress.kubernetes.io", "traefik.io"])
def test_traefik_calls_the_service_and_not_only_pods_that_are_ready(provider: str) -> None:
    services = {
        Manifest.model_validate(made).metadata.name: made for kind, made in children_of(hook()) if kind == SERVICE
    }
    assert within(services["sign-ins-receiver"], "metadata", "annotations", f"{provider}/service.nativelb") == "true"


def test_the_journal_keeps_four_fifths_of_its_volume_and_refuses_at_nine_tenths() -> None:
    sized = hook(receiver={"journal": {"persistentVolume": {"size": "10Gi"}}})
    assert {f"--journal-keep-bytes={8 << 30}", f"--journal-max-bytes={9 << 30}"} <= set(map(str, arguments(sized)))


def test_the_journal_keeps_what_the_spec_says() -> None:
    sized = hook(receiver={"journal": {"emptyDir": {}, "retention": {"maxSize": "100M", "maxAge": "1h30m"}}})
    assert {"--journal-keep-bytes=100000000", "--journal-keep-hours=1.5"} <= set(map(str, arguments(sized)))


@given(st.integers(0, 10**13), st.integers(1, 10**13))
def test_the_receiver_accepts_whatever_sizes_the_spec_says(kept: int, size: int) -> None:
    sized = hook(receiver={"journal": {"persistentVolume": {"size": f"{size}"}, "retention": {"maxSize": f"{kept}"}}})
    command = receiver.make_context("receiver", [str(argument) for argument in arguments(sized)[1:]])
    assert command.params["journal_keep_bytes"] <= command.params["journal_max_bytes"]


def test_a_journal_for_trials_needs_no_claim() -> None:
    assert CLAIM not in {kind for kind, _ in children_of(hook(receiver=JOURNAL_FOR_TRIALS))}


def test_an_existing_claim_keeps_what_cannot_change() -> None:
    existing = LiveClaim(spec=LiveClaimSpec(access_modes=("ReadWriteOnce",), storage_class_name="slow"))
    kept = claim(hook(), INSTALLATION, existing)
    assert within(kept, "spec", "accessModes") == ["ReadWriteOnce"]
    assert within(kept, "spec", "storageClassName") == "slow"


def test_labels_of_the_user_do_not_hide_ours() -> None:
    labelled = hook(receiver={"podLabels": {"team": "identity", "oktahooks.dev/hook": "other"}})
    labels = within(child(labelled, DEPLOYMENT), "spec", "template", "metadata", "labels")
    assert within(labels, "team") == "identity"
    assert within(labels, "oktahooks.dev/hook") == "sign-ins"


def test_a_credential_of_a_sink_may_come_and_go_without_a_restart() -> None:
    with_one = replace(VALUES, sinks={"siem.token": b"value"})
    assert child(hook(), DEPLOYMENT) == child(hook(), DEPLOYMENT, with_one)


def test_the_dispatcher_alone_sees_credentials_of_sinks() -> None:
    assert ("sinks", True) in mounts(hook(), "dispatcher").values()
    assert "sinks" not in {volume for volume, _ in mounts(hook(), "receiver").values()}


def test_credentials_of_sinks_are_where_the_dispatcher_is_told_to_look() -> None:
    calling = hook(sinks=[siem("https://siem.example.com", bearer={"tokenSecretRef": {"name": "any", "key": "any"}})])
    told = json.loads(str(within(child(calling, CONFIG_MAP), "data", "dispatcher.json")))
    folder = next(folder for folder, (volume, _) in mounts(calling, "dispatcher").items() if volume == "sinks")
    assert told["sinks"][0]["to"]["auth"]["tokenFile"] == f"{folder}/siem.token"


@pytest.mark.parametrize(
    ("sink", "expected"),
    [
        (siem("https://siem.example.com/events"), {443}),
        (siem("https://siem.example.com:8443"), {8443}),
        (siem("http://collector.siem.svc"), {80}),
        (
            siem(
                "https://siem.example.com:8443",
                oauth2={
                    "tokenUrl": "https://login.example.com/token",
                    "clientIdSecretRef": {"name": "any", "key": "any"},
                    "clientSecretSecretRef": {"name": "any", "key": "any"},
                },
            ),
            {8443, 443},
        ),
        ({"name": "a", "kafka": {"topic": "okta", "bootstrapServers": ["a:9092", "b:9094"]}}, {9092, 9094}),
        ({"name": "a", "syslog": {"url": "tls://syslog.example.com"}}, {6514}),
        ({"name": "a", "objectStorage": {"bucket": "events"}}, {443}),
    ],
    ids=["usual", "chosen", "without TLS", "a server of tokens", "brokers", "syslog", "a bucket"],
)
def test_the_way_out_is_to_the_ports_of_sinks_and_to_the_resolver_of_names(sink: JsonValue, expected: set[int]) -> None:
    opened = within(child(hook(sinks=[sink]), NETWORK_POLICY), "spec", "egress", 0, "ports")
    assert isinstance(opened, list)
    assert {(within(each, "port"), within(each, "protocol")) for each in opened} == {
        (53, "UDP"),
        (53, "TCP"),
        *((port, "TCP") for port in expected),
    }


def test_nothing_leaves_the_pod_while_no_sink_needs_it() -> None:
    policy = child(hook(sinks=[{"name": "out", "stdout": {}}]), NETWORK_POLICY)
    assert within(policy, "spec", "policyTypes") == ["Ingress", "Egress"]
    assert "egress" not in json.dumps(policy["spec"])


def test_scheduling_is_as_the_spec_says() -> None:
    placed = hook(
        receiver={
            "nodeSelector": {"zone": "a"},
            "priorityClassName": "high",
            "tolerations": [{"key": "spot", "operator": "Exists", "tolerationSeconds": 60}],
        }
    )
    assert within(pod(placed), "tolerations") == [{"key": "spot", "operator": "Exists", "tolerationSeconds": 60}]
    assert within(pod(placed), "nodeSelector") == {"zone": "a"}
    assert within(pod(placed), "priorityClassName") == "high"


def test_the_secret_is_where_the_receiver_is_told_to_look() -> None:
    assert names.hook_secret("sign-ins") == "sign-ins-secret"
    assert "sign-ins-secret" in {found.metadata.name for _, found in metadata(hook())}
