"""Every connector, by name. A new vendor is one module, one line here, and one recorded message."""

from collections.abc import Collection

from pipelines.connectors.connector import Connector
from pipelines.connectors.consent_receipts import ConsentReceipts
from pipelines.connectors.contact_lens import ContactLens
from pipelines.connectors.dialogues import Abcd, Taskmaster, Utterances
from pipelines.connectors.email import Email
from pipelines.connectors.poslog import PosLog
from pipelines.connectors.web_chat import WebChat
from pipelines.connectors.whatsapp import WhatsApp
from pipelines.connectors.zendesk import Zendesk

OWN_DOMAINS = ("retail.example",)
"""The synthetic retailer's mail domain; ``.example`` is nobody's (RFC 2606)."""


def domains_of(setting: str) -> tuple[str, ...]:
    """Read mail domains from a setting, separated by commas; the synthetic retailer's if empty."""
    named = tuple(part.strip().lower() for part in setting.split(",") if part.strip())
    return named or OWN_DOMAINS


def connectors(*, own_domains: Collection[str] = OWN_DOMAINS) -> dict[str, Connector]:
    """Make the connectors. Where two recognise a file, the one that comes first reads it.

    Args:
        own_domains: Domains the retailer writes mails from.
    """
    listed: tuple[Connector, ...] = (
        WhatsApp(),
        Zendesk(),
        WebChat(),
        ConsentReceipts(),
        Abcd(),
        Taskmaster(),
        Utterances(),
        PosLog(),
        ContactLens(),
        Email(own_domains),
    )
    return {connector.name: connector for connector in listed}


CONNECTORS: dict[str, Connector] = connectors()
