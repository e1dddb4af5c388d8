"""Y: 跨年, this year against the last."""
