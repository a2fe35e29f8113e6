"""What keeps the site running: serving, backup and restore, upgrade, logs, health."""
