"""Dated, territorial statutory values, each with its document and the time it holds."""
