"""Mixes of joint schedules: checked apart from what made them."""
