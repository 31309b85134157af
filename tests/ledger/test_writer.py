"""Group commit: many wait, one of them commits for all."""

import threading

import pytest

from vigie.ledger.writer import TooMany, Writer


def answering(turn):
    for call in turn:
        try:
            call.answer = call.context.run(call.function)
        except Exception as fault:  # noqa: BLE001 - told to the test
            call.fault = fault


@pytest.fixture
def writer():
    made = Writer(answering)
    yield made
    made.stop()


def test_each_caller_gets_its_own_answer(writer):
    answers = {}

    def ask(number):
        answers[number] = writer.do(lambda: number * 2)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {number: number * 2 for number in range(50)}


def test_what_one_act_raises_reaches_its_caller_alone(writer):
    with pytest.raises(ZeroDivisionError):
        writer.do(lambda: 1 / 0)
    assert writer.do(lambda: "done") == "done"


def test_acts_that_wait_while_another_is_written_are_committed_together(monkeypatch):
    monkeypatch.setattr("vigie.ledger.writer._LONGEST_TURN", 60)
    turns = []
    go, started = threading.Event(), threading.Event()

    def together(turn):
        taken = []
        for call in turn:
            call.answer = call.function()
            taken.append(call)
        turns.append(len(taken))

    writer = Writer(together)
    first = threading.Thread(target=writer.do, args=(lambda: started.set() or go.wait(10),))
    first.start()
    started.wait(10)
    rest = [threading.Thread(target=writer.do, args=(lambda: None,)) for _ in range(20)]
    for thread in rest:
        thread.start()
    while len(writer._waiting) < 20:
        pass
    go.set()
    for thread in [first, *rest]:
        thread.join()
    writer.stop()
    assert turns == [21]


def test_a_commit_that_fails_is_told_to_all_who_waited_for_it():
    def together(turn):
        list(turn)
        raise OSError("no disc")

    writer = Writer(together)
    with pytest.raises(OSError, match="no disc"):
        writer.do(lambda: None)
    with pytest.raises(OSError, match="no disc"):
        writer.do(lambda: None)
    writer.stop()


def test_a_commit_that_cannot_begin_is_told_to_those_who_wait_and_the_next_one_is_tried():
    tried = []

    def together(turn):
        tried.append(1)
        if len(tried) == 1:
            raise OSError("no disc")
        answering(turn)

    writer = Writer(together)
    with pytest.raises(OSError, match="no disc"):
        writer.do(lambda: None)
    assert writer.do(lambda: 7) == 7
    writer.stop()
    assert len(tried) == 2


def test_a_full_queue_refuses_when_no_place_comes(monkeypatch):
    monkeypatch.setattr("vigie.ledger.writer._PATIENCE", 0.05)
    go, started = threading.Event(), threading.Event()
    writer = Writer(answering, bound=1)
    holding = threading.Thread(target=writer.do, args=(lambda: started.set() or go.wait(10),))
    holding.start()
    started.wait(10)
    waiting = threading.Thread(target=writer.do, args=(lambda: None,))
    waiting.start()
    while not writer._waiting:
        pass
    with pytest.raises(TooMany, match="Do it again in a moment"):
        writer.do(lambda: None)
    go.set()
    holding.join()
    waiting.join()
    writer.stop()


def test_what_waits_is_written_before_the_writer_stops_and_nothing_after():
    done = []
    writer = Writer(answering)
    writer.do(lambda: done.append(1))
    writer.stop()
    assert done == [1]
    with pytest.raises(TooMany):
        writer.do(lambda: None)


def test_who_finds_nobody_writing_does_its_act_in_its_own_thread(writer):
    assert writer.do(threading.current_thread) is threading.current_thread()


def test_the_pen_goes_on_to_whoever_waits_until_nobody_does(monkeypatch):
    monkeypatch.setattr("vigie.ledger.writer._LONGEST_TURN", 0)
    order, threads = [], []
    go, started = threading.Event(), threading.Event()
    writer = Writer(answering)
    threads.append(threading.Thread(target=writer.do, args=(lambda: started.set() or go.wait(10),)))
    threads[0].start()
    started.wait(10)
    for number in range(5):
        threads.append(
            threading.Thread(
                target=writer.do, args=(lambda n=number: order.append((n, threading.current_thread())),)
            )
        )
        threads[-1].start()
        while len(writer._waiting) <= number:
            pass
    go.set()
    for thread in threads:
        thread.join()
    assert order == list(enumerate(threads[1:]))
    assert writer.do(lambda: "free again") == "free again"


def test_acts_given_together_are_done_in_order_and_what_one_raises_is_its_own(writer):
    calls = writer.do_all([lambda: 1, lambda: 1 / 0, lambda: 3])
    assert [call.answer for call in calls] == [1, None, 3]
    assert isinstance(calls[1].fault, ZeroDivisionError)


def test_acts_given_together_by_many_threads_are_all_done(monkeypatch):
    monkeypatch.setattr("vigie.ledger.writer._LONGEST_TURN", 0.0001)
    writer, done = Writer(answering), []

    def give(start):
        for at in range(start, start + 100, 10):
            writer.do_all([lambda n=n: done.append(n) for n in range(at, at + 10)])

    threads = [threading.Thread(target=give, args=(100 * number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(done) == list(range(1600))
