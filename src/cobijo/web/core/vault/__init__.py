"""Identities: sealed per child, found through blind indexes, gone when the child's key is destroyed.

Use `sealing` (keys, seal, unseal, is_open), `queries` (identities, find, match), `indexing` (tokens of records),
`services` (destroy_keys, replay_erasures), `rotation` and `reindexing`; see docs/explanation/vault.md.
"""
