"""Every error this project raises.

* PrivacyError
  + ConfigurationError   a setting is missing or two contradict each other
    - UnknownZone          no policy file has this id
    - UnknownPurpose       not one of the fixed purposes
  + PolicyError          a zone's rules are missing, unsourced, or contradict each other
  + Refused              a rule said no; the message is safe to show to the caller
    - AccessDenied         caller, purpose, or role is not allowed this
    - ConsentMissing       no consent or legal basis covers the purpose
    - TransferForbidden    the data may not leave its zone
    - LegalHold            the data may not be erased yet
  + NotFound             nobody and nothing by that handle or id
  + KeyUnavailable       the key service did not answer; try again
  + KeyDestroyed         the key was shredded; never try again
  + WrongKey             this key does not open that file
  + Tampered             a hash, tag or signature does not match
  + WireFormatError      a vendor's message is not of its documented form
  + Unroutable           no zone, or more than one, can be shown to own a record
  + WarehouseBusy        another process is writing the warehouse; try again
  + GateFailed           a quality gate stopped publication
  + ErasureIncomplete    something remains, was not swept, or nothing was touched

No message carries personal data: name the field and the record id, never the value.
"""


class PrivacyError(Exception):
    """Anything this project raises on purpose."""


class ConfigurationError(PrivacyError):
    """A setting is missing or two contradict each other."""


class UnknownZone(ConfigurationError):
    """No policy file has this id."""


class UnknownPurpose(ConfigurationError):
    """Not one of the fixed purposes."""


class PolicyError(PrivacyError):
    """A zone's rules are missing, unsourced, or contradict each other."""


class Refused(PrivacyError):
    """A rule said no; the message is safe to show to the caller."""


class AccessDenied(Refused):
    """The caller, purpose, or role is not allowed this."""


class ConsentMissing(Refused):
    """No consent or legal basis covers the purpose."""


class TransferForbidden(Refused):
    """The data may not leave its zone."""


class LegalHold(Refused):
    """The data may not be erased yet."""


class NotFound(PrivacyError):
    """Nobody and nothing by that handle or id."""


class KeyUnavailable(PrivacyError):
    """The key service did not answer. Safe to retry."""


class KeyDestroyed(PrivacyError):
    """The key was shredded. Final."""


class WrongKey(PrivacyError):
    """This key does not open that file."""


class Tampered(PrivacyError):
    """A hash, tag or signature does not match."""


class WireFormatError(PrivacyError):
    """A vendor's message is not of its documented form."""


class Unroutable(PrivacyError):
    """No zone, or more than one, can be shown to own a record.

    Attributes:
        reason: A code from `pipelines.landing.reasons`, safe to log.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(f"the record cannot be routed: {reason}")
        self.reason = reason


class WarehouseBusy(PrivacyError):
    """Another process is writing the warehouse. Safe to retry."""


class GateFailed(PrivacyError):
    """A quality gate stopped publication."""


class ErasureIncomplete(PrivacyError):
    """Something remains, was not swept, or nothing was touched."""
