"""What is asked: schemes of scored indicators, loaded from packs, checked, compared, imported from tables."""
