"""Names, places and ordinary words as compact automata, and the script that compiles them."""
