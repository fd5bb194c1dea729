def structure_issues(term):
    return []
