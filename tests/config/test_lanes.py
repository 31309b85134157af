"""Owners wait in a lane of their own; pages go before them."""

import asyncio
import threading
from contextlib import contextmanager

import pytest

from tests.config import loops
from vigie.config.lanes import Lanes


@contextmanager
def held():
    """Work that waits until it is let go, and tells how many are at it."""
    go, begun, names = threading.Event(), threading.Semaphore(0), []

    def work(name=""):
        names.append(name)
        begun.release()
        go.wait(10)
        return name

    work.go, work.begun, work.names = go, begun, names
    try:
        yield work
    finally:
        go.set()


def one_after_another(works):
    return [work() for work in works]


def made(**widths):
    """Make lanes whose answers are done one after another."""
    return Lanes(one_after_another, **widths)


async def until(condition):
    for _ in range(500):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not come to that")


def test_a_page_is_made_while_every_thread_of_the_owners_is_at_work_and_more_wait():
    async def run():
        lanes = made(pages=1, owners=2, alone=0)
        with held() as work:
            owners = [asyncio.ensure_future(lanes.owner(work)) for _ in range(20)]
            await until(lambda: len(work.names) == 2)
            assert await lanes.page(lambda: "page") == "page"
            assert not any(owner.done() for owner in owners)
            work.go.set()
            await asyncio.gather(*owners)

    loops.run(run)


def test_owners_are_answered_in_the_order_in_which_they_came():
    async def run():
        lanes = made(pages=1, owners=1, alone=0)
        order = []
        await asyncio.gather(*(lanes.owner(lambda n=n: order.append(n)) for n in range(30)))
        assert order == list(range(30))

    loops.run(run)


def test_while_a_page_is_made_one_owner_is_let_in_and_all_of_them_after_it():
    async def run():
        lanes = made(pages=1, owners=4, alone=0)
        with held() as page, held() as work:
            shown = asyncio.ensure_future(lanes.page(page))
            await until(lambda: page.names)
            owners = [asyncio.ensure_future(lanes.owner(work)) for _ in range(4)]
            await until(lambda: work.names)
            await asyncio.sleep(0.05)
            assert len(work.names) == 1
            page.go.set()
            await shown
            await until(lambda: len(work.names) == 4)
            work.go.set()
            await asyncio.gather(*owners)

    loops.run(run)


@pytest.mark.parametrize("lane", ["owner", "answer"])
def test_a_page_is_made_alone(lane):
    async def run():
        lanes = made(pages=1, owners=4, alone=60)
        with held() as page, held() as work:
            work.go.set()
            shown = asyncio.ensure_future(lanes.page(page))
            await until(lambda: page.names)
            waits = asyncio.ensure_future(getattr(lanes, lane)(work))
            await asyncio.sleep(0.05)
            assert not work.names
            page.go.set()
            await asyncio.gather(shown, waits)

    loops.run(run)


def test_a_page_that_takes_long_lets_owners_in_beside_it():
    async def run():
        lanes = made(pages=1, owners=4, alone=0.05)
        with held() as page, held() as work:
            work.go.set()
            shown = asyncio.ensure_future(lanes.page(page))
            await asyncio.wait_for(lanes.owner(work), 10)
            assert not shown.done()
            page.go.set()
            await shown

    loops.run(run)


@pytest.mark.parametrize("lane", ["owner", "page"])
def test_what_fails_is_told_to_who_asked_and_the_thread_goes_on(lane):
    def broken():
        raise RuntimeError("a fault")

    async def run():
        lanes = made(pages=1, owners=1, alone=0)
        with pytest.raises(RuntimeError, match="a fault"):
            await getattr(lanes, lane)(broken)
        assert await getattr(lanes, lane)(lambda: "next") == "next"

    loops.run(run)


def test_who_went_away_keeps_no_place():
    async def run():
        lanes = made(pages=1, owners=1, alone=0)
        with held() as work:
            gone = [asyncio.ensure_future(lanes.owner(work)) for _ in range(3)]
            await until(lambda: work.names)
            for one in gone:
                one.cancel()
            work.go.set()
        assert await asyncio.wait_for(lanes.owner(lambda: "next"), 5) == "next"

    loops.run(run)


def taken_at_once(answers, given):
    """Give how many answers were taken at once each time, those that came while the first was at work among them."""
    sizes = []

    async def run():
        with held() as work:

            def together(works):
                sizes.append(len(works))
                return [one() for one in works]

            lanes = Lanes(together, pages=1, owners=1, answers=answers)
            first = asyncio.ensure_future(lanes.answer(work))
            await until(lambda: len(work.names) == 1)
            rest = [asyncio.ensure_future(lanes.answer(lambda n=n: n)) for n in range(given)]
            await asyncio.sleep(0)
            work.go.set()
            await first
            assert await asyncio.gather(*rest) == list(range(given))

    loops.run(run)
    return sizes


def test_answers_that_wait_are_taken_many_at_once_and_each_gets_its_own():
    assert taken_at_once(4, 10) == [1, 4, 4, 2]


def test_beside_a_page_that_takes_long_fewer_answers_are_taken_at_once():
    sizes = []

    async def run():
        with held() as page:
            lanes = Lanes(
                lambda works: sizes.append(len(works)) or [one() for one in works],
                pages=1, owners=1, answers=8, beside=2, alone=0,
            )  # fmt: skip
            shown = asyncio.ensure_future(lanes.page(page))
            await until(lambda: page.names)
            await asyncio.gather(*(lanes.answer(lambda: None) for _ in range(9)))
            page.go.set()
            await shown

    loops.run(run)
    assert max(sizes) == 2


def test_what_one_answer_raises_is_told_to_who_gave_it_and_a_commit_that_fails_to_all():
    def together(works):
        came = [work() for work in works]
        if "no disc" in came:
            raise OSError("no disc")
        return [ValueError("refused") if one == "bad" else one for one in came]

    async def run():
        lanes = Lanes(together, pages=1, owners=1, alone=0)
        good, bad = lanes.answer(lambda: "good"), lanes.answer(lambda: "bad")
        assert await good == "good"
        with pytest.raises(ValueError, match="refused"):
            await bad
        with pytest.raises(OSError, match="no disc"):
            await lanes.answer(lambda: "no disc")
        assert await lanes.answer(lambda: "next") == "next"

    loops.run(run)
