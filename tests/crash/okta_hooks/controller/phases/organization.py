"""Organisations: one that is signed in to as a service app, one of the whole cluster, one that is down."""

from __future__ import annotations

from pydantic import JsonValue

from contract.okta_hooks.controller.world import is_ready
from crash.okta_hooks.controller.life import Life
from crash.okta_hooks.controller.phases.phase import FINALIZERS, STATUS, Phase, delete, is_gone, start
from okta_hooks.controller.orgs.reconciler import OrgObject
from okta_hooks.kube.objects import ObjectKey
from okta_hooks.kube.resources import CLUSTER_ORG
from okta_hooks.okta.service_app import DEFAULT_SCOPES
from okta_simulator.credentials.keys import generate


async def _be_applied_with_a_service_app(life: Life) -> None:
    key = generate()
    apps = life.world.okta.organization.access.service_apps
    app = apps.register("Operator", keys=[key.public_jwk], scopes=DEFAULT_SCOPES)
    await life.world.apply_secret("app", {"key": key.private_pem})
    oauth: JsonValue = {
        "clientId": app.id,
        "keyId": key.kid,
        "privateKeySecretRef": {"name": "app", "key": "key"},
    }
    await life.world.apply_org(resyncInterval="1h", auth={"oauth": oauth})
    await life.apply()


async def _share_organization(life: Life) -> None:
    """One of the whole cluster's, with Secrets in the operator's namespace, and with the namespace's name."""
    auth: JsonValue = {"apiToken": {"secretRef": {"name": "okta", "key": "token"}}}
    spec: JsonValue = {
        "url": life.world.okta.url,
        "auth": auth,
        "caSecretRef": {"name": "authority", "key": "ca"},
        "resyncInterval": "1h",
        "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": life.world.namespace}},
    }
    await life.world.api.apply(
        CLUSTER_ORG,
        {
            "apiVersion": CLUSTER_ORG.api_version,
            "kind": CLUSTER_ORG.kind,
            "metadata": {"name": life.world.namespace},
            "spec": spec,
        },
    )


async def _apply(life: Life) -> None:
    await life.apply(orgRef={"kind": "ClusterOktaOrg", "name": life.world.namespace})


async def _be_applied_with_a_shared_organization(life: Life) -> None:
    await _share_organization(life)
    await _apply(life)


async def _shared(life: Life) -> OrgObject:
    return OrgObject.model_validate(await life.world.api.get(CLUSTER_ORG, ObjectKey("", life.world.namespace)))


async def _is_ready_with_its_organization(life: Life) -> None:
    await life.until_ready()
    await life.world.until(is_ready, lambda: _shared(life))


async def _exist_in_an_okta_that_is_down(life: Life) -> None:
    await _be_applied_with_a_shared_organization(life)
    await life.stage.operator.start()
    await _is_ready_with_its_organization(life)
    life.world.okta.be_down()


async def _is_written_down(life: Life) -> None:
    await is_gone(life)
    left = [hook.id for hook in life.hooks()]
    await life.world.until(lambda org: org.status.orphaned_hooks == left, lambda: _shared(life))


ORGANIZATION = (
    Phase(
        "sign in as a service app",
        begin=_be_applied_with_a_service_app,
        act=start,
        end=Life.until_ready,
        calls=("POST /oauth2/v1/token", STATUS),
    ),
    Phase(
        "start with a shared organisation",
        begin=_be_applied_with_a_shared_organization,
        act=start,
        end=_is_ready_with_its_organization,
        calls=("get clusteroktaorgs", "patch clusteroktaorgs/status"),
    ),
    Phase(
        "leave a hook behind",
        begin=_exist_in_an_okta_that_is_down,
        act=delete,
        end=_is_written_down,
        calls=("list clusteroktaorgs", "patch clusteroktaorgs/status", FINALIZERS),
    ),
)
