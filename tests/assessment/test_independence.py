"""Documents, newsrooms, origins: what counts as one source."""

from hypothesis import given, strategies as st

from vigie.assessment.independence import Link, weigh


def test_eight_reprints_of_one_announcement_are_one_origin():
    documents = [f"doc-{n}" for n in range(8)]
    links = [Link(d, "wire") for d in documents] + [Link("wire", "announcement")]
    found = weigh(documents, links, {d: f"paper-{int(d[-1]) % 4}" for d in documents}, {"announcement"})
    assert (len(found.documents), len(found.newsrooms), found.count) == (8, 4, 1)
    assert found.origins == ("announcement",)
    assert found.one_voice
    assert not found.corroborated


def test_two_origins_without_a_common_ancestor_corroborate():
    found = weigh(["a", "b"], [Link("a", "service"), Link("b", "court")], {}, {"service", "court"})
    assert found.corroborated
    assert not found.one_voice


def test_two_announcements_that_repeat_the_same_one_do_not_corroborate():
    links = [
        Link("a", "minister"),
        Link("b", "president"),
        Link("minister", "service"),
        Link("president", "service"),
    ]
    found = weigh(["a", "b"], links, {}, {"minister", "president", "service"})
    assert found.origins == ("service",)
    assert not found.corroborated


def test_documents_of_unknown_provenance_count_as_one_together():
    found = weigh(["a", "b", "c"], [], {}, set())
    assert found.unknown == ("a", "b", "c")
    assert found.count == 1
    assert found.one_voice


def test_unknown_provenance_adds_nothing_to_a_known_origin():
    found = weigh(["a", "b"], [Link("a", "service")], {}, {"service"})
    assert found.count == 1
    assert found.unknown == ("b",)


def test_a_copy_belongs_to_the_newsroom_it_copies():
    found = weigh(["a", "b"], [Link("b", "a", "copy")], {"a": "paper", "b": "site"}, set())
    assert found.newsrooms == ("paper",)


def test_documents_that_quote_each_other_in_a_circle_are_flagged_and_are_one():
    found = weigh(["a", "b"], [Link("a", "b"), Link("b", "a")], {"a": "paper", "b": "site"}, set())
    assert found.loops == (("a", "b"),)
    assert found.newsrooms == ("paper",)
    assert found.count == 1


def test_a_circle_fed_by_an_origin_leads_to_that_origin():
    found = weigh(["a", "b"], [Link("a", "b"), Link("b", "a"), Link("b", "service")], {}, {"service"})
    assert found.origins == ("service",)
    assert not found.unknown


def test_a_document_can_be_its_own_origin():
    assert weigh(["statement"], [], {}, {"statement"}).origins == ("statement",)


def test_nothing_has_no_origin():
    assert weigh([], [], {}, set()).count == 0


nodes = st.sampled_from([f"n{i}" for i in range(7)])
graphs = st.lists(st.builds(Link, nodes, nodes), max_size=14)


@given(st.sets(nodes, min_size=1), graphs, st.sets(nodes))
def test_there_are_never_more_origins_than_documents_and_known_origins(documents, links, origins):
    found = weigh(documents, links, {}, origins)
    assert found.count <= max(1, len(origins))
    assert set(found.origins) <= origins
    assert found.count >= 1
    assert set(found.unknown) <= documents


@given(st.sets(nodes, min_size=1), graphs, st.sets(nodes))
def test_a_copy_of_a_document_never_adds_an_origin(documents, links, origins):
    before = weigh(documents, links, {}, origins)
    copied = min(documents)
    after = weigh(documents | {"copy"}, [*links, Link("copy", copied)], {}, origins)
    assert after.origins == before.origins
    assert after.newsrooms == before.newsrooms


@given(st.sets(nodes, min_size=1), graphs, st.sets(nodes))
def test_no_origin_counted_is_an_ancestor_of_another(documents, links, origins):
    found = weigh(documents, links, {}, origins).origins
    parents = {}
    for link in links:
        parents.setdefault(link.child, set()).add(link.parent)
    for one in found:
        reached, waiting = set(), [one]
        while waiting:
            for parent in parents.get(waiting.pop(), ()):
                if parent not in reached:
                    reached.add(parent)
                    waiting.append(parent)
        assert not reached & (set(found) - {one})
