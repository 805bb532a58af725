"""Why something is held in quarantine: the codes, and each one's meaning in a line."""

from collections.abc import Mapping

UNRECOGNISED_FILE = "unrecognised_file"
MALFORMED_FILE = "malformed_file"
MALFORMED_ITEM = "malformed_item"
BROKEN_ARCHIVE = "broken_archive"
BROKEN_HANDOFF = "broken_handoff"
UNKNOWN_SENDER = "unknown_sender"
CHANGED_CONTENT = "changed_content"
CONFLICTING_EVIDENCE = "conflicting_evidence"
NO_ZONE_FOR_COUNTRY = "no_zone_for_country"
NO_EVIDENCE = "no_evidence"
HANDED_BACK = "handed_back"
NO_KEY_FOR_ZONE = "no_key_for_zone"
TRANSFER_FORBIDDEN = "transfer_forbidden"
CONNECTOR_FAILED = "connector_failed"
WIRE_FORMAT = "wire_format"
ERASURE_RUNNING = "erasure_running"

MEANINGS: Mapping[str, str] = {
    UNRECOGNISED_FILE: "No connector knows this file's format.",
    MALFORMED_FILE: "The file, or the rest of it, cannot be read as its format.",
    MALFORMED_ITEM: "The item is not of its vendor's documented form; the detail names the place.",
    BROKEN_ARCHIVE: "The compressed file breaks off, is damaged, or unpacks to an unsafe size.",
    BROKEN_HANDOFF: "A hand-off is not signed, not for this zone, changed, or cut short.",
    UNKNOWN_SENDER: "A hand-off names a sending zone that has published no keys here.",
    CHANGED_CONTENT: "The vendor's id is known with other content.",
    CONFLICTING_EVIDENCE: "Country, store and phone name different zones.",
    NO_ZONE_FOR_COUNTRY: "The item's country belongs to no zone.",
    NO_EVIDENCE: "Nothing says where the item belongs, and the inbox has no default zone.",
    HANDED_BACK: "Another zone handed the item over, but by its evidence it is not ours.",
    NO_KEY_FOR_ZONE: "The item belongs to a zone that has published no key to seal it to.",
    TRANSFER_FORBIDDEN: "It belongs to another zone, and no instrument on the transfer register "
    "lets it be passed on; the detail names the rule.",
    CONNECTOR_FAILED: "The connector failed in a way it should not; a defect to report.",
    ERASURE_RUNNING: "Its owner is being erased right now; replay once that is done.",
    WIRE_FORMAT: "The landed item no longer parses; set aside while it was loaded.",
}
"""Every reason. Replay (`pipelines.landing.quarantine.replay`) tries an item again after a fix."""

BEING_WRITTEN = "being_written"
NOT_A_FILE = "not_a_file"
UNREADABLE = "unreadable"
TOO_LARGE_TO_HOLD = "too_large_to_hold"
BROKEN_RECEIPT = "broken_receipt"

LEFT: Mapping[str, str] = {
    BEING_WRITTEN: "Changed a moment ago, or named as unfinished; the next run looks again.",
    NOT_A_FILE: "A link or a device.",
    UNREADABLE: "The operating system does not let us read it.",
    TOO_LARGE_TO_HOLD: "Unrecognised or damaged, and too large for quarantine.",
    BROKEN_RECEIPT: "A receipt is not signed by the zone it names, or names files not sent to it.",
}
"""Why a file was left where it is, uncounted."""
