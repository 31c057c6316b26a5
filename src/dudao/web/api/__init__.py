"""The API (/api/v1): what the pages show and do, for programs, under the same rules and with the same trail."""
