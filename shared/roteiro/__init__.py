"""Roteiro: customer-service chat that walks customers through scripts. Holds the version and imports nothing."""

__version__ = "0.1.0"
