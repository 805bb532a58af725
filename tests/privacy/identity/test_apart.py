from privacy.identity.apart import groups


def test_links_join_all_but_what_is_held_apart():
    found = groups("abcd", [("a", "b"), ("b", "c"), ("c", "d")], [("a", "d")], {})
    assert found == {"a": "a", "b": "a", "c": "a", "d": "d"}


def test_a_present_customer_stays_together_before_new_links_are_looked_at():
    links = [("a", "b"), ("b", "c"), ("c", "d")]
    found = groups("abcd", links, [("a", "d")], {"c": "c_1", "d": "c_1"})
    assert found["c"] == found["d"]
    assert found["a"] == found["b"] != found["d"]


def test_a_ruling_about_somebody_else_changes_nothing():
    assert groups("ab", [("a", "b")], [("a", "z"), ("y", "b")], {}) == {"a": "a", "b": "a"}
