"""Who can open it: key providers, data keys, sealed values, blind indexes, hand-off between zones."""
