"""Search over all that a person may read: answers, names and numbers of evidence, and the items themselves."""
