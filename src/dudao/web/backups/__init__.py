"""Backup and restore of an installation: its rows and its files in one archive that proves itself.

The archive is a zip without a database's own format, so what was kept in SQLite goes back into PostgreSQL and the
other way round.
"""
