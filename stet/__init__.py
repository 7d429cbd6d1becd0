"""The front door: command line, configuration, demo."""

__version__ = "0.1.0"
