"""Shredding while another process is just making the key."""

import threading
import time
from pathlib import Path

from privacy.opened import create_zone
from privacy.store.tables import DATA_KEYS


def test_a_key_that_is_just_being_made_is_destroyed_too(
    tmp_path: Path, postgresql_url: str
) -> None:
    with create_zone(tmp_path, "eu", store_url=postgresql_url) as zone:
        shredder = threading.Thread(target=zone.keyring.destroy, args=(["s_1"],))
        with zone.store.begin() as store:
            store.execute(
                DATA_KEYS.insert().values(
                    owner_id="s_1", epoch=1, wrapped=b"key", created_at=zone.clock()
                )
            )
            shredder.start()
            time.sleep(0.3)
        shredder.join(timeout=10)

        assert zone.keyring.is_destroyed("s_1")
