"""Guided tours through the lab: what each step says is data, how a tour goes on is code."""
