"""Identifiers, and how each is minted.

All are opaque text with a prefix that names their kind. None is derived from a plain value without
the zone's index key, so none can be guessed from outside the zone.

============  =======  ==========================================================================
type          prefix   minted from
============  =======  ==========================================================================
SubjectId     ``s_``   the index of the handle as first seen, and how often it was erased before
CustomerId    ``c_``   the smallest subject id of the set when the customer was first seen
InteractionId ``i_``   source and vendor's id
ThreadId      ``t_``   source and vendor's id of the conversation, ticket, or contact
ItemId        ``l_``   source and vendor's id of a landed item, or its content where it has none
EventId       ``e_``   source and vendor's id of a thread, order, or consent event
AgentToken    ``a_``   source and vendor's id of a member of staff
============  =======  ==========================================================================

The minting function is `privacy.keys.blind_index.BlindIndex.mint`.
"""

from typing import NewType

ZoneId = NewType("ZoneId", str)
"""``eu``, ``uk``, ``br``, ``cn``, ``us``: the name of a policy file."""

SubjectId = NewType("SubjectId", str)
CustomerId = NewType("CustomerId", str)
InteractionId = NewType("InteractionId", str)
ThreadId = NewType("ThreadId", str)
ItemId = NewType("ItemId", str)
EventId = NewType("EventId", str)
AgentToken = NewType("AgentToken", str)
