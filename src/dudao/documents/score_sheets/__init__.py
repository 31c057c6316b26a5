"""Score sheets (自评表) found in documents: in tables, or as points printed behind the titles of a report."""
