import pyarrow as pa

from privacy.lineage.basis import grounds_of, no_longer_permitted

COLUMNS = (
    "mart",
    "row_key",
    "subject_id",
    "purpose",
    "legal_basis",
    "consent_event_id",
    "rule_source",
)
LINEAGE = pa.Table.from_pylist(
    [
        dict(zip(COLUMNS, row, strict=True))
        for row in (
            ("customer_360", "c_1", "s_a", "analytics", "consent", "e_1", "Art. 6(1)(a)"),
            ("customer_360", "c_1", "s_b", "analytics", "consent", "e_1", "Art. 6(1)(a)"),
            ("contact_history", "i_2", "s_a", "service", "contract", None, "Art. 6(1)(b)"),
            ("contact_history", "i_1", "s_b", "service", "contract", None, "Art. 6(1)(b)"),
            ("contact_history", "i_9", "s_z", "service", "contract", None, "Art. 6(1)(b)"),
        )
    ]
)


def test_a_customers_rows_are_told_by_mart_basis_and_event():
    history, whole = grounds_of(LINEAGE, {"s_a", "s_b"})
    assert (history.mart, history.legal_basis, history.count_rows) == (
        "contact_history",
        "contract",
        2,
    )
    assert history.row_keys == ("i_1", "i_2")
    assert (whole.mart, whole.consent_event_id, whole.row_keys) == ("customer_360", "e_1", ("c_1",))


def test_nobody_has_no_grounds():
    assert grounds_of(LINEAGE, []) == []
    assert grounds_of(LINEAGE.slice(0, 0), {"s_a"}) == []


def test_rows_whose_purpose_was_closed_since_are_found():
    decisions = pa.table(
        {
            "subject_id": ["s_a", "s_b", "s_a"],
            "purpose": ["analytics", "analytics", "service"],
            "is_permitted": [False, True, True],
        }
    )
    rows = no_longer_permitted(LINEAGE, decisions).to_pylist()
    assert [(row["mart"], row["subject_id"]) for row in rows] == [("customer_360", "s_a")]
