"""The zone's transactional store: keys, consent, identity, landing manifest, profiles, cases, audit."""
