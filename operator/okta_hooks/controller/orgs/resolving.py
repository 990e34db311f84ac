"""Which organisation object a hook belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from okta_hooks.api.conditions import Reason
from okta_hooks.api.hook_status import BoundOrg
from okta_hooks.api.okta_event_hook import OrgRef
from okta_hooks.api.okta_org import ClusterOktaOrgSpec, OktaOrgSpec
from okta_hooks.controller.blocked import Blocked
from okta_hooks.controller.selecting import is_selected, written
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.kube import errors
from okta_hooks.kube.api import KubernetesApi
from okta_hooks.kube.objects import JsonObject, ObjectKey
from okta_hooks.kube.resources import CLUSTER_ORG, ORG
from okta_hooks.reconcile.problem import Problem

DEFAULT_NAME = "default"
"""Name of the organisation object that hooks without an orgRef belong to."""


@dataclass(frozen=True)
class FoundOrg:
    """An organisation object.

    Args:
        work: Which it is.
        spec: What it says.
        secrets_namespace: Where the Secrets are that it names.
    """

    work: WorkKey
    spec: OktaOrgSpec
    secrets_namespace: str

    def bound(self) -> BoundOrg:
        """How a hook's status names it."""
        return BoundOrg(kind=_kind(self.work), name=self.work.key.name, url=self.spec.url)


@dataclass(frozen=True)
class OrgResolver:
    """Finds organisation objects.

    Args:
        api: Where they are.
        operator_namespace: Where the Secrets of ClusterOktaOrgs are.
        is_cluster_wide: Whether there are ClusterOktaOrgs for this operator.
    """

    api: KubernetesApi
    operator_namespace: str
    is_cluster_wide: bool

    async def resolve(self, namespace: str, reference: OrgRef | None, bound: BoundOrg | None) -> FoundOrg:
        """The organisation of a hook: the one it is bound to, else the one that it names, else a default.

        Raises:
            Blocked: There is none, it does not serve the namespace, or it is no longer the one it was.
            KubernetesError: It could not be read.
        """
        candidates = candidates_for(namespace, reference, bound)
        for candidate in candidates:
            found = await self._read(candidate)
            if found is not None:
                await self._insist_on_permission(found, namespace)
                _insist_on_the_same(found, bound)
                return found
        raise Blocked(_none(candidates))

    async def _read(self, work: WorkKey) -> FoundOrg | None:
        if work.resource == CLUSTER_ORG and not self.is_cluster_wide:
            return None
        try:
            return found_org(await self.api.get(work.resource, work.key), work, self.operator_namespace)
        except errors.NotFound:
            return None

    async def _insist_on_permission(self, found: FoundOrg, namespace: str) -> None:
        selector = found.spec.namespace_selector if isinstance(found.spec, ClusterOktaOrgSpec) else None
        if selector is not None and not await is_selected(self.api, selector, namespace):
            wanted = written(selector)
            raise Blocked(
                Problem(
                    Reason.ORG_NOT_ALLOWED,
                    f"{found.work} does not serve namespace {namespace}: label the namespace {wanted}, or name another"
                    " organization in a new hook.",
                    for_people=True,
                )
            )


def found_org(read: JsonObject, work: WorkKey, operator_namespace: str) -> FoundOrg:
    """An organisation object as it was read."""
    if work.resource == CLUSTER_ORG:
        return FoundOrg(work, ClusterOktaOrgSpec.model_validate(read["spec"]), operator_namespace)
    return FoundOrg(work, OktaOrgSpec.model_validate(read["spec"]), work.key.namespace)


def candidates_for(namespace: str, reference: OrgRef | None, bound: BoundOrg | None) -> tuple[WorkKey, ...]:
    """The objects that may be a hook's organisation, the first that exists being it."""
    if bound is not None:
        return (_work(bound.kind, namespace, bound.name),)
    if reference is not None:
        return (_work(reference.kind or "OktaOrg", namespace, reference.name),)
    return (_work("OktaOrg", namespace, DEFAULT_NAME), _work("ClusterOktaOrg", namespace, DEFAULT_NAME))


def _work(kind: Literal["OktaOrg", "ClusterOktaOrg"], namespace: str, name: str) -> WorkKey:
    if kind == "ClusterOktaOrg":
        return WorkKey(CLUSTER_ORG, ObjectKey("", name))
    return WorkKey(ORG, ObjectKey(namespace, name))


def _kind(work: WorkKey) -> Literal["OktaOrg", "ClusterOktaOrg"]:
    return "ClusterOktaOrg" if work.resource == CLUSTER_ORG else "OktaOrg"


def _insist_on_the_same(found: FoundOrg, bound: BoundOrg | None) -> None:
    """The url of an object cannot change, but another object can take its name."""
    if bound is not None and bound.url != found.spec.url:
        raise Blocked(
            Problem(
                Reason.ORG_NOT_FOUND,
                f"{found.work} is {found.spec.url} now, and the hook was made in {bound.url}: make another object for"
                f" {bound.url}, or delete this hook and make it again.",
                for_people=True,
            )
        )


def _none(candidates: tuple[WorkKey, ...]) -> Problem:
    names = " and no ".join(map(str, candidates))
    return Problem(
        Reason.ORG_NOT_FOUND,
        f"There is no {names}: create it, and the hook follows by itself.",
        for_people=True,
    )
