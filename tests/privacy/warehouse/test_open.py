"""The warehouse opens under its key only, and for one process at a time."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from privacy.clock import now
from privacy.errors import ConfigurationError, WarehouseBusy, WrongKey
from privacy.ids import ZoneId
from privacy.records.tables import CUSTOMERS, TABLES
from privacy.warehouse.open import open_warehouse, warehouse_lock
from privacy.zones.layout import ZoneLayout
from tests.privacy.warehouse.fixed_key import FixedKey

KEY = FixedKey(bytes(range(32)))
OTHER = FixedKey(b"\x01" * 32)


@pytest.fixture
def layout(tmp_path: Path) -> ZoneLayout:
    made = ZoneLayout(tmp_path, ZoneId("eu"))
    made.make()
    return made


def a_customer(subject_id: str) -> pa.Table:
    row = {"subject_id": subject_id, "customer_id": "c_planted", "resolved_at": now()}
    return pa.Table.from_pylist([row], schema=CUSTOMERS.arrow)


def test_every_table_of_ours_is_there_with_its_columns_in_order(layout: ZoneLayout) -> None:
    with open_warehouse(layout, KEY) as warehouse:
        for table in TABLES.values():
            found = warehouse.arrow(f"select * from core.{table.name}")
            assert tuple(found.column_names) == table.columns


def test_rows_survive_closing_and_opening_again(layout: ZoneLayout) -> None:
    with open_warehouse(layout, KEY) as warehouse:
        assert warehouse.append("customers", a_customer("s_1")) == 1
    with open_warehouse(layout, KEY) as warehouse:
        assert warehouse.arrow("select subject_id from core.customers").to_pylist() == [
            {"subject_id": "s_1"}
        ]


def test_the_file_and_its_log_hold_no_plain_bytes(layout: ZoneLayout) -> None:
    with open_warehouse(layout, KEY) as warehouse:
        warehouse.append("customers", a_customer("s_planted_canary"))
        files = [f for f in layout.root.rglob("*") if f.is_file()]
        assert any(f.name.endswith(".wal") for f in files)
        assert not any(b"s_planted_canary" in f.read_bytes() for f in files)


def test_another_key_does_not_open_the_file(layout: ZoneLayout) -> None:
    with open_warehouse(layout, KEY):
        pass
    with pytest.raises(WrongKey, match=r"warehouse\.duckdb"), open_warehouse(layout, OTHER):
        pass


def test_a_file_cut_short_is_one_clear_error(layout: ZoneLayout) -> None:
    layout.warehouse.write_bytes(b"DUCK" * 100)
    with (
        pytest.raises((WrongKey, ConfigurationError), match=r"warehouse\.duckdb"),
        open_warehouse(layout, KEY),
    ):
        pass


def test_a_second_writer_waits_and_then_is_told_who_is_busy(layout: ZoneLayout) -> None:
    with (
        warehouse_lock(layout),
        pytest.raises(WarehouseBusy, match="zone eu"),
        open_warehouse(layout, KEY, wait_seconds=0.05),
    ):
        pass


def test_another_process_holding_the_file_is_busy_not_a_wrong_key(layout: ZoneLayout) -> None:
    with open_warehouse(layout, KEY):
        pass
    script = (
        "import sys; from pathlib import Path\n"
        "from privacy.warehouse.open import attach, connect\n"
        "c = connect(Path(sys.argv[2])); attach(c, Path(sys.argv[1]), bytes(range(32)))\n"
        "print('open', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(layout.warehouse), str(layout.temporary)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(WarehouseBusy), open_warehouse(layout, KEY, wait_seconds=0):
            pass
        other.communicate()
    with open_warehouse(layout, KEY, wait_seconds=0):
        pass


def test_a_transaction_that_fails_leaves_nothing(layout: ZoneLayout) -> None:
    with open_warehouse(layout, KEY) as warehouse:
        with pytest.raises(duckdb.Error), warehouse.transaction():
            warehouse.append("customers", a_customer("s_1"))
            warehouse.connection.execute("select no_such_column")
        assert warehouse.arrow("select * from core.customers").num_rows == 0


def test_a_warehouse_of_another_version_is_refused_naming_the_column(layout: ZoneLayout) -> None:
    with open_warehouse(layout, KEY) as warehouse:
        warehouse.connection.execute("alter table core.links rename first_seen_at to seen_at")
    with (
        pytest.raises(ConfigurationError, match=r"core\.links has no column first_seen_at"),
        open_warehouse(layout, KEY),
    ):
        pass


def test_files_that_a_killed_process_spilled_do_not_keep_the_warehouse_shut(
    layout: ZoneLayout,
) -> None:
    (layout.temporary / "duckdb_temp_storage_DEFAULT-0.tmp").write_bytes(b"left behind")
    with open_warehouse(layout, KEY) as warehouse:
        setting = "select current_setting('temp_file_encryption')"
        assert warehouse.connection.execute(setting).fetchone() == (True,)
