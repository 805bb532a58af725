"""Compares a graph's components with the customers there are, in SQL.

Expects the tables of `privacy.identity.components` and the present members, registered as
``c360_members``, on one cursor.
"""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

import duckdb
import pyarrow as pa

from privacy.identity.apart import groups
from privacy.identity.components import EDGES, NODES, PARENTS
from privacy.ids import CustomerId, SubjectId

MEMBERS = "c360_members"


class Node(NamedTuple):
    """A subject, its component (by the position of its smallest node), its present customer."""

    root: int
    subject_id: SubjectId
    customer_id: CustomerId | None
    joined_at: datetime | None


def hold_apart(cursor: duckdb.DuckDBPyConnection, cuts: pa.Table) -> None:
    """Split the components in which a cut pair still stands together."""
    cursor.register("c360_cuts", cuts)
    pairs = cursor.execute(
        f"""
        select parents.root, one.subject_id, other.subject_id
        from c360_cuts as cuts
        inner join {NODES} as one on cuts.subject_id = one.subject_id
        inner join {NODES} as other on cuts.other_subject_id = other.subject_id
        inner join {PARENTS} as parents on one.position = parents.position
        inner join {PARENTS} as others on other.position = others.position
        where parents.root = others.root
        """
    ).fetchall()
    if not pairs:
        return
    cursor.register("c360_torn", pa.table({"root": pa.array({root for root, *_ in pairs})}))
    subjects: dict[int, dict[str, str | None]] = defaultdict(dict)
    for root, subject, customer in cursor.execute(
        f"""
        select root, subject_id, customer_id
        from {PARENTS}
        inner join c360_torn using (root)
        inner join {NODES} using (position)
        left join {MEMBERS} using (subject_id)
        """
    ).fetchall():
        subjects[root][subject] = customer
    links: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for root, one, other in cursor.execute(
        f"""
        select root, one.subject_id, other.subject_id
        from {EDGES}
        inner join {PARENTS} on low = position
        inner join c360_torn using (root)
        inner join {NODES} as one on low = one.position
        inner join {NODES} as other on high = other.position
        """
    ).fetchall():
        links[root].append((one, other))
    rulings: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for root, one, other in pairs:
        rulings[root].append((one, other))
    heads: dict[str, str] = {}
    for root, customers in subjects.items():
        known = {subject: held for subject, held in customers.items() if held is not None}
        heads |= groups(customers.keys(), links[root], rulings[root], known)
    cursor.register(
        "c360_heads", pa.table({"subject_id": list(heads), "head_id": list(heads.values())})
    )
    cursor.execute(
        f"""
        create or replace temp table {PARENTS} as
        select parents.position, coalesce(head.position, parents.root) as root
        from {PARENTS} as parents
        inner join {NODES} as nodes using (position)
        left join c360_heads as heads on nodes.subject_id = heads.subject_id
        left join {NODES} as head on heads.head_id = head.subject_id
        """
    )


def changed_nodes(cursor: duckdb.DuckDBPyConnection) -> list[Node]:
    """Give the nodes of the components that are not exactly one present customer, in order."""
    rows = cursor.execute(
        f"""
        with

        states as (

            select root, subject_id, customer_id, resolved_at as joined_at
            from {PARENTS}
            inner join {NODES} using (position)
            left join {MEMBERS} using (subject_id)

        ),

        torn_customers as (

            select customer_id
            from states
            where customer_id is not null
            group by customer_id
            having min(root) <> max(root)

        ),

        changed as (

            select root
            from states
            group by root
            having
                count(customer_id) < count(*)
                or min(customer_id) <> max(customer_id)
                or bool_or(customer_id in (select customer_id from torn_customers))

        )

        select root, subject_id, customer_id, joined_at
        from states
        where root in (select root from changed)
        order by root, subject_id
        """
    ).fetchall()
    cursor.register(
        "c360_changed", pa.table({"root": pa.array(sorted({row[0] for row in rows}), pa.int64())})
    )
    return [Node(*row) for row in rows]


def count_evidence(cursor: duckdb.DuckDBPyConnection, links: pa.Table) -> dict[int, dict[str, int]]:
    """Count the links within each changed component by what shows them."""
    cursor.register("c360_all_links", links)
    code = "links.evidence" if "evidence" in links.column_names else "'link'"
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for root, evidence, count in cursor.execute(
        f"""
        with

        shown as (

            select distinct
                {code} as evidence,
                least(one.position, other.position) as low,
                greatest(one.position, other.position) as high
            from c360_all_links as links
            inner join {NODES} as one on links.subject_id = one.subject_id
            inner join {NODES} as other on links.other_subject_id = other.subject_id

        ),

        used as (

            select lows.root, shown.evidence
            from shown
            inner join {EDGES} as edges on shown.low = edges.low and shown.high = edges.high
            inner join {PARENTS} as lows on shown.low = lows.position
            inner join {PARENTS} as highs on shown.high = highs.position
            where lows.root = highs.root and lows.root in (select root from c360_changed)

        )

        select root, evidence, count(*) as count_links
        from used
        group by root, evidence
        order by root, evidence
        """
    ).fetchall():
        found[root][evidence] = int(count)
    return found
