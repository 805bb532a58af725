"""The Dagster instance: nothing phones home, killed runs give their place back."""

from pathlib import Path

import dagster as dg
import yaml

from pipelines.defs.instance import SETTINGS, instance_at, prepare
from privacy.ids import ZoneId
from privacy.zones.layout import ZoneLayout


def test_dagster_takes_the_settings_and_phones_nobody(tmp_path: Path) -> None:
    layout = ZoneLayout(tmp_path, ZoneId("us"))
    with instance_at(layout) as instance:
        assert not instance.telemetry_enabled
        assert not instance.nux_enabled
        assert instance.run_monitoring_enabled
        assert instance.run_retries_enabled
        assert Path(instance.root_directory) == layout.dagster
        pools = instance.get_concurrency_config().pool_config
        assert pools.default_pool_limit == 1


def test_what_an_operator_changed_stays(tmp_path: Path) -> None:
    folder = prepare(tmp_path / "dagster")
    settings = folder / "dagster.yaml"
    assert yaml.safe_load(settings.read_text()) == SETTINGS
    settings.write_text("telemetry: {enabled: false}\n")
    prepare(folder)
    assert settings.read_text() == "telemetry: {enabled: false}\n"


def test_a_failed_run_is_not_begun_again_by_itself() -> None:
    retries = SETTINGS["run_retries"]
    assert isinstance(retries, dict)
    assert retries["retry_on_asset_or_op_failure"] is False
    assert dg.__version__
