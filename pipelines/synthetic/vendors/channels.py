"""Which vendor a channel's contacts come through."""

from random import Random

from pipelines.synthetic.contacts import Contact
from pipelines.synthetic.vendors import contact_lens, email, web_chat, whatsapp, zendesk
from pipelines.synthetic.vendors.wire import Delivery
from privacy.ids import ZoneId
from privacy.records.canonical import Channel


def deliveries_of(contact: Contact, zone: ZoneId, rng: Random) -> list[Delivery]:
    """Write a contact in the format of its channel's vendor."""
    match contact.channel:
        case Channel.EMAIL:
            return email.deliveries(contact, rng)
        case Channel.WHATSAPP:
            return whatsapp.deliveries(contact, zone)
        case Channel.HELP_DESK:
            return zendesk.deliveries(contact, rng)
        case Channel.PHONE:
            return contact_lens.deliveries(contact, rng)
        case _:
            return web_chat.deliveries(contact, rng)
