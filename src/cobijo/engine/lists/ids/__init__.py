"""Official ids: one module a kind, chosen by the pack (`official_id.kind`)."""
