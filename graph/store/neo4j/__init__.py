"""The store in a Neo4j server: many users, many machines (`graph.store.neo4j.store`)."""
