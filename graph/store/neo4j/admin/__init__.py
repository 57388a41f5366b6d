"""A store of any kind as the files that `neo4j-admin database import full` takes."""
