"""The commands of `c360`, a file for each thing they are about."""
