"""Jobs, asked here and done in processes of their own, as DBOS is one for a process."""
