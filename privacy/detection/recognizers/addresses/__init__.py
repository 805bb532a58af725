"""Street addresses and post boxes, one file a way of writing them."""
