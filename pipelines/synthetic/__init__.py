"""A retail world that is made up, with its truth beside it: to try the product and to measure it."""
