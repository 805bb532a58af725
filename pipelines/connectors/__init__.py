"""Vendors' wire formats read into canonical records: one small file each, and no input or output."""
