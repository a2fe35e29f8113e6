"""The Django site: wings of small rooms over the engine. This shell is what every wing stands on."""
