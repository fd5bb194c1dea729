"""What is kept: tables, documents with all their revisions, migrations. Nothing here decides who may see what."""
