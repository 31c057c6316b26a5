"""The shapes of what the API takes and answers, one module a kind of resource."""
