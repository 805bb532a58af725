"""Connected components of a graph of subjects, in SQL.

Each round hooks every root to its smallest neighbour, shortens all paths by pointer jumping, and
contracts the edges to the roots that are left. After two rounds every root but a component's
smallest has been hooked, so the roots at least halve: a chain of a million subjects takes some
forty rounds over ever smaller tables, not a million.
"""

from dataclasses import dataclass

import duckdb
import pyarrow as pa

NODES = "c360_nodes"
EDGES = "c360_edges"
PARENTS = "c360_parents"


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph under work, in temporary tables of one connection.

    ``c360_nodes`` (position, subject_id) and ``c360_edges`` (low, high), positions in the order of
    the subject ids, every edge once and from the lower position to the higher.
    """

    connection: duckdb.DuckDBPyConnection

    def load(self, subjects: pa.Table, links: pa.Table) -> None:
        """Fill the tables.

        Args:
            subjects: One column ``subject_id``; doubles are allowed.
            links: Columns ``subject_id`` and ``other_subject_id``; doubles, loops, either order,
                and subjects that are not nodes are allowed, and the last are left out.
        """
        execute = self.connection.execute
        self.connection.register("c360_given_subjects", subjects)
        self.connection.register("c360_given_links", links)
        try:
            execute(
                f"""
                create or replace temp table {NODES} as
                select row_number() over (order by subject_id) as position, subject_id
                from (select distinct subject_id from c360_given_subjects)
                """
            )
            execute(
                f"""
                create or replace temp table {EDGES} as
                select distinct
                    least(one.position, other.position) as low,
                    greatest(one.position, other.position) as high
                from c360_given_links as links
                inner join {NODES} as one on links.subject_id = one.subject_id
                inner join {NODES} as other on links.other_subject_id = other.subject_id
                where one.position <> other.position
                """
            )
        finally:
            self.connection.unregister("c360_given_subjects")
            self.connection.unregister("c360_given_links")

    def remove_pairs(self, pairs: pa.Table) -> None:
        """Remove the edges between pairs (``subject_id``, ``other_subject_id``, either order)."""
        self.connection.register("c360_given_pairs", pairs)
        try:
            self.connection.execute(
                f"""
                delete from {EDGES}
                where (low, high) in (
                    select
                        least(one.position, other.position),
                        greatest(one.position, other.position)
                    from c360_given_pairs as pairs
                    inner join {NODES} as one on pairs.subject_id = one.subject_id
                    inner join {NODES} as other on pairs.other_subject_id = other.subject_id
                )
                """
            )
        finally:
            self.connection.unregister("c360_given_pairs")

    def remove_hubs(self, most_edges: int) -> list[tuple[str, int]]:
        """Remove every edge of the nodes that have more than `most_edges`.

        Returns:
            The nodes and how many edges each had, in the order of their ids.
        """
        execute = self.connection.execute
        execute(
            f"""
            create or replace temp table c360_hubs as
            select position, count(*) as count_edges
            from (select low as position from {EDGES} union all select high from {EDGES})
            group by position
            having count(*) > ?
            """,
            [most_edges],
        )
        hubs = execute(
            f"""
            select subject_id, count_edges
            from c360_hubs inner join {NODES} using (position)
            order by subject_id
            """
        ).fetchall()
        if hubs:
            execute(
                f"""
                delete from {EDGES}
                where low in (select position from c360_hubs)
                    or high in (select position from c360_hubs)
                """
            )
        return [(str(subject), int(count)) for subject, count in hubs]

    def components(self) -> None:
        """Fill ``c360_parents`` (position, root): each node with its component's smallest node."""
        execute = self.connection.execute
        execute(
            f"create or replace temp table {PARENTS} as select position, position as root from {NODES}"
        )
        execute(f"create or replace temp table c360_open as select low, high from {EDGES}")
        while self._is_any("c360_open"):
            self._hook()
            self._spread()
            self._contract()

    def _is_any(self, table: str) -> bool:
        row = self.connection.execute(f"select exists (from {table})").fetchone()
        return bool(row and row[0])

    def _hook(self) -> None:
        # Every root that has a smaller neighbour points at the smallest; larger to smaller only,
        # so no circle can form.
        self.connection.execute(
            """
            create or replace temp table c360_hooks as
            select high as position, min(low) as root
            from c360_open
            group by high
            """
        )
        while True:
            # Pointer jumping among the hooked roots alone: each pass halves the longest path.
            row = self.connection.execute(
                """
                select exists (
                    from c360_hooks as hooks
                    inner join c360_hooks as further on hooks.root = further.position
                )
                """
            ).fetchone()
            if not (row and row[0]):
                return
            self.connection.execute(
                """
                create or replace temp table c360_hooks as
                select hooks.position, coalesce(further.root, hooks.root) as root
                from c360_hooks as hooks
                left join c360_hooks as further on hooks.root = further.position
                """
            )

    def _spread(self) -> None:
        self.connection.execute(
            f"""
            create or replace temp table {PARENTS} as
            select parents.position, coalesce(hooks.root, parents.root) as root
            from {PARENTS} as parents
            left join c360_hooks as hooks on parents.root = hooks.position
            """
        )

    def _contract(self) -> None:
        self.connection.execute(
            """
            create or replace temp table c360_open as
            select distinct least(one, other) as low, greatest(one, other) as high
            from (
                select
                    coalesce(low_hook.root, low) as one,
                    coalesce(high_hook.root, high) as other
                from c360_open
                left join c360_hooks as low_hook on low = low_hook.position
                left join c360_hooks as high_hook on high = high_hook.position
            )
            where one <> other
            """
        )
