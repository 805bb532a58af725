"""Finds personal data in texts, in this process."""

from collections.abc import Sequence

from privacy.detection.assembly import Assembler
from privacy.detection.block_reader import BlockReader
from privacy.detection.config import DetectionConfig
from privacy.detection.spans import Known, Span


class Detector:
    """Finds personal data; not safe to share between threads.

    Args:
        config: What to look for, and with which models.

    Raises:
        ConfigurationError: A model is not installed as configured.
    """

    def __init__(self, config: DetectionConfig) -> None:
        self._assembler = Assembler(config.cached_texts)
        self._reader = BlockReader(config)

    def warm(self, languages: Sequence[str]) -> None:
        """Load what texts of some languages need, so that the first of them need not wait for it."""
        self._reader.warm(languages)

    def detect(
        self,
        texts: Sequence[str],
        languages: Sequence[str | None],
        known: Sequence[Known] | None = None,
    ) -> list[list[Span]]:
        """Find personal data in texts.

        Args:
            texts: Any text, hostile ones too.
            languages: BCP 47 of each text; None or ``und`` where it is not known.
            known: Of each text, (entity, value) pairs that are certainly personal, such as the
                participants' names and handles.

        Returns:
            Of each text, spans in code points of that text, in order, without overlaps.
        """
        batch = self._assembler.take(texts, languages, known)
        try:
            found = self._reader.read([(one.language, one.text) for one in batch.asked])
            self._assembler.answer(batch.asked, found)
        finally:
            self._assembler.drop(batch.asked)  # where reading failed nobody will answer
        return self._assembler.give(batch)
