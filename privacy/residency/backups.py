"""Examines a backup: whose keys open a copy of a zone's store, warehouse and landing."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from privacy.errors import ConfigurationError, KeyDestroyed, Tampered, WarehouseBusy, WrongKey
from privacy.keys.keyring import Keyring
from privacy.residency.examination import Examination
from privacy.residency.findings import FindingKind
from privacy.residency.keys import KeyTrial, wrapped_keys
from privacy.residency.landed_and_stored import examine_landing, examine_store
from privacy.residency.sealed_rows import of_warehouse
from privacy.residency.warehouse import WAREHOUSE, try_file_keys
from privacy.store.engine import open_store
from privacy.warehouse.open import Warehouse, attach, connect


def examine_backup(examination: Examination, folder: Path) -> None:
    """Try keys on a copy of the zone's store, warehouse and landing."""
    zone, result = examination.zone, examination.result
    name = f"backup {folder.name}"
    store_path = folder / zone.layout.store.name
    if not store_path.is_file():
        result.not_reached[name] = "it holds no store.sqlite, so no keys to open it with"
        return
    with _copied(store_path, zone.layout.temporary) as store:
        keyring = zone.keyring.on_backup(store)
        trial = KeyTrial(
            zone.zone,
            keyring,
            examination.known,
            result.findings,
            within=f"{name}: ",
        )
        try:
            trial.try_wrapped(wrapped_keys(store))
            keyring.check()
            warehouse = folder / zone.layout.warehouse.name
            _warehouse(examination, trial, warehouse, keyring)
            examine_landing(examination, trial, folder / "landing", root=folder, judged=False)
            examine_store(examination, trial, store, judged=False)
        except KeyDestroyed as error:
            result.not_reached[name] = f"it opens for nobody any more: {error}"
        except (WrongKey, Tampered, ConfigurationError) as error:
            trial.add(FindingKind.DOES_NOT_OPEN, "store", None, str(error))
        except DatabaseError as error:
            reason = type(error.orig).__name__
            result.not_reached[name] = f"its store cannot be read ({reason})"
        result.tallies.update(trial.tallies)


def _warehouse(examination: Examination, trial: KeyTrial, path: Path, keyring: Keyring) -> None:
    if not path.is_file():
        examination.result.not_reached[f"{path.parent.name}: {path.name}"] = "there is none"
        return
    try_file_keys(examination, trial, path)
    connection = connect(examination.zone.layout.temporary)
    try:
        for key in keyring.warehouse_keys.candidates():
            try:
                attach(connection, path, key, read_only=True)
            except WrongKey:
                continue
            connection.execute("use warehouse")
            trial.tally(WAREHOUSE).count_opened += 1
            for rows in of_warehouse(Warehouse(connection)):
                trial.open(rows)
            return
        detail = "no key of the backup's store opens it"
        trial.add(FindingKind.DOES_NOT_OPEN, WAREHOUSE, None, detail)
    except WarehouseBusy as busy:
        examination.result.not_reached[f"{path.parent.name}: {path.name}"] = str(busy)
    finally:
        connection.close()


@contextmanager
def _copied(path: Path, temporary: Path) -> Iterator[Engine]:
    """Open a copy of a backup's store: opening the file itself would change it."""
    aside = temporary / f"residency-{token_hex(4)}"
    aside.mkdir(mode=0o700, parents=True)
    try:
        for each in path.parent.glob(f"{path.name}*"):
            shutil.copyfile(each, aside / each.name)
        store = open_store(f"sqlite:///{aside / path.name}")
        try:
            yield store
        finally:
            store.dispose()
    finally:
        shutil.rmtree(aside, ignore_errors=True)
