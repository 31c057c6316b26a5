"""Ways in which a file leaves the figures of a report as they are and their writing not: Word, pages, scans."""
