"""What whoever keeps the data owes to it: backups, an end to keeping, and what the law (AVG) lets a person ask for."""
