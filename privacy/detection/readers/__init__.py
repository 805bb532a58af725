"""What reads a text and names people, places and organisations in it: a model, a lexicon."""
