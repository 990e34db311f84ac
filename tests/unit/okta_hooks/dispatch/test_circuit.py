"""When a sink may be tried: not while it fails, and then by one alone."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta

from okta_hooks.admin.dispatcher_statistics import CircuitState
from okta_hooks.dispatch.backoff import Backoff
from okta_hooks.dispatch.circuit import Circuit
from okta_hooks.dispatch.judging import Holdup
from samples.dispatch import until

DOWN = Holdup("it is down")
AN_HOUR = Backoff(timedelta(hours=1), timedelta(hours=1))
AT_ONCE = Backoff(timedelta(microseconds=1), timedelta(microseconds=1))


def circuit(backoff: Backoff = AT_ONCE) -> Circuit:
    return Circuit("siem", backoff, random.Random(1))


async def fail(circuit: Circuit) -> None:
    async with circuit.permit() as permit:
        permit.failed(DOWN, took_some=False)


async def test_is_closed_while_the_sink_takes_events() -> None:
    closed = circuit()
    async with closed.permit() as permit, closed.permit() as another:
        permit.succeeded()
        another.succeeded()
    assert (closed.state, closed.holdup) == (CircuitState.CLOSED, None)


async def test_a_failure_opens_it_for_a_while() -> None:
    failed = circuit(AN_HOUR)
    await fail(failed)
    entering = asyncio.create_task(failed.permit().__aenter__())
    await asyncio.sleep(0)
    assert not entering.done()
    assert (failed.state, failed.holdup) == (CircuitState.OPEN, DOWN)
    entering.cancel()


async def test_after_the_wait_one_alone_tries() -> None:
    failed = circuit()
    await fail(failed)
    others = 0

    async def another() -> None:
        nonlocal others
        async with failed.permit() as permit:
            others += 1
            permit.succeeded()

    async with asyncio.TaskGroup() as tasks, failed.permit() as probe:
        tasks.create_task(another())
        await asyncio.sleep(0)
        assert (failed.state, others) == (CircuitState.HALF_OPEN, 0)
        probe.succeeded()
    assert (failed.state, others) == (CircuitState.CLOSED, 1)


async def test_a_success_that_was_begun_before_the_failure_does_not_close_it() -> None:
    failed = circuit(AN_HOUR)
    async with failed.permit() as before:
        await fail(failed)
        before.succeeded()
    assert failed.state is CircuitState.OPEN


async def test_who_gives_up_waiting_leaves_it_to_others() -> None:
    failed = circuit(AN_HOUR)
    await fail(failed)
    entering = asyncio.create_task(failed.permit().__aenter__())
    await asyncio.sleep(0)
    entering.cancel()
    await asyncio.wait([entering])
    failed.close()
    async with failed.permit() as permit:
        permit.succeeded()
    await until(lambda: failed.state is CircuitState.CLOSED)
